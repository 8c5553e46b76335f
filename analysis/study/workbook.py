"""Read a study from one workbook: a sheet per table, and a sheet `study` with its title and words.

A cell is turned into the text that a csv file would hold, so that every rule on values is the same
for both. Nothing in a workbook is run: no macro, no formula, no link to another file.
"""

from __future__ import annotations

import datetime
import io
import re
import warnings
import zipfile
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from openpyxl import load_workbook
from openpyxl.packaging.relationship import get_dependents
from openpyxl.reader.workbook import WorkbookParser
from openpyxl.utils import column_index_from_string, get_column_letter
from openpyxl.utils.cell import range_boundaries

from analysis.study.cures import cure_for_table
from analysis.study.descriptor import WORDS, new_descriptor
from analysis.study.package import Problem, RawTable, table_schemas
from analysis.study.schema import (
    ANY_TITLE,
    ANY_VOCABULARY,
    LOOKED_AT,
    NOUNS,
    header_below,
    is_title,
    is_vocabulary,
)
from analysis.study.validation import unread_columns

if TYPE_CHECKING:
    from typing import Any

ABOUT = "study"  # the sheet of title and words
UNTITLED = "Untitled study"
HEADING = "components_heading"  # how the study heads its table of components
LISTS = "lists"  # the sheet that the drop-down lists point to; it is not read
OF_AN_ARTICLE = ("claims", "published")  # names that an analyst may give a sheet of notes
SAVED = "a workbook saved as .xlsx, without macros and without a password"
MAX_BYTES = 200_000_000  # of a workbook unpacked: far above any study
MAX_ROWS, MAX_COLUMNS = 200_000, 60
WHOLE = 1e15  # whole numbers below are exact in a spreadsheet
MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^<>]*ref="([A-Z0-9:]+)"')
HIDDEN = re.compile(rb'<(?:\w+:)?row\s[^<>]*hidden="(?:1|true)"')
# a cell with content in a column that is not read: the last of MAX_COLUMNS is BH
BEYOND = re.compile(rb'<(?:\w+:)?c\s[^<>]*\br="((?:B[I-Z]|[C-Z][A-Z]|[A-Z]{3})\d+)"[^<>/]*>\s*<')
# rows and cells in their order, with the address that each gives of itself
PLACE = re.compile(rb'<(?:\w+:)?(?:row|c)(?=\s)[^<>]*?\sr="([A-Z]{0,3})(\d{1,7})"')
FORMULA = re.compile(rb"<(?:\w+:)?f[\s>/]")
# said by programs that write formulas and never compute them; their values are placeholders, 0
UNCOMPUTED = re.compile(rb'<(?:\w+:)?calcPr\s[^<>]*fullCalcOnLoad="(?:1|true)"')
# parts of a number format that are shown as they stand: a quoted per cent sign multiplies nothing
LITERAL = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')


def read_workbook(path: Any) -> Any:
    """Read a workbook as `package.read_package` reads a folder.

    Returns (descriptor, {name: RawTable}, problems). Nothing is raised for bad content.
    """
    path = Path(path)
    problem = _file_problem(path)
    if problem:
        return {}, {}, [_whole(path, *problem)]
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of features that are not read
            return _read(path)
    except Exception as error:  # a damaged file can fail anywhere inside the reader
        cause = type(error.__cause__ or error).__name__
        return {}, {}, [_whole(path, f"the workbook is damaged ({cause})", SAVED)]


def workbook_warnings(path: Any) -> Any:
    """Say what a reader of a workbook might not expect: sheets left out, hidden rows read."""
    path = Path(path)
    if _file_problem(path):
        return []
    book, found = _load(path), []
    for sheet in book.worksheets:
        if sheet.title not in (*table_schemas(), ABOUT, LISTS):
            found.append(f"{path.name}, sheet {sheet.title}: not read, no table has this name")
        elif hidden := len(HIDDEN.findall(_source(path, sheet))):
            found.append(f"{path.name}, sheet {sheet.title}: hidden rows are read too ({hidden})")
        if sheet.title in table_schemas():
            first = next(sheet.iter_rows(max_row=1, max_col=MAX_COLUMNS), ())
            header = [_plain(cell.value).strip() for cell in first]
            found += unread_columns(
                RawTable(sheet.title, f"{path.name}, sheet {sheet.title}", header, [])
            )
    book.close()
    return found


def _whole(path, rule, allowed):
    return Problem(path.name, 0, "", "", rule, allowed)


def _file_problem(path):
    """Say what is wrong with the file as a whole, as (rule, allowed); None when nothing is."""
    if not path.is_file():
        return "there is no such file", "a workbook"
    if path.read_bytes()[:8] == bytes.fromhex("d0cf11e0a1b11ae1"):
        return "the workbook is locked with a password, or of the old kind (.xls)", SAVED
    try:
        with zipfile.ZipFile(path) as archive:
            size = sum(member.file_size for member in archive.infolist())
            names = archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError):
        return "the file is no workbook", SAVED
    if size > MAX_BYTES:
        return f"the workbook unpacks to {size:,} bytes", f"at most {MAX_BYTES:,} bytes"
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        return "the workbook holds macros", SAVED
    if "xl/workbook.xml" not in names:
        return "the file is no workbook", SAVED
    return None


def _missing_parts(path):
    """List what the workbook names and does not hold: openpyxl would leave out such a sheet."""
    with zipfile.ZipFile(path) as archive:
        parts = get_dependents(archive, "xl/_rels/workbook.xml.rels")
        return sorted({part.target for part in parts} - set(archive.namelist()))


def _load(path, **options):
    """Open a workbook read into memory: of a damaged file openpyxl leaves the handle open."""
    content = io.BytesIO(path.read_bytes())
    return load_workbook(content, read_only=True, keep_links=False, **options)


def _read(path):
    if missing := _missing_parts(path):
        return {}, {}, [_whole(path, f"the workbook is damaged (no {', '.join(missing)})", SAVED)]
    values = _load(path, data_only=True)
    sheets = {sheet.title: sheet for sheet in values.worksheets}
    sources = {name: _source(path, sheets[name]) for name in _names_read(sheets)}
    if disorder := [line for name in sources for line in _disorder(path, name, sources[name])]:
        return {}, {}, disorder
    if not any(name.strip().lower() in (*table_schemas(), ABOUT) for name in sheets):
        rule = f"no sheet of a study is in it; it has: {', '.join(sheets)}"
        return {}, {}, [_whole(path, rule, cure_for_table(path.name))]
    formulas = _formulas(path, sources)
    about, words, problems = _about(path, sheets, formulas)
    problems += [
        _whole(path, f"the sheet {sheet!r} would not be read", f"the name {name}")
        for sheet in sheets
        for name in [sheet.strip().lower()]
        if name in table_schemas() and name not in (*sheets, *OF_AN_ARTICLE)
    ]
    tables = {}
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
    values.close()
    heading = about.pop(HEADING, "")
    descriptor = new_descriptor(about.pop("title"), words, sheets, **about)
    for resource in descriptor["resources"]:
        if resource["name"] == "components" and heading:
            resource["title"] = heading
    return descriptor, tables, problems


def _names_read(sheets):
    return [name for name in sheets if name in (*table_schemas(), ABOUT)]


def _formulas(path, sources):
    """Find the formulas: {sheet: {(row number, place): was it never computed}}."""
    names = [name for name, source in sources.items() if FORMULA.search(source)]
    if not names:  # as a rule: the file need not be opened again
        return {}
    with zipfile.ZipFile(path) as archive:
        uncomputed = bool(UNCOMPUTED.search(archive.read("xl/workbook.xml")))
    book = _load(path)
    found = {
        name: {
            (number, at): uncomputed
            for number, row in _cells(book[name]).items()
            for at, cell in enumerate(row)
            if cell.data_type == "f"
        }
        for name in names
    }
    book.close()
    return found


def _disorder(path, name, source):
    """Name a row or cell that stands twice or out of order: openpyxl would leave out some."""
    last = (0, 0)
    for letters, digits in PLACE.findall(source):
        row = int(digits)
        here = (row, column_index_from_string(letters.decode()) if letters else 0)
        if here <= last or (letters and row != last[0]):
            place = f"cell {letters.decode()}{row}" if letters else f"row {row}"
            rule = f"the workbook is damaged: {place} stands twice or out of order"
            return [Problem(f"{path.name}, sheet {name}", 0, "", "", rule, SAVED)]
        last = here
    return []


def _about(path, sheets, formulas):
    """Read the sheet `study`: (about, words, problems); a column each, words below the header.

    The sheet may be absent, and so may each of its columns.
    """
    if ABOUT not in sheets:
        return {"title": path.stem}, {}, []
    file, rows = f"{path.name}, sheet {ABOUT}", _cells(sheets[ABOUT])
    written = formulas.get(ABOUT, {})
    header = [_plain(cell.value).strip() for cell in rows.get(1, [])]
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
            text, wrong, allowed = _text(row[at], "string", written.get((number, at)))
            if wrong:
                place = f"cell {get_column_letter(at + 1)}{number} ({name})"
                value = _plain(row[at].value)
                problems.append(Problem(file, number, name, value, wrong, allowed, place))
            texts.append(text)
    return [text for text in texts if text.strip()], problems


def _table(path, name, sheet, source, written):
    """Read one sheet, whose cells as written are asked for formulas: (problems, table or None)."""
    file, rows = f"{path.name}, sheet {name}", _cells(sheet)
    header = [_plain(cell.value).strip() for cell in rows.pop(1, [])]
    while header and not header[-1]:
        header.pop()
    if not header:
        return [Problem(file, 0, "", "", "the sheet is empty", "a header in row 1")], None
    if line := header_below(name, header, _first_texts(rows)):
        rule, allowed = "stands above the header", f"the header in row 1; row {line} looks like it"
        return [Problem(file, 1, "", header[0], rule, allowed)], None
    if len(rows) > MAX_ROWS:
        rule, allowed = f"the sheet has {len(rows):,} rows", f"at most {MAX_ROWS:,}"
        return [Problem(file, 0, "", "", rule, allowed)], None
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


def _first_texts(rows):
    """Give the first rows as (number, texts)."""
    return [
        (number, [_plain(cell.value).strip() for cell in row])
        for number, row in islice(rows.items(), LOOKED_AT)
    ]


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
        text, wrong, allowed = _text(cell, kinds.get(column), written.get((number, at)))
        if at < len(table.header):
            texts[at] = text
        elif text or wrong:
            wrong, allowed = "stands beside the table", f"columns {', '.join(table.header)}"
        if wrong:
            place = f"cell {get_column_letter(at + 1)}{number}" + (f" ({column})" if column else "")
            value = _plain(cell.value)
            problems.append(Problem(table.file, number, column, value, wrong, allowed, place))
    return texts, problems


def _text(cell, kind, uncomputed):
    """Return (the text a csv file would hold, what is wrong, what is allowed).

    `uncomputed` is None where the cell holds no formula, else whether it was never computed.
    """
    value = cell.value
    if cell.data_type == "e":
        return "", "is an error of the spreadsheet", "a value, or an empty cell"
    if uncomputed is not None and (value is None or (uncomputed and value == 0)):
        return "", "is a formula without its value", "a value; a spreadsheet saves it with formulas"
    if kind in ("integer", "number") and _is_in_percent(cell):
        allowed = f"{_plain(round(100 * value, 10))} where per cent are meant, in a plain cell"
        return "", "is shown in per cent, which is a hundredth of what is shown", allowed
    if isinstance(value, bool) and kind != "boolean":
        return "", "is a truth value", "text or a number: format the cell as text, then type it"
    if isinstance(value, datetime.date | datetime.time | datetime.timedelta):
        return "", "is a date or a time", "text or a number: format the cell as text, then type it"
    return _plain(value), "", ""


def _is_in_percent(cell):
    is_number = isinstance(cell.value, int | float) and not isinstance(cell.value, bool)
    return is_number and "%" in LITERAL.sub("", cell.number_format or "")


def _plain(value):
    """Write a cell's value as text: whole numbers whole, nothing for an empty cell."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float) and value.is_integer() and abs(value) < WHOLE:
        return str(int(value))
    return str(value)


def _cells(sheet):
    """Read the rows that hold anything, {row number: cells}, whatever size the sheet claims."""
    sheet.reset_dimensions()
    found, blank = {}, None
    for number, row in enumerate(sheet.iter_rows(max_col=MAX_COLUMNS), 1):
        if row is blank:  # a million rows may lie between two that were typed: all one object
            continue
        if any(cell.value is not None for cell in row):
            found[number] = row
        else:
            blank = row
    return found


def _source(path, sheet):
    """Read the part of a workbook that holds a sheet, as it was written."""
    with zipfile.ZipFile(path) as archive:
        parser = WorkbookParser(archive, "xl/workbook.xml", keep_links=False)
        parser.parse()
        parts = {found.name: part.target for found, part in parser.find_sheets()}
        return archive.read(parts[sheet.title])
