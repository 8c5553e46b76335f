"""Rules that tie the tables of a study together; each returns the problems it finds.

A rule is a function of {name: RawTable}, whose headers are known to be right; cells may still be
anything, and those that were found wrong by themselves are `reported`: one cause, one line.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from analysis.study.checks.identifiers import identifiers_are_well_formed
from analysis.study.checks.number_rules import (
    numbers_can_be_compared,
    value_of,
    values_fit_their_kind,
)
from analysis.study.checks.row_rules import series_stand_once, table_rows_are_whole
from analysis.study.problems import CONTROL
from analysis.study.schema import table_schemas
from analysis.tidy.kinds import KINDS
from analysis.tidy.units import is_percent

if TYPE_CHECKING:
    from collections.abc import Mapping

    from analysis.study.package import RawTable
    from analysis.study.problems import Problem

WORDS = {"enum", "pattern"}  # constraints that say which words there may be
# free texts that are compared with those of other rows, beside the keys
JOINED = {"region", "measure", "scale_measure", "concept", "unit", "published", "pillar", "key"}


def there_is_a_cluster(tables: Mapping[str, RawTable]) -> list[Problem]:
    """A study is about something."""
    table = tables.get("clusters")
    if table is None or table.rows:
        return []
    return [table.problem(0, "", "", "the table has no rows", "one row per cluster, at least one")]


def texts_can_be_printed(tables: Mapping[str, RawTable]) -> list[Problem]:
    """No text holds a control character: no output could show it."""
    return [
        table.problem(number, column, text, "holds a control character", "printable text")
        for table in tables.values()
        if any(CONTROL.search("\t".join(table.distinct(column))) for column in table.header)
        for number, record in table.records()
        for column, text in record.items()
        if CONTROL.search(text)
    ]


def texts_are_not_blank(tables: Mapping[str, RawTable]) -> list[Problem]:
    """A required text is not blank."""
    required = {
        name: [f["name"] for f in schema["schema"]["fields"] if _is_required(f)]
        for name, schema in table_schemas().items()
    }
    return [
        table.problem(number, column, record[column], "the value is missing", "a value")
        for name, table in tables.items()
        for column in required.get(name, [])
        if any(text and not text.strip() for text in table.distinct(column))
        for number, record in table.records()
        if record[column] and not record[column].strip()
    ]


def joined_texts_have_no_blanks_around(tables: Mapping[str, RawTable]) -> list[Problem]:
    """A free text that is a key of another table has no leading or trailing blanks."""
    allowed = "no blanks before or after it"
    return [
        table.problem(number, column, record[column], "blanks at the beginning or end", allowed)
        for name, table in tables.items()
        for column in _joined_texts(name)
        if any(text.strip() not in ("", text) for text in table.distinct(column))
        for number, record in table.records()
        if record[column].strip() not in ("", record[column])
    ]


def _joined_texts(name):
    """List the columns of free text that are compared; vocabularies are checked elsewhere."""
    schema = table_schemas()[name]["schema"]
    refers = {column for key in schema.get("foreignKeys", []) for column in key["fields"]}
    return [
        spec["name"]
        for spec in schema["fields"]
        if spec["type"] == "string"
        and not spec.get("constraints", {}).keys() & WORDS
        and spec["name"] in {*schema["primaryKey"], *JOINED} - refers
    ]


def _is_required(spec):
    """Tell whether a column is a required free text."""
    limits = spec.get("constraints", {})
    return spec["type"] == "string" and limits.get("required") and not limits.keys() & WORDS


def none_is_held_against_itself(tables: Mapping[str, RawTable]) -> list[Problem]:
    """A ratio has two indicators."""
    if "indicators" not in tables:
        return []
    table, allowed = tables["indicators"], "another indicator, or empty"
    return [
        table.problem(number, column, r[column], "the indicator itself", allowed)
        for number, r in table.records()
        for column in ("per", "increase_per", "denominator")
        if r.get(column) and r[column] == r["indicator"]
    ]


def units_fit_their_kind(tables: Mapping[str, RawTable]) -> list[Problem]:
    """A share is counted in per cent, and things and amounts are not; see `KINDS`."""
    if "indicators" not in tables:
        return []
    table = tables["indicators"]
    always, never = ([n for n, k in KINDS.items() if k.percent == w] for w in ("always", "never"))
    allowed = (
        f"percent for a {', '.join(always)}, another unit for a {', '.join(never)}; kind rate for "
        "per cent of no whole"
    )
    return [
        table.problem(number, "unit", r["unit"], f"the unit does not fit kind {r['kind']}", allowed)
        for number, r in table.records()
        if r["kind"] in (never if is_percent(r["unit"]) else always) or not r["unit"].strip()
        if not table.is_reported(number, "kind", "unit")
    ]


def grades_have_an_order(tables: Mapping[str, RawTable]) -> list[Problem]:
    """Grades go from the lowest to the highest, which only the study itself can say."""
    table = tables.get("clusters")
    if table is None or "grade" not in table.header or table.words.get("grade"):
        return []
    number, record = next((n, r) for n, r in table.records() if r["grade"])
    rule = "the grades have no order"
    allowed = (
        "a list of them, the lowest first: in the sheet study, or as enum of the column in "
        "datapackage.json"
    )
    return [table.problem(number, "grade", record["grade"], rule, allowed)]


def all_or_none(tables: Mapping[str, RawTable]) -> list[Problem]:
    """A column that orders rows is filled in all of them, or in none."""
    groups = {"clusters": [["no"], ["grade"]], "series": [["table", "row"]]}
    groups["published"] = [["table", "row"], ["file", "key"]]
    groups["indicators"] = [["goalpost_low", "goalpost_high"]]
    problems = []
    for name in groups.keys() & tables.keys():
        table = tables[name]
        for group in groups[name]:
            there = [column for column in group if column in table.header]
            absent = [column for column in group if column not in table.header]
            if there and absent:
                rule, allowed = "the column is missing", f"{' and '.join(group)}, or neither"
                problems.append(table.problem(1, absent[0], "", rule, allowed))
            problems += _gaps(table, there, name == "indicators")
    return problems


def _gaps(table, columns, by_row):
    """List the empty cells next to filled ones, in the row or in the column."""
    rule, allowed = "the value is missing", f"{' and '.join(columns)} in every row, or in none"
    if by_row:
        allowed = f"both {' and '.join(columns)}, or neither"
    return [
        table.problem(number, column, "", rule, allowed)
        for column in columns
        if "" in table.distinct(column)
        for number, r in table.records()
        if not r[column] and (not by_row or any(r[other] for other in columns))
    ]


def published_values_have_a_place(tables: Mapping[str, RawTable]) -> list[Problem]:
    """A published value is looked for in a table of the source, or in a file of the results."""
    table = tables.get("published")
    if table is None or not table.rows or {"table", "file"} & {*table.header}:
        return []
    rule, allowed = "the column is missing", "file and key, or table and row, beside column"
    return [table.problem(1, "file", "", rule, allowed)]


def pillars_form_trees(tables: Mapping[str, RawTable]) -> list[Problem]:
    """The hierarchy of pillars has no cycle."""
    table = tables.get("pillars")
    if table is None or "parent" not in table.header:
        return []
    above = {r["pillar"]: r["parent"] for _, r in table.records()}
    problems = []
    for number, r in table.records():
        seen, at = set(), r["pillar"]
        while at and at not in seen:
            seen.add(at)
            at = above.get(at, "")
        if at:
            rule, allowed = "the pillar lies in itself", "a parent above it, or empty"
            problems.append(table.problem(number, "parent", r["parent"], rule, allowed))
    return problems


def goalposts_are_in_order(tables: Mapping[str, RawTable]) -> list[Problem]:
    """The low goalpost lies below the high one; which end is better is said by direction."""
    table = tables.get("indicators")
    if table is None:
        return []
    rule, allowed = "the goalposts are out of order", "goalpost_low below goalpost_high"
    return [
        table.problem(number, "goalpost_low", r["goalpost_low"], rule, allowed)
        for number, r in table.records()
        if value_of(r.get("goalpost_low", "")) >= value_of(r.get("goalpost_high", ""))
    ]


def alternatives_differ(tables: Mapping[str, RawTable]) -> list[Problem]:
    """An alternative reading differs from the main one."""
    problems = []
    for name, column in (("components", "status"), ("clusters", "activity_class")):
        other = "alternative_status" if column == "status" else f"{column}_alternative"
        for number, r in tables[name].records() if name in tables else []:
            if r.get(other) and r[other] == r.get(column):
                rule, allowed = f"the alternative is the {column} itself", "another value, or empty"
                problems.append(tables[name].problem(number, other, r[other], rule, allowed))
    return problems


def ranges_hold_their_value(tables: Mapping[str, RawTable]) -> list[Problem]:
    """A figure lies within its own range."""
    if "regional_context" not in tables:
        return []
    table, problems = tables["regional_context"], []
    for number, r in table.records():
        low, value, high = (value_of(r.get(name, "")) for name in ("low", "value", "high"))
        if low > value or high < value or math.isnan(low) != math.isnan(high):
            rule = "the range does not hold the value"
            problems.append(
                table.problem(
                    number,
                    "low",
                    f"{r.get('low', '')} to {r.get('high', '')}",
                    rule,
                    "low <= value <= high",
                )
            )
    return problems


RULES = (
    there_is_a_cluster,
    texts_can_be_printed,
    texts_are_not_blank,
    joined_texts_have_no_blanks_around,
    values_fit_their_kind,
    numbers_can_be_compared,
    none_is_held_against_itself,
    units_fit_their_kind,
    identifiers_are_well_formed,
    table_rows_are_whole,
    series_stand_once,
    grades_have_an_order,
    all_or_none,
    published_values_have_a_place,
    pillars_form_trees,
    goalposts_are_in_order,
    alternatives_differ,
    ranges_hold_their_value,
)
