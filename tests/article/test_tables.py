"""Tables 1-4: regenerated, compared value by value, and written in every form."""

from dataclasses import replace

import matplotlib.pyplot as plt
import pandas as pd
import pytest
from openpyxl import load_workbook

from analysis.charts.panels import series_panels
from analysis.study.loading import load_study
from analysis.text.printed_tables import components_table, indicator_table
from article.tables import regenerate, verify
from pipeline.outputs.formats import html, latex, markdown, write_table, write_workbook
from tests.drawn import panel_titles


def test_every_published_value_is_reproduced(study):
    table = verify(study)
    assert list(table) == ["table", "row", "column", "published", "regenerated", "status"]
    assert len(table) == 81
    assert (table["status"] == "equal").all()
    numbers = table["published"].str.fullmatch(r"\d+")
    assert (numbers.sum(), (table["published"] == "-").sum()) == (67, 3)


@pytest.mark.parametrize(
    ("table", "row", "column", "value", "place", "regenerated"),
    [
        ("series", 2, "value", "56", (2, 1, "2016"), "56"),
        ("series", 71, "value", "", (4, 4, "2020"), "-"),
        ("series", 67, "value", "700", (4, 4, "2016"), "700"),
        ("clusters", 4, "grade", "highest", (1, 3, "level"), "highest"),
    ],
    ids=["a number", "a number lost", "a dash filled", "a grade"],
)
def test_one_edited_cell_fails_on_just_that_value(
    raw, table, row, column, value, place, regenerated
):
    raw.set(table, row, column, value)
    wrong = verify(load_study(raw.path)).query("status != 'equal'")
    assert wrong[["table", "row", "column"]].to_numpy().tolist() == [list(place)]
    assert wrong[["regenerated", "status"]].to_numpy().tolist() == [[regenerated, "differs"]]


def test_a_value_that_only_one_side_has_is_missing(raw):
    raw.write("published", [row for row in raw.rows("published") if row[:3] != ["3", "2", "2020"]])
    table = verify(load_study(raw.path))
    assert table.loc[table["status"] != "equal", "status"].tolist() == ["missing"]


@pytest.mark.parametrize("text", ["5_5", " 55", "\u0665\u0665"])
def test_only_plain_numbers_are_compared_as_numbers(study, text):
    first = study.published["published"] == "55"
    edited = study.published.assign(published=study.published["published"].mask(first, text))
    table = verify(replace(study, published=edited))
    assert (table["status"] == "differs").sum() == first.sum() > 0


def test_a_number_is_the_same_however_it_is_written(study):
    first = study.published["published"] == "55"
    edited = study.published.assign(published=study.published["published"].mask(first, "5.50e1"))
    assert (verify(replace(study, published=edited))["status"] == "equal").all()


def test_printed_order_and_labels(study):
    tables = regenerate(study)
    assert list(tables[1]) == ["no", "cluster", "components", "level"]
    assert list(tables[2]) == ["indicator", "2016", "2017", "2018", "2019", "2020"]
    assert tables[2]["indicator"].iloc[4].endswith("transport and logical center")
    assert tables[4].iloc[3, 1:].isna().tolist() == [True, False, True, True, False]


@pytest.mark.parametrize(
    ("label", "ours", "shown"),
    [("Net profit", "false", "Net profit, billion roubles"), ("Net profit", "true", "Net profit"),
     ("Profit, Billion Roubles", "false", "Profit, Billion Roubles")],
)  # fmt: skip
def test_a_unit_stands_beside_its_label_once(raw, label, ours, shown):
    words = {"label": label, "short": "", "unit": "billion roubles", "unit_is_ours": ours}
    for column, word in words.items():
        raw.set("indicators", 15, column, word)  # the sales, in the last row of Table 4
    study = load_study(raw.path)
    assert indicator_table(study, 4)["indicator"].iloc[-1] == shown
    figure = series_panels(study.series[study.series["table"] == 4])
    assert panel_titles(figure)[-1] == shown
    plt.close("all")


def test_components_are_composed_in_one_pattern(study):
    sentences = components_table(study)["components"]
    starts = ["Management body:", " Services:", " Special projects:", " Info-communication:"]
    assert all(start in text for text in sentences for start in starts)
    assert sentences[9].endswith(
        "Special projects: planned - industrial site; unknown - any other project. "
        "Info-communication: unknown."
    )


def test_an_unknown_table_is_refused_by_name(study):
    with pytest.raises(KeyError, match="no table 9; it has: 2, 3, 4"):
        indicator_table(study, 9)


HOSTILE = pd.DataFrame(
    {
        "name": ["<script>alert(1)</script>", "=cmd|' /C calc'!A0", r"\input{x} $a_b$ 5% & #"],
        "value": [1.0, float("nan"), -2.5],
    }
)


def test_names_are_escaped_in_every_form():
    assert "<script>" not in html(HOSTILE, "<b>")
    assert "<script>" not in markdown(HOSTILE, "a | b").replace(r"\<script\>", "")
    text = latex(HOSTILE, "title")
    assert r"\textbackslash{}input\{x\} \$a\_b\$ 5\% \& \#" in text
    assert r"\input" not in text


def test_a_workbook_never_takes_a_text_for_a_formula(tmp_path):
    write_workbook(tmp_path / "t.xlsx", {"a": HOSTILE})
    sheet = load_workbook(tmp_path / "t.xlsx")["a"]
    assert [cell.data_type for cell in sheet["A"]] == ["s"] * 4
    assert [cell.value for cell in sheet["B"]] == ["value", 1, None, -2.5]


def test_a_workbook_has_the_same_bytes_twice(tmp_path):
    for name in ("a.xlsx", "b.xlsx"):
        write_workbook(tmp_path / name, {"t": HOSTILE})
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()
    assert b"1980-01-01" in _core(tmp_path / "a.xlsx")


def _core(path):
    import zipfile

    return zipfile.ZipFile(path).read("docProps/core.xml")


def test_csv_has_no_inf_and_empty_for_undefined(tmp_path):
    write_table(tmp_path, "t", HOSTILE, "title")
    lines = (tmp_path / "t.csv").read_text(encoding="utf-8").splitlines()
    assert lines[0] == "name,value"
    assert lines[2].endswith(",")
    assert lines[3].endswith(",-2.5")


def test_a_table_that_nobody_published_is_not_compared(raw):
    raw.write(
        "series", [*raw.rows("series"), ["5", "1", "penza-it", "trainees", "2016", "4", "outcome"]]
    )
    assert len(verify(load_study(raw.path))) == 81
    raw.write("published", [["table", "row", "column", "published"], ["7", "1", "2016", "3"]])
    assert verify(load_study(raw.path))["status"].tolist() == ["missing"]
