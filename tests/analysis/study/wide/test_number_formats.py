"""Formats are read only where they say more than values do: both ways give the same sheet."""

import datetime
import io

import pytest
from openpyxl import Workbook
from openpyxl.styles import Alignment

from analysis.study.wide.files import workbooks

ROWS = [
    ["Region", 2019, "2020", datetime.date(2020, 12, 31), True],
    ["Alder", 1.5, "3,5", 0.1 + 0.2, 10**18],
    ["Birch", None, "-", -1e-7, 1e21],
    [" Cedar ", 2.0, "<3", "n/a", 7],
]


def _sheet(change):
    book = Workbook()
    for row in ROWS:
        book.active.append(row)
    change(book.active)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _plain(sheet):
    sheet["D1"], sheet["E1"] = "d", "e"
    sheet["B2"].number_format = "#,##0.0"


CHANGES = {
    "plain": (_plain, {}),
    "percent": (lambda s: setattr(s["B2"], "number_format", "0%"), {(1, 1): "percent"}),
    "thousands": (lambda s: setattr(s["B2"], "number_format", "#,##0,"), {(1, 1): "scaled3"}),
    "error": (lambda s: setattr(s["B3"], "value", "#N/A"), {(2, 1): "error"}),
    "year": (lambda s: setattr(s["D1"], "number_format", "yyyy"), {(0, 3): "date"}),
    "indent": (lambda s: setattr(s["A2"], "alignment", Alignment(indent=2)), {}),
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_sheet_is_the_same_whether_or_not_its_formats_are_read(name, monkeypatch):
    change, marks = CHANGES[name]
    content = _sheet(change)
    (found,) = workbooks.read_xlsx("a.xlsx", content)
    monkeypatch.setattr(workbooks, "has_formats", lambda *_: True)
    (every,) = workbooks.read_xlsx("a.xlsx", content)
    assert found == every
    assert marks.items() <= found.marks.items()
    assert (found.indents == {1: 2}) is (name == "indent")


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        ("0%;0", ["45", "-0.45", "0"]),
        ("0%;-0%;0", ["45", "-45", "0"]),
        ("0%;;", ["45", "-45", "0"]),
        ("[<0]0%;0", ["0.45", "-45", "0"]),
        ('0"%";0%', ["0.45", "-45", "0"]),
    ],
)
def test_a_number_is_read_by_the_section_of_its_format(code, shown):
    book = Workbook()
    for row, value in enumerate((0.45, -0.45, 0), 1):
        book.active.cell(row, 1, value).number_format = code
    content = io.BytesIO()
    book.save(content)
    (sheet,) = workbooks.read_xlsx("a.xlsx", content.getvalue())
    assert [row[0] for row in sheet.rows] == shown


def test_formats_are_not_read_where_no_cell_needs_them(monkeypatch):
    # a style that shows per cent is in the workbook, but no cell of the second sheet has it
    book = Workbook()
    book.active["A1"] = 0.5
    book.active["A1"].number_format = "0%"
    book.create_sheet("plain").append(["Alder", 1.5])
    content = io.BytesIO()
    book.save(content)
    asked = []
    own = workbooks.has_formats
    monkeypatch.setattr(workbooks, "has_formats", lambda *a: asked.append(own(*a)) or asked[-1])
    workbooks.read_xlsx("a.xlsx", content.getvalue())
    assert asked == [True, False]
