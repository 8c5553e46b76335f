"""Every raw value of a study changed, one at a time: each change with the study that results.

Every printed number, every coded status, every grade and every regional figure is changed once,
by a fixed rule.
"""

from dataclasses import dataclass, replace

import pandas as pd

from analysis.comparative.evidence import component_status, evidence_bounds
from analysis.study.loading import Study
from analysis.tidy.records import records
from analysis.tidy.standing import MEASURED
from article.claims.watching import ALL, EVIDENCE, MEASURED_VALUES, PRESENCE

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
    parts: frozenset  # what of the table is changed, as the checks note what they read
    printed: int = 0  # the number of the article's table in which it stands, if in one
    evidence: tuple = ()  # what a cell then counts: alike for changes that leave the same evidence


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
    columns = ("table", "row", "year", "indicator", "value", "kind", "standing")
    for place, cell in enumerate(records(series, *columns)):
        table, row, year, indicator, value, kind, standing = cell
        other = _other_number(value, kind)
        study_then = replace(study, series=_changed(series, place, value=other))
        parts = {indicator: True, PRESENCE: value != value, MEASURED_VALUES: standing in MEASURED}
        yield Change(
            "series.csv", f"table {table}, row {row}, {year}", "value", value, other, "series",
            study_then, _parts("series", *(part for part, moved in parts.items() if moved)), table,
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
    evidence = _evidence_then(components, others)
    rows = records(components, "cluster", "component", "item", "status")
    for place, (cluster, component, item, status) in enumerate(rows):
        was, now = evidence[place]
        study_then = replace(study, components=_changed(components, place, status=others[place]))
        parts = {component} if was == now else {component, (component, EVIDENCE), EVIDENCE}
        yield Change(
            "components.csv", f"{cluster}, {component}, {item}", "status", status, others[place],
            "components", study_then, _parts("components", *parts),
            evidence=(cluster, component, now),
        )  # fmt: skip


def _evidence_then(components, others):
    """Return for each item what its component can count in any reading, as it is and changed.

    All items at once: each is looked at in a copy of its cell (its cluster and component) that
    stands for a cluster of its own.
    """
    cells = components.reset_index(names="place")
    cells = cells.merge(cells[["cluster", "component", "place"]], on=["cluster", "component"])
    cells = cells.assign(cluster=cells["place_y"], component="the cell").sort_values("place_y")
    changed = cells["status"].where(
        cells["place_x"] != cells["place_y"], cells["place_y"].map(others)
    )
    both = (_evidence(items) for items in (cells, cells.assign(status=changed)))
    return list(zip(*both, strict=True))


def _evidence(items):
    """What a component can count, with plans worth nothing, something, all; and its status."""
    columns = []
    for column in ("status", "alternative_status"):
        columns.append(component_status(items, column)["status"].tolist())
        for credit in (0.0, 0.5, 1.0):
            bounds = evidence_bounds(items, credit, column)
            columns += [end.iloc[:, 0].tolist() for end in bounds]
    return list(zip(*columns, strict=True))


def _grades(study):
    """Every grade: the next higher one, the highest becomes the next lower."""
    clusters, grades = study.clusters, list(study.grades)
    for cluster, grade in clusters["grade"].items():
        place = grades.index(grade)
        other = grades[place + 1 if place + 1 < len(grades) else place - 1]
        changed = _changed(clusters, clusters.index.get_loc(cluster), grade=other)
        study_then = replace(study, clusters=changed)
        yield Change(
            "clusters.csv", cluster, "grade", grade, other, "clusters", study_then,
            _parts("clusters"), 1,
        )  # fmt: skip


def _regional_figures(study):
    """Every outside figure: halved, with both ends of its range."""
    context = study.context
    figures = ("value", "low", "high")
    for place, row in enumerate(records(context, "region", "period", "measure", *figures)):
        *_, measure, value, _, _ = row
        halves = {name: figure / 2 for name, figure in zip(figures, row[3:], strict=True)}
        yield Change(
            "regional_context.csv", ", ".join(row[:3]), "value", value, value / 2, "context",
            replace(study, context=_changed(context, place, **halves)), _parts("context", measure),
        )  # fmt: skip


def _parts(table, *parts):
    return frozenset((table, one) for one in (ALL, *parts))
