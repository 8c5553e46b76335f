"""Aggregate indices of a cluster's indicators: fixed basket, and chained over matched pairs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analysis.index.arranged import arranged_values
from analysis.index.base_and_chain import index_table
from analysis.tidy.records import check_columns
from analysis.tidy.series import reason_texts

if TYPE_CHECKING:
    from typing import Literal

LESS = "less is better"  # why an indicator stays out of the mean
AGGREGATE = "aggregate"  # what stands in the column indicator for the indicators together
BASKETS = ("own", "common")
BETWEEN = "; "  # between the names of a basket


def aggregate_dynamics(
    series: pd.DataFrame,
    base_year: int | None = None,
    step: int | None = None,
    indicators: pd.DataFrame | None = None,
    *,
    basket: Literal["own", "common"] = "own",
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Follow a cluster's indicators together: the geometric mean of their base indices.

    The same indicators enter in every year, so that the mean moves only when they do: those that
    the cluster reports, above zero, in each of its years, of which more is better and whose kind
    has ratios. Shares in per cent enter as they are. Of two clusters only what rests on the same
    basket can be set side by side: `basket` "common".

    The matched index beside it keeps a series that has a gap: each link, from one
    year to the next, is the geometric mean over all series that have both ends, and the links are
    multiplied.

    Parameters
    ----------
    series : DataFrame with columns cluster, indicator, year, value, as for `index_table`
    base_year : int, optional; default: the first year of each cluster
    step : years between an observation and the one it is compared with, as for `index_table`
    indicators : DataFrame, optional, index indicator, with a column direction: "down" where less is
        better; default: of each more is better
    basket : "own", what enters of each cluster; "common", what enters of every cluster

    Returns (aggregate, left_out), two DataFrames. aggregate, one row per cluster and year: cluster,
    indicator ("aggregate"), year, base_year, base_index, chain_index (per cent), kind
    ("aggregate"), n_entering, reason ("not enough observations" where nothing can enter), entering
    (the names, joined by "; "), matched_index (per cent of the base year), n_matched and matched
    (how many series enter the link to this year, and which).
    left_out, one row per indicator that cannot enter: cluster, indicator, reason ("not reported"
    in some year or the base year, "a value has no logarithm" for one that is not above zero in any
    year, since a geometric mean wants positive values; what its kind does not have; or "less is
    better").
    Raises ValueError for another basket, and as `index_table`.

    >>> series = pd.DataFrame({"cluster": "a", "indicator": ["jobs"] * 2 + ["plants"] * 2,
    ...                        "year": [2016, 2017] * 2, "value": [10.0, 12.0, 0.0, 3.0]})
    >>> aggregate, left_out = aggregate_dynamics(series)
    >>> aggregate[["year", "base_index", "n_entering"]].round(9).values.tolist()
    [[2016, 100.0, 1], [2017, 120.0, 1]]
    >>> left_out.values.tolist()
    [['a', 'plants', 'a value has no logarithm']]
    """
    if basket not in BASKETS:
        raise ValueError(f"basket is {basket!r}; wanted one of {', '.join(BASKETS)}")
    table = arranged_values(series)
    down = _down(indicators)
    clusters = [
        _Levels(cluster, own, down, base_year)
        for cluster, own in table.groupby("cluster", sort=False, observed=True)
    ]
    shared = _common_basket(clusters) if basket == "common" else None
    mean = pd.concat([levels.mean(shared) for levels in clusters], ignore_index=True)
    indices = index_table(mean, base_year, step).assign(kind=AGGREGATE)
    indices = indices.drop(columns=["base_reason", "chain_reason", "chain_from"])
    entering = mean["n_entering"].astype("Int64")
    indices["reason"] = indices["reason"].mask(entering == 0, "not enough observations")
    indices.insert(indices.columns.get_loc("reason"), "n_entering", entering)
    for name in ("entering", "matched_index", "n_matched", "matched"):
        indices[name] = mean[name].array
    out = [row for levels in clusters for row in levels.left_out()]
    return indices, pd.DataFrame(out, columns=["cluster", "indicator", "reason"])


def _down(indicators):
    """Return the names of the indicators of which less is better."""
    if indicators is None:
        return []
    check_columns(indicators, ["direction"], "indicators")
    return indicators.index[indicators["direction"] == "down"]


def _common_basket(clusters):
    """Return what enters of every cluster of which anything enters."""
    baskets = [set(levels.names[levels.enters]) for levels in clusters if levels.enters.any()]
    return set.intersection(*baskets) if baskets else set()


class _Levels:
    """The values of one cluster, a row per indicator and a column per year, and what enters."""

    def __init__(self, cluster, own, down, base_year):
        """Arrange the values; indicators in the order of their appearance."""
        row, names = pd.factorize(own["indicator"])
        self.cluster, self.names = cluster, names.to_numpy().astype(object)
        self.years, column = np.unique(own["year"], return_inverse=True)
        self.base_year = self.years[0] if base_year is None else base_year
        self.values = np.full((len(names), len(self.years)), np.nan)
        self.values[row, column] = own["value"]
        barred = own.drop_duplicates("indicator")["barred"].to_numpy()
        self.why = self._why(barred, np.isin(self.names, down))
        self.fits = (barred == "") & ~np.isin(self.names, down)  # may enter a link, year by year
        self.enters = self.why == ""

    def _why(self, barred, falls):
        """Say for each indicator why it cannot enter the mean; empty where it can."""
        based = self.base_year in self.years
        flags = {
            "not reported": np.isnan(self.values).any(axis=1) | (not based),
            "a value has no logarithm": (self.values <= 0).any(axis=1),
        }
        why = reason_texts(flags).to_numpy().astype(object)
        return np.where(falls, LESS, np.where(barred != "", barred, why))

    def left_out(self):
        """Give the row of each indicator that does not enter."""
        pairs = zip(self.names, self.why, strict=True)
        return [(self.cluster, name, why) for name, why in pairs if why]

    def mean(self, shared=None):
        """Return the means of the entering indicators, and the links, a row per year."""
        chosen = self.enters if shared is None else self.enters & np.isin(self.names, [*shared])
        logs = np.log(self.values[chosen])
        mean = np.exp(logs.mean(axis=0)) if len(logs) else np.full(len(self.years), np.nan)
        columns = {"cluster": self.cluster, "indicator": AGGREGATE, "year": self.years}
        columns |= {"value": mean, "n_entering": len(logs)}
        columns |= {"entering": BETWEEN.join(map(str, self.names[chosen]))}
        return pd.DataFrame(columns).assign(**self._matched())

    def _matched(self):
        """Return the index chained over matched pairs, and which series are in each link."""
        usable = self.values[self.fits]
        logs = np.log(usable, out=np.full(usable.shape, np.nan), where=usable > 0)
        changes = np.diff(logs, axis=1)
        linked = ~np.isnan(changes)
        count = linked.sum(axis=0)
        total = np.where(linked, changes, 0).sum(axis=0)
        links = np.divide(total, count, out=np.full(len(count), np.nan), where=count > 0)
        names = self.names[self.fits]
        words = [BETWEEN.join(map(str, names[link])) for link in linked.T]
        return {
            "matched_index": _chained(links, self.years == self.base_year),
            "n_matched": pd.array([pd.NA, *count], dtype="Int64"),
            "matched": ["", *words],
        }


def _chained(links, at_base):
    """Multiply links, given as logarithms, to an index that is 100 in the base year.

    Nothing leads over a link that is missing; without a base year there is no index.
    """
    index = np.full(len(links) + 1, np.nan)
    for base in np.flatnonzero(at_base):
        index[base] = 0
        index[base + 1 :] = np.cumsum(links[base:])
        index[:base] = -np.cumsum(links[:base][::-1])[::-1]
    return 100 * np.exp(index)
