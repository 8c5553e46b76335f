#!/usr/bin/env bash
# pyaxis 0.4.3 (PC-Axis, the format of many statistical offices): the values of a table are read as texts, so that the
# sum of 10, 4 and 6 is 1046, and 10 comes before 4 and 6 in order. Of three missing values one is a gap
# that pandas knows, "..", one an empty text, ".", and one keeps its quotation marks, "-". One expects numbers of
# the column DATA, whose type the format fixes, and one kind of gap.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder"
"$folder/bin/pip" install -q --disable-pip-version-check pyaxis==0.4.3 pandas==3.1.1
cat > "$folder/firms.px" <<'PX'
CHARSET="ANSI";
AXIS-VERSION="2000";
MATRIX="T1";
TITLE="Firms by region and year";
CONTENTS="Firms";
UNITS="number";
STUB="region";
HEADING="year";
VALUES("region")="North","South","East";
VALUES("year")="2019","2020";
DATA=
10 ".."
"." 4
"-" 6;
PX
"$folder/bin/python" -W ignore - "$folder/firms.px" <<'PY'
import sys

from pyaxis import pyaxis

values = pyaxis.parse(sys.argv[1], encoding="ISO-8859-1")["DATA"]["DATA"]
known = values[[0, 3, 5]]
print(values.tolist(), "; sum:", known.sum(), "; in order:", sorted(known), "; gaps:", int(values.isna().sum()))
assert known.tolist() == ["10", "4", "6"] and known.sum() == "1046", "the behaviour has changed"
assert values.isna().sum() == 1 and values[2] == "" and values[4] == '"-"', "the behaviour has changed"
PY
