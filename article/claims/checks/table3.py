"""Claims of the results on Table 3, and on what the documents set as tasks."""

from collections import Counter
from itertools import compress

from analysis.tidy.wording import counted, listed
from article.claims.checks.table2 import coded_traditional
from article.claims.notebooks import CLASSES, COVERAGE, PRINTED, TARGETS
from article.claims.reading import (
    INNOVATION,
    JOBS,
    SIZE,
    by_year,
    classes,
    coverage,
    criteria_shares,
    of_criteria,
    planned_change,
    printed,
    quantitative,
    serving,
)
from article.claims.registry import Finding, NoData, check
from article.claims.yardsticks import more_than, none_of, worst


@check(
    "F41",
    COVERAGE,
    uses=("criteria", "series"),
    threshold=0.5,
    share=True,
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
    parts = [share < threshold, own < min(sizes.values())]
    words = [f"Table {table} {count}" for table, count in sorted(sizes.items())]
    return Finding(
        "supported" if all(parts) else "partly supported" if any(parts) else "contradicted",
        f"Table 3 has {counted(own, 'row')} ({listed(words)}) and covers "
        f"{of_criteria(study, share)}.",
        statistic="share of the quantitative criteria that Table 3 covers",
        value=share,
    )


@check(
    "F42",
    PRINTED,
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
        f"criterion of innovation, {counts[1]} in the other coding. That a table does not ask for "
        "it does not mean that the firms do nothing of the kind.",
        statistic="rows of Table 3 that serve a criterion of innovation",
        value=counts[0],
        low=min(counts),
        high=max(counts),
    )


@check(
    "F43",
    COVERAGE,
    uses=("clusters", "criteria", "series"),
    hedge="the majority",
    rule="A cluster is alike if its table covers fewer than half of the criteria. Supported if "
    "more than {threshold} of the traditional clusters certainly are, contradicted if no "
    "more can be, "
    "those without numbers read either way and under both classings; else not shown.",
)
def same_approach(study, threshold):
    """Most traditional clusters have the same approach."""
    table = coverage(study)
    covered = dict(zip(table.index.tolist(), table.mean(axis=1).tolist(), strict=True))
    groups = [[c for c in covered if kinds[c] == "traditional"] for kinds in classes(study)]
    if not all(groups):
        raise NoData("traditional cluster")
    alike = [[cluster for cluster in group if 0 < covered[cluster] < 0.5] for group in groups]
    certain = [len(found) / len(group) for found, group in zip(alike, groups, strict=True)]
    low = min(certain)
    high = max(sum(covered[c] < 0.5 for c in group) / len(group) for group in groups)
    known = sum(covered[cluster] > 0 for cluster in groups[0])
    return Finding(
        more_than(low, high, threshold),
        f"{known} of {counted(len(groups[0]), 'traditional cluster')} have a table; alike in "
        f"this sense: {listed(alike[0])}. Of the others the article "
        "prints no indicator.",
        statistic="share of traditional clusters known to be alike",
        value=certain[0],
        low=low,
        high=high,
        needs="planning document of each other traditional cluster: its indicators, by name",
    )


@check(
    "F44",
    TARGETS,
    threshold=0.5,
    share=True,
    rule="A task is a row on innovation, in either coding, that is to rise. Three parts. Table 3 "
    "sets none: else contradicted. More than {threshold} of the documents printed set none: else "
    "contradicted. Limited: no row on innovation is to end above zero; else not shown, as no "
    "benchmark is printed. All parts count.",
)
def no_serious_task(study, threshold):
    """Potential is limited and no serious task is set for it."""
    named = {table: _innovation_of(study, table) for table in _tables(study)}
    if 3 not in named:
        raise NoData("table 3")
    tasks = {
        table: [name for name in rows if planned_change(study, table).get(name, 0) > 0]
        for table, rows in named.items()
    }
    without = [table for table in tasks if not tasks[table]]
    share = len(without) / len(tasks)
    last = {name: by_year(study, name) for rows in named.values() for name in rows}
    ends = [cells[max(cells)] for cells in last.values() if cells]
    third = "contradicted" if tasks[3] else "supported"
    return Finding(
        worst(third, more_than(share, share, threshold),
              "not shown" if any(end > 0 for end in ends) else "supported"),
        f"Rows on innovation that are to rise: {listed(n for t in tasks for n in tasks[t])}. "
        f"Without any: {listed(f'Table {table}' for table in without)}, of {len(tasks)}. Table 3 "
        "sets no task for innovation; that the others set none cannot be said. Whether a task is "
        "serious is a matter of judgement.",
        statistic="share of the documents without a row on innovation that is to rise",
        value=share,
    )  # fmt: skip


@check(
    "F76",
    COVERAGE,
    uses=("criteria", "series"),
    threshold=1.0,
    share=True,
    rule="Supported if at least {threshold} of the two rows, participants of the value chain and "
    "jobs, serve a quantitative criterion of the method; partly if some do; contradicted if none.",
)
def reflect_potential(study, threshold):
    """Value-chain participants and high-performance jobs reflect the innovative potential."""
    rows, criteria = printed(study, 3), quantitative(study)
    concepts = rows["concept"].tolist()
    if not {SIZE, JOBS}.intersection(concepts):
        raise NoData("row on participants of the value chain or on jobs")
    found = sorted(set(compress(concepts, serving(rows, criteria))).intersection({SIZE, JOBS}))
    share = len(found) / 2
    verdict = "partly supported" if share else "contradicted"
    return Finding(
        "supported" if share >= threshold else verdict,
        f"Of the two, {listed(found)} serves one of the article's own criteria of potential; how "
        "many firms a value chain has is no criterion of the method, and says nothing of what is "
        "new.",
        statistic="share of the two rows that serve a quantitative criterion",
        value=share,
    )


@check(
    "F89",
    CLASSES,
    uses=("clusters", "series"),
    hedge="completely",
    threshold=1,
    rule="Two parts. The cluster of Table 3 is coded traditional in both readings: contradicted if "
    "in none, else not shown. And fewer than {threshold} row of its table serves a criterion of "
    "innovation: partly if in one reading, contradicted if in both. Both parts count.",
)
def completely_traditional(study, threshold):
    """The furniture cluster of Yakutia is a completely traditional activity."""
    rows = printed(study, 3)
    counts = [sum(serving(rows, INNOVATION, other)) for other in (False, True)]
    return Finding(
        worst(coded_traditional(study, 3), none_of(min(counts), max(counts), threshold)),
        f"By our coding of its name the cluster is traditional; rows of its table on innovation: "
        f"{counts[0]}, in the other coding {counts[1]}. A coding is less than a measurement.",
        statistic="rows of Table 3 that serve a criterion of innovation",
        value=counts[0],
        low=min(counts),
        high=max(counts),
    )


def _tables(study):
    return sorted(set(printed(study)["table"].tolist()))


def _innovation_of(study, table):
    """Name the rows of a table on innovation, in either coding."""
    rows = printed(study, table)
    either = zip(serving(rows, INNOVATION), serving(rows, INNOVATION, True), strict=True)
    return list(compress(rows["indicator"].tolist(), map(any, either)))
