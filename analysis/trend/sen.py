"""Sen's slope of many series at once: pairwise slopes, their median, and a rank-based interval."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import scipy

from analysis.trend.kendall_null import falling_p
from analysis.trend.tie_patterns import TiePatterns, untied_pairs

SEN_MEASURES = ("sen_slope", "sen_low", "sen_high", "coverage", "intercept")
BLOCK_CELLS = 1 << 18  # slopes computed at a time, so that they fit the CPU cache
WINDOW = 8  # ranks searched on either side of the normal approximation


def sen_measures(
    years: np.ndarray, values: np.ndarray, patterns: TiePatterns, confidence: float
) -> dict[str, np.ndarray]:
    """Return the columns of `SEN_MEASURES`, and the coverage that values without ties would have.

    Parameters
    ----------
    years, values : arrays of shape (series, observations), observations at least 2
    patterns : TiePatterns of the same series
    confidence : wanted coverage, between 0 and 1

    Returns {name: float array of shape (series,)}.

    >>> years, values = np.array([[2016, 2017, 2018]]), np.array([[1.0, 2.0, 5.0]])
    >>> found = sen_measures(years, values, TiePatterns([(1, 1, 1)], np.array([0])), 0.95)
    >>> {name: round(float(column[0]), 3) for name, column in found.items()}["sen_slope"]
    2.0
    """
    m, n = values.shape
    rank, without_ties = interval_rank(n, confidence)
    slope, low, high, intercept = np.empty((4, m))
    for block in _blocks(m, n * (n - 1) // 2):
        elapsed = _elapsed(years[block])
        ordered = _ordered_slopes(elapsed, values[block])
        slope[block] = _median_of_ordered(ordered)
        low[block] = ordered[:, rank - 1] if rank else np.nan
        high[block] = ordered[:, -rank] if rank else np.nan
        levels = values[block] - slope[block, None] * elapsed
        levels.sort(axis=1)
        intercept[block] = _median_of_ordered(levels)
    covered = [coverage_under_ties(sizes, rank) for sizes in patterns.sizes]
    each = np.full(m, covered[0]) if len(covered) == 1 else np.array(covered)[patterns.number]
    measures = (slope, low, high, each, intercept)
    named = dict(zip(SEN_MEASURES, measures, strict=True))
    return named | {"coverage_without_ties": np.full(m, without_ties)}


def _blocks(rows, cells):
    """Cut rows of `cells` cells each into slices of about `BLOCK_CELLS` cells."""
    size = max(1, BLOCK_CELLS // cells)
    return [slice(begin, begin + size) for begin in range(0, rows, size)]


def _elapsed(years):
    """Return the years since the first of each series; one row where they are the same in all."""
    same = years[:1] if len(years) > 1 and (years == years[:1]).all() else years
    return same - same[:, :1]


def _ordered_slopes(elapsed, values):
    """Return all pairwise slopes, sorted in each row: shape (series, pairs)."""
    # one column a series: the arithmetic then runs along the long axis
    columns, years = np.ascontiguousarray(values.T), np.ascontiguousarray(elapsed.T)
    n, m = columns.shape
    slopes = np.empty((n * (n - 1) // 2, m))
    begin = 0
    for lag in range(1, n):
        end = begin + n - lag
        np.subtract(columns[lag:], columns[:-lag], out=slopes[begin:end])
        slopes[begin:end] /= years[lag:] - years[:-lag]
        begin = end
    ordered = np.ascontiguousarray(slopes.T)
    ordered.sort(axis=1)
    return ordered


def _median_of_ordered(ordered):
    n = ordered.shape[1]
    return (ordered[:, (n - 1) // 2] + ordered[:, n // 2]) / 2


@lru_cache
def interval_rank(n: int, confidence: float) -> tuple[int, float]:
    """Return (k, coverage) of the interval from the k-th lowest to the k-th highest slope.

    The true slope lies above as many pairwise slopes as a random order has falling pairs. k is the
    largest whose coverage reaches `confidence`, for values without ties; the widest interval, k =
    1, where none does; 0 below three observations.
    Source: Hollander, Wolfe and Chicken (2014), Nonparametric Statistical Methods, 3rd ed.,
    section 9.3.

    >>> interval_rank(5, 0.95)
    (1, 0.9833333333333333)
    """
    if n < 3:
        return 0, np.nan
    most = n * (n - 1) // 4
    near, width = _rank_by_normal(n, confidence), WINDOW
    while True:
        ranks = np.arange(max(1, near - width), max(1, min(most, near + width)) + 1)
        coverages = 1 - 2 * falling_p((1,) * n, ranks - 1)
        reached = int(np.count_nonzero(coverages >= confidence))  # coverages fall with k
        if (reached or ranks[0] == 1) and (reached < len(ranks) or ranks[-1] >= most):
            best = max(reached - 1, 0)
            return int(ranks[best]), float(coverages[best])
        width *= 4


def _rank_by_normal(n, confidence):
    """Return the approximate rank (at least 1) whose coverage is `confidence`."""
    spread = np.sqrt(n * (n - 1) * (2 * n + 5) / 18)
    return max(
        1, int((n * (n - 1) / 2 + 1 + spread * scipy.special.ndtri((1 - confidence) / 2)) / 2)
    )


@lru_cache(maxsize=4096)
def coverage_under_ties(sizes: tuple, rank: int) -> float:
    """Return the coverage of the interval of a rank among values with these ties.

    Parameters
    ----------
    sizes : tuple of the sizes of the groups of equal values, the largest first
    rank : k of the interval from the k-th lowest to the k-th highest slope; 0 is no interval

    A random order of the values has no slope that rises or falls but among the untied pairs, and
    all other slopes are 0: they lie in the interval.

    >>> coverage_under_ties((3, 1, 1), 1), coverage_under_ties((1,) * 5, 1)
    (1.0, 0.9833333333333333)
    """
    n = sum(sizes)
    if not rank:
        return np.nan
    falling = rank - 1 - (n * (n - 1) // 2 - untied_pairs(sizes))
    return 1 - 2 * float(falling_p(sizes, np.array([falling]))[0]) if falling >= 0 else 1.0
