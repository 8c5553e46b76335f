"""Headings merged over several rows and columns, as statistical offices print them."""

import pytest
from openpyxl import Workbook

from analysis import read_wide
from analysis.study import WideTableError


@pytest.fixture
def sheet(tmp_path):
    def written(rows, *merged):
        book = Workbook()
        for row in rows:
            book.active.append([None if text == "" else text for text in row])
        for area in merged:
            book.active.merge_cells(area)
        path = tmp_path / "table.xlsx"
        book.save(path)
        return path

    return written


def series(table):
    return {
        (name, unit, year) for name, unit, year in zip(table["indicator"], table["unit"],
                                                        table["period"], strict=True)
    }  # fmt: skip


PORTUGUESE = [
    ["III.03.01 - Indicadores das empresas por município, 2018", "", "", ""],
    ["", "Densidade de empresas", "Indicador de concentração", ""],
    ["", "", "VVN", "VAB"],
    ["", "N.º/km2", "%", ""],
    ["", "(a)", "(b)", "(c)"],
    ["Norte", 20.2, 5.5, 4.1],
    ["Centro", 10.1, 6.5, 3.1],
    ["© INE, I.P., Portugal, 2019."],
    ["(a) Nota da densidade."],
]


def test_names_units_and_marks_of_notes_in_rows_of_their_own(sheet):
    path = sheet(PORTUGUESE, "A1:D1", "A2:A5", "B2:B3", "C2:D2", "C4:D4")
    table = read_wide(path)
    assert series(table) == {
        ("Densidade de empresas", "N.º/km2", 2018),
        ("Indicador de concentração, VVN", "%", 2018),
        ("Indicador de concentração, VAB", "%", 2018),
    }
    notes = set(zip(table["indicator"], table["note"], strict=True))
    assert ("Densidade de empresas", "Nota da densidade.") in notes


def test_a_heading_merged_downwards_takes_nothing_from_its_neighbour(sheet):
    rows = [
        ["Territory", "Enterprises", "", "Density"],
        ["", "Total", "of which: SME", ""],
        ["", "No.", "", "no./km2"],
        ["Norte", 40, 38, 4.1],
        ["Centro", 60, 52, 2.1],
    ]
    path = sheet(rows, "A1:A3", "B1:C1", "D1:D2", "B3:C3")
    assert series(read_wide(path, year=2018)) == {
        ("Enterprises, Total", "No.", 2018),
        ("Enterprises, of which: SME", "No.", 2018),
        ("Density", "no./km2", 2018),
    }


def test_headings_without_any_merged_cell_end_where_the_next_one_begins(sheet):
    rows = [
        ["Territory", "Enterprises", "", "Density"],
        ["", "Total", "of which: SME", ""],
        ["", "No.", "No.", "no./km2"],
        ["Norte", 40, 38, 4.1],
        ["Centro", 60, 52, 2.1],
    ]
    names = set(read_wide(sheet(rows), year=2018)["indicator"])
    assert names == {"Enterprises, Total", "Enterprises, of which: SME", "Density"}


def test_years_over_names_over_units_over_numbers_of_columns(sheet):
    rows = [
        ["Kreis", "2017", "", "2018", ""],
        ["", "Unternehmen", "Beschäftigte", "Unternehmen", "Beschäftigte"],
        ["", "Anzahl", "Tsd.", "Anzahl", "Tsd."],
        ["", 1, 2, 3, 4],
        ["Nord", 10, 2.5, 11, 2.6],
        ["Süd", 20, 3.5, 21, 3.6],
    ]
    path = sheet(rows, "A1:A3", "B1:C1", "D1:E1")
    names = [("Unternehmen", "Anzahl"), ("Beschäftigte", "Tsd.")]
    assert series(read_wide(path)) == {(*name, year) for name in names for year in (2017, 2018)}


@pytest.mark.parametrize("merged", [("A2:A4", "B2:C2", "D2:F2", "D3:E3", "B3:B4", "C3:C4"), ()])
def test_years_of_headings_with_a_level_less_are_years_too(sheet, merged):
    rows = [
        ["14.3. ЧИСЛО МАЛЫХ ПРЕДПРИЯТИЙ"],
        ["", "Всего", "", "из них", "", ""],
        ["", "2017", "2018", "микропредприятия", "", "доля, %"],
        ["", "", "", "2017", "2018", "2018"],
        ["Белгородская область", 10, 11, 7, 8, 72.7],
        ["Брянская область", 20, 21, 15, 16, 76.2],
    ]
    table = read_wide(sheet(rows, *merged))
    found = {(name, year) for name, _, year in series(table)}
    years = {("Всего", 2017), ("Всего", 2018), ("из них, доля", 2018)}
    assert found == years | {("из них, микропредприятия", year) for year in (2017, 2018)}


def test_a_unit_below_a_name_is_its_unit_beside_names_of_parts(sheet):
    rows = [
        ["Municípios", "Unidades locais", "", "Pessoal", ""],
        ["", "Número", "%", "Total", "Mulheres (%)"],
        ["Recife", 10, 50, 90, 45.5],
        ["Olinda", 10, 50, 60, 40.1],
    ]
    found = series(read_wide(sheet(rows, "A1:A2", "B1:C1", "D1:E1"), year=2018))
    assert {(name.partition(", ")[0], unit) for name, unit, _ in found} == {
        ("Unidades locais", "Número"), ("Unidades locais", "%"), ("Pessoal", ""), ("Pessoal", "%"),
    }  # fmt: skip


def test_a_unit_in_two_languages_is_a_unit(sheet):
    rows = [
        ["Quadro III.1 - Empresas, 2018"], ["Unidade: N.º", "", "Unit: No."],
        ["", "0 - 9", "10 - 49"], ["Norte", 40, 36], ["Centro", 60, 54],
    ]  # fmt: skip
    assert {unit for _, unit, _ in series(read_wide(sheet(rows)))} == {"N.º"}


def test_a_spreadsheets_dates_of_ranges_are_refused_as_such(tmp_path):
    path = tmp_path / "sizes.csv"
    path.write_text("Region;1-Apr;5-Sep;Oct-19;20-49;50+\nKent;1;2;3;4;5\nEssex;4;5;6;7;8\n")
    with pytest.raises(WideTableError, match="'Oct-19' beside '20-49', '50\\+'") as caught:
        read_wide(path)
    assert "a spreadsheet has made dates of ranges" in str(caught.value)


def test_one_month_of_each_year_is_asked_and_several_are_refused(tmp_path):
    path = tmp_path / "months.csv"
    path.write_text("Region;Mar-18;Mar-19\nKent;1;2\nEssex;3;4\n")
    with pytest.raises(WideTableError, match="one month of each year \\(Mar-18, Mar-19\\)") as one:
        read_wide(path)
    assert [question.setting for question in one.value.understood.questions] == ["months_are"]
    assert sorted(set(read_wide(path, months_are="years")["period"])) == [2018, 2019]
    path.write_text("Region;Mar-18;Jun-18\nKent;1;2\nEssex;3;4\n")
    with pytest.raises(WideTableError, match="parts of years \\(2 months: Mar-18, Jun-18\\)"):
        read_wide(path)
