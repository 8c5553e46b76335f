"""Headings between the rows of a table: years, regions, parts of an indicator's name, or groups."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis.study.wide.tables.meaning import Axis
from analysis.study.wide.texts.labels import is_place_list, looks_like_indicators, without_notes
from analysis.study.wide.texts.periods import period
from analysis.study.wide.texts.words import role_of
from analysis.study.wide.understood import listed

if TYPE_CHECKING:
    from analysis.study.wide.tables.meaning import Meaning
    from analysis.study.wide.tables.table import Table
    from analysis.study.wide.understood import Understood


def sections_of(table: Table, found: Meaning, told: dict, understood: Understood) -> None:
    """Give the headings in the body a meaning: years, regions, parts of the name, or groups."""
    heads = [head for head in dict.fromkeys(table.sections) if head]
    if not heads:
        return
    if found.year is None and all(period(head) for head in heads) and all(table.sections):
        found.year = Axis("row", table.sections)
        found.said.append(f"years: headings in the table ({listed(heads, 4)})")
    elif _are_regions(table, found, heads, told, understood):
        if found.region is not None:
            found.names.insert(0, found.region)
        found.region = Axis("row", table.sections)
        found.said.append(f"regions: headings in the table ({listed(heads, 4)})")
    elif (
        _is_repeated(table, found)
        or told.get("headings_are") == "indicators"
        or (found.year is not None and found.region is None and found.year.by == "row")
    ):
        found.names.insert(0, Axis("row", table.sections))
        found.said.append(
            f"headings in the table are parts of the indicator's name ({listed(heads, 3)})"
        )
    else:
        found.dropped.append(
            f"headings without values, taken as groups of rows: {listed(heads, 6)}"
        )


def _is_repeated(table, found):
    """Tell whether rows stand more than once but for the heading above them."""
    keys = [
        tuple(
            without_notes(axis.values[at])[0]
            for axis in (found.region, found.year, *found.names)
            if axis is not None and axis.by == "row"
        )
        for at in range(len(table.rows))
    ]
    return len(set(keys)) < len(keys)


def _are_regions(table, found, heads, told, understood):
    """Tell whether headings name the regions, and the rows below them the indicators; else ask."""
    asked = told.get("headings_are")
    if asked is not None:
        return asked == "regions"
    if not all(table.sections) or not _is_repeated(table, found):
        return False
    rows = found.region.values if found.region is not None else []
    if found.region is not None:
        if found.region.by != "row" or is_place_list(rows) or looks_like_indicators(heads):
            return False
        if role_of(found.region.name)[0] == "region" and not looks_like_indicators(rows):
            return False
    elif not any(axis.by == "row" for axis in found.names):
        return False
    if is_place_list(heads) or role_of(table.heading)[0] == "region":
        return True
    if found.region is not None and looks_like_indicators(rows):
        return True
    understood.ask(
        "headings_are",
        f"{table.sheet.place}: rows without values stand as headings ({listed(heads, 4)}) over the "
        "same rows each time; are they the regions, or parts of the indicators' names?",
        '"regions" or "indicators"',
    )
    return True
