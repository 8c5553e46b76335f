"""Rules on the numbers of a study: within the bounds of their kind, and large enough to compare.

Functions of {name: RawTable} that return problems, as those in `rules.py`.
"""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING

import numpy as np

from analysis.study.checks.representative_rows import is_plain_column, numbers
from analysis.tidy.kinds import KINDS
from analysis.tidy.units import multiple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from analysis.study.package import RawTable
    from analysis.study.problems import Problem

MIN_MAGNITUDE = 1e-15  # as far below one as the largest number of the schema is above it
ROUNDING = 1e-9  # share of a number that a spreadsheet may be off
NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,3})?", re.ASCII)


def value_of(text: str) -> float:
    """Return the number that a text represents, NaN for any other text.

    >>> value_of("1.5e3"), value_of("1,5")
    (1500.0, nan)
    """
    return float(text) if NUMBER.fullmatch(text) else math.nan


def values_fit_their_kind(tables: Mapping[str, RawTable]) -> list[Problem]:
    """A value lies within the bounds of its kind, and counts are whole."""
    if not {"series", "indicators"} <= tables.keys():
        return []
    known = {r["indicator"]: r for _, r in tables["indicators"].records()}
    series = tables["series"]
    names, codes = series.coded("indicator")
    kinds = [known[name]["kind"] if name in known else "" for name in names]
    single = [name in known and multiple(known[name]["unit"])[0] == 1 for name in names]
    texts, problems = series.columns["value"], []
    for at in _misfits(series, kinds, single, codes):
        name, value = kinds[codes[at]], value_of(texts[at])
        kind = KINDS[name]
        if not kind.least <= value <= kind.most:
            rule, allowed = _out_of_range(name, value)
        else:
            rule, allowed = "the count is not whole", "whole numbers; kind amount for others"
        problems.append(series.problem(series.rows[at][0], "value", texts[at], rule, allowed))
    return problems


def _misfits(series, names, single, codes):
    """Find the rows whose value is out of the bounds of its kind, or no whole number."""
    values = _values(series, "value")
    kinds = [KINDS.get(name) for name in names]
    least = np.array([kind.least if kind else -math.inf for kind in kinds])
    most = np.array([kind.most if kind else math.inf for kind in kinds])
    pairs = zip(kinds, single, strict=True)
    whole = np.array([bool(kind and kind.whole and is_single) for kind, is_single in pairs])
    if not len(values):
        return []
    with np.errstate(invalid="ignore"):
        is_off = np.abs(values - np.round(values)) > ROUNDING * np.maximum(1, np.abs(values))
        found = (values < least[codes]) | (values > most[codes]) | (whole[codes] & is_off)
    return np.flatnonzero(found).tolist()


def _values(table, column):
    """Return the numbers of a column, NaN for what is none."""
    if is_plain_column(table, column, "number"):
        return numbers(table, column)
    texts, codes = table.coded(column)
    return np.array([value_of(text) for text in texts], dtype=float)[codes]


def _out_of_range(name, value):
    kind = KINDS[name]
    if kind.most == math.inf:
        rule = f"negative {name}" if value < 0 else f"{name} below {kind.least}"
        return rule, f"{kind.least} or more"
    return f"{name} out of range", f"{kind.least} to {kind.most} per cent; kind rate for others"


def numbers_can_be_compared(tables: Mapping[str, RawTable]) -> list[Problem]:
    """A number is zero, or large enough that no ratio overflows."""
    columns = {"series": ["value"], "regional_context": ["value", "low", "high"]}
    allowed = f"0, or at least {MIN_MAGNITUDE:g} above or below it"
    return [
        tables[name].problem(number, column, text, "too near to zero", allowed)
        for name in columns.keys() & tables.keys()
        for column in columns[name]
        for small in [{text for text in tables[name].distinct(column) if _is_too_small(text)}]
        for (number, _), text in zip(
            tables[name].rows if small else (),
            tables[name].columns[column] if small else (),
            strict=True,
        )
        if text in small
    ]


def _is_too_small(text):
    """Tell whether a number is not zero, but so small that ratios or the number itself are lost."""
    return 0 < abs(value_of(text)) < MIN_MAGNITUDE or _is_lost(text)


def _is_lost(text):
    """Tell whether a non-zero number is so small that it would underflow to zero."""
    return value_of(text) == 0 and bool(re.search("[1-9]", re.sub("[eE].*", "", text)))
