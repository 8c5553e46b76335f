"""What may be wrong with a text that should be a number, a year or a table, and the cure for it."""

from __future__ import annotations

import re

DECIMAL_COMMA = re.compile(r"-?[0-9]+,[0-9]+")
GROUPS = re.compile(r"-?[0-9]{1,3}(?:[ \u00a0\u202f\u2009'][0-9]{3})+(?:[.,][0-9]+)?")
COMMA_GROUPS = re.compile(
    r"-?[0-9]{1,3}(?:,[0-9]{3}){2,}(?:\.[0-9]+)?|-?[0-9]{1,3}(?:,[0-9]{3})+\.[0-9]+"
)
DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}.*|[0-9]{1,2}[./][0-9]{1,2}[./][0-9]{4}")
PER_CENT = re.compile(r"-?[0-9][0-9.,]*\s?%")
POINT_GROUPS = re.compile(r"-?[0-9]{1,3}(?:\.[0-9]{3}){2,}(?:,[0-9]+)?")
NUMBER = r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?"
BARE = re.compile(NUMBER)
ENDLESS = re.compile(r"[+-]?(?:inf|infinity|∞)", re.IGNORECASE)
# a mark, a letter or a note in brackets beside the number, as in "5*", "5 p", "12 1)"
MARKED = re.compile(rf"({NUMBER})\s*(?:[*†‡¹²³]+|[a-df-z]{{1,2}}|\(?[0-9a-z]{{1,3}}\))")
BOUND = re.compile(rf"[<>~≈≤≥]=?\s*{NUMBER}")
MISSING = frozenset(
    [
        "n/a",
        "na",
        "n.a.",
        "nan",
        "null",
        "none",
        "missing",
        "no data",
        "..",
        "...",
        "…",
        ":",
        "x",
        "?",
        ".",
        "#n/a",
        "k.a.",
        "н/д",
        "н.д.",
        "нет данных",
    ]
)
DASHES = frozenset("-–—−")


def cure_for_number(text: str, kind: str) -> tuple[str, str]:
    """Name cause and cure for a text in a column of numbers: (rule, what is allowed).

    >>> cure_for_number("92,9", "number")
    ('has a decimal comma', '92.9: a point parts decimals')
    >>> cure_for_number("2 366,8", "number")[0], cure_for_number("n/a", "number")[0]
    ('has a blank between thousands and a decimal comma', 'is no number')
    >>> cure_for_number("-", "number")[1]
    'an empty cell where the value is missing, 0 where there was none'
    >>> cure_for_number("2014-01-01", "integer")
    ('is a date', 'the year alone: 2014')
    >>> cure_for_number("5*", "number")
    ('has a mark beside the number', '5 alone, the mark in flag or note')
    >>> cure_for_number("<5", "number")[0]
    'is a bound or an estimate'
    """
    plain = text.strip()
    whole = "a whole number" if kind == "integer" else "a number"
    if DECIMAL_COMMA.fullmatch(plain):
        return "has a decimal comma", f"{plain.replace(',', '.')}: a point parts decimals"
    if GROUPS.fullmatch(plain):
        number = re.sub(r"[^0-9.,-]", "", plain).replace(",", ".")
        separator = "an apostrophe" if "'" in plain else "a blank"
        comma = " and a decimal comma" if "," in plain else ""
        return f"has {separator} between thousands{comma}", f"{number}: digits without blanks"
    if COMMA_GROUPS.fullmatch(plain):
        return "has commas between thousands", plain.replace(",", "") + ": digits without commas"
    if plain.casefold() in MISSING:
        return "is no number", "an empty cell where the value is missing"
    if plain in DASHES:
        return "is a dash", "an empty cell where the value is missing, 0 where there was none"
    if DATE.fullmatch(plain):
        year = re.findall(r"[0-9]{4}", plain)[0]
        return "is a date", f"the year alone: {year}" if kind == "integer" else whole
    if PER_CENT.fullmatch(plain):
        return "has a per cent sign", f"{plain.rstrip(' %')}, with the unit percent in indicators"
    if "\u2212" in plain:
        return (
            "has a typographic minus",
            f"{plain.replace(chr(0x2212), '-')}: the minus of the keyboard",
        )
    return _cure_for_marks(text, plain, whole)


def _cure_for_marks(text, plain, whole):
    """Name cause and cure for a number that is well written but for what stands beside it."""
    if POINT_GROUPS.fullmatch(plain):
        number = plain.replace(".", "").replace(",", ".")
        return "has points between thousands", f"{number}: digits without points"
    if ENDLESS.fullmatch(plain):
        return "is no finite number", whole
    if text != plain and BARE.fullmatch(plain):
        return "has a blank beside the number", f"{plain}: the number alone"
    if marked := MARKED.fullmatch(plain):
        return "has a mark beside the number", f"{marked[1]} alone, the mark in flag or note"
    if BOUND.fullmatch(plain):
        return "is a bound or an estimate", "an empty cell with a note, or the number itself"
    return "wrong type", whole


def cure_for_encoding(content: bytes) -> str:
    """Name the encoding that a file may have, and how to write it as UTF-8.

    >>> cure_for_encoding("Алтайский край".encode("cp1251"))
    'UTF-8; it reads as windows-1251: in a spreadsheet save it as "CSV UTF-8", or use iconv'
    """
    from analysis.study.wide.files.text_files import decode

    text = content.decode("utf-8", errors="replace")
    if sum(not character.isascii() for character in text) > 2 * text.count("\ufffd"):
        return "UTF-8"  # as it is elsewhere in the file
    how = decode("file", content)[1]
    named = re.search(r"windows-[0-9]+|utf-16|koi8-r|cp866", how)
    name = named[0] if named else "another encoding"
    return f'UTF-8; it reads as {name}: in a spreadsheet save it as "CSV UTF-8", or use iconv'


def cure_for_table(name: str) -> str:
    """Return the remedy for a file that is a table and no study.

    >>> cure_for_table("jobs.csv").partition("; ")[2]
    'make import FROM=jobs.csv NAME=my-study makes a study of a table'
    """
    return f"a study's folder or workbook (.xlsx); {import_of(name)}"


def import_of(name: str) -> str:
    """Return the call that makes a study of a table."""
    return f"make import FROM={name} NAME=my-study makes a study of a table"
