"""Which styles of a workbook show more than what is stored: per cent, dates, thousands, indents.

Reading a format takes as long as reading a value. Most sheets have no format that changes what a
person sees, which the list of styles and the cells' references to it tell at once.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from openpyxl.styles.numbers import BUILTIN_FORMATS, BUILTIN_FORMATS_MAX_SIZE, is_date_format
from openpyxl.xml.constants import ARC_STYLE
from openpyxl.xml.functions import fromstring

from analysis.study.workbook.cells import LITERAL

if TYPE_CHECKING:
    from zipfile import ZipFile

SCALED = re.compile(r"[0#?](,+)(?![0#?,])")
USED = re.compile(rb'\ss="(\d+)"')
OTHERS = (b't="e"', b't="d"', b"='")  # errors, dates as texts, and attributes in single quotes


def format_mark(code: str | None) -> str:
    """Tell whether a number format shows per cent, or thousands by commas at its end.

    >>> format_mark("0.0%"), format_mark("#,##0,"), format_mark('0.0"%"'), format_mark("General")
    ('percent', 'scaled3', '', '')
    """
    shown = LITERAL.sub("", code or "")
    if "%" in shown:
        return "percent"
    scaled = SCALED.search(shown.split(";")[0])
    return f"scaled{3 * len(scaled[1])}" if scaled else ""


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
    return bool(format_mark(code)) or is_date_format(code) or any(one != "0" for one in indents)


def has_formats(source: bytes, telling: set[int] | None) -> bool:
    """Tell from the XML of a worksheet whether its formats have to be read, too."""
    if telling is None or any(sign in source for sign in OTHERS):
        return True
    return bool(telling) and not telling.isdisjoint(map(int, set(USED.findall(source))))
