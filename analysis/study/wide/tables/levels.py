"""What the levels of a header mean: years, units, regions across, names of indicators."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from analysis.study.wide.tables.meaning import Axis
from analysis.study.wide.tables.region_column import follows, is_codelike
from analysis.study.wide.tables.roles import is_of_standings
from analysis.study.wide.texts.labels import (
    is_place_list,
    looks_like_indicators,
    plain,
    without_notes,
)
from analysis.study.wide.texts.numbers import kind
from analysis.study.wide.texts.parts_of_years import MONTH, PART_WORDS, PARTS_OF_YEARS
from analysis.study.wide.texts.periods import period
from analysis.study.wide.texts.units import is_unit_like, split_unit
from analysis.study.wide.texts.words import bare, is_code, role_of
from analysis.study.wide.understood import listed

if TYPE_CHECKING:
    from analysis.study.wide.tables.meaning import Meaning
    from analysis.study.wide.tables.table import Table
    from analysis.study.wide.understood import Understood

BRACKETED = re.compile(r"\[[^\[\]\d]+\]")  # [osoba]
# the mark of a note in a row of its own below the names: (a), 1), [2], *
NOTE_ALONE = re.compile(r"\([a-z]\)|\(?\d{1,2}\)|\[(?:note\s*)?[\da-z]{1,2}\]|[*†‡¹²³⁴⁵⁶⁷⁸⁹⁰]+")
# headers of a single column of values that say nothing beside the names in the rows
GENERIC = frozenset(("score", "scores", "total", "count", "number", "result", "data", "percent"))


def level_roles(table: Table, found: Meaning, told: dict, understood: Understood) -> None:
    """Find what each level of the header means, and add it to what the labels told."""
    texts: list = []
    marked: dict = {}  # column: marks that stand in a row of their own
    for axis in _levels(table, found):
        there = [text for text in axis.values if text]
        periods = [period(text) for text in there]
        if all(map(NOTE_ALONE.fullmatch, there)):
            marked |= {at: (text,) for at, text in enumerate(axis.values) if text}
            continue
        if _add_parts(axis, found):
            continue
        if is_of_standings(there):
            found.standing = Axis("column", [plain(text) for text in axis.values])
            continue
        if _has_years(axis.values, periods) and found.year is None:
            found.year = axis
        elif all(role_of(text)[1] and role_of(text)[0] in ("year", "value") for text in set(there)):
            continue  # a heading such as "Years", or the name of the column of values
        elif role_of(axis.name) == ("unit", True) or _are_units(there, table):
            found.unit = Axis("column", [plain(text.strip("[]()")) for text in axis.values])
        elif axis.name and _says_nothing(axis, there):
            found.dropped.append(f"row {axis.row} {axis.name!r}: {listed(dict.fromkeys(there), 3)}")
        else:
            parted = [without_notes(text) for text in axis.values]
            marks = {at: own for at, (_, own) in enumerate(parted) if own}
            names = [text for text, _ in parted]
            texts.append(Axis("column", names, axis.name, marks=marks, row=axis.row))
    for at, own in marked.items():
        if lowest := next((axis for axis in reversed(texts) if axis.values[at]), None):
            lowest.marks[at] = lowest.marks.get(at, ()) + own
    if found.region is None:
        _region_level(table, texts, found, told, understood)
    has_name = any(role_of(axis.name)[0] == "indicator" for axis in found.names)
    for axis in texts:
        if axis is found.region:
            continue
        is_generic = found.names and bare(axis.values[0]) in GENERIC
        if (has_name or is_generic) and len(table.columns) == 1:
            found.dropped.append(f"the header {axis.values[0]!r}: of the only column of values")
        else:
            found.names.append(axis)


def _levels(table, found):
    """Give the levels of the header, those with several parts in each text taken apart.

    Above a column of years the texts beside a level name that level: "Unit", "Series ID".
    """
    corners = [corner for corner in table.corners if corner]
    is_named = len(set(corners)) > 1 and found.year is not None and found.year.by == "row"
    for level, row, corner in zip(table.levels, table.level_rows, table.corners, strict=True):
        values = [level[column] for column in table.columns]
        there = [text for text in values if text]
        if not there:
            continue
        name = corner if is_named and role_of(corner)[0] != "year" else ""
        parts = [[part.strip() for part in text.rstrip("; ").split(";")] for text in there]
        if len(there) == len(values) and len(parts[0]) > 1 and len(set(map(len, parts))) == 1:
            for at in range(len(parts[0])):
                yield Axis("column", [part[at] for part in parts], name, row=f"{row + 1}.{at + 1}")
        else:
            yield Axis("column", values, name, row=str(row + 1))


def _says_nothing(axis, there):
    """Tell whether a named level is of codes, numbers or dates, or the same in every column."""
    is_counted = all(kind(text) == "number" or period(text) is not None for text in there)
    return is_code(axis.name) or len(set(axis.values)) == 1 or is_counted


def _are_units(there, table):
    if all(BRACKETED.fullmatch(text) for text in there):
        return True
    return len(table.levels) > 1 and all(map(_is_unit, there))


def _is_unit(text):
    return is_unit_like(text) and len(text) < 30 and not split_unit(text)[1]


def _add_parts(axis, found):
    """Take a level that says year, quarter or month; True where it is one."""
    said = {text: _part_of(text) for text in axis.values if text}
    parts = [part for part in said.values() if part]
    if None in said.values() or not parts or (len(said) < 2 and found.parts is None):
        return False
    values = [said.get(text, "") for text in axis.values]
    if found.parts is not None:
        pairs = zip(found.parts.values, values, strict=True)
        values = [lower or upper for upper, lower in pairs]
    found.parts = Axis("column", values)
    return True


def _part_of(text):
    """Give the part of a year that a text names, "" for a whole year, None for anything else."""
    if role_of(text) == ("year", True):
        return ""
    words = set(bare(text).split())
    if text.casefold().rstrip(".") in PARTS_OF_YEARS:
        return text
    if words & PART_WORDS and "12" not in words:  # the past 12 months are a year
        return text
    return text if MONTH.match(text) else None


def _has_years(values, periods):
    """Tell whether a level is one of years; a few columns beside them may be derived."""
    known = [one for one in periods if one is not None]
    if len(known) == len(periods):
        return True
    return len(known) > 1 and len(known) >= 0.5 * len(values)


def _region_level(table, texts, found, told, understood):
    """Take a level of the header for the regions, where no column names them."""
    if not texts:
        return
    asked = told.get("columns_are")
    if asked == "indicators":
        return
    asked_row = str(told.get("region_row", ""))
    if asked_row and not any(axis.row == asked_row for axis in texts):
        shown = listed([f"{axis.row} ({axis.values[0]})" for axis in texts])
        understood.refusals.append(
            f"{table.sheet.place}: region_row = {told['region_row']!r}: no row of the header with "
            f"names; there are {shown}"
        )
    level = _chosen_level(texts, found, told)
    names = [text for text in level.values if text]
    is_certain = any(role_of(axis.name)[0] == "indicator" for axis in found.names)
    is_certain = is_certain or any(
        axis is not level and looks_like_indicators(axis.values) for axis in texts
    )
    is_certain = (
        is_certain
        or is_place_list(names)
        or any(role_of(corner)[0] == "region" for corner in table.corners)
    )
    if looks_like_indicators(names) and not is_place_list(names) and asked is None:
        return
    if len(set(names)) < 2 and asked is None:
        return
    others = [a for a in texts if a is not level and len(set(a.values)) > 1]
    if told.get("region_row"):
        is_certain = True
    elif others and not is_certain:
        _ask_row(table, texts, understood)
    elif not is_certain and asked is None:
        understood.ask(
            "columns_are",
            f"{table.sheet.place}: no column names a region; are the columns "
            f"({listed(dict.fromkeys(names), 4)}) regions, or indicators of one region?",
            '"regions" or "indicators"',
        )
    found.region = level
    found.said.append(f"regions: across, from {names[0]!r} to {names[-1]!r}")


def _ask_row(table, texts, understood):
    shown = [
        f"row {axis.row} ({listed(dict.fromkeys(filter(None, axis.values)), 4)})"
        for axis in texts
        if len(set(axis.values)) > 1
    ]
    understood.ask(
        "region_row",
        f"{table.sheet.place}: no column names a region; which row of the header does: "
        f"{' or '.join(shown)}?",
        " or ".join(f'"{axis.row}"' for axis in texts if len(set(axis.values)) > 1),
    )


def _chosen_level(texts, found, told):
    """Choose the level of the header that names regions; one of codes goes with it."""
    for axis in texts:
        if str(told.get("region_row", "")) == axis.row:
            return axis
    plain_levels = [a for a in texts if not is_codelike(a)]
    for code in [a for a in texts if is_codelike(a)]:
        if any(follows(a, code) and follows(code, a) for a in plain_levels):
            texts.remove(code)
            found.dropped.append(
                f"codes across, from {code.values[0]!r}: the regions are named too"
            )
    for axis in texts:
        if is_place_list([text for text in axis.values if text]):
            return axis
    texts = [a for a in texts if len(set(a.values)) > 1] or texts
    free = [a for a in texts if not looks_like_indicators([text for text in a.values if text])]
    return (free or texts)[-1]
