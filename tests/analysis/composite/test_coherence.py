"""Correlations with flags, what pillars measure, and effective weights beside nominal ones."""

import numpy as np
import pandas as pd
import pytest

from analysis.composite import (
    agreeing_weights,
    correlation_matrix,
    correlation_ratio,
    cronbach_alpha,
    effective_weights,
    eigenvalues,
    indicator_correlations,
    indicator_matrix,
    indicator_weights,
    integral_indicator,
    matching_weights,
    pillar_diagnostics,
)


@pytest.fixture(scope="module")
def result():
    chance = np.random.default_rng(6)
    common = chance.normal(size=60)
    data = pd.DataFrame(
        {
            "a": common + chance.normal(size=60),
            "b": common + 0.01 * chance.normal(size=60),
            "c": -common + chance.normal(size=60),
            "d": common + chance.normal(size=60),
            "e": common + chance.normal(size=60),
        }
    )
    about = pd.DataFrame({"direction": "up", "pillar": list("PPPQQ")}, index=list("abcde"))
    data["b2"] = data["b"]
    more = pd.DataFrame({"direction": ["up"], "pillar": ["Q"]}, index=["b2"])
    matrix = indicator_matrix(data, indicators=pd.concat([about, more]))
    return integral_indicator(matrix)


def test_pairs_are_flagged(result):
    table = indicator_correlations(result).set_index(["first", "second"])
    assert table.loc[("a", "c"), "flag"] == "negative within a pillar"
    assert table.loc[("b", "b2"), "flag"] == "nearly the same indicator twice"
    assert not table.loc[("b", "b2"), "within"]
    assert table.loc[("c", "d"), "flag"] == ""  # negative, and not of one pillar
    wanted = result.normalised.corr()
    np.testing.assert_allclose(correlation_matrix(result), wanted, rtol=1e-12)


def test_what_rounding_leaves_of_no_correlation_is_not_negative():
    # by hand: deviations in proportion to -3, -1, 1, 3 and -6, 10, -2, -2; products 18, -10, -2, -6
    data = pd.DataFrame({"a": [0.1, 0.2, 0.3, 0.4], "b": [0.2, 0.6, 0.3, 0.3]})
    result = integral_indicator(indicator_matrix(data, direction="up"))
    assert indicator_correlations(result)[["correlation", "flag"]].values.tolist() == [[0, ""]]


def test_where_there_are_no_pillars_no_pair_is_flagged_within_one():
    data = pd.DataFrame({"a": [1.0, 2, 3, 4], "b": [4.0, 3, 2, 2], "c": [1.0, 2, 2, 5]})
    table = indicator_correlations(integral_indicator(indicator_matrix(data, direction="up")))
    flags = dict(zip(table["first"] + table["second"], table["flag"], strict=True))
    assert flags["ab"] == "negative within the total"
    assert not table["flag"].str.contains("pillar").any()


def test_pairs_with_gaps_use_the_units_that_have_both():
    data = pd.DataFrame(
        {"a": [1.0, 2, 3, 4, np.nan], "b": [1.0, 3, 2, np.nan, 9], "c": [2.0, 1, 4, 3, 6]}
    )
    result = integral_indicator(indicator_matrix(data, direction="up"))
    table = indicator_correlations(result)
    assert table["n"].tolist() == [3, 4, 4]
    wanted = [data[list(pair)].dropna().corr().iloc[0, 1] for pair in ("ab", "ac", "bc")]
    assert table["correlation"].tolist() == pytest.approx(wanted)


def test_pillars_have_the_alpha_and_the_eigenvalues_of_their_parts(result):
    table = pillar_diagnostics(result).set_index("name")
    parts = result.normalised[["a", "b", "c"]]
    assert table.loc["P", "alpha"] == pytest.approx(cronbach_alpha(parts)["alpha"].iloc[0])
    assert table.loc["P", "eigenvalue_1"] == pytest.approx(eigenvalues(parts)["eigenvalue"].iloc[0])
    assert table.loc["total", "parts"] == 2 and (table["reason"] == "").all()


def test_a_pillar_of_one_part_and_a_constant_part_have_a_reason():
    data = pd.DataFrame({"a": [1.0, 2, 3], "b": [1.0, 1, 1], "c": [3.0, 1, 2]})
    about = pd.DataFrame(
        {"direction": "up", "pillar": list("PPQ"), "goalpost_low": 0.0, "goalpost_high": 9.0},
        index=list("abc"),
    )
    table = pillar_diagnostics(integral_indicator(indicator_matrix(data, indicators=about)))
    assert table["reason"].tolist() == ["constant: b", "one part only", ""]


def test_effective_weights_are_squared_correlations_and_flag_what_carries_nothing(result):
    table = indicator_weights(result)
    total = result.nodes.low[:, -1]
    wanted = np.array([np.corrcoef(column, total)[0, 1] for column in result.scaled.values.T])
    assert table["correlation"].tolist() == pytest.approx(wanted.tolist())
    assert table["effective"].tolist() == pytest.approx((wanted**2 / (wanted**2).sum()).tolist())
    assert table.loc["c", "flag"] == "moves against the total"
    idle = indicator_weights(integral_indicator(result.matrix, weights={"a": 0}))
    assert idle.loc["a", "flag"] == "carries nothing"
    assert table["nominal"].sum() == pytest.approx(1)


def test_independent_parts_of_equal_spread_carry_their_squared_weights():
    chance = np.random.default_rng(2)
    cells, _ = np.linalg.qr(chance.normal(size=(50, 3)) - 0)
    cells = cells - cells.mean(axis=0)
    cells, _ = np.linalg.qr(cells)
    parts = pd.DataFrame(cells, columns=list("abc"))
    weights = np.array([0.5, 0.3, 0.2])
    table = effective_weights(parts, parts @ weights, weights)
    assert table["effective"].tolist() == pytest.approx((weights**2 / (weights**2).sum()).tolist())


@pytest.mark.parametrize("target", [None, [3, 1, 1], [2, 3, 3]])
def test_matching_weights_bring_about_what_was_wanted(target):
    chance = np.random.default_rng(5)
    common = chance.normal(size=(40, 1))
    parts = pd.DataFrame((common + chance.normal(size=(40, 3))) * [1, 10, 0.1], columns=list("abc"))
    found = matching_weights(parts, target)
    assert found.exact and found.unique
    wanted = np.ones(3) if target is None else np.array(target)
    got = effective_weights(parts, parts @ found.weights, found.weights)["effective"]
    assert got.tolist() == pytest.approx((wanted / wanted.sum()).tolist())


def test_where_no_weights_match_it_is_said_and_the_closest_are_given():
    chance = np.random.default_rng(5)
    common = chance.normal(size=(40, 1))
    parts = pd.DataFrame(common + chance.normal(size=(40, 3)), columns=list("abc"))
    found = matching_weights(parts, [1, 2, 20])
    assert not found.exact and "below zero" in found.reason
    assert (found.weights >= 0).all() and found.weights.sum() == pytest.approx(1)
    twice = parts.assign(c=parts["a"] * 2)
    assert not matching_weights(twice).unique


def test_weights_that_agree_can_be_given_back_to_the_chain():
    chance = np.random.default_rng(11)
    common = chance.normal(size=(60, 1))
    data = pd.DataFrame(common + chance.normal(size=(60, 4)), columns=list("abcd"))
    about = pd.DataFrame({"direction": "up", "pillar": list("PPQQ")}, index=list("abcd"))
    matrix = indicator_matrix(data, indicators=about)
    found = agreeing_weights(integral_indicator(matrix))
    assert found.exact
    again = indicator_weights(integral_indicator(matrix, weights=found.weights))
    assert again["effective"].tolist() == pytest.approx([0.25] * 4)


def test_the_correlation_ratio_sees_a_curve_that_the_correlation_does_not():
    x = np.linspace(-1, 1, 41)
    assert abs(np.corrcoef(x, x**2)[0, 1]) < 1e-12
    assert correlation_ratio(x, x**2) == pytest.approx(1, abs=1e-3)
    assert correlation_ratio(x, 3 * x) == pytest.approx(1, abs=1e-6)
    assert np.isnan(correlation_ratio([1, 1, 1], [1, 2, 3]))
    noise = np.random.default_rng(1).normal(size=(2, 400))
    assert correlation_ratio(*noise) < 0.05
