"""Titles of the pictures of a study: components, tables, indices, scores, ranks, peers.

As in `findings`: nothing is computed here that a method could compute. `nouns` is what a study
compares, in the singular and the plural.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis.comparative.unit_ranks import strict_shares
from analysis.tidy.records import records
from analysis.tidy.standing import MEASURED
from analysis.tidy.wording import counted, listed, number, whole_percent

if TYPE_CHECKING:
    from typing import Any

CLUSTERS = ("cluster", "clusters")
HALF = 50  # per cent of the others


def components_title(low: Any, nouns: Any = CLUSTERS) -> str:
    """Say in a few words how many clusters show every component."""
    full, shows = complete(low)
    every = f"all {low.shape[1]} components" if low.shape[1] > 1 else "the one component"
    return f"{len(full)} of {counted(len(low), *nouns)} {shows} {every}"


def complete(low: Any) -> Any:
    """Return the clusters that show every component, and the verb that goes with so many."""
    full = low.index[(low == 1).all(axis=1)]
    return full, "shows" if 1 in (len(full), len(low)) else "show"


def table_title(cells: Any) -> str:
    """Say in a few words how many values of a table can have been measured."""
    known = cells.dropna(subset="value")
    measured = int(known["standing"].isin(MEASURED).sum())
    names = cells["cluster"].unique()
    whose = f"{names[0]}: " if len(names) == 1 else ""
    if measured == len(known):
        return f"{whose}{counted(len(known), 'value')}, all measured"
    targets = int((known["standing"] == "target").sum())
    return (
        f"{whose}{'at' if whose else 'At'} most {measured} of {counted(len(known), 'value')} "
        f"measured, {counted(targets, 'target')}"
    )


def series_title(series: Any) -> str:
    """Say in a few words how many values of one cluster's indicators can have been measured."""
    values = series.dropna(subset="value")
    measured = int(values["standing"].isin(MEASURED).sum())
    if measured == len(values):
        return f"{counted(len(values), 'value')}, all measured"
    return f"At most {measured} of {counted(len(values), 'value')} measured"


def index_title(drawn: Any) -> str:
    """Say in a few words how far the indices of the last year are apart, and if it is planned."""
    last = drawn.dropna(subset="base_index")
    last = last[last["year"] == last["year"].max()]
    if last.empty:
        return "No index can be computed"
    low, high = (number(end) for end in (last["base_index"].min(), last["base_index"].max()))
    what = "The targets" if (last["standing"] == "target").all() else "The values"
    span = f"run from {low} to {high}" if low != high else f"stand at {low}"
    return f"{what} for {last['year'].iloc[0]} {span} (base year = 100)"


def scores_title(scores: Any, nouns: Any = CLUSTERS) -> str:
    """Say in a few words who is first, and whether that is certain."""
    sure = list(scores.index[scores["rank_worst"] == 1])
    maybe = int((scores["rank_best"] == 1).sum()) - len(sure)
    if not sure:
        return f"No {nouns[0]} is certainly first: {maybe} of {len(scores)} could be"
    verb = "is" if len(sure) == 1 else "are"
    if all_known(scores):
        return f"{listed(sure, most=3)} {verb} first of {counted(len(scores), *nouns)}"
    level = f"; {counted(maybe, 'other')} could draw level" if maybe else ""
    return f"{listed(sure, most=3)} {verb} first whatever is unknown{level}"


def all_known(scores: Any) -> bool:
    """Tell whether no score is a range, so that nothing is unknown."""
    return bool((scores["score_low"] == scores["score_high"]).all())


def certain_ranks_title(scores: Any, nouns: Any = CLUSTERS) -> str:
    """Say in a few words how many ranks are certain."""
    fixed = int((scores["rank_best"] == scores["rank_worst"]).sum())
    return f"The rank of {fixed} of {counted(len(scores), *nouns)} is certain"


def rank_shares_title(shares: Any, combinations: int) -> str:
    """Say in a few words who is first most often, and who comes next."""
    firsts = shares[shares["rank"] == 1].sort_values("share", ascending=False, kind="stable")
    if len(firsts) < 2:
        return f"Ranks over {counted(combinations, 'combination')} of choices"
    (top, most), (next_one, less) = list(records(firsts, "cluster", "share"))[:2]
    of_all = f"of {counted(combinations, 'combination')} of choices"
    then = f", {next_one} in {whole_percent(less)}" if less else ""
    return f"{top} is first in {whole_percent(most)} {of_all}{then}"


def coverage_title(coverage: Any, nouns: Any = CLUSTERS) -> str:
    """Say in a few words how many cells have a number, and of how many clusters."""
    known = coverage[coverage["evidence"]]
    total = counted(coverage["cluster"].nunique(), *nouns)
    verb = "has" if len(known) == 1 else "have"
    return (
        f"{len(known)} of {len(coverage)} cells {verb} a number, from "
        f"{known['cluster'].nunique()} of {total}"
    )


def scale_title(scale: Any, threshold: Any) -> str:
    """Say in a few words whether the values reach the threshold."""
    below, known = below_threshold(scale, threshold)
    if not known:
        return "No value can be compared with a figure of its region"
    verb = "stays" if below == 1 else "stay"
    return (
        f"{below} of {counted(known, 'value')} {verb} below {threshold:g} % of the region's figure"
    )


def below_threshold(scale: Any, threshold: Any) -> tuple[int, int]:
    """Count the values below a threshold against every figure of their region, and all values.

    A value may be held against several figures, of several periods.
    """
    known = scale.dropna(subset="share_low_pct")
    most = known.groupby(["cluster", "indicator", "year"])["share_high_pct"].max()
    return int((most < threshold).sum()), len(most)


def peers_title(cluster: Any, peers: Any, nouns: Any = CLUSTERS) -> str:
    """Say in a few words which clusters are nearest."""
    if peers.empty:
        return f"There is no {nouns[0]} to compare {cluster} with"
    top = peers.iloc[0]
    names = peers["peer"] if len(peers) <= 3 else [f"{len(peers)} others"]
    return (
        f"{cluster} has {top['matching']} of {counted(top['components'], 'status', 'statuses')} in "
        f"common with {listed(names)}"
    )


def first_title(ranks: Any, nouns: Any = CLUSTERS) -> str:
    """Say in a few words who is first in one indicator and year, and of how many."""
    if ranks.empty:
        return ""
    first = ranks.loc[ranks["rank"] == ranks["rank"].min(), "cluster"]
    verb = "is" if len(first) == 1 else "are"
    year = ranks["year"].iloc[0]
    return f"{listed(first, most=3)} {verb} first of {counted(len(ranks), *nouns)} in {year}"


def standing_title(name: str, latest: Any) -> str:
    """Say in a few words in how many indicators one cluster is ahead of most others."""
    ranked = latest.dropna(subset="percentile")
    ahead = int((strict_shares(ranked)[0] > HALF).sum())
    return f"{name} is ahead of most others in {ahead} of {counted(len(ranked), 'indicator')}"
