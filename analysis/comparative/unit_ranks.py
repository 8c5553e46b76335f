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
    columns = ["cluster", *PLACE, "value", *(["kind"] if "kind" in series else [])]
    known = series.loc[series["value"].notna().to_numpy(), columns].reset_index(drop=True)
    kinds = known["kind"] if "kind" in known else pd.Series([None] * len(known), dtype=object)
    signed = known["value"] * np.where(_smallest_first(known, kinds, directions or {}), -1, 1)
    codes = {name: pd.factorize(known[name])[0] for name in ("cluster", "indicator")}
    among = _places(codes["indicator"], known["year"].to_numpy(), signed.to_numpy(dtype=float))
    n, behind = among["n"], among["behind"]
    ordered = ~kinds.isin([kind for kind in kinds.unique() if admits(_word(kind), "difference")])
    distance = known["value"] - known["value"].to_numpy()[among["middle"]].mean(axis=0)
    table = known[[*PLACE, "cluster", "value"]].assign(
        rank=among["rank"],
        percentile=(100 * pd.Series(behind) / (n - 1)).where(n > 1),
        distance_from_median=distance.mask(ordered | (n < 2)).astype("float64"),
        n=n,
        **_changes(codes["cluster"], codes["indicator"], known["year"].to_numpy(), among),
    )
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
    taken = series["value"].notna()
    if "kind" in series:
        kinds = series["kind"].unique()
        taken &= series["kind"].isin([kind for kind in kinds if admits(_word(kind), "difference")])
    known = series.loc[taken.to_numpy(), ["cluster", *PLACE, "value"]]
    cells = known[["year", "value"]].assign(unit=pd.factorize(known["cluster"])[0])
    cells = cells.set_index(pd.Index(known["cluster"], name="cluster"))
    groups = cells.groupby(pd.factorize(known["indicator"])[0], sort=False)
    columns = [_standardised(own, cluster) for _, own in groups]
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
    own = cells.loc[cells.index == cluster, "year"]
    counts = cells.groupby("year")["unit"].nunique()
    years = [year for year in own if counts[year] > 2] or [y for y in own if counts[y] > 1]
    if not years:
        return None
    values = cells.loc[(cells["year"] == max(years)).to_numpy(), "value"]
    spread = values.std(ddof=0)
    return (values - values.mean()) / spread if spread > 0 else None


def _smallest_first(known, kinds, directions):
    down = known["indicator"].map(directions).eq("down")
    return (down | kinds.eq("rank")).to_numpy()


def _word(kind):
    return kind if isinstance(kind, str) and kind in KINDS else None


def _places(indicators, years, signed):
    """Place each value among those of its indicator and year, more is better; an array each.

    rank, n, behind (how many it is ahead of, equal ones by half), middle (the two positions
    between which the median of its group lies).
    """
    order = np.lexsort((signed, years, indicators))
    starts = _starts(indicators[order], years[order])
    ties = _starts(indicators[order], years[order], signed[order])
    first, last = _ends(starts)
    low, high = _ends(ties)
    n = last - first
    middle = order[np.array([first + (n - 1) // 2, first + n // 2])]
    found = {"rank": last - high + 1, "n": n, "behind": (low + high - 1) / 2 - first}
    placed = {name: _put_back(values, order) for name, values in found.items()}
    return placed | {"middle": np.array([_put_back(places, order) for places in middle])}


def _starts(*keys):
    """Tell which rows of sorted keys begin a new group."""
    new = [key[1:] != key[:-1] for key in keys]
    return np.concatenate([np.ones(min(len(keys[0]), 1), dtype=bool), np.any(new, axis=0)])


def _ends(starts):
    """Return (first, last + 1), the bounds of the group of each row."""
    bounds = np.append(np.flatnonzero(starts), len(starts))
    group = np.cumsum(starts) - 1
    return bounds[group], bounds[group + 1]


def _put_back(values, order):
    placed = np.empty_like(values)
    placed[order] = values
    return placed


def _changes(clusters, indicators, years, among):
    """Give each row its previous observation: year, and places gained if as many were ranked."""
    order = np.lexsort((years, indicators, clusters))
    first = _starts(clusters[order], indicators[order])
    before = _put_back(np.where(first, -1, np.roll(order, 1)), order)  # -1 where there is none
    n, rank = among["n"], among["rank"]
    there = before >= 0
    same = there & (n[before] == n) & (n > 1)
    change = pd.Series(rank[before] - rank, dtype="Int64").where(same)
    return {
        "previous_year": pd.Series(years[before], dtype="Int64").where(there),
        "rank_change": change,
    }
