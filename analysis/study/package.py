"""Read a study's data package: its descriptor and its tables as rows of text.

A study is a folder with a Frictionless Data Package (`datapackage.json`) and one csv file per
table. Everything here is about files; what a value may be is decided in `validation.py`.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from analysis.study.checks.cures import cure_for_encoding, cure_for_table, import_of
from analysis.study.checks.descriptor_rules import descriptor_problems
from analysis.study.problems import Problem
from analysis.study.schema import NAME, table_schemas

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

NAMED = 3  # problems of one kind that a message names
MAX_FILE_BYTES = 200_000_000  # a million values with long names have about half of it


class BadDataError(ValueError):
    """A data package that cannot be used; `problems` lists everything found wrong with it."""

    def __init__(self, problems):
        """Keep the problems in reading order; the message names at most three of a kind."""
        self.problems = sorted(problems)
        count = len(self.problems)
        lines = [f"{count} problem{'s' if count != 1 else ''} in the data:"]
        super().__init__("\n  ".join(lines + _named(self.problems)))


def _named(problems):
    """Format problems, at most `NAMED` of a kind; the others are counted after the last one."""
    kinds = Counter((p.file, p.column, p.rule) for p in problems)
    said, lines = Counter(), []
    for problem in problems:
        kind = (problem.file, problem.column, problem.rule)
        said[kind] += 1
        if said[kind] <= NAMED:
            lines.append(str(problem))
        if said[kind] == NAMED and (more := kinds[kind] - NAMED) > 0:
            lines.append(f"... and {more:,} more of this kind: {_kind_in_words(*kind)}")
    return lines


def _kind_in_words(file, column, rule):
    return f"{file}, column {column}: {rule}" if column else f"{file}: {rule}"


@dataclass
class RawTable:
    """One table as text: a header and numbered rows (row 1 is the header)."""

    name: str
    file: str
    header: list[str]
    rows: list[tuple[int, list[str]]]  # each as long as the header, when the header is sound
    letters: dict[str, str] = field(default_factory=dict)  # column -> letter, in a workbook
    reported: set[tuple[int, str]] = field(default_factory=set)  # cells with a problem of their own
    words: dict[str, list[str]] = field(default_factory=dict)  # vocabularies that the study lists

    def problem(self, row: int, column: str, value: str, rule: str, allowed: str = "") -> Problem:
        """Name a problem at one place of this table."""
        letter = self.letters.get(column)
        cell = f"cell {letter}{row} ({column})" if letter and row else ""
        return Problem(self.file, row, column, value, rule, allowed, cell)

    def is_reported(self, row: int, *columns: str) -> bool:
        """Tell whether a problem has been reported for any of these cells."""
        return any((row, column) in self.reported for column in columns)

    def only(self, columns: Mapping[str, bool]) -> RawTable:
        """Return the table without the columns that are not among these; empty ones go, too."""
        kept = [
            at
            for at, name in enumerate(self.header)
            if name in columns and (columns[name] or any(cells[at] for _, cells in self.rows))
        ]
        if len(kept) == len(self.header):
            return self
        rows = [(number, [cells[at] for at in kept]) for number, cells in self.rows]
        header = [self.header[at] for at in kept]
        return RawTable(self.name, self.file, header, rows, self.letters, self.reported, self.words)

    @cached_property
    def columns(self) -> dict[str, tuple[str, ...]]:
        """The texts of each column, {column: texts}: the table must be complete."""
        if not self.rows:
            return dict.fromkeys(self.header, ())
        turned = zip(*(cells for _, cells in self.rows), strict=True)
        return dict(zip(self.header, turned, strict=True))

    def distinct(self, column: str) -> list[str]:
        """Return the distinct texts of a column, in their order; none of a column not there."""
        return self.coded(column)[0]

    def coded(self, column: str) -> tuple[list[str], np.ndarray]:
        """Return (the distinct texts of a column, which of them stands in each row), cached."""
        if column not in self._codes:
            texts = self.columns.get(column, ())
            number = {text: at for at, text in enumerate(dict.fromkeys(texts))}
            codes = np.fromiter(map(number.__getitem__, texts), np.int32, len(texts))
            self._codes[column] = list(number), codes
        return self._codes[column]

    @cached_property
    def _codes(self):
        return {}

    def records(self) -> list[tuple[int, dict[str, str]]]:
        """Return each row as (number, {column: text}), cached: the table must be complete."""
        return self._records

    @cached_property
    def _records(self):  # each rule asks for them
        return [
            (number, dict(zip(self.header, cells, strict=False))) for number, cells in self.rows
        ]


def read_package(folder: str | Path) -> tuple[dict, dict[str, RawTable], list[Problem]]:
    """Read `datapackage.json` and every table of the folder, listed or not.

    Returns (descriptor, {name: RawTable}, problems). A table with a problem of its own is left
    out of the second. Nothing is raised for bad content: problems are collected.
    """
    place = Path(folder)
    descriptor, problems = _read_descriptor(place)
    tables = {}
    if not problems:
        descriptor = descriptor | {"resources": _listed(descriptor, place)}
    for resource in descriptor["resources"] if not problems else []:
        table, found = _read_table(resource["name"], place / resource["path"])
        problems += found
        if table is not None:
            tables[table.name] = table
    return descriptor, tables, problems


def is_workbook(source: str | Path) -> bool:
    """Tell whether a study is meant to be a workbook, by the name of its file.

    >>> is_workbook("study.xlsx"), is_workbook("data/raw")
    (True, False)
    """
    return Path(source).suffix.lower() in (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods")


def checksum_warnings(folder: str | Path) -> list[str]:
    """Say which tables were edited since their checksum was written; they may be, on purpose."""
    folder = Path(folder)
    descriptor, problems = _read_descriptor(folder)
    return [
        warning
        for resource in ([] if problems else descriptor["resources"])
        for warning in _checksum_warning(folder / resource["path"], resource.get("hash"))
    ]


def unlisted_warnings(folder: str | Path) -> list[str]:
    """Say which tables lie in the folder and are read though they are not listed."""
    folder = Path(folder)
    descriptor, problems = _read_descriptor(folder)
    listed = [] if problems else _listed(descriptor, folder)[len(descriptor["resources"]) :]
    return [f"{one['path']}: read, though datapackage.json does not list it" for one in listed]


def headers(folder: str | Path) -> Iterator[RawTable]:
    """Read the first line of every table of a study's folder; a RawTable without rows for each."""
    descriptor, problems = _read_descriptor(Path(folder))
    for resource in [] if problems else _listed(descriptor, Path(folder)):
        path = Path(folder) / resource["path"]
        with path.open(encoding="utf-8-sig", newline="") as file:
            header = [cell.strip() for cell in next(csv.reader(file), [])]
        yield RawTable(resource["name"], path.name, header, [])


def _read_descriptor(folder):
    """Return (descriptor, problems); a folder of tables without one has one made up."""
    path = folder / NAME
    if not folder.is_dir():
        rule, allowed = "there is no such folder", "a study's folder or workbook (.xlsx)"
        if folder.is_file():
            rule, allowed = "the file is no study", cure_for_table(folder.name)
        return {}, [Problem(str(folder), 0, "", "", rule, allowed)]
    if not path.is_file():
        if tables := _tables_in(folder):
            return {"title": folder.resolve().name, "resources": tables}, []
        allowed = (
            "a data package descriptor, or the tables of a study, such as clusters.csv; "
            + import_of(folder.name)
        )
        return {}, [Problem(NAME, 0, "", "", "the file is missing", allowed)]
    try:
        descriptor = json.loads(_text(path))
    except UnicodeDecodeError as error:
        return {}, [_encoding_problem(NAME, path, error)]
    except (ValueError, RecursionError, OSError) as error:  # the first for thousands of digits
        return {}, [Problem(NAME, 0, "", "", f"the file is not JSON ({error})", "JSON")]
    return descriptor, descriptor_problems(descriptor)


def _listed(descriptor, folder):
    """List the tables of a study: those of its descriptor, then any other file of that name."""
    names = {resource["name"] for resource in descriptor["resources"]}
    more = [one for one in _tables_in(folder) if one["name"] not in names]
    return [*descriptor["resources"], *more]


def _tables_in(folder):
    """List the tables of a folder without a descriptor; none where it holds no clusters."""
    names = [name for name in table_schemas() if (folder / f"{name}.csv").is_file()]
    return [{"name": n, "path": f"{n}.csv"} for n in names] if "clusters" in names else []


def _text(path):
    if path.stat().st_size > MAX_FILE_BYTES:
        raise OSError(f"larger than the limit of {MAX_FILE_BYTES:,} bytes")
    # utf-8-sig: spreadsheets put a mark in front of the text; it is no part of the header
    return path.read_bytes().decode("utf-8-sig")


def _read_table(name, path):
    """Return (RawTable or None, problems)."""
    file = path.name
    if not path.is_file():
        allowed = "every table that datapackage.json lists"
        return None, [Problem(file, 0, "", "", "the file is missing", allowed)]
    try:
        text = _text(path)
    except UnicodeDecodeError as error:
        return None, [_encoding_problem(file, path, error)]
    except OSError as error:
        return None, [Problem(file, 0, "", "", f"the file cannot be read ({error})", "")]
    if not text.strip():
        return None, [Problem(file, 0, "", "", "the file is empty", "a header line and rows")]
    # only line ends of csv end a row: a text may hold others, as a note pasted from elsewhere does
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    lines = []
    try:
        lines.extend(reader)
    except csv.Error as error:  # in the row after the last whole one: a text may have many lines
        rule = f"the file is not csv ({error})"
        return None, [Problem(file, len(lines) + 1, "", "", rule, "csv, RFC 4180")]
    header = [cell.strip() for cell in lines[0]]
    rows = [(number, cells) for number, cells in enumerate(lines[1:], 2) if any(cells)]
    return RawTable(name, file, header, rows), []


def _encoding_problem(file, path, error):
    content = path.read_bytes()
    before = content[: error.start].replace(b"\r\n", b"\n")
    row = before.count(b"\n") + before.count(b"\r") + 1
    value = repr(error.object[error.start : error.start + 1])[2:-1]
    return Problem(file, row, "", value, "the encoding is broken", cure_for_encoding(content))


def _checksum_warning(path, expected):
    if not expected or expected == sha256(path):  # a checksum is optional
        return []
    return [f"{path.name}: the checksum differs from datapackage.json: it was edited since"]


def sha256(path: str | Path) -> str:
    """Return a file's checksum as data packages write it, "sha256:<hex>"."""
    return "sha256:" + hashlib.sha256(Path(path).read_bytes()).hexdigest()
