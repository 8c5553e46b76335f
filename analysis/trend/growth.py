"""Dynamics of series as statistical offices and textbooks print them: chain, base and mean growth.

The names are the textbooks' (Eliseeva and Yuzbashev, General Theory of Statistics, the chapter on
time series): with a value y and an earlier one x, absolute growth y - x, growth coefficient y / x,
growth rate 100 y / x, increment rate 100 (y / x - 1), absolute value of one per cent x / 100. Chain
measures compare with the year before (in a series that is never reported two years in a row, with
the observation before), base measures with one base year. What a kind of indicator does not admit,
such as a rate of growth of a balance, is left empty with that reason.
"""

from __future__ import annotations

from numbers import Integral

import numpy as np
import pandas as pd

from analysis.tidy.observations import LAST_YEAR
from analysis.tidy.predecessors import check_step, compared_years, previous_observation
from analysis.tidy.records import check_columns
from analysis.tidy.series import (
    KEY,
    arrange_series,
    barred_by_kind,
    divided,
    either,
    reason_texts,
    series_kinds,
    series_words,
    whole_numbers,
)
from analysis.tidy.units import PERCENT, is_unit

APART, ANNUAL = ("previous_year", "years_apart"), ("annual_abs", "annual_increment_pct")
# columns of the growth table that a kind may bar
RATIOS = (
    "chain_coef", "chain_rate_pct", "chain_increment_pct", "value_of_1pct", "base_index",
    "base_increment_pct", "annual_increment_pct",
)  # fmt: skip
BARRED = {"ratio": RATIOS, "difference": ("chain_abs", "base_abs", "pp_change", "annual_abs")}


def growth_table(
    series: pd.DataFrame, base_year: int | None = None, step: int | None = None
) -> pd.DataFrame:
    """Compare each value with an earlier one and with the base year.

    Parameters
    ----------
    series : tidy DataFrame with columns cluster, indicator, year and value, years in any order;
        `standing` is carried along, `unit` says whose moves are percentage points, `kind` what
        the values admit, see `analysis.tidy.kinds`
    base_year : the base of every series; default: the first observed year of each
    step : years between a value and its predecessor; default 1, but in a series of three
        observations or more that never has two years in a row its predecessor is the observation
        before, however far

    Returns a DataFrame, one row per row of `series`, in its order:
    cluster, indicator, year, value, standing - as given (standing NaN where there is none)
    chain_abs - value - predecessor, units of the value
    chain_coef, chain_rate_pct, chain_increment_pct - ratio to the predecessor; x 100; less 100
    value_of_1pct - predecessor / 100, units of the value: what one per cent of growth amounts to
    base_year - the year compared with; base_abs, base_index (base year = 100), base_increment_pct:
        of years before the base year as well
    pp_change - chain_abs in percentage points, where `unit` is "percent"; empty for other units,
        and everywhere without a column `unit`
    reason - why cells are empty, from `REASONS`; chain_reason and base_reason tell the two apart
    previous_year, years_apart - the observation before, and how far back it is
    annual_abs, annual_increment_pct - the change on it per year: the difference divided by the
        years apart, and the rate that, compounded, makes up the whole change

    Ratios, and with them the value of one per cent, need a base above 0; the absolute growth does
    not. A series without an observation in `base_year` has empty base cells ("base year not
    reported"). The first observation has nothing to compare with.
    Raises TypeError, KeyError or ValueError that names argument or column, row and value.

    >>> frame = pd.DataFrame({"cluster": "a", "indicator": "jobs", "year": [2016, 2017, 2019],
    ...                       "value": [40.0, 50.0, 60.0]})
    >>> table = growth_table(frame)
    >>> table[["chain_abs", "chain_coef", "base_index"]].values.tolist()
    [[nan, nan, 100.0], [10.0, 1.25, 125.0], [nan, nan, 150.0]]
    >>> table["reason"].tolist()
    ['no earlier observation', '', 'gap before it']
    """
    check_step(step)
    if base_year is not None:
        _check_year("base_year", base_year)
    arranged = arrange_series(series)
    columns = {name: series[name].array.take(arranged.row) for name in KEY}
    columns |= {"year": arranged.year, "value": arranged.value}
    columns["standing"] = _carried(series, "standing").take(arranged.row)
    chain, chain_flags = _chain_growth(arranged, step)
    base, base_flags = _base_growth(arranged, base_year)
    points = np.where(_in_percent(series, arranged), chain["chain_abs"], np.nan)
    growth = chain | base | {"pp_change": points} | _annual_growth(arranged)
    barred = _leave_out_barred(growth, series, arranged, (chain_flags, base_flags))
    growth["reason"] = reason_texts(either(chain_flags, base_flags, barred))
    growth["chain_reason"] = reason_texts(either(chain_flags, barred))
    growth["base_reason"] = reason_texts(either(base_flags, barred))
    last = ("reason", "chain_reason", "base_reason", *APART, *ANNUAL)
    columns |= {name: growth[name] for name in growth if name not in last}
    columns |= {name: growth[name] for name in last}
    as_given = np.argsort(arranged.row)
    return pd.DataFrame(columns).take(as_given).reset_index(drop=True)


def _leave_out_barred(growth, series, arranged, other_flags):
    """Clear the columns that the kind of a series does not allow; return the reasons by row.

    Where no ratio is admitted, a base of zero or below is no reason.
    """
    kinds, flags = series_kinds(series, arranged), {}
    for operation, columns in BARRED.items():
        for reason, barred in barred_by_kind(kinds, operation).items():
            rows = barred[arranged.number]
            for name in columns:
                growth[name] = np.where(rows, np.nan, growth[name])
            flags[reason] = rows & ~np.isnan(arranged.value)
            for others in other_flags:
                for word in ("base is zero", "negative base"):
                    others[word] = others[word] & ~rows
    return flags


def _check_year(name, number):
    whole = isinstance(number, Integral) and not isinstance(number, bool)
    if not whole or not abs(number) <= LAST_YEAR:
        wanted = f"a whole number, {-LAST_YEAR} to {LAST_YEAR}"
        raise ValueError(f"{name} is {number!r}; wanted {wanted}")


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
    value, number = arranged.value, arranged.number
    compared = compared_years(arranged, step)
    previous = arranged.value_in(number, compared)
    fit, flags = _comparable(value, previous)
    columns = {
        "chain_abs": value - previous,
        "chain_coef": divided(value, previous, fit),
        "chain_rate_pct": divided(100 * value, previous, fit),
        "chain_increment_pct": divided(100 * (value - previous), previous, fit),
        "value_of_1pct": np.where(fit, previous / 100, np.nan),
    }
    earlier = compared >= _first_years(arranged)[number]
    none = ~np.isnan(value) & np.isnan(previous)
    return columns, flags | {
        "no earlier observation": none & ~earlier,
        "gap before it": none & earlier,
    }


def _annual_growth(arranged):
    """Return the change since the previous observation, and the change per year."""
    reported = ~np.isnan(arranged.value)
    before, previous = previous_observation(arranged)
    before, previous = (np.where(reported, column, np.nan) for column in (before, previous))
    years = arranged.year - before
    fit = (previous > 0) & (arranged.value >= 0)
    coefficient = divided(arranged.value, previous, fit)
    coefficient[fit] **= 1 / years[fit]
    return {
        "previous_year": whole_numbers(before),
        "years_apart": whole_numbers(years),
        "annual_abs": (arranged.value - previous) / years,
        "annual_increment_pct": 100 * (coefficient - 1),
    }


def _base_growth(arranged, base_year):
    """Return the base columns, and where each reason leaves some of them empty."""
    value, number = arranged.value, arranged.number
    base_years = _first_years(arranged) if base_year is None else np.full(len(arranged), base_year)
    known = np.where(np.isnan(base_years), 0, base_years).astype(np.int64)
    base = arranged.value_in(np.arange(len(arranged)), known)[number]
    reported, baseless = ~np.isnan(value), np.isnan(base)
    fit, flags = _comparable(value, base)
    columns = {
        "base_year": whole_numbers(base_years[number].astype(float)),
        "base_abs": value - base,
        "base_index": divided(100 * value, base, fit),
        "base_increment_pct": divided(100 * (value - base), base, fit),
    }
    return columns, flags | {"base year not reported": reported & baseless}


def _comparable(value, base):
    """Tell where a value can be divided by its base, and the reasons elsewhere."""
    reported = ~np.isnan(value)
    flags = {"base is zero": reported & (base == 0), "negative base": reported & (base < 0)}
    return reported & (base > 0), flags | {"not reported": ~reported}


def _first_years(arranged):
    """Return the first observed year of each series, NaN where there is none."""
    return arranged.observed.ends("year")[0]
