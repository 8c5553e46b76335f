"""A large table that is sound is found so by a few of its rows; one that is not, by all of them."""

import csv
import json
import random

import pytest

from analysis.study.checks.representative_rows import representative_rows
from analysis.study.descriptor import new_descriptor
from analysis.study.package import RawTable
from analysis.study.validation import validate

YEARS = range(2001, 2021)


def large_study(folder, change=None):
    """A study of 6,000 values; `change` edits its rows."""
    rng = random.Random(1)
    rows = [
        [f"r{unit}", "jobs", str(year), f"{rng.random() * 100:.2f}"]
        for unit in range(300)
        for year in YEARS
    ]
    if change:
        change(rows)
    columns = {
        "clusters": ["cluster", "name"],
        "indicators": ["indicator", "label", "unit", "kind"],
        "series": ["cluster", "indicator", "year", "value"],
    }
    tables = {
        "clusters": [[f"r{unit}", f"Region {unit}"] for unit in range(300)],
        "indicators": [["jobs", "Jobs", "thousand people", "amount"]],
        "series": rows,
    }
    for name, header in columns.items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows([header, *tables[name]])
    descriptor = new_descriptor("Large", {}, tuple(columns), columns=columns)
    (folder / "datapackage.json").write_text(json.dumps(descriptor), encoding="utf-8")
    return [str(problem) for problem in validate(folder)[2]]


def test_a_large_sound_study_has_no_problems(tmp_path):
    assert large_study(tmp_path) == []


@pytest.mark.parametrize(
    ("row", "column", "text", "said"),
    [
        (5_400, 0, "r9999", "row 5402, column cluster: 'r9999' unknown cluster"),
        (5_400, 1, "", "row 5402, column indicator: the value is missing"),
        (5_400, 2, "1499.5", "row 5402, column year: '1499.5' wrong type"),
        (5_400, 2, "99999", "row 5402, column year: '99999'"),
        (5_400, 3, "92,9", "row 5402, column value: '92,9' has a decimal comma"),
        (5_400, 3, "-1", "row 5402, column value: '-1'"),
        (5_400, 3, "1\n2", r"row 5402, column value: '1\n2' wrong type"),
    ],
)
def test_one_wrong_cell_among_thousands_is_named(tmp_path, row, column, text, said):
    def change(rows):
        rows[row][column] = text

    found = large_study(tmp_path, change)
    assert any(said in line for line in found), found


def test_a_key_that_stands_twice_among_thousands_is_named(tmp_path):
    def change(rows):
        rows[5_001] = list(rows[17])

    assert any("row 5003" in line for line in large_study(tmp_path, change))


def test_every_distinct_text_and_both_ends_of_the_numbers_are_looked_at():
    schema = {"fields": [{"name": "word", "type": "string"}, {"name": "number", "type": "number"}]}
    rows = [[f"w{at % 7}", str(at % 100)] for at in range(6_000)]
    rows[4_000], rows[4_001] = ["once", ""], ["w1", "-3.5"]
    table = RawTable("t", "t.csv", ["word", "number"], list(enumerate(rows, 2)))
    found = representative_rows(table, schema)
    assert {word for word, _ in found} == {*(f"w{n}" for n in range(7)), "once"}
    assert {"", "-3.5", "99"} <= {number for _, number in found}
    assert len(found) < 20
