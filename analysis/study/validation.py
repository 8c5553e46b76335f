"""Say everything that is wrong with a data package, all at once.

Types, constraints, keys and references are checked by Frictionless against the Table Schema;
rules that tie several tables together are in `rules.py`.
"""

import json
import math
import re
from copy import copy
from difflib import get_close_matches
from functools import lru_cache, partial

from analysis.study.package import read_package
from analysis.study.row_rules import INTEGER
from analysis.study.rules import NUMBER, RULES
from analysis.study.schema import LOOKED_AT, header_below, optional_columns

LISTED = 12  # a longer list of allowed ids is named by its file instead
COMPARED = 500  # ids among which the nearest is looked for
DUPLICATE = "duplicate key"
ROW_NUMBERS = "row numbers, as to_csv writes without index=False, are no column"
PER_TABLE = 1000  # problems named for one table
# the schema's patterns in words
FORMS = {
    "[a-z0-9]+(-[a-z0-9]+)*": "small letters a to z and digits, joined by hyphens: north-port",
    "F[0-9]{1,4}": "F and a number: F12",
}


def validate(source, read=read_package):
    """Check a study's folder.

    Returns (descriptor, {name: RawTable}, problems); the tables are safe to convert with
    `data.tidy` exactly when `problems` is empty.
    """
    descriptor, tables, problems = read(source)
    sound, read_wrong = {}, {(p.file, p.row, p.column) for p in problems if p.row}
    for table in tables.values():
        found = _header_problems(table, _schema(descriptor, table.name))
        found = found or _ragged_problems(table)
        problems += found
        if not found:
            sound[table.name] = table
    found = _schema_problems(descriptor, sound) + _absent_tables(descriptor, sound)
    _mark_reported(sound, problems + found)
    for rule in RULES:
        found += rule(sound)
    # what was wrong with a cell when it was read is the one thing to say about it
    problems += [p for p in found if (p.file, p.row, p.column) not in read_wrong]
    return descriptor, tables, sorted(set(problems))


def _mark_reported(tables, problems):
    """Tell the tables which cells have a problem of their own, so that no rule follows it up."""
    by_file = {table.file: table for table in tables.values()}
    for p in problems:
        # one of two that are the same is not itself wrong
        if p.row and p.column and p.rule != DUPLICATE and p.file in by_file:
            by_file[p.file].reported.add((p.row, p.column))


def _schema(descriptor, name):
    return next(r["schema"] for r in descriptor["resources"] if r["name"] == name)


def _header_problems(table, schema):
    wanted = [spec["name"] for spec in schema["fields"]]
    optional = optional_columns(table.name)
    if len(table.header) == 1 and any(mark in table.header[0] for mark in ";\t"):
        rule = "the columns are not separated by commas"
        return [table.problem(1, "", table.header[0], rule, "commas, and . as decimal sign")]
    if line := header_below(table.name, table.header, table.rows[:LOOKED_AT]):
        rule, allowed = "stands above the header", f"the header in row 1; row {line} looks like it"
        return [table.problem(1, "", table.header[0], rule, allowed)]
    problems = [
        table.problem(1, name, "", "the column is missing", "columns " + ", ".join(wanted))
        for name in wanted
        if name not in table.header and name not in optional
    ]
    for name in dict.fromkeys(table.header):
        if not name:
            place = f"column {table.header.index(name) + 1}"
            rule, allowed = f"{place} has no name", "a name for each column: " + ", ".join(wanted)
            problems.append(table.problem(1, "", "", rule, f"{allowed}; {ROW_NUMBERS}"))
        elif name not in wanted:
            allowed = "columns " + ", ".join(wanted)
            problems.append(table.problem(1, name, name, "the column is not known", allowed))
        elif table.header.count(name) > 1:
            problems.append(table.problem(1, name, name, "the column stands twice", "each once"))
    return problems


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
    """Run Frictionless over the tables in memory and put its errors into our words."""
    from frictionless import Package  # slow to import: only where needed

    problems, resources = _number_problems(descriptor, tables), []
    problems += _pattern_problems(descriptor, tables)
    for table in tables.values():
        schema = _ordered_schema(_schema(descriptor, table.name), table.header, tables)
        data = [table.header, *(cells for _, cells in table.rows)]
        resources.append(_resource(table.name, data, _examined(json.dumps(schema))))
    if not resources:
        return problems
    report = Package(resources=resources).validate(limit_errors=PER_TABLE)
    for task in report.tasks:
        table = tables[task.name]
        for error in task.errors:
            problems += _translate(error, table, _schema(descriptor, table.name), tables)
    return problems


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
    listed, problems = {"", *(r["name"] for r in descriptor["resources"])}, []
    for table in tables.values():
        schema = _schema(descriptor, table.name)
        required = {f["name"] for f in schema["fields"] if f.get("constraints", {}).get("required")}
        for key in schema.get("foreignKeys", []) if table.rows else ():
            column, name = key["fields"], key["reference"]["resource"]
            column = column if isinstance(column, str) else column[0]
            if column in required and name not in listed:
                number, first = table.records()[0]
                rule, allowed = (
                    f"the table {name} is missing",
                    f"a row of {name} for every {column}",
                )
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
        for spec in _schema(descriptor, table.name)["fields"]:
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
        specs = {spec["name"]: spec["type"] for spec in _schema(descriptor, table.name)["fields"]}
        for number, record in table.records():
            for column, text in record.items():
                if not _is_plain(text, specs[column]):
                    allowed = "a whole number" if specs[column] == "integer" else "a number"
                    problems.append(table.problem(number, column, text, "wrong type", allowed))
    return problems


def _is_plain(text, kind):
    if text == "" or kind not in ("integer", "number"):
        return True
    pattern = INTEGER if kind == "integer" else NUMBER
    return bool(pattern.fullmatch(text)) and math.isfinite(float(text))


def _translate(error, table, schema, tables):
    """Put one Frictionless error into our words; a list, as some need no saying."""
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
        "enum": (f"unknown {noun}", ", ".join(limits.get("enum", []))),
        "minimum": (f"{noun} out of range", _range(limits)),
        "maximum": (f"{noun} out of range", _range(limits)),
        "pattern": (f"{noun} is not well formed", _form(limits.get("pattern"))),
        "maxLength": ("the text is too long", f"at most {limits.get('maxLength')} characters"),
    }[name]
    return [table.problem(number, column, error.cell, rule, allowed)]


def _form(pattern):
    return FORMS.get(pattern, f"the pattern {pattern}")


def _range(limits):
    return " to ".join(f"{limits[end]:.15g}" for end in ("minimum", "maximum") if end in limits)


def _translate_reference(table, number, error, tables):
    column, key = error.field_names[0], error.reference_field_names[0]
    value, target = error.field_cells[0], tables.get(error.reference_name, table)
    known = [record[key] for _, record in target.records()]
    if value in map(_well_formed, known):
        return []  # the id itself is what is wrong, and is named in its own table
    listed = ", ".join(known) if 0 < len(known) <= LISTED else f"column {key} of {target.file}"
    if nearest := _nearest(value, tuple(known[:COMPARED])):
        listed += f"; did you mean {nearest}?"
    return [table.problem(number, column, value, f"unknown {key.replace('_', ' ')}", listed)]


def _well_formed(identifier):
    """Write an identifier as it should be: small letters and digits, joined by hyphens."""
    return "-".join(re.findall("[a-z0-9]+", identifier.lower()))


@lru_cache(maxsize=PER_TABLE)
def _nearest(value, known):
    """Return the known id that is most like a text; None where none is."""
    return next(iter(get_close_matches(value.strip().lower(), known, 1)), None)
