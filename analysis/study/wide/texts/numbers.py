"""Numbers as tables print them: exact decimal texts, marks beside and in place of numbers.

What a point or a comma means is decided once per table, from numbers that can be read in one way
only; where there are none it is a question. A table's columns are read as a whole where they hold
nothing but numbers, cell by cell where they hold more.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from analysis.study.wide.texts.conventions import PLAIN, SIGNS, Convention

if TYPE_CHECKING:
    from typing import Any


BLANKS = re.compile(r"[ \t]+(?=\n|$)|(?<=\n)[ \t]+|^[ \t]+")
BARE = re.compile(r"[0-9]{1,15}(?:\.[0-9]{1,15})?")  # what most numbers are: asked first
# of a script of letters: a few signs of Chinese, Japanese or Korean are a word
LETTER = r"(?:(?![\u1100-\u11ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af])[^\W\d_])"
DASH = re.compile(r"[-–—−‒]{1,3}")
GAP_WORDS = frozenset(
    word.strip()
    for word in """
    n/a; n.a.; na; n.a; n/d; n.d.; nd; nan; null; none; missing; n/e; #n/a; #value!; #div/0!; #ref!
    #name?; #null!; #num!; н/д; н.д.; н/а; н.д; k.a.; k. a.; keine angabe; not available
    not applicable; confidential; suppressed; withheld; unknown; nicht verfügbar; no data
    no disponible; non disponibile; brak danych; нет данных; нет сведений; данных нет
    данные отсутствуют; не представлено; secret; geheim; n.s.; n.c.; not collected; not published
    not reported; not released; non disponible; s/d; sin datos; no aplica; no answer; n/av; b.d.
    d.n.a.; s.o.; missing value; xx; not calculated; too small; empty; blank
    """.replace("\n", ";").split(";")
    if word.strip()
)
MARK = re.compile(
    rf"\[[^\[\]\d][^\[\]]{{0,24}}\]|\([^\W\d_]{{1,6}}\)|[.…]{{1,4}}|:\s?[a-z]{{0,4}}|{LETTER}{{1,3}}|"
    r"[*†‡§#/?!]{1,4}"
    r"|\.\.\s?[a-z]{1,2}|[<>≤≥]\s?[0-9.,]+|#[A-Z/0]+[!?]?",
    re.IGNORECASE,
)
FLAG = (
    r"(?:\s*(?P<flag>\[[^\[\]]{1,24}\]|\([^\W\d_]{1,4}\)|\(\d\)|"
    rf"(?:(?![eE]){LETTER}){{1,3}}|[eE](?![0-9+-])[^\W\d_]{{0,2}}"
    r"|[*†‡§#^~]{1,3}|[¹²³⁴⁵⁶⁷⁸⁹⁰]+\)?|\d\)))?"
)
LEAD = r"(?:(?P<lead>[*^~†≈#]+|\([^\W\d_]{1,4}\)|\[[^\W\d_]{1,6}\]|" + LETTER + r"{1,2}(?= ))\s*)?"
MONEY = r"(?:[$€£¥₽]|US\$|EUR|USD|GBP)"
# units that may stand beside a number in its cell; single letters are flags
_UNIT = (
    r"(?:mln|mlrd|mld|mrd|mio|mill|bln|bn|tsd|ths|tys|thousand|million|billion|trillion|lakh|crore|"
    r"тыс|млн|млрд|трлн|тис|руб|чел|шт|ед|грн|тенге|kg|км|кг|га|ha|km2?|km²|pcs|persons|people|"
    r"firms|chf|pln|zł|kč|rub)(?![^\W\d_])\.?"
)
# 1.2k and 3M without a blank: thousands and millions, no flags
UNIT = rf"(?P<unit>{_UNIT}(?: (?:{_UNIT}|{MONEY}))*|(?-i:(?<=[0-9])[kKM](?![^\W_])))"
CELL = re.compile(
    rf"{LEAD}(?P<open>\()?(?P<sign>[-+–—])?\s?{MONEY}?\s?(?P<sign2>-)?"
    rf"(?P<body>[0-9](?:[0-9 .,']*[0-9])?|\.[0-9]+)(?P<dot>[.,](?=\s*$))?"
    rf"(?P<power>[eE][+-]?[0-9]{{1,2}}(?![0-9]))?\s*(?:{UNIT}|{MONEY}(?![^\W\d_]))?\s*(?P<percent>%)?"
    rf"(?P<close>\))?{FLAG}\s*(?P<percent2>%)?",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Cell:
    """One cell read: its exact decimal text, the mark beside it, and what it is."""

    value: str = ""
    flag: str = ""
    kind: str = "number"  # number, gap, dash, empty, percent, parentheses, unread
    unit: str = field(default="", repr=False)  # beside the number: "mln"


@lru_cache(100_000)
def read_cell(text: str, convention: Convention) -> Cell:
    """Read one cell.

    >>> us = Convention()
    >>> read_cell("38.1 [p]", us), read_cell(": c", us).kind, read_cell("1.1e3", us).value
    (Cell(value='38.1', flag='[p]', kind='number'), 'gap', '1100')
    >>> read_cell("1 204,6", Convention("thousands", "decimal")).value, read_cell("–", us).kind
    ('1204.6', 'dash')
    >>> read_cell("45 %", us).kind, read_cell("1O5", us).kind
    ('percent', 'unread')
    """
    whole = " ".join(text.translate(SIGNS).split())
    if not whole:
        return Cell(kind="empty")
    if whole in convention.missing:
        return Cell("", whole, "gap")
    if DASH.fullmatch(whole):
        return Cell("", whole, "dash")
    if found := CELL.fullmatch(whole):
        return _number(found, whole, convention)
    if whole.casefold() in GAP_WORDS or MARK.fullmatch(whole):
        return Cell("", whole, "gap")
    if re.fullmatch(
        rf"(?:{'|'.join(map(re.escape, ('..', '…', ':', '-', '–', 'x')))})\s*{FLAG}", whole
    ):
        return Cell("", whole, "gap")
    return Cell("", whole, "unread")


def _number(found, whole, convention):
    value = _decimal(found["body"], convention)
    is_enclosed = bool(found["open"]) and bool(found["close"])
    if value is None or bool(found["open"]) != bool(found["close"]):
        return Cell("", whole, "unread")
    if found["power"]:
        try:
            value = format(Decimal(value + found["power"]), "f")
        except InvalidOperation:
            return Cell("", whole, "unread")
    if (found["sign"] or found["sign2"] or "+") in "-–—":
        value = "-" + value
    flag = " ".join(filter(None, [found["lead"], found["flag"]]))
    if is_enclosed and convention.parentheses == "uncertain":
        flag = f"{flag} ()".lstrip()
    elif is_enclosed:
        if convention.parentheses == "negative":
            return Cell("-" + value, flag)
        if convention.parentheses == "missing":
            return Cell("", whole, "gap")
        return Cell("", whole, "parentheses")
    shown = "percent" if found["percent"] or found["percent2"] else "number"
    return Cell(value, flag, shown, found["unit"] or "")


def _decimal(body, convention):
    """Turn digits with their signs into an exact decimal text; None where they do not fit."""
    decimals = "".join(
        s for s, m in ((".", convention.point), (",", convention.comma)) if m != "thousands"
    )
    groups = "".join(
        s for s, m in ((".", convention.point), (",", convention.comma)) if m == "thousands"
    )
    return _shaped(body, decimals, groups)


@lru_cache(100_000)
def _shaped(body, decimals, groups):
    whole, fraction = body, ""
    if decimals:
        at = max(body.rfind(sign) for sign in decimals)
        if at >= 0:
            whole, fraction = body[:at], body[at + 1 :]
    if fraction and not fraction.isdecimal():
        return None
    digits = re.sub(r"[^0-9]", "", whole)
    if not whole.isdecimal() and whole:
        signs = set(whole) - set("0123456789")
        sign = signs.pop()
        if signs or sign not in groups + " '":
            return None
        first, *others = whole.split(sign)
        is_indian = all(len(part) == 2 for part in others[:-1]) and len(others) > 1
        if not 1 <= len(first) <= 3 or len(others[-1]) != 3:
            return None
        if not is_indian and any(len(part) != 3 for part in others):
            return None
    if not digits and not fraction:
        return None
    return (digits or "0") + ("." + fraction if fraction else "")


def read_column(texts: Any, convention: Convention, is_plain: bool | None = None) -> tuple:
    """Read a column of texts: (exact decimal texts, {row: Cell} of all that is more than a number).

    >>> read_column(["1", "", "2.5"], Convention())
    (['1', '', '2.5'], {})
    >>> read_column(["1", "2.5 p"], Convention())[1]
    {1: Cell(value='2.5', flag='p', kind='number')}
    """
    if is_plain is None:
        is_plain = PLAIN.fullmatch("\n".join(texts)) is not None
    if is_plain and convention.point != "thousands" and not convention.missing:
        return texts, {}
    if not convention.missing and (values := _whole_column(texts, convention)):
        return values, {}
    values, others = [], {}
    for row, text in enumerate(texts):
        cell = read_cell(text, convention)
        values.append(cell.value)
        if cell.flag or cell.unit or cell.kind not in ("number", "empty"):
            others[row] = cell
    return values, others


def _whole_column(texts, convention):
    """Read a column that holds nothing but numbers of one convention; None where it holds more."""
    joined = "\n".join(texts)
    joined = joined if joined.isascii() else joined.translate(SIGNS)
    joined = BLANKS.sub("", joined)
    if not _columns_of(convention.point, convention.comma).fullmatch(joined):
        return None
    drop = {" ": "", "'": ""}
    for sign, meaning in ((".", convention.point), (",", convention.comma)):
        drop[sign] = "." if meaning == "decimal" else ""
    return joined.translate(str.maketrans(drop)).split("\n")


@cache
def _columns_of(point, comma):
    """Give the shape of a whole column: numbers of one group and decimal sign, or empty."""
    decimals = [sign for sign, meaning in ((".", point), (",", comma)) if meaning == "decimal"]
    groups = [sign for sign, meaning in ((".", point), (",", comma)) if meaning == "thousands"]
    tail = rf"(?:[{''.join(decimals)}][0-9]+)?" if len(decimals) == 1 else ""
    whole = "|".join(
        rf"[0-9]{{1,3}}(?:{re.escape(sign)}[0-9]{{3}})++" for sign in (" ", "'", *groups)
    )
    number = rf"(?:-?(?:{whole}|[0-9]++){tail})?+"
    return re.compile(rf"{number}(?:\n{number})*+")


@lru_cache(50_000)
def kind(text: str) -> str:
    """Tell what a cell may be, whatever its signs mean: number, mark, text or "".

    >>> kind("北海道"), kind("abc")
    ('text', 'mark')
    >>> kind("1 204,6"), kind("38.1 [p]"), kind(":"), kind("–"), kind("Nordmark"), kind(" ")
    ('number', 'number', 'mark', 'mark', 'text', '')
    """
    if BARE.fullmatch(text):
        return "number"
    whole = " ".join(text.translate(SIGNS).split())
    if not whole:
        return ""
    if len(whole) > 40:
        return "text"
    if CELL.fullmatch(whole):
        return "number"
    if DASH.fullmatch(whole) or whole.casefold() in GAP_WORDS or MARK.fullmatch(whole):
        return "mark"
    return "text"
