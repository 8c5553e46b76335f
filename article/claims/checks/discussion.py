"""Claims of the discussion: the state of potential, its weight, what should follow."""

from itertools import compress

from analysis.comparative.scale import break_even
from analysis.tidy.records import records
from analysis.tidy.wording import counted, listed, number
from article.claims.checks.abstract import level_found
from article.claims.notebooks import COVERAGE, PRINTED, SAME_THINGS
from article.claims.reading import (
    INNOVATION,
    JOBS,
    cluster_count,
    growth,
    innovation_rows,
    printed,
    quantitative,
    regional_shares,
    rows_on,
    serving,
)
from article.claims.registry import Finding, NoData, check, not_empirical, not_testable
from article.claims.yardsticks import at_least


@check(
    "F51",
    COVERAGE,
    uses=("clusters", "criteria", "series"),
    threshold=0.5,
    share=True,
    rule="Not shown below {threshold} of the cells (cluster by quantitative criterion) with a "
    "measured value. From there on supported if all measured values on the six criteria are zero, "
    "which is little without any benchmark; else not shown, as none is printed.",
)
def limited_potential(study, threshold):
    """Innovation potential is severely limited."""
    return level_found(study, threshold, quantitative(study), "potential")


@check(
    "F52",
    PRINTED,
    uses=("clusters", "series"),
    hedge="practically",
    rule="Of the planning documents of all clusters, those printed and the others read either way: "
    "supported if at least {threshold} certainly have no row on innovation itself, in either "
    "coding; "
    "contradicted if so many cannot, since the others have one; else not shown.",
)
def documents_ignore_it(study, threshold):
    """Planning documents practically do not touch on developing innovation potential."""
    having, clusters = innovation_rows(study), cluster_count(study)
    found = [having[reading].tolist() for reading in having]
    without = [row.count(False) for row in found]
    sure = sum(any(reading) for reading in zip(*found, strict=True))
    with_row = [f"Table {table}" for table, there in having["first"].items() if there]
    low, high = min(without) / clusters, 1 - min(sure, *map(sum, found)) / clusters
    return Finding(
        at_least(low, high, threshold),
        f"With a row on innovation itself: {listed(with_row)}, of "
        f"{counted(len(having), 'document')} that the tables are taken from; of the other "
        f"{clusters - len(having)} clusters the article prints none. Even if none of these had "
        f"such a row, {number(100 * high)} % of the documents would not. What a document says "
        "beside its indicators is not printed.",
        statistic="share of the clusters' documents without a row on innovation, at least",
        value=without[0] / clusters,
        low=low,
        high=high,
        needs="programme or strategy of every cluster: its aims, indicators and measures",
    )


@check(
    "F53",
    SAME_THINGS,
    threshold=0.5,
    share=True,
    rule="Supported if more than {threshold} of the tables have such jobs as a number and more "
    "than have any other concept as one and the same kind of number; partly if only when a share "
    "counts as the same indicator, here and elsewhere; else contradicted. A tie is not the most.",
)
def jobs_most_common(study, threshold):
    """The number of high-performance jobs is the most common indicator."""
    rows = list(records(printed(study), "table", "concept", "kind", "unit"))
    tables = len({table for table, *_ in rows})
    loose, strict = (_spread(rows, apart) for apart in (False, True))
    own, most = (
        [max((n for key, n in found.items() if (key[0] == JOBS) == jobs), default=0)
         for found in (loose, strict)]
        for jobs in (True, False)
    )  # fmt: skip
    lenient, sure = (count > other and count / tables > threshold
                     for count, other in zip(own, most, strict=True))  # fmt: skip
    ties = sorted({key[0] for key, count in strict.items() if key[0] != JOBS and count == most[1]})
    return Finding(
        "supported" if sure and lenient else "partly supported" if lenient else "contradicted",
        f"Such jobs are in {own[0]} of {tables} tables, as a number in {own[1]}. The next concept "
        f"is in {most[0]}, as one kind of number in {most[1]} ({listed(ties)}). It is the most "
        "common if a share and a number are taken for one indicator.",
        statistic="share of the tables with high-performance jobs",
        value=own[0] / tables,
        low=own[1] / tables,
        high=own[0] / tables,
    )


def _spread(rows, apart):
    """Count the tables of each concept; `apart` by unit as well, shares left out."""
    found = {}
    for table, concept, kind, unit in rows:
        if concept == concept and not (apart and kind == "share"):
            found.setdefault((concept, unit) if apart else (concept,), set()).add(table)
    return {key: len(tables) for key, tables in found.items()}


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
    scale = [s for s in regional_shares(study, JOBS) if s.share_low_pct == s.share_low_pct]
    if not scale:
        raise NoData("number of such jobs with the employed of its region")
    low, high = min(s.share_low_pct for s in scale), max(s.share_high_pct for s in scale)
    verdict = "contradicted" if low >= threshold else "partly supported"
    sure = {}  # the first figure of each cluster
    for share in scale:
        sure.setdefault(share.cluster, f"{share.cluster}: {share.certainty}, of {share.period}")
    lacking = sorted({cell.cluster for cell in rows_on(study, JOBS)}.difference(sure))
    return Finding(
        "supported" if high < threshold else verdict,
        f"At most {number(high)} % of the employed, in any printed year. The claim is on the "
        "number, so that clusters for which none is printed are no case of it. That can be said of "
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


not_testable(
    "F90",
    "strategies of the regions and municipalities: their key directions, by name and year",
    "per cluster: what it did for each of them, by year",
    why="No strategy of a region is printed, and of what clusters did for diversification, "
    "imports or employment only planned jobs are.",
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
