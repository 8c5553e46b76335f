"""What a table tells, thing by thing: by row, by column, or once for all."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class Axis:
    """One thing that a table tells: by row, by value column, or once for all."""

    by: str  # row, column, all
    values: list
    name: str = ""
    marks: dict = field(default_factory=dict)  # place: marks of notes, where they were taken off
    row: str = ""  # of the sheet, for a level of the header: "2", or "2.1" for a part of it

    def at(self, row: int, column: int) -> str:
        """Return the text for a row and the place of a value column."""
        return self.values[row if self.by == "row" else column if self.by == "column" else 0]


@dataclass
class Meaning:
    """What the parts of a table mean; None where the table itself does not tell."""

    region: Axis | None = None
    code: Axis | None = None
    year: Axis | None = None
    unit: Axis | None = None
    names: list = field(default_factory=list)  # the parts of an indicator's name
    flags: list = field(default_factory=list)  # by row, of long tables
    notes: list = field(default_factory=list)  # by row, texts of notes
    source: Axis | None = None  # by row, where the values come from
    said: list = field(default_factory=list)
    dropped: list = field(default_factory=list)
    multiplier: Axis | None = None  # "thousands", of which the unit is made
    parts: Axis | None = None  # which quarter or month a row or column is of; "" for whole years
    constants: list = field(default_factory=list)  # texts that are the same in every row
    standing: Axis | None = None  # words such as plan and actual, where no year bears them
    about: dict = field(default_factory=dict)  # {"pillar", "direction", "weight": by row}
    region_choices: list = field(default_factory=list)  # columns that may all name the region
