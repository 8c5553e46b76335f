"""Claims of the discussion: the state of potential, its weight, its causes (F51-F67, F75)."""

from analysis.records import records
from analysis.scale import break_even, regional_scale
from analysis.wording import counted, interval, listed, number
from article.claims.framing import measured_cells
from article.claims.indicators import innovation_rows, new_jobs_per_graduate
from article.claims.reading import INNOVATION, JOBS, printed, rows_on, serves, valued, values
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
    without = (~having).mean()
    verdict = "partly supported" if without.max() > 0 else "contradicted"
    tables = [f"Table {table}" for table in having.index[~having["first"]]]
    return Finding(
        "supported" if without.min() >= threshold else verdict,
        f"Without a row on innovation itself: {listed(tables)}, of "
        f"{counted(len(having), 'document')} that the tables are taken from. What the documents "
        "say beside their indicators is not printed.",
        statistic="share of the documents without a row on innovation",
        value=float(without["first"]),
        low=float(without.min()),
        high=float(without.max()),
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
    tables, in_number = rows["table"].nunique(), rows["kind"] != "share"
    jobs = rows[rows["concept"] == JOBS]
    spread = rows[rows["concept"] != JOBS].groupby("concept")["table"].nunique()
    most = int(spread.max()) if len(spread) else 0
    counts = [found["table"].nunique() for found in (jobs, jobs[in_number[jobs.index]])]
    lenient, strict = (count >= max(most, 1) and count / tables >= threshold for count in counts)
    second = listed(spread.index[spread == most])
    return Finding(
        "supported" if strict else "partly supported" if lenient else "contradicted",
        f"Such jobs are in {counts[0]} of {tables} tables, as a number in {counts[1]}; next comes "
        f"{second}, in {most}. Rows on such jobs: {len(jobs)}; on {second}: "
        f"{int(rows['concept'].isin(spread.index[spread == most]).sum())}.",
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
    jobs = rows_on(study, JOBS)
    scale = regional_scale(jobs, study.clusters, study.indicators, study.context)
    scale = scale.dropna(subset=["share_low_pct", "share_high_pct"])
    if not len(scale):
        raise NoData("number of such jobs with the employed of its region")
    low, high = float(scale["share_low_pct"].min()), float(scale["share_high_pct"].max())
    verdict = "contradicted" if low >= threshold else "partly supported"
    figures = scale.drop_duplicates("cluster")
    named = records(figures, "cluster", "certainty", "period")
    sure = [f"{cluster}: {certainty}, of {period}" for cluster, certainty, period in named]
    lacking = set(jobs["cluster"]) - set(scale["cluster"])
    return Finding(
        "supported" if high < threshold else verdict,
        f"At most {number(high)} % of the employed, in any printed year. That can be said of "
        f"{len(figures)} of {counted(len(study.clusters), 'cluster')} (certainty of the regional "
        f"figure: {listed(sure)}), and not of {listed(sorted(lacking), 'any other')}, whose jobs "
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
    innovation, jobs = rows[serves(rows, INNOVATION)], rows[rows["concept"] == JOBS]
    ratios = {
        name: _growth(study, name, jobs_beside)
        for table, name in records(innovation, "table", "indicator")
        for jobs_table, jobs_beside in records(jobs, "table", "indicator")
        if table == jobs_table
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
        f"{len(study.clusters)}, so size cannot be held against anything."
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
    sizes = known[known["concept"] == "membership"].groupby("cluster")["value"].max()
    large = sizes[sizes >= threshold]
    research = known[serves(known, ["research-development"])].groupby("cluster")["value"].max()
    own = research.reindex(large.index).dropna()
    if not len(own):
        verdict = "not shown"
    elif (own == 0).all():
        verdict = "supported"
    else:
        verdict = "contradicted" if (own > 0).all() else "partly supported"
    words = [f"{cluster} ({number(size)})" for cluster, size in large.items()]
    return Finding(
        verdict,
        f"Clusters of that size: {listed(words)}; with a measured row on research: "
        f"{listed(own.index)}. A table that is silent on research does not say that there is none.",
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
    below = (measured < threshold).mean() if len(measured) else 0.5
    verdict = {1.0: "partly supported", 0.0: "contradicted"}.get(float(below), "not shown")
    return Finding(
        verdict,
        f"New high-performance jobs per graduate in one cluster: "
        f"{interval(ratios.min(), ratios.max())}, {len(measured)} of {len(ratios)} years measured. "
        "Below one, more people leave the university than such jobs come up: a sign of few places "
        "rather than of few skilled people.",
        statistic="new high-performance jobs per graduate, mean of the years",
        value=float(ratios.mean()),
        low=float(ratios.min()),
        high=float(ratios.max()),
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


def _growth(study, indicator, other):
    """Divide the growth of two indicators between their first and last common year, or None."""
    try:
        one, two = values(study, indicator), values(study, other)
    except NoData:
        return None
    years = one.index.intersection(two.index)
    if len(years) < 2 or min(one[years[0]], two[years[0]], two[years[-1]]) <= 0:
        return None
    ends = [float(series[years[-1]] / series[years[0]]) for series in (one, two)]
    return ends[0] / ends[1]


def _sized(study):
    rows = rows_on(study, "membership").dropna(subset="value")
    return rows["cluster"].nunique()
