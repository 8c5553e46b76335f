"""Claims of the results on Table 2, and on indicators at large."""

from collections import Counter
from itertools import compress
from operator import itemgetter

from analysis.tidy.records import records
from analysis.tidy.wording import counted, listed
from article.claims.notebooks import COVERAGE, PRINTED, STANDINGS
from article.claims.reading import (
    INNOVATION,
    JOBS,
    by_cluster,
    coverage,
    criteria_shares,
    of_criteria,
    printed,
    quantitative,
    serving,
    valued,
)
from article.claims.registry import Finding, NoData, check, not_empirical
from article.claims.yardsticks import none_of, worst


@check(
    "F33",
    PRINTED,
    threshold=0.5,
    share=True,
    rule="Supported if at least {threshold} of the rows of Table 2 count high-performance jobs; "
    "partly if fewer do, but no other concept has as many rows; else contradicted.",
)
def primarily_jobs(study, threshold):
    """Table 2 sees innovation development primarily as creating high-performance jobs."""
    concepts = printed(study, 2)["concept"].tolist()
    others = Counter(concept for concept in concepts if concept == concept)
    jobs = others.pop(JOBS, 0)
    share = jobs / len(concepts)
    alone = jobs > max(others.values(), default=0)
    first = concepts[0] == JOBS
    most = [f"{concept} {count}" for concept, count in others.most_common() if count > jobs]
    return Finding(
        "supported" if share >= threshold else "partly supported" if alone else "contradicted",
        f"{counted(jobs, 'row')} of {len(concepts)} in Table 2 counts such jobs"
        f"{' and is printed first' if first else ''}; concepts with more rows: {listed(most)}. The "
        "order of rows may mean weight; no weight is printed.",
        statistic="share of the rows of Table 2 on high-performance jobs",
        value=share,
    )


@check(
    "F34",
    PRINTED,
    threshold=1,
    rule="First part contradicted if in both readings at least {threshold} row of Table 2 serves "
    "the criterion of innovative products, partly if in one, supported if in none. Second part, "
    "that the products are traditional: not shown, as no row says what is produced. Both count.",
)
def no_innovative_products(study, threshold):
    """Table 2 is not about innovative products; the products are traditional."""
    rows = printed(study, 2)
    found = [_serving(rows, ["innovative-products"], other) for other in (False, True)]
    low, high = sorted(map(len, found))
    return Finding(
        worst(none_of(low, high, threshold), "not shown"),
        f"Rows of Table 2 that serve innovative products: {listed(found[0])}; in "
        f"the other reading {listed(found[1])}. What the firms produce is not "
        "recorded.",
        statistic="rows of Table 2 that serve innovative products",
        value=len(found[0]),
        low=low,
        high=high,
        needs="products of each member firm and the share of new ones in its sales, by year",
    )


@check(
    "F35",
    PRINTED,
    threshold=1.0,
    share=True,
    rule="Supported if at least {threshold} of the two rows named serve a criterion of innovation "
    "in both readings; partly if some do; contradicted if none does. That other rows serve one too "
    "does not count against it.",
)
def other_innovation_rows(study, threshold):
    """Other innovation rows of Table 2 are studies and certifications, and software."""
    rows, named = printed(study, 2), ["studies-certifications", "software-products"]
    found = [_serving(rows, INNOVATION, other) for other in (False, True)]
    shares = [len(set(named).intersection(serving)) / len(named) for serving in found]
    low, high = sorted(shares)
    verdict = "partly supported" if high else "contradicted"
    return Finding(
        "supported" if low >= threshold else verdict,
        f"Rows of Table 2 that serve a criterion of innovation: {listed(found[0])}; in the other "
        f"reading {listed(found[1])}.",
        statistic="share of the two named rows that serve a criterion of innovation",
        value=shares[0],
        low=low,
        high=high,
    )


@check(
    "F36",
    STANDINGS,
    threshold=3,
    rule="Supported if every row of Table 2 that serves a criterion of innovation in either "
    "reading has at least {threshold} measured values and rises; partly if some do; contradicted "
    "if all have as many and none rises; else not shown: fewer values show no dynamics.",
)
def own_developments(study, threshold):
    """Set and dynamics of Table 2 show traditional goods made with new technology."""
    rows = printed(study, 2)
    either = zip(serving(rows, INNOVATION), serving(rows, INNOVATION, True), strict=True)
    named = list(compress(rows["indicator"].tolist(), map(any, either)))
    if not named:
        raise NoData("row of Table 2 on innovation")
    found = {name: [] for name in named}
    cells = records(valued(study, measured=True), "year", "indicator", "value")
    for _, name, value in sorted(cells, key=itemgetter(0)):
        if name in found:
            found[name].append(value)
    found = list(found.values())
    long = [series for series in found if len(series) >= threshold]
    rising = sum(series[-1] > series[0] for series in long)
    failed = "contradicted" if len(long) == len(found) else "not shown"
    most = max(map(len, found))
    return Finding(
        "supported" if rising == len(found) else "partly supported" if rising else failed,
        f"{listed(named)} have at most {counted(most, 'measured value')} each, the "
        "rest are targets or of a year under way. The set says what is to be counted, not by what "
        "technology goods are made.",
        statistic="measured values per row on innovation in Table 2, at most",
        value=most,
        needs="outcomes of these rows after 2016; the technology used by each member firm, by year",
    )


@check(
    "F37",
    COVERAGE,
    uses=("criteria", "series"),
    threshold=1.0,
    share=True,
    rule="First part supported if in both readings Table 2 covers less than {threshold} of the "
    "quantitative criteria, partly if in one, else contradicted. Second part, the fit with the "
    "industry: not shown, as nothing printed measures it. Both count.",
)
def profile_not_balanced(study, threshold):
    """The profile is not fully balanced but fits the industry."""
    first, other = criteria_shares(study, 2)
    low, high = sorted([first, other])
    balance = "supported" if high < threshold else "partly supported"
    return Finding(
        worst(balance if low < threshold else "contradicted", "not shown"),
        f"Table 2 has numbers on {of_criteria(study, first)}, in the other reading on "
        f"{of_criteria(study, other)}. Fit with the industry would take a profile to compare it "
        "with.",
        statistic="share of the quantitative criteria that Table 2 covers",
        value=first,
        low=low,
        high=high,
        needs="the same indicators for other woodworking clusters, or an industry's own profile",
    )


not_empirical(
    "F38",
    "A forecast made before the years it is about. Later gross regional product, output per job in "
    "the industry, incomes, and new technologies introduced by the cluster's firms, each held "
    "against regions without such a programme, would decide it.",
)


@check(
    "F39",
    COVERAGE,
    uses=("clusters", "criteria", "series"),
    threshold=1,
    rule="Supported if, among the clusters with numbers, every traditional one covers at least "
    "{threshold} criterion fewer than every innovative one; contradicted if none does; else not "
    "shown. What is counted stands in for a capacity that is not measured.",
)
def traditional_capacity(study, threshold):
    """This confirms the limited capacity of traditional clusters."""
    table, kinds = coverage(study), by_cluster(study, "activity_class")
    covered = dict(zip(table.index.tolist(), table.sum(axis=1).tolist(), strict=True))
    covered = {cluster: count for cluster, count in covered.items() if count}
    one, other = ([cluster for cluster in covered if kinds[cluster] == kind]
                  for kind in ("traditional", "innovative"))  # fmt: skip
    if not one or not other:
        raise NoData("traditional and innovative cluster with numbers to compare")
    gaps = [covered[theirs] - covered[ours] for ours in one for theirs in other]
    fewer = sum(gap >= threshold for gap in gaps) / len(gaps)
    verdict = "not shown" if fewer else "contradicted"
    words = [f"{cluster} {count}" for cluster, count in covered.items()]
    return Finding(
        "supported" if fewer == 1 else verdict,
        f"Criteria covered, of {len(quantitative(study))}: {listed(words)}; innovative: "
        f"{listed(other)}. A table says what its document counts, and hardly what the "
        "cluster is capable of.",
        statistic="share of pairs in which the traditional cluster covers fewer criteria",
        value=fewer,
        needs="for every cluster of both classes: outcomes on the same criteria, of the same years",
    )


not_empirical(
    "F40",
    "A proposition of management theory, illustrated by an example. To test it would take clusters "
    "followed before and after they changed their indicators.",
)


def _serving(rows, criteria, other):
    """Name the indicators of the rows that serve one of these criteria."""
    return list(compress(rows["indicator"].tolist(), serving(rows, criteria, other)))
