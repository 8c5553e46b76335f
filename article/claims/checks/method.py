"""Claims of the method section, and on the limits of the data."""

from collections import Counter
from itertools import compress
from operator import itemgetter

from analysis.comparative.indicator_sets import jaccard
from analysis.tidy.records import records
from analysis.tidy.wording import counted, listed, number
from article.claims.notebooks import CELLS, COVERAGE, PRINTED, SAME_THINGS, STANDINGS
from article.claims.reading import cluster_count, coverage, firms, known, printed, rows_on
from article.claims.registry import Finding, NoData, check, not_testable
from article.claims.yardsticks import every, worst


@check(
    "F14",
    CELLS,
    uses=("clusters", "series"),
    threshold=11,
    rule="Two parts. Table 1 has {threshold} clusters, as announced, else contradicted. "
    "They are clusters of SMEs: supported if a number of member SMEs is measured for each, else "
    "not shown, as the sizes rest on another study. Both parts count.",
)
def listed_as_sme_clusters(study, threshold):
    """Eleven registered clusters are SME clusters, following another study."""
    clusters, sized = cluster_count(study), firms(study)
    return Finding(
        worst("supported" if clusters == threshold else "contradicted",
              every(0, len(sized), clusters)),
        f"Table 1 has {counted(clusters, 'row')}. That they are clusters of SMEs follows another "
        f"study: its measure is not printed, nor the size of a member firm; how many SMEs a "
        f"cluster has is measured for {listed(sized)}.",
        statistic="clusters in Table 1",
        value=clusters,
        needs="per cluster: its member firms, with employees and turnover of 2016, to be held "
        "against the legal limits of an SME; the rule by which the study cited told this class",
    )  # fmt: skip


@check(
    "F15",
    COVERAGE,
    uses=("clusters", "series", "criteria", "components"),
    threshold=0.5,
    share=True,
    rule="A criterion is delivered if Table 1 has its component, or any table a number on it. "
    "Supported if all announced criteria are, in either coding of what an indicator serves; "
    "partly if at least {threshold} are in one of them; else contradicted.",
)
def announced_criteria(study, threshold):
    """The paper adapts four institutional and six quantitative criteria."""
    readings = [_delivered(study, alternative=alternative) for alternative in (False, True)]
    announced = study.criteria["criterion"].tolist()
    shares = [len(found) / len(announced) for found in readings]
    least = len(readings[0] & readings[1]) / len(announced)
    most = len(readings[0] | readings[1]) / len(announced)
    missing = [criterion for criterion in announced if criterion not in readings[0]]
    verdict = "partly supported" if max(shares) >= threshold else "contradicted"
    return Finding(
        "supported" if least == 1 else verdict,
        f"{len(readings[0])} of {len(announced)} announced criteria have a component in Table 1 or "
        f"a number of at least one cluster; without either: {listed(missing)}. Counting what holds "
        f"in one of the readings it is {len(readings[0] | readings[1])}, what holds in both "
        f"{len(readings[0] & readings[1])}.",
        statistic="share of the announced criteria that are delivered",
        value=shares[0],
        low=least,
        high=most,
    )


@check(
    "F16",
    CELLS,
    uses=("components", "series"),
    hedge="some indicators",
    threshold=1,
    rule="Two parts. Unequal: of at least {threshold} cluster Table 1 says that something is not "
    "known which it tells of another. Not computable: at least {threshold} printed row of an "
    "indicator has no value at all. Each is else not shown: what the article does not print may "
    "well be published. Both parts count.",
)
def unequal_disclosure(study, threshold):
    """Clusters disclose unequal amounts; some indicators cannot be computed for some of them."""
    unknown, told = {}, set()
    for cluster, component, status in records(study.components, "cluster", "component", "status"):
        if status == "unknown":
            unknown.setdefault(component, set()).add(cluster)
        elif status in ("present", "planned", "absent"):
            told.add(component)
    unknown_here = sorted(set().union(*(unknown[name] for name in unknown if name in told)))
    rows = list(records(printed(study), "table", "row"))
    empty = set(rows).difference(records(known(study), "table", "row"))
    parts = [len(unknown_here) >= threshold, len(empty) >= threshold]
    return Finding(
        worst(*("supported" if part else "not shown" for part in parts)),
        f"Of {listed(unknown_here)} Table 1 says that something is not known which it tells of "
        f"others. Printed rows without any value: {len(empty)} of {len(rows)}. Of the clusters "
        "without a table the article prints no indicator, which does not say that they publish "
        "none.",
        statistic="clusters of which something is said to be unknown",
        value=len(unknown_here),
        needs="what each cluster publishes, by indicator, at the date of the study",
    )


def _short_series(study):
    rows = Counter(records(known(study, measured=True), "cluster", "indicator"))
    most = max(rows.values(), default=0)
    return (
        f"No founding date is printed. The series do have {counted(len(study.years), 'year')}, "
        f"with at most {counted(most, 'measured value')} in each: the rest are plans or a "
        "year under way, which a founding date does not explain."
    )


not_testable(
    "F17",
    "date of founding and of entry in the register, per cluster",
    "the same indicators for the years since, per cluster, as reported afterwards",
    why=_short_series,
    notebook=STANDINGS,
    uses=("series",),
)


@check(
    "F18",
    SAME_THINGS,
    threshold=0.5,
    share=True,
    rule="Supported if no two clusters share {threshold} or more of their indicators (Jaccard), "
    "even when indicators on one and the same thing count as one; partly if only by printed name; "
    "else contradicted.",
)
def no_disclosure_standard(study, threshold):
    """There is no uniform standard of disclosure."""
    rows = printed(study)
    clusters = len(set(rows["cluster"].tolist()))
    if clusters < 2:
        raise NoData("second cluster with indicators")
    if rows["concept"].isna().any():
        raise NoData("concept of every indicator (the column concept of indicators.csv)")
    by_name = max(jaccard(rows, "label")["jaccard"].tolist())
    pairs = records(jaccard(rows, "concept"), "jaccard", "cluster", "other", "shared")
    by_concept, one, other, shared = sorted(pairs, key=itemgetter(0))[-1]
    verdict = "partly supported" if by_name < threshold else "contradicted"
    return Finding(
        "supported" if max(by_name, by_concept) < threshold else verdict,
        f"By printed name two clusters share at most {number(100 * by_name)} % of their "
        f"indicators, by what is counted at most {number(100 * by_concept)} % "
        f"({one} and {other}: {shared or 'none'}). It rests on {counted(clusters, 'cluster')}.",
        statistic="largest Jaccard similarity of two sets of indicators, by what is counted",
        value=by_concept,
        low=by_name,
        high=max(by_name, by_concept),
    )


@check(
    "F73",
    STANDINGS,
    threshold=1,
    rule="Three kinds of document: programmes show by targets, reports on performance by outcomes "
    "of a finished year, founding documents by a year of founding. Supported if at least "
    "{threshold} value is of each kind; partly if of some; else not shown.",
)
def documents_used(study, threshold):
    """Programmes, performance reports and founding documents of clusters were used."""
    standing = Counter(known(study)["standing"].tolist())
    targets, outcomes, base = (standing[word] for word in ("target", "outcome", "base"))
    founded = sum(cell.value == cell.value for cell in rows_on(study, "founding"))
    kinds = [targets >= threshold, founded >= threshold]
    low, high = (sum(kinds) + (count >= threshold) for count in (outcomes, outcomes + base))
    return Finding(
        "supported" if low == 3 else "partly supported" if high else "not shown",
        f"{counted(targets, 'printed value')} are targets, as programmes and strategies hold them; "
        f"{outcomes} are outcomes of a finished year, as reports hold them, or "
        f"{outcomes + base} if the base year of the plans counts; years of founding: {founded}. "
        "The notes to the tables name a register, a programme and two strategies.",
        statistic="kinds of document that show in the tables, of three",
        value=low,
        low=low,
        high=high,
        needs="per printed value: title, kind, date and page of the document; list of the reports "
        "and founding documents read, per cluster",
    )


@check(
    "F74",
    PRINTED,
    uses=("clusters", "series"),
    hedge="a number of",
    threshold=2,
    rule="Supported if at least {threshold} indicators have a value, in at least {threshold} "
    "clusters; partly if one of the two; else not shown.",
)
def indicators_formed(study, threshold):
    """A number of indicators and data on innovation potential have been formed."""
    rows = known(study)
    indicators, clusters = (len(set(rows[name].tolist())) for name in ("indicator", "cluster"))
    parts = [indicators >= threshold, clusters >= threshold]
    criteria = records(rows, "indicator", "criterion")
    serving = len({indicator for indicator, criterion in criteria if criterion == criterion})
    return Finding(
        "supported" if all(parts) else "partly supported" if any(parts) else "not shown",
        f"{counted(indicators, 'indicator')} of {counted(clusters, 'cluster')} have "
        f"{counted(len(rows), 'value')}; {serving} of them serve one of the announced criteria. "
        f"The other {cluster_count(study) - clusters} clusters have none.",
        statistic="clusters with an indicator that has a value",
        value=clusters,
    )


def _delivered(study, *, alternative):
    coded = set(study.components["component"].tolist())
    named = records(study.criteria, "criterion", "component")
    table = coverage(study, alternative=alternative)
    with_number = compress(table.columns.tolist(), table.to_numpy().any(axis=0).tolist())
    return {name for name, component in named if component in coded}.union(with_number)
