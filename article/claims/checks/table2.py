"""Claims of the results on Table 2, and on indicators at large."""

from collections import Counter
from itertools import compress

from analysis.tidy.records import records
from analysis.tidy.wording import counted, listed, number
from article.claims.notebooks import COVERAGE, PRINTED, STANDINGS
from article.claims.reading import (
    INNOVATION,
    JOBS,
    by_cluster,
    classes,
    coverage,
    criteria_shares,
    of_criteria,
    planned_change,
    printed,
    quantitative,
    serving,
    signs_of_weight,
)
from article.claims.registry import Finding, NoData, check, not_empirical
from article.claims.yardsticks import none_of, worst


@check(
    "F33",
    PRINTED,
    hedge="primarily",
    threshold=1.0,
    share=True,
    rule="Signs of weight, as no weights are printed: jobs are printed first in Table 2; in at "
    "least {threshold} of the years; and in more rows than any other concept. Supported if all "
    "hold, partly if one of the first two, else not shown; contradicted if there is no such row, "
    "or it is to fall.",
)
def primarily_jobs(study, threshold):
    """Table 2 sees innovation development primarily as creating high-performance jobs."""
    rows = printed(study, 2)
    jobs = [name for name, concept in records(rows, "indicator", "concept") if concept == JOBS]
    falling = [name for name in jobs if planned_change(study, 2).get(name, 0) < 0]
    place, filled, more = signs_of_weight(study, 2, JOBS) if jobs else (0, 0.0, -1)
    signs = [place == 1, filled >= threshold, more > 0]
    verdict = "partly supported" if any(signs[:2]) else "not shown"
    verdict = "supported" if all(signs) else verdict
    others = Counter(concept for concept in rows["concept"].dropna().tolist() if concept != JOBS)
    most = [f"{concept} {count}" for concept, count in others.most_common() if count >= len(jobs)]
    return Finding(
        "contradicted" if falling or not jobs else verdict,
        f"Rows on such jobs in Table 2: {len(jobs)} of {len(rows)}, in place "
        f"{place or 'none'}, filled for {number(100 * filled)} % of the years; concepts with as "
        f"many rows or more: {listed(most)}. To fall: {listed(falling)}. The row is a share, from "
        "which new jobs do not follow.",
        statistic="signs of weight that hold, of three",
        value=sum(signs),
        needs="weights of the indicators in the programme; number of jobs, not only their share",
    )


@check(
    "F34",
    PRINTED,
    uses=("clusters", "series"),
    hedge="practically all the products",
    threshold=1,
    rule="Two parts. No innovative products: contradicted if in both readings at least {threshold} "
    "row of Table 2 serves that criterion, partly if in one, supported if in none. Traditional "
    "products: supported if the cluster is coded traditional in both readings, contradicted if in "
    "none; else not shown. Both parts count.",
)
def no_innovative_products(study, threshold):
    """Table 2 is not about innovative products; practically all products are traditional."""
    rows = printed(study, 2)
    found = [_serving(rows, ["innovative-products"], other) for other in (False, True)]
    low, high = sorted(map(len, found))
    return Finding(
        worst(none_of(low, high, threshold), coded_traditional(study, 2)),
        f"Rows of Table 2 that serve innovative products: {listed(found[0])}; in "
        f"the other coding {listed(found[1])}. That the products are traditional is our coding of "
        "the cluster's name; what the firms produce is not recorded.",
        statistic="rows of Table 2 that serve innovative products",
        value=len(found[0]),
        low=low,
        high=high,
        needs="products of each member firm and the share of new ones in its sales, by year",
    )


@check(
    "F35",
    PRINTED,
    hedge="can also include",
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
    uses=("clusters", "series"),
    hedge="is oriented to",
    threshold=1.0,
    share=True,
    rule="Targets do show an orientation. Own developments and new technology: supported if at "
    "least {threshold} of the rows of Table 2 on innovation are to rise, partly if some, "
    "contradicted if none, and then the whole is. Traditional goods: the cluster is coded so, and "
    "no row serves innovative products in either coding. Both parts count.",
)
def own_developments(study, threshold):
    """Table 2 lets one say: oriented to traditional goods with new technology, own developments."""
    rows = printed(study, 2)
    named = sorted({*_serving(rows, INNOVATION, False), *_serving(rows, INNOVATION, True)})
    if not named:
        raise NoData("row of Table 2 on innovation")
    moves = planned_change(study, 2)
    rising = [name for name in named if moves.get(name, 0) > 0]
    share = len(rising) / len(named)
    new = "supported" if share >= threshold else "partly supported" if rising else "contradicted"
    products = [len(_serving(rows, ["innovative-products"], other)) for other in (False, True)]
    goods = worst(none_of(min(products), max(products)), coded_traditional(study, 2))
    return Finding(
        "contradicted" if new == "contradicted" else worst(new, goods),
        f"To rise by the plan: {listed(rising)}, of {listed(named)}. That shows what the programme "
        "is oriented to, not what came of it. The goods are traditional by our coding of the "
        f"cluster's name; rows on innovative products: {min(products)} or {max(products)}, by the "
        "reading.",
        statistic="share of the rows on innovation in Table 2 that are to rise",
        value=share,
        needs="outcomes of these rows after 2016; the technology used by each member firm, by year",
    )


@check(
    "F37",
    COVERAGE,
    uses=("criteria", "series"),
    hedge="not fully",
    threshold=1.0,
    share=True,
    rule="Two parts. Not balanced: in both readings Table 2 covers less than {threshold} of the "
    "quantitative criteria, partly if in one, else contradicted. In line with the industry: Table "
    "2 has more than half of the concepts of Table 3, the other cluster of woodworking; "
    "contradicted if it has none; else not shown. Both parts count.",
)
def profile_not_balanced(study, threshold):
    """The profile is not fully balanced but in line with the industry."""
    first, other = criteria_shares(study, 2)
    low, high = sorted([first, other])
    balance = "supported" if high < threshold else "partly supported"
    own, theirs = (concepts_of(study, table) for table in (2, 3))
    shared = sorted(own & theirs)
    fit = "contradicted" if theirs and not shared else "not shown"
    fit = "supported" if len(shared) * 2 > len(theirs) else fit
    return Finding(
        worst(balance if low < threshold else "contradicted", fit),
        f"Table 2 has numbers on {of_criteria(study, first)}, in the other coding on "
        f"{of_criteria(study, other)}. Of {counted(len(theirs), 'concept')} of the other "
        f"woodworking cluster it has {listed(shared)}; a profile of the industry is not printed.",
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
    "shown. What is counted stands in for a capacity that is not measured, so that one pair alone "
    "decides nothing.",
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


def coded_traditional(study, table):
    """Judge by the coding that the cluster of a table is of the traditional class."""
    cluster = printed(study, table)["cluster"].iloc[0]
    readings = [kinds.get(cluster) == "traditional" for kinds in classes(study)]
    return "supported" if all(readings) else "not shown" if any(readings) else "contradicted"


def concepts_of(study, table):
    """Return the concepts that the rows of a table measure; none for a table that is not there."""
    rows = records(printed(study), "table", "concept")
    return {concept for number, concept in rows if number == table and concept == concept}
