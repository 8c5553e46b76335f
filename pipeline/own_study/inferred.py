"""What an import makes of a table's own words: identifiers, labels, kinds, noun, title."""

import re
import unicodedata
from textwrap import shorten

from analysis.study.wide.texts.labels import is_country
from analysis.study.wide.texts.labels import title_of as title_above
from analysis.study.wide.texts.words import words_of
from analysis.tidy.units import PERCENT

MAX_BYTES = 150  # of an identifier, which names files
MAX_LETTERS = 60  # of an identifier; what is cut leaves room for a number behind it
ROOM = 4
# a text of ASCII letters, digits and single blanks, which is an identifier already
AS_IT_IS = re.compile(r"[A-Za-z0-9](?:[ .-]?[A-Za-z0-9_])*+")
LONGEST = {"name": 300, "label": 300, "unit": 40, "note": 600, "source": 600, "flag": 40}
COUNTED = re.compile(
    r"\b(persons?|people|number|units?|firms|enterprises|employees|households|patents|head|count|"
    r"чел\w*|единиц\w*|ед|шт|штук|anzahl|personen|abitanti|numero|número|antal)\b\.?$",
    re.IGNORECASE,
)
PER_CENT = re.compile(
    r"(?:[%％]|percent\w*|per cent|pct|процент\w*|prozent|procent|porcenta\w+|pourcentage|"
    r"(?:valori )?percentual[ei])",
    re.IGNORECASE,
)
RATE = re.compile(
    r"[%％]|per ?cent|percent|porcenta|pourcentage|percentual|процент|\bindex\b|индекс|= ?100|"
    r"\bpp\b|\bratio\b|коэффициент",
    re.IGNORECASE,
)
# words over a column of names: what the study compares, one and many
NOUNS = {
    word: (one, many)
    for one, many, words in (
        ("country", "countries", "country countries pays страна страны land länder"),
        ("county", "counties", "county counties"),
        ("cluster", "clusters", "cluster clusters кластер кластеры"),
        (
            "municipality",
            "municipalities",
            "municipality comune comuni municipio município gemeinde",
        ),
        ("province", "provinces", "province provinces provincia provincias"),
        ("district", "districts", "district districts kreis landkreis район районы"),
        ("state", "states", "state states bundesland bundesländer"),
        ("city", "cities", "city cities город города"),
    )
    for word in words.split()
}
NEGATIVE = re.compile(r"^-[0.]*[1-9]", re.MULTILINE)
SCORE = re.compile(r"\b(score|points?|балл\w*|punkte|punteggio)\b", re.IGNORECASE)


def noun_of(tidy, told):
    """Find the word for what the table compares: told, or that of the header over its names."""
    one = told.get("unit_noun")
    if one:
        return one, told.get("unit_noun_plural") or _plural(one)
    for block in tidy.blocks:
        for word in words_of(block.meaning.region.name):
            if word in NOUNS:
                return NOUNS[word]
    if sum(map(is_country, tidy.regions)) > 0.6 * len(tidy.regions):
        return NOUNS["country"]
    return "region", "regions"


def _plural(noun):
    """Give the English plural of a noun; a word of another script stays as it is."""
    if not noun.isascii():
        return noun
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return f"{noun[:-1]}ies"
    return noun + ("es" if noun.endswith(("s", "x", "ch", "sh")) else "s")


def title_of(understood, tidy):
    """Take the title above the table, where all tables have one; else the name of the file."""
    titles = {title_above(block.table.titles)[0] for block in tidy.blocks}
    if len(titles) == 1 and len((title := titles.pop()).split()) > 1:
        return shorten(title, LONGEST["name"], placeholder=" ...")
    words = re.sub(r"[_-]+|(?<=[a-z])\.(?=[a-z])", " ", understood.source.rsplit(".", 1)[0]).strip()
    return words[:1].upper() + words[1:] or "Imported study"


def identifier(text):
    """Make an identifier of a text: as it is, but for signs that no file's name should hold.

    >>> identifier("UKC1"), identifier("Алтайский край"), identifier("Research & development, %")
    ('UKC1', 'Алтайский край', 'Research development')
    >>> identifier("a/b"), identifier("...")
    ('a-b', 'x')
    """
    text = str(text)
    if len(text) <= MAX_LETTERS and AS_IT_IS.fullmatch(text):
        return text
    text = unicodedata.normalize("NFC", " ".join(text.split()))
    text = re.sub(r"(?<=\w)[^\w\-. ](?=\w)", "-", text)
    text = " ".join(re.sub(r"[^\w\-. ]", " ", text).split())
    text = re.sub(r"^[\W_]+|[\s.]+$", "", text)
    if len(text) > MAX_LETTERS or len(text.encode()) > MAX_BYTES:
        cut = text[: MAX_LETTERS - ROOM]
        is_inside = " " in cut and text[len(cut) :][:1].isalnum()
        text = (cut.rpartition(" ")[0] if is_inside else cut).rstrip(" .-")
    while len(text.encode()) > MAX_BYTES - ROOM:
        text = text[: int(len(text) * 0.9)].rstrip(" .-")
    return text or "x"


def fitted(text, column):
    """Cut a text at a blank where it is longer than its column takes.

    >>> fitted("mln EUR", "unit"), len(fitted("word " * 200, "note")) <= LONGEST["note"]
    ('mln EUR', True)
    """
    if len(text) <= LONGEST[column]:
        return text
    return shorten(text, LONGEST[column], placeholder=" ...")


def distinct(text, taken):
    """Number an identifier that is taken already."""
    found, count = text, 1
    while found.casefold() in taken:
        count += 1
        found = f"{text}-{count}"
    taken.add(found.casefold())
    return found


def readable(name):
    """Write a name of small letters and underscores as words; any other stays as it is.

    >>> readable("air_pollution_mean_pm10"), readable("CNMIGRAT"), readable("Оборот, млн")
    ('Air pollution mean pm10', 'CNMIGRAT', 'Оборот, млн')
    """
    if "_" not in name or name != name.lower() or " " in name:
        return name
    words = name.replace("_", " ").strip()
    return words[:1].upper() + words[1:]


def share_of_whole(label, unit):
    """Give label and unit of a share: its unit is per cent, and of what is said by its label.

    >>> share_of_whole("Broadband", "% of households"), share_of_whole("Jobs", "persons")
    (('Broadband, % of households', 'percent'), ('Jobs', 'persons'))
    """
    of_what = PER_CENT.match(unit)
    if of_what is None or unit == PERCENT:
        return label, unit
    return (label if unit in label else f"{label}, {unit}"), PERCENT


def inferred_kind(name, unit, values):
    """Infer the kind of an indicator, the cautious one in doubt: (kind, why).

    >>> inferred_kind("Unemployment", "%", ["5.5"])[0], inferred_kind("Jobs", "persons", ["5"])[0]
    ('rate', 'count')
    >>> inferred_kind("Net migration", "", ["-5", "3"])[0]
    'balance'
    >>> inferred_kind("GDP", "mln EUR", ["1.5"])[0]
    'amount'
    """
    joined = "\n".join(values)
    is_negative = NEGATIVE.search(joined) is not None
    if RATE.search(unit) or RATE.search(name):
        word = unit if RATE.search(unit) else RATE.search(name)[0].strip()
        return "rate", f"{word!r} may be without bounds; share if it is a part of a whole"
    if is_negative:
        return "balance", "it has negative values"
    if SCORE.search(unit):
        return "score", "its unit is points"
    if not unit and "." in joined and all(0 <= float(value) <= 1 for value in values if value):
        return "rate", "every value lies between 0 and 1 and there is no unit"
    if "." not in joined and (COUNTED.search(unit) or not unit):
        return "count", "whole numbers" + (f" of {unit}" if unit else " without a unit")
    return "amount", "measured and not negative"
