"""What the levels of a header mean: years, units, regions across, names of indicators."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis.study.wide.tables.roles import (
    Axis,
    follows,
    is_codelike,
    is_of_standings,
)
from analysis.study.wide.texts.labels import (
    is_place_list,
    looks_like_indicators,
    plain,
    without_notes,
)
from analysis.study.wide.texts.periods import period
from analysis.study.wide.texts.words import (
    MONTH,
    PART_WORDS,
    PARTS_OF_YEARS,
    bare,
    is_unit_like,
    role_of,
    split_unit,
)
from analysis.study.wide.understood import listed

if TYPE_CHECKING:
    from analysis.study.wide.tables.layout import Table
    from analysis.study.wide.tables.roles import Meaning
    from analysis.study.wide.understood import Understood

# headers of a single column of values that say nothing beside the names in the rows
GENERIC = frozenset(("score", "scores", "total", "count", "number", "result", "data", "percent"))


def level_roles(table: Table, found: Meaning, told: dict, understood: Understood) -> None:
    """Find what each level of the header means, and add it to what the labels told."""
    texts = []
    for level in table.levels:
        axis = Axis("column", [level[column] for column in table.columns])
        there = [text for text in axis.values if text]
        if not there:
            continue
        periods = [period(text) for text in there]
        if _add_parts(axis, found):
            continue
        if is_of_standings(there):
            found.standing = Axis("column", [plain(text) for text in axis.values])
            continue
        if _has_years(axis.values, periods) and found.year is None:
            found.year = axis
        elif all(role_of(text)[1] and role_of(text)[0] in ("year", "value") for text in set(there)):
            continue  # a heading such as "Years", or the name of the column of values
        elif all(map(_is_unit, there)) and len(table.levels) > 1:
            found.unit = Axis("column", [plain(text) for text in axis.values])
        else:
            parted = [without_notes(text) for text in axis.values]
            marks = {at: own for at, (_, own) in enumerate(parted) if own}
            texts.append(Axis("column", [text for text, _ in parted], marks=marks))
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
    if text.casefold().rstrip(".") in PARTS_OF_YEARS or words & PART_WORDS:
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
    level = _chosen_level(texts, found)
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
    if not is_certain and asked is None:
        understood.ask(
            "columns_are",
            f"{table.sheet.place}: no column names a region; are the columns "
            f"({listed(dict.fromkeys(names), 4)}) regions, or indicators of one region?",
            '"regions" or "indicators"',
        )
    found.region = level
    found.said.append(f"regions: across, from {names[0]!r} to {names[-1]!r}")


def _chosen_level(texts, found):
    """Choose the level of the header that names regions; one of codes goes with it."""
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
    free = [a for a in texts if not looks_like_indicators([text for text in a.values if text])]
    return (free or texts)[-1]
