#!/usr/bin/env bash
# agate 1.14.2, as in csvkit 2.2.0: the share "12,5" is read as the number 125, as is 1,25. The comma is
# taken out as a mark of thousands wherever it stands, and no group of three digits has to follow. csvstat,
# csvsort and csvjson so work with shares ten times too large and say nothing; with locale="de_DE" the
# value is 12.5. One expects a text, or a refusal: no locale writes 12,5 for 125.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder"
"$folder/bin/pip" install -q --disable-pip-version-check csvkit==2.2.0 agate==1.14.2
"$folder/bin/python" -W ignore - <<'PY'
import io

import agate

given = 'region,share\na,"12,5"\nb,"1,25"\nc,"9"\n'
read = list(agate.Table.from_csv(io.StringIO(given)).columns["share"])
types = agate.TypeTester(types=[agate.Number(locale="de_DE"), agate.Text()])
german = list(agate.Table.from_csv(io.StringIO(given), column_types=types).columns["share"])
print("12,5 1,25 9 read as", *read, "with the German locale as", *german)
assert [float(v) for v in german] == [12.5, 1.25, 9], "the behaviour has changed"
assert read == [125, 125, 9], "the behaviour has changed"
PY
