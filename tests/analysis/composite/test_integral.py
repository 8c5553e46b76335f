"""The integral indicator of numbers: matrix, gaps, scale, weights, means, and every refusal."""

from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from analysis import indicator_matrix, integral_indicator
from analysis.composite import FrameworkError

UNITS = ["north", "south", "east", "west"]


def study(rows, indicators, pillars=None, units=UNITS):
    """A study as far as the chain reads it."""
    series = pd.DataFrame(rows, columns=["cluster", "indicator", "year", "value"])
    clusters = pd.DataFrame({"name": [name.title() for name in units]}, index=units)
    return SimpleNamespace(clusters=clusters, series=series, indicators=indicators, pillars=pillars)


def about(**columns):
    names = columns.pop("names", ["jobs", "waste", "skills"])
    return pd.DataFrame(columns, index=names)


def cells(table, year=2020):
    return [
        (unit, name, year, value)
        for name, values in table.items()
        for unit, value in zip(UNITS, values, strict=True)
    ]


FULL = {"jobs": [1.0, 2.0, 3.0, 5.0], "waste": [9.0, 5.0, 7.0, 1.0], "skills": [2.0, 8.0, 2.0, 4.0]}
WORDS = about(direction=["up", "down", "up"], pillar=["P", "P", "Q"], weight=[1, 3, 1])
PILLARS = pd.DataFrame({"pillar": ["P", "Q"], "parent": ["", ""], "weight": [2.0, 1.0]})


def frame(table=FULL):
    return pd.DataFrame(table, index=UNITS)


def test_a_study_of_one_year_and_a_frame_give_the_same():
    one = indicator_matrix(study(cells(FULL), WORDS, PILLARS))
    other = indicator_matrix(frame(), indicators=WORDS, pillars=PILLARS)
    assert one.year == 2020
    pd.testing.assert_frame_equal(one.values, other.values)
    first, second = integral_indicator(one).ranking, integral_indicator(other).ranking
    pd.testing.assert_frame_equal(first.drop(columns="name"), second.drop(columns="name"))


def test_scores_by_hand():
    ranking = integral_indicator(
        indicator_matrix(frame(), indicators=WORDS, pillars=PILLARS)
    ).ranking
    jobs, waste, skills = (
        np.array([0, 25, 50, 100]),
        np.array([0, 50, 25, 100]),
        np.array([0, 100, 0, 100 / 3]),
    )
    by_hand = (2 * (jobs + 3 * waste) / 4 + skills) / 3
    assert ranking["score_low"].reindex(UNITS).tolist() == pytest.approx(by_hand.tolist())
    assert ranking.index[0] == "west" and ranking.loc["west", "rank_best"] == 1


def test_without_pillars_and_weights_it_is_one_level_and_says_so():
    matrix = indicator_matrix(frame(), direction="up")
    assert matrix.notes == ("no pillars: one level", "no weights: equal weights")
    assert integral_indicator(matrix).weights["weight_in_total"].tolist() == [1 / 3] * 3


def test_every_problem_of_the_framework_is_reported_at_once():
    words = about(
        direction=["up", "", "sideways"],
        pillar=["P", "R", "Q"],
        weight=[0.0, 1.0, -1.0],
        denominator=["people", "", "skills"],
        kind=["rank", "amount", "amount"],
    )
    pillars = pd.DataFrame({"pillar": ["P", "Q", "S"], "parent": ["Q", "P", "T"]})
    with pytest.raises(FrameworkError) as refusal:
        indicator_matrix(frame(), indicators=words, pillars=pillars)
    told = str(refusal.value)
    for part in (
        "direction of 'waste' is not given",
        "direction of 'skills' is sideways",
        "weight of 'skills' is -1",
        "denominator of 'jobs' is 'people', which is no indicator",
        "denominator of 'skills' is itself",
        "indicator 'jobs' is not divided",
        "pillar 'R' of 'waste' is not among the pillars",
        "parent of pillar 'S' is 'T'",
        "pillar 'P' is above itself",
        "pillar 'S' has no indicator",
    ):
        assert part in told, part


def test_weights_that_sum_to_zero_name_the_pillar():
    words = WORDS.assign(weight=[0.0, 0.0, 1.0])
    with pytest.raises(FrameworkError, match=r"weights of 'P' sum to zero.*'jobs', 'waste'"):
        indicator_matrix(frame(), indicators=words, pillars=PILLARS)


def test_a_denominator_is_of_the_same_unit_and_year_and_gaps_have_reasons():
    words = about(names=["jobs", "people"], direction=["up", ""], denominator=["people", ""])
    rows = cells({"jobs": [4.0, 6.0, 8.0, 1.0], "people": [2.0, 0.0, np.nan, 4.0]})
    rows += cells({"jobs": [3.0, 9.0, 8.0, 1.0], "people": [1.0, 3.0, 4.0, 4.0]}, 2019)
    matrix = indicator_matrix(study(rows, words), year=2020)
    assert matrix.values["jobs"].dropna().to_dict() == {"north": 2.0, "west": 0.25}
    assert matrix.left_out.set_index("name")["reason"]["people"] == "denominator only"
    kept = indicator_matrix(study(rows, words), year=2020, window=1)
    assert kept.values["jobs"].tolist() == [2.0, 3.0, 2.0, 0.25]
    assert kept.years["jobs"].tolist() == [2020, 2019, 2019, 2020]
    words = words.assign(kind=["count", "count"])
    three = {
        "jobs": [4.0, 6.0, 8.0, 1.0],
        "people": [2.0, 0.0, np.nan, 4.0],
        "skills": [1, 2, 3, 4],
    }
    both = pd.concat([words, about(names=["skills"], direction=["up"], denominator=[""])])
    gaps = indicator_matrix(frame(three), indicators=both, year=2020).gaps
    assert gaps["reason"].tolist() == [
        "denominator is zero (people)",
        "denominator not reported (people)",
    ]


def test_screening_counts_what_was_observed_and_lists_what_fell_out():
    holes = FULL | {"jobs": [1.0, np.nan, np.nan, np.nan], "skills": [2.0, np.nan, 2.0, 4.0]}
    matrix = indicator_matrix(frame(holes), direction="up", min_indicator_coverage=0.5)
    assert list(matrix.values) == ["waste", "skills"]
    fell = matrix.left_out.to_dict("records")[0]
    assert (fell["name"], fell["observed"], fell["of"], fell["threshold"]) == ("jobs", 1, 4, 0.5)
    matrix = indicator_matrix(frame(holes), direction="up", min_unit_coverage=0.6)
    assert list(matrix.values.index) == ["north", "east", "west"]


def test_a_unit_exactly_at_the_threshold_stays():
    known = np.array([[1.0] * 34 + [np.nan] * 16, [2.0] * 50, [3.0] * 50])
    data = pd.DataFrame(known, index=list("abc"))
    assert "a" in indicator_matrix(data, direction="up", min_unit_coverage=0.68).values.index


def test_a_gap_is_an_interval_and_its_unit_has_a_rank_interval():
    holes = FULL | {"jobs": [np.nan, 2.0, 3.0, 5.0]}
    result = integral_indicator(indicator_matrix(frame(holes), indicators=WORDS, pillars=PILLARS))
    row = result.ranking.loc["north"]
    assert row["score_high"] - row["score_low"] == pytest.approx(100 * 2 / 3 / 4)
    steps = result.steps.set_index(["cluster", "indicator"]).loc[("north", "jobs")]
    assert (steps["normalised_low"], steps["normalised_high"]) == (0, 100)
    assert steps["note"] == "not reported" and np.isnan(steps["raw"])
    low, high = result.contributions
    for end, name in ((low, "score_low"), (high, "score_high")):
        assert end.sum(axis=1).to_dict() == pytest.approx(result.ranking[name].to_dict())


def test_renormalised_coverage_is_that_of_the_data_below():
    holes = FULL | {"jobs": [np.nan, 2.0, 3.0, 5.0], "waste": [9.0, 5.0, np.nan, 1.0]}
    matrix = indicator_matrix(frame(holes), indicators=WORDS, pillars=PILLARS)
    table = integral_indicator(matrix, gaps="renormalise", min_coverage=0.7).scores
    one = table[table["cluster"] == "north"].set_index("name")
    assert one["coverage"].to_dict() == pytest.approx({"total": 5 / 6, "P": 0.75, "Q": 1.0})
    east = table[table["cluster"] == "east"].set_index("name")
    assert east["coverage"].to_dict() == pytest.approx({"total": 0.5, "P": 0.25, "Q": 1.0})
    assert east["reason"].tolist() == ["not enough observations"] * 2 + [""]
    assert np.isnan(east.loc["total", "score_low"]) and east.loc["total"].isna()["rank_best"]


@pytest.mark.parametrize(
    ("gaps", "value"),
    [("mean", 10 / 3), ("median", 3.0), ("group mean", 2.0), ("group median", 2.0)],
)
def test_filled_gaps_are_listed_and_their_share_stands_beside_the_score(gaps, value):
    holes = FULL | {"jobs": [np.nan, 2.0, 3.0, 5.0]}
    groups = pd.Series(["a", "a", "b", "b"], index=UNITS)
    matrix = indicator_matrix(frame(holes), indicators=WORDS, pillars=PILLARS, groups=groups)
    result = integral_indicator(matrix, gaps=gaps)
    assert result.changes["after"].tolist() == [value]
    assert result.ranking.loc["north", ["coverage", "imputed"]].tolist() == pytest.approx(
        [5 / 6, 1 / 6]
    )


def test_a_gap_that_a_method_cannot_fill_stays_an_interval():
    holes = FULL | {"jobs": [np.nan, np.nan, 3.0, 5.0]}
    groups = pd.Series(["a", "a", "b", "b"], index=UNITS)
    matrix = indicator_matrix(frame(holes), indicators=WORDS, pillars=PILLARS, groups=groups)
    row = integral_indicator(matrix, gaps="group mean").ranking.loc["north"]
    assert row["score_high"] > row["score_low"] and row["imputed"] == 0


def test_the_last_observation_is_taken_within_so_many_years():
    holes = FULL | {"jobs": [np.nan, 2.0, np.nan, 5.0]}
    rows = cells(holes) + cells({"jobs": [4.0, 1.0, np.nan, 1.0]}, 2019)
    rows += cells({"jobs": [7.0, 1.0, 6.0, 1.0]}, 2017)
    matrix = indicator_matrix(study(rows, WORDS, PILLARS), year=2020)
    one = integral_indicator(matrix, gaps="last observation", within=1)
    assert one.changes[["cluster", "after", "reason"]].values.tolist() == [
        ["north", 4.0, "value of 2019"]
    ]
    three = integral_indicator(matrix, gaps="last observation", within=3)
    assert three.changes["after"].tolist() == [4.0, 6.0]
    with pytest.raises(ValueError, match="a frame has no earlier years"):
        integral_indicator(indicator_matrix(frame(holes), direction="up"), gaps="last observation")


def test_regression_on_the_others_recovers_what_follows_from_them():
    pytest.importorskip("sklearn")
    chance = np.random.default_rng(1)
    first = chance.normal(size=40)
    data = pd.DataFrame({"a": first, "b": 2 * first + 1, "c": chance.normal(size=40)})
    truth = data.loc[3, "b"]
    data.loc[3, "b"] = np.nan
    matrix = indicator_matrix(data, direction="up")
    fills = [integral_indicator(matrix, gaps="regression", seed=2).changes for _ in range(2)]
    assert fills[0]["after"].tolist() == pytest.approx([truth], abs=0.01)
    pd.testing.assert_frame_equal(*fills)


def test_constant_empty_and_out_of_bounds_are_told_at_once_with_their_year():
    words = about(
        direction=["up"] * 3,
        goalpost_low=[np.nan, 2.0, np.nan],
        goalpost_high=[np.nan, 8.0, np.nan],
    )
    table = FULL | {"jobs": [3.0] * 4}
    with pytest.raises(FrameworkError) as refusal:
        integral_indicator(indicator_matrix(frame(table), indicators=words, year=2020))
    told = str(refusal.value)
    assert "'jobs' is 3 wherever it is known in 2020" in told
    assert "'waste' of unit 'north' is 9 in 2020, beyond its goalposts 2 and 8" in told
    assert "'waste' of unit 'west' is 1 in 2020" in told


def test_goalposts_give_the_scale_and_clipping_is_asked_for():
    words = about(direction=["up", "down", "up"], goalpost_low=[0, 0, 0], goalpost_high=[10, 10, 5])
    matrix = indicator_matrix(frame(), indicators=words)
    assert integral_indicator(matrix, beyond="clip").normalised.loc["south"].tolist() == [
        20,
        50,
        100,
    ]


def test_the_geometric_mean_refuses_zeros_and_offers_a_cure():
    matrix = indicator_matrix(frame(), indicators=WORDS, pillars=PILLARS)
    with pytest.raises(FrameworkError, match=r"'jobs' of unit 'north' is 0.*") as refusal:
        integral_indicator(matrix, aggregation="geometric")
    assert "scale=(1, 100)" in str(refusal.value)
    low, high = 1, 100
    result = integral_indicator(matrix, aggregation="geometric", scale=(low, high))
    arithmetic = integral_indicator(matrix, scale=(low, high))
    order = result.ranking.index
    assert (
        result.ranking["score_low"] <= arithmetic.ranking["score_low"].reindex(order) + 1e-9
    ).all()


def test_an_exponent_per_level_lowest_first():
    matrix = indicator_matrix(frame(), indicators=WORDS, pillars=PILLARS)
    result = integral_indicator(matrix, aggregation=["arithmetic", "geometric"], scale=(1, 100))
    p, q = result.nodes.low[:, 0], result.nodes.low[:, 1]
    np.testing.assert_allclose(result.nodes.low[:, 2], np.exp((2 * np.log(p) + np.log(q)) / 3))


@pytest.mark.parametrize("weights", ["entropy", "critic", "correlation", "first_component"])
def test_weights_from_the_data_are_those_of_the_library_within_each_pillar(weights):
    from analysis.composite import WEIGHTS
    from analysis.composite.chain.level_weights import SCHEMES

    chance = np.random.default_rng(4)
    data = pd.DataFrame(
        chance.normal(size=(30, 4)) + chance.normal(size=(30, 1)), columns=list("abcd")
    )
    words = pd.DataFrame({"direction": "up", "pillar": ["P", "P", "Q", "Q"]}, index=list("abcd"))
    result = integral_indicator(indicator_matrix(data, indicators=words), weights=weights)
    scheme = WEIGHTS.get(weights, SCHEMES[weights])
    shares = result.weights["weight_in_parent"]
    assert shares[["a", "b"]].tolist() == pytest.approx(
        scheme(result.normalised[["a", "b"]]).tolist()
    )
    pillars = pd.DataFrame(result.nodes.low[:, :2], columns=["P", "Q"])
    assert shares[["P", "Q"]].tolist() == pytest.approx(scheme(pillars).tolist())


def test_mixed_signs_on_the_first_component_are_refused_by_name():
    data = pd.DataFrame({"a": [1, 2, 3, 4.0], "b": [2, 3, 4, 6.0], "c": [9, 7, 5, 2.0]})
    with pytest.raises(ValueError, match="mixed signs: 'c' against the others"):
        integral_indicator(indicator_matrix(data, direction="up"), weights="first_component")


def test_unknown_words_are_told_together_with_what_is_allowed():
    matrix = indicator_matrix(frame(), direction="up")
    with pytest.raises(ValueError) as refusal:
        integral_indicator(
            matrix, gaps="zero", treatment="cut", normalisation="max", weights="best",
            aggregation="median",
        )  # fmt: skip
    told = str(refusal.value)
    for word in ("'zero'", "'cut'", "'max'", "'best'", "'median'", "interval", "winsorise"):
        assert word in told
    with pytest.raises(TypeError, match="no choice is called 'treatmnt'; there are: gaps"):
        integral_indicator(matrix, treatmnt="log")


def test_own_weights_leave_the_others_as_given_and_unknown_names_are_refused():
    matrix = indicator_matrix(frame(), indicators=WORDS, pillars=PILLARS)
    result = integral_indicator(matrix, weights={"P": 1})
    assert result.weights.loc["P", "weight_in_parent"] == 0.5
    assert result.weights.loc["waste", "weight_in_parent"] == 0.75
    with pytest.raises(ValueError, match="'R', neither indicator nor pillar"):
        integral_indicator(matrix, weights={"R": 1})


def test_one_unit_is_refused_and_two_are_ranked():
    data = frame().iloc[:2]
    assert len(integral_indicator(indicator_matrix(data, direction="up")).ranking) == 2
    with pytest.raises(ValueError, match="at least two units; only 'north' is left"):
        indicator_matrix(data.iloc[:1], direction="up")


def test_a_year_without_values_names_those_that_have_some():
    with pytest.raises(ValueError, match="year is 1999, without a value; years with values: 2020"):
        indicator_matrix(study(cells(FULL), WORDS, PILLARS), year=1999)


def test_copeland_and_kemeny_want_every_cell():
    matrix = indicator_matrix(frame(), indicators=WORDS, pillars=PILLARS)
    for aggregation in ("copeland", "kemeny"):
        assert integral_indicator(matrix, aggregation=aggregation).ranking.index[0] == "west"
        holes = indicator_matrix(frame(FULL | {"jobs": [np.nan, 2, 3, 5]}), direction="up")
        with pytest.raises(FrameworkError, match="'jobs' of unit 'north' is open"):
            integral_indicator(holes, aggregation=aggregation)


def test_several_orders_of_kemeny_are_ranks_that_span_them():
    # of all 24 orders four agree with most pairs: south is 1st or 2nd, west anything, and so on
    table = {"a": [1, 3, 2, 4], "b": [3, 4, 2, 1], "c": [3, 2, 4, 1], "d": [1, 3, 2, 4]}
    told = {"north": [3, 4], "south": [1, 2], "east": [2, 3], "west": [1, 4]}
    for units in (UNITS, UNITS[::-1]):
        data = pd.DataFrame(table, index=UNITS).loc[units].astype(float)
        result = integral_indicator(indicator_matrix(data, direction="up"), aggregation="kemeny")
        ranks = result.ranking[["rank_best", "rank_worst"]]
        assert {unit: ranks.loc[unit].tolist() for unit in UNITS} == told
        assert "several orders" in " ".join(result.nodes.notes)


def test_every_step_can_be_taken_out_as_a_table():
    from analysis.composite.chain.integral import TABLES

    result = integral_indicator(indicator_matrix(frame(), indicators=WORDS, pillars=PILLARS))
    for name in TABLES:
        assert isinstance(result.table(name), pd.DataFrame)
    with pytest.raises(KeyError, match="no step 'magic'"):
        result.table("magic")
    assert "can be first: west" in repr(result) and "<table" in result._repr_html_()
    assert repr(result.matrix) == "IndicatorMatrix(4 x 3, 0 gaps, 0 left out)"


def test_a_coverage_threshold_may_be_that_of_one_pillar():
    holes = FULL | {"jobs": [np.nan, 2.0, 3.0, 5.0], "skills": [2.0, np.nan, 2.0, 4.0]}
    matrix = indicator_matrix(frame(holes), indicators=WORDS, pillars=PILLARS)
    table = integral_indicator(matrix, gaps="renormalise", min_coverage={"P": 0.8}).scores
    table = table.set_index(["name", "cluster"])["score_low"]
    assert np.isnan(table["P", "north"]) and not np.isnan(table["total", "north"])
    assert not np.isnan(table["total", "south"])
    with pytest.raises(ValueError, match="min_coverage names 'R'; nodes are: P, Q, total"):
        integral_indicator(matrix, gaps="renormalise", min_coverage={"R": 0.8})


def test_benefit_of_the_doubt_gives_each_unit_its_own_weights():
    from analysis.composite import benefit_of_the_doubt

    matrix = indicator_matrix(frame(), direction={"jobs": "up", "waste": "down", "skills": "up"})
    result = integral_indicator(matrix, weights="benefit_of_the_doubt", shares=(0.1, 0.6))
    alone = benefit_of_the_doubt(result.normalised, low=0.1, high=0.6).scores
    scores = result.ranking["score_low"].reindex(UNITS)
    assert scores.tolist() == pytest.approx((100 * alone).tolist())
    assert result.contributions[0].sum(axis=1).tolist() == pytest.approx(scores.tolist())
    assert result.weights["weight_in_parent"].sum() == pytest.approx(1)


def test_both_tails_are_winsorised_and_every_moved_value_is_listed():
    values = [*np.linspace(10, 20, 30), 400.0, -370.0]
    data = pd.DataFrame({"a": values, "b": np.arange(32.0)})
    matrix = indicator_matrix(data, direction="up")
    plain = integral_indicator(matrix).treatment.set_index("indicator").loc["a"]
    assert plain["passes"] and "look at both ends" in plain["note"]
    result = integral_indicator(matrix, treatment="winsorise", rule="either")
    moved = result.changes
    assert moved[["before", "after"]].values.tolist() == [[400.0, 20.0], [-370.0, 10.0]]
    assert result.treatment["points"].tolist() == [2, 0]
    notes = result.steps.set_index(["cluster", "indicator"])["note"]
    assert notes[30, "a"] == notes[31, "a"] == "winsorised" and notes[0, "a"] == ""


def test_a_treatment_that_makes_values_equal_or_constant_is_not_kept():
    values = [80.0, 80.0, 80.0, 80.0, 80.0, 80.0, 80.0, 95.0]
    data = pd.DataFrame({"a": values, "b": np.arange(8.0)})
    table = integral_indicator(
        indicator_matrix(data, direction="up"), treatment="winsorise"
    ).treatment
    assert table.loc[0, "method"] == "none"
    assert table.loc[0, "note"] == "winsorise of 1 points: it leaves a constant; not kept"
    crowd = [60.0, 61.0, 60.0, 62.0, 61.0, 60.0, 95.0, 60.0, 61.0]
    data = pd.DataFrame({"a": crowd, "b": np.arange(9.0)})
    result = integral_indicator(indicator_matrix(data, direction="up"), treatment="box-cox")
    assert result.table("treated")["a"].nunique() == 4


def test_the_steps_have_the_columns_of_the_contract():
    result = integral_indicator(indicator_matrix(frame(), indicators=WORDS, pillars=PILLARS))
    assert list(result.steps) == [
        *("cluster", "indicator", "year", "raw", "denominated", "treated", "normalised_low"),
        *("normalised_high", "weight", "contribution_low", "contribution_high", "note"),
    ]
    assert list(result.scores)[:9] == [
        *("cluster", "year", "level", "name", "score_low", "score_high", "rank_best"),
        *("rank_worst", "coverage"),
    ]
    wanted = ["indicator", "skewness_before", "kurtosis_before", "method", "points"]
    assert [*wanted, "skewness_after", "kurtosis_after"] == [
        name for name in result.treatment if name in (*wanted, "skewness_after", "kurtosis_after")
    ]


def test_an_indicator_that_only_fallen_units_have_falls_out_as_well():
    holes = {
        "jobs": [1.0, np.nan, np.nan, np.nan],
        "waste": [np.nan, 5.0, 7.0, 1.0],
        "skills": [np.nan, 8.0, 2.0, 4.0],
    }
    matrix = indicator_matrix(frame(holes), direction="up", min_unit_coverage=0.5)
    assert list(matrix.values) == ["waste", "skills"] and len(matrix.values) == 3
    assert matrix.left_out[["name", "reason"]].values.tolist() == [
        ["jobs", "none of the units that are left has a value"],
        ["north", "too few observations"],
    ]
    assert len(integral_indicator(matrix).ranking) == 3


def test_refusals_of_weights_name_unit_and_indicator():
    data = frame({"jobs": [-1.0, 2.0, 3.0, 5.0], "waste": [9.0, 5.0, 7.0, 1.0]})
    matrix = indicator_matrix(data, direction="up")
    with pytest.raises(ValueError, match="row 'north', column 'jobs' is negative"):
        integral_indicator(matrix, normalisation="none", weights="entropy")


@pytest.mark.parametrize("treatment", ["log", "box-cox"])
def test_a_transformation_that_makes_different_values_equal_is_not_kept(treatment):
    step = 2.0**-52  # neighbours of 1
    values = [1.0, 1 + step, 1 + 2 * step, 1 + 4 * step, 1000.0, 1 + step, 1.0, 1.0, 1.0]
    data = pd.DataFrame({"a": values, "b": np.arange(9.0)})
    table = integral_indicator(
        indicator_matrix(data, direction="up"), treatment=treatment
    ).treatment
    assert table.loc[0, "note"] == f"{treatment}: values that differed are made equal; not kept"
    assert table.loc[0, "method"] == "none" and not table.loc[0, "passes"]


def test_a_unit_must_have_enough_in_every_pillar_if_that_is_asked():
    holes = FULL | {"jobs": [np.nan, 2.0, 3.0, 5.0], "waste": [np.nan, 5.0, np.nan, 1.0]}
    ask = {"indicators": WORDS, "pillars": PILLARS}
    matrix = indicator_matrix(frame(holes), **ask, min_pillar_coverage=0.6)
    assert list(matrix.values.index) == ["south", "west"]
    fell = matrix.left_out[["name", "pillar", "observed", "of", "coverage"]]
    assert fell.values.tolist() == [["north", "P", 0, 2, 0.0], ["east", "P", 1, 2, 0.5]]
    assert len(indicator_matrix(frame(holes), **ask, min_pillar_coverage=0.5).values) == 3


def test_regression_stays_within_what_was_observed():
    pytest.importorskip("sklearn")
    chance = np.random.default_rng(3)
    first = chance.uniform(0, 1, size=30)
    data = pd.DataFrame({"a": first, "b": 3 * first - 1, "c": chance.uniform(size=30)})
    top = data["a"].idxmax()
    data.loc[top, "b"] = np.nan  # the line alone would go beyond all others
    result = integral_indicator(indicator_matrix(data, direction="up"), gaps="regression")
    assert result.changes["after"].tolist() == [data["b"].max()]


def test_copeland_takes_the_weights_that_data_give_to_arithmetic_means():
    from analysis.composite import copeland

    matrix = indicator_matrix(frame(), indicators=WORDS, pillars=PILLARS)
    mean = integral_indicator(matrix, weights="entropy")
    result = integral_indicator(matrix, weights="entropy", aggregation="copeland")
    weights = mean.weights["weight_in_total"][list(FULL)]
    assert result.weights["weight_in_total"][list(FULL)].tolist() == weights.tolist()
    wanted = copeland(result.normalised, weights)["score"]
    assert result.ranking["score_low"].reindex(UNITS).tolist() == wanted.tolist()
    with pytest.raises(ValueError, match="benefit of the doubt gives each its own"):
        integral_indicator(matrix, weights="benefit_of_the_doubt", aggregation="copeland")


def test_a_gap_in_a_treated_column_is_no_moved_value():
    values = [*np.linspace(10, 20, 30), 400.0, np.nan]
    data = pd.DataFrame({"a": values, "b": np.arange(32.0)})
    result = integral_indicator(indicator_matrix(data, direction="up"), treatment="winsorise")
    notes = result.steps.set_index(["cluster", "indicator"])["note"]
    assert notes[30, "a"] == "winsorised" and notes[31, "a"] == "not reported"
    assert result.changes["cluster"].tolist() == [30]


def test_a_denominator_below_zero_is_refused_in_the_year_and_a_gap_before_it():
    words = about(names=["jobs", "people"], direction=["up", ""], denominator=["people", ""])
    now = {"jobs": [4.0, 6.0, 8.0, 1.0], "people": [2.0, 3.0, np.nan, 4.0]}
    before = {"jobs": [4.0, 6.0, 8.0, 1.0], "people": [2.0, 3.0, -2.0, 4.0]}
    rows = cells(now) + cells(before, 2019)
    assert indicator_matrix(study(rows, words), year=2020, window=1).values["jobs"].count() == 3
    with pytest.raises(FrameworkError, match="'people' of 'east' is -2 in 2019; wanted none below"):
        indicator_matrix(study(rows, words), year=2019)


def test_a_year_of_plans_is_named_as_such():
    planned = study(cells(FULL) + cells(FULL, 2021), WORDS, PILLARS)
    planned.series["standing"] = np.where(planned.series["year"] == 2021, "target", "outcome")
    assert indicator_matrix(planned).year == 2020
    with pytest.raises(ValueError, match="it holds plans or an unfinished year"):
        indicator_matrix(planned, year=2021)
    assert indicator_matrix(planned, year=2021, standings="all").year == 2021
