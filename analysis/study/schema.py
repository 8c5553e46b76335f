"""What a data package may say of its tables: the schema that all studies share, and their words.

A column that a study has, and the words of its open vocabularies, are its own; what a descriptor
may say beside them is in `checks/descriptor_rules.py`.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.study.problems import CONTROL

if TYPE_CHECKING:
    from collections.abc import Sequence

NAME = "datapackage.json"
LONGEST_WORD, LONGEST_TITLE = 100, 300  # characters
ANY_TITLE = f"at most {LONGEST_TITLE} printable characters"
ANY_VOCABULARY = "the study's own words, each once, short and printable"
LOOKED_AT = 20  # rows below the first among which a header is looked for
KEYS = ("primaryKey", "alternativeKey")  # the second of a table that may be of two forms
NOUNS = ("unit_noun", "unit_noun_plural")  # what the study calls what it compares


@cache
def table_schemas() -> dict[str, dict]:
    """Return the schema every study shares: table name -> title, description and Table Schema.

    >>> list(table_schemas())[:3]
    ['clusters', 'components', 'indicators']
    """
    return json.loads(Path(__file__).with_name("schema.json").read_text(encoding="utf-8"))


def needed_columns(table: str) -> list[str]:
    """Name the columns that a table of any study has; it may have others of the schema.

    >>> needed_columns("series")
    ['cluster', 'indicator', 'year', 'value']
    """
    return [
        spec["name"]
        for spec in table_schemas()[table]["schema"]["fields"]
        if spec.get("columnRequired") or spec.get("constraints", {}).get("required")
    ]


def header_below(table: str, header: list, rows: list) -> int:
    """Find the row that looks like the header if the first one does not; 0 if there is none.

    Parameters
    ----------
    table : name of the table
    header : texts of its first row
    rows : (number, texts) of those below it

    >>> header_below("series", ["A title"], [(2, []), (3, ["cluster", "year", "value"])])
    3
    """
    known = {spec["name"] for spec in table_schemas()[table]["schema"]["fields"]}
    if known & set(header):
        return 0
    like = (number for number, texts in rows if len(known & {*map(str.strip, texts)}) > 1)
    return next(like, 0)


def is_title(title: int | str) -> bool:
    """Tell whether a text can be a title: short and printable.

    >>> is_title("Small clusters"), is_title("x" * 301), is_title(5)
    (True, False, False)
    """
    return isinstance(title, str) and len(title) <= LONGEST_TITLE and not CONTROL.search(title)


def effective_schema(descriptor: dict, table: str, header: Sequence[str]) -> dict:
    """Return the schema of one table of a study: the columns it has, with the study's own words.

    Parameters
    ----------
    descriptor : the study's own, whose vocabularies count
    table : name of the table
    header : the columns of its file; those that the schema does not know are left out

    >>> schema = effective_schema({"resources": []}, "clusters", ["cluster", "name", "colour"])
    >>> [field["name"] for field in schema["fields"]]
    ['cluster', 'name']
    """
    known = table_schemas()[table]["schema"]
    specs = {spec["name"]: spec for spec in known["fields"]}
    fields = [_with_words(descriptor, table, specs[name]) for name in header if name in specs]
    key = next((known[k] for k in KEYS if k in known and {*known[k]} <= {*header}), [])
    references = [
        key for key in known.get("foreignKeys", []) if key["fields"][0] in {*specs} & {*header}
    ]
    return {
        "fields": fields,
        "primaryKey": [*key] or [name for name in known["primaryKey"] if name in header],
        "foreignKeys": references,
        "missingValues": known["missingValues"],
    }


def _with_words(descriptor, table, spec):
    limits = spec.get("constraints", {})
    if limits.get("enum") != []:
        return spec
    rest = {key: limit for key, limit in limits.items() if key != "enum"}
    words = vocabulary(descriptor, table, spec["name"])
    return spec | {"constraints": rest | ({"enum": words} if words else {})}


def vocabulary(descriptor: dict, table: str, column: str) -> list[str]:
    """Return the study's own words for a column, in the order the descriptor lists them.

    >>> vocabulary({"resources": [{"name": "clusters"}]}, "clusters", "grade")
    []
    """
    for resource in descriptor["resources"]:
        if resource["name"] == table:
            schema = resource.get("schema")
            fields = schema.get("fields") if isinstance(schema, dict) else None
            for spec in fields if isinstance(fields, list) else []:
                if isinstance(spec, dict) and spec.get("name") == column:
                    limits = spec.get("constraints")
                    return limits.get("enum", []) if isinstance(limits, dict) else []
    return []


def is_vocabulary(words: list) -> bool:
    """Tell whether words can be a vocabulary: some, each once, each a short printable text.

    >>> is_vocabulary(["low", "high"]), is_vocabulary(["low", "low"]), is_vocabulary([])
    (True, False, False)
    """
    if not isinstance(words, list) or not words:
        return False
    return all(map(is_word, words)) and len(set(words)) == len(words)


def is_word(word: int | str) -> bool:
    """Tell a short printable text.

    >>> is_word("region"), is_word(" "), is_word(3)
    (True, False, False)
    """
    if not isinstance(word, str) or not word.strip() or len(word) > LONGEST_WORD:
        return False
    return not CONTROL.search(word)
