"""From the values of tables to tidy rows, with what the source says of each value."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analysis.study.wide.standing import mark_standing
from analysis.study.wide.texts.labels import note_key, plain, without_notes
from analysis.study.wide.texts.periods import period
from analysis.study.wide.understood import listed

if TYPE_CHECKING:
    from typing import Any

COLUMNS = (
    "region",
    "indicator",
    "period",
    "value",
    "flag",
    "unit",
    "note",
    "code",
    "source",
    "standing",
)


@dataclass
class Tidy:
    """Tidy rows in columns: numbers stand for names; flags and notes where there are some."""

    regions: list = field(default_factory=list)  # names, in the order of the source
    codes: dict = field(default_factory=dict)  # region: the source's code
    indicators: list = field(default_factory=list)  # (name, unit)
    region: Any = None  # place in `regions`, per row
    indicator: Any = None
    period: Any = None
    calendar: Any = field(default=None, repr=False)  # (period, its years, their places), once found
    values: list = field(default_factory=list)  # exact decimal texts, "" for missing
    flags: dict = field(default_factory=dict)  # row: flag
    notes: dict = field(default_factory=dict)
    targets: dict = field(default_factory=dict)  # row: the word that says plan or forecast
    starts: list = field(default_factory=list)  # the first row of each block
    blocks: list = field(default_factory=list)

    def years(self) -> tuple:
        """Return the years there are, and the place of each row's year among them."""
        if self.calendar is None or self.calendar[0] is not self.period:
            low = int(self.period.min())
            there = np.bincount(self.period - low) > 0
            places = (np.cumsum(there) - 1)[self.period - low]
            self.calendar = self.period, np.flatnonzero(there) + low, places
        return self.calendar[1:]

    def keys(self) -> np.ndarray:
        """Number the rows by indicator, region and year: one number for each combination."""
        years, places = self.years()
        return (self.indicator * len(self.regions) + self.region) * len(years) + places

    def origin(self, row: int) -> tuple:
        """Give (block, row and column in it) of a tidy row."""
        at = np.searchsorted(self.starts, row, side="right") - 1
        block = self.blocks[at]
        column, line = divmod(row - self.starts[at], len(block.rows))
        return block, block.rows[line], block.columns[column]

    def frame(self) -> pd.DataFrame:
        """Return the rows as a table."""
        count = len(self.values)
        names = distinct_names(self.indicators)
        pick = lambda words, places: np.array(words, dtype=object)[places] if count else []  # noqa: E731
        data = {
            "region": pick(self.regions, self.region),
            "indicator": pick(names, self.indicator),
            "period": self.period if count else [],
            "value": [value or None for value in self.values] if "" in self.values else self.values,
            "flag": _sparse(self.flags, count),
            "unit": pick([unit for _, unit in self.indicators], self.indicator),
            "note": _sparse(self.notes, count),
            "code": pick([self.codes.get(region, "") for region in self.regions], self.region),
            "source": self.sources(),
            "standing": _sparse(dict.fromkeys(self.targets, "target"), count),
        }
        table = pd.DataFrame(data, columns=list(COLUMNS))
        texts = [name for name in COLUMNS if name != "period"]
        return table.astype({**dict.fromkeys(texts, "str"), "period": "int64"})

    def sources(self) -> np.ndarray:
        """Name the source of each row: the one the table gives, else file and sheet."""
        places = [block.table.sheet.place for block in self.blocks]
        counts = [len(block.rows) * len(block.columns) for block in self.blocks]
        texts = np.repeat(np.array(places, dtype=object), counts)
        for begin, block in zip(self.starts, self.blocks, strict=True):
            if block.meaning.source is not None:
                given = np.array([block.meaning.source.values[row] for row in block.rows], object)
                own = texts[begin : begin + len(block.rows) * len(block.columns)]
                own[:] = np.where(
                    np.tile(given != "", len(block.columns)),
                    np.tile(given, len(block.columns)),
                    own,
                )
        return texts

    def has_sources(self) -> bool:
        """Tell whether the sources of the values differ."""
        if any(block.meaning.source is not None for block in self.blocks):
            return True
        return len({block.table.sheet.place for block in self.blocks}) > 1


def _sparse(given, count):
    texts = np.full(count, "", dtype=object)
    for row, text in given.items():
        texts[row] = text
    return texts


def distinct_names(indicators: list) -> list:
    """Name indicators so that two units of one name are two: the unit is added to the name.

    >>> distinct_names([("Exports", "EUR"), ("Exports", "%"), ("Jobs", "persons")])
    ['Exports, EUR', 'Exports, %', 'Jobs']
    """
    names = [name for name, _ in indicators]
    return (
        [f"{name}, {unit}" if names.count(name) > 1 and unit else name for name, unit in indicators]
        if len(set(names)) < len(names)
        else names
    )


def assemble(blocks: list) -> Tidy:
    """Join the kept rows and columns of all blocks."""
    tidy = Tidy(blocks=[block for block in blocks if block.rows and block.columns])
    regions, indicators = {}, {}
    parts = ([], [], [])
    count = 0
    for block in tidy.blocks:
        tidy.starts.append(count)
        shape = len(block.columns), len(block.rows)
        for part, array in zip(parts, _places(block, shape, regions, indicators), strict=True):
            part.append(array.reshape(-1))
        for at, column in enumerate(block.columns):
            _values(tidy, block, column, count + at * shape[1])
        _codes(tidy, block)
        _notes(tidy, block, count)
        mark_standing(tidy, block, count)
        count += shape[0] * shape[1]
    tidy.regions, tidy.indicators = list(regions), list(indicators)
    if count:
        tidy.region, tidy.indicator, tidy.period = (np.concatenate(part) for part in parts)
    return tidy


def _places(block, shape, regions, indicators):
    """Give region, indicator and year of each value, as arrays of columns by rows."""
    meaning = block.meaning
    region = _spread(
        meaning.region,
        block,
        lambda text: regions.setdefault(without_notes(text)[0], len(regions)),
        shape,
    )
    year = _spread(meaning.year, block, lambda text: block.years[text], shape)
    axes = [*meaning.names, *filter(None, [meaning.unit, block.apart])]
    groups = _groups([axis.values for axis in axes if axis.by == "row"], block.rows)
    grid, known = np.empty(shape, dtype=np.int64), {}
    for at, column in enumerate(block.columns):
        by_column = tuple(axis.values[column] for axis in axes if axis.by == "column")
        for key, lines in groups.items():
            place = (key, by_column)
            if place not in known:
                name, unit = block.indicator(block.rows[lines[0]], column)
                known[place] = indicators.setdefault(
                    (name, unit or block.shown.get(name, "")), len(indicators)
                )
            grid[at, lines if len(groups) > 1 else slice(None)] = known[place]
    return region, grid, year


def _groups(lists, rows):
    """Group the kept rows by their texts: {texts: lines}."""
    if not lists:
        return {(): np.array([0])}
    found = {}
    for line, at in enumerate(rows):
        found.setdefault(tuple(values[at] for values in lists), []).append(line)
    return {key: np.array(lines) for key, lines in found.items()}


def _spread(axis, block, place, shape):
    if axis.by == "all":
        return np.full(shape, place(axis.values[0]), dtype=np.int64)
    places = block.rows if axis.by == "row" else block.columns
    known = {}
    line = np.empty(len(places), dtype=np.int64)
    for at, where in enumerate(places):
        text = axis.values[where]
        if text not in known:
            known[text] = place(text)
        line[at] = known[text]
    return np.broadcast_to(line if axis.by == "row" else line[:, None], shape)


def _values(tidy, block, column, start):
    values = block.values[column]
    is_all = len(block.rows) == len(values)
    tidy.values += values if is_all else [values[row] for row in block.rows]
    if cells := block.cells[column]:
        lines = {row: line for line, row in enumerate(block.rows)} if not is_all else None
        for row, cell in cells.items():
            line = row if lines is None else lines.get(row, -1)
            if line >= 0 and cell.flag:
                tidy.flags[start + line] = cell.flag


def _codes(tidy, block):
    if block.meaning.code is None:
        return
    for row in block.rows:
        name = block.region(row, 0)
        if code := block.meaning.code.values[row]:
            tidy.codes.setdefault(name, code)


def _notes(tidy, block, start):
    """Attach the text of a note to the values whose year, region or indicator bears its mark."""
    texts = block.notes
    rows, columns = {}, {}
    for axis in block.meaning.notes:
        for at, text in enumerate(axis.values):
            if text:
                rows.setdefault(at, []).append(text)
    if not texts and not rows and not block.remarks:
        return
    units = [block.meaning.unit] if block.meaning.unit is not None else []
    for axis in (block.meaning.region, block.meaning.year, *block.meaning.names, *units):
        for at, text in enumerate(axis.values):
            marks = axis.marks.get(at) or without_notes(text)[1]
            if not marks and axis is block.meaning.year:
                found = period(plain(text))
                marks = (found.mark,) if found is not None and found.mark else ()
            said = [texts[note_key(mark)] for mark in marks if note_key(mark) in texts]
            if said:
                target = rows if axis.by == "row" else columns if axis.by == "column" else None
                if target is not None:
                    target.setdefault(at, []).extend(said)
    width = len(block.rows)
    for at, column in enumerate(block.columns):
        for line, row in enumerate(block.rows):
            own = [*rows.get(row, ()), *columns.get(column, ())]
            if (column, row) in block.remarks:
                own.append(block.remarks[column, row])
            cell = block.cells[column].get(row)
            if cell is not None and cell.flag and note_key(cell.flag) in texts:
                own.append(texts[note_key(cell.flag)])
            if own:
                tidy.notes[start + at * width + line] = " ".join(dict.fromkeys(own))


def duplicates(tidy: Tidy) -> list:
    """Find rows that have region, indicator and year in common: groups of row numbers."""
    if not len(tidy.values):
        return []
    keys = tidy.keys()
    if np.bincount(keys).max() == 1:
        return []
    order = np.argsort(keys, kind="stable")
    ordered = keys[order]
    same = np.flatnonzero(ordered[1:] == ordered[:-1])
    if not len(same):
        return []
    groups = {}
    for at in same:
        groups.setdefault(int(ordered[at]), set()).update((int(order[at]), int(order[at + 1])))
    return [sorted(group) for group in groups.values()]


def said_twice(tidy: Any, group: Any) -> Any:
    """Say where a region's value stands several times: names, values, rows."""
    first, *_ = tidy.origin(group[0])
    names = distinct_names(tidy.indicators)
    places = []
    for number in group[:4]:
        block, own_row, own_column = tidy.origin(number)
        places.append(
            f"{tidy.values[number] or 'empty'} in row {block.table.rows[own_row] + 1}"
            + (f" of {block.table.sheet.place}" if block is not first else "")
            + f" (cell {block.place(own_row, own_column)})"
        )
    region, name = tidy.regions[tidy.region[group[0]]], names[tidy.indicator[group[0]]]
    return f"{region}, {name}, {tidy.period[group[0]]}: {listed(places)}"
