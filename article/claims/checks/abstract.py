"""Claims of the abstract: what clusters of SMEs do, and how far it reaches."""

from analysis.comparative.scale import break_even
from analysis.tidy.standing import MEASURED
from analysis.tidy.wording import interval, listed, number
from article.claims.notebooks import COVERAGE
from article.claims.reading import (
    classes,
    cluster_count,
    coverage,
    job_shares,
    known,
    measured_cells,
    measured_innovation,
)
from article.claims.registry import Finding, NoData, check, not_empirical


@check(
    "F2",
    "03-comparison#classes-of-activity",
    uses=("clusters",),
    threshold=0.5,
    share=True,
    rule="Supported if more than {threshold} of the clusters are of the traditional class however "
    "the open cases are coded; partly if in some coding; contradicted if in none.",
)
def mostly_traditional(study, threshold):
    """SME clusters mostly do the simplest, traditional activities."""
    if "traditional" not in study.activity_classes:
        raise NoData("activity class 'traditional'")
    main, other = classes(study)
    traditional = [cluster for cluster, kind in main.items() if kind == "traditional"]
    either = [cluster for cluster in main if "traditional" in (main[cluster], other[cluster])]
    both = [cluster for cluster in traditional if other[cluster] == "traditional"]
    open_cases = [cluster for cluster in main if main[cluster] != other[cluster]]
    low, value, high = (len(found) / len(main) for found in (both, traditional, either))
    verdict = "partly supported" if high > threshold else "contradicted"
    return Finding(
        "supported" if low > threshold else verdict,
        f"{len(traditional)} of {len(main)} clusters are coded traditional, at "
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
    COVERAGE,
    uses=("clusters", "series"),
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
    COVERAGE,
    uses=("clusters", "series", "criteria"),
    threshold=0.5,
    share=True,
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


@check(
    "F11",
    COVERAGE,
    uses=("clusters", "series", "criteria"),
    threshold=0.5,
    share=True,
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
    criteria, clusters = tables[0].shape[1], study.clusters.index.tolist()
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
