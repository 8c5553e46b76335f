"""Texts of labels and titles: marks of notes taken off, names of indicators, lists of places."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from analysis.study.wide.texts.words import NOTES, PLACES, is_unit_like, split_unit

if TYPE_CHECKING:
    from typing import Any

# a mark of a note at the end of a name: 3), (1), [note 2], ¹, *
NOTE_MARK = re.compile(
    r"\s*(?:(?<![\d(])\d{1,2}(?:,\s?\d{1,2})*\)|\(\d{1,2}\)|\[(?:note\s*|n\.?\s*)?[\da-z]{1,2}\]|[*†‡]+"
    r"|(?<!км)(?<!\bм)(?<!km)(?<!\bm)[¹²³⁴⁵⁶⁷⁸⁹⁰]+\)?|[¹²³⁴⁵⁶⁷⁸⁹⁰]\))$",
    re.IGNORECASE,
)
NOTE_LINE = re.compile(
    r"^\s*(?P<mark>\(?\d{1,2}\)|\(?[a-zа-яё]\)|\[?note\s*\d{1,2}\]?:?|\[\w{1,4}\]|[*†‡]+|[¹²³⁴⁵⁶⁷⁸⁹⁰]+\)?|\d{1,2}\.)\s*"
    r"(?P<text>\S.*)$",
    re.IGNORECASE,
)
NUMBERED = re.compile(
    r"^(?:(?:table|tab\.?|таблица|табл\.?|tabelle|tabla|tavola|tableau|tabela)\s*)?(?:№\s*)?"
    r"(?:[a-z]?\d+(?:[._-]\d+)*[.:]?(?=\s|$)[.:]?\s*)?",
    re.IGNORECASE,
)
NO_TITLE = re.compile(
    r"^(?:this (?:worksheet|sheet|table|spreadsheet)|some cells|data extracted|contents|back to|"
    r"return to|released|last updated|notes?\b|sheet "
    r"\d|freeze|extracted|created|downloaded|printed|"
    r"источник|source|stand:|дата|обновлено|dataset$|sep=)",
    re.IGNORECASE,
)
SUPERSCRIPT = str.maketrans("¹²³⁴⁵⁶⁷⁸⁹⁰", "1234567890")


@lru_cache(200_000)
def plain(text: str) -> str:
    """Take surplus blanks out of a text."""
    return " ".join(text.split()) if text else ""


@lru_cache(100_000)
def without_notes(text: str) -> tuple:
    """Take marks of notes off a name: (name, marks).

    >>> without_notes("Республика Белозерье3)"), without_notes("United States *")
    (('Республика Белозерье', ('3)',)), ('United States', ('*',)))
    >>> without_notes("Active (%) [note 2]"), without_notes("Ostervald (NUTS 2016)")
    (('Active (%)', ('[note 2]',)), ('Ostervald (NUTS 2016)', ()))
    """
    text, marks = plain(text), []
    while found := NOTE_MARK.search(text):
        if found.start() == 0:
            break
        marks.insert(0, found[0].strip())
        text = text[: found.start()].rstrip(" ,")
    return text, tuple(marks)


def note_key(mark: str) -> str:
    """Reduce a mark to what is compared: 3), (3) and ³ are one.

    >>> note_key("3)"), note_key("³"), note_key("[note 2]"), note_key("*")
    ('3', '3', '2', '*')
    """
    mark = mark.translate(SUPERSCRIPT).casefold().replace("note", "")
    return re.sub(r"[^\w*†‡]", "", mark)


def marks_of(texts: dict) -> dict:
    """Collect the marks of notes at some names: {name: marks}."""
    found = {}
    for text in texts:
        name, marks = without_notes(text)
        if marks:
            found[name] = tuple(note_key(mark) for mark in marks)
    return found


def note_texts(lines: list) -> dict:
    """Find the notes among the lines below a table: {mark: text}."""
    found = {}
    for line in lines:
        if match := NOTE_LINE.match(line):
            found.setdefault(note_key(match["mark"]), match["text"].strip())
    return found


def title_of(titles: list) -> tuple:
    """Choose the title of a table among the lines above it, without its number: (title, unit).

    >>> title_of(["5.2. VOLUME OF GOODS", "(in prices of the year; million roubles)"])
    ('VOLUME OF GOODS', 'million roubles')
    """
    title, unit, is_numbered = "", "", False
    for line in titles:
        text = without_notes(line)[0]
        inner = re.fullmatch(r"\((.*)\)", text)
        if is_unit_line(text):
            unit = unit or unit_part(inner[1] if inner else text)
            continue
        if NO_TITLE.match(text) or inner or len(text) > 250 or NOTES.match(text):
            continue
        plain_text = NUMBERED.sub("", text, count=1).strip()
        # a line with the number of a table is its title, whatever stands above it
        if plain_text and (not title or (plain_text != text and not is_numbered)):
            title, is_numbered = plain_text, plain_text != text
    name, inside = split_unit(title)
    return (name, inside) if inside and not unit else (title, unit)


def is_unit_line(text: str) -> bool:
    """Tell whether a line above a table only names its unit."""
    inner = re.fullmatch(r"\((.*)\)", text)
    if inner:
        return is_unit_like(inner[1])
    begins = re.match(
        r"(?:units?(?: of measure)?|единица измерения|ед\. ?изм\.?|einheit|in|в)\s*:?\s", text, re.I
    )
    return bool(begins) and len(text) < 80 and is_unit_like(text)


def unit_part(text: str) -> str:
    """Take the unit out of a line: its last part that is one.

    >>> unit_part("в фактически действовавших ценах; миллионов рублей"), unit_part("Unit: mln EUR")
    ('миллионов рублей', 'mln EUR')
    """
    text = re.sub(
        r"^(?:units?(?: of measure)?|единица измерения|ед\. ?изм\.?|einheit)\s*:?\s*",
        "",
        text,
        flags=re.I,
    )
    parts = [part.strip() for part in re.split(r"[;:]|, (?=\D)", text) if part.strip()]
    units = [part for part in parts if is_unit_like(part)]
    return units[-1] if units else text.strip()


@cache
def _territories():
    """Names of countries in the languages of tables, from the Unicode locale data."""
    from babel import Locale

    names = set()
    for language in ("en", "de", "fr", "es", "it", "pt", "ru", "pl"):
        codes = Locale(language).territories
        names |= {
            name.casefold()
            for code, name in codes.items()
            if len(code) == 2 and code not in ("EU", "EZ", "UN")
        }
    more = (
        "российская федерация; united states of america; czech republic; republic of korea; korea; "
        "slovak republic; russian federation; great britain; england; scotland; wales; the "
        "netherlands; turkey"
    )
    return frozenset(names | set(more.split("; ")))


def is_country(text: str) -> bool:
    """Tell whether a text is the name of a country.

    >>> is_country("Germany"), is_country("Российская Федерация"), is_country("Nordmark")
    (True, True, False)
    """
    return plain(text).casefold() in _territories()


def is_place_list(texts: Any) -> Any:
    """Tell whether texts name places: by words such as region, or because most are countries."""
    texts = [text for text in dict.fromkeys(texts) if text]
    if not texts:
        return False
    by_word = sum(PLACES.search(text) is not None for text in texts)
    return by_word >= 0.3 * len(texts) or sum(map(is_country, texts)) >= 0.6 * len(texts)


def looks_like_indicators(texts: Any) -> Any:
    """Tell whether texts name indicators: with units, or too long for a place."""
    texts = [plain(text) for text in dict.fromkeys(texts) if text.strip()]
    signs = sum(
        bool(split_unit(text)[1]) or len(text) > 60 or ("_" in text and text.islower())
        for text in texts
    )
    return bool(texts) and signs >= 0.4 * len(texts)
