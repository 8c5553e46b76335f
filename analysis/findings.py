"""What a study's tables say, in sentences composed from the results, with their caveats.

Each function takes results of the methods and returns Markdown. Nothing is computed here that a
method could compute; no word depends on which study it is.
"""

from analysis.evidence import STATUSES
from analysis.grading import equal_evidence_pairs
from analysis.wording import counted, escaped, interval, listed, number

MEASURED = ("outcome", "base")
# whether a published grade is one that the best rule gives, too
EXCEPTION_WORDS = {
    "never": "no exception to it",
    "under some best rules": "an exception to some of the rules that are as good",
    "always": "an exception to it",
}


def of_components(low, high, matrix, grades, rule):
    """Say how many clusters show every component, and whether the grades follow the evidence."""
    full = low.index[(low == 1).all(axis=1)]
    names = f" ({listed(full)})" if len(full) else ""
    open_cells = int((low < high).to_numpy().sum())
    twins = [
        f"{twin.cluster} ({escaped(twin.grade)}) beside {twin.other} ({escaped(twin.other_grade)})"
        for twin in equal_evidence_pairs(matrix, grades).itertuples()
    ]
    return (
        f"**{len(full)} of {counted(len(low), 'cluster')}**{names} "
        f"{'shows' if len(full) == 1 else 'show'} every component. The grades follow the evidence "
        f"with **{counted(rule.exception_count, 'exception')}**, the fewest that any rule leaves "
        "under which more evidence never means a lower grade. "
        f"Equal evidence and unequal grade: {listed(twins)}.\n\n"
        f"*Caveat.* {open_cells} of {low.size} cells are open: the source is silent, or says that "
        "it does not know. Silence is not absence, and a declared component is not a working one."
    )


def of_prevalence(common):
    """Say which component is the most and the least common, and which hangs on silence."""
    strict = common[common["reading"] == "not reported = absent"]
    ranked = strict.sort_values("share", ascending=False, kind="stable")
    most, least = ranked.iloc[0], ranked.iloc[-1]
    spread = common.groupby("component", sort=False)["share"].agg(lambda s: s.max() - s.min())
    words = (
        f"the most common component is **{escaped(most['component'])}** ({most['k']} of "
        f"{most['n']}), the rarest **{escaped(least['component'])}** ({least['k']} of {least['n']})"
        if most["share"] > least["share"]
        else f"every component is as common ({most['k']} of {most['n']})"
    )
    moved = (
        f"How silence is read moves **{escaped(spread.idxmax())}** most."
        if spread.max() > 0
        else "How silence is read moves none."
    )
    return f"Counting silence as absence, {words}. {moved}"


def of_table(cells, growth):
    """Say what one table of indicators holds: clusters, values, gaps, and how many are outcomes."""
    known = cells.dropna(subset="value")
    measured = known["standing"].isin(MEASURED).sum()
    planned = (known["standing"] == "target").sum()
    unfinished = len(known) - measured - planned
    rest = f", {unfinished} belong{'s' if unfinished == 1 else ''} to a year under way"
    patterns = growth[growth["pattern"].isin(["constant level", "constant step", "constant rate"])]
    several = cells["cluster"].nunique() > 1
    names = [
        f"{f'{row.cluster}, ' if several else ''}{row.indicator} ({row.pattern})"
        for row in patterns.itertuples()
    ]
    return (
        f"The table has {counted(len(growth), 'series', 'series')} of "
        f"{counted(cells['cluster'].nunique(), 'cluster')}: **{counted(len(known), 'value')}**, "
        f"{counted(len(cells) - len(known), 'gap')}. At most **{measured}** of them "
        f"{'was' if measured == 1 else 'were'} measured, **{planned}** "
        f"{'is a target' if planned == 1 else 'are targets'}{rest if unfinished else ''}. "
        f"{len(patterns)} of {len(growth)} series follow a rule of "
        f"arithmetic: {listed(names)}.\n\n*Caveat.* A target says what was intended. What "
        "became of it is not in the table."
    )


def of_trends(trends, series, significance):
    """Say what a test of trend can and cannot show in these series."""
    measured = series[series["standing"].isin(MEASURED)].dropna(subset="value")
    outcomes = measured.groupby(["cluster", "indicator"]).size()
    testable = trends[trends["p_min"] <= significance]
    rising = trends[(trends["p_two_sided"] <= significance) & (trends["s"] > 0)]
    return (
        f"**{len(rising)} of {len(trends)} series** rise from first to last year in a way that "
        f"chance alone would order so in at most {100 * significance:g} % of cases; in "
        f"{len(trends) - len(testable)} no order of the values could show that. "
        f"{_outcomes_words(outcomes, series)}"
    )


def _outcomes_words(outcomes, series):
    if len(series.dropna(subset="value")) == outcomes.sum():
        return "All values were measured."
    most = counted(int(outcomes.max()), "measured value") if len(outcomes) else "one measured value"
    return (
        f"But **no series has more than {most}**: the rest are plans and values of a year under "
        "way. A small p-value of planned values shows that planners wrote rising numbers, nothing "
        "more."
    )


def of_indices(indices, omitted, base_year):
    """Say how far each cluster's indicators are to move together, and what could not enter."""
    last = indices.dropna(subset="base_index").groupby("cluster", sort=False).last()
    parts = [
        f"**{cluster}** {number(row.base_index)} in {row.year} ({row.base_year} = 100)"
        for cluster, row in last.iterrows()
    ]
    left_out = (
        f"{counted(len(omitted), 'series', 'series')} could not enter."
        if len(omitted)
        else "Every series could enter."
    )
    return (
        f"As a geometric mean of base indices: {listed(parts)}. "
        f"{left_out}\n\n"
        "*Caveat.* Years after the base are plans unless marked as measured; equal weight for "
        "every indicator is a convention, not a finding."
    )


def scores_title(scores):
    """Say in a few words how many clusters may be first."""
    certain = (scores["rank_worst"] == 1).sum() or "none"
    first = counted(int((scores["rank_best"] == 1).sum()), "cluster")
    return f"{first} may be first, {certain} certainly {'is' if certain in (1, 'none') else 'are'}"


def of_scores(scores, grades):
    """Say who leads on the evidence and how far the order is certain."""
    first = scores.index[scores["rank_best"] == 1]
    sure = scores.index[scores["rank_worst"] == 1]
    fixed = (scores["rank_best"] == scores["rank_worst"]).sum()
    widest = (scores["rank_worst"] - scores["rank_best"]).idxmax()
    width = scores.loc[widest]
    certain = f"certainly {listed(sure)}" if len(sure) else "none of them certainly"
    range_words = (
        f" The widest range is that of {widest}: score "
        f"{interval(width['score_low'], width['score_high'])}, rank "
        f"{int(width['rank_best'])} to {int(width['rank_worst'])}."
        if width["rank_worst"] > width["rank_best"]
        else ""
    )
    return (
        f"**{counted(len(first), 'cluster')}** may be first: {listed(first)}; {certain}. "
        f"The rank of **{fixed} of {counted(len(scores), 'cluster')}** is fixed."
        f"{range_words}\n\n*Caveat.* The interval is what silence leaves open, not "
        "an error of measurement. It narrows by asking."
    )


def of_ranking(ranked, grades):
    """Say what an explored setting gives, or why it makes no sense."""
    if ranked.refused:
        return f"This combination of choices makes no sense: {ranked.refused}."
    in_order = grades.index.intersection(ranked.scores.index)  # as other notebooks have them
    return of_scores(ranked.scores.loc[in_order], grades)


def of_comparison(coverage, scale, threshold):
    """Say how much evidence the criteria have, and how large the clusters are in their regions."""
    silent = coverage.groupby("cluster", sort=False)["evidence"].any()
    bare = coverage.groupby("criterion", sort=False)["evidence"].any()
    cells = int(coverage["evidence"].sum())
    return (
        f"**{cells} of {len(coverage)}** cells of cluster by criterion "
        f"({number(100 * cells / len(coverage))} %) carry any number, targets included; "
        f"{int((~silent).sum())} of {counted(len(silent), 'cluster')} "
        f"publish{'es' if (~silent).sum() == 1 else ''} none. No cluster has a number "
        f"on: {listed(bare.index[~bare])}. {_scale_words(scale, threshold)}\n\n"
        "*Caveat.* Thin evidence is not evidence that activity is low."
    )


def _scale_words(scale, threshold):
    known = scale.dropna(subset="share_low_pct")
    if known.empty:
        return "No value can be held against a figure of its region."
    below, values = _below(scale, threshold)
    return (
        f"Held against their regions, {below} of {counted(values, 'value')} are below "
        f"{threshold:g} % at either end of the range; the largest is "
        f"{number(known['share_high_pct'].max())} %."
    )


def coverage_title(coverage):
    """Say in a few words how many cells carry a number."""
    return f"{coverage['evidence'].sum()} of {len(coverage)} cells carry a number"


def scale_title(scale, threshold):
    """Say in a few words whether the values reach the threshold."""
    below, known = _below(scale, threshold)
    if not known:
        return "No value can be held against a figure of its region"
    return f"{below} of {counted(known, 'value')} stay below {threshold:g} % of the region's figure"


def _below(scale, threshold):
    """Count the values below a threshold against every figure of their region, and all values.

    A value may be held against several figures, of several periods.
    """
    known = scale.dropna(subset="share_low_pct")
    most = known.groupby(["cluster", "indicator", "year"])["share_high_pct"].max()
    return int((most < threshold).sum()), len(most)


def of_classes(test, lowest):
    """Say whether grade and class of activity go together, as far as so few clusters can show."""
    if test is None:
        return "The clusters do not fall into two classes and two sides of the lowest grade."
    return (
        f"Above *{escaped(lowest)}* or not, by class: Fisher's exact p = "
        f"**{number(test.p_value)}**, as if the clusters had been drawn at random, which they "
        "were not."
    )


def of_kemeny(ranking):
    """Say which order agrees with most pairwise wins, and whether it is the only one."""
    if ranking is None:
        return "Kemeny's order is left out: it is exact, and there are too many clusters for that."
    several = "" if ranking.unique else " Other orders agree with as many: ties are broken at will."
    return f"Kemeny's order at the low ends: {' > '.join(ranking.order)}.{several}"


def heading(cluster):
    """Introduce one cluster, a row of a study's clusters: name, region, class, grade."""
    parts = [cluster["region"], cluster["activity_class"]]
    words = [escaped(part) for part in parts if isinstance(part, str)]
    words.append(f"grade: **{escaped(cluster['grade'])}**")
    return f"## {escaped(cluster['name'])}\n\n{' · '.join(words)}"


def of_cluster(cluster, summed, scores, series):
    """Say what is known, planned, absent, unknown and unreported of one cluster."""
    own = summed[summed["cluster"] == cluster]
    parts = [
        f"{status}: {listed(map(escaped, own.loc[own['status'] == status, 'component']))}"
        for status in STATUSES
        if (own["status"] == status).any()
    ]
    known = "; ".join(parts)
    score = scores.loc[cluster]
    values = series.loc[series["cluster"] == cluster].dropna(subset="value")
    measured = int(values["standing"].isin(MEASURED).sum())
    numbers = (
        f"It publishes {counted(len(values), 'value')}, at most {measured} of them measured."
        if len(values)
        else "It publishes no indicator."
    )
    return (
        f"{known[:1].upper()}{known[1:]}. Evidence score "
        f"**{interval(score['score_low'], score['score_high'])}**, rank "
        f"**{interval(score['rank_best'], score['rank_worst'])}** of {len(scores)}. {numbers}\n\n"
        "*Caveat.* The range is what silence leaves open: asking the cluster would narrow it."
    )


def peers_title(cluster, peers):
    """Say in a few words which clusters are nearest."""
    if peers.empty:
        return f"{cluster} has no other cluster beside it"
    top = peers.iloc[0]
    names = peers["peer"] if len(peers) <= 3 else [f"{len(peers)} others"]
    return (
        f"{cluster} shares {top['matching']} of {top['components']} statuses with {listed(names)}"
    )


def of_grade(cluster, twins, rule, lifts):
    """Say who shares a cluster's evidence, what the best rule gives it and what would lift it."""
    row = rule.clusters.loc[cluster]
    same = [c for group in twins["clusters"] if cluster in group for c in group if c != cluster]
    sure = lifts[lifts["certainty"] == "surely"]
    ways = [listed(map(escaped, components)) for components in sure["components"]]
    reasons = listed(map(escaped, lifts["reason"].unique()), empty="")
    next_step = (
        f"Surely enough for *{escaped(sure['next_grade'].iloc[0])}*: {' or '.join(ways)}."
        if ways
        else f"{reasons[:1].upper()}{reasons[1:] or 'No set of components surely lifts it'}."
    )
    rule_grade = " to ".join(dict.fromkeys(map(escaped, [row["rule_low"], row["rule_high"]])))
    return (
        f"Published grade: **{escaped(row['grade'])}**; the best rule gives it {rule_grade}: "
        f"{EXCEPTION_WORDS[row['exception']]}. Clusters with the same evidence: {listed(same)}. "
        f"{next_step}"
    )


def of_robustness(tested, refused, total):
    """Say which statements on the order hold under every choice, and which do not."""
    counts = tested["standing"].value_counts()
    ahead = tested[tested["kind"] == "ahead"]
    always = ahead[ahead["standing"] == "under every choice"]
    firm = [f"{row.subject} ahead of {row.other}" for row in always.itertuples()]
    first = tested[tested["kind"] == "first"].sort_values("share", ascending=False).iloc[0]
    return (
        f"{total - refused} of {total} combinations of choices make sense. **{first['subject']}** "
        f"is first, alone or shared, in **{first['holds']} of {first['combinations']}**. Of "
        f"{counted(len(ahead), 'order')} between two clusters **{len(always)}** "
        f"{'holds' if len(always) == 1 else 'hold'} under every choice: {listed(firm)}. "
        f"{counted(int(counts.get('under none', 0)), 'statement')} "
        f"{'holds' if counts.get('under none', 0) == 1 else 'hold'} under none.\n\n"
        "*Caveat.* The choices are those we listed: another list would give other "
        "shares. A share of combinations is no probability of being right."
    )


def of_sensitivity(indices):
    """Say which choice moves the ranks most."""
    shift = indices[indices["output"] == "mean rank shift"].dropna(subset="total")
    if shift.empty:
        return "Nothing moves the ranks, or only one thing was varied."
    top = shift.sort_values("total", ascending=False).iloc[0]
    return (
        f"The ranks hang most on **{top['choice']}**: alone it explains "
        f"{number(100 * top['first_order'])} % of the variance of the mean rank shift, with its "
        f"interactions {number(100 * top['total'])} %."
    )
