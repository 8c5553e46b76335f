"""What a study's tables say of one cluster, in sentences composed from the results.

As in `findings`: nothing is computed here that a method could compute.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis.comparative.evidence import STATUSES
from analysis.text.titles.study import peers_title as peers_title
from analysis.text.titles.study import series_title as series_title
from analysis.tidy.records import records
from analysis.tidy.standing import MEASURED
from analysis.tidy.wording import counted, escaped, interval, listed

if TYPE_CHECKING:
    from typing import Any

# whether a published grade is one that the rule which fits the grades best gives, too
EXCEPTION_WORDS = {
    "never": "the rule that fits all grades best gives the same",
    "under some best rules": "of the rules that fit all grades best, some give {}",
    "always": "the rule that fits all grades best gives {}",
}


def heading(cluster: Any) -> Any:
    """Introduce one cluster, a row of a study's clusters: name, region, class, grade."""
    parts = [cluster["region"], cluster["activity_class"]]
    words = [escaped(part) for part in parts if isinstance(part, str)]
    if isinstance(cluster["grade"], str):
        words.append(f"grade: **{escaped(cluster['grade'])}**")
    return "\n\n".join(filter(None, [f"## {escaped(cluster['name'])}", " · ".join(words)]))


def of_cluster(cluster: Any, summed: Any, scores: Any, series: Any) -> Any:
    """Say what is known, planned, absent, unknown and unreported of one cluster.

    `summed` is what `component_status` returns; `scores` is None where the study codes no
    components.
    """
    numbers = _numbers(series[series["cluster"] == cluster])
    if scores is None:
        return numbers
    own = list(records(summed[summed["cluster"] == cluster], "component", "status", "arguable"))
    said = {status: [part for part, its, _ in own if its == status] for status in STATUSES}
    arguable = [escaped(part) for part, _, otherwise in own if otherwise]
    parts = [f"{status}: {listed(map(escaped, of_it))}" for status, of_it in said.items() if of_it]
    known = "; ".join(parts)
    score = scores.loc[cluster]
    caveat = (
        "The score is a range because something is unknown or not reported, which the cluster "
        "itself could tell."
        if score["score_high"] > score["score_low"]
        else "The score counts components that the source names; they need not be working."
    )
    return (
        f"{known[:1].upper()}{known[1:]}. Evidence score "
        f"**{interval(score['score_low'], score['score_high'])}**, rank "
        f"**{interval(score['rank_best'], score['rank_worst'])}** of {len(scores)}. {numbers}\n\n"
        f"*Caveat.* {caveat}"
        f"{f' By another reading {listed(arguable)} could be coded otherwise.' if arguable else ''}"
    )


def _numbers(series):
    """Say how many values a cluster publishes, and how many of them can be outcomes."""
    values = series.dropna(subset="value")
    if values.empty:
        return "No indicator of it is reported."
    measured = int(values["standing"].isin(MEASURED).sum())
    count = counted(len(values), "value")
    if measured == len(values):
        of = counted(values["indicator"].nunique(), "indicator")
        return f"There {'is' if measured == 1 else 'are'} {count} of {of}, all measured."
    return f"The source prints {count} of its indicators, at most {measured} of them measured."


def of_indicator_peers(cluster: Any, peers: Any) -> Any:
    """Say how many clusters share a cluster's indicators, and which are the most alike."""
    if peers.empty:
        return f"No other cluster has an indicator in common with {escaped(cluster)}."
    nearest = peers[peers["jaccard"] == peers["jaccard"].max()]
    names = [
        f"**{escaped(row.peer)}** ({row.intersection} of {row.union})"
        for row in nearest.itertuples()
    ]
    others = counted(len(peers), "other cluster")
    return (
        f"{others} {'has' if len(peers) == 1 else 'have'} an indicator in common with "
        f"{escaped(cluster)}. Most similar, by shared indicators of all that either has: "
        f"{listed(names)}."
    )


def of_grade(cluster: Any, twins: Any, rule: Any, lifts: Any, names: Any = None) -> Any:
    """Say who has the same evidence, what grade the best rule gives, and what the next would need.

    `names` are readable names of the clusters, {identifier: name}; default the identifiers.
    """
    row, names = rule.clusters.loc[cluster], names or {}
    same = [c for group in twins["clusters"] if cluster in group for c in group if c != cluster]
    given = dict.fromkeys([row["rule_low"], row["rule_high"]])
    if row["exception"] != "always":
        given.pop(row["grade"], None)
    by_rule = EXCEPTION_WORDS[row["exception"]].format(" to ".join(map(escaped, given)))
    others = listed(escaped(names.get(name, name)) for name in same)
    alike = (
        f"{others} {'has' if len(same) == 1 else 'have'} the same evidence."
        if same
        else "No other cluster has the same evidence."
    )
    return (
        f"Published grade: **{escaped(row['grade'])}**; {by_rule}. {alike} {_next_step(lifts)}"
    ).rstrip()


def of_ways(lifts: Any) -> str:
    """Say how many sets of components would be enough for the next grade, for certain or not."""
    known = lifts[lifts["certainty"].astype(bool)]
    if known.empty:
        return "There is no grade to rise to."
    sure = int((known["certainty"] == "certain").sum())
    maybe = len(known) - sure
    also = f"; {maybe} more may be" if maybe else ""
    return f"{counted(sure, 'way')} {'is' if sure == 1 else 'are'} certain to be enough{also}."


def of_matches(peers: Any) -> str:
    """Say on how many of the statuses in common nothing is reported."""
    total, silent = int(peers["matching"].sum()), int(peers["matching_open"].sum())
    return (
        f"Of {counted(total, 'status', 'statuses')} in common, {silent or 'none'} "
        f"{'is' if silent in (0, 1) else 'are'} unknown or not reported."
    )


def of_grade_alone(grade: Any) -> Any:
    """Say that a published grade has no evidence beside it, where no component is coded."""
    return (
        f"Published grade: **{escaped(grade)}**. No component is coded, so the evidence for the "
        "grade, and what the next one would need, are not known."
    )


def _next_step(lifts):
    """Say what is certain to be enough for the next grade, or why nothing is."""
    sets = lifts[(lifts["certainty"] == "certain") & lifts["size"].notna()]
    if sets.empty:
        reasons = listed(lifts.loc[lifts["reason"] != "", "reason"].unique(), empty="")
        return f"{reasons[:1].upper()}{reasons[1:]}." if reasons else ""
    grade = f"*{escaped(sets['next_grade'].iloc[0])}*"
    if (sets["size"] == 0).any():
        return f"By that rule its evidence is enough for {grade}."
    ways = [listed(map(escaped, components)) for components in sets["components"]]
    return f"By that rule {' or '.join(ways)} would be enough for {grade}."
