"""What to ask a cluster for: every open cell is asked about, nothing that is known."""

import re
from dataclasses import replace

import pandas as pd
import pytest

from analysis.comparative.evidence import evidence_bounds
from analysis.composite import evidence_score
from analysis.text.open_questions import COLUMNS, questions


@pytest.fixture(scope="module")
def table(study):
    return questions(study)


def test_every_cluster_has_questions_and_they_name_their_subject(table, study):
    assert list(table) == COLUMNS
    assert table["cluster"].drop_duplicates().tolist() == study.clusters.index.tolist()
    assert table["question"].str.endswith("?").all()
    assert not table.duplicated(["cluster", "question"]).any()


def test_the_answers_would_close_the_score_completely(table, study):
    scores = evidence_score(*evidence_bounds(study.components))
    open_width = (scores["score_high"] - scores["score_low"]).rename_axis("cluster")
    asked = table[table["about"] == "component"].drop_duplicates(["cluster", "subject"])
    closed = asked.groupby("cluster")["closes"].sum().reindex(open_width.index, fill_value=0.0)
    assert (closed - open_width).abs().max() < 1e-12


def test_what_narrows_most_comes_first(table):
    for _, asked in table.groupby("cluster"):
        gains = asked["closes"].fillna(-1.0).tolist()
        assert gains == sorted(gains, reverse=True)


def test_what_narrows_most_comes_first_whatever_the_order_of_the_data(study, monkeypatch):
    asked = [
        ("penza-it", "component", part, "", "?", gain) for part, gain in (("a", 0.1), ("b", 0.3))
    ]
    monkeypatch.setattr("analysis.text.open_questions._open_components", lambda _: asked)
    assert questions(study, "penza-it")["subject"].tolist()[:2] == ["b", "a"]


def test_every_plan_is_asked_about_and_nothing_else_as_a_plan(table, study):
    planned = study.components.query("status == 'planned'")
    asked = table[table["about"] == "plan"]
    assert len(asked) == len(planned) > 0
    assert set(zip(asked["cluster"], asked["subject"], strict=True)) == set(
        zip(planned["cluster"], planned["component"], strict=True)
    )
    assert asked["written"].unique().tolist() == ["planned"]


def test_only_outcomes_are_not_asked_for_again(table, study):
    series = table[table["about"] == "series"].set_index("subject")["question"]
    measured = study.series.query("standing == 'base' and value.notna()")
    for row in measured.itertuples():
        assert row.year not in years_in(series[row.label])
    for row in study.series.query("standing == 'target'").itertuples():
        assert row.year in years_in(series[row.label])


def years_in(question):
    """Read the years that a question names, those of a range as well."""
    spans = re.findall(r"(\d{4})(?:\N{EN DASH}(\d{4}))?", question.partition(" for ")[0])
    return {year for a, b in spans for year in range(int(a), int(b or a) + 1)}


def test_years_that_follow_one_another_are_asked_for_as_a_range(study):
    rows = [(2008, None), (2009, None), (2010, None), (2011, None), (2012, 3.0), (2014, None)]
    series = pd.DataFrame(rows, columns=["year", "value"]).assign(standing="outcome", table=2)
    series = series.assign(cluster="penza-it", indicator="i", label="L", criterion=None)
    asked = questions(replace(study, series=series), "penza-it").query("about == 'series'")
    [words] = asked["question"]
    assert (
        words
        == "What was measured in 2008\N{EN DASH}2011 and 2014 for \N{LEFT DOUBLE QUOTATION MARK}L\N{RIGHT DOUBLE QUOTATION MARK}?"
    )


def test_one_cluster_alone_is_asked_the_same(table, study):
    alone = questions(study, "penza-it")
    assert alone["question"].tolist() == table.query("cluster == 'penza-it'")["question"].tolist()


def test_an_unknown_cluster_is_refused(study):
    with pytest.raises(KeyError, match="no cluster 'nowhere'; the study has: vologda-wood"):
        questions(study, "nowhere")


def test_indicators_of_one_label_are_asked_for_apart(study):
    names = study.series.loc[study.series["cluster"] == "penza-it", "indicator"].unique()[:2]
    alike = study.series["indicator"].isin(names)
    series = study.series.assign(label=study.series["label"].mask(alike, "Total"))
    asked = questions(replace(study, series=series), "penza-it").query("about == 'series'")
    assert {f"Total ({name})" for name in names} <= set(asked["subject"])


@pytest.mark.parametrize(("values", "written"), [
    ([1.0, 2.0], "planned or under way"), ([None, None], "nothing"),
    ([1.0, None], "planned or under way, or nothing"),
])  # fmt: skip
def test_a_gap_is_not_called_a_plan(study, values, written):
    row = {"table": 2, "row": 1, "cluster": "penza-it", "indicator": "i", "label": "L"}
    row |= {"standing": "target", "criterion": None, "criterion_alternative": None}
    series = pd.DataFrame([row | {"year": 2030 + n, "value": v} for n, v in enumerate(values)])
    asked = questions(replace(study, series=series.astype({"value": float})), "penza-it")
    assert asked.query("about == 'series'")["written"].tolist() == [written]


@pytest.mark.parametrize(
    ("flags", "written"),
    [([None, None], "nothing"), (["c", "c"], "nothing but the mark c"), ([":", None], "nothing")],
)
def test_a_mark_in_the_place_of_a_value_is_what_the_source_says(study, flags, written):
    series = pd.DataFrame({"year": [2019, 2020], "value": [None, None], "flag": flags})
    series = series.assign(cluster="penza-it", indicator="x", label="x", standing="outcome")
    series = series.assign(criterion=None).astype({"value": float})
    asked = questions(replace(study, series=series), "penza-it")
    assert asked.loc[asked["about"] == "series", "written"].tolist() == [written]
