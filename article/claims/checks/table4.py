"""Claims of the results on Table 4, and on the comparison of the tables."""

from itertools import compress
from operator import itemgetter

import pandas as pd

from analysis.comparative.indicator_sets import jaccard
from analysis.tidy.records import records
from analysis.tidy.wording import counted, interval, listed, number
from article.claims.notebooks import COVERAGE, PRINTED, SAME_THINGS, STANDINGS
from article.claims.reading import (
    JOBS,
    by_year,
    criteria_shares,
    new_jobs_per_graduate,
    of_criteria,
    printed,
    quantitative,
    rows_on,
    serving,
)
from article.claims.registry import Finding, NoData, check, not_testable


@check(
    "F45",
    SAME_THINGS,
    threshold=0.5,
    share=True,
    rule="Supported if more than {threshold} of the rows of Table 4 measure a concept that Table 2 "
    "or 3 measures; partly if some do; contradicted if none does.",
)
def traditional_approach(study, threshold):
    """The IT strategy largely reproduces the traditional approach."""
    rows = printed(study)
    own, others = _of_tables(rows, 4), _of_tables(rows, 2, 3)
    if not own or not others:
        raise NoData("table 2 or 3" if own else "table 4")
    concepts, labels = ({row[place] for row in others} for place in (1, 2))
    share = sum(concept in concepts for _, concept, _ in own) / len(own)
    names = sum(label in labels for *_, label in own)
    sets = pd.DataFrame([*own, *others], columns=["cluster", "concept", "label"])
    alike = records(jaccard(sets, by="concept"), "cluster", "jaccard")
    with_it = [likeness for table, likeness in alike if table == 4]
    verdict = "partly supported" if share > 0 else "contradicted"
    return Finding(
        "supported" if share > threshold else verdict,
        f"{number(100 * share)} % of the rows of Table 4 measure a concept of Table 2 or 3, "
        f"{names} of {len(own)} by the same name. The likeness of all its concepts to theirs "
        f"(Jaccard, 1 if the same) is {interval(min(with_it), max(with_it))}.",
        statistic="share of the rows of Table 4 whose concept Table 2 or 3 has",
        value=share,
    )


@check(
    "F46",
    PRINTED,
    threshold=1.0,
    share=True,
    rule="Supported if high-performance jobs are printed first in Table 4, with a value in at "
    "least {threshold} of the years; partly if one of the two; contradicted if there is no such "
    "row; else not shown.",
)
def jobs_main_indicator(study, threshold):
    """High-performance jobs are a main indicator of the IT strategy."""
    rows = sorted(records(printed(study, 4), "row", "concept"), key=itemgetter(0))
    jobs = [row for row, concept in rows if concept == JOBS]
    cells = records(rows_on(study, JOBS), "table", "value")
    known = [value == value for table, value in cells if table == 4]
    filled = sum(known) / len(known) if known else 0.0
    held = [rows[0][1] == JOBS, filled >= threshold]
    verdict = "not shown" if jobs else "contradicted"
    return Finding(
        "supported" if all(held) else "partly supported" if any(held) else verdict,
        f"Place among the {len(rows)} rows of Table 4: {listed(jobs, 'not there')}; filled "
        f"for {number(100 * filled)} % of the years. No weights are printed, so place and "
        "completeness are all there is to go by.",
        statistic="share of the years with a number of such jobs",
        value=filled,
    )


@check(
    "F47",
    STANDINGS,
    threshold=1,
    rule="Supported if sales have at least {threshold} measured value and the share of innovative "
    "goods in them is printed; partly if one of the two; else not shown.",
)
def sales_show_potential(study, threshold):
    """Sales are the second key indicator and show realised potential."""
    rows, sales = printed(study, 4), by_year(study, "sales")
    measured = len(by_year(study, "sales", measured=True))
    kinds = compress(rows["kind"].tolist(), serving(rows, ["innovative-products"]))
    split = "share" in kinds
    held = [measured >= threshold, split]
    jobs = by_year(study, "hpj-total")
    per_job = {year: value / jobs[year] for year, value in sales.items() if jobs.get(year, 0) > 0}
    words = [f"{number(value)} in {year}" for year, value in per_job.items()]
    place = [row for row, name in records(rows, "row", "indicator") if name == "sales"]
    return Finding(
        "supported" if all(held) else "partly supported" if any(held) else "not shown",
        f"Sales are row {listed(place)} of {len(rows)}, with values for {len(sales)} of "
        f"{counted(len(study.years), 'year')}, {measured} of them measured; how much of them is "
        f"innovative is {'' if split else 'not '}printed. Million roubles a job: {listed(words)}.",
        statistic="measured values of sales",
        value=measured,
        needs="sales of each year as achieved, and the share of innovative goods in them",
    )


@check(
    "F48",
    COVERAGE,
    uses=("criteria", "series"),
    threshold=1.0,
    share=True,
    rule="Supported if at least {threshold} of the two rows, joint projects and graduates, serve a "
    "quantitative criterion of the method; partly if some do; contradicted if none does.",
)
def growth_possibilities(study, threshold):
    """Joint projects and graduates describe growth possibilities."""
    rows, wanted = printed(study, 4), ("joint-projects", "graduates")
    names = rows["indicator"].tolist()
    if not set(wanted).intersection(names):
        raise NoData("row on joint projects or graduates")
    found = [name for name in compress(names, serving(rows, quantitative(study))) if name in wanted]
    share = len(found) / 2
    verdict = "partly supported" if share else "contradicted"
    return Finding(
        "supported" if share >= threshold else verdict,
        f"Of the two, {listed(found)} serve a quantitative criterion; joint projects are an "
        f"institutional one at most. New jobs per graduate, as planned: {_graduate_words(study)}.",
        statistic="share of the two rows that serve a quantitative criterion",
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
    why="No indicator of the Penza cluster is printed, so there is nothing to compare.",
)


def _of_tables(rows, *numbers):
    """List the rows of some tables: (table, concept, label)."""
    return [row for row in records(rows, "table", "concept", "label") if row[0] in numbers]


def _graduate_words(study):
    try:
        found = new_jobs_per_graduate(study).tolist()
    except NoData:
        return "not printed"
    return interval(min(found), max(found)) if found else "not printed"
