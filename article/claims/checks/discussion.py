"""Claims of the discussion: the state of potential, its weight, its causes (F51-F67, F75)."""

from collections import Counter
from itertools import compress

from analysis.comparative.scale import break_even
from analysis.tidy.records import records
from analysis.tidy.wording import counted, interval, listed, number
from article.claims.figures import SIZE, greatest, growth
from article.claims.framing import measured_cells
from article.claims.indicators import innovation_rows, new_jobs_per_graduate, shares_without
from article.claims.reading import (
    INNOVATION,
    JOBS,
    cluster_count,
    printed,
    regional_shares,
    rows_on,
    serving,
    valued,
)
from article.claims.registry import Finding, NoData, check, not_empirical, not_testable


@check(
    "F51",
    "03-comparison#what-evidence-there-is-on-each-criterion",
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
    "02-quantitative-indicators#the-table-as-printed",
    threshold=0.9,
    most=1.0,
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
    "03-comparison#do-they-count-the-same-things",
    threshold=0.5,
    most=1.0,
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
not_testable(
    "F59",
    "number of member firms and of employees of each cluster, by year",
    "measured innovation of the same clusters: new products, R&D spending, patents, by year",
    "the same for larger clusters, to find a size below which innovation stays away",
    why=lambda study: (
        f"A number of firms is printed for {counted(_sized(study), 'cluster')} of "
        f"{cluster_count(study)}, so size cannot be held against anything."
    ),
)


@check(
    "F60",
    "02-quantitative-indicators#the-table-as-printed",
    threshold=50,
    rule="Tested on clusters measured at {threshold} or more firms that have measured research and "
    "development: supported if it is zero in all, contradicted if it is above zero in all, partly "
    "if mixed; not shown where there is no such cluster.",
)
def many_firms_may_not_suffice(study, threshold):
    """Even 50-100 pooled small firms may not suffice for institutions and R&D of their own."""
    known = valued(study, measured=True)
    cells = list(records(known, "cluster", "concept", "value"))
    research = greatest(compress(cells, serving(known, ["research-development"])))
    sizes = greatest(cell for cell in cells if cell[1] == SIZE)
    large = {cluster: sizes[cluster] for cluster in sorted(sizes) if sizes[cluster] >= threshold}
    own = {cluster: research[cluster] for cluster in large if cluster in research}
    if not own:
        verdict = "not shown"
    elif not any(own.values()):
        verdict = "supported"
    else:
        verdict = "contradicted" if min(own.values()) > 0 else "partly supported"
    words = [f"{cluster} ({number(size)})" for cluster, size in large.items()]
    return Finding(
        verdict,
        f"Clusters of that size: {listed(words)}; with a measured row on research: "
        f"{listed(own)}. A table that is silent on research does not say that there is none.",
        statistic="clusters of that size with measured research and development",
        value=len(own),
        needs="per cluster: R&D spending, R&D staff and own institutes, with the number of firms",
    )


@check(
    "F61",
    "05-indices#a-ratio-taken-apart",
    threshold=1.0,
    rule="Partly supported if in every measured year fewer than {threshold} new job came up per "
    "graduate, contradicted if in none; else, and as long as no year is measured, not shown. The "
    "ratio bears on the labour market, not on competences.",
)
def small_labour_market(study, threshold):
    """Internal labour market and competences are too small."""
    ratios = new_jobs_per_graduate(study)
    measured = new_jobs_per_graduate(study, measured=True)
    if not len(ratios):
        raise NoData("year with graduates and with jobs in the year before")
    low, high = min(ratios.tolist()), max(ratios.tolist())
    fewer = [ratio < threshold for ratio in measured.tolist()]
    below = sum(fewer) / len(fewer) if fewer else 0.5
    verdict = {1.0: "partly supported", 0.0: "contradicted"}.get(below, "not shown")
    return Finding(
        verdict,
        f"New high-performance jobs per graduate in one cluster: "
        f"{interval(low, high)}, {len(measured)} of {len(ratios)} years measured. "
        "Below one, more people leave the university than such jobs come up: a sign of few places "
        "rather than of few skilled people.",
        statistic="new high-performance jobs per graduate, mean of the years",
        value=float(ratios.mean()),
        low=low,
        high=high,
        needs="jobs by occupation, vacancies, hires of graduates and skills of staff, per cluster",
    )


not_testable(
    "F62",
    "outcomes of each exhibition site and training programme: users, trainees placed, new products",
    "the same outcomes in clusters with a complete innovation system, before and after",
    why="No outcome of a site or a programme is printed, nor which effect was expected.",
)
not_testable(
    "F63",
    "per cluster: transfer offices and contracts, licences bought and sold, with years and sums",
    "per region: turnover of licences, and buyers of innovative products among firms",
    why="Neither a mechanism of transfer nor a market for innovation has a row in any table.",
)
not_testable(
    "F64",
    "members of every cluster in the Russian register, by kind: institute, university, firm",
    "joint projects and contracts of these members, and innovation outcomes, by cluster and year",
    why="Membership is not printed by kind, and no outcome that it could be held against.",
)
not_testable(
    "F65",
    "the same measures of transfer and innovation for clusters of large firms, by year",
    why="Every cluster of the article is of small and medium-sized enterprises: there is no group "
    "to compare them with.",
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
not_testable(
    "F75",
    "list of the basic universities, with their programmes of transfer to small firms, by year",
    "courses in technological entrepreneurship: universities offering them, places, graduates",
    why="No table has a row on universities' aims; the one on graduates counts those of one "
    "university in one field.",
)


def _sized(study):
    cells = records(rows_on(study, SIZE), "cluster", "value")
    return len({cluster for cluster, value in cells if value == value})
