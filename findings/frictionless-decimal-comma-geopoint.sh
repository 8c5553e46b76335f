#!/usr/bin/env bash
# frictionless 5.21.0: describe() takes a column of numbers with a decimal comma (12,5 and 13,1) for
# geographic points, longitude and latitude. One expects text, or a number with decimalChar.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder"
"$folder/bin/pip" install -q --disable-pip-version-check frictionless==5.21.0
cd "$folder"
bin/python -W ignore - <<'PY'
from pathlib import Path
from frictionless import describe

Path("shares.csv").write_text("region;share\nA;12,5\nB;13,1\nC;9,4\n")
fields = {field.name: field.type for field in describe("shares.csv").schema.fields}
print(fields)
assert fields == {"region": "string", "share": "geopoint"}, "the behaviour has changed"
PY
