"""What may be read otherwise in a study's data than it was meant: said, and not refused.

Figures of regions that no cluster lies in, texts that differ only in what nobody sees, and numbers
with more digits than are kept.
"""

from __future__ import annotations

import re
import unicodedata
from difflib import get_close_matches
from typing import TYPE_CHECKING

from analysis.study.checks.number_rules import NUMBER
from analysis.study.package import read_package
from analysis.study.problems import shorten
from analysis.study.schema import table_schemas

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

DIGITS = 15  # that are kept of a number: as many as every spreadsheet shows
OF_A_FLOAT = 17  # digits that a number out of a spreadsheet may come with, the last two by rounding
NEAR = 0.8  # of difflib's likeness, from which two names may be one
NAMED = 3  # of one kind; the rest is counted
REGION, MEASURE = ("regional_context", "region"), ("indicators", "scale_measure")
# texts that are the same thing where they are the same text: (table, column)
ALIKE = (
    (("clusters", "region"), ("regional_context", "region")),
    (("indicators", "scale_measure"), ("regional_context", "measure")),
    (("components", "component"),),
    (("components", "item"),),
    (("clusters", "name"),),
    (("indicators", "label"),),
    (("indicators", "unit"),),
    (("indicators", "concept"),),
)


def data_warnings(source: str | Path, read: Callable = read_package) -> list[str]:
    """List suspicious things in a study's data that may be unintended; empty if there are none.

    Parameters
    ----------
    source : a study's folder, or what `read` takes
    read : function that returns (descriptor, {name: RawTable}, problems)

    Of each kind at most three are named, the others counted. Data that cannot be read have none.

    >>> data_warnings("data/raw")
    []
    """
    _, tables, problems = read(source)
    if problems:
        return []
    texts = {
        (name, column): [(number, record.get(column, "")) for number, record in table.records()]
        for name, table in tables.items()
        for column in table.header
    }
    digits = DIGITS if read is read_package else OF_A_FLOAT
    return [
        *_regions_without_clusters(tables, texts),
        *_unmatched(tables, texts, MEASURE, ("regional_context", "measure")),
        *(line for places in ALIKE for line in _near_twins(tables, texts, places)),
        *_cut_numbers(tables, texts, digits),
    ]


def _regions_without_clusters(tables, texts):
    """Name regions of figures that no cluster lies in, where one was wanted or is spelt alike.

    The figure of a whole country is held against nothing, and on purpose.
    """
    if not {"clusters", "regional_context"} <= tables.keys():
        return []
    regions = {text for _, text in texts.get(("clusters", "region"), []) if text}
    figures = {text for _, text in texts[REGION]}
    wanted = _regions_with_values(tables) - figures
    meant = {r for r in figures - regions if wanted or get_close_matches(r, regions, 1, NEAR)}
    return _unmatched(tables, texts, REGION, ("clusters", "region"), among=meant)


def _regions_with_values(tables):
    """Return the regions of the clusters with a value to be compared with their region."""
    scaled, having = set(), set()
    for _, record in tables["indicators"].records() if "indicators" in tables else []:
        scaled |= {record["indicator"]} if record.get("scale_measure") else set()
    for _, record in tables["series"].records() if "series" in tables else []:
        having |= {record["cluster"]} if record["indicator"] in scaled else set()
    rows = (record for _, record in tables["clusters"].records())
    return {row["region"] for row in rows if row["cluster"] in having and row.get("region")}


def _unmatched(tables, texts, place, other, among=None):
    """List texts of one column without a match in another that should have them."""
    if not texts.get(place) or other[0] not in tables:
        return []
    known = {text for _, text in texts.get(other, [])}
    rows = {}
    for number, text in texts[place]:
        if text and text not in known and (among is None or text in among):
            rows.setdefault(text, []).append(number)
    word = f"is no {other[1]} of {tables[other[0]].file}, so that nothing is compared with it"
    lines = [f"{_at(tables, place, at[0])}: {shorten(text)} {word}" for text, at in rows.items()]
    return _at_most_named(lines, f"{tables[place[0]].file}, column {place[1]}")


def _near_twins(tables, texts, places):
    """List texts that differ only in case, blanks or Unicode form."""
    first, lines = {}, []
    for place in places:
        for number, text in texts.get(place, []):
            spelt = first.setdefault(_folded(text), (place, number, text))
            if text and spelt[2] != text:
                where = _at(tables, spelt[0], spelt[1])
                lines.append(
                    f"{_at(tables, place, number)}: {shorten(text)} is read as another than "
                    f"{shorten(spelt[2])} ({where}), from which it differs only in capitals, "
                    "blanks, invisible characters or the form of its letters"
                )
                first[_folded(text)] = (place, number, text)
    if not lines:
        return []
    place = places[-1]
    return _at_most_named(lines, f"{tables[place[0]].file}, column {place[1]}")


def _folded(text):
    """Normalise a text: case, blanks and Unicode form; invisible characters are dropped."""
    visible = (one for one in unicodedata.normalize("NFKC", text) if not _is_invisible(one))
    return " ".join("".join(visible).casefold().split())


def _is_invisible(character):
    """Tell a character that takes no place: zero width, soft hyphen, direction mark."""
    return unicodedata.category(character) == "Cf"


def _cut_numbers(tables, texts, digits):
    """List numbers with more digits than a float keeps."""
    found = []
    for (name, column), cells in texts.items():
        types = {f["name"]: f["type"] for f in table_schemas()[name]["schema"]["fields"]}
        if types.get(column) == "number":
            lines = [
                f"{_at(tables, (name, column), number)}: {shorten(text)} has {count} digits; "
                f"{float(text):.{DIGITS}g} is kept"
                for number, text in cells
                if len(text) > digits and NUMBER.fullmatch(text)
                for count in [_digits(text)]
                if count > digits
            ]
            found += _at_most_named(lines, f"{tables[name].file}, column {column}")
    return found


def _digits(text):
    """Count the significant digits of a number, without leading and trailing zeros."""
    digits = re.sub(r"[eE].*|[^0-9]", "", text).lstrip("0")
    return len(digits.rstrip("0"))


def _at(tables, place, number):
    return f"{tables[place[0]].file}, row {number}, column {place[1]}"


def _at_most_named(lines, where):
    """Keep the first lines of a kind, and count the others."""
    more = len(lines) - NAMED
    return lines[:NAMED] + ([f"{where}: {more} more of this kind"] if more > 0 else [])
