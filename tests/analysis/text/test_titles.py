"""One message in the title of each picture, right for one and for several."""

from dataclasses import replace

import pandas as pd
import pytest

from analysis import load_study
from analysis.composite import indicator_matrix, integral_indicator, study_integral
from analysis.explore import integral_views as views
from analysis.explore.integral_trials import try_ranking
from analysis.text import integral, titles
from analysis.text.trials import of_changes, of_draws, of_sensitivity, of_trials


@pytest.fixture(scope="module")
def achievement():
    study = load_study("examples/technology-achievement")
    result = study_integral(study)
    return study, result, try_ranking(result, ["aggregation"], replicates=20)


def test_every_picture_of_an_integral_indicator_has_a_message(achievement):
    _, result, trials = achievement
    carried, shares = views.carried_weights(result), views.rank_shares(result, trials)
    said = {
        "normalised": titles.normalised_title(result),
        "ranking": titles.ranking_title(result),
        "contributions": titles.contributions_title(views.contributions(result)[0]),
        "weights": titles.weights_title(carried),
        "profile": titles.profile_title(result, "italy", "Italy"),
    }
    assert said == {
        "normalised": "Finland, Japan and Norway are best in 2 of 8 indicators each",
        "ranking": "Finland is first of 23",
        "contributions": "Diffusion of old innovations adds most to the score of Finland: 20.5 of "
        "71.9 points",
        "weights": "Telephones (log) carries most of the total: 21 %, with a weight of 12.5 %",
        "profile": "Italy is above the median in 1 of 8 indicators",
    }
    assert "of 3 combinations of choices" in titles.trials_title(shares, len(trials.run.plan))
    assert titles.leave_one_out_title(trials.left_out).startswith(
        "Without Internet hosts the order"
    )


def test_no_identifier_of_an_indicator_or_unit_is_shown(achievement):
    study, result, trials = achievement
    shown = [
        views.table(result, "ranking").reset_index(),
        views.table(result, "treatment").reset_index(),
        trials.left_out,
        views.smallest_changes(result).reset_index(),
        views.indicator_correlations(result),
    ]
    words = {cell for table in shown for cell in table.select_dtypes(exclude="number").stack()}
    ids = {*study.clusters.index, *study.indicators.index, *study.pillars.index}
    assert not words & ids
    said = of_trials(result, trials, "countries")
    assert not [name for name in ids if f" {name} " in said]
    assert of_changes(views.smallest_changes(result), "Sweden").startswith("Sweden would move up")


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        ({"jobs": [1, 1, 1]}, "All 3 clusters have a value in 1 of 1 indicator"),
        ({"jobs": [1, 0, 0]}, "; 1 has one of a single cluster"),
        ({}, ""),
    ],
    ids=["all", "one alone", "none"],
)
def test_what_is_shared_is_counted_in_words(counts, said):
    study = load_study("examples/synthetic")
    names = dict(zip(counts, study.indicators.index, strict=False))
    shared = pd.DataFrame(counts, index=list("abc") if counts else []).rename(columns=names)
    assert titles.shared_title(shared, study).endswith(said)


def test_titles_count_one_as_one():
    low = pd.DataFrame({"body": [1.0]}, index=["a"])
    assert (
        titles.components_title(low, ("region", "regions"))
        == "1 of 1 region shows the one component"
    )
    cells = pd.DataFrame(
        {"cluster": ["a"] * 2, "value": [1.0, 2.0], "standing": ["base", "target"]}
    )
    assert titles.table_title(cells) == "a: at most 1 of 2 values measured, 1 target"


def test_a_ranking_that_nothing_moves_is_told_so():
    data = pd.DataFrame({"a": [3.0, 2.0, 1.0], "b": [6.0, 4.0, 2.0]}, index=list("xyz"))
    result = integral_indicator(indicator_matrix(data, direction="up"))
    said = of_trials(result, try_ranking(result))
    assert "3 of 3 clusters have the same rank under every choice. With" in said
    assert "the rank does not vary in nine draws of ten. No rank moves, whichever part" in said
    assert "*Caveat.* The choices are those that were tried" in said
    shares = pd.DataFrame({"cluster": ["x", "y"], "rank": 1, "share": [1.0, 0.0]})
    assert titles.trials_title(shares, 4) == "x is first in 100 % of 4 combinations of choices"


def test_parts_that_move_as_much_are_all_told():
    data = pd.DataFrame({"a": [3.0, 2.0, 1.0], "b": [1.0, 2.0, 3.0]}, index=list("xyz"))
    result = integral_indicator(indicator_matrix(data, direction="up"))
    assert "Leaving out any one of a and b changes the order" in of_trials(
        result, try_ranking(result)
    )


def test_a_share_is_100_per_cent_of_all_alone():
    drawn = pd.DataFrame({"p_first": [0.997, 0.003], "rank_p05": 1.0, "rank_p95": 1.0})
    drawn.index = ["x", "y"]
    assert titles.random_ranks_title(drawn) == "x is first in over 99 % of the random weights"
    assert "x is first in over 99 % of the draws" in of_draws(drawn)
    shares = pd.DataFrame({"cluster": ["x", "y"], "rank": 1, "share": [0.998, 0.002]})
    assert titles.trials_title(shares, 999) == (
        "x is first in over 99 % of 999 combinations of choices, y in under 1 %"
    )


def test_titles_name_all_that_tie():
    drawn = pd.DataFrame({"p_first": [0.5, 0.5, 0.0]}, index=list("xyz"))
    assert (
        titles.random_ranks_title(drawn) == "x and y are each first in 50 % of the random weights"
    )
    parts = pd.DataFrame({"a": [20.0], "b": [20.0], "c": [5.0]}, index=["x"])
    assert titles.contributions_title(parts) == (
        "a and b add most to the score of x: 20 of 45 points each"
    )
    carried = pd.DataFrame({"effective": [0.5, 0.5], "nominal": [0.6, 0.4]}, index=["a", "b"])
    assert titles.weights_title(carried) == "a and b carry most of the total: 50 % each"
    left_out = pd.DataFrame({"left_out": ["a", "b"], "mean_abs_rank_shift": [1.0, 1.0]})
    assert titles.leave_one_out_title(left_out) == (
        "Without any one of a and b the order changes most, by 1 rank on average"
    )


def test_units_that_move_as_much_are_all_told():
    data = pd.DataFrame({"a": [3.0, 1.0], "b": [1.0, 2.5]}, index=["x", "y"])
    result = integral_indicator(indicator_matrix(data, direction="up"))
    table = pd.DataFrame(
        {"p_first": [0.5, 0.5], "rank_best": 1, "rank_worst": 2, "combinations": 2},
        index=["x", "y"],
    )
    trials = replace(try_ranking(result, replicates=2), ranks=table)
    assert "; x and y move most, by 1 rank each." in of_trials(result, trials)


def test_what_open_gaps_count_under_other_weights_is_told():
    data = pd.DataFrame({"a": [3.0, 2.0, 1.0], "b": [1.0, None, 3.0]}, index=list("xyz"))
    matrix = indicator_matrix(data, direction="up")
    result = integral_indicator(matrix)
    said = of_trials(result, try_ranking(result, replicates=2))
    assert said.endswith("a missing value counts the lowest that its indicator allows.")
    changes = views.smallest_changes(result, "y")
    assert of_changes(changes, "y", result).endswith("lowest that its indicator allows here.")
    filled = integral_indicator(matrix, gaps="median")
    assert "missing value" not in of_trials(filled, try_ranking(filled, replicates=2))
    assert "missing value" not in of_changes(views.smallest_changes(filled, "y"), "y", filled)


def test_choices_that_matter_as_much_are_both_named():
    indices = pd.DataFrame({"first_order": [0.0, 0.0, 0.1], "total": [0.9, 0.9, 0.1]})
    indices.index = ["gaps", "weights", "treatment"]
    assert of_sensitivity(indices) == (
        "Ranks depend most on the treatment of gaps and the weights: each explains 90 % of their "
        "variance together with the other choices."
    )


def test_pairs_without_a_correlation_and_weights_without_a_difference_are_told_so():
    pairs = pd.DataFrame({"first": ["a"], "second": ["b"], "correlation": [float("nan")]})
    assert integral.of_correlations(pairs).startswith("No pair of indicators has a correlation: ")
    pairs["correlation"] = -0.5
    assert integral.of_correlations(pairs) == (
        "In 1 of 1 pair of indicators one goes against the other."
    )
    carried = pd.DataFrame({"nominal": [0.5, 0.5], "effective": [0.5, 0.5]}, index=["a", "b"])
    assert integral.of_weights(carried) == (
        "Every indicator carries of the total what it counts by its weight."
    )


def test_an_indicator_of_one_unit_or_in_which_all_are_level_has_no_best():
    data = pd.DataFrame(
        {"a": [3.0, 1.0], "b": [1.0, 2.0], "alone": [4.0, None], "level": [5.0, 5.0]},
        index=["x", "y"],
    )
    posts = pd.DataFrame(
        {"label": list(data), "direction": "up", "goalpost_low": 0.0, "goalpost_high": 9.0},
        index=pd.Index(data.columns, name="indicator"),
    )
    matrix = indicator_matrix(data, indicators=posts)
    assert titles.normalised_title(integral_indicator(matrix)) == (
        "x and y are best in 1 of 2 indicators each"
    )
    level = indicator_matrix(data[["alone", "level"]], indicators=posts.loc[["alone", "level"]])
    assert titles.normalised_title(integral_indicator(level)) == (
        "No indicator tells the units apart"
    )
