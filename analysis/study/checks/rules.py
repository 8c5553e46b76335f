"""Rules that tie the tables of a study together; each returns the problems it finds.

A rule is a function of {name: RawTable}, whose headers are known to be right; cells may still be
anything, and those that were found wrong by themselves are `reported`: one cause, one line.
"""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING

from analysis.study.checks.identifiers import identifiers_are_well_formed
from analysis.study.checks.row_rules import series_stand_once, table_rows_are_whole
from analysis.study.problems import CONTROL
from analysis.study.schema import table_schemas
from analysis.tidy.kinds import KINDS
from analysis.tidy.units import is_percent, multiple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from analysis.study.package import RawTable
    from analysis.study.problems import Problem

MIN_MAGNITUDE = 1e-15  # as far below one as the largest number of the schema is above it
WORDS = {"enum", "pattern"}  # constraints that say which words there may be
# free texts that are compared with those of other rows, beside the keys
JOINED = {"region", "measure", "scale_measure", "concept", "unit", "published", "pillar", "key"}
ROUNDING = 1e-9  # share of a number that a spreadsheet may be off
NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,3})?", re.ASCII)


def _value(text):
    return float(text) if NUMBER.fullmatch(text) else math.nan


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
        if CONTROL.search("\t".join("\t".join(cells) for _, cells in table.rows))
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
        for number, record in table.records()
        for column in required.get(name, [])
        if record.get(column) and not record[column].strip()
    ]


def joined_texts_have_no_blanks_around(tables: Mapping[str, RawTable]) -> list[Problem]:
    """A free text that is a key of another table has no leading or trailing blanks."""
    allowed = "no blanks before or after it"
    return [
        table.problem(number, column, record[column], "blanks at the beginning or end", allowed)
        for name, table in tables.items()
        for columns in [_joined_texts(name)]
        for number, record in (table.records() if columns else ())
        for column in columns
        if record.get(column, "").strip() not in ("", record.get(column))
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


def values_fit_their_kind(tables: Mapping[str, RawTable]) -> list[Problem]:
    """A value lies within the bounds of its kind, and counts are whole."""
    if not {"series", "indicators"} <= tables.keys():
        return []
    known = {r["indicator"]: r for _, r in tables["indicators"].records()}
    kinds = {name: r["kind"] for name, r in known.items()}
    single = {name for name, r in known.items() if multiple(r["unit"])[0] == 1}
    problems = []
    for number, record in tables["series"].records():
        name, value = kinds.get(record["indicator"]), _value(record["value"])
        kind = KINDS.get(name or "")
        if kind and not kind.least <= value <= kind.most and not math.isnan(value):
            rule, allowed = _out_of_range(name, value)
        elif kind and kind.whole and record["indicator"] in single and not _is_whole(value):
            rule, allowed = "the count is not whole", "whole numbers; kind amount for others"
        else:
            continue
        series = tables["series"]
        problems.append(series.problem(number, "value", record["value"], rule, allowed))
    return problems


def _out_of_range(name, value):
    kind = KINDS[name]
    if kind.most == math.inf:
        rule = f"negative {name}" if value < 0 else f"{name} below {kind.least}"
        return rule, f"{kind.least} or more"
    return f"{name} out of range", f"{kind.least} to {kind.most} per cent; kind rate for others"


def _is_whole(value):
    """Tell whether a number is whole, up to a spreadsheet's rounding; other texts pass."""
    return not abs(value - round(value, 0)) > ROUNDING * max(1, abs(value))


def numbers_can_be_compared(tables: Mapping[str, RawTable]) -> list[Problem]:
    """A number is zero, or large enough that no ratio overflows."""
    columns = {"series": ["value"], "regional_context": ["value", "low", "high"]}
    allowed = f"0, or at least {MIN_MAGNITUDE:g} above or below it"
    return [
        tables[name].problem(number, column, r[column], "too near to zero", allowed)
        for name in columns.keys() & tables.keys()
        for number, r in tables[name].records()
        for column in columns[name]
        for text in [r.get(column, "")]
        if 0 < abs(_value(text)) < MIN_MAGNITUDE or _is_lost(text)
    ]


def _is_lost(text):
    """Tell whether a non-zero number is so small that it would underflow to zero."""
    return _value(text) == 0 and bool(re.search("[1-9]", re.sub("[eE].*", "", text)))


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
        for number, r in table.records()
        for column in columns
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
        if _value(r.get("goalpost_low", "")) >= _value(r.get("goalpost_high", ""))
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
        low, value, high = (_value(r.get(name, "")) for name in ("low", "value", "high"))
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
