#!/usr/bin/env bash
# tablib 3.10.0: reading an OpenDocument table it takes a run of equal cells for one cell, and a run of equal rows for one
# row. LibreOffice writes neighbours that are equal once, with the number of times (number-columns-repeated), gaps too:
# a region with 5, 5, 7 and 8 comes back as 5, 7, 8 and nothing, one whose first two years are missing has the
# values of the last two in their place, and of two equal rows one is gone. No error. pandas and ezodf read what
# the file says. One expects every value under its year.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder"
"$folder/bin/pip" install -q --disable-pip-version-check tablib==3.10.0 odfpy==1.4.1 pandas==3.1.1
"$folder/bin/python" -W ignore - "$folder/table.ods" <<'PY'
import sys

import pandas as pd
import tablib
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P


def cell(value, times=1):
    made = TableCell(numbercolumnsrepeated=times) if times > 1 else TableCell()
    if value is not None:
        made.setAttribute("valuetype", "string" if isinstance(value, str) else "float")
        if not isinstance(value, str):
            made.setAttribute("value", value)
        made.addElement(P(text=str(value)))
    return made


def row(*cells, times=1):
    made = TableRow(numberrowsrepeated=times) if times > 1 else TableRow()
    for one in cells:
        made.addElement(one)
    return made


table = Table(name="jobs")
table.addElement(row(*map(cell, ["region", "2020", "2021", "2022", "2023"])))
table.addElement(row(cell("a"), cell(5, 2), cell(7), cell(8)))
table.addElement(row(cell("b"), cell(None, 2), cell(7), cell(8)))
table.addElement(row(*map(cell, ["c", 1, 2, 3, 4]), times=2))
file = OpenDocumentSpreadsheet()
file.spreadsheet.addElement(table)
file.save(sys.argv[1])

with open(sys.argv[1], "rb") as stream:
    found = [list(one) for one in tablib.Dataset().load(stream.read(), format="ods")]
right = pd.read_excel(sys.argv[1], engine="odf").fillna("").values.tolist()
print("tablib", *found, sep="\n  ")
print("pandas", *right, sep="\n  ")
assert right == [["a", 5, 5, 7, 8], ["b", "", "", 7, 8], ["c", 1, 2, 3, 4], ["c", 1, 2, 3, 4]], "the behaviour has changed"
assert found == [["a", 5, 7, 8, ""], ["b", 7, 8, "", ""], ["c", 1, 2, 3, 4]], "the behaviour has changed"
PY
