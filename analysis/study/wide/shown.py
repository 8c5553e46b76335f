"""Numbers that are shown otherwise than stored: in per cent, in thousands, with a unit beside.

A cell in a percent format holds 0.45 and shows 45 %; beside it a plain 45 may be 45 % or 4500 %.
What all cells of an indicator share is its unit; where they differ a person says what is meant.
"""

from __future__ import annotations

from decimal import Decimal
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
    shown, plain = {}, {}  # indicator: [(block, column, rows)]
    marked = [percent_cells(block) for block in blocks]
    for block, own in zip(blocks, marked, strict=True):
        count, is_typed = sum(map(len, own.values())), block.table.sheet.is_typed
        stored += count * is_typed
        signed += count * (not is_typed)
        for column, rows in sorted(own.items()):
            for (name, _), part in _named(block, column, rows).items():
                shown.setdefault(name, []).append((block, column, part))
    for block, own in zip(blocks, marked, strict=True) if shown else ():
        for column, rows in _plain_cells(block, own):
            for (name, unit), part in _named(block, column, rows).items():
                if name in shown and not ("%" in unit and not block.table.sheet.is_typed):
                    plain.setdefault(name, []).append((block, column, part))
    for name, cells in shown.items():
        for block, _, _ in cells:
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


def _named(block, column, rows):
    """Group rows of a column by their indicators: {(name, unit): rows}."""
    axes = [*block.meaning.names, block.meaning.unit, block.apart]
    if not any(axis is not None and axis.by == "row" for axis in axes):
        return {block.indicator(0, column): rows}
    found = {}
    for row in rows:
        found.setdefault(block.indicator(row, column), []).append(row)
    return found


def percent_cells(block: Block) -> dict:
    """Find the cells that are shown in per cent: {value column: rows}."""
    found = {column: sorted(rows) for column, rows in block.marks.get("percent", {}).items()}
    for column, cells in enumerate(block.cells):
        if signed := [row for row, cell in cells.items() if cell.kind == "percent"]:
            found[column] = sorted({*found.get(column, ()), *signed})
    return found


def _plain_cells(block, marked):
    """Find the numbers not shown in per cent: (value column, rows), where there are any."""
    for column, values in enumerate(block.values):
        own = set(marked.get(column, ()))
        if len(own) == len(values):
            continue
        rows = [at for at, value in enumerate(values) if value not in ("", "0") and at not in own]
        if rows:
            yield column, rows


def _mixed(name, shown, plain, told, understood):
    """Deal with plain numbers of an indicator that elsewhere is shown in per cent."""
    block, column, (row, *_) = plain[0]
    place = block.table.sheet.place
    means = told.get("plain_beside_percent")
    if _years(shown) & _years(plain):
        letter = get_column_letter(block.table.columns[column] + 1)
        understood.refusals.append(
            f"{place}, column {letter}: some cells are shown in per cent, some are plain numbers "
            f"(cell {block.place(row, column)}), which may be a hundred times too large or too "
            "small; give all of them one format"
        )
    elif means is None:
        first, own_column, (own_row, *_) = shown[0]
        understood.ask(
            "plain_beside_percent",
            f"{place}: {name!r} is shown in per cent in some years "
            f"({first.said(own_row, own_column)} is {first.values[own_column][own_row]} "
            "%) and is a plain number in others "
            f"({block.said(row, column)} is {block.values[column][row]}); are the plain numbers "
            "per cent as they stand, or fractions to be multiplied by 100?",
            '"per cent" or "fractions"',
        )
    for block, column, rows in plain:
        block.shown[name] = "%"
        for row in rows if means == "fractions" else ():
            _set(block, column, row, times=2)
    if means is not None:
        count = sum(len(rows) for _, _, rows in plain)
        understood.values.append(f"{count} plain numbers of {name!r} read as {means}, as told")


def _years(cells):
    """Collect the years of cells, table by table."""
    return {(id(b), b.meaning.year.at(row, column)) for b, column, rows in cells for row in rows}


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
    table, cells, units = block.table, [], set()
    for mark, marked in block.marks.items():
        for column, rows in marked.items() if mark.startswith("scaled") else ():
            power = int(mark.removeprefix("scaled"))
            cells += [(row, column, power) for row in rows]
            units |= {unit for _, unit in _named(block, column, rows)}
    if not cells:
        return
    row, column, power = min(cells)
    value = block.values[column][row]
    shown = format(round(Decimal(value).scaleb(-power)), ",")
    means = told.get("scaled_numbers_are")
    is_said = any(map(MULTIPLIED.search, units))
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
