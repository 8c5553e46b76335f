"""Of a large table, the rows that tell whether it is sound: far fewer than there are.

A schema asks of each cell alone, but for keys. So a table is sound exactly when the rows are that
hold each distinct text once, the least and the largest number, and an empty cell of each column -
and when no key stands twice. Where they are not, every row has to be looked at.
"""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

LARGE = 5_000  # rows; a smaller table is looked at whole
PLAIN = {
    "integer": re.compile(r"(?:-?[0-9]++)?+(?:\n(?:-?[0-9]++)?+)*+"),
    "number": re.compile(r"(?:-?[0-9]++(?:\.[0-9]++)?+)?+(?:\n(?:-?[0-9]++(?:\.[0-9]++)?+)?+)*+"),
}
LONGEST = 300  # characters of a number that is finite in any case


def representative_rows(
    rows: Sequence[list[str]], header: Sequence[str], schema: dict
) -> list[list[str]] | None:
    """Choose a sample of rows that is valid only if all are; None if every row must be checked.

    >>> header, schema = ["id", "n"], {
    ...     "fields": [{"name": "id", "type": "string"}, {"name": "n", "type": "number"}],
    ...     "primaryKey": ["n"],
    ... }
    >>> rows = [["a", str(n)] for n in range(9_000)]
    >>> representative_rows(rows, header, schema)
    [['a', '0'], ['a', '8999']]
    >>> representative_rows([*rows, ["a", "5"]], header, schema) is None
    True
    """
    if len(rows) <= LARGE:
        return None
    columns = dict(zip(header, zip(*rows, strict=True), strict=True))
    key = [columns[name] for name in schema.get("primaryKey", []) if name in columns]
    if key and len(set(zip(*key, strict=True))) < len(rows):
        return None
    places = set()
    for spec in schema["fields"]:
        texts = columns.get(spec["name"])
        if texts is None:
            continue
        if spec.get("constraints", {}).get("unique") and len(set(texts)) < len(texts):
            return None
        if spec["type"] in PLAIN:
            if not is_plain_column(texts, spec["type"]):
                return None
            places |= _ends(texts)
        else:
            # each distinct text with the first row that holds it
            last = len(texts) - 1
            places |= set(dict(zip(reversed(texts), range(last, -1, -1), strict=True)).values())
    if any(not any(cells) for cells in rows):
        return None
    return [rows[at] for at in sorted(places)]


def is_plain_column(texts: Sequence[str], kind: str) -> bool:
    """Tell whether a column holds plain numbers or nothing, all of them finite."""
    return PLAIN[kind].fullmatch("\n".join(texts)) is not None and (
        max(map(len, texts), default=0) < LONGEST
    )


def _ends(texts):
    """Find the minimum and the maximum of a column, and an empty cell."""
    places = {texts.index("")} if "" in texts else set()
    numbers = [float(text) if text else math.nan for text in texts]
    known = [number for number in numbers if number == number]
    return places | ({numbers.index(min(known)), numbers.index(max(known))} if known else set())
