"""What an identifier may look like: as the analyst typed it, and still a safe name for a file.

Letters and digits of any script, with the marks that some scripts write above or below them, the
hyphen, the underscore, the point and single blanks.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from analysis.study.package import RawTable
    from analysis.study.problems import Problem

KEYS = {
    "clusters": "cluster",
    "indicators": "indicator",
    "pillars": "pillar",
    "criteria": "criterion",
}
PUNCTUATION = set("-_. ")
MAX_BYTES = 180  # in UTF-8: a file's name may hold 255, with other words beside it
ALLOWED = "letters of any script, digits, - _ . and single blanks, with a letter or digit first"


def is_identifier(text: str) -> bool:
    """Tell whether a text can be an identifier.

    >>> [is_identifier(text) for text in ("UKC1", "gdp_per.capita", "Алтайский край", "हिन्दी")]
    [True, True, True, True]
    >>> [is_identifier(text) for text in ("", "a/b", "..", "-x", "a  b", "a b ", "x" * 200)]
    [False, False, False, False, False, False, False]
    """
    if not text or not text[0].isalnum() or text != " ".join(text.split(" ")).strip():
        return False
    return (
        "  " not in text
        and text[-1] != "."
        and all(character in PUNCTUATION or _is_letter(character) for character in text)
        and len(text.encode("utf-8", "replace")) <= MAX_BYTES
    )


def _is_letter(character):
    return unicodedata.category(character)[0] in "LMN"


def identifiers_are_well_formed(tables: Mapping[str, RawTable]) -> list[Problem]:
    """Identifiers are well formed, and no two of a table would give the same file name."""
    problems = []
    for name in KEYS.keys() & tables.keys():
        table, column, alike = tables[name], KEYS[name], defaultdict(list)
        for number, record in table.records():
            text = record[column]
            if text != text.strip():
                continue  # blanks around it are named by themselves
            if text and not is_identifier(text):
                rule = f"{column} is not well formed"
                problems.append(table.problem(number, column, text, rule, ALLOWED))
            elif text not in (others := alike[_file_name(text)]):
                if others:
                    rule = f"differs from {others[0]} only in the way it is written"
                    allowed = "names that every file system tells apart"
                    problems.append(table.problem(number, column, text, rule, allowed))
                others.append(text)
    return problems


def _file_name(text):
    """Normalise an identifier as file systems do that ignore case and Unicode composition."""
    return unicodedata.normalize("NFC", text).casefold()
