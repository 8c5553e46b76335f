"""What a study's tables say, in sentences composed from the results, with their caveats.

Each function takes results of the methods and returns Markdown. Nothing is computed here that a
method could compute; no word depends on which study it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis.comparative.grading import equal_evidence_pairs
from analysis.text.index_findings import of_indices as of_indices
from analysis.tidy.standing import MEASURED
from analysis.tidy.wording import counted, escaped, interval, listed, number

if TYPE_CHECKING:
    from typing import Any


def of_components(low: Any, high: Any, matrix: Any, grades: Any, rule: Any) -> Any:
    """Say how many clusters show every component, and whether the grades, if any, follow."""
    full, shows = _complete(low)
    names = f" ({listed(map(escaped, full))})" if len(full) else ""
    open_cells = int((low < high).to_numpy().sum())
    unknown = (
        f"For {open_cells} of {counted(low.size, 'cell')} the source says nothing, or says that it "
        "does not know. That is not the same as absent. A component that is named"
        if open_cells
        else "A component that is named"
    )
    follow = "" if grades is None else f" {_how_grades_follow(matrix, grades, rule)}"
    return (
        f"**{len(full)} of {counted(len(low), 'cluster')}**{names} {shows} every component."
        f"{follow}\n\n"
        f"*Caveat.* {unknown} need not be working."
    )


def _how_grades_follow(matrix, grades, rule):
    if grades.nunique() < 2:
        return "All clusters have the same grade, so it cannot be compared with the evidence."
    twins = [
        f"{escaped(twin.cluster)} ({escaped(twin.grade)}) and {escaped(twin.other)} "
        f"({escaped(twin.other_grade)})"
        for twin in equal_evidence_pairs(matrix, grades).itertuples()
    ]
    same = f" The same evidence, but different grades: {listed(twins)}." if twins else ""
    return (
        f"The grades fit the evidence with **{counted(rule.exception_count, 'exception')}**; no "
        f"rule that never gives a lower grade for more evidence has fewer.{same}"
    )


def components_title(low: Any) -> Any:
    """Say in a few words how many clusters show every component."""
    full, shows = _complete(low)
    every = f"all {low.shape[1]} components" if low.shape[1] > 1 else "the one component"
    return f"{len(full)} of {counted(len(low), 'cluster')} {shows} {every}"


def _complete(low):
    """Return the clusters that show every component, and the verb that goes with so many."""
    full = low.index[(low == 1).all(axis=1)]
    return full, "shows" if 1 in (len(full), len(low)) else "show"


def of_agreement(match: Any) -> Any:
    """Say how far evidence and grade rank the clusters alike, or why that has no answer."""
    if match.tau_b != match.tau_b:
        return f"Evidence and grade cannot be compared as ranks ({escaped(match.reason)})."
    return (
        f"Rank agreement of evidence and grade: tau-b = **{number(match.tau_b)}** over "
        f"{counted(match.n, 'cluster')}. The grades were given for this same evidence, so the two "
        "are bound to agree: this checks consistency only, and no p-value is given."
    )


def of_lists(announced: Any, coded: Any) -> Any:
    """Say which of the components that are coded no list of the method announces."""
    if not len(announced):
        return "The study lists no institutional criteria: nothing was announced."
    unlisted = sorted(set(coded) - set(announced["component"].dropna()))
    names = listed(map(escaped, unlisted))
    return f"Components under the table that the method section does not announce: **{names}**."


def of_prevalence(common: Any) -> Any:
    """Say which components are most and least common, and which depend on how gaps are read."""
    strict = common[common["reading"] == "not reported = absent"].set_index("component")
    spread = common.groupby("component", sort=False)["k"].agg(lambda k: k.max() - k.min())
    most, least = strict["k"].max(), strict["k"].min()
    total = strict["n"].iloc[0]
    top, bottom = (all_with(strict["k"], count) for count in (most, least))
    several = (strict["k"] == most).sum() > 1
    words = (
        f"the most common component{'s are' if several else ' is'} {top} ({most} of {total}), "
        f"the rarest {bottom} ({least} of {total})"
        if most > least
        else f"all components are equally common ({most} of {total})"
    )
    moved = (
        f"The count of {all_with(spread, spread.max())} depends most on that choice"
        if spread.max() > 0
        else "No count depends on that choice"
    )
    return f"If what is not reported counts as absent, {words}. {moved}."


def all_with(values: Any, value: Any) -> Any:
    """Name all rows of a Series that have a value: of several that tie none is the first."""
    return listed(f"**{escaped(name)}**" for name in values.index[values == value])


def of_table(cells: Any, growth: Any) -> Any:
    """Say what one table of indicators holds: clusters, values, gaps, and how many are outcomes."""
    known = cells.dropna(subset="value")
    years = sorted(cells["year"].unique())
    apart = bool(years and years[-1] - years[0] >= len(years))
    measured = known["standing"].isin(MEASURED).sum()
    planned = (known["standing"] == "target").sum()
    unfinished = len(known) - measured - planned
    rest = f", {unfinished} belong{'s' if unfinished == 1 else ''} to a year under way"
    patterns = growth[growth["pattern"].isin(["constant level", "constant step", "constant rate"])]
    several = cells["cluster"].nunique() > 1
    names = [
        f"{f'{escaped(row.cluster)}, ' if several else ''}{escaped(row.indicator)} ({row.pattern})"
        for row in patterns.itertuples()
    ]
    regular = (
        f"{len(patterns)} of {len(growth)} series {'moves' if len(patterns) == 1 else 'move'} as "
        f"regularly as a plan does: {listed(names)}."
        if names
        else f"None of {counted(len(growth), 'series', 'series')} is exactly regular."
    )
    head = (
        f"The table has {counted(_count_of_series(cells), 'series', 'series')} of "
        f"{counted(cells['cluster'].nunique(), 'cluster')}: **{counted(len(known), 'value')}**, "
        f"{counted(len(cells) - len(known), 'gap')}."
    )
    missing = " Some years between the first and the last are missing." * apart
    if measured == len(known):
        regular = regular.replace("as regularly as a plan does", "with exact regularity")
        return f"{head} All values were measured. {regular}{missing}"
    return (
        f"{head} At most **{measured}** of the values "
        f"{'was' if measured == 1 else 'were'} measured, **{planned}** "
        f"{'is a target' if planned == 1 else 'are targets'}{rest if unfinished else ''}. "
        f"{regular}{missing}"
        "\n\n*Caveat.* A target says what was intended. What became of it is not in the table."
    )


def table_title(cells: Any) -> Any:
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
        f"measured, {targets} targets"
    )


def _count_of_series(cells):
    return len(cells[["cluster", "indicator"]].drop_duplicates())


def of_left_out(series: Any, kept: Any) -> Any:
    """Say how many values of series were left out as not measured; empty where none was."""
    values = int(series["value"].count() - kept["value"].count())
    gone = _count_of_series(series) - _count_of_series(kept)
    if len(series) == len(kept):
        return ""
    whole = f"{counted(gone, 'series', 'series')} that {'has' if gone == 1 else 'have'} no other"
    return (
        f" Left out: {counted(values, 'value')} that {'was' if values == 1 else 'were'} not "
        f"measured{f', and with them {whole}' if gone else ''}."
    )


def of_trends(trends: Any, series: Any, significance: Any) -> Any:
    """Say what a test of trend can and cannot show in these series.

    Of several series, those are named whose q, the false discovery rate over all of them, is small.
    """
    if series["year"].nunique() == 1:
        return f"All values are of one year, {series['year'].iloc[0]}: one year has no trend."
    measured = series[series["standing"].isin(MEASURED)].dropna(subset="value")
    outcomes = measured.groupby(["cluster", "indicator"]).size()
    testable = trends[trends["p_min"] <= significance]
    tests = int(trends["p_two_sided"].notna().sum())
    found = trends[trends["q_two_sided" if tests > 1 else "p_two_sided"] <= significance]
    rising, falling = int((found["s"] > 0).sum()), int((found["s"] < 0).sum())
    alone = int((trends["p_two_sided"] <= significance).sum())
    criterion = (
        f"(exact test, Benjamini and Hochberg's q at most {significance:g} over "
        f"{counted(tests, 'test')}; p alone would name {alone})"
        if tests > 1
        else f"(exact p at most {significance:g})"
    )
    never = len(trends) - len(testable)
    return (
        f"{_outcomes_words(outcomes, series)}"
        f"By a Mann-Kendall test, **{rising} of {counted(len(trends), 'series', 'series')} "
        f"rise{'s' * (rising == 1)}** and **{falling} fall{'s' * (falling == 1)}** significantly "
        f"{criterion}; {never} {'is' if never == 1 else 'are'} too short, or "
        f"{'has' if never == 1 else 'have'} too many equal values, to reach that whatever their "
        "order."
    )


def _outcomes_words(outcomes, series):
    """Say first how many values can be outcomes: what a trend of the others means hangs on it."""
    known, measured = len(series.dropna(subset="value")), int(outcomes.sum())
    if known == measured:
        return "All values were measured. " if known else "There is no value. "
    verb = "is an outcome" if measured == 1 else "are outcomes"
    seen = (
        f"At most {measured} of {counted(known, 'value')} {verb}**, "
        f"never more than {outcomes.max()} in one series; the others are"
        if measured
        else "No value is an outcome**: all are"
    )
    return (
        f"**{seen} targets or belong to a year under way. A trend of targets describes the plan: a "
        "small p-value shows that its numbers stand in order, not that anything happened.\n\n"
    )


def index_title(drawn: Any) -> Any:
    """Say in a few words how far the indices of the last year are apart, and if it is planned."""
    last = drawn.dropna(subset="base_index")
    last = last[last["year"] == last["year"].max()]
    if last.empty:
        return "No index can be computed"
    low, high = (number(end) for end in (last["base_index"].min(), last["base_index"].max()))
    what = "The targets" if (last["standing"] == "target").all() else "The values"
    span = f"run from {low} to {high}" if low != high else f"stand at {low}"
    return f"{what} for {last['year'].iloc[0]} {span} (base year = 100)"


def scores_title(scores: Any) -> Any:
    """Say in a few words who is first, and whether that is certain."""
    sure = list(scores.index[scores["rank_worst"] == 1])
    maybe = int((scores["rank_best"] == 1).sum()) - len(sure)
    if not sure:
        return f"No cluster is certainly first: {maybe} of {len(scores)} could be"
    verb = "is" if len(sure) == 1 else "are"
    level = f"; {counted(maybe, 'other')} could draw level" if maybe else ""
    return f"{listed(sure, most=3)} {verb} first whatever is unknown{level}"


def ranks_title(scores: Any) -> Any:
    """Say in a few words how many ranks are certain."""
    fixed = int((scores["rank_best"] == scores["rank_worst"]).sum())
    return f"The rank of {fixed} of {counted(len(scores), 'cluster')} is certain"


def of_scores(scores: Any, grades: Any, *, outer: bool = False) -> Any:
    """Say who leads on the evidence and how far the order is certain.

    `outer`: the ends of the ranges may be out of reach, as under a relative normalisation.
    """
    first = scores.index[scores["rank_best"] == 1]
    sure = scores.index[scores["rank_worst"] == 1]
    fixed = (scores["rank_best"] == scores["rank_worst"]).sum()
    verb = "is" if len(sure) == 1 else "are"
    certain = (
        f"**{listed(map(escaped, sure))}** {verb} first whatever is unknown"
        if len(sure)
        else "No cluster is first whatever is unknown"
    )
    others = [escaped(name) for name in first if name not in sure]
    level = (
        f"; {listed(others)} could {'draw level' if len(sure) else 'be first'}" if others else ""
    )
    opened = (scores["rank_best"] < scores["rank_worst"]).any()
    bounds = (
        " These ranges are outer bounds: the normalisation compares each cluster with the others, "
        "so not all their ends are possible, and the order may be more certain than they show."
    )
    return (
        f"{certain}{level}. The rank of **{fixed} of {counted(len(scores), 'cluster')}** is "
        f"certain.{_widest(scores)}{bounds if outer and opened else ''}\n\n"
        "*Caveat.* This scores the institutional components only, not the indicators. The range "
        "comes from what is unknown or not reported, not from an error of measurement; asking the "
        "clusters would narrow it."
    )


def _widest(scores):
    """Say whose rank is the least certain, if any is open."""
    width = scores["rank_worst"] - scores["rank_best"]
    widest = scores[width == width.max()]
    if width.max() == 0:
        return ""
    if len(widest) > 1:
        return (
            f" The least certain, each with {int(width.max()) + 1} possible ranks: "
            f"{listed(map(escaped, widest.index))}."
        )
    row = widest.iloc[0]
    return (
        f" The least certain is {escaped(widest.index[0])}: score "
        f"{interval(row['score_low'], row['score_high'])}, rank "
        f"{int(row['rank_best'])} to {int(row['rank_worst'])}."
    )


def of_other_reading(scores: Any, other: Any) -> Any:
    """Say on which reading of the source a certain first place rests.

    `scores` and `other` are evidence scores under the first and the other reading of what the
    source says of components; see `alternative_status`.
    """
    first, again = (frame.index[frame["rank_worst"] == 1] for frame in (scores, other))
    if scores[["score_low", "score_high"]].equals(other[["score_low", "score_high"]]):
        return "No item has another reading."
    lost = other.loc[first.difference(again, sort=False)]
    told = [
        f"{escaped(name)} has {interval(row['score_low'], row['score_high'])} and rank "
        f"{interval(row['rank_best'], row['rank_worst'])}"
        for name, row in lost.iterrows()
    ]
    if told:
        return f"That rests on the first reading of the source: in the other one {listed(told)}."
    return "In the other reading of the source as well." if len(first) else ""


def of_ranking(ranked: Any, grades: Any, *, outer: bool = False) -> Any:
    """Say what an explored setting gives, or why it makes no sense; `outer` as in `of_scores`."""
    if ranked.refused:
        return f"This combination of choices makes no sense: {ranked.refused}."
    in_order = grades.index.intersection(ranked.scores.index)  # as other notebooks have them
    return of_scores(ranked.scores.loc[in_order], grades, outer=outer)


def of_comparison(coverage: Any, scale: Any, threshold: Any) -> Any:
    """Say how much evidence the criteria have, and how large the clusters are in their regions."""
    silent = coverage.groupby("cluster", sort=False)["evidence"].any()
    bare = coverage.groupby("criterion", sort=False)["evidence"].any()
    cells = int(coverage["evidence"].sum())
    return (
        f"**{cells} of {len(coverage)}** cells of cluster by criterion "
        f"({number(100 * cells / len(coverage))} %) have any number, targets included; for "
        f"{int((~silent).sum())} of {counted(len(silent), 'cluster')} the source prints none. "
        f"{_bare_words(bare.index[~bare])}{_scale_words(scale, threshold)}\n\n"
        "*Caveat.* Thin evidence is not evidence that activity is low."
    )


def _bare_words(criteria):
    """Name the criteria on which no cluster has a number."""
    names = [escaped(name.replace("-", " ")) for name in criteria]
    return f"Criteria without any number: {listed(names)}. " if names else ""


def _scale_words(scale, threshold):
    known = scale.dropna(subset="share_low_pct")
    if known.empty:
        return "No value can be compared with a figure of its region."
    below, values = _below(scale, threshold)
    return (
        f"Compared with their regions, {below} of {counted(values, 'value')} "
        f"{'is' if below == 1 else 'are'} below {threshold:g} % even by the smallest regional "
        f"figure; the largest is {number(known['share_high_pct'].max())} %."
    )


def coverage_title(coverage: Any) -> Any:
    """Say in a few words how many cells have a number, and of how many clusters."""
    known = coverage[coverage["evidence"]]
    clusters = f"{known['cluster'].nunique()} of {coverage['cluster'].nunique()} clusters"
    return f"{len(known)} of {len(coverage)} cells have a number, from {clusters}"


def scale_title(scale: Any, threshold: Any) -> Any:
    """Say in a few words whether the values reach the threshold."""
    below, known = _below(scale, threshold)
    if not known:
        return "No value can be compared with a figure of its region"
    return f"{below} of {counted(known, 'value')} stay below {threshold:g} % of the region's figure"


def _below(scale, threshold):
    """Count the values below a threshold against every figure of their region, and all values.

    A value may be held against several figures, of several periods.
    """
    known = scale.dropna(subset="share_low_pct")
    most = known.groupby(["cluster", "indicator", "year"])["share_high_pct"].max()
    return int((most < threshold).sum()), len(most)


def of_classes(test: Any, lowest: Any) -> Any:
    """Say whether grade and class of activity go together, as far as so few clusters can show."""
    if test is None:
        return "The clusters do not fall into two classes and two sides of the lowest grade."
    return (
        f"Above *{escaped(lowest)}* or not, by class: Fisher's exact p = "
        f"**{number(test.p_value)}**, as if the clusters had been drawn at random, which they "
        "were not."
    )


def of_kemeny(ranking: Any) -> Any:
    """Say which order agrees with most pairwise wins, and whether it is the only one."""
    if ranking is None:
        return "Kemeny's order is left out: there are too many clusters to find it exactly."
    several = "" if ranking.unique else " Other orders agree with as many; this is one of them."
    order = " > ".join(map(escaped, ranking.order))
    return f"Kemeny's order at the low ends: {order}.{several}"
