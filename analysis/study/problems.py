"""What is wrong with a data package: one problem, its place, and how it is said."""

from __future__ import annotations

import re
from dataclasses import dataclass

LONGEST_SHOWN = 80  # characters of a cell that a message shows


# all of C0 but tab and line ends, and what XML cannot hold: no output could show it
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, order=True)
class Problem:
    """One thing that is wrong with a data package: where, what, and what is allowed."""

    file: str
    row: int  # 1 is the header, as in a spreadsheet; 0 is the file as a whole
    column: str
    value: str
    rule: str
    allowed: str
    cell: str = ""  # address in a workbook, such as C5

    def __str__(self):
        """Say it in one line."""
        row = f"row {self.row}" if self.row else ""
        column = f"column {self.column}" if self.column else ""
        place = self.cell or ", ".join(filter(None, [row, column]))
        where = f"{self.file}, {place}" if place else self.file
        value = f" {shorten(self.value)}" if self.value != "" else ""
        allowed = f"; allowed: {self.allowed}" if self.allowed else ""
        line = f"{where}:{value} {self.rule}{allowed}".replace(":  ", ": ")
        # whatever a cell or a header that is cited holds
        return CONTROL.sub(lambda found: ascii(found[0])[1:-1], " ".join(line.splitlines()))


def shorten(value: str) -> str:
    """Format a value for a message: invisible characters escaped, long texts truncated.

    >>> shorten("a b"), len(shorten("x" * 500))
    ("'a b'", 82)
    """
    text = str(value)
    text = text if len(text) <= LONGEST_SHOWN else text[: LONGEST_SHOWN - 3] + "..."
    return repr(text)
