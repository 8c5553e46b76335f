"""Exploring: other choices and other cells, against the study worked out by hand."""

import re
from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.comparative.evidence import STATUSES, component_matrix
from analysis.explore.answers import (
    AGGREGATIONS,
    NORMALISATIONS,
    Setting,
    open_cell,
    rank_clusters,
    what_if,
    with_status,
)
from analysis.explore.widgets import panel
from analysis.study.loading import load_study

STUDY = load_study()


def made_up(rows, grades):
    """A study of clusters with one item per component: {cluster: [status, ...]}."""
    names = [f"k{place}" for place in range(len(next(iter(rows.values()))))]
    items = [
        (cluster, name, "any", status, None, None)
        for cluster, statuses in rows.items()
        for name, status in zip(names, statuses, strict=True)
    ]
    words = pd.CategoricalDtype(["low", "high"], ordered=True)
    return replace(
        STUDY,
        grades=("low", "high"),
        components=pd.DataFrame(items, columns=STUDY.components.columns),
        clusters=pd.DataFrame({"grade": pd.Series(grades, index=list(rows), dtype=words)}),
    )


@pytest.fixture
def small():
    rows = {
        "a": ["present", "present"],
        "b": ["planned", "not reported"],
        "c": ["absent", "present"],
    }
    return made_up(rows, ["high", "low", "low"])


def test_scores_and_ranks_by_hand(small):
    ranked = rank_clusters(small, Setting(planned_credit=0.5, weights=(3, 1)))
    # a: 3/4 + 1/4; b: 3/4 x 1/2, and 1/4 more if its second is there; c: 1/4
    assert ranked.scores.drop(columns="grade").to_numpy().tolist() == [
        [1.0, 1.0, 1, 1],
        [0.375, 0.625, 2, 2],
        [0.25, 0.25, 3, 3],
    ]
    assert ranked.scores["grade"].tolist() == ["high", "low", "low"]
    assert ranked.refused == ""


def test_one_other_cell_by_hand(small):
    change = what_if(small, cluster="c", component="k0", status="present")
    assert change.status == ("absent", "present")
    assert change.moved.loc["c"].tolist() == [0.5, 0.5, 2, 2, 1.0, 1.0, 1, 1]
    assert list(change.moved.index) == ["c", "b"]  # b can no longer share second place
    assert change.rule == (("low", "low"), ("high", "high"))
    assert change.exceptions == (0, 1)  # a and c are then equal, and their grades are not
    for part in ("were present (as coded: absent)", "1 (as coded 0.5)", "1 other cluster would"):
        assert part in change.sentence()


def test_the_same_status_again_moves_nothing(small):
    change = what_if(small, cluster="a", component="k1", status="present")
    assert list(change.moved.index) == ["a"]
    before, after = change.moved.iloc[0, :4], change.moved.iloc[0, 4:]
    assert before.tolist() == after.tolist()
    assert "no other clusters would move" in change.sentence().lower()


@given(
    place=st.integers(0, 10),
    component=st.integers(0, 3),
    status=st.sampled_from(["present", "absent"]),
    weights=st.tuples(*[st.integers(1, 5)] * 4),
)
def test_more_evidence_never_costs_a_cluster_anything(place, component, status, weights):
    setting = Setting(weights=weights)
    cell = {"cluster": STUDY.clusters.index[place], "component": STUDY.component_names[component]}
    own = what_if(STUDY, setting, **cell, status=status, with_rule=False).moved.iloc[0]
    sign = 1 if status == "present" else -1
    for end in ("score_low", "score_high"):
        assert sign * (own[f"{end}_after"] - own[f"{end}_before"]) >= 0
    for end in ("rank_best", "rank_worst"):
        assert sign * (own[f"{end}_after"] - own[f"{end}_before"]) <= 0


@pytest.mark.parametrize("normalisation", NORMALISATIONS)
@pytest.mark.parametrize("aggregation", AGGREGATIONS)
def test_every_combination_is_answered_or_refused_with_a_sentence(
    study, normalisation, aggregation
):
    setting = Setting(normalisation=normalisation, aggregation=aggregation)
    ranked, change = rank_clusters(study, setting), what_if(study, setting)
    assert bool(ranked.refused) == ranked.scores.empty
    assert change.sentence().endswith(".")
    words = "makes no sense" if ranked.refused else "published grade"
    assert words in ranked._repr_html_()
    assert not re.search("column |row |exponent", ranked._repr_html_() + change.sentence())


@pytest.mark.parametrize(
    ("setting", "said"),
    [
        (Setting(aggregation="geometric"), "'penza-it', column 'special projects' is 0.0"),
        (Setting(normalisation="minmax"), "'info-communication' has no range"),
        (Setting(weights=(0, 0, 0, 0)), "all weights are zero"),
        (Setting(weights=(1, -1, 1, 1)), "weight of 'services' is -1"),
        (Setting(weights=(1, 2)), "weights"),
        (Setting(planned_credit=2), "planned_credit is 2; wanted a number from 0 to 1"),
        (Setting(aggregation="median"), "aggregation is 'median'; allowed: arithmetic"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_why_a_setting_is_refused(study, setting, said):
    assert said in rank_clusters(study, setting).refused


@pytest.mark.parametrize(
    ("cell", "named"),
    [
        ({"cluster": "atlantis"}, "no cluster 'atlantis'"),
        ({"component": "wings"}, "no component 'wings'"),
        ({"status": "maybe"}, "unknown status 'maybe'"),
    ],
)
def test_a_cell_that_is_not_there_is_named(study, cell, named):
    with pytest.raises(KeyError, match=named):
        what_if(study, **cell)


def test_intervals_are_drawn_on_one_scale_and_what_is_left_out_is_counted(small, monkeypatch):
    whole = rank_clusters(small, Setting(planned_credit=0.5, weights=(3, 1)))._repr_html_()
    room = 150 - 7  # pixels of an interval's picture, without the dot that stands for a point
    begin, end = room * 0.375, room * 0.625  # the score of b
    assert f"margin-left: {begin:.0f}px; width: {end - begin + 7:.0f}px" in whole
    assert "more clusters" not in whole
    monkeypatch.setattr("analysis.explore.answers.LONGEST", 1)
    assert rank_clusters(small)._repr_html_().endswith("<p>and 2 more clusters</p>")


@pytest.mark.parametrize("status", STATUSES)
def test_only_the_one_cell_is_another(study, status):
    changed = with_status(study, cluster="ryazan-textile", component="services", status=status)
    before, after = component_matrix(study.components), component_matrix(changed.components)
    assert after.loc["ryazan-textile", "services"] == status
    cells = changed.components[["cluster", "component"]].value_counts()
    assert cells["ryazan-textile", "services"] == 1
    assert before.index.equals(after.index)
    assert before.columns.equals(after.columns)
    assert (before != after).to_numpy().sum() == (status != "not reported")


def test_the_cell_to_begin_with_is_one_of_which_nothing_is_known(study):
    cluster, component = open_cell(study)
    assert component_matrix(study.components).loc[cluster, component] == "not reported"


def test_names_are_data_and_never_markup(small):
    rude = small.components.replace({"a": "<script>alert(1)</script>"})
    study = replace(
        small, components=rude, clusters=small.clusters.rename({"a": "<script>alert(1)</script>"})
    )
    html = rank_clusters(study)._repr_html_() + what_if(study)._repr_html_()
    assert "<script" not in html
    assert "&lt;script&gt;" in html


class TestPanel:
    """The panel without a browser: what its widgets are set to is what it shows."""

    @pytest.fixture
    def widgets(self, study):
        found, waiting = {}, [panel(study)]
        while waiting:
            widget = waiting.pop(0)
            waiting += getattr(widget, "children", ())
            if getattr(widget, "description", ""):
                found[widget.description] = widget
            elif "<table" in str(getattr(widget, "value", "")):
                found["ranks" if "published grade" in widget.value else "change"] = widget
        return found

    def test_a_slider_changes_the_ranks(self, widgets):
        before = widgets["ranks"].value
        widgets["planned component"].value = 1.0
        assert widgets["ranks"].value != before
        assert "0.75 to 1" in widgets["ranks"].value

    def test_a_weight_changes_the_shares(self, widgets):
        widgets["services"].value = 0.0
        assert "management body 33.3 %, services 0 %" in widgets["ranks"].value

    def test_what_is_refused_is_a_sentence(self, widgets):
        widgets["aggregation"].value = "geometric"
        shown = widgets["ranks"].value
        assert "makes no sense" in shown
        assert (
            "Penza IT has 0 in special projects, and a geometric mean needs values above" in shown
        )
        assert widgets["change"].value == ""
        widgets["aggregation"].value = "arithmetic"
        assert "published grade" in widgets["ranks"].value

    def test_another_cell_is_answered(self, widgets):
        widgets["cluster"].value = "penza-it"
        widgets["component"].value = "special projects"
        assert "If special projects of Penza IT were present" in widgets["change"].value
        assert "would give it highest" in widgets["change"].value


def test_clusters_are_called_by_their_names(study):
    names = {"penza-it": "Penza IT"}
    change = what_if(study, cluster="penza-it", component="special projects").named(names)
    assert "special projects of Penza IT were present" in change.sentence()
    assert "penza-it" not in change._repr_html_() + change.before._repr_html_()
