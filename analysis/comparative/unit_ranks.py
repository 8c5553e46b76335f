"""Where each unit stands in one indicator: rank, percentile, distance from the median, peers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analysis.tidy.kinds import KINDS, admits
from analysis.tidy.records import check_columns

if TYPE_CHECKING:
    from collections.abc import Mapping

PLACE = ["indicator", "year"]
COLUMNS = [
    *PLACE, "cluster", "value", "rank", "percentile", "distance_from_median", "n",
    "previous_year", "rank_change", "reason",
]  # fmt: skip
ALONE = "no other value in this year"


def indicator_ranks(
    series: pd.DataFrame, directions: Mapping[str, str] | None = None
) -> pd.DataFrame:
    """Rank the units in every indicator and year in which they have a value.

    Parameters
    ----------
    series : tidy DataFrame: cluster, indicator, year, value; kind, where it is known
    directions : mapping {indicator: "up" or "down"}, optional; "down" puts the smallest value
        first, and so does the kind rank; else the largest is first

    Returns a DataFrame, a row per value: indicator, year, cluster, value; rank (1 is the first;
    equal values share the better rank); percentile (per cent of the others that it is ahead of,
    equal ones by half: 100 is the first, 0 the last); distance_from_median (units of the value;
    empty for kinds of which only the order counts); n (units with a value in the year);
    previous_year (of the unit's observation before) and rank_change (places gained since, where as
    many were ranked then); reason (why cells are empty).

    >>> series = pd.DataFrame({"cluster": list("abc"), "indicator": "jobs", "year": 2022,
    ...                        "value": [10.0, 400.0, 900.0]})
    >>> indicator_ranks(series)[["rank", "percentile", "distance_from_median"]].values.tolist()
    [[3.0, 0.0, -390.0], [2.0, 50.0, 0.0], [1.0, 100.0, 500.0]]
    """
    check_columns(series, ["cluster", *PLACE, "value"])
    known = series.dropna(subset="value").reset_index(drop=True)
    kinds = known["kind"] if "kind" in known else pd.Series([None] * len(known), dtype=object)
    signed = known["value"] * np.where(_smallest_first(known, kinds, directions or {}), -1, 1)
    place = known.groupby(PLACE, sort=False).ngroup()
    groups = signed.groupby(place, sort=False)
    n = groups.transform("count")
    table = known[[*PLACE, "cluster", "value"]].assign(
        rank=groups.rank(method="min", ascending=False).astype("int64"), n=n.astype("int64")
    )
    behind = groups.rank(method="average") - 1
    table["percentile"] = (100 * behind / (n - 1).where(n > 1)).astype("float64")
    medians = known["value"].groupby(place, sort=False).transform("median")
    ordered = ~kinds.isin([kind for kind in kinds.unique() if admits(_word(kind), "difference")])
    distance = (known["value"] - medians).mask(ordered | (n < 2))
    table["distance_from_median"] = distance.astype("float64")
    table = _changes(table)
    reasons = pd.Series("", index=known.index, dtype="str")
    reasons[ordered] = [f"of a {kind} only the order counts" for kind in kinds[ordered]]
    table["reason"] = reasons.mask(n < 2, ALONE)
    return table[COLUMNS]


def latest_ranks(ranks: pd.DataFrame) -> pd.DataFrame:
    """Keep the latest year of each indicator and unit in `indicator_ranks`.

    The year is the unit's own; n says how many it was ranked among.
    `ranks` is what `indicator_ranks` returns; so is the result, one row per unit and indicator.

    >>> ranks = pd.DataFrame({"indicator": "x", "year": [2020, 2021], "cluster": "a", "rank": 1})
    >>> latest_ranks(ranks)["year"].tolist()
    [2021]
    """
    last = ranks.groupby(["cluster", "indicator"], sort=False)["year"].idxmax()
    return ranks.loc[sorted(last)].reset_index(drop=True)


def ranks_of_year(ranks: pd.DataFrame, indicator: str = "", year: int = 0) -> pd.DataFrame:
    """Choose the ranks of one indicator and year, the first one at the top.

    Parameters
    ----------
    ranks : from `indicator_ranks`
    indicator : default the first in which several units are ranked
    year : default the last in which two thirds of the most units there are have a value

    Raises KeyError for an indicator or year without ranks. Without any ranks the table is empty.

    >>> ranks = pd.DataFrame({"indicator": "x", "year": [2020, 2020, 2021], "cluster": list("aba"),
    ...                       "rank": [2, 1, 1], "n": [2, 2, 1]})
    >>> ranks_of_year(ranks)["cluster"].tolist()
    ['b', 'a']
    """
    among = ranks[ranks["n"] > 1]
    if among.empty and not (indicator or year):
        return among
    indicator = indicator or among["indicator"].iloc[0]
    own = ranks[ranks["indicator"] == indicator]
    if own.empty:
        known = ", ".join(map(str, ranks["indicator"].unique()))
        raise KeyError(f"no ranks of indicator {indicator!r}; there are: {known}")
    year = year or own.loc[3 * own["n"] >= 2 * own["n"].max(), "year"].max()
    chosen = own[own["year"] == year]
    if chosen.empty:
        known = ", ".join(map(str, sorted(own["year"].unique())))
        raise KeyError(f"no ranks of {indicator!r} in {year}; there are: {known}")
    return chosen.sort_values("rank", kind="stable")


def value_peers(series: pd.DataFrame, cluster: str) -> pd.DataFrame:
    """Find the nearest units to one by their values, over the indicators that both have.

    Parameters
    ----------
    series : tidy DataFrame: cluster, indicator, year, value; kind, where it is known
    cluster : the unit

    Each indicator is taken in the last year in which the unit and at least two others have a
    value, less its mean and divided by its standard deviation over all units of that year; kinds
    of which only the order counts are left out. Returns a DataFrame, nearest first: cluster, peer,
    distance (root of the mean squared difference, in standard deviations), shared (number of
    indicators), of (indicators that the unit could be compared in). Ties stand in the order given.

    >>> series = pd.DataFrame({"cluster": list("abc"), "indicator": "jobs", "year": 2022,
    ...                        "value": [10.0, 400.0, 900.0]})
    >>> value_peers(series, "a")["peer"].tolist()
    ['b', 'c']
    """
    check_columns(series, ["cluster", *PLACE, "value"])
    known = series.dropna(subset="value")
    if "kind" in known:
        compared = {k for k in known["kind"].unique() if admits(_word(k), "difference")}
        known = known[known["kind"].isin(compared)]
    columns = [_standardised(cells, cluster) for _, cells in known.groupby("indicator", sort=False)]
    table = pd.DataFrame({at: c for at, c in enumerate(columns) if c is not None})
    if table.empty:
        return pd.DataFrame(columns=["cluster", "peer", "distance", "shared", "of"])
    gaps = table.drop(index=cluster) - table.loc[cluster]
    found = pd.DataFrame(
        {
            "cluster": cluster,
            "peer": gaps.index,
            "distance": np.sqrt((gaps**2).mean(axis=1)).to_numpy(),
            "shared": gaps.notna().sum(axis=1).to_numpy(),
            "of": int(table.loc[cluster].notna().sum()),
        }
    ).dropna(subset="distance")
    # a unit with which little is shared is no near peer: by halves of what could be shared
    few = (2 * found["shared"] < found["of"]).astype(int)
    order = found.assign(few=few).sort_values(["few", "distance"], kind="stable").index
    return found.loc[order].reset_index(drop=True)


def _standardised(cells, cluster):
    """Standardise the values of one indicator; None if they are constant or too few."""
    own = cells.loc[cells["cluster"] == cluster, "year"]
    counts = cells.groupby("year")["cluster"].nunique()
    years = [year for year in own if counts[year] > 2] or [y for y in own if counts[y] > 1]
    if not years:
        return None
    values = cells[cells["year"] == max(years)].set_index("cluster")["value"]
    spread = values.std(ddof=0)
    return (values - values.mean()) / spread if spread > 0 else None


def _smallest_first(known, kinds, directions):
    down = known["indicator"].map(directions).eq("down")
    return (down | kinds.eq("rank")).to_numpy()


def _word(kind):
    return kind if isinstance(kind, str) and kind in KINDS else None


def _changes(table):
    """Add the change of rank since the previous observation, if as many units were ranked."""
    own = table.sort_values("year", kind="stable").groupby(["cluster", "indicator"], sort=False)
    before = own[["year", "rank", "n"]].shift()
    same = before["n"].reindex(table.index) == table["n"]
    change = (before["rank"].reindex(table.index) - table["rank"]).where(same & (table["n"] > 1))
    return table.assign(
        previous_year=before["year"].reindex(table.index).astype("Int64"),
        rank_change=change.astype("Int64"),
    )
