"""Texts of labels and titles: marks of notes taken off, names of indicators, lists of places."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from analysis.study.wide.texts.units import is_unit_alone, is_unit_like, split_unit
from analysis.study.wide.texts.words import COMPASS, MEASURED, NOTES, PLACES

if TYPE_CHECKING:
    from typing import Any

# a mark of a note at the end of a name: 3), (1), [note 2], ¹, *
NOTE_MARK = re.compile(
    r"\s*(?:(?<![\d(])\d{1,2}(?:,\s?\d{1,2})*\)|\(\d{1,2}\)|\[(?:note\s*|n\.?\s*)?[\da-z]{1,2}\]|[*†‡]+"
    r"|(?<!\b[гдкмсcdhkm][мm])(?<!\b[мm])[¹²³⁴⁵⁶⁷⁸⁹⁰]+\)?|[¹²³⁴⁵⁶⁷⁸⁹⁰]\))$",
    re.IGNORECASE,
)
NOTE_LINE = re.compile(
    r"^\s*(?P<mark>\(?\d{1,2}\)|\(?[a-zа-яё]\)|\[?note\s*\d{1,2}\]?:?|\[\w{1,4}\]|[*†‡]+|[¹²³⁴⁵⁶⁷⁸⁹⁰]+\)?|\d{1,2}\.)\s*"
    r"(?P<text>\S.*)$",
    re.IGNORECASE,
)
NUMBERED = re.compile(
    r"^(?:(?:table|tabelle|tableau|tabela|tabla|tab\.?|таблица|табл\.?|tavola|quadro|cuadro)(?!\w)"
    r"\s*)?(?:№\s*)?(?:(?:[ivx]+(?:\.\d+)+|[a-z]?\d+(?:[._-]\d+)*[.:]?|\d+[a-zа-яё][.:])(?=\s|$)\s*(?:[-–—]\s)?)?",
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
    >>> without_notes("PM10 (µg/m³)"), without_notes("Jobs (persons)²)"), without_notes("hm³")[0]
    (('PM10 (µg/m³)', ()), ('Jobs (persons)', ('²)',)), 'hm³')
    """
    text, marks = plain(text), []
    while found := NOTE_MARK.search(text):
        before = text[: found.start()]
        if not before or (found[0].endswith(")") and before.count("(") > before.count(")")):
            break  # the whole name, or the end of "(µg/m³)"
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
    >>> title_of(["Table 1a: Population", "человек, на 1 января"])
    ('Population', 'человек')
    """
    title, unit, is_numbered = "", "", False
    for line in titles:
        text = without_notes(line)[0]
        inner = re.fullmatch(r"\((.*)\)", text)
        if is_unit_line(text):
            unit = unit or unit_part(inner[1] if inner else text)
            continue
        if title and is_unit_alone(text.split(",")[0]):  # "persons, on 1 January" below a title
            unit = unit or text.split(",")[0].strip()
            continue
        if NO_TITLE.match(text) or inner or len(text) > 250 or NOTES.match(text):
            continue
        plain_text = NUMBERED.sub("", text, count=1).strip()
        # a line with the number of a table is its title, whatever stands above it
        if plain_text and (not title or (plain_text != text and not is_numbered)):
            title, is_numbered = plain_text, plain_text != text
    name, inside = split_unit(title)
    return (name, inside) if inside and not unit else (title, unit)


UNIT_WORDS = (
    r"units?(?: of measure)?|единица измерения|ед\. ?изм\.?|einheit(?:en)?|"
    r"unidad(?:es)?(?: de medida)?|unités?|unità(?: di misura)?|"
    r"jednostka(?: miary)?|eenheid|(?:måle)?enhe[dt]"
)


def is_unit_line(text: str) -> bool:
    """Tell whether a line above a table only names its unit."""
    inner = re.fullmatch(r"\((.*)\)", text)
    if inner:
        return is_unit_like(inner[1])
    begins = re.match(rf"(?:{UNIT_WORDS}|in|в)\s*:?\s", text, re.I)
    return bool(begins) and len(text) < 80 and is_unit_like(text)


def unit_part(text: str) -> str:
    """Take the unit out of a line: its last part that is one.

    >>> unit_part("в фактически действовавших ценах; миллионов рублей"), unit_part("Unit: mln EUR")
    ('миллионов рублей', 'mln EUR')
    >>> unit_part("in jeweiligen Preisen (Mill. EUR)")
    'Mill. EUR'
    """
    text = re.sub(rf"^(?:{UNIT_WORDS})\s*:?\s*", "", text, flags=re.I)
    inside = split_unit(text)
    if inside[1] and text.rstrip().endswith((")", "]")):
        return inside[1]
    parts = [part.strip() for part in re.split(r"[;:]|, (?=\D)", text) if part.strip()]
    units = [part for part in parts if is_unit_like(part)]
    return units[-1] if units else text.strip()


LANGUAGES = {
    "latin": "en de fr es it pt pl nl cs sk sv da nb fi hu ro hr sl lt lv et tr ca gl",
    "cyrillic": "ru uk be bg sr mk kk ky",
    "other": "el ja zh ko ka hy ar he th hi bn fa",
}


def _script(text):
    if text.isascii() or any("\u00c0" <= sign <= "\u024f" for sign in text):
        return "latin"
    return "cyrillic" if any("\u0400" <= sign <= "\u04ff" for sign in text) else "other"


@cache
def _territories(script):
    """Names of countries in the languages of a script, from the Unicode locale data."""
    from babel import Locale

    names = set()
    for language in LANGUAGES[script].split():
        codes = Locale(language).territories
        names |= {
            name.casefold()
            for code, name in codes.items()
            if len(code) == 2 and code not in ("EU", "EZ", "UN")
        }
    more = (
        "российская федерация; united states of america; czech republic; republic of korea; korea; "
        "slovak republic; russian federation; great britain; england; scotland; wales; the "
        "netherlands; turkey; česká republika; česko; ceska republika; slovenská republika; "
        "rzeczpospolita polska; bundesrepublik deutschland; république française; "
        "repubblica italiana; república portuguesa; hellenic republic; ελληνική δημοκρατία; "
        "swiss confederation; schweizerische eidgenossenschaft; confédération suisse; "
        "eesti vabariik; latvijas republika; lietuvos respublika; "
        "konungariket sverige; kongeriget danmark; kongeriket norge; suomen tasavalta; "
        "koninkrijk der nederlanden; türkiye cumhuriyeti; magyar köztársaság; kyrgyz republic; "
        "кыргызская республика; чешская республика; словацкая республика; "
        "čr; united mexican states"
    )
    return frozenset(names | set(more.split("; ")))


# a state's form before its name: Republic of Moldova, Республика Беларусь, Reino de España
FORM = re.compile(
    r"(?:(?:the )?(?:republic|kingdom|state|commonwealth|principality|grand duchy) of (?:the )?|"
    r"республика |република |республіка |republik |republika |republica |república (?:de |del )?|"
    r"république (?:de |du |d['’])?|repubblica (?:di |del )?|królestwo |königreich |"
    r"royaume (?:de |d['’])|"
    r"reino (?:de |da |dos )?|regno (?:di |del )?|regatul |království |kraljevina )",
    re.IGNORECASE,
)


def is_country(text: str) -> bool:
    """Tell whether a text is the name of a country.

    >>> is_country("Germany"), is_country("Російська Федерація"), is_country("Nordmark")
    (True, False, False)
    >>> is_country("Україна"), is_country("Российская Федерация"), is_country("日本")
    (True, True, True)
    >>> is_country("Česká republika"), is_country("Республика Беларусь")
    (True, True)
    >>> is_country("Республика Карелия"), is_country("State of Victoria")
    (False, False)
    """
    name = plain(text).casefold()
    known = _territories(_script(name))
    form = FORM.match(name)
    return name in known or bool(form and name[form.end() :] in known)


def is_place(text: str) -> bool:
    """Tell whether a text names a place by a word such as region, or by where it lies.

    >>> is_place("Омская область"), is_place("South West"), is_place("Jobs in the north")
    (True, True, False)
    """
    if PLACES.search(text):
        return True
    return len(text.split()) < 4 and bool(COMPASS.search(text)) and not MEASURED.search(text)


def is_place_list(texts: Any) -> Any:
    """Tell whether texts name places: by words such as region, or because most are countries."""
    texts = [text for text in dict.fromkeys(texts) if text]
    if not texts:
        return False
    by_word = sum(is_place(text) for text in texts)
    return by_word >= 0.3 * len(texts) or sum(map(is_country, texts)) >= 0.6 * len(texts)


def looks_like_indicators(texts: Any) -> Any:
    """Tell whether texts name indicators: with units, or too long for a place."""
    texts = [plain(text) for text in dict.fromkeys(texts) if text.strip()]
    signs = sum(
        bool(split_unit(text)[1])
        or len(text) > 60
        or ("_" in text and text.islower())
        or MEASURED.search(text) is not None
        for text in texts
    )
    return bool(texts) and signs >= 0.4 * len(texts)
