#!/usr/bin/env bash
# formulas 1.3.4 (workbooks computed in Python): COUNTIF(range, "<>") counts the cells that are not empty, in
# every spreadsheet; here it is 1 for 5, 3, an empty cell, x, 0 and 3, where five have a value, and 0
# for numbers without a gap. COUNTA of the same package is right. How many regions report an indicator
# is asked in this way. One expects the number of values.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder"
"$folder/bin/pip" install -q --disable-pip-version-check formulas==1.3.4 openpyxl==3.1.5 numpy==2.4.6
"$folder/bin/python" -W ignore - <<'PY'
import tempfile
from pathlib import Path

import formulas
import openpyxl


def computed(values):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "S"
    for row, value in enumerate(values, 1):
        sheet.cell(row, 1, value)
    sheet["C1"], sheet["C2"] = f'=COUNTIF(A1:A{row},"<>")', f"=COUNTA(A1:A{row})"
    path = Path(tempfile.mkdtemp()) / "book.xlsx"
    book.save(path)
    cells = formulas.ExcelModel().loads(str(path)).finish().calculate()
    return [int(cells[f"'[{path.name}]S'!C{row}"].value[0, 0]) for row in (1, 2)]


for values in [[5, 3, None, "x", 0, 3], [5, 3, 2, 7]]:
    print(values, "COUNTIF <> and COUNTA", computed(values))
assert computed([5, 3, None, "x", 0, 3])[1] == 5, "the behaviour has changed"
assert computed([5, 3, None, "x", 0, 3])[0] == 1, "the behaviour has changed"
PY
