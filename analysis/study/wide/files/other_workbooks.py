"""Workbooks other than xlsx as sheets: xls and ods, by their values."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

from analysis.study.wide.files.cells import Sheet, UnreadableError
from analysis.study.wide.files.hidden_parts import hidden_in_document
from analysis.study.wide.files.workbooks import (
    DAMAGED,
    MOST_COLUMNS,
    MOST_ROWS,
    SIGNS_OF_NUMBERS,
    day_text,
    number_text,
)

if TYPE_CHECKING:
    from typing import Any


def read_calamine(name: Any, content: Any) -> Any:
    """Read the sheets of an xls or ods: values, without formats and formulas."""
    from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        sheets, hidden = [], _hidden_in_document(content)
        for about in book.sheets_metadata:
            grid = book.get_sheet_by_name(about.name).to_python(skip_empty_area=False)
            sheet = Sheet(name, about.name, [], is_typed=True)
            sheet.is_hidden = about.visible != SheetVisibleEnum.Visible
            sheet.how = "without number formats: percent cells show as fractions, if there are any"
            if hidden is None:
                sheet.how += "; whether rows or columns are hidden cannot be told"
            else:
                sheet.hidden = hidden.get(about.name, "")
            _fill_plain(sheet, grid)
            sheets.append(sheet)
        return sheets
    except UnreadableError:
        raise
    except (CalamineError, OSError, ValueError, BaseException) as error:
        if isinstance(error, KeyboardInterrupt | SystemExit | MemoryError):
            raise
        raise UnreadableError(f"{name}: {DAMAGED} ({type(error).__name__})") from error


def _hidden_in_document(content):
    """Name what is hidden in the sheets of an OpenDocument file; None of any other."""
    if not zipfile.is_zipfile(io.BytesIO(content)):
        return None
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return hidden_in_document(archive.read("content.xml"))


def _fill_plain(sheet, grid):
    for number, row in enumerate(grid[:MOST_ROWS]):
        texts = []
        for column, value in enumerate(row[:MOST_COLUMNS]):
            if isinstance(value, str):
                texts.append(value)
                if value[:1].isdecimal() or value[:1] in SIGNS_OF_NUMBERS:
                    sheet.marks[number, column] = "text"
            elif isinstance(value, bool):
                texts.append(str(value).upper())
            elif isinstance(value, int | float):
                texts.append(number_text(value))
            else:
                texts.append(day_text(value) if hasattr(value, "year") else str(value))
                sheet.marks[number, column] = "date"
        while texts and not texts[-1]:
            texts.pop()
        sheet.rows.append(texts)
    while sheet.rows and not sheet.rows[-1]:
        sheet.rows.pop()
