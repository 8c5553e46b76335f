"""Hidden rows and columns of a worksheet, in words: of xlsx and of OpenDocument files.

python-calamine (0.9.1), which reads xls and ods, tells which sheets are hidden and not which rows
or columns: for an OpenDocument file they are looked up here, for xls they cannot be told.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from openpyxl.utils.cell import get_column_letter
from openpyxl.xml.functions import fromstring

from analysis.study.wide.understood import listed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

HIDDEN_ROW = re.compile(rb'<(?:\w+:)?row\s[^<>]*hidden="(?:1|true)"[^<>]*')
ROW = re.compile(rb'\br="(\d+)"')
HIDDEN_COLUMN = re.compile(rb'<(?:\w+:)?col\s[^<>]*hidden="(?:1|true)"[^<>]*')
RANGE = re.compile(rb'\b(min|max)="(\d+)"')
LAST_COLUMN = 16_384
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
HIDDEN = ("collapse", "filter")  # by hand, and by a filter
MOST = 10_000  # an empty end of a sheet may be hidden as a whole


def hidden_words(rows: list, columns: list) -> str:
    """Name hidden rows and columns: numbers of rows, (first, last) of columns, all from 1.

    >>> hidden_words([3, 4], [(3, 3), (5, 7)])
    'hidden rows 3, 4 and hidden columns C, E to G'
    """
    words = [f"hidden rows {listed(rows, 6)}"] if rows else []
    spans = []
    for first, last in columns:
        letters = [get_column_letter(first), get_column_letter(min(last, LAST_COLUMN))]
        spans.append(" to ".join(dict.fromkeys(letters)))
    words += [f"hidden columns {listed(spans, 6)}"] if spans else []
    return " and ".join(words)


def hidden_in_worksheet(source: bytes) -> str:
    """Name the hidden rows and columns of the XML of a worksheet."""
    if b"hidden=" not in source:
        return ""
    rows = [match[1].decode() for tag in HIDDEN_ROW.findall(source) if (match := ROW.search(tag))]
    columns = []
    for tag in HIDDEN_COLUMN.findall(source):
        ends = {name: int(number) for name, number in RANGE.findall(tag)}
        columns.append((ends.get(b"min", 1), ends.get(b"max", 1)))
    return hidden_words(rows, columns)


def hidden_in_document(source: bytes) -> dict[str, str]:
    """Name the hidden rows and columns of each sheet of an OpenDocument file: {sheet: words}."""
    if not any(f'visibility="{word}"'.encode() in source for word in HIDDEN):
        return {}
    found = {}
    for table in fromstring(source).iter(f"{TABLE}table"):
        rows = [n for span in _spans(table, "row") for n in range(span[0], span[1] + 1)]
        found[table.get(f"{TABLE}name", "")] = hidden_words(rows, list(_spans(table, "column")))
    return found


def _spans(table: Element, what: str) -> Iterator[tuple[int, int]]:
    """List the hidden rows or columns of a table as (first, last)."""
    place = 1
    for one in table.iter(f"{TABLE}table-{what}"):
        count = int(one.get(f"{TABLE}number-{what}s-repeated", "1"))
        if one.get(f"{TABLE}visibility") in HIDDEN and count < MOST:
            yield place, place + count - 1
        place += count
