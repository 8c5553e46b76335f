"""Bad input: every kind of damage is named by file, row, column, value and what is allowed."""

import json

import numpy as np
import pandas as pd
import pytest

from analysis.study.checks.columns import unread_columns
from analysis.study.loading import read_raw
from analysis.study.package import BadDataError, checksum_warnings, headers
from analysis.study.problems import Problem
from analysis.study.validation import validate


def problems(folder):
    return [str(problem) for problem in validate(folder.path)[2]]


def test_the_articles_own_package_is_sound():
    _, tables, found = validate("data/raw")
    assert found == checksum_warnings("data/raw") == []
    rows = {name: len(table.rows) for name, table in tables.items()}
    assert rows.pop("claims") >= 95  # anybody may add one
    assert rows == {
        "clusters": 11,
        "components": 117,
        "indicators": 14,
        "series": 70,
        "criteria": 10,
        "regional_context": 26,
        "published": 81,
    }


# (table, row, column, value) put in, and what has to be said of it
CELLS = [
    ("series", 2, "value", "many", "series.csv, row 2, column value: 'many' wrong type; allowed: a number"),
    ("series", 2, "value", "1_000", "'1_000' wrong type; allowed: a number"),
    (
        *("series", 2, "value", "NaN"),
        "'NaN' is no number; allowed: an empty cell where the value is missing",
    ),
    ("series", 2, "value", "92,9", "'92,9' has a decimal comma; allowed: 92.9: a point"),
    (
        *("series", 2, "value", "2 366,8"),
        "has a blank between thousands and a decimal comma; allowed: 2366.8: digits without blanks",
    ),
    ("series", 2, "value", "-", "'-' is a dash; allowed: an empty cell where the value is missing"),
    ("series", 2, "value", "45 %", "has a per cent sign; allowed: 45, with the unit percent"),
    ("series", 2, "year", "2014-01-01", "'2014-01-01' is a date; allowed: the year alone: 2014"),
    ("series", 2, "value", "55*", "'55*' has a mark beside the number; allowed: 55 alone, the mark in flag"),
    ("series", 2, "value", "55 (p)", "'55 (p)' has a mark beside the number; allowed: 55 alone"),
    ("series", 2, "value", "<5", "'<5' is a bound or an estimate; allowed: an empty cell with a note"),
    ("series", 2, "value", "55 ", "'55 ' has a blank beside the number; allowed: 55: the number alone"),
    ("series", 2, "value", "1.234.567", "has points between thousands; allowed: 1234567"),
    ("series", 2, "value", "inf", "'inf' is no finite number; allowed: a number"),
    ("series", 2, "value", "1e400", "wrong type"),
    ("series", 2, "year", "2016.5", "'2016.5' wrong type; allowed: a whole number"),
    ("series", 2, "year", "20166", "row 2, column year: '20166' year out of range; allowed: 1900 to 2100"),
    ("series", 2, "year", "", "row 2, column year: the value is missing; allowed: a value"),
    ("series", 2, "value", "101", "'101' share out of range; allowed: 0 to 100 per cent"),
    ("series", 12, "value", "-100", "row 12, column value: '-100' negative count; allowed: 0 or more"),
    ("series", 3, "year", "2016", "duplicate key; allowed: each cluster + indicator + year once; first at row 2"),
    ("series", 2, "cluster", "penza", "column cluster: 'penza' unknown cluster; allowed: vologda-wood, penza-it"),
    ("series", 2, "indicator", "jobs", "'jobs' unknown indicator; allowed: column indicator of indicators.csv"),
    ("series", 2, "standing", "goal", "'goal' unknown standing; allowed: outcome, base, unfinished, target"),
    ("series", 2, "value", "1e-200", "'1e-200' too near to zero; allowed: 0, or at least 1e-15 above or below"),
    ("series", 12, "value", "3.5", "'3.5' the count is not whole; allowed: whole numbers"),
    ("regional_context", 2, "value", "-1e-30", "too near to zero"),
    ("indicators", 3, "per", "education-programmes", "'education-programmes' the indicator itself"),
    ("indicators", 3, "increase_per", "education-programmes", "allowed: another indicator, or empty"),
    ("clusters", 2, "name", " ", "' ' the value is missing; allowed: a value"),
    ("components", 2, "status", "yes", "unknown status; allowed: present, planned, absent, unknown, not reported"),
    ("components", 2, "alternative_status", "present", "the alternative is the status itself"),
    ("components", 2, "component", "staff", "'staff' unknown component; allowed: management body"),
    ("clusters", 2, "grade", "top", "'top' unknown grade; allowed: insufficient, average, highest; another word: list it in the sheet study"),
    ("clusters", 3, "no", "1", "'1' no stands twice; allowed: each value once"),
    ("clusters", 2, "cluster", "../x", "'../x' cluster is not well formed"),
    ("clusters", 2, "cluster", "порт/1", "allowed: letters of any script, digits, - _ . and single blanks"),
    ("clusters", 2, "cluster", "-port", "with a letter or digit first"),
    ("clusters", 2, "cluster", "Penza-IT", "row 3, column cluster: 'penza-it' differs from Penza-IT only in"),
    ("clusters", 2, "name", "x" * 301, "the text is too long; allowed: at most 300 characters"),
    ("indicators", 2, "unit", "people", "'people' the unit does not fit kind share"),
    ("indicators", 3, "unit", "%", "'%' the unit does not fit kind count; allowed: percent for a share"),
    ("indicators", 3, "unit", "проценты", "'проценты' the unit does not fit kind count"),
    ("indicators", 3, "unit", " Percent", "' Percent' the unit does not fit kind count"),
    ("indicators", 2, "unit_is_ours", "maybe", "'maybe' wrong type; allowed: true or false"),
    ("indicators", 2, "criterion", "fame", "'fame' unknown criterion; allowed: institutions"),
    ("claims", 2, "kind", "guess", "'guess' unknown kind; allowed: empirical, theoretical"),
    ("regional_context", 13, "low", "490", "the range does not hold the value"),
]  # fmt: skip


@pytest.mark.parametrize(("table", "row", "column", "value", "said"), CELLS)
def test_a_bad_cell_is_named(raw, table, row, column, value, said):
    raw.set(table, row, column, value)
    found = problems(raw)
    assert any(said in line and line.startswith(f"{table}.csv, row ") for line in found), found


def test_numbers_written_otherwise_are_the_same_numbers(raw):
    rows = raw.rows("series")
    table, row, year = (rows[0].index(name) for name in ("table", "row", "year"))
    for cells in rows[1::2]:
        cells[table], cells[row] = f"0{cells[table]}", f"+{cells[row]}"
        cells[year] = f"0{cells[year]}"
    raw.write("series", rows)
    assert problems(raw) == []


def test_a_row_that_holds_two_series_is_named_however_its_number_is_written(raw):
    rows = raw.rows("series")
    table, row = rows[0].index("table"), rows[0].index("row")
    for cells in rows[6:11]:  # the second printed row
        cells[table], cells[row] = "02", "01"
    raw.write("series", rows)
    found = problems(raw)
    assert len(found) == 2
    assert all("table 2, row 1 holds more than one series" in line for line in found)


def test_a_year_that_stands_twice_is_named_however_it_is_written(raw):
    raw.set("series", 3, "year", "+2016")
    (found,) = problems(raw)
    assert "row 3, column year" in found
    assert "duplicate key" in found


# (table, row, column, value) put in: one cause, one line
ONCE = [
    ("series", 2, "year", ""),
    ("series", 2, "year", "2010 г."),
    ("series", 2, "year", "20166"),
    ("series", 2, "table", "x"),
    ("series", 3, "row", ""),
    ("series", 2, "cluster", "vologda-wod"),
    ("series", 2, "cluster", ""),
    ("series", 2, "cluster", "vologda-wood "),
    ("series", 2, "indicator", "no-such"),
    ("components", 2, "cluster", "vologda-wod"),
    ("components", 2, "component", "staff"),
    ("components", 2, "component", ""),
    ("clusters", 2, "cluster", "Vologda/Wood"),
    ("clusters", 2, "cluster", "vologda  wood"),
    ("clusters", 2, "grade", ""),
    ("indicators", 3, "indicator", "-education programmes"),
    ("indicators", 2, "kind", "shares"),
]


@pytest.mark.parametrize(("table", "row", "column", "value"), ONCE)
def test_one_wrong_cell_is_one_line(raw, table, row, column, value):
    raw.set(table, row, column, value)
    (line,) = problems(raw)
    assert line.startswith(f"{table}.csv, row {row}, column {column}")


def test_a_component_whose_only_row_is_misspelt_is_one_line(raw):
    rows = raw.rows("components")
    at = next(i for i, r in enumerate(rows, 1) if r[:2] == ["penza-it", "special projects"])
    rest = [r for i, r in enumerate(rows, 1) if i == at or r[:2] != rows[at - 1][:2]]
    raw.write("components", rest)
    assert problems(raw) == []
    at = rest.index(rows[at - 1]) + 1
    for column in ("cluster", "component"):
        before = raw.get("components", at, column)
        raw.set("components", at, column, f"{before}x")
        assert len(problems(raw)) == 1
        raw.set("components", at, column, before)


def test_what_is_wrong_beside_a_wrong_cell_is_still_named(raw):
    raw.set("series", 2, "year", "soon")
    raw.set("series", 7, "cluster", "vologda-wod")
    raw.set("components", 2, "component", "staff")
    assert len(problems(raw)) == 3


@pytest.mark.parametrize(
    ("column", "value", "meant"),
    [
        ("cluster", "vologda-wod", "vologda-wood"),
        ("cluster", "Vologda-Wood ", "vologda-wood"),
        ("indicator", "hpj-shares", "hpj-share"),
    ],
)
def test_the_nearest_known_identifier_is_offered(raw, column, value, meant):
    raw.set("series", 2, column, value)
    (line,) = problems(raw)
    assert line.endswith(f"; did you mean {meant}?")


def test_nothing_is_offered_where_nothing_is_near(raw):
    raw.set("series", 2, "cluster", "zzz")
    (line,) = problems(raw)
    assert "did you mean" not in line


BLANKS = [
    ("clusters", "region"),
    ("indicators", "concept"),
    ("indicators", "scale_measure"),
    ("regional_context", "region"),
    ("regional_context", "measure"),
    ("regional_context", "unit"),
    ("components", "item"),
]


@pytest.mark.parametrize(("table", "column"), BLANKS)
@pytest.mark.parametrize("form", ["{} ", "\u00a0{}"])
def test_blanks_that_would_part_what_belongs_together_are_named(raw, table, column, form):
    number, text = next(
        (number, record[column])
        for number, record in enumerate(
            [dict(zip(raw.rows(table)[0], cells, strict=True)) for cells in raw.rows(table)[1:]], 2
        )
        if record[column]
    )
    raw.set(table, number, column, form.format(text))
    said = "blanks at the beginning or end; allowed: no blanks before or after it"
    assert [
        line for line in problems(raw) if said in line and f"row {number}, column {column}" in line
    ]


def test_a_missing_file_is_named(raw):
    (raw.path / "series.csv").unlink()
    assert problems(raw) == [
        "series.csv: the file is missing; allowed: every table that datapackage.json lists"
    ]


def test_an_empty_file_is_named(raw):
    (raw.path / "series.csv").write_text("")
    assert problems(raw) == ["series.csv: the file is empty; allowed: a header line and rows"]


def test_broken_encoding_is_named_with_its_row(raw):
    path = raw.path / "clusters.csv"
    path.write_bytes(path.read_bytes().replace("«".encode(), b"\xab", 1))
    assert problems(raw) == [r"clusters.csv, row 6: '\\xab' the encoding is broken; allowed: UTF-8"]


def test_a_missing_column_is_named_and_what_may_be_meant(raw):
    rows = raw.rows("series")
    rows[0][rows[0].index("value")] = "values"
    raw.write("series", rows)
    (line,) = problems(raw)
    assert "row 1, column value: the column is missing" in line
    assert line.endswith("; is it values?")


def test_a_column_of_another_name_is_not_read_and_named(raw):
    header, *rows = raw.rows("series")
    raw.write("series", [[*header, "directon"], *([*row, "7"] for row in rows)])
    before, _ = read_raw("data/raw")
    pd.testing.assert_frame_equal(read_raw(raw.path)[0]["series"], before["series"])
    header, *rows = raw.rows("indicators")
    raw.write("indicators", [["dirction" if n == "direction" else n for n in header], *rows])
    said = [line for table in headers(raw.path) for line in unread_columns(table)]
    assert said == [
        "indicators.csv: the column dirction is not read: no column of indicators has this name; "
        "did you mean direction?",
        "series.csv: the column directon is not read: no column of series has this name",
    ]


def test_a_column_without_a_name_is_named_by_its_number(raw):
    header, *rows = raw.rows("clusters")
    raw.write("clusters", [["", *header], *(["0", *row] for row in rows)])
    (line,) = problems(raw)
    assert line.startswith("clusters.csv, row 1: column 1 has no name")


def test_a_row_of_the_wrong_length_is_named(raw):
    rows = raw.rows("clusters")
    rows[3].append("more")
    raw.write("clusters", rows)
    assert problems(raw) == [
        "clusters.csv, row 4: '9 cells' the row has the wrong length; allowed: 8 cells: a comma in "
        "a text or number parts cells, but between quotation marks"
    ]
    raw.write("clusters", [*rows[:3], rows[3][:1], *rows[4:]])
    assert problems(raw)[0].startswith("clusters.csv, row 4: '1 cell' the row has the wrong length")


def test_a_quote_in_the_wrong_place_is_named_with_its_row(raw):
    path = raw.path / "clusters.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    lines[3] = lines[3].replace(",", ',"x"y', 1)
    path.write_text("\n".join(lines), encoding="utf-8")
    assert problems(raw)[0].startswith("clusters.csv, row 4: the file is not csv")


@pytest.mark.parametrize("sign", ["\u2028", "\x85", "\x0b"])
def test_no_other_sign_ends_a_row(raw, sign):
    raw.set("clusters", 3, "name", f"one{sign}two")
    path = raw.path / "clusters.csv"
    path.write_text(path.read_text("utf-8").replace(f'"one{sign}two"', f"one{sign}two"), "utf-8")
    assert not [line for line in problems(raw) if "wrong length" in line]


def test_a_row_without_its_key_is_no_repetition(raw):
    rows = raw.rows("clusters")
    raw.write("clusters", [*rows, ["", *rows[1][1:]], ["", *rows[2][1:]]])
    assert not [line for line in problems(raw) if "duplicate key" in line]


def test_series_of_nothing_known_are_named(raw):
    descriptor = raw.descriptor()
    kept = [r for r in descriptor["resources"] if r["name"] != "indicators"]
    raw.write_descriptor(descriptor | {"resources": kept})
    (raw.path / "indicators.csv").unlink()
    found = problems(raw)
    assert len(found) == 1
    assert found[0].startswith("series.csv, row 2, column indicator: 'hpj-share'")
    assert "the table indicators is missing; allowed: a row of indicators for every" in found[0]


def test_semicolons_are_recognised(raw):
    path = raw.path / "clusters.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(",", ";"), encoding="utf-8")
    assert "the columns are not separated by commas" in problems(raw)[0]


def test_a_row_that_is_missing_is_a_missing_value(raw):
    """The same study comes of a series with a year left out, and with an empty cell."""
    rows = raw.rows("series")
    value = rows[0].index("value")
    rows[3][value] = ""
    raw.write("series", rows)
    empty, _ = read_raw(raw.path)
    raw.write("series", [row for row in rows if row is not rows[3]])
    without, _ = read_raw(raw.path)
    pd.testing.assert_frame_equal(without["series"], empty["series"])


def test_a_component_without_a_row_is_not_reported(raw):
    rows = [r for r in raw.rows("components") if r[:2] != ["penza-it", "special projects"]]
    raw.write("components", rows)
    frames, _ = read_raw(raw.path)
    own = frames["components"].query("cluster == 'penza-it' and component == 'special projects'")
    assert own[["item", "status"]].values.tolist() == [["any", "not reported"]]


def test_all_problems_come_at_once(raw):
    raw.set("series", 2, "value", "many")
    raw.set("clusters", 2, "grade", "top")
    raw.set("components", 5, "status", "yes")
    (raw.path / "claims.csv").unlink()
    with pytest.raises(BadDataError) as error:
        read_raw(raw.path)
    files = {problem.file for problem in error.value.problems}
    assert files == {"series.csv", "clusters.csv", "components.csv", "claims.csv"}
    assert str(error.value).startswith("4 problems in the data:")


def test_columns_and_rows_in_another_order_are_the_same_study(raw):
    header, *rows = raw.rows("series")
    raw.write("series", [header[::-1], *(row[::-1] for row in reversed(rows))])
    frames, _ = read_raw(raw.path)
    original, _ = read_raw("data/raw")
    assert frames["series"].equals(original["series"])


def test_minus_nought_is_nought(raw):
    raw.set("series", 2, "value", "-0")
    frames, _ = read_raw(raw.path)
    assert not np.signbit(frames["series"]["value"]).any()
    assert (frames["series"]["value"] == 0).any()


def test_an_edited_file_is_a_warning_that_names_it(raw):
    raw.set("series", 2, "value", "56")
    assert problems(raw) == []
    assert checksum_warnings(raw.path) == [
        "series.csv: the checksum differs from datapackage.json: it was edited since"
    ]


def test_a_byte_order_mark_is_no_part_of_the_header(raw):
    path = raw.path / "clusters.csv"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert problems(raw) == []


DESCRIPTORS = {
    "not JSON": ("{", "the file is not JSON"),
    "no resources": ("{}", "column resources: is missing; allowed: a list of resources"),
    "not a table": ('{"resources": [1]}', "unknown table"),
}


@pytest.mark.parametrize("case", DESCRIPTORS)
def test_a_broken_descriptor_is_named(raw, case):
    text, said = DESCRIPTORS[case]
    (raw.path / "datapackage.json").write_text(text)
    assert any(said in line and line.startswith("datapackage.json") for line in problems(raw))


def test_a_weakened_schema_is_named(raw):
    descriptor = raw.descriptor()
    series = next(r for r in descriptor["resources"] if r["name"] == "series")
    year = next(f for f in series["schema"]["fields"] if f["name"] == "year")
    year["constraints"]["maximum"] = 99999
    raw.write_descriptor(descriptor)
    assert "series.year" in problems(raw)[0]
    assert "the constraints differ from the schema" in problems(raw)[0]


def change(raw, table, edit, column=None):
    """Change what the descriptor says of a table, or of one of its columns."""
    descriptor = raw.descriptor()
    resource = next(r for r in descriptor["resources"] if r["name"] == table)
    fields = {spec["name"]: spec for spec in resource["schema"]["fields"]}
    edit(fields[column] if column else resource)
    text = json.dumps(descriptor)
    (raw.path / "datapackage.json").write_text(text, encoding="utf-8")


@pytest.mark.parametrize(
    ("column", "limits"),
    [("cluster", {"required": 1}), ("no", {"unique": 1}), ("no", {"minimum": True})],
)
def test_one_is_not_true_in_a_schema(raw, column, limits):
    change(raw, "clusters", lambda spec: spec["constraints"].update(limits), column)
    (line,) = problems(raw)
    assert f"column clusters.{column}" in line
    assert "the constraints differ from the schema" in line


@pytest.mark.parametrize("key", ["foreignKeys", "primaryKey", "missingValues"])
def test_what_is_null_differs_from_the_schema(raw, key):
    change(raw, "clusters", lambda resource: resource["schema"].update({key: None}))
    assert [f"clusters.{key}: 'null' differs from the schema" in line for line in problems(raw)]
    with pytest.raises(BadDataError):
        read_raw(raw.path)


@pytest.mark.parametrize("number", ["9" * 5000, "-" + "9" * 5000])
def test_a_number_of_thousands_of_digits_is_refused(raw, number):
    (raw.path / "datapackage.json").write_text(f'{{"version": {number}}}')
    assert "the file is not JSON" in problems(raw)[0]


def test_a_descriptor_that_is_nested_too_deep_is_refused(raw):
    deep = json.loads("[" * 900 + "]" * 900)
    change(raw, "clusters", lambda resource: resource["schema"].update(foreignKeys=deep))
    assert "is nested too deep" in problems(raw)[0]


@pytest.mark.parametrize("text", ["a \ud800 b", "bell \x07"])
def test_a_sign_that_nothing_can_show_is_named_wherever_it_stands(raw, text):
    change(raw, "series", lambda resource: resource.update(description=text))
    (line,) = problems(raw)
    assert "column resources[3].description" in line
    assert "holds a control character or half of a surrogate pair; allowed: printable text" in line
    line.encode()


OTHERWISE = [
    ("value", {"decimalChar": ","}, "series.value.decimalChar"),
    ("value", {"groupChar": " "}, "series.value.groupChar"),
    ("value", {"bareNumber": False}, "series.value.bareNumber"),
    ("value", {"trueValues": ["yes"]}, "series.value.trueValues"),
    ("value", {"falseValues": ["no"]}, "series.value.falseValues"),
    (None, {"dialect": {"delimiter": ";"}}, "series.dialect.delimiter"),
    (None, {"dialect": {"commentChar": "#"}}, "series.dialect.commentChar"),
    (None, {"dialect": {"header": 1}}, "series.dialect.header"),
    (None, {"dialect": "dialect.json"}, "series.dialect"),
    (None, {"encoding": "windows-1251"}, "series.encoding"),
    (None, {"compression": "gz"}, "series.compression"),
    (None, {"data": [[1]]}, "series.data"),
]


@pytest.mark.parametrize(("column", "said", "place"), OTHERWISE, ids=[p for *_, p in OTHERWISE])
def test_what_would_have_a_file_read_otherwise_is_refused(raw, column, said, place):
    change(raw, "series", lambda part: part.update(said), column)
    (line,) = problems(raw)
    assert line.startswith(f"datapackage.json, column {place}: ")


def test_what_only_says_the_usual_is_accepted(raw):
    usual = {"delimiter": ",", "quoteChar": '"', "lineTerminator": "\r\n", "header": True}
    change(raw, "series", lambda resource: resource.update(dialect=usual, encoding="UTF-8"))
    change(raw, "series", lambda spec: spec.update(decimalChar=".", bareNumber=True), "value")
    assert problems(raw) == []


def test_a_quote_that_is_never_closed_is_named_where_it_begins(raw):
    path = raw.path / "components.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    lines[1] = lines[1].replace(",", ',"', 1)
    lines = [line if at == 1 else line.replace('"', "") for at, line in enumerate(lines)]
    path.write_text("\n".join(lines), encoding="utf-8")
    assert problems(raw)[0].startswith("components.csv, row 2: the file is not csv")


def test_rows_are_counted_whatever_ends_them(raw):
    (raw.path / "clusters.csv").write_bytes(b"a\rb\r\nc\n\xff")
    assert problems(raw)[0].startswith("clusters.csv, row 4: ")


def test_no_folder_is_named(tmp_path):
    assert "there is no such folder" in str(validate(tmp_path / "none")[2][0])


def test_what_may_be_a_study_is_named():
    allowed = "allowed: a study's folder or workbook (.xlsx)"
    cure = "; make import FROM=README.md NAME=my-study makes a study of a table"
    for source, wrong, more in (
        ("README.md", "the file is no study", cure),
        ("nope", "there is no such folder", ""),
    ):
        assert str(validate(source)[2][0]) == f"{source}: {wrong}; {allowed}{more}"


def test_a_problem_reads_as_a_sentence():
    problem = Problem("a.csv", 3, "b", "x", "wrong type", "a number")
    assert str(problem) == "a.csv, row 3, column b: 'x' wrong type; allowed: a number"
    cell = Problem("s", 3, "b", "x", "wrong type", "a number", "cell B3 (b)")
    assert str(cell).startswith("s, cell B3 (b): 'x'")


def test_what_is_cited_does_nothing_to_a_terminal(raw):
    rows = raw.rows("clusters")
    rows[0][2] = "na\x1b[31mme"
    raw.write("clusters", rows)
    assert any(r"na\x1b[31mme" in line for line in problems(raw))
    assert not any("\x1b" in line for line in problems(raw))


def test_a_message_names_three_of_a_kind_and_counts_the_rest(raw):
    for row in range(2, 12):
        raw.set("series", row, "standing", "goal")
    with pytest.raises(BadDataError) as refused:
        read_raw(raw.path)
    assert len(refused.value.problems) == 10
    first, *lines = str(refused.value).splitlines()
    assert first == "10 problems in the data:"
    assert [line.split(":")[0].strip() for line in lines[:3]] == [
        f"series.csv, row {row}, column standing" for row in (2, 3, 4)
    ]
    assert lines[3:] == [
        "  ... and 7 more of this kind: series.csv, column standing: unknown standing"
    ]


def test_no_text_of_a_cell_floods_a_message(raw):
    raw.set("series", 2, "standing", "x" * 5000)
    (line,) = problems(raw)
    assert f"'{'x' * 77}...'" in line
    assert len(line) < 250


def test_a_column_without_a_name_is_said_to_have_none(raw):
    rows = raw.rows("series")
    raw.write("series", [[str(at - 1) if at else "", *row] for at, row in enumerate(rows)])
    (line,) = [line for line in problems(raw) if "no name" in line]
    assert line.startswith(
        "series.csv, row 1: column 1 has no name; allowed: a name for each column"
    )
    assert "to_csv writes without index=False" in line


@pytest.mark.parametrize("text", ["1e-400", "-0.0001e-399", "0." + "0" * 330 + "1"])
def test_nothing_but_zero_is_read_as_zero(raw, text):
    raw.set("series", 2, "value", text)
    (line,) = problems(raw)
    assert "too near to zero; allowed: 0, or at least 1e-15" in line
    for zero in ("0e-400", "-0.0e5", "0"):
        raw.set("series", 2, "value", zero)
        assert problems(raw) == []


def test_a_title_above_the_header_is_one_problem(raw):
    raw.write("series", [["Series of our clusters"], [], *raw.rows("series")])
    (line,) = problems(raw)
    assert line == (
        "series.csv, row 1: 'Series of our clusters' stands above the header; "
        "allowed: the header in row 1; row 3 looks like it"
    )


def test_a_wide_table_in_place_of_the_series_is_sent_to_the_import(tmp_path):
    (tmp_path / "clusters.csv").write_text("cluster,name\nN,North\n", encoding="utf-8")
    (tmp_path / "series.csv").write_text("Region,2018,2019\nN,1,2\n", encoding="utf-8")
    _, _, problems = validate(tmp_path)
    assert [str(problem) for problem in problems] == [
        "series.csv, row 1: years stand as columns (2018, 2019): this is a wide table; allowed: a "
        "row for each year; make import FROM=series.csv NAME=my-study makes a study of a table"
    ]
    (tmp_path / "clusters.csv").unlink()
    (tmp_path / "series.csv").rename(tmp_path / "jobs.csv")
    assert "make import FROM=" in str(validate(tmp_path)[2][0])
