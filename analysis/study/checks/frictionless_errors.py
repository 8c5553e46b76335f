"""Errors of Frictionless as problems of a study: what is wrong, and what is allowed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from analysis.study.checks.cell_rules import is_plain, pattern_in_words
from analysis.study.checks.columns import nearest_name
from analysis.study.checks.identifiers import is_identifier
from analysis.study.schema import table_schemas

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from analysis.study.package import RawTable
    from analysis.study.problems import Problem

LISTED = 12  # a longer list of allowed ids is named by its file instead


COMPARED = 500  # ids among which the nearest is looked for


DUPLICATE = "duplicate key"


# where a study lists words of its own
LISTS = "list it in the sheet study, or as enum of the column in datapackage.json"


def problems_of_error(
    error: Any, table: RawTable, schema: dict, tables: Mapping[str, RawTable]
) -> list[Problem]:
    """Translate one error of Frictionless; what another rule names already gives no problem.

    Parameters
    ----------
    error : of a task of a Frictionless report
    table : the table that it is about
    schema : its Table Schema, as it was checked
    tables : all tables of the study, which references look up
    """
    number = table.rows[error.row_number - 2][0] if hasattr(error, "row_number") else 0
    record = dict(zip(table.header, getattr(error, "cells", []), strict=False))
    column = getattr(error, "field_name", "")
    match error.type:
        case "type-error":
            return _translate_type(table, number, column, error.cell, schema)
        case "constraint-error":
            return _translate_constraint(table, number, column, error, schema)
        case "primary-key":
            key = schema["primaryKey"]
            if not all(record[name] for name in key):
                return []  # a value that is missing is named already, and is no repetition
            line = re.search(r"(\d+)$", error.note)
            first = table.rows[int(line[1]) - 2][0] if line else "above"
            value = ", ".join(record[name] for name in key)
            allowed = f"each {' + '.join(key)} once; first at row {first}"
            return [table.problem(number, key[-1], value, DUPLICATE, allowed)]
        case "foreign-key":
            return _translate_reference(table, number, error, tables)
        case "unique-error":
            rule = f"{column} stands twice"
            return [table.problem(number, column, error.cell, rule, "each value once")]
        case "blank-row":
            return []
    return [table.problem(number, column, "", error.message, "")]


def _translate_type(table, number, column, cell, schema):
    kind = next(spec["type"] for spec in schema["fields"] if spec["name"] == column)
    if kind in ("integer", "number"):
        return []  # named already by number_problems
    allowed = "true or false" if kind == "boolean" else kind
    return [table.problem(number, column, cell, "wrong type", allowed)]


def _translate_constraint(table, number, column, error, schema):
    """Say which constraint a value breaks, and what is allowed."""
    spec = next(spec for spec in schema["fields"] if spec["name"] == column)
    limits = spec["constraints"]
    if spec["type"] in ("integer", "number") and not is_plain(error.cell, spec["type"]):
        return []  # named already by number_problems
    name = re.match(r'constraint "(\w+)"', error.note)[1]
    noun = column.replace("_", " ").removeprefix("alternative ")
    rule, allowed = {
        "required": ("the value is missing", "a value"),
        "enum": (f"unknown {noun}", _listed(limits.get("enum", []), table.name, column)),
        "minimum": (f"{noun} out of range", _range(limits)),
        "maximum": (f"{noun} out of range", _range(limits)),
        "pattern": (f"{noun} is not well formed", pattern_in_words(limits.get("pattern"))),
        "maxLength": ("the text is too long", f"at most {limits.get('maxLength')} characters"),
    }[name]
    return [table.problem(number, column, error.cell, rule, allowed)]


def _listed(words, table, column):
    """List the words there are; where they are the study's own, say where the list stands."""
    spec = next(s for s in table_schemas()[table]["schema"]["fields"] if s["name"] == column)
    own = spec["constraints"].get("enum") == []
    return ", ".join(words) + (f"; another word: {LISTS}" if own else "")


def _range(limits):
    return " to ".join(f"{limits[end]:.15g}" for end in ("minimum", "maximum") if end in limits)


def _translate_reference(table, number, error, tables):
    column, key = error.field_names[0], error.reference_field_names[0]
    value, target = error.field_cells[0], tables.get(error.reference_name, table)
    known = [record[key] for _, record in target.records()]
    if any(_letters(value) == _letters(one) for one in known if not is_identifier(one)):
        return []  # the identifier itself is what is wrong, and is named in its own table
    listed = ", ".join(known) if 0 < len(known) <= LISTED else f"column {key} of {target.file}"
    if nearest := nearest_name(value, tuple(known[:COMPARED])):
        listed += f"; did you mean {nearest}?"
    return [table.problem(number, column, value, f"unknown {key.replace('_', ' ')}", listed)]


def _letters(identifier):
    return "".join(one for one in identifier.casefold() if one.isalnum())
