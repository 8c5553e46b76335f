"""Numbers in the digits of other scripts, and years of other eras: read, asked, never guessed."""

import pytest

from analysis import read_wide
from analysis.study import WideTableError

DIGITS = {
    "Persian": ("۰۱۲۳۴۵۶۷۸۹", "٫", "٬"),
    "Arabic": ("٠١٢٣٤٥٦٧٨٩", "٫", "٬"),
    "full width": ("０１２３４５６７８９", "．", "，"),
    "Devanagari": ("०१२३४५६७८९", ".", ","),
    "Thai": ("๐๑๒๓๔๕๖๗๘๙", ".", ","),
}


@pytest.fixture
def write(tmp_path):
    def written(text, name="table.csv"):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return written


def asked(path, **answers):
    with pytest.raises(WideTableError) as caught:
        read_wide(path, **answers)
    return caught.value


@pytest.mark.parametrize("script", DIGITS)
def test_digits_of_any_script_are_read_and_names_keep_theirs(script, write):
    digits, point, comma = DIGITS[script]
    signs = str.maketrans("0123456789.,", digits + point + comma)
    rows = [["2017", "2018"], ["12.5", "1,204.75"], ["-3", "4"]]
    heads = ["Region", f"District {digits[1]}", f"District {digits[2]}"]
    lines = [
        ";".join([head, *(text.translate(signs) for text in row)])
        for head, row in zip(heads, rows, strict=True)
    ]
    table = read_wide(write("\n".join(lines) + "\n"))
    assert table[["region", "period", "value"]].values.tolist() == [
        [heads[1], 2017, "12.5"],
        [heads[2], 2017, "-3"],
        [heads[1], 2018, "1204.75"],
        [heads[2], 2018, "4"],
    ]
    assert "digits: " in str(table.understood)


def test_signs_of_arabic_numbers_need_no_question(write):
    # a point or a comma with three figures after it would be asked
    path = write("Region;2017;2018\nA;١٬٢٠٤;١٢٫٣٤٥\nB;٥;٦\n")
    assert read_wide(path)["value"].tolist() == ["1204", "5", "12.345", "6"]


def test_a_year_inside_a_name_is_read_in_any_script(write):
    table = read_wide(write("地域;売上 ２０１７;売上 ２０１８\n北海道;1;2\n青森県;3;4\n"))
    assert sorted(set(table["period"])) == [2017, 2018]
    assert set(table["indicator"]) == {"売上"}


def test_a_slash_between_persian_digits_is_asked(write):
    path = write("Region;2017;2018\nA;۱۲/۵;۱۳\nB;۵;۶\n")
    error = asked(path)
    assert error.outcome == "ask"
    assert [question.setting for question in error.understood.questions] == ["slash_means"]
    assert "۱۲/۵" in str(error)
    assert read_wide(path, slash_means="decimal")["value"].tolist() == ["12.5", "5", "13", "6"]
    assert "missing_marks" in str(asked(path, slash_means="none"))


@pytest.mark.parametrize(
    "text",
    [
        "Province;2560;2561\nA;1;2\nB;3;4\n",
        "Province;Firms;Firms\n;2560;2561\nA;1;2\nB;3;4\n",
        "Province;Firms 2560;Firms 2561\nA;1;2\nB;3;4\n",
        "Province;ปี 2560;ปี 2561\nA;1;2\nB;3;4\n",
        "Province;Year;Firms\nA;2560;1\nB;2560;3\nA;2561;2\nB;2561;4\n",
        "จังหวัด;ปี;ค่า\nA;2560;1\nB;2560;3\nA;2561;2\nB;2561;4\n",
        "จังหวัด;๒๕๖๐;๒๕๖๑\nA;๑;๒\nB;๓;๔\n",
    ],
)
def test_years_of_the_buddhist_era_are_asked_and_read_as_told(text, write):
    path = write(text)
    error = asked(path)
    assert [question.setting for question in error.understood.questions] == ["years_are"]
    assert "Buddhist era" in str(error)
    assert "2560 is 2017" in str(error)
    table = read_wide(path, years_are="Buddhist")
    assert table[["region", "period", "value"]].values.tolist() == [
        ["A", 2017, "1"], ["B", 2017, "3"], ["A", 2018, "2"], ["B", 2018, "4"],
    ]  # fmt: skip
    assert "2560 is 2017" in str(table.understood)
    assert not {"ปี", "Firms 2560"} & set(table["indicator"])


def test_a_year_that_names_its_era_is_no_question(write):
    table = read_wide(write("Province;พ.ศ. 2560;B.E. 2561\nA;1;2\nB;3;4\n"))
    assert sorted(set(table["period"])) == [2017, 2018]


def test_years_that_span_two_of_the_common_era_are_asked_for_both(write):
    path = write("استان;۱۳۹۶;۱۳۹۷\nA;۱;۲\nB;۳;۴\n")
    error = asked(path)
    settings = {question.setting for question in error.understood.questions}
    assert settings == {"years_are", "split_years"}
    assert "lunar Hijri" in str(error)
    table = read_wide(path, years_are="Solar Hijri", split_years="first")
    assert sorted(set(table["period"])) == [2017, 2018]


def test_years_of_the_lunar_calendar_are_refused_by_name(write):
    error = asked(write("Region;1438;1439;1440\nA;1;2;3\nB;4;5;6\n"))
    assert error.outcome == "refuse"
    assert "1438, 1439, 1440 may be years of the lunar Hijri calendar" in str(error)
    assert "write years of the Common Era in the file" in str(error)


@pytest.mark.parametrize(
    "text",
    [
        "Region;2017;2018\nA;2560;2561\nB;2562;2563\n",
        "Region;Firms;Jobs\nA;2560;2561\nB;2561;2562\n",
        "Region;Year;Firms\nA;2017;2560\nB;2017;2561\n",
    ],
)
def test_values_that_look_like_such_years_are_values(text, write):
    table = read_wide(write(text), **({"year": 2018} if "Jobs" in text else {}))
    assert "2561" in table["value"].tolist()


def test_heads_of_no_years_can_be_told_to_be_none(write):
    path = write("Region;2560;2561\nA;1;2\nB;3;4\n")
    error = asked(path, years_are="none")
    assert "years_are" not in [question.setting for question in error.understood.questions]
