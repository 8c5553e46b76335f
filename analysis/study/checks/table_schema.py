"""Types, constraints, keys and references: checked by Frictionless against the Table Schema."""

from __future__ import annotations

import json
from copy import copy
from functools import lru_cache, partial
from typing import TYPE_CHECKING

from analysis.study.checks.cell_rules import number_problems, pattern_problems
from analysis.study.checks.frictionless_errors import problems_of_error
from analysis.study.checks.representative_rows import representative_rows
from analysis.study.schema import effective_schema

if TYPE_CHECKING:
    from collections.abc import Mapping

    from analysis.study.package import RawTable
    from analysis.study.problems import Problem

PER_TABLE = 1000  # problems named for one table


def schema_problems(descriptor: dict, tables: Mapping[str, RawTable]) -> list[Problem]:
    """Validate the tables in memory with Frictionless, and translate its errors."""
    from frictionless import Package  # slow to import: only where needed

    problems = number_problems(descriptor, tables)
    problems += pattern_problems(descriptor, tables)
    if not tables:
        return problems
    for is_whole in (False, True):  # a large table that is sound is so by a few of its rows
        resources = [_resource_of(descriptor, t, tables, is_whole) for t in tables.values()]
        report = Package(resources=resources).validate(limit_errors=PER_TABLE)
        if report.valid:
            return problems
    return problems + [
        problem
        for task in report.tasks
        for error in task.errors
        for problem in _translated(error, tables[task.name], descriptor, tables)
    ]


def _translated(error, table, descriptor, tables):
    schema = effective_schema(descriptor, table.name, table.header)
    return problems_of_error(error, table, schema, tables)


def _resource_of(descriptor, table, tables, is_whole):
    """Make a Frictionless resource of a table, with all of its rows or a sample."""
    schema = _ordered_schema(descriptor, table, tables)
    rows = None if is_whole else representative_rows(table, schema)
    rows = rows or [cells for _, cells in table.rows]
    return _resource(table.name, [table.header, *rows], _checked_schema(json.dumps(schema)))


@lru_cache
def _checked_schema(schema):
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
        vars(field)["to_copy"] = partial(_copy_field, field)
    resource = Resource(name=name, data=data, schema=schema)
    vars(resource)["to_copy"] = partial(_reference_copy, name, data, schema)
    vars(resource)["to_descriptor"] = lambda **_: {"name": name, "data": []}
    return resource


def _reference_copy(name, data, schema):
    """Copy a table to be looked up by others, which asks for no reference of its own."""
    from frictionless import Schema

    fields = [_copy_field(field) for field in schema.fields]
    return _resource(name, data, Schema(fields=fields, missing_values=schema.missing_values))


def _copy_field(field):
    """Copy a field as it is: `copy` alone leaves out what Frictionless keeps beside its slots."""
    again = copy(field)
    vars(again).update({name: copy(value) for name, value in vars(field).items()})
    return again


def _ordered_schema(descriptor, table, tables):
    """Order the fields as in the file and drop references to tables that are not there."""
    schema = effective_schema(descriptor, table.name, table.header)
    # what else a descriptor says of a field is for readers, and may be anything
    said = ("name", "type", "constraints")
    fields = {f["name"]: {key: f[key] for key in said if key in f} for f in schema["fields"]}
    known = {"", *tables}  # the empty name is the table itself
    keys = [key for key in schema.get("foreignKeys", []) if key["reference"]["resource"] in known]
    kept = {key: schema[key] for key in ("primaryKey", "missingValues") if key in schema}
    return kept | {"fields": [fields[name] for name in table.header], "foreignKeys": keys}
