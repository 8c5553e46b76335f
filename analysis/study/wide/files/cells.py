"""Files as sheets of texts: what a person sees in each cell, whatever the file's format."""

from __future__ import annotations

import gzip
import io
import re
import zipfile
from dataclasses import dataclass, field
from pathlib import Path

MOST_BYTES = 300_000_000  # of a file, unpacked: far above any table of regions
READ = (".csv", ".tsv", ".tab", ".txt", ".xlsx", ".xlsm", ".xls", ".ods", ".gz")


class UnreadableError(ValueError):
    """A file that is no table; the message says what it is and what to do."""


CONTENTS = re.compile(
    r"(?:table of )?contents?|cover(?: sheet)?|notes?|metadata|read ?me|about|legend|"
    r"info(?:rmation)?|содержание|оглавление|примечания|inhalt\w*|vorbemerkung\w*|índice|indice|sommaire|spis\w*",
    re.IGNORECASE,
)
# two of these in one row head a list of series, not a table of their values
DESCRIBING = frozenset(
    (
        "series id",
        "series start",
        "series end",
        "no. obs",
        "data item description",
        "worksheet",
        "sheet name",
        "table number",
    )
)


@dataclass
class Sheet:
    """One sheet: its texts by row and column, and what a cell is beside its text."""

    file: str
    name: str  # "" where the file has one sheet without name
    rows: list  # lists of texts, not all of one length
    marks: dict = field(default_factory=dict)  # (row, column): percent, date, text, error, formula
    merged: list = field(default_factory=list)  # (top, left, bottom, right), all from 0
    indents: dict = field(default_factory=dict)  # row: levels by which its first text is indented
    is_hidden: bool = False
    hidden: str = ""  # which rows or columns are hidden, in words
    how: str = ""  # encoding and separator, in words
    separator: str = ""
    is_typed: bool = False  # numbers are stored as numbers, so that only texts need a reading
    known: dict = field(default_factory=dict)  # settings that the sheet itself answers

    @property
    def place(self) -> str:
        """Name the sheet as a person would."""
        return f"{self.file}, sheet {self.name}" if self.name else self.file

    @property
    def is_contents(self) -> bool:
        """Tell whether the sheet only lists or explains what other sheets hold."""
        heads = (DESCRIBING & {text.strip().casefold() for text in row} for row in self.rows[:30])
        return CONTENTS.fullmatch(self.name.strip()) is not None or any(len(h) > 1 for h in heads)

    def text(self, row: int, column: int) -> str:
        """Return a cell's text, "" beyond the end of a row."""
        cells = self.rows[row]
        return cells[column] if column < len(cells) else ""


def read_sheets(path: Path, told: dict) -> tuple:
    """Read a file or a folder of files: (sheets, remarks on what was left out).

    Raises UnreadableError where nothing is a table.
    """
    path = Path(path)
    if path.is_dir():
        return _folder(path, told)
    if not path.exists():
        raise UnreadableError(f"{path}: there is no such file or folder")
    return _file(path, told), []


def _folder(path, told):
    files = sorted(p for p in path.iterdir() if p.is_file() and p.suffix.lower() in READ)
    files = [p for p in files if not p.name.startswith((".", "~$")) and p.name != "import.toml"]
    if not files:
        raise UnreadableError(f"{path}: the folder holds no table ({', '.join(READ)})")
    sheets, remarks = [], []
    for file in files:
        try:
            sheets += _file(file, told)
        except UnreadableError as error:
            remarks.append(f"left out: {error}")
    if not sheets:
        raise UnreadableError("; ".join(remarks))
    others = [p.name for p in sorted(path.iterdir()) if p not in files and p.name[0] not in ".~"]
    if others:
        remarks.append(f"not read, no table by its name: {', '.join(others)}")
    return sheets, remarks


def _file(path, told):
    """Read one file by what it holds, not by its name."""
    from analysis.study.wide.files.other_workbooks import read_calamine
    from analysis.study.wide.files.text_files import read_text

    try:
        content = path.read_bytes()
    except OSError as error:
        raise UnreadableError(f"{path}: cannot be read ({error.strerror})") from error
    if content[:2] == b"\x1f\x8b":
        content = _unpacked(path, content)
    if len(content) > MOST_BYTES:
        raise UnreadableError(
            f"{path.name}: {len(content):,} bytes, at most {MOST_BYTES:,} are read"
        )
    if not content.strip():
        raise UnreadableError(f"{path.name}: the file is empty")
    if content[:4] == b"PK\x03\x04":
        return _archive(path, content)
    if content[:8] == bytes.fromhex("d0cf11e0a1b11ae1"):
        return read_calamine(path.name, content)
    if other := _other_format(content):
        raise UnreadableError(f"{path.name}: {other}")
    return read_text(path.name, content, told)


def _unpacked(path, content):
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(content)) as packed:
            return packed.read(MOST_BYTES + 1)
    except (OSError, EOFError) as error:
        raise UnreadableError(f"{path.name}: the packed file is damaged ({error})") from error


def _archive(path, content):
    from analysis.study.wide.files.other_workbooks import read_calamine
    from analysis.study.wide.files.workbooks import read_xlsx

    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = archive.namelist()
            size = sum(member.file_size for member in archive.infolist())
            is_in_percent = (
                "content.xml" in names
                and size <= MOST_BYTES
                and (b'office:value-type="percentage"' in archive.read("content.xml"))
            )
    except (zipfile.BadZipFile, ValueError, OSError, KeyError, NotImplementedError) as error:
        raise UnreadableError(f"{path.name}: the workbook is damaged ({error})") from error
    if size > MOST_BYTES:
        raise UnreadableError(
            f"{path.name}: unpacks to {size:,} bytes, at most {MOST_BYTES:,} are read"
        )
    if "xl/workbook.xml" in names:
        return read_xlsx(path.name, content)
    if is_in_percent:
        raise UnreadableError(
            f"{path.name}: cells are shown in per cent, which cannot be told from fractions in an "
            "OpenDocument file here: save it as .xlsx"
        )
    if "content.xml" in names and "mimetype" in names:
        return read_calamine(path.name, content)
    if "xl/workbook.bin" in names:
        raise UnreadableError(f"{path.name}: a binary workbook (.xlsb): save it as .xlsx")
    held = ", ".join(names[:4])
    raise UnreadableError(
        f"{path.name}: an archive ({held}): unpack it and give the file or folder"
    )


def _other_format(content):
    """Say what a file is that is no table of text; "" where it may be one."""
    from analysis.study.wide.files.text_files import utf16_without_mark

    head = content[:1000].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if content[:5] == b"%PDF-":
        return "a PDF: its tables have to be copied into a spreadsheet first"
    if head.startswith((b"<!doctype html", b"<html", b"<table", b"<head")):
        return "a web page, whatever its name: open it in a spreadsheet and save it as .xlsx"
    if head.startswith((b"<?xml", b"<mes", b"<message")):
        return "XML, no table: download the data as csv, tsv or xlsx"
    if (
        head[:1] in (b"{", b"[")
        and head.rstrip()[-1:] not in (b"]",)
        and b'"' in head[:200]
        and b":" in head[:400]
    ):
        return "JSON, no table: download the data as csv, tsv or xlsx"
    is_wide = content[:2] in (b"\xff\xfe", b"\xfe\xff") or bool(utf16_without_mark(content))
    if b"\x00" in content[:4000] and not is_wide:
        return "no text and no workbook: save the table as .xlsx or .csv"
    return ""
