"""What a study's tables say, in sentences composed from the results, with their caveats.

Each function takes results of the methods and returns Markdown. Nothing is computed here that a
method could compute; no word depends on which study it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis.text.component_findings import all_with as all_with
from analysis.text.component_findings import of_agreement as of_agreement
from analysis.text.component_findings import of_components as of_components
from analysis.text.component_findings import of_lists as of_lists
from analysis.text.component_findings import of_prevalence as of_prevalence
from analysis.text.index_findings import of_indices as of_indices
from analysis.text.titles.study import all_known, below_threshold
from analysis.text.titles.study import certain_ranks_title as ranks_title  # noqa: F401
from analysis.text.titles.study import components_title as components_title
from analysis.text.titles.study import coverage_title as coverage_title
from analysis.text.titles.study import index_title as index_title
from analysis.text.titles.study import scale_title as scale_title
from analysis.text.titles.study import scores_title as scores_title
from analysis.text.titles.study import table_title as table_title
from analysis.tidy.standing import MEASURED
from analysis.tidy.wording import counted, escaped, interval, listed, number

if TYPE_CHECKING:
    from typing import Any

PLAN = "as regularly as a plan does"


def of_table(cells: Any, growth: Any) -> Any:
    """Say what one table of indicators holds: clusters, values, gaps, and how many are outcomes."""
    known = cells.dropna(subset="value")
    years = sorted(cells["year"].unique())
    apart = bool(years and years[-1] - years[0] >= len(years))
    measured = int(known["standing"].isin(MEASURED).sum())
    planned = int((known["standing"] == "target").sum())
    unfinished = len(known) - measured - planned
    rest = f", {unfinished} belong{'s' if unfinished == 1 else ''} to a year under way"
    regular = _regularity(
        cells, growth, "with exact regularity" if measured == len(known) else PLAN
    )
    what = counted(_count_of_series(cells), "series", "series")
    if len(years) == 1:
        what = counted(cells["indicator"].nunique(), "indicator")
    head = (
        f"The table has {what} of {counted(cells['cluster'].nunique(), 'cluster')}"
        f"{f' in {years[0]}' if len(years) == 1 else ''}: **{counted(len(known), 'value')}**, "
        f"{counted(len(cells) - len(known), 'gap')}."
    )
    missing = " Some years between the first and the last are missing." * apart
    if measured == len(known):
        return f"{head} No value is a target. {regular}{missing}".rstrip()
    return (
        f"{head} At most **{measured}** of the values "
        f"{'was' if measured == 1 else 'were'} measured, **{planned}** "
        f"{'is a target' if planned == 1 else 'are targets'}{rest if unfinished else ''}. "
        f"{regular}{missing}"
        "\n\n*Caveat.* A target says what was intended. What became of it is not in the table."
    )


def _regularity(cells, growth, how):
    """Name the series that move in equal steps, at one rate or not at all; none is one value."""
    told = growth[growth["n"] > 2]  # two values are in equal steps always
    if not len(told):
        return ""
    patterns = told[told["pattern"].isin(["constant level", "constant step", "constant rate"])]
    several = cells["cluster"].nunique() > 1
    names = [
        f"{f'{escaped(row.cluster)}, ' if several else ''}{escaped(row.indicator)} ({row.pattern})"
        for row in patterns.itertuples()
    ]
    base = f"{counted(len(told), 'series', 'series')} with three values or more"
    if not names:
        return f"None of {base} is exactly regular."
    verb = "moves" if len(patterns) == 1 else "move"
    return f"{len(patterns)} of {base} {verb} {how}: {listed(names)}."


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
        return "No value is a target. " if known else "There is no value. "
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


def of_scores(scores: Any, grades: Any, *, outer: bool = False) -> Any:
    """Say who leads on the evidence and how far the order is certain.

    `outer`: the ends of the ranges may be out of reach, as under a relative normalisation.
    """
    first = scores.index[scores["rank_best"] == 1]
    sure = scores.index[scores["rank_worst"] == 1]
    fixed = (scores["rank_best"] == scores["rank_worst"]).sum()
    verb = "is" if len(sure) == 1 else "are"
    known = all_known(scores)
    certain = (
        f"**{listed(map(escaped, sure))}** {verb} first{'' if known else ' whatever is unknown'}"
        if len(sure)
        else "No cluster is first whatever is unknown"
    )
    others = [escaped(name) for name in first if name not in sure]
    level = (
        f"; {listed(others)} could {'draw level' if len(sure) else 'be first'}" if others else ""
    )
    opened = (scores["rank_best"] < scores["rank_worst"]).any()
    source = (
        ""
        if known
        else " The range comes from what is unknown or not reported, which the clusters themselves "
        "could tell, and not from an error of measurement."
    )
    bounds = (
        " These ranges are outer bounds: the normalisation compares each cluster with the others, "
        "so not all their ends are possible, and the order may be more certain than they show."
    )
    return (
        f"{certain}{level}. The rank of **{fixed} of {counted(len(scores), 'cluster')}** is "
        f"certain.{_widest(scores)}{bounds if outer and opened else ''}\n\n"
        f"*Caveat.* This scores the institutional components only, not the indicators.{source}"
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
    below, values = below_threshold(scale, threshold)
    return (
        f"Compared with their regions, {below} of {counted(values, 'value')} "
        f"{'is' if below == 1 else 'are'} below {threshold:g} % even by the smallest regional "
        f"figure; the largest is {_largest_share(known)}."
    )


def _largest_share(known):
    """Word the largest share of a region; beside one not measured, the largest that was."""
    largest = known.loc[known["share_high_pct"].idxmax()]
    words = f"{number(largest['share_high_pct'])} %"
    if largest["standing"] in MEASURED:
        return words
    kind = "a target" if largest["standing"] == "target" else "of a year under way"
    measured = known.loc[known["standing"].isin(MEASURED), "share_high_pct"]
    beside = (
        f"at most {number(measured.max())} % was measured" if len(measured) else "none was measured"
    )
    return f"{words}, {kind}; {beside}"


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
    """Say which order agrees with most pairwise wins; of several, where each cluster stands.

    >>> import pandas as pd
    >>> from analysis.composite import kemeny
    >>> data = pd.DataFrame({"jobs": [3, 1, 2], "sales": [2, 1, 3]}, index=list("abc"))
    >>> of_kemeny(kemeny(data)).partition(" Places in all of them: ")[2]
    'a and c 1 to 2 and b 3.'
    """
    if ranking is None:
        return "Kemeny's order is left out: there are too many clusters to find it exactly."
    if ranking.unique:
        order = " > ".join(map(escaped, ranking.order))
        return f"Kemeny's order, at the low ends of the scores: {order}."
    places = ranking.ranks.sort_values(["rank_best", "rank_worst"], kind="stable")
    alike = places.groupby(["rank_best", "rank_worst"], sort=False).groups
    told = [
        f"{listed(map(escaped, names), most=len(names))} {interval(*ends)}"
        for ends, names in alike.items()
    ]
    return (
        "Kemeny, at the low ends of the scores: several orders agree with equally many pairs. "
        f"Places in all of them: {listed(told, most=len(told))}."
    )
