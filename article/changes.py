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
FILES = {"context": "regional_context"}  # the file of a table, where not of its name


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
    row: dict  # the row as it was, {column: cell}
    cells: dict  # what is changed of it
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
    for place, row in enumerate(_rows(study.series)):
        cells = {"value": _other_number(row["value"], row["kind"])}
        is_printed = not pd.isna(row["table"])
        first = f"table {row['table']}, row {row['row']}" if is_printed else _series_of(row)
        printed = row["table"] if is_printed else 0
        yield _change(study, "series", place, row, cells, f"{first}, {row['year']}", printed)


def _series_of(row):
    return f"{row['cluster']}, {row['indicator']}"


def _rows(table):
    """Return the rows of a table as {column: cell}."""
    return [dict(zip(table, row, strict=True)) for row in records(table, *table)]


def _change(study, name, place, row, cells, key, printed=0):
    """Return the change of some cells of one row of a table; the first is the one reported."""
    table = getattr(study, name)
    columns = {column: table[column].array.copy() for column in cells}
    for column, cell in cells.items():
        columns[column][place] = cell
    study_then = replace(study, **{name: table.assign(**columns)})
    field, after = next(iter(cells.items()))
    file = f"{FILES.get(name, name)}.csv"
    return Change(file, key, field, row[field], after, name, study_then, row, cells, printed)


def _other_number(value, kind):
    """Double a number, halve a share, write 1 for a zero or a gap."""
    if pd.isna(value) or value == 0:
        return 1.0
    return value / 2 if kind == "share" else value * 2


def _statuses(study):
    """Every coded item: what is present becomes absent, everything else present."""
    for place, row in enumerate(_rows(study.components)):
        key = f"{row['cluster']}, {row['component']}, {row['item']}"
        cells = {"status": OTHER_STATUS[row["status"]]}
        yield _change(study, "components", place, row, cells, key)


def _grades(study):
    """Every grade: the next higher one, the highest becomes the next lower."""
    clusters, grades = study.clusters, list(study.grades)
    for place, (cluster, row) in enumerate(zip(clusters.index, _rows(clusters), strict=True)):
        grade = grades.index(row["grade"])
        other = grades[grade + 1 if grade + 1 < len(grades) else grade - 1]
        yield _change(study, "clusters", place, row, {"grade": other}, cluster, 1)


def _regional_figures(study):
    """Every outside figure: halved, with both ends of its range."""
    for place, row in enumerate(_rows(study.context)):
        cells = {name: row[name] / 2 for name in ("value", "low", "high")}
        key = ", ".join(row[name] for name in ("region", "period", "measure"))
        yield _change(study, "context", place, row, cells, key)
