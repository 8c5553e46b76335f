"""Layouts in which offices hand out tables, each with its tidy rows or with what has to be said.

`tests/reference/wide/README.md` says what the files of a case are and how outcomes are compared.
"""

import csv
import tomllib
from decimal import Decimal
from pathlib import Path

import pytest

from analysis import read_wide
from analysis.study import WideTableError

CASES = sorted(Path("tests/reference/wide").glob("*.toml")) + sorted(
    Path("tests/reference/wide/own").glob("*.toml")
)


class Case:
    """One layout: its source, its answers, and what is expected."""

    def __init__(self, path):
        self.folder, self.about = path.parent, tomllib.loads(path.read_text(encoding="utf-8"))
        self.name, self.answers = self.about["case"], self.about.get("answers", {})
        files = self.about["files"]
        self.source = self.folder / (files[0] if len(files) == 1 else self.name)

    def rows(self):
        """The tidy rows that are expected, None where there are none."""
        path = self.folder / f"{self.name}.expected.csv"
        if not path.is_file():
            return None
        with path.open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    def mentions(self):
        """What a message has to hold: lists of wordings, one of each."""
        path = self.folder / f"{self.name}.expected.txt"
        lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
        start = "mention: "
        return [line[len(start) :].split(" | ") for line in lines if line.startswith(start)]

    def read(self, **answers):
        """The outcome: (import, ask or refuse; the message or report; the rows)."""
        try:
            table = read_wide(self.source, **answers)
        except WideTableError as error:
            assert str(error).strip()
            return error.outcome, str(error), None
        return "import", str(table.understood), table


def without_unit(name, unit):
    for end in (f", {unit}", f" ({unit})", f" {unit}"):
        if unit and name.endswith(end):
            return name.removesuffix(end)
    return name


def comparable(row):
    value = row["value"]
    is_missing = value != value or value in ("", None)
    flag = "" if row["flag"] == "A" else row["flag"].replace(" ", "")
    standing = row.get("standing") or ""
    return None if is_missing else Decimal(value), flag, row["unit"], standing


def by_key(rows, is_free):
    """Rows by what they are the value of; where names are free, by unit instead of name."""
    found = {}
    for row in rows:
        name = row["unit"] if is_free else without_unit(row["indicator"], row["unit"])
        key = (row["region"], name, int(row["period"]))
        assert key not in found
        found[key] = comparable(row)
    return found


def names_of_groups(rows):
    """The sets of rows that each indicator is made of."""
    groups = {}
    for row in rows:
        key = (row["region"], row["unit"], int(row["period"]))
        groups.setdefault(row["indicator"], set()).add(key)
    return {frozenset(group) for group in groups.values()}


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_case(path):
    case = Case(path)
    outcome, message, table = case.read()
    assert outcome == case.about["outcome"], message
    for words in case.mentions():
        assert any(word.casefold() in message.casefold() for word in words), (words, message)
    if outcome == "ask":
        outcome, message, table = case.read(**case.answers)
        assert outcome == "import", message
    if case.rows() is None:
        assert table is None
        return
    got, is_free = table.to_dict("records"), case.about["indicator_names"] == "free"
    assert by_key(got, is_free) == by_key(case.rows(), is_free)
    assert names_of_groups(got) == names_of_groups(case.rows()) or not is_free
    for region, code in case.about.get("codes", {}).items():
        assert set(table.loc[table.region == region, "code"]) == {code}


def test_the_cases_are_all_there():
    outcomes = [tomllib.loads(path.read_text(encoding="utf-8"))["outcome"] for path in CASES]
    given = outcomes[:16]
    assert (given.count("import"), given.count("ask"), given.count("refuse")) == (8, 5, 3)


@pytest.mark.parametrize(
    ("case", "said"),
    [
        ("bea-csv", "the mark '*' at United States, Pine Flats, QX has no note"),
        ("bea-csv", "the comma parts thousands: 91,440"),
        ("decimal-comma-cp1251", "the indicator has no name and no unit"),
        ("eurostat-tsv", "6 cells without a number (6 missing, of them 2 confidential)"),
        ("eurostat-tsv", "QN20 has no"),
        ("eurostat-xlsx", "sheet Summary: holds no table"),
        ("merged-header", "2 cells held numbers as text: D9, F9"),
        ("rosstat-districts", "1) Данные уточнены. (at 2014)"),
        ("scoreboard-wide", "every value lies between 0 and 1"),
        ("sdmx-csv", "2 cells without a number (2 missing, of them 1 confidential)"),
        ("sdmx-csv", "not every region has every year"),
        ("sheet-per-year", "8 cells were stored as fractions with a percent format"),
        ("sheet-per-year", "'Ironbridge Tools '"),
        ("sheet-per-year", "Ironbridge Tools has no row in 2018"),
        ("uk-shorthand", "[low] 1"),
        ("uk-shorthand", "2 provisional cells"),
        ("own/hidden-rows-and-columns", "hidden rows 3 and hidden columns C: read too"),
        ("own/comment-lines", "downloaded 2020-03-01"),
        ("own/dots-as-indents", "taken for indents"),
        ("own/years-of-two-figures", '"\'98" is the year 1998'),
        ("own/years-with-words", "2 values are targets, no outcomes (прогноз; of 2020)"),
        ("own/shown-in-thousands", "read as shown, with all figures, as told"),
        ("world-bank-csv", "without any value at all: Cote d'Amare"),
    ],
)
def test_what_an_import_says(case, said):
    found = Case(Path(f"tests/reference/wide/{case}.toml"))
    _, message, _ = found.read(**found.answers)
    assert said in message


def test_the_source_of_each_row_is_carried():
    found = Case(Path("tests/reference/wide/own/numbering-and-sources.toml"))
    _, _, table = found.read()
    assert list(table["source"]) == ["letter 5", "letter 6", "letter 7", "letter 8"]


def test_settings_that_match_nothing_are_said():
    found = Case(Path("tests/reference/wide/own/forecast-letter.toml"))
    _, message, _ = found.read(leave_out_regions=["Nowhere", "Alder"], target_years=["2021f", 1999])
    assert "rows left out as told: Alder" in message
    assert "leave_out_regions: no region is called 'Nowhere'" in message
    assert "target_years: no year of the table is 1999" in message


def test_a_normal_value_is_no_note(tmp_path):
    file = tmp_path / "labels.csv"
    file.write_text(
        "REF_AREA,Reference area,Measure,TIME_PERIOD,OBS_VALUE,OBS_STATUS,Observation status\n"
        "A1,Alder,Jobs,2020,5,A,Normal value\nA2,Birch,Jobs,2020,7,E,Estimated by the office\n"
        "A1,Alder,Jobs,2021,6,A,Normal value\nA2,Birch,Jobs,2021,8,A,Normal value\n"
    )
    table = read_wide(file)
    assert list(table["note"]) == ["", "Estimated by the office", "", ""]
    assert list(table["flag"]) == ["", "E", "", ""]
