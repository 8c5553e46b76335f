"""Convergence: dispersion of the units over time (sigma), faster growth of low ones (beta)."""

from __future__ import annotations

import numpy as np
import pandas as pd
import scipy

from analysis.tidy.kinds import KINDS, admits, why_not
from analysis.tidy.records import check_columns, records

MIN_UNITS = 3  # units, so that a regression has a residual degree of freedom
ROUNDING = 1e-12  # of the largest value: what differs by less grew alike
MAX_MISSING_SHARE = 1 / 3  # of the units that a first or last year may lack
SPREAD = ["indicator", "year", "n", "mean", "sd", "cv_pct", "n_common", "cv_common_pct", "reason"]
CATCHING_UP = [
    "indicator", "first_year", "last_year", "n", "slope", "low", "high", "r_squared", "growth",
    "verdict", "reason",
]  # fmt: skip
UP, APART, UNDECIDED = "those behind catch up", "those ahead pull away", "not shown"
RATE, CHANGE = "per cent a year", "units a year"


def spread_over_time(series: pd.DataFrame) -> pd.DataFrame:
    """Measure the dispersion of the units by year (sigma convergence).

    Parameters
    ----------
    series : tidy DataFrame: cluster, indicator, year, value; kind, where it is known

    Returns a DataFrame, a row per indicator and year with at least two values: indicator, year, n,
    mean, sd (standard deviation, divisor n - 1), cv_pct (coefficient of variation: 100 sd / mean),
    n_common and cv_common_pct (the same over the units that have a value in every year of the
    indicator, so that no unit comes or goes), reason. Kinds without ratios have no coefficient of
    variation, those of which only the order counts no spread; nor has a mean that is not positive.

    >>> series = pd.DataFrame({"cluster": list("abab"), "indicator": "x",
    ...                        "year": [1, 1, 2, 2], "value": [1.0, 3.0, 2.0, 2.0]})
    >>> spread_over_time(series)["cv_pct"].round(1).tolist()
    [70.7, 0.0]
    """
    check_columns(series, ["cluster", "indicator", "year", "value"])
    rows = []
    for name, cells in series.dropna(subset="value").groupby("indicator", sort=False):
        kind = _kind(cells)
        wide = cells.pivot(index="cluster", columns="year", values="value")
        common = wide.dropna()
        for year in wide:
            values = wide[year].dropna()
            if len(values) > 1:
                rows.append((name, year, *_spread(values, common[year], kind)))
    return pd.DataFrame(rows, columns=SPREAD)


def catching_up(series: pd.DataFrame, confidence_level: float = 0.95) -> pd.DataFrame:
    """Test for each indicator whether units with low first values grew faster (beta convergence).

    Parameters
    ----------
    series : tidy DataFrame: cluster, indicator, year, value; kind, where it is known
    confidence_level : of the interval, above 0 and below 1

    The growth of each unit is regressed on its first value, from the first to the last year in
    which at least two thirds of the units have one. Kinds with ratios, where all values are
    positive: mean logarithmic growth in per cent a year on the logarithm of the first value. Kinds
    with differences alone: mean change a year on the first value. Returns a DataFrame, a row per
    indicator: indicator, first_year, last_year, n (units with both), slope, low, high (interval of
    Student's t, exact where the errors are normal and alike), r_squared, growth (its unit),
    verdict, reason. A negative slope says that those behind catch up; errors of measurement in the
    first value alone make one, too (Barro and Sala-i-Martin 1992; Friedman 1992).
    Raises KeyError for a column that is not there, ValueError for another confidence level.

    >>> series = pd.DataFrame({"cluster": list("abcd") * 2, "indicator": "x",
    ...     "year": [1] * 4 + [2] * 4, "value": [1.0, 2.0, 4.0, 8.0, 2.0, 3.0, 5.0, 8.1]})
    >>> catching_up(series)[["n", "verdict"]].values.tolist()
    [[4, 'those behind catch up']]
    """
    check_columns(series, ["cluster", "indicator", "year", "value"])
    if not 0 < confidence_level < 1:
        raise ValueError(f"confidence_level is {confidence_level!r}; wanted above 0 and below 1")
    known = series.dropna(subset="value")
    rows = [
        (name, *_regressed(cells, _kind(cells), confidence_level))
        for name, cells in known.groupby("indicator", sort=False)
    ]
    table = pd.DataFrame(rows, columns=CATCHING_UP)
    return table.astype({"first_year": "Int64", "last_year": "Int64"})


def _kind(cells):
    kind = cells["kind"].iloc[0] if "kind" in cells else None
    return kind if kind in KINDS else None


def _spread(values, common, kind):
    if not admits(kind, "difference"):
        return len(values), np.nan, np.nan, np.nan, len(common), np.nan, why_not(kind, "difference")
    mean, sd = float(values.mean()), float(values.std())
    reason = why_not(kind, "ratio") or ("" if mean > 0 else "the mean is not above zero")
    if reason:
        return len(values), mean, sd, np.nan, len(common), np.nan, reason
    is_common = len(common) > 1 and common.mean() > 0
    shared = 100 * float(common.std() / common.mean()) if is_common else np.nan
    return len(values), mean, sd, 100 * sd / mean, len(common), shared, ""


def _regressed(cells, kind, level):
    wide = cells.pivot(index="cluster", columns="year", values="value")
    years = [y for y in wide if wide[y].isna().mean() <= MAX_MISSING_SHARE]
    if reason := why_not(kind, "difference"):
        return (pd.NA, pd.NA, 0, *[np.nan] * 4, "", "", reason)
    if len(years) < 2:
        return (pd.NA, pd.NA, 0, *[np.nan] * 4, "", "", "no two years with most of the units")
    first, last = years[0], years[-1]
    both = wide[[first, last]].dropna()
    ratio = admits(kind, "ratio") and bool((both > 0).all(axis=None))
    start = np.log(both[first]) if ratio else both[first]
    end = np.log(both[last]) if ratio else both[last]
    growth = (100 if ratio else 1) * (end - start) / (last - first)
    head, unit = (first, last, len(both)), RATE if ratio else CHANGE
    if len(both) < MIN_UNITS or start.nunique() < 2:
        return (*head, *[np.nan] * 4, unit, "", "fewer than three units, or all began alike")
    if np.ptp(growth) <= ROUNDING * max(start.abs().max(), end.abs().max()):
        return (*head, 0.0, *[np.nan] * 3, unit, UNDECIDED, "all grew alike")
    line = scipy.stats.linregress(start, growth)
    reach = scipy.stats.t.ppf((1 + level) / 2, len(both) - 2) * line.stderr
    low, high = line.slope - reach, line.slope + reach
    verdict = UP if high < 0 else APART if low > 0 else UNDECIDED
    return (*head, line.slope, low, high, line.rvalue**2, unit, verdict, "")


def distances_from_median(ranks: pd.DataFrame, cluster: str) -> pd.DataFrame:
    """Compare one unit's distance from the median in the first and in the last year.

    Parameters
    ----------
    ranks : from `indicator_ranks`
    cluster : the unit

    Returns a DataFrame, a row per indicator with two years and medians above zero: indicator,
    first_year, last_year, first_distance_pct, last_distance_pct (per cent of the median).

    >>> from analysis.comparative.unit_ranks import indicator_ranks
    >>> series = pd.DataFrame({"cluster": list("abcabc"), "indicator": "x",
    ...     "year": [1] * 3 + [2] * 3, "value": [1.0, 2.0, 3.0, 3.0, 4.0, 5.0]})
    >>> distances_from_median(indicator_ranks(series), "a").iloc[0, 3:].tolist()
    [-50.0, -25.0]
    """
    median = ranks["value"] - ranks["distance_from_median"]
    own = ranks[(ranks["cluster"] == cluster) & (median > 0)].sort_values("year", kind="stable")
    found = {}
    columns = ["indicator", "year", "value", "distance_from_median"]
    for indicator, year, value, distance in records(own, *columns):
        found.setdefault(indicator, []).append((year, 100 * distance / (value - distance)))
    rows = [
        (name, cells[0][0], cells[-1][0], cells[0][1], cells[-1][1])
        for name, cells in found.items()
        if len(cells) > 1
    ]
    columns = ["indicator", "first_year", "last_year", "first_distance_pct", "last_distance_pct"]
    return pd.DataFrame(rows, columns=columns)
