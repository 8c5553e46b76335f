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
    found = {}
    for number, record in table.records():
        wrong = table.is_reported(number, "table", "row", "cluster", "indicator")
        if not wrong and record["table"] and record["row"]:
            found.setdefault(key(record), {})[value(record)] = number
    return found


def _series_of(record):
    return record["cluster"], record["indicator"]


def _place(record):
    return _whole(record["table"]), _whole(record["row"])


def _whole(text):
    """Return the integer that a text represents (02 is 2), else the text."""
    return int(text) if INTEGER.fullmatch(text) else text
