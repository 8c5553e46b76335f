"""A study's integral indicator as one call: what it rests on, or why there is none."""

from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
import scipy

from analysis import load_study
from analysis.composite import NoIntegral, shared_indicators, study_integral
from analysis.composite.chain.of_study import why_no_integral
from analysis.composite.indicators.framework import FrameworkError
from analysis.composite.outliers.skewness import skewness_kurtosis
from analysis.composite.outliers.treatment import treat
from analysis.explore import integral_views as views
from analysis.text import integral as sentences
from tests.drawn import words_of


def study(values, years=(2020,), **columns):
    """A study of units x indicators, the same in every year, all the more the better."""
    indicators = list(values.columns)
    rows = [
        {"cluster": unit, "indicator": name, "year": year, "value": values.at[unit, name]}
        for year in years
        for unit in values.index
        for name in indicators
    ]
    about = pd.DataFrame(
        {"label": indicators, "unit": "per cent", "kind": "rate", "direction": "up"} | columns,
        index=pd.Index(indicators, name="indicator"),
    )
    series = pd.DataFrame(rows).merge(about.drop(columns="direction"), on="indicator")
    clusters = pd.DataFrame({"name": values.index.str.upper()}, index=values.index)
    return SimpleNamespace(
        clusters=clusters.rename_axis("cluster"),
        indicators=about,
        series=series.assign(standing="outcome"),
        pillars=pd.DataFrame(),
    )


VALUES = pd.DataFrame(
    {"jobs": [3.0, 2.0, 1.0], "sales": [10.0, np.nan, 0.0]}, index=["a", "b", "c"]
)


def test_a_gap_makes_an_interval_whose_ends_are_by_hand():
    result = study_integral(study(VALUES))
    assert result.ranking.loc["a", ["score_low", "score_high"]].tolist() == [100.0, 100.0]
    assert result.ranking.loc["b", ["score_low", "score_high"]].tolist() == [25.0, 75.0]
    assert result.ranking.loc["c", ["rank_best", "rank_worst"]].tolist() == [3, 3]


def test_the_article_prints_no_indicator_that_half_of_its_clusters_share():
    result = study_integral(load_study())
    assert isinstance(result, NoIntegral)
    assert not result
    assert "2016" in result.reason
    # jobs in all three tables, training in two, everything else in one alone
    assert shared_indicators(load_study()).gt(0).sum().tolist() == [3, 2, *[1] * 8]


def test_indicators_without_direction_are_named_with_what_is_allowed():
    reason = why_no_integral(study(VALUES, direction=""))
    assert all(word in reason for word in ("jobs", "sales", "direction", "up", "down"))


def test_one_indicator_is_a_ranking_by_itself():
    assert "'jobs'" in why_no_integral(study(VALUES[["jobs"]]))


def test_an_unknown_word_is_refused_and_no_reason():
    with pytest.raises(ValueError, match="geometrical"):
        study_integral(study(VALUES), aggregation="geometrical")
    with pytest.raises(TypeError, match="agregation"):
        study_integral(study(VALUES), agregation="geometric")


def test_what_falls_short_of_the_coverage_is_listed_and_what_just_reaches_it_stays():
    four = pd.concat([VALUES, VALUES.loc[["a"]].set_axis(["d"])])
    sparse = four.assign(half=[1.0, 2.0, np.nan, np.nan], rare=[1.0, np.nan, np.nan, np.nan])
    result = study_integral(study(sparse))
    assert result.matrix.left_out["name"].tolist() == ["rare"]
    assert sentences.of_left_out(result) == "Left out, each with its reason: 1 indicator."
    assert views.table(result, "left out").index.tolist() == [("indicator", "rare")]
    assert list(result.normalised) == ["jobs", "sales", "half"]


def test_every_chart_is_drawn_and_says_whose_it_is():
    result = study_integral(study(VALUES))
    for draw in (views.scores_chart, views.ranks_chart, views.contributions_chart):
        assert {"A", "B", "C"} <= set(words_of(draw(result)))
    assert (
        views.contributions_chart(study_integral(study(VALUES.fillna(5)), aggregation="copeland"))
        is None
    )
    assert len(views.normalised_chart(result).collections) == 1


def test_without_a_score_nothing_is_drawn_and_every_sentence_sends_to_the_answer():
    none = NoIntegral("the study has no indicators")
    assert views.scores_chart(none) is views.normalised_chart(none) is None
    assert len(views.table(none, "ranking")) == 0
    for said in (sentences.of_left_out(none), sentences.of_treatment(none)):
        assert said == "Not computed: the answer above says why."


def test_strengths_are_points_of_the_score_beyond_the_median():
    complete = study_integral(study(VALUES.fillna(5.0)))
    points = sentences.strengths(complete, "a")
    assert points.to_dict() == {"jobs": 25.0, "sales": 25.0}
    said = sentences.of_position(complete, "a")
    assert "rank **1** of 3" in said
    assert "25 points" in said


def test_an_indicator_that_is_the_same_everywhere_is_a_reason_and_no_failure():
    result = study_integral(study(VALUES.assign(sales=5.0)))
    assert not result
    assert "'sales'" in result.reason
    assert "2020" in result.reason


def test_newer_values_that_are_not_taken_are_told():
    whole = study(VALUES, years=(2020, 2021))
    gone = (whole.series["year"] == 2021) & (whole.series["cluster"] == "a")
    whole.series.loc[gone & (whole.series["indicator"] == "jobs"), "value"] = np.nan
    said = sentences.of_newer_years(study_integral(whole), whole)
    assert said.startswith("Not taken: 4 values of 2021; 2020 has 5. The latest of the years")
    even = study(VALUES, years=(2020, 2021))
    assert sentences.of_newer_years(study_integral(even), even) == ""
    planned = study(VALUES, years=(2020, 2021))
    planned.series.loc[planned.series["year"] == 2021, "standing"] = "target"
    assert sentences.of_newer_years(study_integral(planned), planned) == ""


def test_a_symmetric_indicator_has_no_skewness_of_rounding():
    # in binary these five, a step of 0.9 apart, are not quite symmetric
    values = pd.DataFrame({"x": [7.3, 8.2, 9.1, 10.0, 10.9], "y": range(5)}, index=list("abcde"))
    table = study_integral(study(values.astype(float))).treatment
    assert table["skewness_before"].tolist() == [0, 0]


def test_of_many_causes_the_first_and_the_cure_are_told():
    refused = FrameworkError([f"cell {number} is negative" for number in range(9)], "the cure")
    assert sentences.of_integral(NoIntegral(str(refused))) == (
        "The numbers of this study carry no integral indicator: 9 problems with the indicators: "
        "cell 0 is negative; cell 1 is negative; cell 2 is negative; cell 3 is negative; and 5 "
        "more; the cure."
    )


def test_the_cure_is_not_counted_among_the_problems():
    low = study_integral(study(VALUES), aggregation="geometric")
    cells = [line for line in low.reason.splitlines() if line.startswith("- ")]
    assert cells and all("wants positive values" in line for line in cells)
    assert low.reason.startswith(f"{len(cells)} problem")
    assert low.reason.endswith("or the arithmetic mean would do")


def test_indicators_without_a_direction_are_told_in_one_line_and_all_are_counted():
    names = [f"indicator {number}" for number in range(30)]
    values = pd.DataFrame({name: [1.0, 2.0, 4.0] for name in names}, index=list("abc"))
    said = sentences.of_integral(study_integral(study(values, direction="")))
    assert "30 problems with the indicators: direction of 'indicator 0', " in said
    assert "'indicator 3' and 26 more is not given" in said
    assert said.count("direction of") == 1


def test_an_answer_on_ranks_has_its_caveat_and_one_without_ranks_none():
    values = pd.DataFrame({"x": [1.0, 2.0, 4.0], "y": [3.0, 2.0, 9.0]}, index=list("abc"))
    told = sentences.of_integral(study_integral(study(values)))
    assert "**C** is first" in told and told.endswith("notebook 10 tries others.")
    assert "*Caveat.*" not in sentences.of_integral(NoIntegral("nothing is told"))


def test_a_gap_of_the_first_unit_hides_no_outlier():
    # G1 and G2 of the same values without the gap, as scipy.stats.skew and kurtosis (bias=False)
    column = np.array([np.nan, 1.0, 2.0, 3.0, 2.0, 1.0, 3.0, 2.0, 90.0])
    skewness, kurtosis = skewness_kurtosis(column[:, None])
    assert skewness[0] == pytest.approx(scipy.stats.skew(column[1:], bias=False), rel=1e-12)
    assert kurtosis[0] == pytest.approx(scipy.stats.kurtosis(column[1:], bias=False), rel=1e-12)
    treated = treat(column[:, None], ["jobs"], "winsorise")
    assert treated.table["beyond_rule"].tolist() == [True]
    assert np.nanmax(treated.columns[0]) == 3.0
