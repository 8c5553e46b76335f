"""Monotone trend of short series: Mann-Kendall with its exact p, Sen's slope with real years.

Years may be uneven and a series may have gaps. Ties are kept; nothing is sampled.
"""

from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from numbers import Real

import numpy as np
import pandas as pd
import scipy

from analysis.tidy.observations import observations
from analysis.tidy.series import KEY, arrange_series, reason_texts, whole_numbers
from analysis.tidy.showing import Readable
from analysis.trend.kendall_null import EXACT_LIMIT, kendall_p_values, kendall_s, kendall_s_null

KENDALL_MEASURES = ("s", "tau_b", "p_two_sided", "p_increasing", "p_decreasing", "p_min")
SEN_MEASURES = ("sen_slope", "sen_low", "sen_high", "coverage", "intercept")
BLOCK_CELLS = 1 << 18  # slopes held at a time: few enough to stay in the processor's cache


@dataclass(frozen=True, repr=False)
class MannKendall(Readable):
    """Whether a series rises or falls, against a random order of its own values."""

    n: int  # observations used
    s: int | None  # pairs that rise minus pairs that fall
    tau_b: float  # Kendall's tau-b, in [-1, 1]
    p_two_sided: float  # P(|S*| >= |S|)
    p_increasing: float  # P(S* >= S)
    p_decreasing: float  # P(S* <= S)
    p_min: float  # least two-sided p that the ties of the values leave possible
    method: str | None  # exact, or normal beyond EXACT_LIMIT observations
    reason: str  # why something is undefined, from REASONS


@dataclass(frozen=True, repr=False)
class SenSlope(Readable):
    """The median change per year, with an interval of the coverage it really has."""

    n: int  # observations used
    slope: float  # units of the values per year
    low: float  # units per year
    high: float  # units per year
    coverage: float  # probability that [low, high] covers the slope, values without ties
    intercept: float  # units of the values, in the origin year
    intercept_rule: str | None  # rule and origin of the intercept, in words
    reason: str  # why something is undefined, from REASONS


def mann_kendall(values, years=None):
    """Test for a monotone trend: Kendall's S over time with its exact p-values.

    Parameters
    ----------
    values : sequence of float, shape (n,); NaN is a gap and is left out
    years : sequence of whole numbers, shape (n,), each once; default: the order given

    Undefined cells are NaN or None, and `reason` says why: fewer than two observations leave all
    of them undefined, a constant series tau-b (its p is 1).
    Raises TypeError or ValueError that names argument, position and value.

    Sources: Mann (1945), Econometrica 13, 245-259; Kendall (1975), Rank Correlation Methods;
    Gilbert (1987), Statistical Methods for Environmental Pollution Monitoring, section 16.4.

    >>> result = mann_kendall([100, 150, 200, 250, 300])
    >>> result.s, result.tau_b, round(result.p_two_sided, 4), round(result.p_increasing, 4)
    (10, 1.0, 0.0167, 0.0083)
    """
    _, values = observations(values, years)
    n = len(values)
    if n < 2:
        return MannKendall(n, None, *[np.nan] * 5, None, "not enough observations")
    s, *measures = (float(column[0]) for column in _kendall_measures(values[None, :]).values())
    reason = "constant" if np.isnan(measures[0]) else ""
    return MannKendall(n, int(s), *measures, _method(n), reason)


def sen_slope(values, years=None, confidence=0.95):
    """Estimate the change per year by the median of all pairwise slopes.

    The interval runs between two of the ordered pairwise slopes, the k-th from either end. Its
    coverage is exact for values without ties. k is the largest whose coverage reaches `confidence`;
    where even the widest interval falls short (n <= 4 at 0.95), that one, with its real coverage.

    Parameters
    ----------
    values : sequence of float, shape (n,); NaN is a gap and is left out
    years : sequence of whole numbers, shape (n,), each once; default: 0, 1, ..., n - 1
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
    _check_confidence(confidence)
    years, values = observations(values, years)
    n = len(values)
    if n < 2:
        return SenSlope(n, *[np.nan] * 5, None, "not enough observations")
    measures = _sen_measures(years[None, :], values[None, :], confidence)
    reason = "not enough observations" if n < 3 else ""
    line = [float(column[0]) for column in measures.values()]
    return SenSlope(n, *line, _intercept_rule(years[0]), reason)


def trend_table(series, confidence=0.95):
    """Test and estimate the trend of each series.

    Parameters
    ----------
    series : tidy DataFrame with columns cluster, indicator, year and value; years in any order
    confidence : wanted coverage of Sen's interval, between 0 and 1

    Returns a DataFrame, one row per series in order of first appearance: cluster, indicator, n
    (observations), first_year and last_year (observed), the fields of `MannKendall` and `SenSlope`
    (sen_slope, sen_low, sen_high: units per year), and `reason`, empty where nothing is undefined.
    `method` says how p-values and coverage were found: "exact", or "normal" for long series.
    Raises TypeError, KeyError or ValueError that names column, row and value.

    >>> frame = pd.DataFrame({"cluster": "a", "indicator": "jobs", "year": range(2016, 2021),
    ...                       "value": [1.0, 3.0, 2.0, 5.0, 4.0]})
    >>> trend_table(frame)[["n", "s", "tau_b", "sen_slope"]].values.tolist()
    [[5, 6, 0.6, 0.875]]
    """
    _check_confidence(confidence)
    arranged = arrange_series(series)
    wanted = [*KENDALL_MEASURES, *SEN_MEASURES]
    measures = {name: np.full(len(arranged), np.nan) for name in ["first", "last", *wanted]}
    for numbers, years, values in arranged.by_length():
        if values.shape[1]:
            measures["first"][numbers], measures["last"][numbers] = years[:, 0], years[:, -1]
        if values.shape[1] > 1:
            found = _kendall_measures(values) | _sen_measures(years, values, confidence)
            for name in wanted:
                measures[name][numbers] = found[name]
    names = {name: arranged.first(series[name]) for name in KEY}
    return pd.DataFrame(names | _trend_columns(np.diff(arranged.observed.start), measures))


def _trend_columns(n, measures):
    """Arrange the measures as columns of the trend table."""
    first, last, s = (whole_numbers(measures[name]) for name in ("first", "last", "s"))
    constant = (n > 1) & np.isnan(measures["tau_b"])
    reasons = reason_texts({"not enough observations": n < 3, "constant": constant})
    columns = {"n": n, "first_year": first, "last_year": last, "s": s}
    columns |= {name: measures[name] for name in ("tau_b", "p_two_sided", "p_min")}
    columns |= {"method": _worded(n, _method)}
    columns |= {name: measures[name] for name in SEN_MEASURES}
    origin = np.where(n > 1, measures["first"], np.nan)
    columns |= {"intercept_rule": _worded(origin, _intercept_rule), "reason": reasons}
    return columns | {name: measures[name] for name in ("p_increasing", "p_decreasing")}


def _worded(column, words):
    """Word each number of a column; few numbers differ, so each is worded once."""
    place, numbers = pd.factorize(np.asarray(column, dtype=float))
    worded = pd.array([words(int(number)) for number in numbers], dtype="str")
    return worded.take(place, allow_fill=True)


def _method(n):
    if n < 2:
        return None
    return "exact" if n <= EXACT_LIMIT else "normal"


def _intercept_rule(origin):
    return f"median of value - slope x (year - {origin})"


def _check_confidence(confidence):
    if not isinstance(confidence, Real) or not 0 < confidence < 1:
        raise ValueError(f"confidence is {confidence!r}; wanted a number between 0 and 1")


def _kendall_measures(values):
    """Return the columns of `KENDALL_MEASURES` for values of shape (series, observations)."""
    n = values.shape[1]
    s, untied = kendall_s(values)
    two_sided, increasing, decreasing, least = kendall_p_values(s, untied, values)
    scale = np.sqrt(untied * (n * (n - 1) / 2))
    tau_b = np.divide(s, scale, out=np.full(len(s), np.nan), where=untied > 0)
    measures = (s, tau_b, two_sided, increasing, decreasing, least)
    return dict(zip(KENDALL_MEASURES, measures, strict=True))


def _sen_measures(years, values, confidence):
    """Return the columns of `SEN_MEASURES` for years and values of shape (series, observations)."""
    m, n = values.shape
    rank, coverage = _interval_rank(n, confidence)
    slope, low, high = np.empty((3, m))
    elapsed = years - years[:, :1]
    for block in _blocks(m, n * (n - 1) // 2):
        ordered = _ordered_slopes(elapsed[block], values[block])
        slope[block] = _median_of_ordered(ordered)
        low[block] = ordered[:, rank - 1] if rank else np.nan
        high[block] = ordered[:, -rank] if rank else np.nan
    intercept = _median_of_ordered(np.sort(values - slope[:, None] * elapsed, axis=1))
    measures = (slope, low, high, np.full(m, coverage), intercept)
    return dict(zip(SEN_MEASURES, measures, strict=True))


def _blocks(rows, cells):
    """Cut rows of `cells` cells each into slices of about `BLOCK_CELLS` cells."""
    size = max(1, BLOCK_CELLS // cells)
    return [slice(begin, begin + size) for begin in range(0, rows, size)]


def _ordered_slopes(elapsed, values):
    """Return all pairwise slopes, rising in each row: shape (series, pairs)."""
    if (elapsed == elapsed[0]).all():
        elapsed = elapsed[:1]
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
def _interval_rank(n, confidence):
    """Return (k, coverage) of the interval from the k-th lowest to the k-th highest slope.

    The true slope lies above as many pairwise slopes as a random order has falling pairs.
    """
    if n < 3:
        return 0, np.nan
    coverages = _coverages(n)
    k = max(1, int(np.count_nonzero(coverages >= confidence)))  # coverages fall with k
    return k, float(coverages[k - 1])


def _coverages(n):
    """Return the coverage of the interval between the k-th lowest and highest slope, k = 1, 2..."""
    pairs = n * (n - 1) // 2
    if n > EXACT_LIMIT:
        spread = np.sqrt(n * (n - 1) * (2 * n + 5) / 18)
        return 1 - 2 * scipy.special.ndtr((2 * np.arange(1, pairs // 2 + 1) - 1 - pairs) / spread)
    counts = list(kendall_s_null([1] * n).values())
    total = sum(counts)
    below = accumulate(counts[: pairs // 2])
    return np.array([(total - 2 * count) / total for count in below])
