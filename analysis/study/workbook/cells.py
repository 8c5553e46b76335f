"""Cells of a workbook as the texts that a csv file would hold."""

from __future__ import annotations

import datetime
import re
from itertools import islice
from typing import TYPE_CHECKING

from analysis.study.schema import LOOKED_AT

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from openpyxl.worksheet.worksheet import Worksheet

MAX_COLUMNS = 60  # of a sheet that are read


WHOLE = 1e15  # whole numbers below are exact in a spreadsheet


# parts of a number format that are shown as they stand: a quoted per cent sign multiplies nothing
LITERAL = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')


def first_texts(rows: Mapping[int, Sequence]) -> list[tuple[int, list[str]]]:
    """Give the first rows as (number, texts)."""
    return [
        (number, [plain(cell.value).strip() for cell in row])
        for number, row in islice(rows.items(), LOOKED_AT)
    ]


def text_of(cell: Any, kind: str | None, uncomputed: bool | None) -> tuple[str, str, str]:
    """Return (the text a csv file would hold, what is wrong, what is allowed).

    `uncomputed` is None where the cell holds no formula, else whether it was never computed.
    """
    value = cell.value
    if cell.data_type == "e":
        return "", "is an error of the spreadsheet", "a value, or an empty cell"
    if uncomputed is not None and (value is None or (uncomputed and value == 0)):
        return "", "is a formula without its value", "a value; a spreadsheet saves it with formulas"
    if kind in ("integer", "number") and _is_in_percent(cell):
        allowed = f"{plain(round(100 * value, 10))} where per cent are meant, in a plain cell"
        return "", "is shown in per cent, which is a hundredth of what is shown", allowed
    if isinstance(value, bool) and kind != "boolean":
        return "", "is a truth value", "text or a number: format the cell as text, then type it"
    if isinstance(value, datetime.date | datetime.time | datetime.timedelta):
        return "", "is a date or a time", "text or a number: format the cell as text, then type it"
    return plain(value), "", ""


def _is_in_percent(cell):
    is_number = isinstance(cell.value, int | float) and not isinstance(cell.value, bool)
    return is_number and "%" in LITERAL.sub("", cell.number_format or "")


def plain(value: object) -> str:
    """Write a cell's value as text: whole numbers whole, nothing for an empty cell.

    >>> plain(3.0), plain(None), plain(True)
    ('3', '', 'true')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float) and value.is_integer() and abs(value) < WHOLE:
        return str(int(value))
    return str(value)


def cells_of(sheet: Worksheet) -> dict[int, Sequence]:
    """Read the rows that hold anything, {row number: cells}, whatever size the sheet claims."""
    sheet.reset_dimensions()
    found, blank = {}, None
    for number, row in enumerate(sheet.iter_rows(max_col=MAX_COLUMNS), 1):
        if row is blank:  # a million rows may lie between two that were typed: all one object
            continue
        if any(cell.value is not None for cell in row):
            found[number] = row
        else:
            blank = row
    return found
