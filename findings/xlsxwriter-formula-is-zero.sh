#!/usr/bin/env bash
# XlsxWriter 3.2.9: the value stored with a formula is 0 unless the caller computes and passes one.
# openpyxl's data_only=True reads that 0, which cannot be told from a 0 that was computed; of a file
# that openpyxl itself wrote it reads None. What tells them apart is in xl/workbook.xml:
# fullCalcOnLoad="1", the wish to be computed by whoever opens the file.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder"
"$folder/bin/pip" install -q --disable-pip-version-check XlsxWriter==3.2.9 openpyxl==3.1.5
cd "$folder"
bin/python -W ignore - <<'PY'
import zipfile

import openpyxl
import xlsxwriter

with xlsxwriter.Workbook("one.xlsx") as book:
    book.add_worksheet().write_formula("A1", "=10+2")
other = openpyxl.Workbook()
other.active["A1"] = "=10+2"
other.save("two.xlsx")
one, two = (
    openpyxl.load_workbook(name, data_only=True).active["A1"].value
    for name in ("one.xlsx", "two.xlsx")
)
asks = 'fullCalcOnLoad="1"' in zipfile.ZipFile("one.xlsx").read("xl/workbook.xml").decode()
print("=10+2 read back: of XlsxWriter", one, "of openpyxl", two, "asks to be computed", asks)
assert (one, two, asks) == (0, None, True), "the behaviour has changed"
PY
