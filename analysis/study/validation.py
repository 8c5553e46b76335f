"""Say everything that is wrong with a data package, all at once.

In `checks/`: `columns.py` has the rules for headers, `table_schema.py` those that Frictionless
checks, `cell_rules.py` and `row_rules.py` further ones, `rules.py` those between tables.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis.study.checks.columns import header_problems, known_columns, ragged_problems
from analysis.study.checks.frictionless_errors import DUPLICATE
from analysis.study.checks.rules import RULES
from analysis.study.checks.table_schema import schema_problems
from analysis.study.package import BadDataError, is_workbook, read_package
from analysis.study.schema import table_schemas, vocabulary

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from analysis.study.package import RawTable
    from analysis.study.problems import Problem


def sound_tables(source: str | Path) -> tuple[dict, dict[str, RawTable]]:
    """Read raw data, a data package's folder or a workbook; return (descriptor, {name: RawTable}).

    Raises BadDataError with every problem found.
    """
    descriptor, tables, problems = validate(source, _reader(source))
    if problems:
        raise BadDataError(problems)
    return descriptor, tables


def _reader(source):
    if not is_workbook(source):
        return read_package
    from analysis.study.workbook import read_workbook  # slow to import: only where needed

    return read_workbook


def validate(
    source: str | Path,
    read: Callable[[str | Path], tuple[dict, dict[str, RawTable], list[Problem]]] = read_package,
) -> tuple[dict, dict[str, RawTable], list[Problem]]:
    """Check a study's folder.

    Returns (descriptor, {name: RawTable}, problems); the tables are safe to convert with
    `analysis.study.tidying.tidy` exactly when `problems` is empty.
    """
    descriptor, tables, problems = read(source)
    sound, read_wrong = {}, {(p.file, p.row, p.column) for p in problems if p.row}
    for table in tables.values():
        found = header_problems(table) or ragged_problems(table)
        problems += found
        if not found:
            sound[table.name] = table.only(known_columns(table.name))
            words = {c: vocabulary(descriptor, table.name, c) for c in table.header}
            sound[table.name].words = {column: own for column, own in words.items() if own}
    tables = tables | sound
    found = schema_problems(descriptor, sound) + _absent_tables(descriptor, sound)
    _mark_reported(sound, problems + found)
    for rule in RULES:
        found += rule(sound)
    # what was wrong with a cell when it was read is the one thing to say about it
    problems += [p for p in found if (p.file, p.row, p.column) not in read_wrong]
    return descriptor, tables, sorted(set(problems))


def _mark_reported(tables, problems):
    """Mark the cells with a problem, so that no further rule reports them again."""
    by_file = {table.file: table for table in tables.values()}
    for p in problems:
        # one of two that are the same is not itself wrong
        if p.row and p.column and p.rule != DUPLICATE and p.file in by_file:
            by_file[p.file].reported.add((p.row, p.column))


def _absent_tables(descriptor, tables):
    """Name the tables that a study does not list, and that a required column of it refers to."""
    if not tables:  # the descriptor itself may be what could not be read
        return []
    listed, problems = {"", *tables, *(r["name"] for r in descriptor["resources"])}, []
    for table in tables.values():
        required = known_columns(table.name)
        for key in table_schemas()[table.name]["schema"].get("foreignKeys", []):
            column, name = key["fields"][0], key["reference"]["resource"]
            if table.rows and required[column] and name not in listed:
                number, first = table.records()[0]
                rule = f"the table {name} is missing"
                allowed = f"a row of {name} for every {column}"
                problems.append(table.problem(number, column, first[column], rule, allowed))
    return problems
