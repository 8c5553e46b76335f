"""Whatever a file holds, it is read, or a sentence says why not: no exception of another kind."""

import random
from decimal import Decimal
from pathlib import Path

import pytest
from babel.numbers import NumberFormatError, parse_decimal
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from analysis import read_wide
from analysis.study import WideTableError
from analysis.study.wide.texts.conventions import Convention
from analysis.study.wide.texts.numbers import read_cell, read_column

TEXTS = sorted(Path("tests/reference/wide").glob("*.[ct]sv"))
TEXTS = [path for path in TEXTS if "expected" not in path.name]
BOOKS = sorted(Path("tests/reference/wide").glob("*.xlsx"))
ODD = [
    "",
    "-",
    "…",
    "1,234",
    "1.234",
    "2018",
    "x",
    "Total",
    "=",
    "\t",
    '"',
    "1e400",
    "[c]",
    "☃",
    "-0",
]


def outcome(path, **answers):
    try:
        read_wide(path, **answers)
    except WideTableError as error:
        assert str(error)
        assert error.outcome in ("ask", "refuse")
        return error.outcome
    return "import"


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_cells_changed_at_random_in_a_text(path, tmp_path):
    lines = path.read_bytes().decode("latin-1").splitlines()
    for seed in range(6):
        rng, changed = random.Random(seed), list(lines)
        for _ in range(3):
            at = rng.randrange(len(changed))
            kind = rng.randrange(4)
            if kind == 0:
                del changed[at : at + 2]
                changed = changed or [""]
            elif kind == 1:
                changed.insert(at, rng.choice(ODD))
            else:
                sign = next((s for s in "\t;," if s in changed[at]), ",")
                cells = changed[at].split(sign)
                cells[rng.randrange(len(cells))] = rng.choice(ODD)
                changed[at] = sign.join(cells)
        file = tmp_path / path.name
        file.write_bytes("\n".join(changed).encode("latin-1", errors="replace"))
        outcome(file)


@pytest.mark.parametrize("path", BOOKS, ids=lambda path: path.stem)
def test_cells_changed_at_random_in_a_workbook(path, tmp_path):
    for seed in range(2):
        rng, book = random.Random(seed), load_workbook(path)
        for sheet in book.worksheets:
            for _ in range(4):
                cell = sheet.cell(rng.randint(1, sheet.max_row), rng.randint(1, sheet.max_column))
                if type(cell).__name__ == "Cell":
                    cell.value = rng.choice([*ODD, 5, 0.5, True, None, "=1/0"])
        file = tmp_path / path.name
        book.save(file)
        outcome(file)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty"),
        (b"%PDF-1.7 ...", "a PDF"),
        (b"PK\x03\x04 cut off", "damaged"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + b"\x00" * 600, "damaged"),
        (b"\x1f\x8bnothing", "damaged"),
        (b'{"a": 1, "b": [2]}\n{"c": 3}', "JSON"),
        (b"\x00\x01\x02\x03" * 50, "no text and no workbook"),
        (b'a,b\n"never closed,1\n', "a quotation mark in line 2 is not closed"),
        (b"one word", "no line has two columns"),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_a_file_that_is_no_table_gets_a_sentence(tmp_path, content, said):
    file = tmp_path / "given.csv"
    file.write_bytes(content)
    with pytest.raises(WideTableError, match=said) as caught:
        read_wide(file)
    assert caught.value.outcome == "refuse"


def test_what_does_not_exist_or_is_empty_gets_a_sentence(tmp_path):
    with pytest.raises(WideTableError, match="no such file"):
        read_wide(tmp_path / "nothing.csv")
    with pytest.raises(WideTableError, match="holds no table"):
        read_wide(tmp_path)


def test_settings_that_are_not_known_are_named():
    with pytest.raises(ValueError, match="unknown setting 'dash'"):
        read_wide("tests/reference/wide/regions-across.csv", dash="zero")
    with pytest.raises(ValueError, match="dash_means = 'nil'; allowed: 'zero' or 'missing'"):
        read_wide("tests/reference/wide/regions-across.csv", dash_means="nil")


CONVENTIONS = {
    "en_US": Convention("decimal", "thousands"),
    "de_DE": Convention("thousands", "decimal"),
}


@settings(max_examples=60, deadline=None)
@given(st.from_regex(r"-?[1-9][0-9]{0,6}([.,][0-9]{1,4}){0,3}", fullmatch=True))
def test_numbers_are_those_of_babel(text):
    """Babel's strict reading of the two locales is the reference; it knows no other groups."""
    for locale, convention in CONVENTIONS.items():
        cell = read_cell(text, convention)
        try:
            wanted = parse_decimal(text, locale=locale, strict=True)
        except NumberFormatError:
            # strict here too, but for the groups of India, which Babel keeps for its locales
            continue
        if cell.kind == "number":
            assert Decimal(cell.value) == wanted


@pytest.mark.parametrize(
    ("text", "convention", "value"),
    [
        ("1 204,6", "de_DE", "1204.6"),
        ("1\u202f204,6", "de_DE", "1204.6"),
        ("1.204.500", "de_DE", "1204500"),
        ("1'204'500.5", "en_US", "1204500.5"),
        ("12,34,567.5", "en_US", "1234567.5"),  # groups as in India
        ("\u22121.5", "en_US", "-1.5"),
        ("1.1e3", "en_US", "1100"),
        ("0.10", "en_US", "0.10"),
        ("1.23", "de_DE", ""),  # no group of three: no number of this convention
        ("1,23", "en_US", ""),
        ("1e400", "en_US", ""),
    ],
)
def test_exact_texts(text, convention, value):
    assert read_cell(text, CONVENTIONS[convention]).value == value


def test_a_column_is_read_alike_as_a_whole_and_cell_by_cell():
    german = CONVENTIONS["de_DE"]
    texts = ["1.204,6", " 95,5", "", "-3", "12 700,9"]
    whole, _ = read_column(texts, german)
    single = [read_cell(text, german).value for text in texts]
    assert whole == single == ["1204.6", "95.5", "", "-3", "12700.9"]
