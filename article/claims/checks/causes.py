"""Claims on causes, wherever the article names them: potential, links, size, markets."""

from itertools import compress, count

from analysis.tidy.records import records
from analysis.tidy.wording import counted, interval, listed, number
from analysis.trend.mann_kendall_test import mann_kendall
from article.claims.notebooks import COVERAGE, PRINTED
from article.claims.reading import (
    SIZE,
    cluster_count,
    firms,
    greatest,
    known,
    new_jobs_per_graduate,
    rows_on,
    serving,
    statuses,
    valued,
)
from article.claims.registry import Finding, NoData, check, not_testable

LINKS = ("training", "research")  # the concepts that name education or science
SIGNIFICANCE = 0.05

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
    rule="Contradicted if more than {threshold} of the clusters have a printed number above zero "
    "on education or science; else not shown: silence is no denial, and a cause is not measured.",
)
def no_integration(study, threshold):
    """A main reason is the lack of integration with innovation generators."""
    cells = records(rows_on(study, *LINKS), "cluster", "value")
    linked = list(dict.fromkeys(cluster for cluster, value in cells if value > 0))
    tables = len(set(known(study)["cluster"].tolist()))
    share = len(linked) / cluster_count(study)
    return Finding(
        "contradicted" if share > threshold else "not shown",
        f"{len(linked)} of {counted(tables, 'cluster')} with any number have one on education or "
        f"science ({listed(linked)}); on the other {cluster_count(study) - tables} nothing is "
        "printed. Whether integration, or its lack, is the reason for anything is not measured.",
        statistic="share of clusters with a printed number on education or science",
        value=share,
        low=share,
        high=1.0,
        needs="per cluster, 2014-2016: member universities and institutes, contracts with them",
    )


not_testable(
    "F8",
    "technology start-ups founded, surviving and financed, per cluster and year, 2012-2016",
    "the same of the region, to hold it against",
    why="No table counts start-ups or entrepreneurs; Table 1 has plans to create them at most.",
)


@check(
    "F9",
    COVERAGE,
    uses=("clusters", "components", "series"),
    threshold=5,
    rule="Not shown if fewer than {threshold} clusters have a measured size and a known state of "
    "their projects. With so many: supported if every cluster with a realised project is larger "
    "than every one without, contradicted if smaller; else not shown.",
)
def too_small(study, threshold):
    """Cluster size is too small for infrastructure and elements of an innovation system."""
    stated = statuses(study, "special projects")
    sizes = firms(study)
    both = [c for c in sizes if stated.get(c) in ("present", "planned", "absent")]
    realised, without = ([sizes[c] for c in both if (stated[c] == "present") == there]
                         for there in (True, False))  # fmt: skip
    least = next(n for n in count(2) if mann_kendall(range(n)).p_min <= SIGNIFICANCE)
    words = [f"{name}: {number(sizes[name])} firms, projects {stated[name]}" for name in both]
    return Finding(
        _by_size(realised, without) if len(both) >= threshold else "not shown",
        f"Both are printed for {len(both)} of {cluster_count(study)} clusters ({listed(words)}); "
        f"below {least} no order of them can have an exact two-sided p of "
        f"{number(100 * SIGNIFICANCE)} %. What size would do is not said.",
        statistic="clusters with a measured size and a known state of projects",
        value=len(both),
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
        f"{cluster_count(study)}, so size cannot be held against anything."
    ),
    uses=("clusters", "series"),
)


@check(
    "F60",
    PRINTED,
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


def _by_size(realised, without):
    if not realised or not without:
        return "not shown"
    if min(realised) > max(without):
        return "supported"
    return "contradicted" if max(realised) < min(without) else "not shown"


def _sized(study):
    cells = records(rows_on(study, SIZE), "cluster", "value")
    return len({cluster for cluster, value in cells if value == value})
