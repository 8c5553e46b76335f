"""Workbooks as sheets: xlsx as a person sees it."""

from __future__ import annotations

import datetime
import io
import re
import warnings
import zipfile
from decimal import Decimal
from typing import TYPE_CHECKING

from openpyxl import load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.packaging.relationship import get_dependents
from openpyxl.utils.cell import range_boundaries

from analysis.study.wide.files.cells import Sheet, UnreadableError
from analysis.study.wide.files.hidden_parts import hidden_in_worksheet
from analysis.study.wide.files.number_formats import (
    format_marks,
    has_formats,
    mark_of,
    telling_styles,
)
from analysis.study.workbook.cells import LITERAL

if TYPE_CHECKING:
    from typing import Any

MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^<>]*ref="([A-Z]+[0-9]+:[A-Z]+[0-9]+)"')
RUN = re.compile(rb"<(?:\w+:)?r[\s>]")
RUN_SIGNS = (b"<r>", b"<r ", b":r")  # without one of these there is no run: asked first
FORMULA = re.compile(rb"<(?:\w+:)?f[\s>/]")
SUPERSCRIPT = str.maketrans("0123456789()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁽⁾")
SIGNS_OF_NUMBERS = "-–−+(<[."  # with which a number stored as text may begin
MOST_ROWS, MOST_COLUMNS = 400_000, 4_000
DAMAGED = "the workbook is damaged, or locked with a password: open it and save it as .xlsx"


def read_xlsx(name: Any, content: Any) -> Any:
    """Read the worksheets of an xlsx: values, formats, merges, indents, hidden parts."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of features that are not read
            return _sheets(name, content)
    except UnreadableError:
        raise
    except Exception as error:  # a damaged file can fail anywhere inside the reader
        raise UnreadableError(f"{name}: {DAMAGED} ({type(error).__name__})") from error


def _sheets(name, content):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        sources = _sources(archive)
        has_runs = _has_runs(archive, sources)
        telling = telling_styles(archive)
    # parts of a text in another script or size: to look for them takes a third longer
    book = _load(content, data_only=True, rich_text=has_runs)
    sheets = []
    for worksheet in book.worksheets:
        source = sources.get(worksheet.title, b"")
        sheet = Sheet(name, worksheet.title, [], is_typed=True)
        sheet.is_hidden = worksheet.sheet_state != "visible"
        if b"mergeCell" in source:
            sheet.merged = [_area(ref.decode()) for ref in MERGED.findall(source)]
        sheet.hidden = hidden_in_worksheet(source)
        _fill(sheet, worksheet, has_formats(source, telling))
        if (b"<f" in source or b":f" in source) and FORMULA.search(source):
            _mark_formulas(sheet, content)
        sheets.append(sheet)
    book.close()
    return sheets


def _load(content, **options):
    return load_workbook(io.BytesIO(content), read_only=True, keep_links=False, **options)


def _has_runs(archive, sources):
    """Tell whether any text of a workbook has parts that are formatted by themselves."""
    shared = [n for n in archive.namelist() if n.casefold().endswith("sharedstrings.xml")]
    texts = [*sources.values(), *map(archive.read, shared)]
    return any(RUN.search(text) for text in texts if any(sign in text for sign in RUN_SIGNS))


def _sources(archive):
    """Give the XML of each worksheet by its title, through the workbook's own relations."""
    targets = {
        part.Id: part.target for part in get_dependents(archive, "xl/_rels/workbook.xml.rels")
    }
    text = archive.read("xl/workbook.xml").decode("utf-8", errors="replace")
    names, found = set(archive.namelist()), {}
    for tag in re.findall(r"<(?:\w+:)?sheet\s[^<>]*>", text):
        title, key = re.search(r'\bname="([^"]*)"', tag), re.search(r'\b\w+:id="([^"]*)"', tag)
        if title and key and targets.get(key[1]) in names:
            plain = title[1]
            for code, sign in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&amp;", "&")):
                plain = plain.replace(code, sign)
            found[plain] = archive.read(targets[key[1]])
    return found


def _area(ref):
    left, top, right, bottom = range_boundaries(ref)
    return top - 1, left - 1, bottom - 1, right - 1


def _fill(sheet, worksheet, is_formatted):
    """Turn cells into texts; an empty end of the sheet, however long, is not kept."""
    worksheet.reset_dimensions()
    rows, formats = sheet.rows, {}
    for number, row in enumerate(worksheet.iter_rows(values_only=not is_formatted)):
        if number >= MOST_ROWS:
            raise UnreadableError(f"{sheet.place}: more than {MOST_ROWS:,} rows")
        if is_formatted:
            texts = _cell_texts(sheet, number, row[:MOST_COLUMNS], formats)
        else:
            texts = _value_texts(sheet, number, row[:MOST_COLUMNS])
        while texts and not texts[-1]:
            texts.pop()
        rows.append(texts)
    while rows and not rows[-1]:
        rows.pop()


def _value_texts(sheet, number, values):
    """Write the values of a row where no format says more than they do."""
    texts = []
    for column, value in enumerate(values):
        kind = type(value)
        if kind is float:
            text = repr(value)
            is_short = len(text) <= 16 and "e" not in text
            texts.append(text.removesuffix(".0") if is_short else number_text(value))
        elif value is None:
            texts.append("")
        elif kind is str:
            texts.append(value)
            if value[:1].isdecimal() or value[:1] in SIGNS_OF_NUMBERS:
                sheet.marks[number, column] = "text"
        elif kind is int:
            texts.append(str(value))
        else:
            text, sheet.marks[number, column] = _other_text(value, None)
            texts.append(text)
    return texts


def _cell_texts(sheet, number, cells, formats):
    """Write the cells of a row as their formats show them."""
    texts, marks = [], sheet.marks
    for column, cell in enumerate(cells):
        value = cell.value
        if value is None:
            texts.append("")
        elif type(value) is str:
            texts.append(value)
            if cell.data_type == "e":
                marks[number, column] = "error"
            elif value[:1].isdecimal() or value[:1] in SIGNS_OF_NUMBERS:
                marks[number, column] = "text"
            if column < 3 and number not in sheet.indents and (indent := _indent(cell)):
                sheet.indents[number] = indent
        else:
            text, mark = _text(value, cell, formats)
            texts.append(text)
            if mark:
                marks[number, column] = mark
    return texts


def _indent(cell):
    try:
        return int(cell.alignment.indent or 0) if cell.has_style else 0
    except (AttributeError, IndexError, TypeError):
        return 0


def _text(value, cell, formats):
    """Return (what a person sees, what it is beside that) of a cell that holds no plain text."""
    kind = type(value)
    if kind is not int and kind is not float:
        return _other_text(value, cell)
    mark = ""
    if cell.has_style:
        style = id(cell.style_array)  # the workbook keeps one for all cells of a style
        marks = formats.get(style)
        if marks is None:
            marks = formats[style] = format_marks(cell.number_format)
        mark = marks[0][1] if len(marks) == 1 else mark_of(value, marks)
        if mark == "percent":
            return number_text(value, 100), mark
    return (str(value) if kind is int else number_text(value)), mark


def _other_text(value, cell):
    """Return the same of a cell that holds neither a number nor a plain text."""
    if isinstance(value, CellRichText):
        return _rich(value), "text"
    if isinstance(value, bool):
        return str(value).upper(), "truth"
    if isinstance(value, datetime.datetime | datetime.date):
        shown = LITERAL.sub("", (cell.number_format or "").lower())
        if "y" in shown and "m" not in shown and "d" not in shown:
            return str(value.year), "date"
        return day_text(value), "date"
    return str(value), "date" if isinstance(value, datetime.time | datetime.timedelta) else "text"


def number_text(value: float, times: int = 1) -> str:
    """Write a stored number exactly, to the 15 digits a spreadsheet shows.

    >>> number_text(0.1 + 0.2), number_text(0.07, 100), number_text(1311.0), number_text(1e-7)
    ('0.3', '7', '1311', '0.0000001')
    """
    text = repr(value)
    if times == 1 and len(text) <= 16 and "e" not in text:
        return text.removesuffix(".0")
    if len(text) > 16:
        text = f"{value:.15g}"
    exact = Decimal(text) * times
    text = format(exact, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def day_text(value: Any) -> str:
    """Write a date, with its time where it has one.

    >>> day_text(datetime.date(2020, 12, 31)), day_text(datetime.datetime(2020, 1, 1, 5, 30))
    ('2020-12-31', '2020-01-01 05:30:00')
    """
    is_midnight = getattr(value, "hour", 0) == getattr(value, "minute", 0) == 0
    return value.strftime("%Y-%m-%d") if is_midnight else str(value)


def _rich(value):
    """Join the parts of a text; a raised digit stays told apart from the word before it."""
    parts = []
    for part in value:
        is_block = isinstance(part, TextBlock)
        text = part.text if is_block else str(part)
        is_raised = is_block and part.font is not None and part.font.vertAlign == "superscript"
        parts.append(
            text.translate(SUPERSCRIPT).replace("⁽", "(").replace("⁾", ")") if is_raised else text
        )
    return "".join(parts)


def _mark_formulas(sheet, content):
    """Mark formulas that were saved without their result: an empty cell that is none."""
    book = _load(content)
    for number, row in enumerate(book[sheet.name].iter_rows()):
        for column, cell in enumerate(row):
            if cell.value is not None and cell.data_type == "f":
                while number >= len(sheet.rows):
                    sheet.rows.append([])
                if not sheet.text(number, column):
                    sheet.marks[number, column] = "formula"
    book.close()
