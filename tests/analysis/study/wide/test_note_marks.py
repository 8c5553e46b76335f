"""Letters and numbers at the ends of names: marks of notes, parts of the name, or asked."""

import pytest

from analysis import read_wide
from analysis.study import WideTableError


@pytest.fixture
def write(tmp_path):
    def written(text):
        path = tmp_path / "table.csv"
        path.write_text(text, encoding="utf-8")
        return path

    return written


def questions(path, **answers):
    with pytest.raises(WideTableError) as caught:
        read_wide(path, **answers)
    return {question.setting for question in caught.value.understood.questions}


def test_a_letter_with_a_note_is_its_mark(write):
    path = write(
        "Territorio;2017;2018\nPiemonte (a);1;2\nLiguria(b);3;4\nLazio;5;6\n(a) Stime.\n(b) Dati\n"
    )
    table = read_wide(path)
    assert table["region"].unique().tolist() == ["Piemonte", "Liguria", "Lazio"]
    notes = dict(zip(table["region"], table["note"], strict=True))
    assert notes == {"Piemonte": "Stime.", "Liguria": "Dati", "Lazio": ""}


def test_marks_at_names_with_units_are_taken_off_and_the_unit_is_read(write):
    path = write(
        "State;Turnover ($m)(a);Firms (no.) (a)(b)\nVictoria;1;2\nTasmania;3;4\n"
        "(a) Estimates.\n(b) At June.\n"
    )
    table = read_wide(path, year=2018)
    units = dict(zip(table["indicator"], table["unit"], strict=True))
    assert units == {"Turnover": "$m", "Firms": "no."}
    assert "Estimates. At June." in table["note"].tolist()


def test_the_mark_at_a_unit_is_taken_off(write):
    path = write(
        "Region;Indicator;Unit;2017\nKent;Firms;number (a);1\nKent;Turnover;mln EUR *;2\n"
        "Essex;Firms;number (a);3\nEssex;Turnover;mln EUR *;4\n(a) Of firms.\n* At prices of 2015.\n"
    )
    table = read_wide(path)
    assert set(table["unit"]) == {"number", "mln EUR"}
    assert set(table["note"]) == {"Of firms.", "At prices of 2015."}


def test_a_letter_without_a_note_is_asked_once(write):
    path = write("Region;2017;2018\nKent (a);1;2\nEssex;3;4\n")
    assert questions(path) == {"note_marks"}
    assert "Kent" in read_wide(path, note_marks=["(a)"])["region"].tolist()
    assert "Kent (a)" in read_wide(path, note_marks=[])["region"].tolist()


def test_what_is_told_of_some_marks_leaves_those_that_the_file_explains(write):
    path = write("State;Turnover (a);Firms (b)\nVictoria(d);1;2\nTasmania;3;4\n(a) Estimates.\n")
    assert questions(path, year=2018) == {"note_marks"}
    for told, names in (
        (["(b)", "(d)"], {"Turnover", "Firms", "Victoria", "Tasmania"}),
        ([], {"Turnover", "Firms (b)", "Victoria(d)", "Tasmania"}),
    ):
        table = read_wide(path, year=2018, note_marks=told)
        assert {*table["indicator"], *table["region"]} == names


def test_a_mark_whose_name_stands_without_it_too_is_asked(write):
    path = write("Region;2017;2018\nKent (a);1;2\nKent;3;4\n(a) Without Medway.\n")
    assert questions(path) == {"note_marks"}


@pytest.mark.parametrize(
    "names",
    [
        ["Moscow (city)", "Moscow"],
        ["Moscow (city)", "Moscow (region)"],
        ["Group (a)", "Group (b)"],
        ["Milk (t)", "Area (ha)"],
        ["Division (B)", "Division (K)"],
    ],
)
def test_parts_of_names_stay(names, write):
    path = write("Region;2017;2018\n" + "".join(f"{name};1;2\n" for name in names))
    assert read_wide(path)["region"].unique().tolist() == names


def test_names_that_only_a_number_in_brackets_tells_apart_are_refused_with_the_cause(write):
    path = write("Region;2017;2018\nDistrict (1);7;8\nDistrict (2);7;9\n")
    with pytest.raises(WideTableError, match="are taken for one with marks of notes") as caught:
        read_wide(path)
    assert "'District (1)', 'District (2)'" in str(caught.value)
