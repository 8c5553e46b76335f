"""The checks can fail: change one raw value, and see which claims and published values move."""

from dataclasses import replace

import pandas as pd
import pytest

from article.claims.words import of_bearing
from article.sensitivity import COLUMNS, bearing, changes


@pytest.fixture(scope="module")
def table(made):
    return pd.read_csv(made / "sensitivity.csv", dtype={"from": str, "to": str}).fillna("")


def test_every_number_status_grade_and_regional_figure_is_changed_once(table, study):
    assert list(table)[:6] == ["file", "key", "field", "from", "to", "moves"]
    assert list(table) == COLUMNS
    assert table["file"].value_counts().to_dict() == {
        "series.csv": len(study.series),
        "components.csv": len(study.components),
        "clusters.csv": len(study.clusters),
        "regional_context.csv": len(study.context),
    }
    assert not table.duplicated(["file", "key", "field"]).any()
    assert (table["from"] != table["to"]).all()


def test_a_printed_value_moves_just_its_published_cell(table):
    printed = table[table["file"].isin(["series.csv", "clusters.csv"])]
    assert (printed["published"] == 1).all()
    coded = table[~table["file"].isin(["series.csv", "clusters.csv"])]
    assert (coded["published"] == 0).all()


@pytest.mark.parametrize(
    ("file", "key", "moves"),
    [
        ("series.csv", "table 2, row 1, 2016", "published 2/1/2016"),
        ("series.csv", "table 3, row 2, 2020", "published 3/2/2020"),
        ("clusters.csv", "pestovo-industrial", "published 1/9/level"),
        ("clusters.csv", "pestovo-industrial", "F20 partly supported -> supported"),
        (
            "components.csv",
            "vologda-wood, management body, specialised organisation",
            "F21 partly supported -> contradicted",
        ),
        (
            "components.csv",
            "omsk-agrobio, management body, specialised organisation",
            "F26 partly supported -> contradicted",
        ),
        ("regional_context.csv", "Sakha (Yakutia), 2016, employed", "F54 value"),
    ],
)
def test_what_depends_on_a_value(table, file, key, moves):
    row = table[(table["file"] == file) & (table["key"] == key)]
    assert moves in row["moves"].iloc[0].split("; ")


def test_what_moves_nothing_is_explained_and_nothing_else_is(table):
    idle = table["moves"] == ""
    assert idle.any()
    assert (table.loc[idle, "explanation"] != "").all()
    assert (table.loc[~idle, "explanation"] == "").all()


def test_counts_agree_with_what_is_listed(table):
    listed = table["moves"].map(lambda text: len(text.split("; ")) if text else 0)
    assert (listed == table[["published", "verdicts", "statistics"]].sum(axis=1)).all()


def test_a_change_touches_one_value_and_not_the_study(study):
    before = study.series.copy()
    change = next(changes(study))
    differs = change.study.series["value"] != study.series["value"]
    both_missing = change.study.series["value"].isna() & study.series["value"].isna()
    assert (differs & ~both_missing).sum() == 1
    pd.testing.assert_frame_equal(study.series, before)


def test_a_cluster_bears_on_the_claims_that_differ_without_it(study):
    found = bearing(study, "vologda-wood").set_index("id")
    assert found.loc["F21", "without_it"] == "not testable"
    turned = found["verdict"] != found["without_it"]
    assert turned.tolist() == sorted(turned, reverse=True)


def test_a_study_without_claims_has_none_that_a_cluster_bears_on(study):
    bare = replace(study, claims=study.claims.iloc[:0])
    assert bearing(bare, "vologda-wood").empty
    with pytest.raises(KeyError, match="no cluster 'nowhere'"):
        bearing(bare, "nowhere")


def test_a_study_without_components_has_other_values_to_change(study):
    without = replace(
        study,
        components=study.components.iloc[:0],
        series=study.series.iloc[:1],
        context=study.context.iloc[:1],
        clusters=study.clusters.iloc[:2],
        component_names=(),
    )
    assert [change.file for change in changes(without)] == [
        "series.csv", "clusters.csv", "clusters.csv", "regional_context.csv"
    ]  # fmt: skip


def test_a_figure_of_which_only_the_range_changes_is_told(study):
    table = bearing(study, "petersburg-water")
    (row,) = table[table["id"] == "F3"].itertuples()
    assert row.value == row.value_without  # the most that it could be is one less
    assert "other verdicts, or their ranges, would change." in of_bearing(table)
