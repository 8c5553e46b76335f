#!/usr/bin/env bash
# pyexcel-ods 0.6.0 and pyexcel-ods3 0.6.1: a cell of an OpenDocument table that has the format of a currency is read as
# the text "1200 EUR", the cell beside it, in per cent, as the number 0.125. The file holds the number
# 1200 in both the same way (office:value), and pandas reads it. A column of turnover so has numbers where
# nobody chose a format, and texts elsewhere. One expects the number that is stored.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder"
"$folder/bin/pip" install -q --disable-pip-version-check pyexcel-ods==0.6.0 pyexcel-ods3==0.6.1 odfpy==1.4.1 pandas==3.1.1
"$folder/bin/python" -W ignore - "$folder/turnover.ods" <<'PY'
import sys

import pandas as pd
import pyexcel_ods
import pyexcel_ods3
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P

book, sheet, row = OpenDocumentSpreadsheet(), Table(name="turnover"), TableRow()
for kind, told, shown in (
    ("float", {"value": "1200"}, "1200"),
    ("percentage", {"value": "0.125"}, "12,5 %"),
    ("currency", {"value": "1200", "currency": "EUR"}, "1.200 €"),
):
    cell = TableCell(valuetype=kind, **told)
    cell.addElement(P(text=shown))
    row.addElement(cell)
sheet.addElement(row)
book.spreadsheet.addElement(sheet)
book.save(sys.argv[1])
read = [reader.get_data(sys.argv[1])["turnover"][0] for reader in (pyexcel_ods, pyexcel_ods3)]
pandas = pd.read_excel(sys.argv[1], engine="odf", header=None).iloc[0].tolist()
print("pyexcel:", *read, "; pandas:", pandas)
assert read == [[1200, 0.125, "1200 EUR"]] * 2, "the behaviour has changed"
assert pandas == [1200, 0.125, 1200], "the behaviour has changed"
PY
