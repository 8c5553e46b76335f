"""The values of each table: read as exact numbers, with their years, names and units."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from analysis.study.wide.texts.conventions import Convention, conventions, holds_sentinels
from analysis.study.wide.texts.labels import note_key, note_texts, plain, without_notes
from analysis.study.wide.texts.numbers import Cell, read_cell, read_column
from analysis.study.wide.texts.units import split_unit
from analysis.study.wide.texts.words import NORMAL

if TYPE_CHECKING:
    from typing import Any

    from analysis.study.wide.tables.meaning import Meaning
    from analysis.study.wide.tables.table import Table
    from analysis.study.wide.understood import Understood


@dataclass
class Block:
    """One table with its meaning, and its values column by column."""

    table: Any
    meaning: Any
    values: list = field(default_factory=list)  # per value column: exact texts
    cells: list = field(default_factory=list)  # per value column: {row: Cell}
    rows: list = field(default_factory=list)  # places of the rows that are kept
    columns: list = field(default_factory=list)  # places of the value columns that are kept
    years: dict = field(default_factory=dict)  # text of a period: year
    notes: dict = field(default_factory=dict)  # mark: text
    convention: Any = None
    remarks: dict = field(default_factory=dict)  # (column, row): a note beside the value
    words: dict = field(default_factory=dict)  # text of a year: (its standing, the word)
    apart: Any = None  # words that part the indicators of plans from the measured ones
    shown: dict = field(default_factory=dict)  # indicator: the unit that its cells show

    @cached_property
    def marks(self) -> dict:
        """Give what cells are beside their texts: {mark: {value column: rows}}."""
        rows = {row: at for at, row in enumerate(self.table.rows)}
        columns = {column: at for at, column in enumerate(self.table.columns)}
        found = {}
        for (row, column), mark in self.table.sheet.marks.items():
            if row in rows and column in columns:
                found.setdefault(mark, {}).setdefault(columns[column], []).append(rows[row])
        return found

    def place(self, row: int, column: int) -> str:
        """Give the address of a value by the places of its row and column."""
        return self.table.cell(row, self.table.columns[column])

    def region(self, row: Any, column: Any) -> Any:
        """Give the cleaned name of a value's region."""
        return without_notes(self.meaning.region.at(row, column))[0]

    def indicator(self, row: int, column: int) -> tuple:
        """Give (name, unit) of a value's indicator."""
        name, unit = indicator_at(self.meaning, row, column)
        word = self.apart.at(row, column) if self.apart is not None else ""
        return (f"{name} {word}" if word else name), unit

    def year(self, row: Any, column: Any) -> Any:
        """Give a value's year; None where its period is left out."""
        return self.years.get(self.meaning.year.at(row, column))

    def said(self, row: Any, column: Any) -> Any:
        """Name a value: region, indicator, year, cell."""
        name, _ = self.indicator(row, column)
        year = plain(self.meaning.year.at(row, column))
        return f"{self.region(row, column)}, {name}, {year} (cell {self.place(row, column)})"


# a unit that is no name, where it stands below one
UNIT_ALONE = re.compile(
    r"[%‰]|(?:number|número|numero|anzahl|nombre|liczba|antal|aantal|no|nr|n\.?º|nº|per ?cent|"
    r"prozent|количество|число|единиц|процентов)\.?",
    re.IGNORECASE,
)


def indicator_at(meaning: Meaning, row: int, column: int) -> tuple:
    """Compose an indicator's name from its parts, and find its unit."""
    parts, unit = [], ""
    for axis in meaning.names:
        text = without_notes(axis.at(row, column))[0]
        if axis.by == "row":
            parts.append(text)
            unit = unit or split_unit(text)[1]
        elif len(meaning.names) > 1 and UNIT_ALONE.fullmatch(text):
            unit = unit or text  # below a name: "Firms" | "Number"
        else:
            name, own = split_unit(text)
            parts.append(name)
            unit = unit or own
    name = ", ".join(dict.fromkeys(filter(None, parts)))
    told = without_notes(meaning.unit.at(row, column))[0] if meaning.unit is not None else ""
    if meaning.unit is not None and meaning.unit.by != "all":
        return name, told or unit
    return name, unit or told


def make_block(table: Table, meaning: Meaning, told: dict, understood: Understood) -> Block:
    """Read a table's values."""
    block = Block(table, meaning, notes=note_texts(table.notes))
    sheet = table.sheet
    rows = [sheet.rows[number] for number in table.rows]
    columns = _column_texts(rows, table.columns)
    typed = _typed(block, columns) if sheet.is_typed else columns
    block.convention = conventions(
        typed, sheet.known | told, columns if sheet.is_typed or sheet.separator == "," else None
    )
    if sheet.is_typed:
        texts = ("\n".join(column) for column in columns)
        block.convention.has_sentinels = any(map(holds_sentinels, texts))
    block.convention.parentheses = told.get("parentheses_mean", "")
    block.convention.missing = frozenset(map(str, told.get("missing_marks", ())))
    for at, (texts, own) in enumerate(zip(columns, typed, strict=True)):
        plain_column = None if sheet.is_typed else block.convention.plain[at]
        values, cells = _read(texts, own, block.convention, sheet.is_typed, plain_column)
        block.values.append(values)
        block.cells.append(cells)
    _add_flags(block)
    _stored_marks(block)
    block.rows = [at for at in range(len(rows)) if _has_region(block, at)]
    block.columns = list(range(len(columns)))
    understood.values += [f"{sheet.place}: {remark}" for remark in block.convention.remarks]
    return block


def _column_texts(rows, columns):
    """Turn rows into the texts of columns, "" where a row ends early."""
    width = columns[-1] + 1 if columns else 0
    if min(map(len, rows), default=0) >= width:
        turned = list(zip(*rows, strict=False))
        return [turned[at] for at in columns]
    return [[row[at] if at < len(row) else "" for row in rows] for at in columns]


def _typed(block, columns):
    """Keep the cells that hold texts: stored numbers say nothing on what a point means."""
    typed = [[""] * len(column) for column in columns]
    for at, rows in block.marks.get("text", {}).items():
        own, texts = typed[at], columns[at]
        for row in rows:
            own[row] = texts[row]
    return typed


def _read(texts, typed, convention, is_typed, is_plain):
    if not is_typed or convention.point != "thousands":
        return read_column(texts, convention, is_plain)
    # stored numbers are in plain form, whatever the point means in texts
    values, cells = [], {}
    for row, text in enumerate(texts):
        if text and not typed[row] and read_cell(text, _PLAIN).kind == "number":
            values.append(text)
            continue
        cell = read_cell(text, convention)
        values.append(cell.value)
        if cell.flag or cell.unit or cell.kind not in ("number", "empty"):
            cells[row] = cell
    return values, cells


_PLAIN = Convention()


def _add_flags(block):
    """Join the texts of flag columns, and of flags by row, to the values they stand beside."""
    table = block.table
    for place, column in enumerate(table.columns):
        texts = [
            [plain(table.sheet.text(row, at)) for row in table.rows]
            for at in table.flags.get(column, [])
        ]
        texts += [axis.values for axis in block.meaning.flags]
        if not texts:
            continue
        for row in range(len(table.rows)):
            flags = [text[row] for text in texts if text[row].casefold() not in NORMAL]
            if len(flags) > 1 and len(flags[0]) < 4 < len(flags[1]):
                block.notes.setdefault(note_key(flags[0]), flags[1])  # a code and its meaning
                flags = [flags[0], *flags[2:]]
            long = [flag for flag in flags if len(flag) > 12]
            flags = [flag for flag in flags if len(flag) <= 12]
            if long:
                block.remarks[place, row] = "; ".join(long)
            if flags:
                cell = block.cells[place].get(row)
                own = [cell.flag] if cell and cell.flag else []
                kind = cell.kind if cell else ("number" if block.values[place][row] else "gap")
                flag = " ".join(dict.fromkeys([*own, *flags]))
                unit = cell.unit if cell else ""
                block.cells[place][row] = Cell(block.values[place][row], flag, kind, unit)


def _stored_marks(block):
    """Note cells that are errors, or formulas without a result."""
    table = block.table
    for mark in ("formula", "error", "date", "truth"):
        for column, rows in block.marks.get(mark, {}).items():
            for row in rows:
                text = table.sheet.text(table.rows[row], table.columns[column])
                kind = {"formula": "formula", "error": "gap"}.get(mark, "unread")
                flag = "" if mark == "formula" else text
                block.cells[column][row] = Cell("", flag, kind)
                block.values[column][row] = ""


def _has_region(block, at):
    region = block.meaning.region
    if region.by != "row":
        return True
    return bool(region.values[at].strip())
