"""`read_wide`: from a file or folder as an office hands it out to tidy rows, nothing guessed."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analysis.study.wide import doubts, report
from analysis.study.wide.blocks import make_block
from analysis.study.wide.files.cells import UnreadableError, read_sheets
from analysis.study.wide.files.digits import with_ascii_digits
from analysis.study.wide.files.eras import ERAS, NONE, convert_eras
from analysis.study.wide.files.note_marks import part_note_marks
from analysis.study.wide.leave_out import leave_out_indicators, leave_out_regions
from analysis.study.wide.shown import resolve_shown
from analysis.study.wide.standing import resolve_standing, tell_standing
from analysis.study.wide.tables.context import (
    from_context,
    told_apart,
    years_in_headers,
)
from analysis.study.wide.tables.framework import add_framework
from analysis.study.wide.tables.layout import find_tables
from analysis.study.wide.tables.levels import level_roles
from analysis.study.wide.tables.roles import label_roles
from analysis.study.wide.tables.sections import sections_of
from analysis.study.wide.tables.year_codes import years_in_codes
from analysis.study.wide.texts.labels import (
    is_place_list,
    looks_like_indicators,
    note_texts,
    plain,
)
from analysis.study.wide.texts.periods import period
from analysis.study.wide.tidy import Tidy, assemble
from analysis.study.wide.understood import Understood, WideTableError, listed
from analysis.study.wide.years import resolve_years

if TYPE_CHECKING:
    from typing import Any

# every setting, and what it answers
SETTINGS = {
    "encoding": 'of a text file: "cp1251", "cp1252", "utf-8"',
    "separator": 'of a text file: "tab", "semicolon", "comma"',
    "sheets": 'the only sheets to read: ["Table 1"]',
    "leave_out_sheets": 'sheets not to read: ["Old"]',
    "hidden_sheets": '"read" or "leave out"',
    "header_row": "the row of the header, as a spreadsheet counts: 4",
    "region_column": 'the header of the column that names the regions: "Area name"',
    "year_column": 'the header of the column of years: "year"',
    "leave_out_columns": 'columns of labels not to use: ["Group"]',
    "columns_are": '"regions" or "indicators"',
    "region_row": 'the row of the header that names the regions, as a spreadsheet counts: "2"',
    "headings_are": 'rows without values above others: "regions" or "indicators"',
    "leave_out_regions": 'totals and parts that are no regions: ["Total"], or [] to keep all rows',
    "leave_out_indicators": 'indicators not to write: ["Rank"]',
    "region": 'of a table about one region: "Name"',
    "year": "of a table of one year that does not name it: 2012",
    "indicator": 'the name of the only indicator: "Turnover"',
    "unit": 'the unit of what has none: "mln EUR"',
    "point_means": '"decimal" or "thousands"',
    "comma_means": '"decimal" or "thousands"',
    "dash_means": '"zero" or "missing"',
    "parentheses_mean": '"negative", "uncertain" (kept, with the flag ()) or "missing"',
    "plain_beside_percent": 'what plain numbers of an indicator in per cent are: "per cent" or '
    '"fractions"',
    "scaled_numbers_are": 'numbers that a format shows in thousands: "as stored" or "as shown"',
    "missing_marks": 'texts in cells that mean a missing value: ["conf."]',
    "split_years": '"first" or "last" of the two years of 2008/09',
    "two_figure_years_from": "the first year that two figures can mean, 0 where they are no year: "
    "1950",
    "same_year": 'which of two values of one year to read: the word beside it, or "both"',
    "target_years": 'years whose values are plans or forecasts: ["2024f"], or [] where none are',
    "part_years": '"leave out" quarters and months that stand beside whole years',
    "several_years": '"leave out" spans such as 2008-2010 that stand beside single years',
    "slash_means": 'in numbers such as ۱۲/۵: "decimal", or "none"',
    "note_marks": "letters at the ends of names that are marks of notes, beside those with a note "
    'in the file: ["(a)"], or []',
    "months_are": 'one month of each year, such as Mar-18: "years" where it stands for the year',
    "years_are": 'the era of years such as 2561: "Buddhist", "Solar Hijri", "Hebrew", or "none"',
}
CHOICES = {
    "hidden_sheets": ("read", "leave out"),
    "columns_are": ("regions", "indicators"),
    "headings_are": ("regions", "indicators"),
    "point_means": ("decimal", "decimals", "thousands"),
    "comma_means": ("decimal", "decimals", "thousands"),
    "dash_means": ("zero", "missing"),
    "parentheses_mean": ("negative", "uncertain", "missing"),
    "plain_beside_percent": ("per cent", "fractions"),
    "scaled_numbers_are": ("as stored", "as shown"),
    "split_years": ("first", "last"),
    "part_years": ("leave out",),
    "several_years": ("leave out",),
    "slash_means": ("decimal", "none"),
    "months_are": ("years",),
    "years_are": (*(era.name for era in ERAS), NONE),
}


class WideTable(pd.DataFrame):
    """A tidy table, one row per region, indicator and year, with `.understood`."""

    _metadata = ["understood"]  # noqa: RUF012  pandas' documented way to carry an attribute


def read_wide(
    source: str | Path, settings: dict | str | Path | None = None, **answers: Any
) -> WideTable:
    """Read a wide table, or a folder of them, into tidy rows.

    Parameters
    ----------
    source : a csv, tsv, xlsx, xls or ods file, or a folder of such files
    settings : a dict, or the path of an `import.toml`; single settings may be given by name

    Returns
    -------
    Table with the columns region, indicator, period (year), value (exact decimal text, missing
    where the source has no number), flag, unit, note, code (of the region), source and standing
    ("target" for plans and forecasts). Its `.understood` says which rows and columns were taken
    for what, and what was left out.

    Raises WideTableError where something has to be told first, or the table put right:
    its message says what, its `.outcome` is "ask" or "refuse".

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     path = Path(folder) / "jobs.csv"
    ...     _ = path.write_text("Region;2017;2018\\nNordmark;1,5;2\\nVellin;3;:\\n")
    ...     table = read_wide(path)
    >>> table[["region", "period", "value", "flag"]].values.tolist()[:2]
    [['Nordmark', 2017, '1.5', ''], ['Vellin', 2017, '3', '']]
    """
    told = told_settings(settings, answers)
    tidy, understood = read_source(Path(source), told)
    if understood.outcome != "import":
        raise WideTableError(str(understood), understood)
    table = WideTable(tidy.frame())
    table.understood = understood
    return table


def told_settings(settings: dict | str | Path | None, answers: dict) -> dict:
    """Join settings from a file or a dict with single ones, and check them.

    >>> told_settings({"dash_means": "zero"}, {"year": 2018})
    {'dash_means': 'zero', 'year': 2018}
    """
    if isinstance(settings, str | Path):
        settings = tomllib.loads(Path(settings).read_text(encoding="utf-8"))
    told = {**(settings or {}), **answers}
    wrong = [name for name in told if name not in SETTINGS]
    if wrong:
        raise ValueError(f"unknown setting {wrong[0]!r}; there are {', '.join(SETTINGS)}")
    for name, allowed in CHOICES.items():
        if name in told and told[name] not in allowed:
            raise ValueError(f"{name} = {told[name]!r}; allowed: {' or '.join(map(repr, allowed))}")
    year = period(str(told.get("year", "1900")))
    if year is None or year.kind not in ("year", "split year"):
        raise ValueError(f"year = {told['year']!r}; allowed: a year such as 1999")
    begin = told.get("two_figure_years_from", 0)
    if not isinstance(begin, int) or not (begin == 0 or 1800 <= begin <= 2000):
        raise ValueError(f"two_figure_years_from = {begin!r}; allowed: 0, or a year such as 1950")
    for name in (
        "leave_out_regions",
        "leave_out_sheets",
        "sheets",
        "leave_out_columns",
        "leave_out_indicators",
        "missing_marks",
        "target_years",
        "note_marks",
    ):
        if isinstance(told.get(name), str):
            told[name] = [told[name]]
    return told


def read_source(source: Path, told: dict) -> tuple:
    """Read a source: (Tidy, Understood); nothing is raised for what it holds."""
    understood = Understood(str(Path(source).name or source))
    try:
        sheets, remarks = read_sheets(source, told)
    except UnreadableError as error:
        understood.refusals.append(str(error))
        return Tidy(), understood
    understood.dropped += remarks
    blocks = _blocks(sheets, told, understood)
    if not blocks:
        if not understood.refusals:
            understood.refusals.append(_no_table(sheets))
        return Tidy(), understood
    leave_out_regions(blocks, told, understood)
    leave_out_indicators(blocks, told)
    doubts.cells_of(blocks, told, understood)
    doubts.dates_of_ranges(blocks, understood)
    tidy = assemble(blocks)
    _without_name(tidy, understood)
    doubts.same_twice(tidy, understood)
    tell_standing(tidy, understood)
    report.tell(tidy, blocks, sheets, understood)
    return tidy, understood


def _tables(sheets, told, understood):
    """Find the tables of all sheets that are read, and the notes of those that hold none."""
    tables, notes = [], {}
    chosen = _chosen(sheets, told, understood)
    for sheet in chosen:
        with_ascii_digits(sheet, told, understood)
    part_note_marks(chosen, told, understood)
    for sheet in chosen:
        convert_eras(sheet, told, understood)
        found = find_tables(sheet, told)
        contents = sheet.is_contents and len(sheets) > 1 and not told.get("sheets")
        if found and contents:
            understood.dropped.append(
                f"sheet {sheet.name}: lists or explains what other sheets hold "
                "(sheets = [...] names the sheets to read)"
            )
        elif found:
            tables += found
            continue
        elif add_framework(sheet, understood) or not any(map(any, sheet.rows)):
            continue
        else:
            name = f"sheet {sheet.name}" if sheet.name else sheet.file
            understood.dropped.append(f"{name}: holds no table of numbers")
        notes |= note_texts([" ".join(filter(None, map(plain, row))) for row in sheet.rows])
    return tables, notes


def _blocks(sheets, told, understood):
    tables, notes = _tables(sheets, told, understood)
    if not tables:
        return []
    meanings = []
    for table in tables:
        found = label_roles(table, told, understood)
        level_roles(table, found, told, understood)
        years_in_codes(table, found, told, understood)
        years_in_headers(found)
        sections_of(table, found, told, understood)
        _rows_of_indicators(table, found)
        meanings.append(found)
    from_context(tables, meanings, told, understood)
    blocks = [make_block(t, m, told, understood) for t, m in zip(tables, meanings, strict=True)]
    resolve_years(blocks, told, understood)
    for block in blocks:
        block.notes = {**notes, **block.notes}
    resolve_standing(blocks, told, understood)
    resolve_shown(blocks, told, understood)
    blocks = [block for block in blocks if block.rows and block.columns]
    if len(blocks) > 1:
        keys = [_keys(block) for block in blocks]
        told_apart([b.table for b in blocks], [b.meaning for b in blocks], keys)
    return blocks


def _chosen(sheets, told, understood):
    """Choose the sheets to read: not those left out, not hidden ones unless told."""
    chosen = []
    for sheet in sheets:
        if told.get("sheets") and sheet.name not in map(str, told["sheets"]):
            understood.dropped.append(f"sheet {sheet.name}: not among those told")
        elif sheet.name in map(str, told.get("leave_out_sheets", ())):
            understood.dropped.append(f"sheet {sheet.name}: left out as told")
        elif sheet.is_hidden and told.get("hidden_sheets") != "read":
            word = (
                "left out as told"
                if "hidden_sheets" in told
                else 'hidden, so left out (hidden_sheets = "read" reads it)'
            )
            understood.dropped.append(f"sheet {sheet.name}: {word}")
        else:
            chosen.append(sheet)
    return chosen


def _rows_of_indicators(table, found):
    """Where rows name indicators and nothing names regions, the region is told by the context."""
    region = found.region
    if region is None or region.by != "row" or region.name or found.names:
        return
    if looks_like_indicators(region.values) and not is_place_list(region.values):
        found.names.insert(0, region)
        found.region = None


def _keys(block):
    """Collect region, year and indicator of a block's values, of the first rows only."""
    rows = block.rows[:300]
    return {
        (block.region(row, column), block.year(row, column), block.indicator(row, column))
        for row in rows
        for column in block.columns[:60]
    }


def _no_table(sheets):
    names = listed(dict.fromkeys(sheet.place for sheet in sheets))
    return (
        f"{names}: no table of numbers was found. A table has a header (region, years or "
        f"indicators) "
        "and rows of numbers below it. A table of words, such as yes and no, is no table of "
        "indicators: "
        "make new-study writes a workbook whose sheet components takes it"
    )


def _without_name(tidy, understood):
    """Refuse values whose indicator has no name: a header is empty, or a number was split."""
    for at, (name, _) in enumerate(tidy.indicators):
        if not name.strip():
            block, row, column = tidy.origin(int(np.flatnonzero(tidy.indicator == at)[0]))
            place = block.place(row, column)
            understood.refusals.append(
                f"{block.table.sheet.place}: the values of cell {place} and its like belong to no "
                "named indicator: name it in the file (in a text file an unquoted 1,234 is two "
                "cells)"
            )
