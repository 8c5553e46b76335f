"""One-at-a-time changes of every raw value of a study, each with the study that results.

Every printed number, every coded status, every grade and every regional figure is changed once,
by a fixed rule.
"""

from dataclasses import dataclass, replace

import pandas as pd

from analysis.study.loading import Study
from analysis.tidy.records import records

OTHER_STATUS = {
    "present": "absent",
    "absent": "present",
    "planned": "present",
    "unknown": "present",
    "not reported": "present",
}


@dataclass(frozen=True)
class Change:
    """One raw value changed, and the study that results."""

    file: str
    key: str  # names the row, by its key columns
    field: str
    before: object
    after: object
    table: str  # of the study
    study: Study
    printed: int = 0  # the number of the article's table in which it stands, if in one


def changes(study):
    """Yield every change: numbers doubled (see `_other_number`), statuses and grades swapped.

    >>> from analysis.study.loading import load_study
    >>> first = next(changes(load_study()))
    >>> first.key, first.before, first.after
    ('table 2, row 1, 2016', 55.0, 27.5)
    """
    yield from _numbers(study)
    yield from _statuses(study)
    yield from _grades(study)
    yield from _regional_figures(study)


def _numbers(study):
    """Every printed cell of the indicator tables, gaps included."""
    series = study.series
    cells = records(series, "table", "row", "year", "value", "kind")
    for place, (table, row, year, value, kind) in enumerate(cells):
        other = _other_number(value, kind)
        study_then = replace(study, series=_changed(series, place, value=other))
        yield Change(
            "series.csv", f"table {table}, row {row}, {year}", "value", value, other, "series",
            study_then, table,
        )  # fmt: skip


def _changed(table, place, **cells):
    """Return a copy of a table with other cells in one row."""
    columns = {name: table[name].array.copy() for name in cells}
    for name, cell in cells.items():
        columns[name][place] = cell
    return table.assign(**columns)


def _other_number(value, kind):
    """Double a number, halve a share, write 1 for a zero or a gap."""
    if pd.isna(value) or value == 0:
        return 1.0
    return value / 2 if kind == "share" else value * 2


def _statuses(study):
    """Every coded item: what is present becomes absent, everything else present."""
    components = study.components
    if components.empty:
        return
    others = components["status"].map(OTHER_STATUS)
    rows = records(components, "cluster", "component", "item", "status")
    for place, (cluster, component, item, status) in enumerate(rows):
        study_then = replace(study, components=_changed(components, place, status=others[place]))
        yield Change(
            "components.csv", f"{cluster}, {component}, {item}", "status", status, others[place],
            "components", study_then,
        )  # fmt: skip


def _grades(study):
    """Every grade: the next higher one, the highest becomes the next lower."""
    clusters, grades = study.clusters, list(study.grades)
    for cluster, grade in clusters["grade"].items():
        place = grades.index(grade)
        other = grades[place + 1 if place + 1 < len(grades) else place - 1]
        changed = _changed(clusters, clusters.index.get_loc(cluster), grade=other)
        study_then = replace(study, clusters=changed)
        yield Change(
            "clusters.csv", cluster, "grade", grade, other, "clusters", study_then, 1,
        )  # fmt: skip


def _regional_figures(study):
    """Every outside figure: halved, with both ends of its range."""
    context = study.context
    figures = ("value", "low", "high")
    for place, row in enumerate(records(context, "region", "period", "measure", *figures)):
        value = row[3]
        halves = {name: figure / 2 for name, figure in zip(figures, row[3:], strict=True)}
        yield Change(
            "regional_context.csv", ", ".join(row[:3]), "value", value, value / 2, "context",
            replace(study, context=_changed(context, place, **halves)),
        )  # fmt: skip
