"""What index numbers say, in sentences: only what rests on one basket is set side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis.tidy.standing import MEASURED
from analysis.tidy.wording import counted, escaped, listed, number

if TYPE_CHECKING:
    from typing import Any


def of_indices(
    indices: Any, omitted: Any, base_year: Any, common: Any = None, series: Any = None
) -> Any:
    """Say how far each cluster's indicators are to move together, and what could not enter.

    Parameters
    ----------
    indices, omitted : what `aggregate_dynamics` returns
    base_year : the year that is 100
    common : the first table of it again, over the basket that all clusters have in common
    series : the observations, whose standing tells which means were not measured

    Only what rests on one basket is set side by side: the common one where there is one; else each
    mean is told with its own.
    """
    if indices["year"].nunique() == 1:
        return (
            f"All values are of one year, {indices['year'].iloc[0]}: an index number compares "
            "years, so there is none."
        )
    last = indices.dropna(subset="base_index").groupby("cluster", sort=False).last()
    left_out = (
        f"{counted(len(omitted), 'series', 'series')} had to be left out."
        if len(omitted)
        else "No series had to be left out."
    )
    kinds = {} if series is None else _not_measured(series)
    told = _together(last, common, kinds) if len(last) else _nothing(indices, omitted, kinds)
    unmeasured = "An index of targets says how steep the plan is, not what came of it. "
    unmeasured = unmeasured if "target" in kinds.values() else ""
    return (
        f"{told} {left_out}\n\n*Caveat.* {unmeasured}That every indicator counts the same is a "
        "convention, not a finding."
    )


def _not_measured(series):
    """Word what the values of a cluster and a year are, where none was measured."""
    words = {}
    for where, kinds in series.dropna(subset="value").groupby(["cluster", "year"])["standing"]:
        if not kinds.isin(MEASURED).any():
            words[where] = "target" if (kinds == "target").all() else "not measured"
    return words


def _together(last, common, kinds):
    """Tell the means: over one basket side by side, over several each with its own."""
    if last["entering"].nunique() == 1:
        means = listed(_means(last, kinds))
        return f"As a geometric mean of base indices, {_basket(last)}: {means}."
    own = [
        f"{words}, {_basket(last.loc[[name]])}"
        for name, words in zip(last.index, _means(last, kinds), strict=True)
    ]
    alone = f"{listed(own)}. These means are over different indicators and cannot be compared."
    if common is None or not (common["n_entering"] > 0).any():
        return (
            f"As geometric means of base indices: {alone} No indicator is there for every cluster."
        )
    shared = _last_common_year(common)
    return (
        f"As a geometric mean of the base indices that all clusters have, {_basket(shared)}: "
        f"{listed(_means(shared, kinds))}. With all indicators of each: {alone}"
    )


def _nothing(indices, omitted, kinds):
    """Say why no series enters a mean over a fixed basket, and what the chained index shows."""
    why = omitted["reason"].value_counts()
    reasons = listed([f"{reason} ({count})" for reason, count in why.items()])
    first, last = indices["year"].min(), indices["year"].max()
    told = (
        "No series can enter a mean over a fixed basket, which wants every year of its own "
        f"cluster, {first} to {last}, above zero: {reasons}."
    )
    chained = indices.dropna(subset="matched_index")
    chained = chained[chained["n_matched"] > 0].groupby("cluster", sort=False).last()
    if chained.empty:
        return told
    low, high = chained["matched_index"].idxmin(), chained["matched_index"].idxmax()
    return (
        f"{told} Any other base year leaves the same gaps. What works is the index chained over "
        f"matched pairs, below: each link takes the series that have both its years. It ends "
        f"highest for {_end(chained, high, kinds)} and lowest for {_end(chained, low, kinds)}; the "
        "base year is 100."
    )


def _end(chained, name, kinds):
    """Word where a chained index ends, and on how many series its last link rests."""
    row = chained.loc[name]
    links = counted(row["n_matched"], "series", "series")
    return (
        f"**{escaped(name)}** ({_kind(kinds.get((name, row['year'])))}"
        f"{number(row['matched_index'])} in {row['year']}, over {links} at the end)"
    )


def _means(last, kinds):
    """Word the mean of each cluster, and whether it is one of targets."""
    return [
        f"**{escaped(name)}** {number(row.base_index)} in {row.year} "
        f"({_kind(kinds.get((name, row.year)))}{row.base_year} = 100)"
        for name, row in last.iterrows()
    ]


def _kind(word):
    return f"{word}; " if word else ""


def _basket(last):
    """Say of how many indicators a mean is, and of which."""
    row = last.iloc[0]
    names = [escaped(name) for name in row["entering"].split("; ")]
    return f"over {counted(row['n_entering'], 'indicator')} ({listed(names, most=6)})"


def _last_common_year(common):
    """Return the rows of the last year that every cluster with a mean has."""
    known = common.dropna(subset="base_index")
    by_year = known.groupby("year")["cluster"].nunique()
    last = by_year.index[by_year == by_year.max()].max()
    return known[known["year"] == last].set_index("cluster")
