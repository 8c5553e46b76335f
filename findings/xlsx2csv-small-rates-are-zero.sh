#!/usr/bin/env bash
# xlsx2csv 0.8.4: a rate of 0.00000015 in a cell of the format General is 0.000000 in the csv: six places
# are written, however small the number is, and what was a value is zero. 0.125 beside it is written
# as it is stored. One expects the value of the cell, as openpyxl reads it, or its sixteen digits.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder"
"$folder/bin/pip" install -q --disable-pip-version-check xlsx2csv==0.8.4 openpyxl==3.1.5
"$folder/bin/python" -W ignore - <<'PY'
import io
import tempfile
from pathlib import Path

import openpyxl
from xlsx2csv import Xlsx2csv

path = Path(tempfile.mkdtemp()) / "rates.xlsx"
book = openpyxl.Workbook()
book.active.append([0.125, 0.00000015])
book.save(path)
cells = [cell.value for cell in openpyxl.load_workbook(path).active[1]]
text = io.StringIO()
Xlsx2csv(str(path)).convert(text)
written = text.getvalue().strip()
print("in the file", cells, "in the csv", written)
assert cells == [0.125, 1.5e-7] and written == "0.125,0.000000", "the behaviour has changed"
PY
