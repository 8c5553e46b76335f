"""Published values of any study beside the regenerated ones, to the digits printed."""

import pandas as pd
import pytest

from pipeline.outputs.verification import same, verify_files


@pytest.mark.parametrize(("printed", "regenerated", "is_same"), [
    ("3.3", "3.349999", True), ("3.3", "3.351", False),  # one decimal: half of it either way
    ("41.9", "41.85", True), ("12", "12.5", True), ("12", "12.51", False),
    ("\N{MINUS SIGN}0.11", "-0.1149", True), ("-0.11", "0.1149", False),
    ("1 234.5", "1234.54", True), ("1,2", "1.2", False),  # a decimal comma is no number here
    ("\N{EN DASH}", "", True), ("-", "0", False), ("0", "", False), ("high", "low", False),
])  # fmt: skip
def test_a_value_is_the_same_to_the_digits_printed(printed, regenerated, is_same):
    assert same(printed, regenerated) == is_same


def published(*rows):
    return pd.DataFrame(rows, columns=["file", "key", "column", "published"])


def test_each_value_is_found_by_its_key_or_reported_missing(tmp_path):
    (tmp_path / "a.csv").write_text("cluster,year,x\nA,2020,1.24\nA,2021,\nB,2020,5\n", "utf-8")
    table = verify_files(
        published(
            ("a.csv", "cluster=A; year=2020", "x", "1.2"),
            ("a.csv", "A; 2021", "x", "-"),
            ("a.csv", "B", "x", "6"),
            ("a.csv", "A", "x", "1.2"),  # two rows
            ("a.csv", "C", "x", "1"),
            ("a.csv", "B", "y", "1"),
            ("b.csv", "B", "x", "1"),
        ),
        tmp_path,
    )
    assert table["status"].tolist() == ["equal", "equal", "differs", *["missing"] * 4]
    assert table["regenerated"].tolist()[:3] == ["1.24", "", "5"]
