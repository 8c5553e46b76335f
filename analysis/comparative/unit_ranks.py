"""Where each unit stands in one indicator: rank, percentile, distance from the median, peers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analysis.tidy.kinds import KINDS, admits
from analysis.tidy.records import begins_run, check_columns, factorize_runs, sorted_in_groups

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

PLACE = ["indicator", "year"]
COLUMNS = [
    *PLACE, "cluster", "value", "rank", "percentile", "distance_from_median", "n",
    "previous_year", "rank_change", "reason",
]  # fmt: skip
ALONE = "no other value in this year"


def indicator_ranks(
    series: pd.DataFrame,
    directions: Mapping[str, str] | None = None,
    *,
    clusters: Iterable[str] | None = None,
) -> pd.DataFrame:
    """Rank the units in every indicator and year in which they have a value.

    Parameters
    ----------
    series : tidy DataFrame: cluster, indicator, year, value; kind, where it is known
    directions : mapping {indicator: "up" or "down"}, optional; "down" puts the smallest value
        first, and so does the kind rank; else the largest is first
    clusters : those whose ranks are wanted, among all units; default all of them

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
    >>> indicator_ranks(series, clusters=["b"])[["rank", "n"]].values.tolist()
    [[2, 3]]
    """
    check_columns(series, ["cluster", *PLACE, "value"])
    rows = np.flatnonzero(series["value"].notna())
    indicator, names = factorize_runs(series["indicator"])
    group = _groups(indicator, series["year"])[rows]
    own = _wanted(series, clusters)[rows]
    if not own.all():  # only the groups in which they stand have to be put in order
        beside = np.isin(group, group[own])
        rows, group, own = rows[beside], group[beside], own[beside]
    values = series["value"].to_numpy()[rows]
    sign = np.where(_smallest_first(series, indicator, names, directions or {})[rows], -1, 1)
    among = _places(group, (values * sign).astype(float))
    median = values[among.pop("middle")[:, own]].mean(axis=0)
    among = {name: cells[own] for name, cells in among.items()}
    columns = ["cluster", *PLACE, "value", *(["kind"] if "kind" in series else [])]
    known = series[columns].iloc[rows[own]].reset_index(drop=True)
    n, behind = among["n"], among["behind"]
    ordered = ~_has_differences(known)
    distance = known["value"] - median
    unit, indicator = (factorize_runs(known[name])[0] for name in ("cluster", "indicator"))
    table = known[[*PLACE, "cluster", "value"]].assign(
        rank=among["rank"],
        percentile=(100 * pd.Series(behind) / (n - 1)).where(n > 1),
        distance_from_median=distance.mask(ordered | (n < 2)).astype("float64"),
        n=n,
        **_changes(unit, indicator, known["year"].to_numpy(), among),
    )
    reasons = pd.Series("", index=known.index, dtype="str")
    if ordered.any():
        kinds = known.loc[ordered, "kind"]
        reasons[ordered] = [f"of a {kind} only the order counts" for kind in kinds]
    table["reason"] = reasons.mask(n < 2, ALONE)
    return table[COLUMNS]


def strict_shares(ranks: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    """Return (per cent of the others that a unit is ahead of, per cent it is behind), ties in none.

    `ranks` has the columns rank, n and percentile of `indicator_ranks`. Where nobody is equal the
    first is the percentile, and both add up to 100.

    >>> ranks = pd.DataFrame({"rank": [1, 3], "n": 4, "percentile": [50.0, 100 / 6]})
    >>> [share.round(1).tolist() for share in strict_shares(ranks)]
    [[0.0, 0.0], [0.0, 66.7]]
    """
    behind = 100 * (ranks["rank"] - 1) / (ranks["n"] - 1)
    # percentile = 50 + (ahead - behind) / 2
    return (2 * ranks["percentile"] - 100 + behind).round(9), behind.round(9)


def latest_ranks(ranks: pd.DataFrame) -> pd.DataFrame:
    """Keep the latest year of each indicator and unit in `indicator_ranks`.

    The year is the unit's own; n says how many it was ranked among.
    `ranks` is what `indicator_ranks` returns; so is the result, one row per unit and indicator.

    >>> ranks = pd.DataFrame({"indicator": "x", "year": [2020, 2021], "cluster": "a", "rank": 1})
    >>> latest_ranks(ranks)["year"].tolist()
    [2021]
    """
    unit, indicator = (factorize_runs(ranks[name])[0] for name in ("cluster", "indicator"))
    order = np.lexsort((ranks["year"], indicator, unit))
    last = np.append(begins_run(unit[order], indicator[order])[1:], True)[: len(order)]
    return ranks.iloc[np.sort(order[last])].reset_index(drop=True)


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
    table = _standardised(series, cluster)
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
    few = 2 * found["shared"] < found["of"]
    return found.iloc[np.lexsort((found["distance"], few))].reset_index(drop=True)


def _standardised(series, cluster):
    """Standardise the indicators in which a unit can be compared, each in its year: one a column.

    Constant ones are left out.
    """
    rows = np.flatnonzero(series["value"].notna() & _has_differences(series))
    indicator, names = factorize_runs(series["indicator"])
    year, years = pd.factorize(series["year"], sort=True)
    group = (indicator * len(years) + year)[rows]
    counts = np.bincount(group, minlength=len(names) * len(years))
    own = group[_wanted(series, [cluster])[rows]]
    units, values, columns = pd.Index(series["cluster"]), series["value"].to_numpy(float), []
    for number in pd.unique(indicator[rows]):
        its = own[own // len(years) == number]
        compared = its[counts[its] > 2] if (counts[its] > 2).any() else its[counts[its] > 1]
        if len(compared):
            its = rows[group == compared.max()]
            cells, spread = values[its], values[its].std()
            if spread > 0:
                columns.append(pd.Series((cells - cells.mean()) / spread, units.take(its)))
    return pd.DataFrame(dict(enumerate(columns)))


def _has_differences(series):
    """Tell in which rows a difference of values says something."""
    if "kind" not in series:
        return np.ones(len(series), dtype=bool)
    number, kinds = factorize_runs(series["kind"])  # a missing kind has -1, the last
    return np.array([admits(_word(kind), "difference") for kind in [*kinds, None]])[number]


def _smallest_first(series, indicator, names, directions):
    """Tell in which rows the smallest value is the first; the indicator of each has a number."""
    down = np.array([*(directions.get(name) == "down" for name in names), False])[indicator]
    return down | series["kind"].isin(["rank"]).to_numpy() if "kind" in series else down


def _word(kind):
    return kind if isinstance(kind, str) and kind in KINDS else None


def _wanted(series, clusters):
    """Tell which rows are of these clusters; of all where none are named."""
    if clusters is None:
        return np.ones(len(series), dtype=bool)
    return series["cluster"].isin(list(clusters)).to_numpy()


def _groups(indicator, year):
    """Number the groups of one indicator and year, one number per row."""
    years, different = pd.factorize(year)
    return (indicator + 1) * (len(different) + 1) + years + 1  # what is missing has -1


def _places(groups, signed):
    """Place each value among those of its group, more is better; an array each.

    rank, n, behind (how many it is ahead of, equal ones by half), middle (the two positions
    between which the median of its group lies).
    """
    order = sorted_in_groups(signed, groups)
    starts = begins_run(groups[order])
    ties = begins_run(groups[order], signed[order])
    first, last = _ends(starts)
    low, high = _ends(ties)
    n = last - first
    middle = order[np.array([first + (n - 1) // 2, first + n // 2])]
    found = {"rank": last - high + 1, "n": n, "behind": (low + high - 1) / 2 - first}
    placed = {name: _put_back(values, order) for name, values in found.items()}
    return placed | {"middle": np.array([_put_back(places, order) for places in middle])}


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
    first = begins_run(clusters[order], indicators[order])
    before = _put_back(np.where(first, -1, np.roll(order, 1)), order)  # -1 where there is none
    n, rank = among["n"], among["rank"]
    there = before >= 0
    same = there & (n[before] == n) & (n > 1)
    change = pd.Series(rank[before] - rank, dtype="Int64").where(same)
    return {
        "previous_year": pd.Series(years[before], dtype="Int64").where(there),
        "rank_change": change,
    }
