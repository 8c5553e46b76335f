"""Numbers that are shown otherwise than stored: in per cent, in thousands, with a unit beside.

A cell in a percent format holds 0.45 and shows 45 %; beside it a plain 45 may be 45 % or 4500 %.
What all cells of an indicator share is its unit; where they differ a person says what is meant.
"""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING

from openpyxl.utils import get_column_letter

from analysis.study.wide.texts.units import MULTIPLIED
from analysis.study.wide.understood import listed

if TYPE_CHECKING:
    from analysis.study.wide.blocks import Block
    from analysis.study.wide.understood import Understood


def resolve_shown(blocks: list, told: dict, understood: Understood) -> None:
    """Give indicators the unit that their cells show; ask or refuse where cells differ."""
    _percents(blocks, told, understood)
    _units_in_cells(blocks, understood)
    for block in blocks:
        _scaled(block, told, understood)


def _percents(blocks, told, understood):
    """Say which cells are shown in per cent, and deal with plain numbers of the same indicator."""
    stored = signed = 0
    shown, plain = {}, {}  # indicator: [(block, column, row)]
    for block in blocks:
        marked = percent_cells(block)
        if not marked:
            continue
        is_typed = block.table.sheet.is_typed
        stored += len(marked) * is_typed
        signed += len(marked) * (not is_typed)
        named = _namer(block)
        for column, row in sorted(marked):
            shown.setdefault(named(row, column)[0], []).append((block, column, row))
    for block in blocks if shown else ():
        marked, named = percent_cells(block), _namer(block)
        for column, values in enumerate(block.values):
            for row, value in enumerate(values):
                if value in ("", "0") or (column, row) in marked:
                    continue
                name, unit = named(row, column)
                if name in shown and not ("%" in unit and not block.table.sheet.is_typed):
                    plain.setdefault(name, []).append((block, column, row))
    for name, cells in shown.items():
        for block in blocks:
            if any(own is block for own, _, _ in cells):
                block.shown[name] = "%"
        if name in plain:
            _mixed(name, cells, plain[name], told, understood)
    if stored:
        understood.values.append(
            f"{stored} cells were stored as fractions with a percent format and are read as shown, "
            "in per cent (0.45 is 45 %)"
        )
    if signed:
        understood.values.append(f"{signed} cells have a per cent sign and are read as per cent")


def _namer(block):
    """Give the indicator of a cell, looked up once per column where rows do not tell it."""
    axes = [*block.meaning.names, block.meaning.unit, block.apart]
    is_by_row = any(axis is not None and axis.by == "row" for axis in axes)
    return block.indicator if is_by_row else _by_column(block)


def _by_column(block):
    known = cache(lambda column: block.indicator(0, column))
    return lambda _, column: known(column)


def percent_cells(block: Block) -> set:
    """Find the cells that are shown in per cent: {(value column, row)}."""
    table = block.table
    rows = {row: at for at, row in enumerate(table.rows)}
    columns = {column: at for at, column in enumerate(table.columns)}
    found = {
        (columns[column], rows[row])
        for (row, column), mark in table.sheet.marks.items()
        if mark == "percent" and row in rows and column in columns
    }
    for column, cells in enumerate(block.cells):
        found |= {(column, row) for row, cell in cells.items() if cell.kind == "percent"}
    return found


def _mixed(name, shown, plain, told, understood):
    """Deal with plain numbers of an indicator that elsewhere is shown in per cent."""
    block, column, row = plain[0]
    place = block.table.sheet.place
    means = told.get("plain_beside_percent")
    years = Counter((id(b), b.meaning.year.at(r, c)) for b, c, r in shown)
    if any((id(b), b.meaning.year.at(r, c)) in years for b, c, r in plain):
        letter = get_column_letter(block.table.columns[column] + 1)
        understood.refusals.append(
            f"{place}, column {letter}: some cells are shown in per cent, some are plain numbers "
            f"(cell {block.place(row, column)}), which may be a hundred times too large or too "
            "small; give all of them one format"
        )
    elif means is None:
        first, own_column, own_row = shown[0]
        understood.ask(
            "plain_beside_percent",
            f"{place}: {name!r} is shown in per cent in some years "
            f"({first.said(own_row, own_column)} is {first.values[own_column][own_row]} "
            "%) and is a plain number in others "
            f"({block.said(row, column)} is {block.values[column][row]}); are the plain numbers "
            "per cent as they stand, or fractions to be multiplied by 100?",
            '"per cent" or "fractions"',
        )
    for block, column, row in plain:
        block.shown[name] = "%"
        if means == "fractions":
            _set(block, column, row, times=2)
    if means is not None:
        understood.values.append(f"{len(plain)} plain numbers of {name!r} read as {means}, as told")


def _set(block, column, row, times):
    """Shift the point of a value by some places."""
    values = block.values[column]
    if not isinstance(values, list):
        values = block.values[column] = list(values)
    text = format(Decimal(values[row]).scaleb(times), "f")
    values[row] = text.rstrip("0").rstrip(".") if "." in text else text


def _units_in_cells(blocks, understood):
    """Take units that stand beside numbers for those of their indicators, where all agree."""
    found = {}
    for block in blocks:
        for column, cells in enumerate(block.cells):
            for row, cell in cells.items():
                if cell.unit:
                    name = block.indicator(row, column)[0]
                    found.setdefault(name, {}).setdefault(cell.unit, []).append(
                        (block, column, row)
                    )
    for name, units in found.items():
        bare = [
            (block, column, row)
            for block in blocks
            for column, values in enumerate(block.values)
            for row, value in enumerate(values)
            if value not in ("", "0")
            and block.indicator(row, column)[0] == name
            and not (row in block.cells[column] and block.cells[column][row].unit)
        ]
        places = [
            f"{b.table.sheet.text(b.table.rows[r], b.table.columns[c]).strip()!r} at {b.said(r, c)}"
            for cells in [*units.values(), bare]
            for b, c, r in cells[:1]
        ]
        if len(units) > 1 or bare:
            understood.refusals.append(
                f"numbers of {name!r} have different units beside them, or some have none: "
                f"{listed(places, 4)}; write all of them in one unit, and the unit in the header"
            )
            continue
        (unit, cells), *_ = units.items()
        for block in {id(b): b for b, _, _ in cells}.values():
            block.shown.setdefault(name, unit)
        understood.values.append(f"the unit of {name!r} stands beside its numbers: {unit}")


def _scaled(block, told, understood):
    """Say, or ask where the table names thousands, what a format such as `#,##0,` hides."""
    table, cells = block.table, []
    rows = {row: at for at, row in enumerate(table.rows)}
    columns = {column: at for at, column in enumerate(table.columns)}
    for (row, column), mark in sorted(table.sheet.marks.items()):
        if mark.startswith("scaled") and row in rows and column in columns:
            cells.append((rows[row], columns[column], int(mark.removeprefix("scaled"))))
    if not cells:
        return
    row, column, power = cells[0]
    value = block.values[column][row]
    shown = format(round(Decimal(value).scaleb(-power)), ",")
    means = told.get("scaled_numbers_are")
    is_said = any(MULTIPLIED.search(block.indicator(r, c)[1]) for r, c, _ in cells)
    where = (
        f"{table.sheet.place}: {len(cells)} cells have a number format that shows less than is "
        f"stored: {block.said(row, column)} holds {value} and shows {shown}"
    )
    if means is None and is_said:
        unit = block.indicator(row, column)[1]
        understood.ask(
            "scaled_numbers_are",
            f"{where}; which of both is in the unit of the table ({unit})?",
            '"as stored" or "as shown"',
        )
    elif means == "as shown":
        for row, column, power in cells:
            if block.values[column][row]:
                _set(block, column, row, times=-power)
        understood.values.append(f"{where}; read as shown, with all figures, as told")
    else:
        told_so = ", as told" if means else ""
        understood.values.append(f"{where}; read as stored{told_so}")
