"""One table of a sheet, taken apart; those that stand side by side are two."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from openpyxl.utils import get_column_letter

if TYPE_CHECKING:
    from typing import Any


@dataclass
class Table:
    """One table of a sheet, taken apart; nothing is decided yet on what its parts mean."""

    sheet: Any
    titles: list = field(default_factory=list)
    pairs: dict = field(default_factory=dict)  # lines such as "Unit of measure: Percentage"
    levels: list = field(default_factory=list)  # of the header: a text per value column
    level_rows: list = field(default_factory=list)  # the row of each level in the sheet
    corners: list = field(default_factory=list)  # per level: its text over the labels
    header: tuple = (0, 0)
    labels: list = field(default_factory=list)
    columns: list = field(default_factory=list)  # of values
    flags: dict = field(default_factory=dict)  # value column: columns of its flags
    rows: list = field(default_factory=list)
    sections: list = field(default_factory=list)  # per row: the heading it stands under
    heading: str = ""  # the header of the column in which headings stand
    notes: list = field(default_factory=list)
    dropped: list = field(default_factory=list)

    def cell(self, row: int, column: int) -> str:
        """Give the address of a cell of the body as a spreadsheet shows it."""
        return f"{get_column_letter(column + 1)}{self.rows[row] + 1}"


def side_by_side(table: Table) -> list:
    """Part tables that stand side by side: a column of labels once more among the values."""
    first = table.labels[0] if table.labels else None
    splits = [
        label
        for label in table.labels[1:]
        if table.columns
        and label.column > table.columns[0]
        and first is not None
        and label.name
        and label.name == first.name
    ]
    if not splits or first is None:
        return [table]
    bounds = [first.column, *(label.column for label in splits), 10**6]
    parts = []
    for at, label in enumerate([first, *splits]):
        low, high = bounds[at], bounds[at + 1]
        columns = [c for c in table.columns if low < c < high]
        labels = (
            [other for other in table.labels if low <= other.column < high]
            if at
            else [other for other in table.labels if other.column < high]
        )
        part = Table(
            table.sheet,
            table.titles,
            table.pairs,
            level_rows=table.level_rows,
            corners=table.corners,
            header=table.header,
            labels=labels,
            columns=columns,
            flags={c: f for c, f in table.flags.items() if c in columns},
            rows=table.rows,
            sections=table.sections,
            notes=[] if at else table.notes,
            dropped=[] if at else table.dropped,
        )
        part.levels = [{c: level[c] for c in columns} for level in table.levels]
        kept = [i for i, value in enumerate(label.values) if value.strip()]
        for other in part.labels:
            other.values = [other.values[i] for i in kept]
        part.rows = [table.rows[i] for i in kept]
        part.sections = [table.sections[i] for i in kept]
        parts.append(part)
    return parts
