"""Claims of the discussion: the state of potential, its weight, what should follow."""

from collections import Counter
from itertools import compress

from analysis.comparative.scale import break_even
from analysis.tidy.records import records
from analysis.tidy.wording import counted, listed, number
from article.claims.notebooks import COVERAGE, PRINTED, SAME_THINGS
from article.claims.reading import (
    INNOVATION,
    JOBS,
    cluster_count,
    growth,
    innovation_rows,
    measured_cells,
    printed,
    regional_shares,
    rows_on,
    serving,
    shares_without,
)
from article.claims.registry import Finding, NoData, check, not_empirical


@check(
    "F51",
    COVERAGE,
    uses=("clusters", "criteria", "series"),
    rule="Supported only by measured values that lie below a level or benchmark printed for them; "
    "without a level, not shown.",
)
def limited_potential(study, _):
    """Innovation potential is severely limited."""
    known, cells = measured_cells(study)
    return Finding(
        "not shown",
        f"{known} of {cells} cells of cluster and criterion hold a measured value, and no level or "
        "benchmark is printed to call any of them low. Thin evidence is not evidence that the "
        "potential is small.",
        statistic="share of cells of cluster and criterion with a measured value",
        value=known / cells,
        needs="outcomes on the six criteria for each cluster, by year; the same for other clusters "
        "or regions as a benchmark",
    )


@check(
    "F52",
    PRINTED,
    threshold=0.9,
    share=True,
    rule="Supported if in both readings at least {threshold} of the documents printed have no row "
    "on innovation itself; partly if some have none; contradicted if each has one.",
)
def documents_ignore_it(study, threshold):
    """Strategic documents practically ignore developing innovation potential."""
    having = innovation_rows(study)
    first, other = shares_without(having)
    verdict = "partly supported" if max(first, other) > 0 else "contradicted"
    tables = [f"Table {table}" for table, there in having["first"].items() if not there]
    return Finding(
        "supported" if min(first, other) >= threshold else verdict,
        f"Without a row on innovation itself: {listed(tables)}, of "
        f"{counted(len(having), 'document')} that the tables are taken from. What the documents "
        "say beside their indicators is not printed.",
        statistic="share of the documents without a row on innovation",
        value=first,
        low=min(first, other),
        high=max(first, other),
        needs="programme or strategy of every cluster: its aims, indicators and measures",
    )


@check(
    "F53",
    SAME_THINGS,
    threshold=0.5,
    share=True,
    rule="Supported if at least {threshold} of the tables have it and no other concept is in more, "
    "whether or not a share of such jobs counts beside their number; partly if only when it "
    "counts; else contradicted.",
)
def jobs_most_common(study, threshold):
    """High-performance jobs are the most common indicator."""
    rows = printed(study)
    printed_in, in_number, rows_of = {}, set(), Counter(rows["concept"].tolist())
    for table, concept, kind in records(rows, "table", "concept", "kind"):
        printed_in.setdefault(concept, set()).add(table)
        if concept == JOBS and kind != "share":
            in_number.add(table)
    tables = len(set().union(*printed_in.values()))
    counts = [len(printed_in.pop(JOBS, ())), len(in_number)]
    spread = {name: len(printed_in[name]) for name in sorted(printed_in)}
    most = max(spread.values(), default=0)
    lenient, strict = (count >= max(most, 1) and count / tables >= threshold for count in counts)
    commonest = [concept for concept, count in spread.items() if count == most]
    second = listed(commonest)
    return Finding(
        "supported" if strict else "partly supported" if lenient else "contradicted",
        f"Such jobs are in {counts[0]} of {tables} tables, as a number in {counts[1]}; next comes "
        f"{second}, in {most}. Rows on such jobs: {rows_of[JOBS]}; on {second}: "
        f"{sum(rows_of[concept] for concept in commonest)}.",
        statistic="share of the tables with high-performance jobs",
        value=counts[0] / tables,
        low=counts[1] / tables,
        high=counts[0] / tables,
    )


@check(
    "F54",
    "03-comparison#against-the-region",
    uses=("clusters", "indicators", "series", "context"),
    threshold=1.0,
    rule="Supported if for each cluster with a number of such jobs and a regional figure, planned "
    "years included, they are below {threshold} % of the employed in the region at either end of "
    "its range; contradicted if all are at or above it; else partly.",
)
def small_in_the_region(study, threshold):
    """High-performance jobs are insignificant on the regional scale."""
    columns = ("cluster", "certainty", "period", "share_low_pct", "share_high_pct")
    scale = [row for row in records(regional_shares(study, JOBS), *columns) if row[3] == row[3]]
    if not scale:
        raise NoData("number of such jobs with the employed of its region")
    low, high = min(row[3] for row in scale), max(row[4] for row in scale)
    verdict = "contradicted" if low >= threshold else "partly supported"
    sure = {}  # the first figure of each cluster
    for cluster, certainty, period, *_ in scale:
        sure.setdefault(cluster, f"{cluster}: {certainty}, of {period}")
    lacking = sorted(set(rows_on(study, JOBS)["cluster"].tolist()).difference(sure))
    return Finding(
        "supported" if high < threshold else verdict,
        f"At most {number(high)} % of the employed, in any printed year. That can be said of "
        f"{len(sure)} of {counted(cluster_count(study), 'cluster')} (certainty of the regional "
        f"figure: {listed(sure.values())}), and not of {listed(lacking, 'any other')}, whose jobs "
        "are printed without a base or whose region has no figure.",
        statistic="largest share of the employed in the region, per cent",
        value=high,
        low=low,
        high=high,
        break_even=break_even(low, high, threshold),
        needs="employed of each region, 2016-2020; number of such jobs in each cluster and region",
    )


@check(
    "F55",
    "04-trends#how-fast",
    threshold=1.0,
    rule="Supported if every row on innovation grows over the years printed to less than "
    "{threshold} times what high-performance jobs of the same table grow to; contradicted if none "
    "does; else not shown. Units differ, so that levels cannot be compared.",
)
def less_impressive(study, threshold):
    """Innovative products, research and development are even less impressive."""
    rows = printed(study)
    named = list(records(rows, "table", "indicator", "concept"))
    ratios = {
        name: growth(study, name, jobs_beside)
        for table, name, _ in compress(named, serving(rows, INNOVATION))
        for jobs_table, jobs_beside, concept in named
        if concept == JOBS and table == jobs_table
    }
    ratios = {name: ratio for name, ratio in ratios.items() if ratio is not None}
    if not ratios:
        raise NoData("row on innovation with high-performance jobs of the same years beside it")
    lower = sum(ratio < threshold for ratio in ratios.values())
    verdict = "not shown" if lower else "contradicted"
    words = [f"{name} {number(ratio)} times" for name, ratio in ratios.items()]
    return Finding(
        "supported" if lower == len(ratios) else verdict,
        f"Growth over the years printed, against that of the jobs: {listed(words)}. These are "
        "targets in units of their own, and no scale is printed on which they would be small.",
        statistic="share of the rows on innovation that grow less than the jobs",
        value=lower / len(ratios),
        needs="innovative products and R&D of each cluster and its region, as achieved, by year",
    )


not_empirical(
    "F56",
    "A report of literature on other countries. The studies it rests on are outside the article, "
    "and no common measure is given by which clusters here and there could be compared.",
)


not_empirical(
    "F57",
    "A conclusion of theory: which role follows from a given potential is not a matter of these "
    "data, and its premise is examined apart.",
)


not_empirical(
    "F58",
    "A judgement of what the clusters are good for. The jobs that the tables plan bear on one part "
    "of it, employment; they are plans, and say nothing of diversification or stability.",
)


not_empirical(
    "F66",
    "A recommendation of two directions. Whether they work could be seen in clusters that took "
    "them, against those that did not.",
)


not_empirical(
    "F67",
    "A forecast on the condition that potential is developed; later tasks of the clusters and "
    "differences between territories would decide it.",
)
