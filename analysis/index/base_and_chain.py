"""Index numbers: price and quantity indices, and base and chain indices of a series.

The price and quantity indices are ratios (1 = no change), so that they multiply; prices are any
level per unit, quantities any number of units. For a quantity index change the roles:
`laspeyres(p1=q1, p0=q0, q0=p0)`. Indices in tables are in per cent of the base (base = 100).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analysis.tidy.observations import LAST_YEAR, finite_values, refuse_row_numbers
from analysis.tidy.predecessors import check_step, compared_years
from analysis.tidy.series import (
    arrange_series,
    barred_by_kind,
    either,
    reason_texts,
    series_kinds,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import TypeAlias

    Prices: TypeAlias = Sequence[float] | pd.Series  # or quantities


def laspeyres(
    *,
    p1: Prices,
    p0: Prices,
    q0: Prices,
) -> float:
    """Return Laspeyres' price index: sum(p1 q0) / sum(p0 q0).

    Parameters
    ----------
    p1, p0 : sequence or Series of float, prices in the current and the base period, not negative
    q0 : the same for the quantities of the base period; Series are matched by label

    Raises ValueError for a missing, negative or infinite entry, for lengths or labels that do not
    match, and for a base value of zero.
    Source: ILO et al. (2004), Consumer Price Index Manual, ch. 15.

    >>> laspeyres(p1=[12, 5], p0=[10, 5], q0=[1, 2])
    1.1
    """
    p1, p0, q0 = _matched(p1=p1, p0=p0, q0=q0)
    return _quotient(p1 @ q0, p0 @ q0, "sum(p0 q0)")


def paasche(
    *,
    p1: Prices,
    p0: Prices,
    q1: Prices,
) -> float:
    """Return Paasche's price index: sum(p1 q1) / sum(p0 q1).

    Arguments and errors as in `laspeyres`, with the quantities of the current period.
    Source: ILO et al. (2004), Consumer Price Index Manual, ch. 15.

    >>> paasche(p1=[12, 5], p0=[10, 5], q1=[2, 0])
    1.2
    """
    p1, p0, q1 = _matched(p1=p1, p0=p0, q1=q1)
    return _quotient(p1 @ q1, p0 @ q1, "sum(p0 q1)")


def fisher(*, p1: list, p0: list, q1: list, q0: list) -> float:
    """Return Fisher's price index, the geometric mean of Laspeyres' and Paasche's.

    Source: ILO et al. (2004), Consumer Price Index Manual, ch. 15.
    Arguments and errors as in `laspeyres` and `paasche`: p1, p0, q1, q0.

    >>> round(fisher(p1=[12, 5], p0=[10, 5], q1=[2, 0], q0=[1, 2]), 6)
    1.148913
    """
    return float(np.sqrt(laspeyres(p1=p1, p0=p0, q0=q0) * paasche(p1=p1, p0=p0, q1=q1)))


def jevons(*, p1: Prices, p0: Prices) -> float:
    """Return Jevons' price index: the unweighted geometric mean of the price relatives.

    All prices must be positive. Source: ILO et al. (2004), Consumer Price Index Manual,
    ch. 20.
    `p1` and `p0` are as in `laspeyres`; raises ValueError as it does, and for a price of zero.

    >>> round(jevons(p1=[2.0, 8.0], p0=[1.0, 1.0]), 6)
    4.0
    """
    p1, p0 = _matched(p1=p1, p0=p0)
    for name, prices in (("p1", p1), ("p0", p0)):
        if not prices.all():
            raise ValueError(f"{name} has a zero; the geometric mean wants positive prices")
    return float(np.exp(np.mean(np.log(p1) - np.log(p0))))


def value_index(
    *,
    p1: Prices,
    p0: Prices,
    q1: Prices,
    q0: Prices,
) -> float:
    """Return the value index: sum(p1 q1) / sum(p0 q0), the change of what was paid in all.

    It is Laspeyres' price index times Paasche's quantity index, the other way round, and
    Fisher's times Fisher's.

    >>> value_index(p1=[12, 5], p0=[10, 5], q1=[2, 0], q0=[1, 2])
    1.2
    """
    p1, p0, q1, q0 = _matched(p1=p1, p0=p0, q1=q1, q0=q0)
    return _quotient(p1 @ q1, p0 @ q0, "sum(p0 q0)")


def base_indices(values: pd.Series, base: int) -> pd.DataFrame:
    """Express one series in per cent of its value in the base year.

    Parameters
    ----------
    values : Series of float, index int year, in any order; NaN where not reported
    base : int, one of the years

    Returns a DataFrame, index year in order: base_index (per cent), reason (why it is empty:
    "not reported"; "base year not reported"; "base is zero"; "negative base").
    Raises KeyError when the base is not among the years.

    >>> base_indices(pd.Series([50.0, 60.0], index=[2016, 2017]), base=2016)["base_index"].tolist()
    [100.0, 120.0]
    """
    arranged = _one_series(values)
    if base not in arranged.year:
        raise KeyError(f"base year {base!r} is not among the years {arranged.year.tolist()}")
    index, flags = _base_index(arranged, np.array([base]))
    return _one_index("base_index", arranged, index, flags)


def chain_indices(values: pd.Series, *, step: int | None = None) -> pd.DataFrame:
    """Express each value of one series in per cent of an earlier value.

    Parameters
    ----------
    values : Series of float, index int year, in any order; NaN where not reported
    step : years between a value and the one it is compared with, as in `index_table`

    Returns a DataFrame, index year in order: chain_index (per cent), reason (why it is empty:
    "no earlier observation", "gap before it", "base is zero", "negative base", "not reported").

    >>> values = pd.Series([50.0, 60.0, 30.0], index=[2016, 2017, 2019])
    >>> chain_indices(values).values.tolist()
    [[nan, 'no earlier observation'], [120.0, ''], [nan, 'gap before it']]
    """
    check_step(step)
    arranged = _one_series(values)
    return _one_index("chain_index", arranged, *_chain_index(arranged, step))


def index_table(
    series: pd.DataFrame, base_year: int | None = None, step: int | None = None
) -> pd.DataFrame:
    """Return the base and the chain index of every value of every series.

    Parameters
    ----------
    series : DataFrame with columns cluster, indicator, year, value; one row per observation, NaN
        where not reported; years in any order, each once in a series; `kind` says what the values
        admit, see `analysis.tidy.kinds`: of a rate, a balance, a score or a rank there is no index
    base_year : int, optional; default: the first year that each series reports
    step : years between an observation and the one it is compared with; default 1, but in a series
        of three observations or more that never has two years in a row it is compared with the
        observation before, however far

    Returns a DataFrame, series in the order given and years in order: cluster, indicator, year,
    base_year, base_index, chain_index (both in per cent, 100 = no change), kind ("individual"),
    reason (of the cells that are empty, joined by "; "), base_reason and chain_reason (the two
    apart), chain_from (the year that the chain index compares with). A series that does not report
    the base year has an empty base_index: "base year not reported". Years before the base year
    have one.
    Raises TypeError, KeyError or ValueError that names what is wrong with the series.

    >>> series = pd.DataFrame({"cluster": "a", "indicator": "jobs", "year": [2016, 2017, 2018],
    ...                        "value": [0.0, 4.0, 5.0]})
    >>> index_table(series, base_year=2017)[["base_index", "chain_index", "reason"]].values.tolist()
    [[0.0, nan, 'no earlier observation'], [100.0, nan, 'base is zero'], [125.0, 125.0, '']]
    """
    check_step(step)
    arranged = arrange_series(series)
    years, known = _base_years(arranged, base_year)
    base, base_flags = _base_index(arranged, years)
    chain, chain_flags = _chain_index(arranged, step)
    chain_from = compared_years(arranged, step)
    for index, flags in ((base, base_flags), (chain, chain_flags)):
        _leave_out_barred(index, flags, series, arranged)
    table = series[["cluster", "indicator"]].iloc[arranged.row].reset_index(drop=True)
    return table.assign(
        year=arranged.year,
        base_year=pd.Series(years, dtype="Int64").where(known).take(arranged.number).array,
        base_index=base,
        chain_index=chain,
        kind="individual",
        reason=reason_texts(either(base_flags, chain_flags)),
        base_reason=reason_texts(base_flags),
        chain_reason=reason_texts(chain_flags),
        chain_from=pd.Series(chain_from, dtype="Int64").where(~np.isnan(chain)).array,
    )


def _leave_out_barred(index, flags, series, arranged):
    """Empty an index, in place, where the kind of a series bars it, and flag that reason alone."""
    for reason, barred in barred_by_kind(series_kinds(series, arranged), "ratio").items():
        rows = barred[arranged.number]
        index[rows] = np.nan
        for word in flags:
            flags[word] = flags[word] & (~rows | (word == "not reported"))
        flags[reason] = rows & ~np.isnan(arranged.value)


def relative(now: np.ndarray, then: np.ndarray) -> tuple[np.ndarray, dict[str, np.ndarray]]:
    """Divide values by their base, in per cent, where the base is positive.

    Returns (array in per cent, flags {reason: bool array}): NaN where either is missing (no flag:
    the caller knows why) or the base is zero or negative (flagged).

    >>> index, flags = relative(np.array([6.0, 6.0]), np.array([5.0, 0.0]))
    >>> index.tolist(), flags["base is zero"].tolist()
    ([120.0, nan], [False, True])
    """
    known = ~(np.isnan(now) | np.isnan(then))
    index = np.full(now.shape, np.nan)
    # times 100 first: 110 / 100 is then 110 per cent and not 110.00000000000001
    np.divide(100 * now, then, out=index, where=known & (then > 0))
    return index, {"base is zero": known & (then == 0), "negative base": known & (then < 0)}


def _chain_index(arranged, step):
    value, number = arranged.value, arranged.number
    compared = compared_years(arranged, step)
    before = arranged.value_in(number, compared)
    index, flags = relative(value, before)
    unlinked = ~np.isnan(value) & np.isnan(before)
    earlier = compared >= _first_years(arranged)[number]
    return index, flags | {
        "no earlier observation": unlinked & ~earlier,
        "gap before it": unlinked & earlier,
        "not reported": np.isnan(value),
    }


def _base_index(arranged, base_years):
    """Return (index, flags) against one base year per series."""
    bases = arranged.value_in(np.arange(len(arranged)), base_years)[arranged.number]
    index, flags = relative(arranged.value, bases)
    missing = np.isnan(arranged.value)
    return index, flags | {
        "base year not reported": ~missing & np.isnan(bases),
        "not reported": missing,
    }


def _base_years(arranged, base_year):
    """Return one base year per series, and whether the series has one."""
    if base_year is None:
        return _first_years(arranged), np.diff(arranged.observed.start) > 0
    whole = isinstance(base_year, (int, np.integer)) and not isinstance(base_year, bool)
    if not whole or not abs(base_year) <= LAST_YEAR:
        wanted = f"a whole year from {-LAST_YEAR} to {LAST_YEAR}, or None"
        raise ValueError(f"base_year is {base_year!r}; wanted {wanted}")
    return np.full(len(arranged), base_year), np.ones(len(arranged), dtype=bool)


def _first_years(arranged):
    """Return the first year that each series reports; its first row where it reports none."""
    known, years = arranged.observed, arranged.year[arranged.start[:-1]].copy()
    reports = np.diff(known.start) > 0
    years[reports] = known.year[known.start[:-1][reports]]
    return years


def _one_series(values):
    if not isinstance(values, pd.Series):
        raise TypeError(f"values is of type {type(values).__name__}; wanted a Series by year")
    refuse_row_numbers(values.index)
    frame = {"cluster": "", "indicator": "", "year": values.index, "value": values.array}
    return arrange_series(pd.DataFrame(frame))


def _one_index(name, arranged, index, flags):
    years = pd.Index(arranged.year, name="year")
    return pd.DataFrame({name: index, "reason": reason_texts(flags)}, index=years)


def _matched(**figures):
    """Return the arguments as arrays of one length, Series matched by label; name a culprit."""
    first_name, *_ = figures
    labelled = [name for name, given in figures.items() if isinstance(given, pd.Series)]
    arrays = []
    for name, given in figures.items():
        if name in labelled:
            labels = figures[labelled[0]].index
            if not given.index.is_unique or set(given.index) != set(labels):
                raise ValueError(f"labels of {name} and {labelled[0]} differ, or occur twice")
            given = given.reindex(labels)
        array = finite_values(given, lambda place, name=name: f"{name}[{place}]")
        if len(array) != len(figures[first_name]) or not len(array):
            raise ValueError(
                f"{name} has {len(array)} entries, {first_name} {len(figures[first_name])}; wanted "
                "the same number, one or more"
            )
        for place in np.flatnonzero(~(array >= 0))[:1]:
            raise ValueError(f"{name}[{place}] is {array[place]}; wanted zero or more")
        arrays.append(array)
    return arrays


def _quotient(upper, lower, words):
    if lower == 0:
        raise ValueError(f"{words} is zero: no base to divide by")
    return float(upper / lower)
