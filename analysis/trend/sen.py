"""Sen's slope: the median of the pairwise slopes, with a rank-based interval and its coverage.

`sen_slope` is of one series, `sen_measures` of many at once.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from numbers import Real
from typing import TYPE_CHECKING

import numpy as np
import scipy

from analysis.tidy.observations import observations
from analysis.tidy.showing import Readable
from analysis.trend.kendall.kendall_null import falling_p
from analysis.trend.kendall.tie_patterns import TiePatterns, tie_sizes, untied_pairs

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any

SEN_MEASURES = ("sen_slope", "sen_low", "sen_high", "coverage", "intercept")
BLOCK_CELLS = 1 << 18  # slopes computed at a time, so that they fit the CPU cache
WINDOW = 8  # ranks searched on either side of the normal approximation


@dataclass(frozen=True, repr=False)
class SenSlope(Readable):
    """Sen's slope, the median change per year, with an interval and its exact coverage."""

    n: int  # observations used
    slope: float  # units of the values per year
    low: float  # units per year
    high: float  # units per year
    coverage: float  # probability that [low, high] covers the slope, under the ties of the values
    intercept: float  # units of the values, in the origin year
    intercept_rule: str | None  # rule and origin of the intercept, in words
    coverage_without_ties: float  # the same, if no two values were equal
    reason: str  # why something is undefined, from REASONS


def sen_slope(
    values: Iterable[float] | Mapping[int, float],
    years: Iterable[int] | None = None,
    confidence: float = 0.95,
) -> SenSlope:
    """Estimate the change per year by the median of all pairwise slopes.

    The interval runs between two of the ordered pairwise slopes, the k-th from either end. k is the
    largest whose coverage reaches `confidence` for values without ties; where even the widest
    interval falls short (n <= 4 at 0.95), that one. Its coverage is exact: under the ties that the
    values have, and, beside it, without ties. Ties raise it, to 1 where every order of the values
    leaves the interval around 0.

    Parameters
    ----------
    values : sequence of float, shape (n,), Series indexed by year, or {year: value}; NaN, or a
        masked value, is a gap and is left out
    years : sequence of whole numbers, shape (n,), each once; default: those of a Series or dict,
        else 0, 1, ..., n - 1
    confidence : wanted coverage, between 0 and 1

    Intercept: the median of value - slope x (year - origin), the origin being the first observed
    year. Two observations have a slope and no interval; `reason` says so.
    Raises TypeError or ValueError that names argument, position and value.

    Sources: Sen (1968), JASA 63, 1379-1389; Gilbert (1987), section 16.5; Hollander, Wolfe and
    Chicken (2014), Nonparametric Statistical Methods, 3rd ed., section 9.4 (the intercept).

    >>> result = sen_slope([5.0, 4.5, 4.0, 2.0], years=[2015, 2016, 2018, 2019])
    >>> result.slope, result.low, result.high, round(result.coverage, 3)
    (-0.625, -2.0, -0.25, 0.917)
    """
    check_confidence(confidence)
    years, values = observations(values, years)
    n = len(values)
    if n < 2:
        nothing: list[Any] = [n, *[np.nan] * 5, None, np.nan, "not enough observations"]
        return SenSlope(*nothing)
    patterns = TiePatterns([tie_sizes(values)], np.zeros(1, dtype=int))
    measures = sen_measures(years[None, :], values[None, :], patterns, confidence)
    reason = "not enough observations" if n < 3 else ""
    *line, without_ties = [float(column[0]) for column in measures.values()]
    figures: list[Any] = [n, *line, intercept_rule(years[0]), without_ties, reason]
    return SenSlope(*figures)


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


def intercept_rule(origin: int) -> str:
    """Say how the intercept was found.

    >>> intercept_rule(2016)
    'median of value - slope x (year - 2016)'
    """
    return f"median of value - slope x (year - {origin})"


def check_confidence(confidence: float) -> None:
    """Refuse a confidence that is no number between 0 and 1."""
    if not isinstance(confidence, Real) or not 0 < confidence < 1:
        raise ValueError(f"confidence is {confidence!r}; wanted a number between 0 and 1")
