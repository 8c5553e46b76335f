#!/usr/bin/env bash
# frictionless 5.21.0: a field of type date with "format": "any" reads the month 2020-01 as the day of it that
# today has, 2020-01-29 on the 29th, and the year 2020 as today's month and day. What a table holds so
# depends on when it is read, and validate() finds it valid. Type yearmonth reads the month as it is. One
# expects an error, or the first day, as datetime and pandas have it: the same on every day.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder"
"$folder/bin/pip" install -q --disable-pip-version-check frictionless==5.21.0
"$folder/bin/python" -W ignore - <<'PY'
import datetime
import tempfile
from pathlib import Path

from frictionless import Resource, Schema

path = Path(tempfile.mkdtemp()) / "months.csv"
path.write_text("period\n2020-01\n2020-03\n")
field = {"name": "period", "type": "date", "format": "any"}
table = Resource(
    path=path.name, basepath=str(path.parent), schema=Schema.from_descriptor({"fields": [field]})
)
read, today = [row["period"] for row in table.read_rows()], datetime.date.today().day
print("2020-01 and 2020-03 read as", *read, "valid:", table.validate().valid)
expected = [datetime.date(2020, 1, today), datetime.date(2020, 3, today)]
assert read == expected and table.validate().valid, "the behaviour has changed"
PY
