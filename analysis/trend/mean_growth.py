"""Summary of growth, one row per series: mean level, mean growth, and progressions of plans.

Names and sources are those of `analysis.trend.growth`.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.tidy.series import (
    KEY,
    arrange_series,
    barred_by_kind,
    divided,
    reason_texts,
    series_kinds,
    series_words,
    whole_numbers,
)
from analysis.trend.target_arithmetic import decimals_of, pattern

SUMMARY_RATIOS = ("cagr_pct", "loglin_b", "loglin_growth_pct", "mean_growth_coef")
SUMMARY_DIFFERENCES = ("mean_level", "mean_abs_growth")


def growth_summary(series: pd.DataFrame) -> pd.DataFrame:
    """Summarise the growth of each series over its observed span.

    Parameters
    ----------
    series : tidy DataFrame with columns cluster, indicator, year and value, years in any order;
        `stock_or_flow` ("stock" or "flow") chooses the mean level, `kind` says what the values
        admit, see `analysis.tidy.kinds`, and whether their pattern allows for rounding

    Returns a DataFrame, one row per series in order of first appearance:
    cluster, indicator; first_year, last_year - the observed span; n - observations
    mean_level - units of the value: arithmetic mean; for a stock the chronological mean, the area
        under the straight segments between the observations divided by the span
    mean_abs_growth - (last - first) / (last_year - first_year), units per year
    cagr_pct - mean growth rate less 100: 100 ((last / first)^(1 / (last_year - first_year)) - 1)
    loglin_b - least-squares slope of ln(value) on the year; loglin_growth_pct - 100 (exp(b) - 1)
    pattern - target arithmetic, see `analysis.trend.target_arithmetic`; rounding is judged by the
        decimals that the values have; empty below three observations
    reason - why cells are empty, from `REASONS`: two observations are needed for growth, a first
        value above 0 for rates ("base is zero", "negative base"), and for the log-linear one, as
        for a mean rate that ends below 0, no value that has no logarithm
    mean_rule - which mean level it is; mean_growth_coef - 1 + cagr_pct / 100

    Raises TypeError, KeyError or ValueError that names column, row and value.

    >>> frame = pd.DataFrame({"cluster": "a", "indicator": "jobs", "year": [2016, 2017, 2020],
    ...                       "value": [100.0, 150.0, 400.0], "stock_or_flow": "stock"})
    >>> growth_summary(frame)[["mean_level", "mean_abs_growth"]].values.tolist()
    [[237.5, 75.0]]
    """
    arranged = arrange_series(series)
    known = arranged.observed
    n = np.diff(known.start)
    span, absolute, coefficient = _mean_growth(known, n)
    stocks = _are_stocks(series, arranged)
    columns = {name: arranged.first(series[name]) for name in KEY} | span
    columns |= {"n": n, "mean_level": _mean_level(known, n, stocks), "mean_abs_growth": absolute}
    columns |= {"cagr_pct": 100 * (coefficient - 1)} | _log_linear(known, n)
    columns |= {"pattern": _patterns(known, _words(series, arranged)), "reason": None}
    columns["mean_rule"] = np.where(stocks, "chronological", "arithmetic")
    columns["mean_growth_coef"] = coefficient
    barred = _leave_out_of_summary(columns, series_kinds(series, arranged))
    columns["reason"] = reason_texts(_summary_flags(known, n, barred))
    return pd.DataFrame(columns)


def _leave_out_of_summary(columns, kinds):
    """Clear what the kind of a series does not allow; return the reasons."""
    ratios, differences = (barred_by_kind(kinds, word) for word in ("ratio", "difference"))
    for barred, names in ((ratios, SUMMARY_RATIOS), (differences, SUMMARY_DIFFERENCES)):
        for rows in barred.values():
            for name in names:
                columns[name] = np.where(rows, np.nan, columns[name])
    no_rate = np.logical_or.reduce([*ratios.values(), np.zeros(len(kinds), dtype=bool)])
    no_step = np.logical_or.reduce([*differences.values(), np.zeros(len(kinds), dtype=bool)])
    columns["pattern"] = [
        "" if bare else "none" if name == "constant rate" and barred else name
        for name, barred, bare in zip(columns["pattern"], no_rate, no_step, strict=True)
    ]
    return ratios


def _mean_growth(known, n):
    (first_year, last_year), (first, last) = known.ends("year"), known.ends("value")
    years = last_year - first_year
    absolute = divided(last - first, years, n > 1)
    fit = (n > 1) & (first > 0) & (last >= 0)
    coefficient = divided(last, first, fit)
    coefficient[fit] **= 1 / years[fit]
    span = {"first_year": whole_numbers(first_year), "last_year": whole_numbers(last_year)}
    return span, absolute, coefficient


def _mean_level(known, n, stocks):
    """Average flows; weight stocks by the years that they represent."""
    spans = np.where(np.diff(known.number) == 0, np.diff(known.year), 0)
    weights = (np.append(spans, 0) + np.append(0, spans)) / 2
    weights = np.where((stocks & (n > 1))[known.number], weights, 1)
    return divided(_sums(known, weights * known.value), _sums(known, weights), n > 0)


def _log_linear(known, n):
    fit = (n > 1) & (_sums(known, known.value <= 0) == 0)
    first = known.ends("value")[0][known.number]
    logs = np.log(divided(known.value, first, fit[known.number]))
    mean_year = divided(_sums(known, known.year), n, n > 0)
    time = known.year - mean_year[known.number]
    slope = divided(_sums(known, time * logs), _sums(known, time**2), fit)
    return {"loglin_b": slope, "loglin_growth_pct": 100 * np.expm1(slope)}


def _summary_flags(known, n, barred):
    first, _ = known.ends("value")
    rated = (n > 1) & ~np.logical_or.reduce([*barred.values(), np.zeros(len(n), dtype=bool)])
    return barred | {
        "base is zero": rated & (first == 0),
        "negative base": rated & (first < 0),
        "a value has no logarithm": rated & (first > 0) & (_sums(known, known.value <= 0) > 0),
        "not enough observations": n < 3,
    }


def _sums(known, column):
    return np.bincount(known.number, weights=column, minlength=len(known))


def _patterns(known, kinds):
    series = zip(known.start[:-1], known.start[1:], strict=True)
    found = [(known.value[a:b], known.year[a:b]) for a, b in series]
    return [
        pattern(values, years, decimals_of(values), kind)
        for (values, years), kind in zip(found, kinds, strict=True)
    ]


def _words(series, arranged):
    """Name the kind of each series' indicator; "" where none is told."""
    if "kind" not in series.columns:
        return [""] * len(arranged)
    return [kind if isinstance(kind, str) else "" for kind in arranged.first(series["kind"])]


def _are_stocks(series, arranged):
    """Tell which series are stocks; series without that information are averaged unweighted."""
    if "stock_or_flow" not in series.columns:
        return np.zeros(len(arranged), dtype=bool)
    allowed = ("stock", "flow")
    wanted = " or ".join(allowed)
    missing = series["stock_or_flow"].isna().to_numpy()[arranged.row]
    said = np.bincount(arranged.number[~missing], minlength=len(arranged)) > 0
    unsaid = np.empty(len(series), dtype=bool)
    unsaid[arranged.row] = ~said[arranged.number]
    column = series["stock_or_flow"].astype(object)
    known = series.assign(stock_or_flow=column.where(~unsaid, "flow"))
    words = series_words(known, arranged, "stock_or_flow", wanted, accept=allowed.__contains__)
    return words == "stock"
