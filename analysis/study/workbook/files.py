"""A workbook as a file: whether it is one, its parts as they are written, and its formulas."""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING

from openpyxl import load_workbook
from openpyxl.packaging.relationship import get_dependents
from openpyxl.reader.workbook import WorkbookParser
from openpyxl.utils import column_index_from_string

from analysis.study.problems import Problem
from analysis.study.workbook.cells import cells_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path
    from typing import Any

    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

SAVED = "a workbook saved as .xlsx, without macros and without a password"


MAX_BYTES = 200_000_000  # of a workbook unpacked: far above any study


# rows and cells in their order, with the address that each gives of itself
PLACE = re.compile(rb'<(?:\w+:)?(?:row|c)(?=\s)[^<>]*?\sr="([A-Z]{0,3})(\d{1,7})"')


FORMULA = re.compile(rb"<(?:\w+:)?f[\s>/]")


# said by programs that write formulas and never compute them; their values are placeholders, 0
UNCOMPUTED = re.compile(rb'<(?:\w+:)?calcPr\s[^<>]*fullCalcOnLoad="(?:1|true)"')


def file_problem(path: Path) -> tuple[str, str] | None:
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


def missing_parts(path: Path) -> list[str]:
    """List what the workbook names and does not hold: openpyxl would leave out such a sheet."""
    with zipfile.ZipFile(path) as archive:
        parts = get_dependents(archive, "xl/_rels/workbook.xml.rels")
        return sorted({part.target for part in parts} - set(archive.namelist()))


def load(path: Path, **options: Any) -> Workbook:
    """Open a workbook read into memory: of a damaged file openpyxl leaves the handle open."""
    content = io.BytesIO(path.read_bytes())
    return load_workbook(content, read_only=True, keep_links=False, **options)


def formulas_of(path: Path, sources: Mapping[str, bytes]) -> dict[str, dict]:
    """Find the formulas: {sheet: {(row number, place): was it never computed}}.

    `sources` are the sheets as they are written, see `sheet_source`.
    """
    names = [name for name, source in sources.items() if FORMULA.search(source)]
    if not names:  # as a rule: the file need not be opened again
        return {}
    with zipfile.ZipFile(path) as archive:
        uncomputed = bool(UNCOMPUTED.search(archive.read("xl/workbook.xml")))
    book = load(path)
    found = {
        name: {
            (number, at): uncomputed
            for number, row in cells_of(book[name]).items()
            for at, cell in enumerate(row)
            if cell.data_type == "f"
        }
        for name in names
    }
    book.close()
    return found


def disorder(path: Path, name: str, source: bytes) -> list[Problem]:
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


def sheet_source(path: Path, sheet: Worksheet) -> bytes:
    """Read the part of a workbook that holds a sheet, as it was written."""
    with zipfile.ZipFile(path) as archive:
        parser = WorkbookParser(archive, "xl/workbook.xml", keep_links=False)
        parser.parse()
        parts = {found.name: part.target for found, part in parser.find_sheets()}
        return archive.read(parts[sheet.title])
