"""Dynamics of series as statistical offices and textbooks print them: chain, base and mean growth.

The names are the textbooks' (Eliseeva and Yuzbashev, General Theory of Statistics, the chapter on
time series): with a value y and an earlier one x, absolute growth y - x, growth coefficient y / x,
growth rate 100 y / x, increment rate 100 (y / x - 1), absolute value of one per cent x / 100. Chain
measures compare with the year before, base measures with one base year.
"""

from numbers import Integral

import numpy as np
import pandas as pd

from analysis.tidy.observations import LAST_YEAR
from analysis.tidy.series import (
    KEY,
    REASONS,
    arrange_series,
    check_columns,
    either,
    reason_texts,
    series_words,
    whole_numbers,
)
from analysis.tidy.units import PERCENT, is_unit
from analysis.trend.target_arithmetic import decimals_of, pattern

__all__ = ["PERCENT", "REASONS", "growth_summary", "growth_table", "pattern"]


def growth_table(series, base_year=None, step=1):
    """Compare each value with the one `step` years earlier and with the base year.

    Parameters
    ----------
    series : tidy DataFrame with columns cluster, indicator, year and value, years in any order;
        `standing` is carried along, `unit` says whose moves are percentage points
    base_year : the base of every series; default: the first observed year of each
    step : years between a value and its predecessor, at least 1

    Returns a DataFrame, one row per row of `series`, in its order:
    cluster, indicator, year, value, standing - as given (standing NaN where there is none)
    chain_abs - value - previous, units of the value
    chain_coef, chain_rate_pct, chain_increment_pct - ratio to the previous value; x 100; less 100
    value_of_1pct - previous value / 100, units of the value: what one per cent of growth amounts to
    base_year - the year compared with; base_abs, base_index (base year = 100), base_increment_pct
    pp_change - chain_abs in percentage points, where `unit` is "percent"; empty for other units,
        and everywhere without a column `unit`
    reason - why cells are empty, from `REASONS`; chain_reason and base_reason tell the two apart

    Ratios, and with them the value of one per cent, need a base above 0; the absolute growth does
    not. A series without an observation in `base_year` has empty base cells ("base year not
    reported"), and so have years before it. The first `step` years have nothing to compare with.
    Raises TypeError, KeyError or ValueError that names argument or column, row and value.

    >>> frame = pd.DataFrame({"cluster": "a", "indicator": "jobs", "year": [2016, 2017, 2019],
    ...                       "value": [40.0, 50.0, 60.0]})
    >>> table = growth_table(frame)
    >>> table[["chain_abs", "chain_coef", "base_index"]].values.tolist()
    [[nan, nan, 100.0], [10.0, 1.25, 125.0], [nan, nan, 150.0]]
    >>> table["reason"].tolist()
    ['no earlier observation', '', 'gap before it']
    """
    _check_whole("step", step, least=1)
    if base_year is not None:
        _check_whole("base_year", base_year)
    arranged = arrange_series(series)
    columns = {name: series[name].array.take(arranged.row) for name in KEY}
    columns |= {"year": arranged.year, "value": arranged.value}
    columns["standing"] = _carried(series, "standing").take(arranged.row)
    chain, chain_flags = _chain_growth(arranged, step)
    base, base_flags = _base_growth(arranged, base_year)
    points = np.where(_in_percent(series, arranged), chain["chain_abs"], np.nan)
    columns |= chain | base | {"pp_change": points}
    columns["reason"] = reason_texts(either(chain_flags, base_flags))
    columns |= {"chain_reason": reason_texts(chain_flags), "base_reason": reason_texts(base_flags)}
    as_given = np.argsort(arranged.row)
    return pd.DataFrame(columns).take(as_given).reset_index(drop=True)


def growth_summary(series):
    """Sum up the growth of each series over the span it is observed.

    Parameters
    ----------
    series : tidy DataFrame with columns cluster, indicator, year and value, years in any order;
        `stock_or_flow` ("stock" or "flow") chooses the mean level

    Returns a DataFrame, one row per series in order of first appearance:
    cluster, indicator; first_year, last_year - the observed span; n - observations
    mean_level - units of the value: arithmetic mean; for a stock the chronological mean, the area
        under the straight segments between the observations divided by the span
    mean_abs_growth - (last - first) / (last_year - first_year), units per year
    cagr_pct - mean growth rate less 100: 100 ((last / first)^(1 / (last_year - first_year)) - 1)
    loglin_b - least-squares slope of ln(value) on the year; loglin_growth_pct - 100 (exp(b) - 1)
    pattern - target arithmetic, see `analysis.trend.target_arithmetic`; rounding is judged by the
        decimals that the values have; empty below three observations
    reason - why cells are empty, from `REASONS`: two observations are needed for growth, values
        above 0 for rates ("base is zero", "negative base")
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
    columns |= {"pattern": _patterns(known), "reason": reason_texts(_summary_flags(known, n))}
    columns["mean_rule"] = np.where(stocks, "chronological", "arithmetic")
    columns["mean_growth_coef"] = coefficient
    return pd.DataFrame(columns)


def _check_whole(name, number, least=-LAST_YEAR):
    whole = isinstance(number, Integral) and not isinstance(number, bool)
    if not whole or not least <= number <= LAST_YEAR:
        raise ValueError(f"{name} is {number!r}; wanted a whole number, {least} to {LAST_YEAR}")


def _carried(series, column):
    if column not in series.columns:
        return pd.array([None] * len(series), dtype="str")
    check_columns(series, [column])
    return series[column].array


def _in_percent(series, arranged):
    """Tell for each arranged row whether its unit is per cent."""
    if "unit" not in series.columns:
        return np.zeros(len(series), dtype=bool)
    wanted = f"a unit, for percentages {PERCENT!r}"
    units = series_words(series, arranged, "unit", wanted, accept=is_unit)
    return (units == PERCENT)[arranged.number]


def _chain_growth(arranged, step):
    """Return the chain columns, and where each reason leaves some of them empty."""
    value, year, number = arranged.value, arranged.year, arranged.number
    previous = arranged.value_in(number, year - step)
    fit, flags = _comparable(value, previous)
    columns = {
        "chain_abs": value - previous,
        "chain_coef": _divide(value, previous, fit),
        "chain_rate_pct": _divide(100 * value, previous, fit),
        "chain_increment_pct": _divide(100 * (value - previous), previous, fit),
        "value_of_1pct": np.where(fit, previous / 100, np.nan),
    }
    earlier = year - step >= _first_years(arranged)[number]
    none = ~np.isnan(value) & np.isnan(previous)
    return columns, flags | {
        "no earlier observation": none & ~earlier,
        "gap before it": none & earlier,
    }


def _base_growth(arranged, base_year):
    """Return the base columns, and where each reason leaves some of them empty."""
    value, year, number = arranged.value, arranged.year, arranged.number
    base_years = _first_years(arranged) if base_year is None else np.full(len(arranged), base_year)
    known = np.where(np.isnan(base_years), 0, base_years).astype(np.int64)
    base = arranged.value_in(np.arange(len(arranged)), known)[number]
    reported, baseless, before = ~np.isnan(value), np.isnan(base), year < base_years[number]
    base = np.where(before, np.nan, base)
    fit, flags = _comparable(value, base)
    columns = {
        "base_year": whole_numbers(base_years[number].astype(float)),
        "base_abs": value - base,
        "base_index": _divide(100 * value, base, fit),
        "base_increment_pct": _divide(100 * (value - base), base, fit),
    }
    return columns, flags | {
        "before the base year": reported & before & ~baseless,
        "base year not reported": reported & baseless,
    }


def _comparable(value, base):
    """Tell where a value can be divided by its base, and why not elsewhere."""
    reported = ~np.isnan(value)
    flags = {"base is zero": reported & (base == 0), "negative base": reported & (base < 0)}
    return reported & (base > 0), flags | {"not reported": ~reported}


def _divide(numerator, denominator, where):
    return np.divide(numerator, denominator, out=np.full(len(where), np.nan), where=where)


def _first_years(arranged):
    """Return the first observed year of each series, NaN where there is none."""
    return _ends(arranged.observed, "year")[0]


def _ends(known, column):
    """Return what a column holds in the first and the last row of each series, NaN without rows."""
    cells = np.append(getattr(known, column), np.nan)
    some = np.diff(known.start) > 0
    first, last = known.start[:-1], known.start[1:] - 1
    return cells[np.where(some, first, -1)], cells[np.where(some, last, -1)]


def _mean_growth(known, n):
    (first_year, last_year), (first, last) = _ends(known, "year"), _ends(known, "value")
    years = last_year - first_year
    absolute = _divide(last - first, years, n > 1)
    fit = (n > 1) & (first > 0) & (last >= 0)
    coefficient = _divide(last, first, fit)
    coefficient[fit] **= 1 / years[fit]
    span = {"first_year": whole_numbers(first_year), "last_year": whole_numbers(last_year)}
    return span, absolute, coefficient


def _mean_level(known, n, stocks):
    """Average the values of flows; weight those of stocks by the years that they stand for."""
    spans = np.where(np.diff(known.number) == 0, np.diff(known.year), 0)
    weights = (np.append(spans, 0) + np.append(0, spans)) / 2
    weights = np.where((stocks & (n > 1))[known.number], weights, 1)
    return _divide(_sums(known, weights * known.value), _sums(known, weights), n > 0)


def _log_linear(known, n):
    fit = (n > 1) & (_sums(known, known.value <= 0) == 0)
    first = _ends(known, "value")[0][known.number]
    logs = np.log(_divide(known.value, first, fit[known.number]))
    mean_year = _divide(_sums(known, known.year), n, n > 0)
    time = known.year - mean_year[known.number]
    slope = _divide(_sums(known, time * logs), _sums(known, time**2), fit)
    return {"loglin_b": slope, "loglin_growth_pct": 100 * np.expm1(slope)}


def _summary_flags(known, n):
    return {
        "base is zero": (n > 1) & (_sums(known, known.value == 0) > 0),
        "negative base": (n > 1) & (_sums(known, known.value < 0) > 0),
        "not enough observations": n < 3,
    }


def _sums(known, column):
    return np.bincount(known.number, weights=column, minlength=len(known))


def _patterns(known):
    series = zip(known.start[:-1], known.start[1:], strict=True)
    found = [(known.value[a:b], known.year[a:b]) for a, b in series]
    return [pattern(values, years, decimals_of(values)) for values, years in found]


def _are_stocks(series, arranged):
    if "stock_or_flow" not in series.columns:
        return np.zeros(len(arranged), dtype=bool)
    allowed = ("stock", "flow")
    wanted = " or ".join(allowed)
    words = series_words(series, arranged, "stock_or_flow", wanted, accept=allowed.__contains__)
    return words == "stock"
