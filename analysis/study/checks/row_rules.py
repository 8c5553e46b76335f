"""Rules on the printed rows of a study's series, where it has such: one series each, standing once.

Functions of {name: RawTable} that return problems, as those in `rules.py`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from analysis.study.package import RawTable
    from analysis.study.problems import Problem

INTEGER = re.compile(r"[+-]?\d{1,18}", re.ASCII)


def table_rows_are_whole(tables: Mapping[str, RawTable]) -> list[Problem]:
    """A printed row is one series."""
    rule, wanted = "table {}, row {} holds more than one series", "one cluster and indicator"
    return [
        table.problem(at, "row", ", ".join(key), rule.format(*place), wanted)
        for table in _with_rows(tables)
        for place, found in _gathered(table, _place, _series_of).items()
        if len(found) > 1
        for key, at in found.items()
    ]


def series_stand_once(tables: Mapping[str, RawTable]) -> list[Problem]:
    """A series belongs to one printed row."""
    return [
        table.problem(at, "row", ", ".join(key), "the series stands in two rows", "one place")
        for table in _with_rows(tables)
        for key, found in _gathered(table, _series_of, _place).items()
        for at in list(found.values())[1:]
    ]


def _with_rows(tables):
    """Give the table of series, where it says in which table and row each stands."""
    table = tables.get("series")
    return [table] if table is not None and {"table", "row"} <= {*table.header} else []


def _gathered(table, key, value):
    """Group the valid cells by key: {key: {value: its last row number}}."""
    columns = ("table", "row", "cluster", "indicator")
    wrong = {number for number, column in table.reported if column in columns}
    numbers = (number for number, _ in table.rows)
    texts = zip(*(table.columns[column] for column in columns), strict=True)
    if wrong:
        pairs = ((t, n) for t, n in zip(texts, numbers, strict=True) if n not in wrong)
    else:
        pairs = zip(texts, numbers, strict=True)
    found = {}
    for at, number in dict(pairs).items():  # each combination of the four once
        if at[0] and at[1]:
            own = found.setdefault(key(at), {})
            own[value(at)] = max(number, own.get(value(at), 0))  # 02 and 2 are one
    return found


def _series_of(texts):
    return texts[2:]


def _place(texts):
    return _whole(texts[0]), _whole(texts[1])


def _whole(text):
    """Return the integer that a text represents (02 is 2), else the text."""
    return int(text) if INTEGER.fullmatch(text) else text
