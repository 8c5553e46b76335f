"""What a change is made of: levels and structure, a factor and the ratio to it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.index.arranged import arranged_values
from analysis.index.base_and_chain import paasche, relative, value_index
from analysis.tidy.observations import LARGEST
from analysis.tidy.records import begins_run
from analysis.tidy.series import reason_texts
from analysis.tidy.showing import Readable

PARTS = ["total", "factor", "ratio"]
TYPES = {  # columns of `factor_split`
    "cluster": "str",
    "indicator": "str",
    "year": "int64",
    "base_year": "Int64",
    "base_index": "float64",
    "chain_index": "float64",
    "kind": "str",
    "part": "str",
    "previous_year": "Int64",
    "log_change": "float64",
    "share_pct": "float64",
    "reason": "str",
}


@dataclass(frozen=True, repr=False)
class CompositionIndices(Readable):
    """How a mean level changed: because levels did, or because the structure did.

    `variable` = `fixed` x `structural`.
    """

    variable: float  # ratio of the mean levels, each at its own structure
    fixed: float  # ratio of the mean levels, both at the current structure
    structural: float  # ratio of the mean levels, both of base levels: the structure alone


def composition(*, p1: list, p0: list, q1: list, q0: list) -> CompositionIndices:
    """Split the change of a mean level into the change of the levels and of the structure.

    Parameters
    ----------
    p1, p0 : sequence or Series of float, level in each group, current and base period
    q1, q0 : the same for the size of each group, not negative; Series are matched by label

    Returns CompositionIndices, as ratios. Errors as in `laspeyres`.
    Formula: variable = (sum p1 q1 / sum q1) / (sum p0 q0 / sum q0), fixed = sum p1 q1 / sum p0 q1.
    Source: Eliseeva and Yuzbashev (2004), General Theory of Statistics, the chapter
    on indices (in Russian).

    >>> composition(p1=[10, 20], p0=[10, 20], q1=[1, 3], q0=[2, 2])
    CompositionIndices(variable=1.167, fixed=1, structural=1.167)
    """
    ones = np.ones(np.shape(q1)) if not isinstance(q1, pd.Series) else pd.Series(1.0, q1.index)
    fixed = paasche(p1=p1, p0=p0, q1=q1)
    growth = value_index(p1=ones, p0=ones, q1=q1, q0=q0)
    variable = value_index(p1=p1, p0=p0, q1=q1, q0=q0) / growth
    structural = value_index(p1=p0, p0=p0, q1=q1, q0=q0) / growth
    return CompositionIndices(variable, fixed, structural)


def factor_split(series: pd.DataFrame, *, total: str, factor: str) -> pd.DataFrame:
    """Split the growth of a total into that of a factor and of the total per factor.

    For each cluster that has both indicators, between the consecutive years in which it reports
    both: total = factor x (total per factor), for example sales = jobs x sales per job.

    Parameters
    ----------
    series : DataFrame with columns cluster, indicator, year, value, as for `index_table`
    total, factor : two names from the column indicator

    Returns a DataFrame, three rows (the parts) per cluster and common year: cluster, indicator
    (the total, the factor, "TOTAL per FACTOR"), year, base_year (the first common year),
    base_index, chain_index (per cent; the chain runs from previous_year), kind ("factor"), part
    ("total", "factor", "ratio"), previous_year, log_change (of the chain index; factor and ratio
    add up to total), share_pct (of the total's log_change), reason of the empty cells: "no earlier
    observation" in the first common year; "base is zero" or "negative base" where a level compared
    with is not positive, "a value has no logarithm" where the one of the year itself is not;
    "constant" where the total stood still, so that nothing is there to share; or that the kind of
    total or factor has no ratios.
    Raises KeyError for an indicator that is not there, ValueError when total and factor are the
    same, or when no cluster reports both in one year.

    >>> series = pd.DataFrame({"cluster": "a", "indicator": ["sales"] * 2 + ["jobs"] * 2,
    ...                        "year": [2016, 2017] * 2, "value": [100.0, 150.0, 10.0, 12.0]})
    >>> split = factor_split(series, total="sales", factor="jobs").query("year == 2017")
    >>> split[["indicator", "chain_index"]].values.tolist()
    [['sales', 150.0], ['jobs', 120.0], ['sales per jobs', 125.0]]
    >>> split["share_pct"].round(1).tolist()
    [100.0, 45.0, 55.0]
    """
    table = arranged_values(series)
    _check_pair(table, total, factor)
    common = _common_years(table, total, factor)
    if common.empty:
        raise ValueError(f"no cluster reports both {total!r} and {factor!r} in one year")
    return _split(common, total, factor)


def factor_splits(series: pd.DataFrame, indicators: pd.DataFrame) -> pd.DataFrame:
    """Split every ratio that the indicator table names: each indicator that is `per` another.

    Parameters
    ----------
    series : as in `factor_split`
    indicators : DataFrame, index indicator, with a column per: another indicator, or empty

    Returns the rows of `factor_split` for one pair after the other; none for a pair that no
    cluster reports in one year. Raises KeyError for a `per` that is no row of `indicators`.

    >>> series = pd.DataFrame({"cluster": "a", "indicator": ["sales", "jobs"], "year": 2016,
    ...                        "value": [100.0, 10.0]})
    >>> table = pd.DataFrame({"per": ["jobs", None]}, index=["sales", "jobs"])
    >>> factor_splits(series, table)["indicator"].tolist()
    ['sales', 'jobs', 'sales per jobs']
    """
    pairs = indicators["per"].dropna()
    for total, factor in pairs[~pairs.isin(indicators.index)].items():
        raise KeyError(f"per of {total!r} is {factor!r}, which is no indicator")
    table = arranged_values(series)
    splits = []
    for pair in pairs.items():
        common = _common_years(table, *pair)
        if len(common):
            _check_pair(table, *pair)
            splits.append(_split(common, *pair))
    if not splits:
        return pd.DataFrame({name: pd.array([], dtype=kind) for name, kind in TYPES.items()})
    return pd.concat(splits, ignore_index=True)


def _split(common, total, factor):
    """Return the rows of `factor_split` for the common years of two indicators."""
    years, (first, before) = common["year"].to_numpy(), _positions(common["cluster"].to_numpy())
    levels, zero, negative = _levels(common)
    spoilt = {
        "base is zero": _spoilt_base(zero, first, before),
        "negative base": _spoilt_base(negative, first, before),
        "a value has no logarithm": _with_total(zero | negative),
        "constant": np.repeat(_still(levels, before), 3),
    }
    barred, rows = _barred(common)
    levels[barred.any(axis=1)] = np.nan
    spoilt = {word: flag & ~np.repeat(barred.any(axis=1), 3) for word, flag in spoilt.items()}
    flags = {"no earlier observation": np.repeat(before < 0, 3)} | spoilt | rows
    whence = {
        "cluster": np.repeat(common["cluster"].array, 3),
        "indicator": [total, factor, f"{total} per {factor}"] * len(common),
        "year": np.repeat(years, 3),
        "base_year": pd.array(np.repeat(years[first], 3), dtype="Int64"),
    }
    previous = pd.Series(years[before], dtype="Int64").where(before >= 0).repeat(3).array
    about = {"kind": "factor", "part": PARTS * len(common), "previous_year": previous}
    indices, shares = _indices_and_shares(levels, first, before)
    return pd.DataFrame(whence | indices | about | shares).assign(reason=reason_texts(flags))


def _check_pair(table, total, factor):
    if total == factor:
        raise ValueError(f"total and factor are both {total!r}; wanted two indicators")
    for argument, name in (("total", total), ("factor", factor)):
        if not (table["indicator"] == name).any():
            raise KeyError(f"{argument} {name!r} is no indicator of series")


def _common_years(table, total, factor):
    """Return cluster, year, total and factor where both are reported."""
    known = table.dropna(subset="value")
    upper, lower = (known[known["indicator"] == name] for name in (total, factor))
    return upper.merge(lower, on=["cluster", "year"], suffixes=("_total", "_factor"))


def _levels(common):
    """Return the levels of the three parts and where one is zero, or negative: (years, 3) each.

    The ratio is as bad as its worse part: without a positive factor it has no level.
    """
    parts = common[["value_total", "value_factor"]].to_numpy()
    ratio, _ = relative(parts[:, 0], parts[:, 1])
    for place in np.flatnonzero(np.abs(ratio) > LARGEST)[:1]:
        cluster, year = common["cluster"].iloc[place], common["year"].iloc[place]
        raise ValueError(f"total per factor of {cluster!r} in {year} is beyond {LARGEST:g}")
    zero, negative = parts == 0, parts < 0
    zero, negative = (np.column_stack([bad, bad.any(axis=1)]) for bad in (zero, negative))
    return np.column_stack([parts, ratio / 100]), zero, negative


def _indices_and_shares(levels, first, before):
    """Return the columns base_index and chain_index, and log_change and share_pct."""
    base, _ = relative(levels, levels[first])
    chain, _ = relative(levels, np.where(before[:, None] < 0, np.nan, levels[before]))
    log = np.log(chain / 100, out=np.full(chain.shape, np.nan), where=chain > 0)
    moved = ~(np.isnan(log[:, 0]) | _still(levels, before))[:, None]
    share = np.divide(100 * log, log[:, :1], out=np.full(log.shape, np.nan), where=moved)
    share += 0.0  # of a total that falls, what stands still has the share 0, not -0
    return (
        {"base_index": base.ravel(), "chain_index": chain.ravel()},
        {"log_change": log.ravel(), "share_pct": share.ravel()},
    )


def _still(levels, before):
    """Tell where the total is what it was in the previous common year."""
    return (before >= 0) & (levels[:, 0] == levels[before, 0])


def _positions(clusters):
    """Return the positions of each row's first and previous row of the same cluster, or -1."""
    place = np.arange(len(clusters))
    starts = begins_run(clusters)
    return np.maximum.accumulate(np.where(starts, place, 0)), np.where(starts, -1, place - 1)


def _spoilt_base(bad, first, before):
    """Tell where a bad level before or at the base leaves a cell of the row empty."""
    recent = bad[before] & (before >= 0)[:, None]
    return _with_total(recent) | bad[first].ravel()


def _with_total(bad):
    """Flag part by part; a bad total leaves the shares of all three parts empty."""
    return (bad | bad[:, :1]).ravel()


def _barred(common):
    """Tell which of total and factor has no ratios: (years, 2); and the rows that are empty so."""
    why = common[["barred_total", "barred_factor"]].to_numpy()
    words = sorted(set(why.ravel()) - {""})
    return why != "", {word: np.repeat((why == word).any(axis=1), 3) for word in words}
