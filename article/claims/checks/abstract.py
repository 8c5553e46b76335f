"""Claims of the abstract: what clusters of SMEs do, and how far it reaches."""

from analysis.comparative.scale import break_even
from analysis.tidy.standing import MEASURED
from analysis.tidy.wording import counted, interval, listed, number
from article.claims.notebooks import CLASSES, COVERAGE, REGION
from article.claims.reading import (
    INNOVATION,
    classes,
    cluster_count,
    coverage,
    innovation_measured,
    job_shares,
    known,
    level_measured,
    measured_cells,
    measured_innovation,
    sales_shares,
)
from article.claims.registry import Finding, NoData, check, not_empirical
from article.claims.yardsticks import every, more_than, worst

NUMBERS = ("clusters", "series", "criteria")


@check(
    "F2",
    CLASSES,
    uses=("clusters", "series"),
    hedge="usually",
    rule="Two parts. Traditional: more than {threshold} of the clusters are of that class, however "
    "the open cases are coded. Simplest: more than {threshold} have measured values on innovation "
    "that are all zero, counting what is not reported either way. Both parts count.",
)
def mostly_traditional(study, threshold):
    """SME clusters usually do the simplest, traditional activities."""
    if "traditional" not in study.activity_classes:
        raise NoData("activity class 'traditional'")
    main, other = classes(study)
    traditional = [cluster for cluster, kind in main.items() if kind == "traditional"]
    either = [cluster for cluster in main if "traditional" in (main[cluster], other[cluster])]
    both = [cluster for cluster in traditional if other[cluster] == "traditional"]
    open_cases = [cluster for cluster in main if main[cluster] != other[cluster]]
    low, value, high = (len(found) / len(main) for found in (both, traditional, either))
    none, some = innovation_measured(study)
    simple = more_than(len(none) / len(main), 1 - len(some) / len(main), threshold)
    return Finding(
        worst(more_than(low, high, threshold), simple),
        f"{len(traditional)} of {len(main)} clusters are coded traditional, at least {len(both)} "
        f"and at most {len(either)} as the open cases ({listed(open_cases)}) are read; the class "
        "is coded from names by us. How simple an activity is, hardly anything measures: "
        f"{counted(len(none), 'cluster')} are measured to do nothing new, {len(some)} to do "
        "something.",
        statistic="share of clusters of the traditional class",
        value=value,
        low=low,
        high=high,
        needs="per cluster, 2016: technology in use and products, to tell simple activities",
    )


@check(
    "F3",
    COVERAGE,
    uses=("clusters", "series"),
    hedge="usually",
    rule="Supported if more than {threshold} of the clusters have measured values on the four "
    "criteria of innovation and all are zero; contradicted if so many cannot, since the others "
    "have a value above zero in either coding; else not shown.",
)
def no_innovation(study, threshold):
    """SME clusters usually do not implement innovations."""
    none, some = innovation_measured(study)
    clusters = cluster_count(study)
    rows = [row for row in measured_innovation(study, False) if row[2] > 0]
    named = {}  # the first of each indicator
    for row in rows:
        named.setdefault(row[1], row)
    words = [f"{name} {number(value)} in {year}" for _, name, value, year in named.values()]
    return Finding(
        more_than(len(none) / clusters, 1 - len(some) / clusters, threshold),
        f"{clusters - len(none) - len(some)} of {clusters} clusters have no measured value on "
        "innovation: that means not reported, not zero. Measured above zero: "
        f"{listed(words)} ({listed(some)}); as zero throughout: {listed(none)}.",
        statistic="clusters with a measured value above zero on innovation",
        value=len(some),
        low=len(some),
        high=clusters - len(none),
    )


@check(
    "F4",
    COVERAGE,
    uses=NUMBERS,
    threshold=0.5,
    share=True,
    rule="Not shown below {threshold} of the cells (cluster by quantitative criterion) with a "
    "measured value. From there on supported if all measured values on innovation are zero, which "
    "is low without any benchmark; else not shown, as none is printed.",
)
def low_activity_found(study, threshold):
    """A low level of innovation activity was found."""
    return level_found(study, threshold, INNOVATION, "activity")


def level_found(study, threshold, criteria, what):
    """Judge that the level of something is low: see the rule of F4."""
    filled, cells = measured_cells(study)
    values = level_measured(study, criteria)
    thin = filled / cells < threshold
    zero = bool(values) and not any(values)
    return Finding(
        "supported" if zero and not thin else "not shown",
        f"{filled} of {cells} cells of cluster and criterion hold a measured value. "
        f"{'Too few for any level' if thin else 'Enough for a level'}; and low asks for a level "
        "and something to compare it with, of which neither is printed. Thin evidence is not "
        f"evidence of low {what}.",
        statistic="share of cells of cluster and criterion with a measured value",
        value=filled / cells,
        needs="per cluster and year, 2014-2016: the six quantitative criteria in one unit each; "
        "the same of firms of the industry outside SME clusters, as a benchmark",
    )


@check(
    "F5",
    REGION,
    uses=("clusters", "indicators", "series", "context"),
    threshold=1.0,
    rule="Two parts, each on every cluster. Jobs: measured high-performance jobs are below "
    "{threshold} % of the employed of the region at either end of the range, contradicted if those "
    "of one cluster are not at either; not shown if a cluster has none that are measured. Quality: "
    "the same of measured sales of innovative products against a regional figure. Both parts "
    "count.",
)
def regional_effect_limited(study, threshold):
    """The effect on the qualitative development of regions is severely limited."""
    shares = job_shares(study)
    measured = [row for row in shares if row[1] in MEASURED]
    if not measured:
        raise NoData("measured number of high-performance jobs beside a regional figure")
    low, high = ([row[end] for row in measured] for end in (2, 3))
    sales = [row for row in sales_shares(study) if row[1] in MEASURED]
    clusters = cluster_count(study)
    figures = [f"{cluster} {interval(least, most)} % ({certainty} figure of {period})"
               for cluster, _, least, most, certainty, period in measured]  # fmt: skip
    return Finding(
        worst(*(_all_below(rows, threshold, clusters) for rows in (measured, sales))),
        f"High-performance jobs as a share of the employed of the region: {listed(figures)}; with "
        f"targets counted at most {number(max(row[3] for row in shares))} %. Measured in "
        f"{len({row[0] for row in measured})} of {clusters} clusters, and of jobs alone: the "
        "quality of development is not measured at all.",
        statistic="largest share of the employed of a region, per cent",
        value=max(high),
        low=max(low),
        high=max(high),
        break_even=break_even(min(low), max(high), threshold),
        needs="per region and year: productivity, innovative output and their part due to the "
        "cluster; number of high-performance jobs for every cluster",
    )


def _all_below(rows, threshold, clusters):
    """Judge that every cluster is below a mark: rows (cluster, standing, low, high, ...)."""
    ends = {}
    for cluster, _, low, high, *_ in rows:
        ends.setdefault(cluster, []).append((low, high))
    against = sum(max(low for low, _ in found) >= threshold for found in ends.values())
    below = sum(max(high for _, high in found) < threshold for found in ends.values())
    return every(against, below, clusters)


@check(
    "F11",
    COVERAGE,
    uses=NUMBERS,
    threshold=1.0,
    share=True,
    rule="Limited is a cluster whose numbers touch fewer than {threshold} of the quantitative "
    "criteria. Contradicted if one certainly is not, supported if all clusters certainly "
    "are, in either "
    "reading; else not shown: of clusters without a number nothing is known.",
)
def limited_tasks(study, threshold):
    """Clusters solve only a limited number of tasks."""
    main, other = (_criteria_touched(study, alternative) for alternative in (False, True))
    if not known(study)["cluster"].size:
        raise NoData("cluster with a number")
    criteria = coverage(study).shape[1]
    wide = [[c for c, n in found.items() if n / criteria >= threshold] for found in (main, other)]
    narrow = [{c for c, n in found.items() if 0 < n / criteria < threshold}
              for found in (main, other)]  # fmt: skip
    clusters = cluster_count(study)
    words = [f"{cluster} {count}" for cluster, count in main.items() if count]
    counts = sorted(len(found) for found in narrow)
    return Finding(
        every(len(set(wide[0]) & set(wide[1])), len(narrow[0] & narrow[1]), clusters),
        f"Of {criteria} criteria the numbers touch: {listed(words)}. "
        f"Of {clusters - len(words)} clusters the article prints no number that serves one: of "
        "their tasks nothing is known. A row says what is counted, not all that is done.",
        statistic="clusters whose numbers touch fewer than that share of the criteria",
        value=len(narrow[0]),
        low=counts[0],
        high=counts[1],
        needs="programme or strategy of every cluster: its tasks, by name",
    )


def _criteria_touched(study, alternative):
    """Count the criteria on which each cluster has a number: {cluster: count}."""
    table = coverage(study, alternative=alternative)
    return dict(zip(table.index.tolist(), table.sum(axis=1).tolist(), strict=True))


not_empirical("F12", "A norm: it says what clusters should be given. Data on what the elements "
              "brought about elsewhere could inform it, and none are printed.")  # fmt: skip
not_empirical("F13", "A forecast under conditions. Productivity and new products of these clusters "
              "from 2018 on, by links gained, would decide it.")  # fmt: skip
not_empirical("F92", "A norm: it says what innovation in these clusters should be given. Whether "
              "such support works could be seen in clusters that had it.")  # fmt: skip
