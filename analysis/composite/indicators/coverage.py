"""Screening by coverage: which indicators and units have enough observed values.

Coverage counts what was observed, before any gap is filled. Shares are compared as whole numbers:
a unit exactly at the threshold stays.
"""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Sequence

    from analysis.composite.indicators.hierarchy import Hierarchy

COLUMNS = ["kind", "name", "pillar", "observed", "of", "coverage", "threshold", "reason"]
TOO_FEW = "too few observations"
SLACK = 1e-9  # of a count: what a threshold such as 0.68 is off by in binary


def needed(threshold: float, count: int) -> int:
    """Return how many of `count` make up the threshold, at least one.

    >>> needed(0.68, 50), needed(2 / 3, 3), needed(0, 10)
    (34, 2, 1)
    """
    return max(ceil(threshold * count - SLACK), 1)


def check_threshold(name: str, threshold: float) -> None:
    """Refuse a threshold that is no share."""
    if isinstance(threshold, bool) or not isinstance(threshold, (int, float, np.number)):
        raise TypeError(f"{name} is {threshold!r}; wanted a share from 0 to 1")
    if not 0 <= threshold <= 1:
        raise ValueError(f"{name} is {threshold!r}; wanted a share from 0 to 1")


def screen_indicators(
    observed: np.ndarray, names: list, threshold: float
) -> tuple[np.ndarray, list]:
    """Keep the indicators that enough units have.

    `observed` is an array of bool, units x indicators. Returns (kept as an array of bool, rows of
    what fell out).

    >>> screen_indicators(np.array([[True, False], [True, False]]), ["a", "b"], 0)[0].tolist()
    [True, False]
    """
    counts, of = observed.sum(axis=0), len(observed)
    kept = counts >= needed(threshold, of)
    rows = [
        _row("indicator", names[at], "", counts[at], of, threshold) for at in np.flatnonzero(~kept)
    ]
    return kept, rows


def screen_units(
    observed: np.ndarray,
    units: list,
    hierarchy: Hierarchy,
    threshold: float,
    pillar_threshold: float,
) -> tuple[np.ndarray, list]:
    """Keep the units that have enough of all indicators, and of those in every pillar.

    Returns (kept as an array of bool, rows of what fell out: a unit once, for the first reason).
    """
    counts, of = observed.sum(axis=1), observed.shape[1]
    kept = counts >= needed(threshold, of)
    rows = {
        at: _row("unit", units[at], "", counts[at], of, threshold) for at in np.flatnonzero(~kept)
    }
    if pillar_threshold > 0:
        for pillar, below in zip(hierarchy.pillars, hierarchy.below.T[:-1], strict=True):
            counts, of = observed[:, below].sum(axis=1), int(below.sum())
            few = counts < needed(pillar_threshold, of)
            for at in np.flatnonzero(few & kept):
                rows[at] = _row("unit", units[at], pillar, counts[at], of, pillar_threshold)
            kept = kept & ~few
    return kept, [rows[at] for at in sorted(rows)]


def left_out_table(rows: Sequence) -> pd.DataFrame:
    """Lay out what fell out, one row each, with its numbers."""
    return pd.DataFrame(rows, columns=COLUMNS)


def _row(kind, name, pillar, observed, of, threshold):
    coverage = observed / of if of else 0.0
    return (kind, name, pillar, int(observed), int(of), coverage, threshold, TOO_FEW)
