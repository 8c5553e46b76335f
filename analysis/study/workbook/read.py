"""Read a study from one workbook: a sheet per table, and a sheet `study` with its title and words.

A cell is turned into the text that a csv file would hold, so that every rule on values is the same
for both. Nothing in a workbook is run: no macro, no formula, no link to another file.
"""

from __future__ import annotations

import re
import warnings
from pathlib import Path

from openpyxl.utils import get_column_letter
from openpyxl.utils.cell import range_boundaries

from analysis.study.checks.columns import unread_columns
from analysis.study.checks.cures import cure_for_table
from analysis.study.descriptor import WORDS, new_descriptor
from analysis.study.package import RawTable
from analysis.study.problems import Problem
from analysis.study.schema import (
    ANY_TITLE,
    ANY_VOCABULARY,
    NOUNS,
    header_below,
    is_title,
    is_vocabulary,
    table_schemas,
)
from analysis.study.workbook.cells import MAX_COLUMNS, cells_of, first_texts, plain, text_of
from analysis.study.workbook.files import (
    SAVED,
    disorder,
    file_problem,
    formulas_of,
    load,
    missing_parts,
    sheet_source,
)

ABOUT = "study"  # the sheet of title and words
UNTITLED = "Untitled study"
HEADING = "components_heading"  # how the study heads its table of components
LISTS = "lists"  # the sheet that the drop-down lists point to; it is not read
MAX_ROWS = 200_000
OF_AN_ARTICLE = ("claims", "published")  # names that an analyst may give a sheet of notes
MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^<>]*ref="([A-Z0-9:]+)"')
HIDDEN = re.compile(rb'<(?:\w+:)?row\s[^<>]*hidden="(?:1|true)"')
# a cell with content in a column that is not read: the last of MAX_COLUMNS is BH
BEYOND = re.compile(rb'<(?:\w+:)?c\s[^<>]*\br="((?:B[I-Z]|[C-Z][A-Z]|[A-Z]{3})\d+)"[^<>/]*>\s*<')


def read_workbook(path: str | Path) -> tuple[dict, dict[str, RawTable], list[Problem]]:
    """Read a workbook as `package.read_package` reads a folder.

    Returns (descriptor, {name: RawTable}, problems). Nothing is raised for bad content.

    >>> [str(problem) for problem in read_workbook("no.xlsx")[2]]
    ['no.xlsx: there is no such file; allowed: a workbook']
    """
    path = Path(path)
    problem = file_problem(path)
    if problem:
        return {}, {}, [_whole(path, *problem)]
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of features that are not read
            return _read(path)
    except Exception as error:  # a damaged file can fail anywhere inside the reader
        cause = type(error.__cause__ or error).__name__
        return {}, {}, [_whole(path, f"the workbook is damaged ({cause})", SAVED)]


def workbook_warnings(path: str | Path) -> list[str]:
    """Say what a reader of a workbook might not expect: sheets left out, hidden rows read.

    Nothing is said of a file that is no workbook, which `read_workbook` refuses.

    >>> workbook_warnings("no.xlsx")
    []
    """
    path = Path(path)
    if file_problem(path):
        return []
    book, found = load(path), []
    for sheet in book.worksheets:
        if sheet.title not in (*table_schemas(), ABOUT, LISTS):
            found.append(f"{path.name}, sheet {sheet.title}: not read, no table has this name")
        elif hidden := len(HIDDEN.findall(sheet_source(path, sheet))):
            found.append(f"{path.name}, sheet {sheet.title}: hidden rows are read too ({hidden})")
        if sheet.title in table_schemas():
            first = next(sheet.iter_rows(max_row=1, max_col=MAX_COLUMNS), ())
            header = [plain(cell.value).strip() for cell in first]
            found += unread_columns(
                RawTable(sheet.title, f"{path.name}, sheet {sheet.title}", header, [])
            )
    book.close()
    return found


def _whole(path, rule, allowed):
    return Problem(path.name, 0, "", "", rule, allowed)


def _read(path):
    """Read a workbook that can be opened: (descriptor, tables, problems)."""
    if missing := missing_parts(path):
        return {}, {}, [_whole(path, f"the workbook is damaged (no {', '.join(missing)})", SAVED)]
    values = load(path, data_only=True)
    sheets = {sheet.title: sheet for sheet in values.worksheets}
    sources = {name: sheet_source(path, sheets[name]) for name in _names_read(sheets)}
    if damage := [p for name in sources for p in disorder(path, name, sources[name])]:
        return {}, {}, damage
    if not any(name.strip().lower() in (*table_schemas(), ABOUT) for name in sheets):
        rule = f"no sheet of a study is in it; it has: {', '.join(sheets)}"
        return {}, {}, [_whole(path, rule, cure_for_table(path.name))]
    formulas = formulas_of(path, sources)
    about, words, problems = _about(path, sheets, formulas)
    tables, found = _tables(path, sheets, sources, formulas)
    values.close()
    problems += _misnamed(path, sheets) + found
    return _descriptor(about, words, sheets), tables, problems


def _misnamed(path, sheets):
    """Name the sheets that are not read, since only capitals or blanks differ from a table."""
    return [
        _whole(path, f"the sheet {sheet!r} would not be read", f"the name {name}")
        for sheet in sheets
        for name in [sheet.strip().lower()]
        if name in table_schemas() and name not in (*sheets, *OF_AN_ARTICLE)
    ]


def _tables(path, sheets, sources, formulas):
    """Read the sheets of the study's tables: ({name: RawTable}, problems)."""
    tables, problems = {}, []
    for name in table_schemas():
        if name in sheets:
            written = formulas.get(name, {})
            found, table = _table(path, name, sheets[name], sources[name], written)
            problems += found
            if table is not None:
                tables[name] = table
        elif table_schemas()[name].get("required"):
            there = ", ".join(sheets)
            problems.append(_whole(path, f"the sheet {name} is missing", f"it has: {there}"))
    return tables, problems


def _descriptor(about, words, sheets):
    """Describe the study by what its sheet `study` says."""
    heading = about.pop(HEADING, "")
    descriptor = new_descriptor(about.pop("title"), words, sheets, **about)
    for resource in descriptor["resources"]:
        if resource["name"] == "components" and heading:
            resource["title"] = heading
    return descriptor


def _names_read(sheets):
    return [name for name in sheets if name in (*table_schemas(), ABOUT)]


def _about(path, sheets, formulas):
    """Read the sheet `study`: (about, words, problems); a column each, words below the header.

    The sheet may be absent, and so may each of its columns.
    """
    if ABOUT not in sheets:
        return {"title": path.stem}, {}, []
    file, rows = f"{path.name}, sheet {ABOUT}", cells_of(sheets[ABOUT])
    written = formulas.get(ABOUT, {})
    header = [plain(cell.value).strip() for cell in rows.get(1, [])]
    columns, problems = {}, []
    for name in ("title", *NOUNS, HEADING, *WORDS):
        if header.count(name) > 1:
            problems.append(Problem(file, 1, name, name, "the column stands twice", "each once"))
        columns[name], found = _words(file, rows, written, header, name)
        problems += found
    wrong = {problem.column for problem in problems}
    for name in WORDS:
        if name not in wrong and columns[name] and not is_vocabulary(columns[name]):
            value = ", ".join(columns[name])
            problems.append(Problem(file, 0, name, value, "is no vocabulary", ANY_VOCABULARY))
    firsts = {name: columns[name][0] for name in (*NOUNS, HEADING) if columns[name]}
    about = {"title": (columns["title"] or [UNTITLED])[0]} | firsts
    for name, text in about.items():
        if not is_title(text):
            problems.append(Problem(file, 0, name, text, f"is no {name}", ANY_TITLE))
    return about, {name: columns[name] for name in WORDS}, problems


def _words(file, rows, written, header, name):
    """Read the words of one column of the sheet `study`: (texts, problems)."""
    texts, problems = [], []
    at = header.index(name) if name in header else MAX_COLUMNS
    for number, row in rows.items():
        if number > 1 and at < len(row):
            text, wrong, allowed = text_of(row[at], "string", written.get((number, at)))
            if wrong:
                place = f"cell {get_column_letter(at + 1)}{number} ({name})"
                value = plain(row[at].value)
                problems.append(Problem(file, number, name, value, wrong, allowed, place))
            texts.append(text)
    return [text for text in texts if text.strip()], problems


def _table(path, name, sheet, source, written):
    """Read one sheet, whose cells as written are asked for formulas: (problems, table or None)."""
    file, rows = f"{path.name}, sheet {name}", cells_of(sheet)
    header = [plain(cell.value).strip() for cell in rows.pop(1, [])]
    while header and not header[-1]:
        header.pop()
    if problem := _unreadable(file, name, header, rows):
        return [problem], None
    merged = [area.decode() for area in MERGED.findall(source)]
    problems = [
        Problem(file, 0, "", area, "the cells are merged", "one value per cell") for area in merged
    ]
    if beyond := BEYOND.search(source):
        value, allowed = beyond[1].decode(), f"columns {', '.join(header)}"
        problems.append(Problem(file, 0, "", value, "stands beside the table", allowed))
    letters = {column: get_column_letter(at) for at, column in enumerate(header, 1)}
    table = RawTable(name, file, header, [], letters)
    kinds = {spec["name"]: spec["type"] for spec in table_schemas()[name]["schema"]["fields"]}
    for number, row in rows.items():
        texts, found = _row(table, number, row, written, kinds)
        problems += found
        if any(texts):
            table.rows.append((number, texts))
    _fill_merged(table, merged)
    return problems, table


def _unreadable(file, name, header, rows):
    """Say why a sheet cannot be read as a table; None where it can."""
    if not header:
        return Problem(file, 0, "", "", "the sheet is empty", "a header in row 1")
    if line := header_below(name, header, first_texts(rows)):
        rule, allowed = "stands above the header", f"the header in row 1; row {line} looks like it"
        return Problem(file, 1, "", header[0], rule, allowed)
    if len(rows) > MAX_ROWS:
        rule, allowed = f"the sheet has {len(rows):,} rows", f"at most {MAX_ROWS:,}"
        return Problem(file, 0, "", "", rule, allowed)
    return None


def _fill_merged(table, areas):
    """Repeat the value of cells merged in a column, so that nothing else is said of them."""
    bounds = [range_boundaries(area) for area in areas]
    ends = {(top, left - 1): bottom for left, top, right, bottom in bounds if left == right}
    for at in {at for _, at in ends if at < len(table.header)}:
        end, text = 0, ""
        for number, texts in table.rows:
            if (number, at) in ends:
                end, text = ends[number, at], texts[at]
            elif number <= end:
                texts[at] = text


def _row(table, number, row, written, kinds):
    """Convert one row to texts, as many as the header has: (texts, problems)."""
    texts, problems = [""] * len(table.header), []
    for at, cell in enumerate(row):
        column = table.header[at] if at < len(table.header) else ""
        text, wrong, allowed = text_of(cell, kinds.get(column), written.get((number, at)))
        if at < len(table.header):
            texts[at] = text
        elif text or wrong:
            wrong, allowed = "stands beside the table", f"columns {', '.join(table.header)}"
        if wrong:
            place = f"cell {get_column_letter(at + 1)}{number}" + (f" ({column})" if column else "")
            value = plain(cell.value)
            problems.append(Problem(table.file, number, column, value, wrong, allowed, place))
    return texts, problems
