"""Claims of the results section on Tables 3 and 4, the strategies (F41-F50)."""

import pandas as pd

from analysis.indicator_sets import jaccard
from analysis.records import records
from analysis.wording import counted, interval, listed, number
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
)
from article.claims.reading import (
    INNOVATION,
    JOBS,
    coverage,
    printed,
    quantitative,
    rows_on,
    serves,
    values,
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
    sizes = printed(study)["table"].value_counts().sort_index()
    share = max(criteria_shares(study, 3))
    others = sizes.drop(3)
    if not len(others):
        raise NoData("other indicator table to compare with")
    held = [share < threshold, sizes[3] < others.min()]
    words = [f"Table {table} {count}" for table, count in others.items()]
    return Finding(
        "supported" if all(held) else "partly supported" if any(held) else "contradicted",
        f"Table 3 has {counted(int(sizes[3]), 'row')} ({listed(words)}) and covers "
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
    counts = [int(serves(rows, INNOVATION, other).sum()) for other in (False, True)]
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
    covered = coverage(study).mean(axis=1)
    first = study.clusters["activity_class"]
    other = study.clusters["activity_class_alternative"].fillna(first)
    groups = [covered[classes == "traditional"] for classes in (first, other)]
    if not all(map(len, groups)):
        raise NoData("traditional cluster")
    surely = [float(group.between(0, 0.5, inclusive="neither").mean()) for group in groups]
    low, high = min(surely), max(float((group < 0.5).mean()) for group in groups)
    verdict = "contradicted" if high <= threshold else "not shown"
    known = groups[0][groups[0] > 0]
    return Finding(
        "supported" if low > threshold else verdict,
        f"{len(known)} of {counted(len(groups[0]), 'traditional cluster')} have a table; alike in "
        f"this sense: {listed(known.index[known < 0.5])}. The documents of the others are not in "
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
    without = (~innovation_rows(study)).mean()
    indices = _planned_index(study)
    third = [row for row in indices.items() if row[0][0] == 3]
    others = [row for row in indices.items() if row[0][0] != 3]
    highest = sorted(others, key=lambda row: -row[1])[:1]
    verdict = "partly supported" if without.max() > 0 else "contradicted"
    return Finding(
        "supported" if without.min() > threshold else verdict,
        f"{number(100 * without['first'])} % of the tables set no task for innovation itself. Last "
        f"value in per cent of the first, Table 3: {_index_words(third)}; the highest "
        f"elsewhere: {_index_words(highest)}. Whether a task is serious is a "
        "matter of judgement.",
        statistic="share of the tables without a row on innovation",
        value=float(without["first"]),
        low=float(without.min()),
        high=float(without.max()),
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
    rows, others = printed(study, 4), printed(study)
    others = others[others["table"].isin([2, 3])]
    if not len(others):
        raise NoData("table 2 or 3")
    share = float(rows["concept"].isin(others["concept"]).mean())
    names = int(rows["label"].isin(others["label"]).sum())
    sets = pd.concat([rows, others])
    alike = jaccard(sets.assign(cluster=sets["table"]), by="concept")
    with_it = alike.loc[alike["cluster"] == 4, "jaccard"]
    verdict = "partly supported" if share > 0 else "contradicted"
    return Finding(
        "supported" if share > threshold else verdict,
        f"{number(100 * share)} % of the rows of Table 4 measure a concept of Table 2 or 3, "
        f"{names} of {len(rows)} by the same name. The likeness of all its concepts to theirs "
        f"(Jaccard, 1 if the same) is {interval(with_it.min(), with_it.max())}.",
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
    rows = printed(study, 4).sort_values("row")
    jobs = rows[rows["concept"] == JOBS]
    cells = rows_on(study, JOBS)
    cells = cells[cells["table"] == 4]
    filled = float(cells["value"].notna().mean()) if len(cells) else 0.0
    held = [rows["concept"].iloc[0] == JOBS, filled >= threshold]
    verdict = "not shown" if len(jobs) else "contradicted"
    return Finding(
        "supported" if all(held) else "partly supported" if any(held) else verdict,
        f"Place among the {len(rows)} rows of Table 4: {listed(jobs['row'], 'not there')}; filled "
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
    rows, sales = printed(study, 4), values(study, "sales")
    measured = len(values(study, "sales", measured=True))
    split = (serves(rows, ["innovative-products"]) & (rows["kind"] == "share")).any()
    held = [measured >= threshold, bool(split)]
    jobs = values(study, "hpj-total")
    per_job = (sales / jobs[jobs > 0]).dropna()
    words = [f"{number(value)} in {year}" for year, value in per_job.items()]
    place = rows.loc[rows["indicator"] == "sales", "row"].tolist()
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
    rows = printed(study, 4)
    named = rows[rows["indicator"].isin(["joint-projects", "graduates"])]
    if not len(named):
        raise NoData("row on joint projects or graduates")
    serving = named.loc[serves(named, quantitative(study)), "indicator"]
    share = len(serving) / 2
    verdict = "partly supported" if share else "contradicted"
    return Finding(
        "supported" if share >= threshold else verdict,
        f"Of the two, {listed(serving)} serve a quantitative criterion; joint projects are an "
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
        ratios = new_jobs_per_graduate(study)
    except NoData:
        return "not printed"
    return interval(ratios.min(), ratios.max()) if len(ratios) else "not printed"
