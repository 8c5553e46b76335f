"""What data may not have meant is said: joins that miss, twins, digits that are cut."""

import pytest

from analysis.study.data_warnings import data_warnings
from analysis.study.workbook import read_workbook


def replaced(raw, table, old, new, times=-1):
    """Put another text into a table, the first times that it stands there."""
    path = raw.path / f"{table}.csv"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, times), encoding="utf-8")


def test_the_articles_own_data_and_the_examples_are_not_suspicious():
    assert data_warnings("data/raw") == data_warnings("examples/synthetic") == []


def test_a_region_that_misses_its_cluster_is_named(raw):
    replaced(raw, "regional_context", "Sakha (Yakutia)", "Sakha")
    found = data_warnings(raw.path)
    assert "column region: 'Sakha' is no region of clusters.csv" in found[0]
    assert "column region: 'Russia' is no region" in found[1]  # one was wanted: which is not known
    assert len(found) == 2


def test_a_region_spelt_alike_is_named_where_none_is_wanted(raw):
    replaced(raw, "regional_context", "\nRussia,", "\nVologdа,", 1)  # with a Cyrillic letter
    (found,) = data_warnings(raw.path)
    assert "column region: 'Vologdа' is no region of clusters.csv" in found


def test_a_measure_without_a_figure_is_named(raw):
    replaced(raw, "indicators", ",employed,", ",employees,")
    assert any(
        "column scale_measure: 'employees' is no measure of regional_context.csv" in line
        for line in data_warnings(raw.path)
    )


@pytest.mark.parametrize(
    "twin",
    ["vologda", "Vologda\u00a0", "VOLOGDA", "Volo\u200bgda", "Vo\u00adlogda", "\u200eVologda"],
)
def test_texts_that_differ_in_what_nobody_sees_are_named(raw, twin):
    replaced(raw, "regional_context", "Vologda", twin, 1)
    found = [line for line in data_warnings(raw.path) if "differs only in" in line]
    assert f"{twin!r} is read as another than 'Vologda' (clusters.csv, row" in found[0]


def test_a_composed_and_a_plain_letter_are_twins(raw):
    replaced(raw, "clusters", ",Omsk,", ",Ом\u0438\u0306,", 1)
    replaced(raw, "regional_context", "\nRussia,", "\nОм\u0439,", 1)
    assert any("differs only in" in line for line in data_warnings(raw.path))


def test_digits_that_are_cut_are_said_and_many_are_counted(raw):
    cell = "611.1"
    replaced(raw, "regional_context", cell, "611.12345678901234", 1)
    (line,) = data_warnings(raw.path)
    assert line == (
        "regional_context.csv, row 2, column value: '611.12345678901234' has 17 digits; "
        "611.123456789012 is kept"
    )
    for number, cell in enumerate(("572.9", "584.2", "541.6")):
        replaced(raw, "regional_context", cell, f"5{number}1.12345678901234567", 1)
    *named, rest = data_warnings(raw.path)
    assert len(named) == 3
    assert rest == "regional_context.csv, column value: 1 more of this kind"


def test_zeros_and_exponents_are_no_digits(raw):
    replaced(raw, "regional_context", "611.1", "0.0000000000000006111000000000000000e18", 1)
    assert data_warnings(raw.path) == []


def test_data_that_are_wrong_are_not_suspected_as_well(raw):
    replaced(raw, "regional_context", "611.1", "many", 1)
    assert data_warnings(raw.path / "nothing") == []
    assert data_warnings(raw.path / "nothing.xlsx", read_workbook) == []
