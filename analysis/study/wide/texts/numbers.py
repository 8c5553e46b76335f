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

if TYPE_CHECKING:
    from typing import Any


SPACES = str.maketrans(dict.fromkeys("\u00a0\u202f\u2009\u2007\u2008\u200a\u2006\u2002\u2003", " "))
SIGNS = SPACES | str.maketrans({"\u2212": "-", "\ufeff": "", "\u200b": "", "’": "'", "\u02bc": "'"})
RARE = ("-9", "-8", "999999")  # without one of these there is no sentinel: asked first
SENTINEL = re.compile(r"^[ \t]*(?:-9{2,5}|-8888|9{6,7})(?:[.,]0+)?[ \t]*$", re.MULTILINE)
BLANKS = re.compile(r"[ \t]+(?=\n|$)|(?<=\n)[ \t]+|^[ \t]+")
PLAIN = re.compile(r"(?:-?[0-9]+(?:\.[0-9]+)?)?+(?:\n(?:-?[0-9]+(?:\.[0-9]+)?)?+)*+")
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
    r"\[[^\[\]\d][^\[\]]{0,24}\]|\([^\W\d_]{1,6}\)|[.…]{1,4}|:\s?[a-z]{0,4}|[^\W\d_]{1,3}|[*†‡§#/?!]{1,4}"
    r"|\.\.\s?[a-z]{1,2}|[<>≤≥]\s?[0-9.,]+|#[A-Z/0]+[!?]?",
    re.IGNORECASE,
)
FLAG = (
    r"(?:\s*(?P<flag>\[[^\[\]]{1,24}\]|\([^\W\d_]{1,4}\)|\(\d\)|[^\W\d_eE]{1,3}|[eE](?![0-9+-])[^\W\d_]{0,2}"
    r"|[*†‡§#^~]{1,3}|[¹²³⁴⁵⁶⁷⁸⁹⁰]+\)?|\d\)))?"
)
LEAD = r"(?:(?P<lead>[*^~†≈#]+|\([^\W\d_]{1,4}\)|\[[^\W\d_]{1,6}\]|[^\W\d_]{1,2}(?= ))\s*)?"
MONEY = r"(?:[$€£¥₽]|US\$|EUR|USD|GBP)"
CELL = re.compile(
    rf"{LEAD}(?P<open>\()?(?P<sign>[-+–—])?\s?{MONEY}?\s?(?P<sign2>-)?"
    rf"(?P<body>[0-9](?:[0-9 .,']*[0-9])?|\.[0-9]+)(?P<dot>[.,](?=\s*$))?"
    rf"(?P<power>[eE][+-]?[0-9]{{1,2}}(?![0-9]))?\s*(?:{MONEY}(?![^\W\d_]))?\s*(?P<percent>%)?"
    rf"(?P<close>\))?{FLAG}\s*(?P<percent2>%)?"
)
# numbers that can be read in one way only, and those that can be read in two, by decimal sign
_BEGIN = r"^[^\w\n(]{0,3}"
_END = r"(?![0-9.,])"


def _shapes(sign, other):
    s, o = re.escape(sign), re.escape(other)
    return {
        "decimal": re.compile(
            rf"{_BEGIN}(?:[0-9]{{1,3}}(?:[{o} "
            rf"'][0-9]{{3}})+|[0-9]+){s}(?:[0-9]{{1,2}}|[0-9]{{4,}}){_END}"
            rf"|{_BEGIN}(?:0|[0-9]{{4,}}|[0-9]{{1,3}}(?:[{o} '][0-9]{{3}})+){s}[0-9]{{3}}{_END}",
            re.MULTILINE,
        ),
        "thousands": re.compile(
            rf"{_BEGIN}[1-9][0-9]{{0,2}}(?:{s}[0-9]{{2,3}})*{s}[0-9]{{3}}(?:{s}[0-9]{{3}}|{o}[0-9]+){_END}"
            rf"|{_BEGIN}[1-9][0-9]?(?:{s}[0-9]{{2}})+{s}[0-9]{{3}}{_END}",
            re.MULTILINE,
        ),
        "either": re.compile(rf"{_BEGIN}[1-9][0-9]{{0,2}}{s}[0-9]{{3}}{_END}", re.MULTILINE),
    }


SHAPES = {".": _shapes(".", ","), ",": _shapes(",", ".")}


@dataclass
class Convention:
    """What the signs in a table's numbers mean: decimal, thousands, or "" where unknown."""

    point: str = "decimal"
    comma: str = "thousands"
    remarks: list = field(default_factory=list)
    doubts: dict = field(default_factory=dict)  # sign: (column, row) of a number of two readings
    parentheses: str = ""  # negative or missing
    missing: frozenset = frozenset()  # marks that a person called missing
    plain: list = field(default_factory=list)  # per column: whether it holds plain numbers alone
    has_sentinels: bool = False  # whether a column may hold -9999 and its like

    def __hash__(self):
        """Two conventions with the same signs read alike."""
        return hash((self.point, self.comma, self.parentheses, self.missing))

    def __eq__(self, other):
        """Compare what the signs mean."""
        return hash(self) == hash(other)


def conventions(columns: list, told: dict, beside: Any = None) -> Convention:
    """Find what point and comma mean in columns of texts; `told` may hold point_means, comma_means.

    `beside` are the columns whose plain numbers show the size of one with a comma, where its comma
    is hardly a decimal sign: in a file parted by commas, or where numbers are stored as numbers.

    >>> conventions([["12,5", "1 204,6"]], {}).comma, conventions([["1,204", "2,118.5"]], {}).comma
    ('decimal', 'thousands')
    >>> conventions([["1.234", "2.050"]], {}).doubts
    {'.': (0, 0)}
    """
    found = Convention()
    texts = ["\n".join(column) for column in columns]
    found.plain = [PLAIN.fullmatch(text) is not None for text in texts]
    found.has_sentinels = any(
        SENTINEL.search(text) for text in texts if any(part in text for part in RARE)
    )
    texts = [text if text.isascii() else text.translate(SIGNS) for text in texts]
    found.point = _meaning(".", texts, told.get("point_means"), found)
    found.comma = _meaning(",", texts, told.get("comma_means"), found)
    for sign, other, name in ((".", ",", "point"), (",", ".", "comma")):
        meaning = getattr(found, "comma" if sign == "." else "point")
        if sign in found.doubts and meaning and other not in found.doubts:
            shape = SHAPES[other][meaning]
            if any(shape.search(text) for text in texts if other in text):
                # one sign is known from numbers elsewhere: the other is the other thing
                setattr(found, name, "thousands" if meaning == "decimal" else "decimal")
                at, row = found.doubts.pop(sign)
                found.remarks.append(
                    f"{columns[at][row].strip()!r} read with the {name} as "
                    f"{getattr(found, name)} sign, as other numbers of the table show"
                )
    if "," in found.doubts and beside is not None and _is_near(texts, beside, *found.doubts[","]):
        at, row = found.doubts.pop(",")
        found.comma = "thousands"
        found.remarks.append(f"the comma parts thousands: {columns[at][row].strip()}")
    return found


def _meaning(sign, texts, told, found):
    if told in ("decimal", "decimals", "thousands"):
        return told.rstrip("s") if told == "decimals" else told
    usual = "decimal" if sign == "." else "thousands"
    held = [(at, text) for at, text in enumerate(texts) if sign in text]
    # a column of plain numbers has one point a number: no thousands to be found there
    signed = [(at, text) for at, text in held if not found.plain[at]]
    seen = {
        meaning
        for meaning, there in (("decimal", held), ("thousands", signed))
        if any(SHAPES[sign][meaning].search(text) for _, text in there)
    }
    if len(seen) == 1:
        return seen.pop()
    for at, text in held:
        if doubt := SHAPES[sign]["either"].search(text):
            found.doubts[sign] = (at, text.count("\n", 0, doubt.start()))
            return ""
    return "decimal" if seen else usual


def _is_near(texts, beside, at, row):
    """Tell whether a number with a comma is near the plain ones of its row if read as thousands."""
    number = float(re.sub(r"[^0-9]", "", texts[at].split("\n")[row]) or 0)
    cells = (column[row].strip() for column in beside)
    plain = [float(cell) for cell in cells if re.fullmatch(r"[0-9]+(\.[0-9]+)?", cell)]
    return any(other and 1 / 20 < number / other < 20 for other in plain)


@dataclass(frozen=True)
class Cell:
    """One cell read: its exact decimal text, the mark beside it, and what it is."""

    value: str = ""
    flag: str = ""
    kind: str = "number"  # number, gap, dash, empty, percent, parentheses, unread


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
    if is_enclosed:
        if convention.parentheses == "negative":
            return Cell("-" + value, flag)
        if convention.parentheses == "missing":
            return Cell("", whole, "gap")
        return Cell("", whole, "parentheses")
    return Cell(value, flag, "percent" if found["percent"] or found["percent2"] else "number")


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
        if cell.flag or cell.kind not in ("number", "empty"):
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

    >>> kind("1 204,6"), kind("38.1 [p]"), kind(":"), kind("–"), kind("Nordmark"), kind(" ")
    ('number', 'number', 'mark', 'mark', 'text', '')
    """
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
