"""The columns of a table: values, flags beside them, labels; keys taken apart, blocks filled."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from openpyxl.utils import get_column_letter

from analysis.study.wide.tables.header import is_period_like
from analysis.study.wide.texts.numbers import kind
from analysis.study.wide.texts.periods import period
from analysis.study.wide.texts.words import (
    FOOTNOTES,
    NUMBERING,
    SERIAL,
    about_indicators,
    bare,
    is_attribute,
    is_code,
    role_of,
    words_of,
)

if TYPE_CHECKING:
    from analysis.study.wide.files.cells import Sheet
    from analysis.study.wide.tables.table import Table


@dataclass
class Label:
    """One column of labels: its header and a text per row of the body."""

    name: str
    values: list
    column: int
    role: str = ""  # where content told it

    @property
    def place(self) -> str:
        """Name the column as a person would."""
        letter = get_column_letter(self.column + 1)
        return f"{self.name!r} (column {letter})" if self.name else f"column {letter}"


def content(sheet: Sheet, sample: Any, column: int) -> dict:
    """Count what a column holds: {number, mark, text, period: how many}, and its distinct texts."""
    counts: dict[str, Any] = {"number": 0, "mark": 0, "text": 0, "period": 0}
    texts = []
    for row in sample:
        cells = sheet.rows[row]
        text = cells[column] if column < len(cells) else ""
        if what := kind(text):
            counts[what] += 1
            counts["period"] += is_period_like(text)
            texts.append(text.strip())
            if len(texts) > 60:
                break
    counts["texts"] = texts
    return counts


def value_columns(sheet: Sheet, last: int, contents: list) -> list:
    """Find the columns of values: those under years, else those that hold numbers."""
    names = [_name(sheet, last, column) for column in range(len(contents))]
    under_years = [at for at, name in enumerate(names) if is_period_like(name)]
    if not under_years:
        # years may stand in a row above the names of indicators, merged or not
        under_years = []
    numeric = [
        at
        for at, found in enumerate(contents)
        if found["number"]
        and found["number"] + found["mark"] >= found["text"]
        and not _is_label(names[at], found)
    ]
    if _is_framework(names):
        numeric = [at for at in numeric if not about_indicators(names[at])]
    years = [
        found["texts"]
        for name, found in zip(names, contents, strict=True)
        if role_of(name) == ("year", True) and 1 < len(found["texts"]) == found["period"]
    ]
    numeric = [at for at in numeric if contents[at]["texts"] not in years]  # the years once more
    is_across = len(under_years) > 1 or (under_years and len(numeric) <= 1 + len(under_years))
    if is_across:
        first = under_years[0]
        others = [at for at in numeric if at > first and at not in under_years]
        return sorted({*under_years, *others})
    return numeric


def _is_framework(names):
    """Tell whether indicators stand in rows and no column names regions: what is told of them."""
    roles = {role_of(name)[0] for name in names}
    return "indicator" in roles and "region" not in roles


def _is_label(name, found):
    """Tell whether a column of numbers is none of values: years, codes, a numbering."""
    role, is_whole = role_of(name)
    texts = found["texts"]
    if role == "year" and found["period"] >= 0.9 * len(texts):
        return True
    if sum(map(_is_date, texts)) >= max(1, 0.9 * len(texts)):
        return True
    if role == "year" and is_whole and 0 < 0.9 * found["number"] <= found["period"]:
        return True  # texts are those of notes below
    numbers = [int(t.rstrip(".")) for t in texts if t.rstrip(".").isdecimal() and len(t) < 10]
    is_counted = len(numbers) == len(texts) and all(b - a == 1 for a, b in pairwise(numbers))
    if is_counted and (bare(name) in SERIAL or name.strip() in NUMBERING):
        return True
    if is_numbering_name(name) and len(numbers) == len(texts) and _restarts(numbers):
        return True
    if is_code(name) and role != "value" and all(t.replace(".0", "").isalnum() for t in texts):
        return True
    if is_attribute(name):
        return True
    if any(len(t) > 1 and t[0] == "0" and t.isdecimal() for t in texts):
        return True  # leading zeros: codes
    is_numbered = texts == [str(n) for n in range(1, len(texts) + 1)] and len(texts) > 2
    if is_numbered and not name.strip():
        return True
    if role == "region" and is_whole:
        return True  # a numbered region
    all_periods = len(texts) > 1 and found["period"] == len(texts)
    return all_periods and not name.strip() and found["text"] == 0


def _is_date(text):
    found = period(text)
    return found is not None and found.kind == "date"


def is_numbering_name(name: str) -> bool:
    """Tell whether a header says that the column only numbers the rows."""
    return name.strip().casefold() in NUMBERING


def _restarts(numbers):
    """Tell whether numbers count up, stay, or begin anew from the first."""
    return all(b - a in (0, 1) or b == numbers[0] for a, b in pairwise(numbers))


def _name(sheet, last, column):
    """Give the header of a column in the row found, or in a merged cell above it."""
    text = sheet.text(last, column)
    if text.strip():
        return text
    for top, left, bottom, right in sheet.merged:
        if left <= column <= right and top <= last <= bottom:
            return sheet.text(top, left)
    return ""


def part_columns(table: Table, first: int, last: int, columns: list, contents: list) -> None:
    """Part the columns: values, flags of the values to their left, labels; say what is left out."""
    sheet = table.sheet
    values, previous = [], None
    paths = [[level[at] for level in table.levels if level.get(at)] for at in range(len(contents))]
    names = [
        path[-1] if path else " ".join(_name(sheet, last, at).split())
        for at, path in enumerate(paths)
    ]
    # where one column of a name holds numbers, no other of this name is one of flags
    numeric = [
        name if _is_numeric(found) else "" for name, found in zip(names, contents, strict=True)
    ]
    for at, (name, path) in enumerate(zip(names, paths, strict=True)):
        found = contents[at]
        if (
            previous is not None
            and not (name and name in numeric[:at] + numeric[at + 1 :])
            and at > columns[0]
            and _is_flag(name, found, path, previous, table)
        ):
            table.flags.setdefault(previous, []).append(at)
        elif at in columns and (name or found["number"]):
            values.append(at)
            previous = at
        elif found["number"] or found["mark"] or found["text"]:
            name = _label_name(sheet, first, last, at)
            table.labels.append(Label(name, [sheet.text(row, at) for row in table.rows], at))
    table.columns = values
    for level in table.levels:
        for at in list(level):
            if at not in values:
                del level[at]


def _is_numeric(found):
    return found["number"] > found["text"] + found["mark"]


def _is_flag(name, found, path, previous, table):
    """Tell whether a column holds the flags of the values to its left."""
    texts = found["texts"]
    role, is_whole = role_of(name) if name else ("", False)
    if role == "flag" and is_whole and found["number"] <= found["text"] + found["mark"]:
        return True
    if role == "flag" and FOOTNOTES & set(words_of(name)) and texts and not found["text"]:
        return all(len(text) < 3 and text.isdecimal() for text in texts)  # numbers of footnotes
    same = path and path == [level[previous] for level in table.levels if level.get(previous)]
    is_short = all(len(text) <= 6 for text in texts)
    return (not name or same) and bool(texts) and not found["number"] and is_short


def _label_name(sheet, first, last, column):
    """Give the name of a label column: the lowest text of its header."""
    for row in range(last, first - 1, -1):
        if text := sheet.text(row, column).strip():
            return " ".join(text.split())
    return " ".join(_name(sheet, last, column).split())


def split_packed_keys(table: Table) -> None:
    r"""Part a column whose header packs several names, such as `unit,geo\time`."""
    labels = []
    for label in table.labels:
        names = label.name.partition("\\")[0].split(",")
        if len(names) > 1 and all(
            v.count(",") == len(names) - 1 for v in label.values if v.strip()
        ):
            parts = [
                value.split(",") if value.strip() else [""] * len(names) for value in label.values
            ]
            labels += [
                Label(name.strip(), [part[at].strip() for part in parts], label.column)
                for at, name in enumerate(names)
            ]
        else:
            label.name = label.name.partition("\\")[0] or label.name
            labels.append(label)
    table.labels = labels


SIGNS = re.compile(r"\s*(?:\.{2,}|…+|\.(?=[^\W\d])|(?:[-–—•·>]+\s+)+)\s*(?=[^\W\d_])")


def signs_as_indents(table: Table) -> None:
    """Take dots, dashes and bullets before names for the indents that they stand for.

    Where a part has the name of its whole, the whole keeps its sign, so that they are two.
    """
    for label in table.labels:
        signs = [SIGNS.match(value) for value in label.values]
        if not any(signs):
            continue
        names = [
            v[s.end() :].strip() if s else v.strip()
            for v, s in zip(label.values, signs, strict=True)
        ]
        deepest = {}
        for name, sign in zip(names, signs, strict=True):
            depth = sign.end() if sign else 0
            deepest[name] = max(depth, deepest.get(name, 0))
        for at, (name, sign) in enumerate(zip(names, signs, strict=True)):
            if sign and sign.end() == deepest[name]:
                label.values[at] = " " * sign.end() + name
        first = next(sign[0].strip() for sign in signs if sign)
        table.dropped.append(f"{label.place}: signs before names ({first!r}) are taken for indents")


def fill_down(table: Table) -> None:
    """Repeat labels that stand only on the first row of their block; merged ones exactly."""
    sheet = table.sheet
    place = {row: at for at, row in enumerate(table.rows)}
    for label in table.labels:
        for top, left, bottom, right in sheet.merged:
            if left <= label.column <= right and bottom > top:
                for row in range(top + 1, bottom + 1):
                    if row in place and not label.values[place[row]].strip():
                        label.values[place[row]] = sheet.text(top, left)
    if len(table.labels) < 2:
        return
    for at, label in enumerate(table.labels):
        values = label.values
        if not values or not values[0].strip() or all(value.strip() for value in values):
            continue
        # what stands once per block is to the left of a column that is full
        others = [
            other.values for other in table.labels[at + 1 :] if all(map(str.strip, other.values))
        ]
        if not others or role_of(label.name)[0] == "flag":
            continue
        current = ""
        for row, value in enumerate(values):
            current = value if value.strip() else current
            values[row] = current
