"""Rules for the header of a table and the length of its rows."""

from __future__ import annotations

import re
from difflib import get_close_matches
from functools import lru_cache
from typing import TYPE_CHECKING

from analysis.study.checks.cures import import_of
from analysis.study.schema import LOOKED_AT, header_below, needed_columns, table_schemas

if TYPE_CHECKING:
    from analysis.study.package import RawTable
    from analysis.study.problems import Problem

ROW_NUMBERS = "row numbers, as to_csv writes without index=False, are no column"


def unread_columns(table: RawTable) -> list[str]:
    """Say which columns of a table are not read, since the schema does not know their name.

    >>> from analysis.study.package import RawTable
    >>> unread_columns(RawTable("clusters", "clusters.csv", ["cluster", "name", "colour"], []))
    ['clusters.csv: the column colour is not read: no column of clusters has this name']
    """
    known, found = known_columns(table.name), []
    for name in dict.fromkeys(table.header):
        if name and name not in known:
            meant = nearest_name(name, tuple(known))
            hint = f"; did you mean {meant}?" if meant and meant not in table.header else ""
            rule = f"no column of {table.name} has this name{hint}"
            found.append(f"{table.file}: the column {name} is not read: {rule}")
    return found


def known_columns(name: str) -> dict[str, bool]:
    """Return the columns that a table may have, and whether it has to: {column: bool}.

    >>> list(known_columns("series").items())[2:4]
    [('cluster', True), ('indicator', True)]
    """
    needed = needed_columns(name)
    fields = table_schemas()[name]["schema"]["fields"]
    return {spec["name"]: spec["name"] in needed for spec in fields}


def header_problems(table: RawTable) -> list[Problem]:
    """Check the header of a table: its separator, the columns it lacks, names given twice.

    >>> from analysis.study.package import RawTable
    >>> [p.rule for p in header_problems(RawTable("series", "series.csv", ["cluster;year"], []))]
    ['the columns are not separated by commas']
    """
    known, header = known_columns(table.name), table.header
    if len(header) == 1 and any(mark in header[0] for mark in ";\t"):
        rule = "the columns are not separated by commas"
        return [table.problem(1, "", header[0], rule, "commas, and . as decimal point")]
    if line := header_below(table.name, header, table.rows[:LOOKED_AT]):
        rule, allowed = "stands above the header", f"the header in row 1; row {line} looks like it"
        return [table.problem(1, "", header[0], rule, allowed)]
    wanted = [name for name, required in known.items() if required]
    years = [name for name in header if re.fullmatch(r"(?:1[89]|20)\d\d", name.strip())]
    if years and not {*wanted} <= {*header}:
        rule = f"years stand as columns ({', '.join(years[:3])}): this is a wide table"
        allowed = f"a row for each year; {import_of(table.file)}"
        return [table.problem(1, "", "", rule, allowed)]
    problems = [_missing_column(table, name, wanted) for name in wanted if name not in header]
    for at, name in enumerate(header):
        if not name and any(len(cells) > at and cells[at] for _, cells in table.rows):
            rule = f"column {at + 1} has no name"
            allowed = f"a name for each column: {', '.join(known)}; {ROW_NUMBERS}"
            problems.append(table.problem(1, "", "", rule, allowed))
        elif name in known and header.index(name) < at:
            problems.append(table.problem(1, name, name, "the column stands twice", "each once"))
    return problems


def _missing_column(table, name, wanted):
    others = [other for other in table.header if other and other not in known_columns(table.name)]
    nearest = nearest_name(name, tuple(others))
    meant = f"; is it {nearest}?" if nearest else f"; it has: {', '.join(others)}" if others else ""
    return table.problem(1, name, "", "the column is missing", ", ".join(wanted) + meant)


def ragged_problems(table: RawTable) -> list[Problem]:
    """Name the rows that are longer or shorter than the header.

    >>> from analysis.study.package import RawTable
    >>> [str(p) for p in ragged_problems(RawTable("a", "a.csv", ["x", "y"], [(2, ["1"])]))]
    ["a.csv, row 2: '1 cell' the row has the wrong length; allowed: 2 cells"]
    """
    width = len(table.header)
    allowed = _cells(width)
    more = f"{allowed}: a comma in a text or number parts cells, but between quotation marks"
    return [
        table.problem(
            number,
            "",
            _cells(len(cells)),
            "the row has the wrong length",
            more if len(cells) > width else allowed,
        )
        for number, cells in table.rows
        if len(cells) != width
    ]


def _cells(count):
    return "1 cell" if count == 1 else f"{count} cells"


@lru_cache(maxsize=1000)
def nearest_name(value: str, known: tuple[str, ...]) -> str | None:
    """Return the known name most similar to a text, or None.

    >>> nearest_name("clusters ", ("cluster", "year"))
    'cluster'
    """
    return next(iter(get_close_matches(value.strip().lower(), known, 1)), None)
