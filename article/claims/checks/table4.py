"""Claims of the results on Table 4, and on the comparison of the tables."""

from itertools import compress

import pandas as pd

from analysis.comparative.indicator_sets import jaccard
from analysis.tidy.records import records
from analysis.tidy.wording import counted, interval, listed, number
from article.claims.notebooks import COVERAGE, PRINTED, SAME_THINGS, STANDINGS
from article.claims.reading import (
    JOBS,
    by_cluster,
    by_year,
    criteria_shares,
    known,
    new_jobs_per_graduate,
    of_criteria,
    printed,
    quantitative,
    serving,
    signs_of_weight,
    valued,
)
from article.claims.registry import Finding, NoData, check, not_testable
from article.claims.yardsticks import at_least, some, worst


@check(
    "F45",
    SAME_THINGS,
    hedge="in many respects",
    rule="Supported if at least {threshold} of the rows of Table 4 measure a concept that Table 2 "
    "or 3 measures, and as many do so by the same name; partly if by concept only; contradicted if "
    "fewer do.",
)
def traditional_approach(study, threshold):
    """In many respects the IT strategy reproduces the traditional approach."""
    rows = printed(study)
    own, others = _of_tables(rows, 4), _of_tables(rows, 2, 3)
    if not own or not others:
        raise NoData("table 2 or 3" if own else "table 4")
    if any(concept != concept for _, concept, _ in (*own, *others)):
        raise NoData("concept of every indicator (the column concept of indicators.csv)")
    concepts, labels = ({row[place] for row in others} for place in (1, 2))
    share = sum(concept in concepts for _, concept, _ in own) / len(own)
    names = sum(label in labels for *_, label in own)
    sets = pd.DataFrame([*own, *others], columns=["cluster", "concept", "label"])
    alike = records(jaccard(sets, by="concept"), "cluster", "other", "jaccard")
    with_it = [likeness for table, other, likeness in alike if 4 in (table, other)]
    verdict = "partly supported" if share >= threshold else "contradicted"
    return Finding(
        "supported" if min(share, names / len(own)) >= threshold else verdict,
        f"{number(100 * share)} % of the rows of Table 4 measure a concept of Table 2 or 3, "
        f"{names} of {len(own)} by the same name. The likeness of all its concepts to theirs "
        f"(Jaccard, 1 if the same) is {interval(min(with_it), max(with_it))}.",
        statistic="share of the rows of Table 4 whose concept Table 2 or 3 has",
        value=share,
        low=min(share, names / len(own)),
        high=share,
    )


@check(
    "F46",
    PRINTED,
    hedge="one of the main",
    threshold=1.0,
    share=True,
    rule="Signs of weight, as no weights are printed: jobs are printed first in Table 4; in at "
    "least {threshold} of the years; and in no fewer rows than any other concept, a tie being "
    "enough for one of the main. Supported if all hold, partly if one of the first two, else not "
    "shown; "
    "contradicted if there is no such row.",
)
def jobs_main_indicator(study, threshold):
    """High-performance jobs are one of the main indicators of the IT strategy."""
    rows = printed(study, 4)
    if JOBS not in rows["concept"].tolist():
        return Finding("contradicted", "Table 4 has no row on such jobs.")
    place, filled, more = signs_of_weight(study, 4, JOBS)
    signs = [place == 1, filled >= threshold, more >= 0]
    return Finding(
        "supported" if all(signs) else "partly supported" if any(signs[:2]) else "not shown",
        f"Place {place} among the {len(rows)} rows of Table 4; filled for {number(100 * filled)} % "
        "of the years. No weights are printed, so place, completeness and number of rows are all "
        "there is to go by.",
        statistic="signs of weight that hold, of three",
        value=sum(signs),
    )


@check(
    "F47",
    STANDINGS,
    hedge="almost all products",
    threshold=0.8,
    share=True,
    neighbours=(0.6, 1.0),
    rule="Three parts. Second key indicator, by the signs of weight: sales are printed first or "
    "second in Table 4, and in at least {threshold} of the years; partly if one holds; else not "
    "shown. Almost all products are innovative: a share of at least nine tenths is measured, "
    "contradicted if a lower one is. Realised: sales are measured. All parts count.",
)
def sales_show_potential(study, threshold):
    """Sales are the second key indicator; almost all goods innovative; realised potential."""
    rows, sales = printed(study, 4), by_year(study, "sales")
    measured = sum(value > 0 for value in by_year(study, "sales", measured=True).values())
    place, filled, _ = signs_of_weight(study, 4, "sales")
    signs = [place <= 2, filled >= threshold]
    key = "supported" if all(signs) else "partly supported" if any(signs) else "not shown"
    shares = [value for name, value in _innovative_shares(study)]
    split = at_least(min(shares), max(shares), 90) if shares else "not shown"
    jobs = by_year(study, "hpj-total")
    per_job = {year: value / jobs[year] for year, value in sales.items() if jobs.get(year, 0) > 0}
    words = [f"{number(value)} in {year}" for year, value in per_job.items()]
    return Finding(
        worst(key, split, "supported" if measured else "not shown"),
        f"Sales are row {place} of {len(rows)}, with values for {len(sales)} of "
        f"{counted(len(study.years), 'year')}, {measured} of them measured; how much of them is "
        f"innovative is {'' if shares else 'not '}printed. Million roubles a job: {listed(words)}.",
        statistic="share of the years with a value of sales",
        value=filled,
        needs="sales of each year as achieved, and the share of innovative goods in them",
    )


def _innovative_shares(study):
    """List the measured shares that serve innovative products in Table 4: (indicator, value)."""
    rows = valued(study, measured=True)
    kinds = dict(records(printed(study, 4), "indicator", "kind"))
    cells = compress(records(rows, "indicator", "value"), serving(rows, ["innovative-products"]))
    return [(name, value) for name, value in cells if kinds.get(name) == "share"]


@check(
    "F48",
    COVERAGE,
    uses=("criteria", "series"),
    hedge="can be attributed",
    threshold=1.0,
    share=True,
    rule="Supported if at least {threshold} of the two rows, joint projects and graduates, serve a "
    "criterion that the method announces, a quantitative one or one of the row's own name; partly "
    "if some do; contradicted if none does.",
)
def growth_possibilities(study, threshold):
    """Joint projects and graduates describe growth possibilities."""
    rows, wanted = printed(study, 4), ("joint-projects", "graduates")
    names = rows["indicator"].tolist()
    if not set(wanted).intersection(names):
        raise NoData("row on joint projects or graduates")
    serves = {*compress(names, serving(rows, quantitative(study))), *study.criteria["criterion"]}
    found = [name for name in names if name in wanted and name in serves]
    share = len(found) / 2
    verdict = "partly supported" if share else "contradicted"
    return Finding(
        "supported" if share >= threshold else verdict,
        f"Of the two, these serve a criterion that the method announces: {listed(found)}. New jobs "
        f"per graduate, as planned: {_graduate_words(study)}; that the two go with growth is not "
        "measured.",
        statistic="share of the two rows that serve an announced criterion",
        value=share,
    )


@check(
    "F49",
    COVERAGE,
    uses=("criteria", "series"),
    threshold=1.0,
    share=True,
    rule="Supported if in both readings Table 4 covers less than {threshold} of the quantitative "
    "criteria; partly if in one; else contradicted.",
)
def not_exhaustive(study, threshold):
    """The indicators of Table 4 are not exhaustive."""
    first, other = criteria_shares(study, 4)
    low, high = sorted([first, other])
    verdict = "partly supported" if low < threshold else "contradicted"
    return Finding(
        "supported" if high < threshold else verdict,
        f"All rows of Table 4 together have numbers on {of_criteria(study, first)}.",
        statistic="share of the quantitative criteria that Table 4 covers",
        value=first,
        low=low,
        high=high,
    )


not_testable(
    "F50",
    "planning document of the Penza IT cluster: its indicators by name, unit and year, 2016-2020",
    why="The article says so and prints no indicator of the Penza cluster, so there is nothing to "
    "compare.",
)


@check(
    "F88",
    SAME_THINGS,
    uses=("clusters", "series"),
    hedge="individual elements",
    threshold=2,
    rule="Two parts. Elements: at least {threshold} concepts have numbers in clusters of both "
    "classes, contradicted if none has, else not shown. Classes: each has at least {threshold} "
    "clusters with numbers, else not shown, as one cluster is no class. Both parts count.",
)
def classes_compared(study, threshold):
    """Elements of potential of traditional and innovative clusters are compared."""
    kinds, concepts, having = by_cluster(study, "activity_class"), {}, {}
    for cluster, concept in records(known(study), "cluster", "concept"):
        having.setdefault(kinds.get(cluster), set()).add(cluster)
        if concept == concept:
            concepts.setdefault(kinds.get(cluster), set()).add(concept)
    both = ("traditional", "innovative")
    shared = sorted(set.intersection(*(concepts.get(kind, set()) for kind in both)))
    counts = {kind: len(having.get(kind, ())) for kind in both}
    words = [f"{kind} {count}" for kind, count in counts.items()]
    return Finding(
        worst(some(len(shared), len(shared) and threshold, threshold),
              "supported" if min(counts.values()) >= threshold else "not shown"),
        f"Counted in both classes: {listed(shared)}. Clusters with numbers: {listed(words)}. What "
        "is compared are the documents of these clusters, not the classes.",
        statistic="concepts with numbers in both classes",
        value=len(shared),
        needs="the same indicators for several clusters of each class",
    )  # fmt: skip


def _of_tables(rows, *numbers):
    """List the rows of some tables: (table, concept, label)."""
    return [row for row in records(rows, "table", "concept", "label") if row[0] in numbers]


def _graduate_words(study):
    try:
        found = new_jobs_per_graduate(study).tolist()
    except NoData:
        return "not printed"
    return interval(min(found), max(found)) if found else "not printed"
