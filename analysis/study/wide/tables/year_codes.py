"""Codes of variables with a year of two figures in them: P13_POP beside P18_POP, as at INSEE."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from analysis.study.wide.tables.context import part_header
from analysis.study.wide.tables.meaning import Axis
from analysis.study.wide.understood import listed

if TYPE_CHECKING:
    from analysis.study.wide.tables.meaning import Meaning
    from analysis.study.wide.tables.table import Table
    from analysis.study.wide.understood import Understood

CODE = re.compile(r"(?P<before>[A-Za-z]{1,2})(?P<year>\d{2})_(?P<after>[^\W\d]\w*)")
USUAL = 1950  # from which year on figures count while it is asked


def years_in_codes(table: Table, found: Meaning, told: dict, understood: Understood) -> None:
    """Part codes such as P13_POP into the year and the code without it; ask for the century."""
    begin = told.get("two_figure_years_from")
    if found.year is not None or begin == 0:
        return
    for at, axis in enumerate(found.names):
        codes = [CODE.fullmatch(text.strip()) for text in axis.values]
        if axis.by != "column" or not _is_series(codes):
            continue
        if begin is None:
            _ask(table, [code[0] for code in codes if code], understood)
        parted = [
            _part(code, begin or USUAL) if code else part_header(text)
            for code, text in zip(codes, axis.values, strict=True)
        ]
        found.year = Axis(axis.by, [year for _, year in parted])
        found.names[at] = Axis(axis.by, [name for name, _ in parted], axis.name, axis.marks)
        found.said.append(f"years: two figures in the codes of the columns, from {begin or USUAL}")
        return


def _is_series(codes):
    """Tell whether codes differ in their two figures only, and so may be one thing in two years."""
    figures = {}
    for code in filter(None, codes):
        figures.setdefault((code["before"], code["after"]), set()).add(code["year"])
    return any(len(own) > 1 for own in figures.values())


def _part(code, begin):
    year = begin + (int(code["year"]) - begin) % 100
    return f"{code['before']}_{code['after']}", str(year)


def _ask(table, codes, understood):
    first = CODE.fullmatch(codes[0])
    year = _part(first, USUAL)[1]
    understood.ask(
        "two_figure_years_from",
        f"{table.sheet.place}: the columns {listed(codes, 4)} have two figures that may be a year "
        f"({codes[0]}: {year}?); from which year on do two figures count?",
        f"{USUAL}  (then {first['year']} is {year}; 0 where the figures are no years)",
    )
