"""Claims of the abstract: what clusters of SMEs do and lack, and why (F1-F13).

Causes that have no measure in the study stand with what would measure them.
"""

from itertools import count

from analysis.comparative.scale import break_even
from analysis.index.base_and_chain import base_indices
from analysis.tidy.records import records
from analysis.tidy.standing import MEASURED
from analysis.tidy.wording import counted, interval, listed, number
from analysis.trend.mann_kendall_test import mann_kendall
from article.claims.figures import classes, firms, job_shares, measured_innovation
from article.claims.reading import (
    cluster_count,
    coverage,
    known,
    layout,
    rows_on,
    statuses,
    values,
)
from article.claims.registry import Finding, NoData, check, not_empirical, not_testable

NUMBERS = ("clusters", "series", "criteria")
TRADITIONAL = "traditional"
LINKS = ("training", "research")  # the concepts that name education or science
SIGNIFICANCE = 0.05


def measured_cells(study):
    """Count the cells of cluster and quantitative criterion that hold a measured value.

    Returns (cells with a measured value, cells in all); a target is no measured value.

    >>> from analysis.study.loading import load_study
    >>> measured_cells(load_study())
    (7, 66)
    """
    cells = coverage(study, measured=True)
    return int(cells.to_numpy().sum()), int(cells.size)


def _growth_planned(study):
    firms = values(study, "value-chain-smes")
    measured = len(values(study, "value-chain-smes", measured=True))
    first, last = firms.index[0], firms.index[-1]
    index = base_indices(firms, base=first)["base_index"].iloc[-1]
    return (
        f"The only count of SMEs is that of one cluster: {number(firms[first])} in {first} and "
        f"{number(firms[last])} in {last} (index {number(index)}); values that were measured: "
        f"{measured}. Of SMEs outside clusters nothing is printed, so no growth can be compared."
    )


not_testable(
    "F1",
    "number, employees and turnover of SMEs, per cluster and year, 2013-2016",
    "the same of SMEs of the same industry and region outside clusters",
    why=_growth_planned,
    notebook="02-quantitative-indicators#the-table-as-printed",
)


@check(
    "F2",
    "03-comparison#classes-of-activity",
    uses=("clusters",),
    threshold=0.5,
    most=1.0,
    rule="Supported if more than {threshold} of the clusters are of the traditional class however "
    "the open cases are coded; partly if in some coding; contradicted if in none.",
)
def mostly_traditional(study, threshold):
    """SME clusters mostly do the simplest, traditional activities."""
    if TRADITIONAL not in study.activity_classes:
        raise NoData(f"activity class {TRADITIONAL!r}")
    main, other = classes(study)
    traditional = [cluster for cluster, kind in main.items() if kind == TRADITIONAL]
    either = [cluster for cluster in main if TRADITIONAL in (main[cluster], other[cluster])]
    both = [cluster for cluster in traditional if other[cluster] == TRADITIONAL]
    open_cases = [cluster for cluster in main if main[cluster] != other[cluster]]
    low, value, high = (len(found) / len(main) for found in (both, traditional, either))
    verdict = "partly supported" if high > threshold else "contradicted"
    return Finding(
        "supported" if low > threshold else verdict,
        f"{len(traditional)} of {len(main)} clusters are coded {TRADITIONAL}, at "
        f"least {len(both)} and at most {len(either)} as the open cases "
        f"({listed(open_cases)}) are read. The class is coded from names by us; how "
        "simple an activity is has no measure here.",
        statistic="share of clusters of the traditional class",
        value=value,
        low=low,
        high=high,
    )


@check(
    "F3",
    "03-comparison#what-evidence-there-is-on-each-criterion",
    uses=NUMBERS,
    threshold=1,
    rule="Contradicted if at least {threshold} cluster has a measured value above zero on one of "
    "the four criteria of innovation (jobs and training left out) in either reading; supported if "
    "all clusters have measured values there and all are zero; else not shown.",
)
def no_innovation(study, threshold):
    """SME clusters do not implement innovations."""
    bearing = [measured_innovation(study, alternative) for alternative in (False, True)]
    positive = [[row for row in rows if row[2] > 0] for rows in bearing]
    found = [list(dict.fromkeys(cluster for cluster, *_ in rows)) for rows in positive]
    low, high = sorted(map(len, found))
    informed = min(len({cluster for cluster, *_ in rows}) for rows in bearing)
    clusters = cluster_count(study)
    none = high == 0 and informed == clusters
    named = {}  # the first of each indicator
    for row in positive[0]:
        named.setdefault(row[1], row)
    words = [f"{name} {number(value)} in {year}" for _, name, value, year in named.values()]
    informing = dict.fromkeys(cluster for cluster, *_ in named.values())
    against = ": against a statement on all, whatever reached the market" if words else ""
    return Finding(
        "contradicted" if low >= threshold else "supported" if none else "not shown",
        f"Measured above zero: {listed(words)} ({listed(informing)}){against}. "
        f"{clusters - informed} of {clusters} clusters have no measured "
        "value there, which is silence and no zero.",
        statistic="clusters with a measured value above zero on innovation",
        value=len(found[0]),
        low=low,
        high=high,
    )


@check(
    "F4",
    "03-comparison#what-evidence-there-is-on-each-criterion",
    uses=NUMBERS,
    threshold=0.5,
    most=1.0,
    rule="Not shown below {threshold} of the cells (cluster by quantitative criterion) with a "
    "measured value, too thin for any level; from there on not shown for lack of a benchmark.",
)
def low_activity_found(study, threshold):
    """A low level of innovation activity was found."""
    filled, cells = measured_cells(study)
    thin = "Too few for any level" if filled / cells < threshold else "Enough for a level"
    return Finding(
        "not shown",
        f"{filled} of {cells} cells hold a measured value. {thin}; and low asks for "
        "a level and something to hold it against, of which neither is printed. Thin evidence is "
        "no evidence of low activity.",
        statistic="share of cells with a measured value",
        value=filled / cells,
        needs="per cluster and year, 2014-2016: the six quantitative criteria in one unit each; "
        "the same of firms of the industry outside SME clusters, as a benchmark",
    )


@check(
    "F5",
    "03-comparison#against-the-region",
    uses=("clusters", "indicators", "series", "context"),
    threshold=1,
    rule="At most partly supported, as quality of development has no measure: if the measured "
    "high-performance jobs are below {threshold} % of the employed of the region, at some end of "
    "its range, in any cluster where both are known; contradicted if in none.",
)
def regional_effect_limited(study, threshold):
    """The effect on the qualitative development of regions is severely limited."""
    shares = job_shares(study)
    measured = [row for row in shares if row[1] in MEASURED]
    if not measured:
        raise NoData("measured number of high-performance jobs beside a regional figure")
    low, high = ([row[end] for row in measured] for end in (2, 3))
    figures = [f"{cluster} {interval(least, most)} % ({certainty} figure of {period})"
               for cluster, _, least, most, certainty, period in measured]  # fmt: skip
    return Finding(
        "contradicted" if min(low) >= threshold else "partly supported",
        f"High-performance jobs as a share of the employed of the region: {listed(figures)}; with "
        f"targets counted at most {number(max(row[3] for row in shares))} %. That bears on "
        "the jobs alone: the quality of development is not measured at all.",
        statistic="largest share of the employed of a region, per cent",
        value=max(high),
        low=max(low),
        high=max(high),
        break_even=break_even(min(low), min(low), threshold),  # the verdict hangs on the least
        needs="per region and year: productivity, innovative output and their part due to the "
        "cluster; number of high-performance jobs for every cluster",
    )


not_testable(
    "F6",
    "per cluster, 2014-2016, potential apart from activity: research staff, equipment, spending",
    "innovation outcomes of the same clusters in the years after it",
    why="The cause named is the thing under evaluation, so any data of this study would confirm it "
    "in a circle.",
)


@check(
    "F7",
    "03-comparison#what-evidence-there-is-on-each-criterion",
    uses=("clusters", "series"),
    threshold=0.5,
    most=1.0,
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
    "03-comparison#what-evidence-there-is-on-each-criterion",
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


@check(
    "F11",
    "03-comparison#what-evidence-there-is-on-each-criterion",
    uses=NUMBERS,
    threshold=0.5,
    most=1.0,
    rule="Limited is a cluster whose numbers touch fewer than {threshold} of the quantitative "
    "criteria. Supported if all with a number are, in either reading; partly if any is; else "
    "contradicted.",
)
def limited_tasks(study, threshold):
    """Clusters solve only a limited number of tasks."""
    tables = [coverage(study, alternative=alternative) for alternative in (False, True)]
    main, other = (
        dict(zip(found.index.tolist(), found.sum(axis=1).tolist(), strict=True)) for found in tables
    )
    criteria, clusters = tables[0].shape[1], layout(study, "clusters").index.tolist()
    with_number = set(known(study)["cluster"].tolist())
    informed = [cluster for cluster in clusters if cluster in with_number]
    if not informed:
        raise NoData("cluster with a number")
    fewer = [sum(found[c] / criteria < threshold for c in informed) for found in (main, other)]
    low, high = sorted(fewer)
    words = [f"{cluster} {main[cluster]}" for cluster in informed]
    return Finding(
        "supported" if low == len(informed) else "partly supported" if high else "contradicted",
        f"Of {criteria} criteria the numbers touch: {listed(words)}. "
        f"{len(clusters) - len(informed)} clusters have no number: of their tasks nothing is "
        "known. A row says what is counted, not all that is done.",
        statistic="clusters whose numbers touch fewer than that share of the criteria",
        value=fewer[0],
        low=low,
        high=high,
    )


not_empirical("F12", "A norm: it says what clusters should be given. Data on what the elements "
              "brought about elsewhere could inform it, and none are printed.")  # fmt: skip
not_empirical("F13", "A forecast under conditions. Productivity and new products of these clusters "
              "from 2018 on, by links gained, would decide it.")  # fmt: skip


def _by_size(realised, without):
    if not realised or not without:
        return "not shown"
    if min(realised) > max(without):
        return "supported"
    return "contradicted" if max(realised) < min(without) else "not shown"
