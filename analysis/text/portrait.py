"""What a study's tables say of one cluster, in sentences composed from the results.

As in `findings`: nothing is computed here that a method could compute.
"""

from analysis.comparative.evidence import STATUSES
from analysis.tidy.records import records
from analysis.tidy.standing import MEASURED
from analysis.tidy.wording import counted, escaped, interval, listed

# whether a published grade is one that the best rule gives, too
EXCEPTION_WORDS = {
    "never": "no exception to it",
    "under some best rules": "an exception to some of the rules that are as good",
    "always": "an exception to it",
}


def heading(cluster):
    """Introduce one cluster, a row of a study's clusters: name, region, class, grade."""
    parts = [cluster["region"], cluster["activity_class"]]
    words = [escaped(part) for part in parts if isinstance(part, str)]
    words.append(f"grade: **{escaped(cluster['grade'])}**")
    return f"## {escaped(cluster['name'])}\n\n{' · '.join(words)}"


def of_cluster(cluster, summed, scores, series):
    """Say what is known, planned, absent, unknown and unreported of one cluster.

    `scores` is None where the study codes no components.
    """
    numbers = _numbers(series[series["cluster"] == cluster])
    if scores is None:
        return (
            f"No component is coded, so there is no evidence score. {numbers}\n\n"
            "*Caveat.* Thin evidence is not evidence that activity is low."
        )
    own = list(records(summed[summed["cluster"] == cluster], "component", "status"))
    said = {status: [part for part, its in own if its == status] for status in STATUSES}
    parts = [f"{status}: {listed(map(escaped, of_it))}" for status, of_it in said.items() if of_it]
    known = "; ".join(parts)
    score = scores.loc[cluster]
    caveat = (
        "The range is what silence leaves open: asking the cluster would narrow it."
        if score["score_high"] > score["score_low"]
        else "A declared component is not a working one: the score counts what is said."
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
        return "It publishes no indicator."
    measured = int(values["standing"].isin(MEASURED).sum())
    return f"It publishes {counted(len(values), 'value')}, at most {measured} of them measured."


def peers_title(cluster, peers):
    """Say in a few words which clusters are nearest."""
    if peers.empty:
        return f"{cluster} has no other cluster beside it"
    top = peers.iloc[0]
    names = peers["peer"] if len(peers) <= 3 else [f"{len(peers)} others"]
    return (
        f"{cluster} shares {top['matching']} of {top['components']} statuses with {listed(names)}"
    )


def of_indicator_peers(cluster, peers):
    """Say how many clusters share a cluster's indicators, and which are the most alike."""
    if peers.empty:
        return f"No other cluster has an indicator of {cluster}."
    nearest = peers[peers["jaccard"] == peers["jaccard"].max()]
    names = [f"**{row.peer}** ({row.intersection} of {row.union})" for row in nearest.itertuples()]
    others = counted(len(peers), "other cluster")
    return (
        f"{others} {'has' if len(peers) == 1 else 'have'} an indicator of {cluster}; the most "
        f"alike, by the indicators they share of all that either has: {listed(names)}."
    )


def of_grade(cluster, twins, rule, lifts):
    """Say who shares a cluster's evidence, what the best rule gives it and what would lift it."""
    row = rule.clusters.loc[cluster]
    same = [c for group in twins["clusters"] if cluster in group for c in group if c != cluster]
    rule_grade = " to ".join(dict.fromkeys(map(escaped, [row["rule_low"], row["rule_high"]])))
    return (
        f"Published grade: **{escaped(row['grade'])}**; the best rule gives it {rule_grade}: "
        f"{EXCEPTION_WORDS[row['exception']]}. Clusters with the same evidence: {listed(same)}. "
        f"{_next_step(lifts)}"
    )


def of_grade_alone(grade):
    """Say that a published grade has no evidence beside it, where no component is coded."""
    return (
        f"Published grade: **{escaped(grade)}**. No component is coded: what the grade rests on, "
        "and what would lift it, cannot be said."
    )


def _next_step(lifts):
    """Say what surely gives the next grade, or why nothing does."""
    sets = lifts[(lifts["certainty"] == "surely") & lifts["size"].notna()]
    if sets.empty:
        reasons = listed(lifts.loc[lifts["reason"] != "", "reason"].unique(), empty="")
        return f"{reasons[:1].upper()}{reasons[1:]}." if reasons else ""
    grade = f"*{escaped(sets['next_grade'].iloc[0])}*"
    if (sets["size"] == 0).any():
        return f"By the rule it has enough for {grade} already."
    ways = [listed(map(escaped, components)) for components in sets["components"]]
    return f"Surely enough for {grade}: {' or '.join(ways)}."
