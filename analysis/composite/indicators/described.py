"""The descriptions of indicators and pillars, cell by cell, as plain records."""

from __future__ import annotations

from math import isnan, nan
from numbers import Real

import pandas as pd

from analysis.tidy.wording import counted

TEXTS = ("label", "unit", "kind", "direction", "pillar", "denominator")
NUMBERS = ("weight", "goalpost_low", "goalpost_high")


class FrameworkError(ValueError):
    """Indicators that cannot be put together as they are described; `problems` has a line each.

    `cure` says what would do for all of them, where one thing would; it is not one of them.
    """

    def __init__(self, problems, cure=""):
        """Keep all problems, and name them in the message, the cure last."""
        self.problems, self.cure = tuple(dict.fromkeys(problems)), cure
        head = f"{counted(len(self.problems), 'problem')} with the indicators:"
        lines = "\n- ".join([head, *self.problems])
        super().__init__(f"{lines}\n{cure}" if cure else lines)


def indicator_records(given: pd.DataFrame) -> tuple[dict, list[str]]:
    """Read a frame, index indicator, into ({indicator: {TEXTS, NUMBERS}}, problems).

    >>> given = pd.DataFrame({"weight": ["2", "x"]}, index=["a", "b"])
    >>> records, problems = indicator_records(given)
    >>> records["a"]["weight"], problems
    (2.0, ["weight of 'b' is 'x'; wanted a number, or nothing"])
    """
    names, problems = given.index.tolist(), []
    columns = {column: _texts(given, column) for column in TEXTS}
    for column in NUMBERS:
        columns[column], wrong = _numbers(given, column, names)
        problems += wrong
    columns["label"] = [
        label or str(name) for label, name in zip(columns["label"], names, strict=True)
    ]
    records = _records(names, columns)
    return records, problems + _twice(names, "indicator {!r} is described twice")


def pillar_records(given: pd.DataFrame | None, named: list) -> tuple[dict, list[str]]:
    """Read a frame of pillars, or make plain ones of those that indicators name.

    Returns ({pillar: label, parent, weight}, problems).
    """
    if given is None or not len(given):
        plain = {name: {"label": name, "parent": "", "weight": nan} for name in named}
        return plain, []
    given = given.set_index("pillar") if "pillar" in given else given
    names = [str(name) for name in given.index.tolist()]
    weights, problems = _numbers(given, "weight", names)
    labels = [label or name for label, name in zip(_texts(given, "label"), names, strict=True)]
    columns = {"label": labels, "parent": _texts(given, "parent"), "weight": weights}
    return _records(names, columns), problems + _twice(names, "pillar {!r} is there twice")


def _records(names, columns):
    """Return one record per name; the first of those that are there twice."""
    records = {}
    for name, *cells in zip(names, *columns.values(), strict=True):
        records.setdefault(name, dict(zip(columns, cells, strict=True)))
    return records


def _twice(names, words):
    if len(set(names)) == len(names):
        return []
    return [words.format(name) for name in dict.fromkeys(names) if names.count(name) > 1]


def _texts(given, column):
    if column not in given:
        return [""] * len(given)
    return ["" if pd.isna(cell) else str(cell).strip() for cell in given[column].tolist()]


def _numbers(given, column, names):
    """Return (numbers, problems); an empty cell is no number."""
    numbers, problems = [nan] * len(names), []
    if column not in given:
        return numbers, problems
    for place, cell in enumerate(given[column].tolist()):
        if cell is None or cell == "" or (isinstance(cell, Real) and isnan(cell)):
            continue
        number = float(pd.to_numeric(cell, errors="coerce")) if cell is not pd.NA else nan
        if cell is not pd.NA and not abs(number) < float("inf"):
            problems.append(
                f"{column} of {names[place]!r} is {cell!r}; wanted a number, or nothing"
            )
        numbers[place] = number
    return numbers, problems
