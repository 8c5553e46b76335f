"""Which styles of a workbook show more than what is stored: per cent, dates, thousands, indents.

Reading a format takes as long as reading a value. Most sheets have no format that changes what a
person sees, which the list of styles and the cells' references to it tell at once.
"""

from __future__ import annotations

import operator
import re
from typing import TYPE_CHECKING

from openpyxl.styles.numbers import BUILTIN_FORMATS, BUILTIN_FORMATS_MAX_SIZE, is_date_format
from openpyxl.xml.constants import ARC_STYLE
from openpyxl.xml.functions import fromstring

from analysis.study.workbook.cells import LITERAL

if TYPE_CHECKING:
    from zipfile import ZipFile

QUOTED = re.compile(r'"[^"]*"|\\.|_.|\*.')
CONDITION = re.compile(r"\[(<=|>=|<>|<|>|=)\s*(-?[0-9]+(?:\.[0-9]+)?)\]")
COMPARED = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "=": operator.eq,
    "<>": operator.ne,
}
SCALED = re.compile(r"[0#?](,+)(?![0#?,])")
USED = re.compile(rb'\ss="(\d+)"')
OTHERS = (b't="e"', b't="d"', b"='")  # errors, dates as texts, and attributes in single quotes


def format_marks(code: str | None) -> list[tuple[tuple[str, float] | None, str]]:
    """Tell what each section of a number format shows: per cent, or thousands by commas at its end.

    Returns (condition, mark) in the order in which they are tried; one alone where all are alike.

    >>> format_marks("0.0%"), format_marks("#,##0,"), format_marks('0.0"%"')
    ([(None, 'percent')], [(None, 'scaled3')], [(None, '')])
    >>> format_marks("0%;0")
    [(('>=', 0.0), 'percent'), (None, '')]
    >>> format_marks("[<=1]0%;0")
    [(('<=', 1.0), 'percent'), (None, '')]
    """
    sections = QUOTED.sub("", code or "").split(";")[:3]
    shown = [LITERAL.sub("", section).strip() for section in sections]
    marks = [_mark(text or shown[0]) for text in shown]  # one without figures hides them
    if len(set(marks)) == 1:
        return [(None, marks[0])]
    told = [CONDITION.search(section) for section in sections]
    if any(told):
        conditions = [(found[1], float(found[2])) if found else None for found in told]
    elif len(sections) == 2:
        conditions = [(">=", 0.0), None]
    else:
        conditions = [(">", 0.0), ("<", 0.0), None]
    return list(zip(conditions, marks, strict=True))


def _mark(shown):
    if "%" in shown:
        return "percent"
    scaled = SCALED.search(shown)
    return f"scaled{3 * len(scaled[1])}" if scaled else ""


def mark_of(value: float, marks: list) -> str:
    """Choose the section of a number format that shows a value: (condition, mark).

    >>> marks = format_marks("0%;0")
    >>> mark_of(0.5, marks), mark_of(-0.5, marks)
    ('percent', '')
    """
    for condition, mark in marks:
        if condition is None or COMPARED[condition[0]](value, condition[1]):
            return mark
    return marks[-1][1]


def telling_styles(archive: ZipFile) -> set[int] | None:
    """List the styles whose cells show more than their values; None where no list is found."""
    if ARC_STYLE not in archive.namelist():
        return None
    root = fromstring(archive.read(ARC_STYLE))
    codes = {
        int(one.get("numFmtId", 0)): one.get("formatCode", "")
        for one in root.iterfind("{*}numFmts/{*}numFmt")
    }
    styles = root.iterfind("{*}cellXfs/{*}xf")
    return {at for at, style in enumerate(styles) if _is_telling(style, codes)}


def _is_telling(style, codes):
    number = int(style.get("numFmtId", 0))
    if number not in codes and number >= BUILTIN_FORMATS_MAX_SIZE:
        return True  # a format that is not there: as the reader takes it
    code = codes.get(number, BUILTIN_FORMATS.get(number, "General"))
    indents = (one.get("indent", "0") for one in style.iterfind("{*}alignment"))
    return (
        any(mark for _, mark in format_marks(code))
        or is_date_format(code)
        or any(one != "0" for one in indents)
    )


def has_formats(source: bytes, telling: set[int] | None) -> bool:
    """Tell from the XML of a worksheet whether its formats have to be read, too."""
    if telling is None or any(sign in source for sign in OTHERS):
        return True
    return bool(telling) and not telling.isdisjoint(map(int, set(USED.findall(source))))
