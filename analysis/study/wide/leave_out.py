"""Rows that are no regions, and indicators that are not wanted: asked, or left out as told."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from analysis.study.wide import doubts
from analysis.study.wide.texts.labels import plain, without_notes
from analysis.study.wide.totals import suspects
from analysis.study.wide.understood import listed

if TYPE_CHECKING:
    from analysis.study.wide.understood import Understood


def leave_out_regions(blocks: list, told: dict, understood: Understood) -> None:
    """Ask which rows are totals or parts; leave out those that were told."""
    listed_out = {plain(str(name)).casefold() for name in told.get("leave_out_regions", ())}
    found, known = {}, set()
    for block in blocks:
        names, codes, depths, values = _region_facts(block)
        for name, why in suspects(names, codes, depths, values).items():
            found.setdefault(name, why)
        known |= {word.casefold() for word in (*names, *codes.values())}
        _drop_regions(block, listed_out, codes)
    if "leave_out_regions" in told:
        left = [name for name in found if name.casefold() not in listed_out]
        if left:
            understood.tables.append(f"kept as regions, as told: {listed(left)}")
        words = {name: plain(str(name)).casefold() in known for name in told["leave_out_regions"]}
        if gone := [name for name, is_there in words.items() if is_there]:
            understood.dropped.append(f"rows left out as told: {listed(gone, 12)}")
        if lost := [repr(name) for name, is_there in words.items() if not is_there]:
            understood.unknown.append(f"leave_out_regions: no region is called {listed(lost, 6)}")
    elif found:
        names = listed([f"{name!r} ({why})" for name, why in found.items()], 15)
        understood.ask(
            "leave_out_regions",
            f"these may be totals or parts of other rows, no regions of their own: {names}; are "
            f"they left out?",
            doubts.toml(list(found)) + "  (or [] to keep them all)",
        )


def _region_facts(block):
    """Give the regions of a block: names, codes, indents, and values as an array (or None)."""
    region, table = block.meaning.region, block.table
    if region.by == "all":
        return [], {}, [], None
    places = block.rows if region.by == "row" else block.columns
    names, depths, codes, first = [], [], {}, {}
    for at in places:
        name = without_notes(region.values[at])[0]
        if name in first:
            continue
        first[name] = at
        names.append(name)
        text = region.values[at]
        depth = len(text) - len(text.lstrip(" \u00a0\t"))
        if region.by == "row":
            depth += 2 * table.sheet.indents.get(table.rows[at], 0)
            if block.meaning.code is not None:
                codes[name] = block.meaning.code.values[at]
        depths.append(depth)
    values = None
    if len(first) == len(places) and len(first) <= 400:
        values = _numbers(block, region.by)
    return names, codes, depths, values


def _numbers(block, by):
    """Give the values as an array of regions by the other axis, per cent left out."""
    columns = [
        c
        for c in block.columns
        if "%" not in (block.indicator(block.rows[0], c)[1] or _shown(block, c))
    ]
    if by == "row":
        picked = [[block.values[c][row] for c in columns[:12]] for row in block.rows]
    else:
        picked = [[block.values[c][row] for row in block.rows[:12]] for c in block.columns]
    if not picked or not picked[0]:
        return None
    return np.array([[float(v) if v else np.nan for v in line] for line in picked])


def _shown(block, column):
    return block.shown.get(block.indicator(block.rows[0], column)[0], "")


def _drop_regions(block, left_out, codes):
    if not left_out:
        return
    region = block.meaning.region

    def is_kept(at):
        name = without_notes(region.values[at])[0]
        return name.casefold() not in left_out and codes.get(name, name).casefold() not in left_out

    if region.by == "row":
        block.rows = [at for at in block.rows if is_kept(at)]
    elif region.by == "column":
        block.columns = [at for at in block.columns if is_kept(at)]


def leave_out_indicators(blocks: list, told: dict) -> None:
    """Leave out the indicators that were told."""
    left_out = {plain(str(name)) for name in told.get("leave_out_indicators", ())}
    for block in blocks if left_out else ():
        first = block.rows[0] if block.rows else 0
        if all(axis.by != "row" for axis in block.meaning.names):
            block.columns = [
                c for c in block.columns if block.indicator(first, c)[0] not in left_out
            ]
        else:
            column = block.columns[0]
            block.rows = [r for r in block.rows if block.indicator(r, column)[0] not in left_out]
