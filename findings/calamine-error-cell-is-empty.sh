#!/usr/bin/env bash
# python-calamine 0.9.1: a cell that holds the error #N/A is '' in to_python(), as an empty cell is;
# openpyxl gives '#N/A'. An error in a table cannot be told from a value that is missing.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder"
"$folder/bin/pip" install -q --disable-pip-version-check python-calamine==0.9.1 openpyxl==3.1.5
cd "$folder"
bin/python -W ignore - <<'PY'
import openpyxl
import python_calamine

book = openpyxl.Workbook()
book.active.append([1, "#N/A", None, 4])
book.active["B1"].data_type = "e"
book.save("one.xlsx")
row = python_calamine.CalamineWorkbook.from_path("one.xlsx").get_sheet_by_index(0).to_python()[0]
print("openpyxl", [cell.value for cell in openpyxl.load_workbook("one.xlsx").active[1]])
print("calamine", row)
assert row == [1.0, "", "", 4.0], "the behaviour has changed"
PY
