"""Letters in brackets at the ends of names, as in "Piemonte (a)": marks of notes, or of the name.

They are marks where the file has a note that begins with them and the name without them is no other
name; else it is asked. A mark is written in square brackets, by which names and marks are parted.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from analysis.study.wide.texts.labels import NOTE_LINE, note_key, plain
from analysis.study.wide.texts.numbers import kind
from analysis.study.wide.texts.periods import period
from analysis.study.wide.understood import listed

if TYPE_CHECKING:
    from analysis.study.wide.files.cells import Sheet
    from analysis.study.wide.understood import Understood

MARKED = re.compile(r"(?P<name>.*?[^\W_][)\]%.]*?)(?P<marks>(?:[ ,]*\([a-z]\))+)", re.DOTALL)
MARK = re.compile(r"\([a-z]\)")
UNITS = frozenset(["(g)", "(h)", "(j)", "(l)", "(m)", "(t)", "(w)"])  # "Milk (t)" names a unit


def part_note_marks(sheets: list[Sheet], told: dict, understood: Understood) -> None:
    """Write letters that are marks of notes in square brackets, in every sheet; ask on others."""
    found = {}  # text of a cell: (its name, its marks)
    for sheet in sheets:
        for row in sheet.rows:
            for text in row:
                if text.endswith(")") and text not in found and (parted := _parted(text)):
                    found[text] = parted
    if not found:
        return
    chosen, doubtful = _chosen(sheets, found)
    if "note_marks" in told:
        chosen |= set(told["note_marks"])
    elif doubtful:
        _ask(doubtful, found, understood)
    marked = {
        text: _written(name, marks, chosen)
        for text, (name, marks) in found.items()
        if chosen.intersection(marks)
    }
    for sheet in sheets:
        for row in sheet.rows:
            for at, text in enumerate(row):
                if text in marked:
                    row[at] = marked[text]


def _parted(text):
    """Part a name from its marks; None for a number, a year, and what is no name."""
    found = MARKED.fullmatch(text)
    if found is None or kind(text) == "number" or period(plain(text)) is not None:
        return None
    return found["name"], MARK.findall(found["marks"])


def _chosen(sheets, found):
    """Return (marks that the file explains, marks that may be ones)."""
    rows = [row for sheet in sheets for row in sheet.rows]
    lines = (plain(" ".join(row)) for row in rows if _may_be_note(row))
    noted = {f"({note_key(line['mark'])})" for line in map(NOTE_LINE.match, lines) if line}
    names = {plain(name) for name, _ in found.values()}
    texts = {plain(text) for row in rows for text in row if text.strip() in names}
    several = {}
    for text, (name, _) in found.items():
        several.setdefault(plain(name), set()).add(plain(text))
    sure, doubtful = set(), set()
    for name, marks in found.values():
        own, explained = set(marks), noted & set(marks)
        is_alone = len(several[plain(name)]) == 1  # else only the letters tell the names apart
        if is_alone and plain(name) not in texts:
            sure |= explained
            doubtful |= own - explained - (set() if explained else UNITS)
        elif is_alone or explained:
            doubtful |= own
    return sure - doubtful, doubtful


def _may_be_note(row):
    """Tell whether a row begins as a note does: with a bracket, or a letter and a bracket."""
    first = next((text.lstrip() for text in row if text and not text.isspace()), "")
    return first[:1] in ("(", "[") or first[1:2] == ")"


def _ask(doubtful, found, understood):
    shown = [repr(plain(text)) for text, (_, marks) in found.items() if doubtful & set(marks)]
    marks = json.dumps(sorted(doubtful))
    understood.ask(
        "note_marks",
        f"{listed(sorted(doubtful))} at the end of {listed(shown, 6)}: marks of notes, or parts of "
        "the names?",
        f"{marks}  (or [] where they are parts of the names)",
    )


def _written(name, marks, chosen):
    """Write the marks that are chosen in square brackets.

    >>> _written("Piemonte", ["(a)", "(b)"], {"(a)"})
    'Piemonte [a] (b)'
    """
    return " ".join([name, *(f"[{m[1:-1]}]" if m in chosen else m for m in marks)])
