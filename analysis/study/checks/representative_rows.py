"""Of a large table, the rows that tell whether it is sound: far fewer than there are.

A schema asks of each cell alone, but for keys. So a table is sound exactly when the rows are that
hold each distinct text once, the least and the largest number, and an empty cell of each column -
and when no key stands twice. Where they are not, every row has to be looked at.
"""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from analysis.study.package import RawTable

LARGE = 5_000  # rows; a smaller table is looked at whole
PLAIN = {
    "integer": re.compile(r"(?:-?[0-9]++)?+(?:\n(?:-?[0-9]++)?+)*+"),
    "number": re.compile(r"(?:-?[0-9]++(?:\.[0-9]++)?+)?+(?:\n(?:-?[0-9]++(?:\.[0-9]++)?+)?+)*+"),
}
LONGEST = 300  # characters of a number that is finite in any case


def representative_rows(table: RawTable, schema: dict) -> list[list[str]] | None:
    """Choose a sample of rows that is valid only if all are; None if every row must be checked.

    >>> from analysis.study.package import RawTable
    >>> header, schema = ["id", "n"], {
    ...     "fields": [{"name": "id", "type": "string"}, {"name": "n", "type": "number"}],
    ...     "primaryKey": ["n"],
    ... }
    >>> rows = [(n + 2, ["a", str(n)]) for n in range(9_000)]
    >>> representative_rows(RawTable("t", "t.csv", header, rows), schema)
    [['a', '0'], ['a', '8999']]
    >>> twice = [*rows, (9_002, ["a", "5"])]
    >>> representative_rows(RawTable("t", "t.csv", header, twice), schema) is None
    True
    """
    if len(table.rows) <= LARGE or not _has_unique_keys(table, schema):
        return None
    places = set()
    for spec in schema["fields"]:
        column = spec["name"]
        if column not in table.columns:
            continue
        if spec["type"] not in PLAIN:
            # each distinct text with the first row that holds it
            places |= set(np.unique(table.coded(column)[1], return_index=True)[1].tolist())
        elif is_plain_column(table, column, spec["type"]):
            places |= _ends(table, column)
        else:
            return None
    if not all(any(cells) for _, cells in table.rows):
        return None
    return [table.rows[at][1] for at in sorted(places)]


def _has_unique_keys(table, schema):
    """Tell whether no key stands twice: neither that of the table nor any unique column."""
    keys = [[spec["name"]] for spec in schema["fields"] if _is_unique(spec)]
    return all(_is_key(table, key) for key in [*keys, schema.get("primaryKey", [])])


def _is_unique(spec):
    return bool(spec.get("constraints", {}).get("unique"))


def _is_key(table, key):
    """Tell whether the texts of some columns together are different in every row."""
    columns = [column for column in key if column in table.columns]
    if not columns:
        return True
    joint, count = np.zeros(len(table.rows), dtype=np.int64), 1
    for column in columns:
        texts, codes = table.coded(column)
        count *= len(texts)
        joint = joint * len(texts) + codes
    if count > np.iinfo(np.int64).max:  # more combinations than can be numbered
        return len(set(zip(*(table.columns[c] for c in columns), strict=True))) == len(joint)
    return len(np.unique(joint)) == len(joint)


def is_plain_column(table: RawTable, column: str, kind: str) -> bool:
    """Tell whether a column holds plain numbers or nothing, all of them finite."""
    texts = table.distinct(column)
    joined = "\n".join(texts)
    return (
        PLAIN[kind].fullmatch(joined) is not None
        and joined.count("\n") == max(0, len(texts) - 1)  # no line end inside a text
        and max(map(len, texts), default=0) < LONGEST
    )


def numbers(table: RawTable, column: str) -> np.ndarray:
    """Return the numbers of a plain column, NaN where a cell is empty."""
    texts, codes = table.coded(column)
    return np.array([float(text) if text else math.nan for text in texts], dtype=float)[codes]


def _ends(table, column):
    """Find the minimum and the maximum of a column, and an empty cell."""
    found = numbers(table, column)
    places = {table.columns[column].index("")} if np.isnan(found).any() else set()
    if not np.isnan(found).all():
        places |= {int(np.nanargmin(found)), int(np.nanargmax(found))}
    return places
