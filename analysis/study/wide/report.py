"""What is said of an import: cells without a number, marks, gaps, first values, what is missing."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import numpy as np
from openpyxl.utils import get_column_letter

from analysis.study.wide.texts.labels import marks_of, note_key, plain, without_notes
from analysis.study.wide.texts.periods import period
from analysis.study.wide.tidy import distinct_names
from analysis.study.wide.understood import listed

if TYPE_CHECKING:
    from analysis.study.wide.tidy import Tidy
    from analysis.study.wide.understood import Understood


def tell(tidy: Tidy, blocks: list, sheets: list, understood: Understood) -> None:
    """Say what was understood: tables, marks, notes, gaps, first values."""
    for sheet in sheets:
        how = f" ({sheet.how})" if sheet.how else ""
        hidden = f", {sheet.hidden}: read too" if sheet.hidden else ""
        if any(block.table.sheet is sheet for block in blocks):
            understood.read.append(f"{sheet.place}: read{how}{hidden}")
    for block in blocks:
        _tell_block(block, understood)
    if not tidy.values:
        return
    _tell_shape(tidy, understood)
    _tell_marks(tidy, blocks, understood)
    _tell_texts(blocks, understood)
    _tell_names(blocks, understood)
    _tell_gaps(tidy, understood)
    _first(tidy, understood)


def _tell_block(block, understood):
    table = block.table
    first, last = table.header
    rows = f"row {last + 1}" if first == last else f"rows {first + 1} to {last + 1}"
    body = f"rows {table.rows[0] + 1} to {table.rows[-1] + 1}"
    letters = [get_column_letter(table.columns[c] + 1) for c in block.columns]
    span = f"{letters[0]} to {letters[-1]}" if len(letters) > 1 else "".join(letters)
    said = "; ".join(block.meaning.said)
    understood.tables.append(
        f"{table.sheet.place}: header in {rows}, data in {body}, values in columns {span}; {said}"
    )
    where = table.sheet.place
    understood.dropped += [f"{where}: {line}" for line in (*block.meaning.dropped, *table.dropped)]
    lost = [at for at in range(len(table.rows)) if not _is_named(block, at)]
    if lost:
        numbers = listed([table.rows[at] + 1 for at in lost], 6)
        understood.dropped.append(f"{where}: values without a region's name in rows {numbers}")
    touched = _touched(block)
    for mark, text in block.notes.items():
        at = f" (at {listed(touched[mark], 6)})" if mark in touched else ""
        understood.notes.append(f"{where}: {mark}) {text}{at}")
    known = set(block.notes.values())
    for line in table.notes:
        if not any(text in line for text in known):
            understood.notes.append(f"{where}: {line[:200]}")
    for mark in touched:
        if mark not in block.notes:
            understood.notes.append(
                f"{where}: the mark {mark!r} at {listed(touched[mark], 4)} has no note in the table"
            )


def _is_named(block, at):
    region = block.meaning.region
    return region.by != "row" or bool(region.values[at].strip())


def _touched(block):
    """List what bears the mark of a note: {mark: names}."""
    found = {}
    for axis in (block.meaning.region, *block.meaning.names):
        for name, marks in marks_of(dict.fromkeys(axis.values)).items():
            for mark in marks:
                found.setdefault(mark, []).append(name)
        for at, marks in axis.marks.items():
            for mark in map(note_key, marks):
                if axis.values[at] not in found.setdefault(mark, []):
                    found[mark].append(axis.values[at])
    for text in dict.fromkeys(block.meaning.year.values):
        one = period(plain(text))
        if one is not None and one.mark:
            found.setdefault(note_key(one.mark), []).append(str(one.year))
    return found


def _tell_shape(tidy, understood):
    years, _ = tidy.years()
    names = distinct_names(tidy.indicators)
    shown = (
        f"{years[0]} to {years[-1]} ({len(years)} years)" if len(years) > 1 else f"{years[0]} alone"
    )
    if not years[-1]:  # it is asked
        shown = "one year that is not told yet"
    understood.tables.append(
        f"{_counted(len(tidy.regions), 'region')} ({listed(tidy.regions, 4)}), "
        f"{_counted(len(names), 'indicator')}, "
        f"{shown}, "
        f"{len(tidy.values):,} values"
    )
    units = {}
    for name, (_, unit) in zip(names, tidy.indicators, strict=True):
        units.setdefault(unit, []).append(repr(name))
    for unit, own in units.items():
        noun = "indicator" if len(own) == 1 else f"{len(own)} indicators"
        said = f"unit {unit!r}" if unit else "without a unit"
        understood.tables.append(f"{noun} {listed(own, 6)}, {said}")


def _counted(count, noun):
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _tell_marks(tidy, blocks, understood):
    """Count the cells without a number by their marks, and the flags beside numbers."""
    missing = tidy.values.count("")
    gaps = Counter(tidy.flags.get(row, "") for row in _empty(tidy.values)) if missing else {}
    if missing:
        marks = [f"{mark or 'empty'} {count}" for mark, count in sorted(gaps.items())]
        secret = sum(
            count
            for mark, count in gaps.items()
            if mark.split()[-1:] in (["c"], ["C"], ["[c]"], ["(c)"], ["(D)"])
        )
        more = f", of them {secret} confidential" if secret else ""
        noun = "1 cell" if missing == 1 else f"{missing} cells"
        understood.values.append(
            f"{noun} without a number ({missing} missing{more}): {listed(marks, 12)}; none is zero"
        )
    flags = Counter(flag for row, flag in tidy.flags.items() if tidy.values[row])
    if flags:
        shown = listed([f"{flag} {count}" for flag, count in sorted(flags.items())], 12)
        understood.values.append(f"flags beside numbers, kept: {shown}")
        secret = sum(count for flag, count in flags.items() if flag in ("[p]", "p", "(p)", "P"))
        if secret:
            understood.values.append(f"{_counted(secret, 'provisional cell')} (p)")
    numbers = [value for value in tidy.values[:50_000] if value]
    is_within = len(numbers) > 3 and all(0 <= float(value) <= 1 for value in numbers)
    if is_within and any(0 < float(value) < 1 for value in numbers):
        understood.values.append(
            "every value lies between 0 and 1: they may be shares, or scores already scaled"
        )


def _empty(values):
    return [row for row, value in enumerate(values) if not value]


def _tell_texts(blocks, understood):
    """Say which numbers were stored as texts."""
    for block in blocks:
        table, kept = block.table, set(block.rows)
        places = [
            (table.rows[row], table.columns[column])
            for column, rows in block.marks.get("text", {}).items()
            if column in set(block.columns)
            for row in rows
            if row in kept and block.values[column][row]
        ]
        if places:
            understood.values.append(
                f"{table.sheet.place}: {len(places)} cells held numbers as text: "
                f"{listed([f'{get_column_letter(c + 1)}{r + 1}' for r, c in sorted(places)], 8)}"
            )


def _tell_names(blocks, understood):
    """Say which names were brought together that differ in blanks only."""
    axes = [block.meaning.region for block in blocks if block.meaning.region.by != "all"]
    names = {text: without_notes(text)[0] for axis in axes for text in axis.values}
    spellings = _shared(names)
    together = [repr(text) for name, own in spellings.items() for text in own if text != name]
    if together:
        understood.values.append(
            f"names brought together that differ in blanks or marks: {listed(together, 8)}"
        )
    folded = _shared({name: name.casefold() for name in names.values()})
    alike = [" and ".join(map(repr, own)) for own in folded.values()]
    if alike:
        understood.unknown.append(
            f"names that differ in capitals only are kept apart: {listed(alike, 4)}"
        )


def _shared(given):
    """Group the keys of a dict by their values, where several keys have the same one."""
    counts = Counter(given.values())
    found = {value: [] for value, count in counts.items() if count > 1}
    for key, value in given.items() if found else ():
        if value in found:
            found[value].append(key)
    return found


def _tell_gaps(tidy, understood):
    """Say which regions have no value, no row of an indicator, or not every year."""
    count = len(tidy.regions), len(tidy.indicators)
    filled = np.ones(len(tidy.values), dtype=bool)
    if "" in tidy.values:
        filled = np.fromiter(map(bool, tidy.values), dtype=bool, count=len(tidy.values))
    there = np.zeros(count, dtype=bool)
    there[tidy.region, tidy.indicator] = True
    has_value = np.zeros(count[0], dtype=bool)
    has_value[tidy.region[filled]] = True
    names = distinct_names(tidy.indicators)
    if empty := [tidy.regions[at] for at in np.flatnonzero(~has_value)]:
        understood.unknown.append(f"without any value at all: {listed(empty)}")
    absent = [f"{tidy.regions[r]} has no {names[i]} row" for r, i in np.argwhere(~there)]
    if absent:
        understood.unknown.append(listed(absent, 6))
    years, place = tidy.years()
    grid = np.zeros((count[0], count[1], len(years)), dtype=bool)
    grid[tidy.region, tidy.indicator, place] = True
    gone = [] if grid.all() else np.argwhere(there[:, :, None] & ~grid & grid.any(axis=0)[None])
    if len(gone):
        by_region = {}
        for r, _, y in gone:
            by_region.setdefault(tidy.regions[r], set()).add(int(years[y]))
        shown = [
            f"{name} has no row in {listed(sorted(own), 4)}" for name, own in by_region.items()
        ]
        understood.unknown.append(f"not every region has every year: {listed(shown, 6)}")


def _first(tidy, understood):
    names = distinct_names(tidy.indicators)
    there = [row for row, value in enumerate(tidy.values[:2000]) if value][:4]
    gap = next((row for row, value in enumerate(tidy.values[:2000]) if not value), None)
    for row in sorted([*there, *([gap] if gap is not None else [])]):
        block, own_row, own_column = tidy.origin(row)
        table = block.table
        text = table.sheet.text(table.rows[own_row], table.columns[own_column])
        value = tidy.values[row] or "missing"
        flag = f", flag {tidy.flags[row]}" if row in tidy.flags else ""
        understood.first.append(
            f"{tidy.regions[tidy.region[row]]}, {names[tidy.indicator[row]]}, "
            f"{tidy.period[row]}: {value}{flag} "
            f"(cell {block.place(own_row, own_column)} shows {text.strip()!r})"
        )
