"""Claims of the results section on Tables 3 and 4, the strategies (F41-F50)."""

from collections import Counter
from itertools import compress
from operator import itemgetter

import pandas as pd

from analysis.comparative.indicator_sets import jaccard
from analysis.tidy.records import records
from analysis.tidy.wording import counted, interval, listed, number
from article.claims.figures import classes
from article.claims.framing import TRADITIONAL
from article.claims.indicators import (
    COVERED,
    CRITERIA,
    SAME_THINGS,
    STANDINGS,
    TABLE_ROWS,
    TARGETS,
    criteria_shares,
    innovation_rows,
    new_jobs_per_graduate,
    none_of,
    of_criteria,
    shares_without,
)
from article.claims.reading import (
    INNOVATION,
    JOBS,
    by_year,
    coverage,
    printed,
    quantitative,
    rows_on,
    serving,
)
from article.claims.registry import Finding, NoData, check, not_testable


@check(
    "F41",
    CRITERIA,
    uses=COVERED,
    threshold=0.5,
    most=1.0,
    rule="Supported if in both readings Table 3 covers less than {threshold} of the quantitative "
    "criteria and it has the fewest rows of the tables; partly if one holds; else contradicted.",
)
def simplified_evaluation(study, threshold):
    """In Table 3 evaluation is greatly simplified."""
    sizes = Counter(printed(study)["table"].tolist())
    share = max(criteria_shares(study, 3))
    own = sizes.pop(3)
    if not sizes:
        raise NoData("other indicator table to compare with")
    held = [share < threshold, own < min(sizes.values())]
    words = [f"Table {table} {count}" for table, count in sorted(sizes.items())]
    return Finding(
        "supported" if all(held) else "partly supported" if any(held) else "contradicted",
        f"Table 3 has {counted(own, 'row')} ({listed(words)}) and covers "
        f"{of_criteria(study, share)}.",
        statistic="share of the quantitative criteria that Table 3 covers",
        value=share,
    )


@check(
    "F42",
    TABLE_ROWS,
    threshold=1,
    rule="Contradicted if in both readings at least {threshold} row of Table 3 serves a criterion "
    "of innovation; partly if in one; supported if in none.",
)
def nothing_on_innovation(study, threshold):
    """Table 3 has nothing on innovation or own development."""
    rows = printed(study, 3)
    counts = [sum(serving(rows, INNOVATION, other)) for other in (False, True)]
    return Finding(
        none_of(min(counts), max(counts), threshold),
        f"Rows of Table 3: {listed(rows['indicator'])}; {counts[0]} of {len(rows)} serve a "
        f"criterion of innovation, {counts[1]} in the other reading. That a table does not ask for "
        "it does not mean that the firms do nothing of the kind.",
        statistic="rows of Table 3 that serve a criterion of innovation",
        value=counts[0],
        low=min(counts),
        high=max(counts),
    )


@check(
    "F43",
    CRITERIA,
    uses=("clusters", *COVERED),
    threshold=0.5,
    most=1.0,
    rule="A cluster is alike if its table covers fewer than half of the criteria. Supported if "
    "more than {threshold} of the traditional clusters surely are, contradicted if no more can be, "
    "those without numbers read either way and under both classings; else not shown.",
)
def same_approach(study, threshold):
    """Most traditional clusters have the same approach."""
    table = coverage(study)
    covered = dict(zip(table.index.tolist(), table.mean(axis=1).tolist(), strict=True))
    groups = [[c for c in covered if kinds[c] == TRADITIONAL] for kinds in classes(study)]
    if not all(groups):
        raise NoData("traditional cluster")
    alike = [[cluster for cluster in group if 0 < covered[cluster] < 0.5] for group in groups]
    surely = [len(found) / len(group) for found, group in zip(alike, groups, strict=True)]
    low = min(surely)
    high = max(sum(covered[c] < 0.5 for c in group) / len(group) for group in groups)
    verdict = "contradicted" if high <= threshold else "not shown"
    known = sum(covered[cluster] > 0 for cluster in groups[0])
    return Finding(
        "supported" if low > threshold else verdict,
        f"{known} of {counted(len(groups[0]), 'traditional cluster')} have a table; alike in "
        f"this sense: {listed(alike[0])}. The documents of the others are not in "
        "the article.",
        statistic="share of traditional clusters known to be alike",
        value=surely[0],
        low=low,
        high=high,
        needs="planning document of each other traditional cluster: its indicators, by name",
    )


@check(
    "F44",
    TARGETS,
    threshold=0.5,
    most=1.0,
    rule="Supported if in both readings more than {threshold} of the tables have no row on "
    "innovation itself; partly if some have none; contradicted if all have one.",
)
def no_serious_task(study, threshold):
    """Potential is limited and no serious task is set for it."""
    first, other = shares_without(innovation_rows(study))
    indices = _planned_index(study)
    third = [row for row in indices.items() if row[0][0] == 3]
    others = [row for row in indices.items() if row[0][0] != 3]
    highest = sorted(others, key=lambda row: -row[1])[:1]
    verdict = "partly supported" if max(first, other) > 0 else "contradicted"
    return Finding(
        "supported" if min(first, other) > threshold else verdict,
        f"{number(100 * first)} % of the tables set no task for innovation itself. Last "
        f"value in per cent of the first, Table 3: {_index_words(third)}; the highest "
        f"elsewhere: {_index_words(highest)}. Whether a task is serious is a "
        "matter of judgement.",
        statistic="share of the tables without a row on innovation",
        value=first,
        low=min(first, other),
        high=max(first, other),
    )


@check(
    "F45",
    SAME_THINGS,
    threshold=0.5,
    most=1.0,
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
    TABLE_ROWS,
    threshold=1.0,
    most=1.0,
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
    CRITERIA,
    uses=COVERED,
    threshold=1.0,
    most=1.0,
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
    CRITERIA,
    uses=COVERED,
    threshold=1.0,
    most=1.0,
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


def _planned_index(study):
    """Give each row's last value in per cent of its first: {(table, indicator): index}."""
    found = {}
    for table, name, year, value in records(study.series, "table", "indicator", "year", "value"):
        found.setdefault((table, name), {})[year] = value
    first, indices = min(study.years), {}
    for row in sorted(found):
        known = [year for year, value in found[row].items() if value == value]
        base = found[row].get(first, 0.0)
        if base > 0 and max(known) > first:
            indices[row] = 100 * found[row][max(known)] / base
    return indices


def _index_words(indices):
    return listed(f"{name} {number(value)}" for (_, name), value in indices)


def _graduate_words(study):
    try:
        found = new_jobs_per_graduate(study).tolist()
    except NoData:
        return "not printed"
    return interval(min(found), max(found)) if found else "not printed"
