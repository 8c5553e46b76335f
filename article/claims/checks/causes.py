"""Claims on causes, wherever the article names them: potential, links, size, markets."""

from itertools import compress

from analysis.tidy.records import records
from analysis.tidy.standing import MEASURED
from analysis.tidy.wording import counted, interval, listed, number
from article.claims.notebooks import COVERAGE, PRINTED
from article.claims.reading import (
    SIZE,
    cluster_count,
    firms,
    greatest,
    innovation_measured,
    linked_clusters,
    new_jobs_per_graduate,
    rows_on,
    serving,
    statuses,
    unlinked_clusters,
    valued,
)
from article.claims.registry import Finding, NoData, check, not_testable
from article.claims.yardsticks import more_than, worst

not_testable(
    "F6",
    "per cluster, 2014-2016, potential apart from activity: research staff, equipment, spending",
    "innovation outcomes of the same clusters in the years after it",
    why="The cause named is the thing under evaluation, so any data of this study would confirm it "
    "in a circle.",
)


@check(
    "F7",
    COVERAGE,
    uses=("clusters", "series"),
    threshold=0.5,
    share=True,
    rule="Two parts. Lack of integration: supported if more than {threshold} of the clusters have "
    "numbers on education and science that are all zero, contradicted, and then the whole is, if "
    "so many have one above zero; else not shown. The reason: measured innovation is above zero "
    "just where there is a link, in five clusters or more; else not shown. Both parts count.",
)
def no_integration(study, threshold):
    """A main reason is the lack of integration with innovation generators."""
    linked, unlinked = linked_clusters(study), unlinked_clusters(study)
    clusters, (none, some) = cluster_count(study), innovation_measured(study)
    lack = more_than(len(unlinked) / clusters, 1 - len(linked) / clusters, threshold)
    known = [cluster for cluster in (*none, *some) if cluster in (*linked, *unlinked)]
    goes_with = len(known) >= 5 and {c in some for c in known} == {True, False}
    goes_with = goes_with and all((c in some) == (c in linked) for c in known)
    return Finding(
        "contradicted" if lack == "contradicted"
        else worst(lack, "supported" if goes_with else "not shown"),
        f"{len(linked)} of {clusters} clusters have a printed number above zero on education or "
        f"science ({listed(linked)}), {len(unlinked)} have zeros only; of the others nothing is "
        "printed. Whether integration, or its lack, is the reason for anything is not measured: a "
        f"link and innovation are both told of {len(known)}.",
        statistic="share of clusters with a printed number on education or science",
        value=len(linked) / clusters,
        low=len(linked) / clusters,
        high=1 - len(unlinked) / clusters,
        needs="per cluster, 2014-2016: member universities and institutes, contracts with them",
    )  # fmt: skip


not_testable(
    "F8",
    "technology start-ups founded, surviving and financed, per cluster and year, 2012-2016",
    "the same of the region, to compare it with",
    why="No table counts start-ups or entrepreneurs; Table 1 has plans to create them at most.",
)


@check(
    "F9",
    COVERAGE,
    uses=("clusters", "components", "series"),
    threshold=5,
    rule="Contradicted if a cluster has a realised object in both readings: one counter-example is "
    "enough against a claim without limits. Else supported if of at least {threshold} clusters "
    "with a measured size and a known state of projects all that plan or have one are larger than "
    "all that do not; else not shown.",
)
def too_small(study, threshold):
    """Cluster size is too small for infrastructure and elements of an innovation system."""
    readings = [statuses(study, "special projects", column)
                for column in ("status", "alternative_status")]  # fmt: skip
    sizes, first = firms(study), readings[0]
    realised = [[c for c, said in reading.items() if said == "present"] for reading in readings]
    sure = sorted(set(realised[0]) & set(realised[1]))
    both = [c for c in sizes if first.get(c) in ("present", "planned", "absent")]
    known, without = ([sizes[c] for c in both if (first[c] != "absent") == there]
                     for there in (True, False))  # fmt: skip
    larger = bool(known and without) and min(known) > max(without)
    words = [f"{name}: {number(sizes[name])} firms, projects {first[name]}" for name in both]
    verdict = "supported" if larger and len(both) >= threshold else "not shown"
    return Finding(
        "contradicted" if sure else verdict,
        f"Clusters with realised objects: {listed(realised[0])}; in the alternative coding, in "
        f"which the same words mean plans: {listed(realised[1])}; in both: {listed(sure)}. Size "
        f"and state of projects are both printed for {len(both)} of {cluster_count(study)} "
        f"clusters ({listed(words)}). What size would do is not said; and training alone, which "
        "the article itself grants these clusters, is not yet an infrastructure.",
        statistic="clusters with a realised object in both readings",
        value=len(sure),
        low=len(sure),
        high=len(set(realised[0]) | set(realised[1])),
        needs="per cluster, 2016: member firms, employees, turnover; infrastructure in use, cost",
    )


not_testable(
    "F10",
    "per cluster: universities, institutes and development bodies among its members, with dates",
    "per such member and year, 2014-2016: contracts and joint projects with firms",
    why="No table names the members of a cluster or what passes between them; the joint projects "
    "of Table 4 are among firms.",
)


not_testable(
    "F59",
    "number of member firms and of employees of each cluster, by year",
    "measured innovation of the same clusters: new products, R&D spending, patents, by year",
    "the same for larger clusters, to find a size below which innovation stays away",
    why=lambda study: (
        f"A number of firms is printed for {counted(_sized(study), 'cluster')} of "
        f"{cluster_count(study)}, so size cannot be compared with anything."
    ),
    uses=("clusters", "series"),
)


@check(
    "F60",
    PRINTED,
    hedge="may",
    threshold=50,
    neighbours=(None, 100),
    rule="Tested on clusters measured at {threshold} or more firms that have measured research and "
    "development: supported if it is zero in one, since it is said to be possible; contradicted if "
    "above zero in all; not shown where there is no such cluster.",
)
def many_firms_may_not_suffice(study, threshold):
    """Even 50-100 pooled small firms may not suffice for institutions and R&D of their own."""
    known = valued(study, measured=True)
    cells = list(records(known, "cluster", "concept", "value"))
    research = greatest(compress(cells, serving(known, ["research-development"])))
    sizes = greatest(cell for cell in cells if cell[1] == SIZE)
    large = {cluster: sizes[cluster] for cluster in sorted(sizes) if sizes[cluster] >= threshold}
    own = {cluster: research[cluster] for cluster in large if cluster in research}
    verdict = "supported" if not all(own.values()) else "contradicted"
    words = [f"{cluster} ({number(size)})" for cluster, size in large.items()]
    return Finding(
        verdict if own else "not shown",
        f"Clusters of that size: {listed(words)}; with a measured row on research: "
        f"{listed(own)}. A table that says nothing on research does not say that there is none.",
        statistic="clusters of that size with measured research and development",
        value=len(own),
        needs="per cluster: R&D spending, R&D staff and own institutes, with the number of firms",
    )


@check(
    "F61",
    "05-indices#a-ratio-taken-apart",
    threshold=1.0,
    rule="Two parts. Labour market: in every measured year, of two or more, fewer than "
    "{threshold} new job came up per graduate; contradicted if in none; else not shown, as one "
    "case of what stands in for a market decides nothing. Competences: measured numbers on "
    "training in clusters, a university's graduates left out, are all zero; else not shown, as no "
    "mark is printed for them to reach. Both parts count.",
)
def small_labour_market(study, threshold):
    """Internal labour market and competences are too small."""
    ratios = new_jobs_per_graduate(study)
    measured = new_jobs_per_graduate(study, measured=True).tolist()
    if not len(ratios):
        raise NoData("year with graduates and with jobs in the year before")
    low, high = min(ratios.tolist()), max(ratios.tolist())
    market = "not shown"
    if len(measured) > 1:
        market = "supported" if max(measured) < threshold else market
        market = "contradicted" if min(measured) >= threshold else market
    trained = [cell.value for cell in rows_on(study, "training") if cell.indicator != "graduates"
               and cell.value == cell.value and cell.standing in MEASURED]  # fmt: skip
    competences = "supported" if trained and not any(trained) else "not shown"
    return Finding(
        worst(market, competences),
        f"New high-performance jobs per graduate in one cluster: "
        f"{interval(low, high)}, {len(measured)} of {len(ratios)} years measured. "
        "Below one, more people leave the university than such jobs come up: a sign of few places "
        f"rather than of few skilled people. Measured numbers on training: {len(trained)}.",
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
    why="Membership is not printed by kind, and no outcome that it could be compared with.",
)


not_testable(
    "F65",
    "the same measures of transfer and innovation for clusters of large firms, by year",
    why="Every cluster of the article is of small and medium-sized enterprises: there is no group "
    "to compare them with.",
)


not_testable(
    "F91",
    "per university and cluster: firms it works with, by size, contracts and their number, by year",
    why="It names why the problem is worse among SMEs; neither universities nor their work with "
    "firms of any size are measured.",
)
not_testable(
    "F71",
    "per firm or cluster: innovation activity before its line of business was chosen, and the year "
    "of the choice",
    "the same of firms that chose otherwise",
    why="It is about the direction of a cause, which tables of one moment cannot show; the results "
    "name the other direction, from the traditional line to the limited capacity.",
)


not_testable(
    "F72",
    "per cluster: year of founding, and whether an authority or its firms founded it",
    "result expected at founding and result reached, in one unit, two or more years later",
    why="Table 1 does not say how a cluster came about, and no expected result stands beside one "
    "that was reached: the figures after the base year are plans.",
)


not_testable(
    "F75",
    "list of the basic universities, with their programmes of transfer to small firms, by year",
    "courses in technological entrepreneurship: universities offering them, places, graduates",
    why="No table has a row on universities' aims; the one on graduates counts those of one "
    "university in one field.",
)


def _sized(study):
    return len({cell.cluster for cell in rows_on(study, SIZE) if cell.value == cell.value})
