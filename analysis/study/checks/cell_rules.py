"""Rules for single cells that a Table Schema cannot state: plain numbers, nothing behind a text."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING

from analysis.study.checks.cures import cure_for_number
from analysis.study.checks.number_rules import NUMBER
from analysis.study.checks.representative_rows import is_plain_column
from analysis.study.checks.row_rules import INTEGER
from analysis.study.schema import effective_schema

if TYPE_CHECKING:
    from collections.abc import Mapping

    from analysis.study.package import RawTable
    from analysis.study.problems import Problem

# the schema's patterns in words
FORMS = {"F[0-9]{1,4}": "F and a number: F12"}


def pattern_problems(descriptor: dict, tables: Mapping[str, RawTable]) -> list[Problem]:
    """Refuse a line end behind a text with a pattern, which Frictionless lets pass."""
    problems = []
    for table in tables.values():
        for spec in effective_schema(descriptor, table.name, table.header)["fields"]:
            pattern, column = spec.get("constraints", {}).get("pattern", ""), spec["name"]
            texts = table.distinct(column) if pattern else []
            is_there = any(text.endswith("\n") for text in texts)
            for number, record in table.records() if is_there else ():
                text = record[column]
                if text.endswith("\n") and re.fullmatch(pattern, text[:-1]):
                    rule, allowed = f"{column} ends in a line end", pattern_in_words(pattern)
                    problems.append(table.problem(number, column, text, rule, allowed))
    return problems


def number_problems(descriptor: dict, tables: Mapping[str, RawTable]) -> list[Problem]:
    """Refuse numbers that are not plain, though Python reads them: 1_000, NaN, inf."""
    problems = []
    for table in tables.values():
        schema = effective_schema(descriptor, table.name, table.header)
        specs = {spec["name"]: spec["type"] for spec in schema["fields"]}
        for column in table.header:
            if (kind := specs[column]) in ("integer", "number"):
                problems += _numbers_of(table, column, kind)
    return problems


def _numbers_of(table, column, kind):
    if is_plain_column(table, column, kind):
        return []
    texts = table.columns[column]
    found = []
    for (number, _), text in zip(table.rows, texts, strict=True):
        if not is_plain(text, kind):
            rule, allowed = cure_for_number(text, kind)
            found.append(table.problem(number, column, text, rule, allowed))
    return found


def is_plain(text: str, kind: str) -> bool:
    """Tell whether a text is a plain, finite number where its column has the type of one.

    >>> is_plain("1.5", "number"), is_plain("1_5", "number"), is_plain("a", "string")
    (True, False, True)
    """
    if text == "" or kind not in ("integer", "number"):
        return True
    pattern = INTEGER if kind == "integer" else NUMBER
    return bool(pattern.fullmatch(text)) and math.isfinite(float(text))


def pattern_in_words(pattern: str | None) -> str:
    """Say a pattern of the schema in words, or name it.

    >>> pattern_in_words("F[0-9]{1,4}"), pattern_in_words("[a-z]+")
    ('F and a number: F12', 'the pattern [a-z]+')
    """
    return FORMS.get(pattern or "", f"the pattern {pattern}")
