"""A sheet, or a file of a folder, that tells of indicators and holds no values of regions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis.study.wide.texts.labels import plain
from analysis.study.wide.texts.words import about_indicators, role_of
from analysis.tidy.wording import counted, listed

if TYPE_CHECKING:
    from analysis.study.wide.files.cells import Sheet
    from analysis.study.wide.understood import Understood

ROWS_ABOVE = 20  # rows among which the header is sought


def add_framework(sheet: Sheet, understood: Understood) -> bool:
    """Keep what a sheet without values tells of indicators; False where it is no such sheet.

    Its header names indicators and one or more of pillar, direction and weight; below stands a row
    for each indicator.
    """
    for at, row in enumerate(sheet.rows[:ROWS_ABOVE]):
        header = [plain(cell) for cell in row]
        names = [c for c, name in enumerate(header) if role_of(name) == ("indicator", True)]
        columns = {kind: c for c, name in enumerate(header) if (kind := about_indicators(name))}
        if not names or not columns:
            continue
        lines = [[plain(cell) for cell in line] for line in sheet.rows[at + 1 :]]
        lines = [line for line in lines if any(_cell(line, c) for c in names)]
        for kind, column in columns.items():
            told = understood.framework.setdefault(kind, {})
            for line in lines:
                told |= {_cell(line, c): _cell(line, column) for c in names if _cell(line, c)}
        understood.tables.append(
            f"{sheet.place}: {listed(columns)} of {counted(len(lines), 'indicator')}"
        )
        return True
    return False


def _cell(line, column):
    return line[column] if column < len(line) else ""
