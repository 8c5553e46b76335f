"""Read a study's data package: its descriptor and its tables as rows of text.

A study is a folder with a Frictionless Data Package (`datapackage.json`) and one csv file per
table. Everything here is about files; what a value may be is decided in `validation.py`.
"""

import csv
import hashlib
import io
import json
import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

MAX_FILE_BYTES = 50_000_000  # far above any study, far below what would exhaust memory
LONGEST_WORD, LONGEST_TITLE = 100, 300  # characters
ANY_VOCABULARY = "the study's own words, each once, short and printable"
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
        value = f" {_shown(self.value)}" if self.value != "" else ""
        allowed = f"; allowed: {self.allowed}" if self.allowed else ""
        line = f"{where}:{value} {self.rule}{allowed}".replace(":  ", ": ")
        # whatever a cell or a header that is cited holds
        return CONTROL.sub(lambda sign: ascii(sign[0])[1:-1], " ".join(line.splitlines()))


class BadDataError(ValueError):
    """A data package that cannot be used; `problems` lists everything found wrong with it."""

    def __init__(self, problems):
        """Keep the problems in reading order."""
        self.problems = sorted(problems)
        count = len(self.problems)
        lines = [f"{count} problem{'s' if count != 1 else ''} in the data:"]
        super().__init__("\n  ".join(lines + [str(problem) for problem in self.problems]))


@dataclass
class RawTable:
    """One table as text: a header and numbered rows (row 1 is the header)."""

    name: str
    file: str
    header: list[str]
    rows: list[tuple[int, list[str]]]
    letters: dict[str, str] = field(default_factory=dict)  # column -> letter, in a workbook

    def problem(self, row, column, value, rule, allowed=""):
        """Name a problem at one place of this table."""
        letter = self.letters.get(column)
        cell = f"cell {letter}{row} ({column})" if letter and row else ""
        return Problem(self.file, row, column, value, rule, allowed, cell)

    def records(self):
        """Give each row as (number, {column: text})."""
        return [
            (number, dict(zip(self.header, cells, strict=False))) for number, cells in self.rows
        ]


@cache
def table_schemas():
    """Return the schema every study shares: table name -> title, description and Table Schema.

    >>> list(table_schemas())[:3]
    ['clusters', 'components', 'indicators']
    """
    return json.loads(Path(__file__).with_name("schema.json").read_text(encoding="utf-8"))


def read_package(folder):
    """Read `datapackage.json` and every table it lists.

    Returns (descriptor, {name: RawTable}, problems). A table with a problem of its own is left
    out of the second. Nothing is raised for bad content: problems are collected.
    """
    folder = Path(folder)
    descriptor, problems = _read_descriptor(folder)
    tables = {}
    for resource in descriptor["resources"] if not problems else []:
        table, found = _read_table(resource["name"], folder / resource["path"])
        problems += found
        if table is not None:
            tables[table.name] = table
    return descriptor, tables, problems


def is_workbook(source):
    """Tell whether a study is meant to be a workbook, by the name of its file.

    >>> is_workbook("study.xlsx"), is_workbook("data/raw")
    (True, False)
    """
    return Path(source).suffix.lower() in (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods")


def checksum_warnings(folder):
    """Say which tables were edited since their checksum was written; they may be, on purpose."""
    folder = Path(folder)
    descriptor, problems = _read_descriptor(folder)
    return [
        warning
        for resource in ([] if problems else descriptor["resources"])
        for warning in _checksum_warning(folder / resource["path"], resource.get("hash"))
    ]


def _read_descriptor(folder):
    name = "datapackage.json"
    path = folder / name
    if not folder.is_dir():
        return {}, [Problem(str(folder), 0, "", "", "there is no such folder", "a study's folder")]
    if not path.is_file():
        return {}, [Problem(name, 0, "", "", "the file is missing", "a data package descriptor")]
    try:
        descriptor = json.loads(_text(path))
    except UnicodeDecodeError as error:
        return {}, [_encoding_problem(name, path, error)]
    except (json.JSONDecodeError, RecursionError, OSError) as error:
        return {}, [Problem(name, 0, "", "", f"the file is not JSON ({error})", "JSON")]
    return descriptor, _descriptor_problems(descriptor)


def _descriptor_problems(descriptor):
    """Compare the descriptor with the schema that every study shares."""
    name = "datapackage.json"
    if not isinstance(descriptor, dict) or not isinstance(descriptor.get("resources"), list):
        return [Problem(name, 0, "resources", "", "is missing", "a list of resources")]
    problems, seen = [], set()
    if not _is_title(descriptor.get("title", "")):
        value, allowed = str(descriptor["title"]), f"at most {LONGEST_TITLE} printable characters"
        problems.append(Problem(name, 0, "title", value, "is no title", allowed))
    for resource in descriptor["resources"]:
        label = resource.get("name") if isinstance(resource, dict) else None
        if not isinstance(label, str) or label not in table_schemas() or label in seen:
            allowed = "each once: " + ", ".join(table_schemas())
            problems.append(Problem(name, 0, "resources", str(label), "unknown table", allowed))
            continue
        seen.add(label)
        problems += _resource_problems(label, resource)
    for label, table in table_schemas().items():
        if table.get("required") and label not in seen:
            problems.append(Problem(name, 0, "resources", label, "the table is missing", "listed"))
    return problems


def _is_title(title):
    return isinstance(title, str) and len(title) <= LONGEST_TITLE and not CONTROL.search(title)


def _resource_problems(label, resource):
    name, problems = "datapackage.json", []
    if resource.get("path") != f"{label}.csv":
        value = str(resource.get("path"))
        problems.append(Problem(name, 0, f"{label}.path", value, "wrong path", f"{label}.csv"))
    if not isinstance(resource.get("hash", ""), str):
        problems.append(Problem(name, 0, f"{label}.hash", "", "is no text", "sha256:..."))
    wanted = table_schemas()[label]["schema"]
    given = resource.get("schema")
    given = given if isinstance(given, dict) else {}
    problems += _field_problems(label, wanted["fields"], given.get("fields"))
    for key in ("primaryKey", "foreignKeys", "missingValues"):
        if given.get(key) != wanted.get(key):
            place, value = f"{label}.{key}", json.dumps(given.get(key))
            allowed = json.dumps(wanted.get(key))
            problems.append(Problem(name, 0, place, value, "differs from the schema", allowed))
    return problems


def _field_problems(label, wanted, given):
    name, problems = "datapackage.json", []
    fields = given if isinstance(given, list) else []
    by_name = {str(f.get("name")): f for f in fields if isinstance(f, dict)}
    names = [field["name"] for field in wanted]
    if sorted(by_name) != sorted(names) or len(fields) != len(names):
        value = ", ".join(by_name)
        rule = "the fields differ from the schema"
        return [Problem(name, 0, f"{label}.fields", value, rule, ", ".join(names))]
    for field_wanted in wanted:
        place = f"{label}.{field_wanted['name']}"
        own = by_name[field_wanted["name"]]
        if own.get("type") != field_wanted["type"]:
            value, allowed = str(own.get("type")), field_wanted["type"]
            problems.append(Problem(name, 0, place, value, "wrong type", allowed))
        problems += _constraint_problems(place, field_wanted, own)
    return problems


def _constraint_problems(place, wanted, own):
    """Constraints are the schema's; only an open vocabulary is the study's own."""
    name = "datapackage.json"
    wanted, given = dict(wanted.get("constraints", {})), own.get("constraints", {})
    given = dict(given) if isinstance(given, dict) else {"": given}
    if wanted.get("enum") == []:
        words = given.pop("enum", None)
        del wanted["enum"]
        if not is_vocabulary(words):
            value, rule = json.dumps(words), "is no vocabulary"
            return [Problem(name, 0, f"{place}.enum", value, rule, ANY_VOCABULARY)]
    if given != wanted:
        value, rule = json.dumps(given), "the constraints differ from the schema"
        return [Problem(name, 0, place, value, rule, json.dumps(wanted))]
    return []


def is_vocabulary(words):
    """Tell whether words can be a vocabulary: some, each once, each a short printable text.

    >>> is_vocabulary(["low", "high"]), is_vocabulary(["low", "low"]), is_vocabulary([])
    (True, False, False)
    """
    if not isinstance(words, list) or not words:
        return False
    return all(map(_is_word, words)) and len(set(words)) == len(words)


def _is_word(word):
    if not isinstance(word, str) or not word.strip() or len(word) > LONGEST_WORD:
        return False
    return not CONTROL.search(word)


def vocabulary(descriptor, table, column):
    """Return the study's own words for a column, in the order the descriptor lists them."""
    for resource in descriptor["resources"]:
        if resource["name"] == table:
            for spec in resource["schema"]["fields"]:
                if spec["name"] == column:
                    return spec["constraints"]["enum"]
    return []


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
    try:
        lines = list(reader)
    except csv.Error as error:
        rule = f"the file is not csv ({error})"
        return None, [Problem(file, reader.line_num, "", "", rule, "csv, RFC 4180")]
    header = [cell.strip() for cell in lines[0]]
    rows = [(number, cells) for number, cells in enumerate(lines[1:], 2) if any(cells)]
    return RawTable(name, file, header, rows), []


def _encoding_problem(file, path, error):
    row = path.read_bytes()[: error.start].count(b"\n") + 1
    value = repr(error.object[error.start : error.start + 1])[2:-1]
    return Problem(file, row, "", value, "the encoding is broken", "UTF-8")


def _checksum_warning(path, expected):
    digest = sha256(path)
    if expected == digest:
        return []
    if not expected:
        return [f"{path.name}: datapackage.json has no checksum for it"]
    return [f"{path.name}: the checksum differs from datapackage.json: it was edited since"]


def sha256(path):
    """Return a file's checksum as data packages write it, "sha256:<hex>"."""
    return "sha256:" + hashlib.sha256(Path(path).read_bytes()).hexdigest()


def _shown(value):
    """Show a value so that what cannot be seen can still be told apart."""
    text = str(value)
    text = text if len(text) <= 60 else text[:57] + "..."
    return repr(text)
