"""Say everything that is wrong with a data package, all at once.

Types, constraints, keys and references are checked by Frictionless against the Table Schema;
rules that tie several tables together are in `rules.py`.
"""

from __future__ import annotations

import json
import math
import re
from copy import copy
from difflib import get_close_matches
from functools import lru_cache, partial
from typing import TYPE_CHECKING

from analysis.study.checks.identifiers import is_identifier
from analysis.study.checks.row_rules import INTEGER
from analysis.study.checks.rules import NUMBER, RULES
from analysis.study.checks.telling_rows import is_plain_column, telling_rows
from analysis.study.cures import cure_for_number
from analysis.study.package import read_package
from analysis.study.schema import (
    LOOKED_AT,
    effective_schema,
    header_below,
    needed_columns,
    table_schemas,
    vocabulary,
)

if TYPE_CHECKING:
    from typing import Any

    from analysis.study.package import RawTable

LISTED = 12  # a longer list of allowed ids is named by its file instead
COMPARED = 500  # ids among which the nearest is looked for
DUPLICATE = "duplicate key"
ROW_NUMBERS = "row numbers, as to_csv writes without index=False, are no column"
PER_TABLE = 1000  # problems named for one table
# the schema's patterns in words
FORMS = {"F[0-9]{1,4}": "F and a number: F12"}
# where a study lists words of its own
LISTS = "list it in the sheet study, or as enum of the column in datapackage.json"


def validate(source: Any, read: Any = read_package) -> Any:
    """Check a study's folder.

    Returns (descriptor, {name: RawTable}, problems); the tables are safe to convert with
    `data.tidy` exactly when `problems` is empty.
    """
    descriptor, tables, problems = read(source)
    sound, read_wrong = {}, {(p.file, p.row, p.column) for p in problems if p.row}
    for table in tables.values():
        found = _header_problems(table) or _ragged_problems(table)
        problems += found
        if not found:
            sound[table.name] = table.only(_columns(table.name))
            words = {c: vocabulary(descriptor, table.name, c) for c in table.header}
            sound[table.name].words = {column: own for column, own in words.items() if own}
    tables = tables | sound
    found = _schema_problems(descriptor, sound) + _absent_tables(descriptor, sound)
    _mark_reported(sound, problems + found)
    for rule in RULES:
        found += rule(sound)
    # what was wrong with a cell when it was read is the one thing to say about it
    problems += [p for p in found if (p.file, p.row, p.column) not in read_wrong]
    return descriptor, tables, sorted(set(problems))


def unread_columns(table: RawTable) -> list:
    """Say which columns of a table are not read, since the schema does not know their name.

    >>> from analysis.study.package import RawTable
    >>> unread_columns(RawTable("clusters", "clusters.csv", ["cluster", "name", "colour"], []))
    ['clusters.csv: the column colour is not read: no column of clusters has this name']
    """
    known, found = _columns(table.name), []
    for name in dict.fromkeys(table.header):
        if name and name not in known:
            meant = _nearest(name, tuple(known))
            hint = f"; did you mean {meant}?" if meant and meant not in table.header else ""
            rule = f"no column of {table.name} has this name{hint}"
            found.append(f"{table.file}: the column {name} is not read: {rule}")
    return found


def _columns(name):
    """Give the columns that a table may have, and whether it has to: {column: bool}."""
    needed = needed_columns(name)
    fields = table_schemas()[name]["schema"]["fields"]
    return {spec["name"]: spec["name"] in needed for spec in fields}


def _mark_reported(tables, problems):
    """Mark the cells with a problem, so that no further rule reports them again."""
    by_file = {table.file: table for table in tables.values()}
    for p in problems:
        # one of two that are the same is not itself wrong
        if p.row and p.column and p.rule != DUPLICATE and p.file in by_file:
            by_file[p.file].reported.add((p.row, p.column))


def _schema(descriptor, table):
    return effective_schema(descriptor, table.name, table.header)


def _header_problems(table):
    known, header = _columns(table.name), table.header
    if len(header) == 1 and any(mark in header[0] for mark in ";\t"):
        rule = "the columns are not separated by commas"
        return [table.problem(1, "", header[0], rule, "commas, and . as decimal point")]
    if line := header_below(table.name, header, table.rows[:LOOKED_AT]):
        rule, allowed = "stands above the header", f"the header in row 1; row {line} looks like it"
        return [table.problem(1, "", header[0], rule, allowed)]
    wanted = [name for name, required in known.items() if required]
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
    others = [other for other in table.header if other and other not in _columns(table.name)]
    nearest = _nearest(name, tuple(others))
    meant = f"; is it {nearest}?" if nearest else f"; it has: {', '.join(others)}" if others else ""
    return table.problem(1, name, "", "the column is missing", ", ".join(wanted) + meant)


def _ragged_problems(table):
    width = len(table.header)
    return [
        table.problem(
            number, "", f"{len(cells)} cells", "the row has the wrong length", f"{width} cells"
        )
        for number, cells in table.rows
        if len(cells) != width
    ]


def _schema_problems(descriptor, tables):
    """Validate the tables in memory with Frictionless, and translate its errors."""
    from frictionless import Package  # slow to import: only where needed

    problems = _number_problems(descriptor, tables)
    problems += _pattern_problems(descriptor, tables)
    if not tables:
        return problems
    report = None
    for is_whole in (False, True):  # a large table that is sound is so by a few of its rows
        resources = [_looked_at(descriptor, t, tables, is_whole) for t in tables.values()]
        report = Package(resources=resources).validate(limit_errors=PER_TABLE)
        if report.valid:
            return problems
    for task in report.tasks:
        table = tables[task.name]
        schema = _schema(descriptor, table)
        for error in task.errors:
            problems += _translate(error, table, schema, tables)
    return problems


def _looked_at(descriptor, table, tables, is_whole):
    """Make a Frictionless resource of a table, with all of its rows or a sample."""
    schema = _ordered_schema(_schema(descriptor, table), table.header, tables)
    rows = [cells for _, cells in table.rows]
    rows = rows if is_whole else telling_rows(rows, table.header, schema) or rows
    return _resource(table.name, [table.header, *rows], _examined(json.dumps(schema)))


@lru_cache
def _examined(schema):
    """Let Frictionless examine a schema, which for a small table takes longer than its rows."""
    from frictionless import Schema

    return Schema.from_descriptor(json.loads(schema))


def _resource(name, data, schema):
    """Describe a table to Frictionless, which copies fields and whole tables many times over.

    It would examine the description of each copy again, and of each table three times: here it
    does so once, and a copy is one of what is sound.
    """
    from frictionless import Resource

    for field in schema.fields:
        vars(field)["to_copy"] = partial(_like, field)
    resource = Resource(name=name, data=data, schema=schema)
    vars(resource)["to_copy"] = partial(_looked_up, name, data, schema)
    vars(resource)["to_descriptor"] = lambda **_: {"name": name, "data": []}
    return resource


def _looked_up(name, data, schema):
    """Copy a table to be looked up by others, which asks for no reference of its own."""
    from frictionless import Schema

    fields = [_like(field) for field in schema.fields]
    return _resource(name, data, Schema(fields=fields, missing_values=schema.missing_values))


def _like(field):
    """Copy a field as it is: `copy` alone leaves out what Frictionless keeps beside its slots."""
    again = copy(field)
    vars(again).update({name: copy(value) for name, value in vars(field).items()})
    return again


def _absent_tables(descriptor, tables):
    """Name the tables that a study does not list, and that a required column of it refers to."""
    if not tables:  # the descriptor itself may be what could not be read
        return []
    listed, problems = {"", *tables, *(r["name"] for r in descriptor["resources"])}, []
    for table in tables.values():
        required = _columns(table.name)
        for key in table_schemas()[table.name]["schema"].get("foreignKeys", []):
            column, name = key["fields"][0], key["reference"]["resource"]
            if table.rows and required[column] and name not in listed:
                number, first = table.records()[0]
                rule = f"the table {name} is missing"
                allowed = f"a row of {name} for every {column}"
                problems.append(table.problem(number, column, first[column], rule, allowed))
    return problems


def _ordered_schema(schema, header, tables):
    """Order the fields as in the file and drop references to tables that are not there."""
    # what else a descriptor says of a field is for readers, and may be anything
    said = ("name", "type", "constraints")
    fields = {f["name"]: {key: f[key] for key in said if key in f} for f in schema["fields"]}
    known = {"", *tables}  # the empty name is the table itself
    keys = [key for key in schema.get("foreignKeys", []) if key["reference"]["resource"] in known]
    kept = {key: schema[key] for key in ("primaryKey", "missingValues") if key in schema}
    return kept | {"fields": [fields[name] for name in header], "foreignKeys": keys}


def _pattern_problems(descriptor, tables):
    """A pattern holds for the whole text: Frictionless lets a line end pass behind it."""
    problems = []
    for table in tables.values():
        for spec in _schema(descriptor, table)["fields"]:
            pattern, column = spec.get("constraints", {}).get("pattern", ""), spec["name"]
            for number, record in table.records() if pattern else ():
                text = record[column]
                if text.endswith("\n") and re.fullmatch(pattern, text[:-1]):
                    rule, allowed = f"{column} ends in a line end", _form(pattern)
                    problems.append(table.problem(number, column, text, rule, allowed))
    return problems


def _number_problems(descriptor, tables):
    """Numbers are plain: what Python would read beyond that (1_000, NaN, inf) is refused."""
    problems = []
    for table in tables.values():
        specs = {spec["name"]: spec["type"] for spec in _schema(descriptor, table)["fields"]}
        for at, column in enumerate(table.header):
            if (kind := specs[column]) in ("integer", "number"):
                problems += _numbers_of(table, at, column, kind)
    return problems


def _numbers_of(table, at, column, kind):
    texts = [cells[at] for _, cells in table.rows]
    if is_plain_column(texts, kind):
        return []
    found = []
    for (number, _), text in zip(table.rows, texts, strict=True):
        if not _is_plain(text, kind):
            rule, allowed = cure_for_number(text, kind)
            found.append(table.problem(number, column, text, rule, allowed))
    return found


def _is_plain(text, kind):
    if text == "" or kind not in ("integer", "number"):
        return True
    pattern = INTEGER if kind == "integer" else NUMBER
    return bool(pattern.fullmatch(text)) and math.isfinite(float(text))


def _translate(error, table, schema, tables):
    """Translate one Frictionless error; a list, as some are dropped."""
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
            first = re.search(r"(\d+)$", error.note)
            first = table.rows[int(first[1]) - 2][0] if first else "above"
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
        return []  # named already by _number_problems
    allowed = "true or false" if kind == "boolean" else kind
    return [table.problem(number, column, cell, "wrong type", allowed)]


def _translate_constraint(table, number, column, error, schema):
    spec = next(spec for spec in schema["fields"] if spec["name"] == column)
    limits = spec["constraints"]
    if spec["type"] in ("integer", "number") and not _is_plain(error.cell, spec["type"]):
        return []  # named already by _number_problems
    name = re.match(r'constraint "(\w+)"', error.note)[1]
    noun = column.replace("_", " ").removeprefix("alternative ")
    rule, allowed = {
        "required": ("the value is missing", "a value"),
        "enum": (f"unknown {noun}", _listed(limits.get("enum", []), table.name, column)),
        "minimum": (f"{noun} out of range", _range(limits)),
        "maximum": (f"{noun} out of range", _range(limits)),
        "pattern": (f"{noun} is not well formed", _form(limits.get("pattern"))),
        "maxLength": ("the text is too long", f"at most {limits.get('maxLength')} characters"),
    }[name]
    return [table.problem(number, column, error.cell, rule, allowed)]


def _listed(words, table, column):
    """List the words there are; where they are the study's own, say where the list stands."""
    spec = next(s for s in table_schemas()[table]["schema"]["fields"] if s["name"] == column)
    own = spec["constraints"].get("enum") == []
    return ", ".join(words) + (f"; another word: {LISTS}" if own else "")


def _form(pattern):
    return FORMS.get(pattern, f"the pattern {pattern}")


def _range(limits):
    return " to ".join(f"{limits[end]:.15g}" for end in ("minimum", "maximum") if end in limits)


def _translate_reference(table, number, error, tables):
    column, key = error.field_names[0], error.reference_field_names[0]
    value, target = error.field_cells[0], tables.get(error.reference_name, table)
    known = [record[key] for _, record in target.records()]
    if any(_letters(value) == _letters(one) for one in known if not is_identifier(one)):
        return []  # the identifier itself is what is wrong, and is named in its own table
    listed = ", ".join(known) if 0 < len(known) <= LISTED else f"column {key} of {target.file}"
    if nearest := _nearest(value, tuple(known[:COMPARED])):
        listed += f"; did you mean {nearest}?"
    return [table.problem(number, column, value, f"unknown {key.replace('_', ' ')}", listed)]


def _letters(identifier):
    return "".join(one for one in identifier.casefold() if one.isalnum())


@lru_cache(maxsize=PER_TABLE)
def _nearest(value, known):
    """Return the known identifier most similar to a text, or None."""
    return next(iter(get_close_matches(value.strip().lower(), known, 1)), None)
