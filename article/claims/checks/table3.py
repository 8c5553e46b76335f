"""Claims of the results on Table 3."""

from collections import Counter

from analysis.tidy.records import records
from analysis.tidy.wording import counted, listed, number
from article.claims.notebooks import COVERAGE, PRINTED, TARGETS
from article.claims.reading import (
    INNOVATION,
    classes,
    coverage,
    criteria_shares,
    innovation_rows,
    of_criteria,
    printed,
    serving,
    shares_without,
)
from article.claims.registry import Finding, NoData, check
from article.claims.yardsticks import none_of


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
        f"criterion of innovation, {counts[1]} in the other reading. That a table does not ask for "
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
    threshold=0.5,
    share=True,
    rule="A cluster is alike if its table covers fewer than half of the criteria. Supported if "
    "more than {threshold} of the traditional clusters surely are, contradicted if no more can be, "
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
    share=True,
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
