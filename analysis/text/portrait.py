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

# whether a published grade is one that the best rule gives, too
EXCEPTION_WORDS = {
    "never": "no exception to it",
    "under some best rules": "an exception to some of the rules that are as good",
    "always": "an exception to it",
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

    `scores` is None where the study codes no components.
    """
    numbers = _numbers(series[series["cluster"] == cluster])
    if scores is None:
        return numbers
    own = list(records(summed[summed["cluster"] == cluster], "component", "status"))
    said = {status: [part for part, its in own if its == status] for status in STATUSES}
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
    rule_grade = " to ".join(dict.fromkeys(map(escaped, [row["rule_low"], row["rule_high"]])))
    others = listed(escaped(names.get(name, name)) for name in same)
    return (
        f"Published grade: **{escaped(row['grade'])}**; by the best rule {rule_grade}: "
        f"{EXCEPTION_WORDS[row['exception']]}. Clusters with the same evidence: {others}. "
        f"{_next_step(lifts)}"
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
        return f"By that rule it already has enough for {grade}."
    ways = [listed(map(escaped, components)) for components in sets["components"]]
    return f"Certain to be enough for {grade}: {' or '.join(ways)}."
