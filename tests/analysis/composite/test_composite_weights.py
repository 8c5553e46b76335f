"""Weights: by hand, against scikit-criteria, and the refusals; benefit of the doubt."""

import warnings
from decimal import Decimal, localcontext
from fractions import Fraction
from itertools import permutations

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from analysis.composite import (
    WEIGHTS,
    benefit_of_the_doubt,
    critic,
    entropy,
    equal,
    first_component,
    loadings,
    matching_weights,
    minmax,
)
from analysis.composite import given as given_weights
from analysis.composite.weights import weight_values

DATA = pd.DataFrame(
    {"jobs": [0.0, 0.5, 1.0, 0.2], "sales": [1.0, 0.0, 0.3, 0.4], "rd": [0.2, 0.0, 1.0, 0.9]},
    index=list("abcd"),
)
RIVAL_FRAMES = arrays(float, (6, 3), elements=st.floats(0.1, 9)).map(
    lambda cells: pd.DataFrame(cells, columns=["x", "y", "z"])
)


@pytest.mark.parametrize("name", WEIGHTS)
def test_weights_sum_to_one_and_carry_the_names(name):
    extra = {"weights": [1, 2, 5]} if name == "given" else {}
    weights = WEIGHTS[name](DATA, **extra)
    assert weights.index.tolist() == ["jobs", "sales", "rd"]
    assert weights.sum() == pytest.approx(1, abs=1e-12)
    assert (weights >= 0).all()


def test_equal_and_given_by_hand():
    assert equal(DATA).tolist() == [1 / 3] * 3
    by_name = given_weights(DATA, weights=pd.Series({"rd": 5, "jobs": 1, "sales": 2}))
    assert by_name.tolist() == [1 / 8, 2 / 8, 5 / 8]


def test_entropy_by_hand():
    # shares 1/2, 1/2 have entropy 1; shares 1/4, 3/4 have 2 - 3/4 log2(3)
    data = pd.DataFrame({"even": [2.0, 2.0], "uneven": [1.0, 3.0], "one": [0.0, 4.0]})
    divergence = np.array([0, 1 - (2 - 0.75 * np.log2(3)), 1])
    assert entropy(data).tolist() == pytest.approx((divergence / divergence.sum()).tolist())


def test_critic_by_hand():
    # x and y are opposite (r = -1), z is flat against both (r = 0): conflicts 3, 3, 2
    data = pd.DataFrame({"x": [0.0, 0.5, 1.0], "y": [1.0, 0.5, 0.0], "z": [0.0, 1.0, 0.0]})
    spread = np.sqrt([1 / 6, 1 / 6, 2 / 9])
    expected = spread * [3, 3, 2]
    assert critic(data).tolist() == pytest.approx((expected / expected.sum()).tolist())


def test_first_component_is_the_squared_loading():
    squares = loadings(DATA)["pc1"] ** 2
    assert first_component(DATA).tolist() == pytest.approx((squares / squares.sum()).tolist())


@given(data=RIVAL_FRAMES)
def test_entropy_and_critic_agree_with_scikit_criteria(data):
    weighters = pytest.importorskip("skcriteria.preprocessing.weighters")
    assume((data.nunique() > 1).all() and (data.std() > 1e-3).all())
    values = data.to_numpy()
    assume(np.corrcoef(values.T).min() < 1 - 1e-6)  # else the rival divides zero by zero
    assert np.allclose(entropy(data), weighters.entropy_weights(values), rtol=1e-6, atol=1e-9)
    # the rival scales to min-max itself; its population deviation is the same weight as any
    rival = weighters.critic_weights(values, np.array([1, 1, 1]))
    assert np.allclose(critic(minmax(data)), rival, rtol=1e-6, atol=1e-9)


def test_where_scikit_criteria_gives_nan_the_column_is_named():
    # a column without spread has no correlation: the rival returns NaN for all weights
    with pytest.raises(ValueError, match="'sales' is constant"):
        critic(DATA.assign(sales=0.5))


@pytest.mark.parametrize(
    ("call", "error", "words"),
    [
        (lambda: weight_values([0, 0], ["x", "y"]), ValueError, "all weights are zero"),
        (lambda: weight_values([1, -1], ["x", "y"]), ValueError, "weight of 'y' is -1"),
        (lambda: weight_values([1, np.nan], ["x", "y"]), ValueError, "weights of 'y' is nan"),
        (lambda: weight_values([1], ["x", "y"]), ValueError, "weights has 1 entries for 2"),
        (lambda: weight_values({"x": 1, "z": 1}, ["x", "y"]), KeyError, "lacks .'y'.*'z'"),
        (lambda: entropy(DATA - 0.5), ValueError, "row 'a', column 'jobs' is negative"),
        (lambda: entropy(DATA.assign(rd=0.0)), ValueError, "'rd' is all zero"),
        (lambda: entropy(DATA * 0 + 0.1), ValueError, "every column is constant"),
        (lambda: entropy(DATA.iloc[:1]), ValueError, "data has 1 unit; wanted at least 2"),
        (lambda: critic(DATA[["jobs"]]), ValueError, "perfectly correlated"),
        (lambda: critic(DATA.assign(rd=2 * DATA["jobs"])[["jobs", "rd"]]), ValueError, "conflict"),
        (lambda: first_component(DATA.assign(rd=0.1)), ValueError, "'rd' is constant"),
        (lambda: critic(DATA.replace(0.9, np.nan)), ValueError, "nan at row 'd', column 'rd'"),
    ],
)
def test_refusals(call, error, words):
    with pytest.raises(error, match=words):
        call()


def test_benefit_of_the_doubt_by_hand():
    # c is half of a in one and half of b in the other; w = (1, 1) gives it 0.4 + 0.4
    data = pd.DataFrame({"x": [1.0, 0.0, 0.4], "y": [0.0, 1.0, 0.4]}, index=list("abc"))
    result = benefit_of_the_doubt(data)
    assert result.scores.tolist() == pytest.approx([1, 1, 0.8])
    assert result.weights.loc["c"].tolist() == pytest.approx([1, 1])
    # with equal shares forced, w = (1, 1) for all
    forced = benefit_of_the_doubt(data, low=0.5, high=0.5)
    assert forced.scores.tolist() == pytest.approx([1, 1, 0.8])
    assert forced.shares.to_numpy() == pytest.approx(np.full((3, 2), 0.5))


def test_equally_good_weights_are_the_most_even_ones_in_any_order_of_columns():
    # a is best in everything, so that any shares give it 1: least squares of weights are equal ones
    data = pd.DataFrame({"x": [2.0, 1, 2], "y": [4.0, 4, 1], "z": [8.0, 2, 2]}, index=list("abc"))
    result = benefit_of_the_doubt(data)
    assert (result.weights * data.max()).loc["a"].tolist() == pytest.approx([1 / 3] * 3)
    for order in permutations(data.columns):
        again = benefit_of_the_doubt(data[list(order)])
        assert again.scores.tolist() == pytest.approx(result.scores.tolist(), abs=1e-12)
        wanted = result.weights[list(order)].to_numpy()
        assert again.weights.to_numpy() == pytest.approx(wanted, abs=1e-7)


def test_parts_that_cancel_each_other_out_match_no_weights_and_say_so_in_silence():
    data = pd.DataFrame({"a": [1.0, 2, 4], "b": [-1.0, -2, -4]})
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found = matching_weights(data)
    assert (found.exact, found.weights.tolist()) == (False, [0.5, 0.5])


def test_a_unit_or_a_column_of_zeros_is_no_obstacle():
    data = pd.DataFrame({"x": [2.0, 0.0, 1.0], "y": [0.0, 0.0, 0.0]}, index=list("abc"))
    result = benefit_of_the_doubt(data)
    assert result.scores.tolist() == pytest.approx([1, 0, 0.5])
    assert result.shares.notna().all(axis=None)


@given(arrays(float, (5, 3), elements=st.integers(0, 6).map(float)))
def test_benefit_of_the_doubt_is_feasible_and_no_worse_than_equal_weights(cells):
    assume(cells.any())
    data = pd.DataFrame(cells)
    result = benefit_of_the_doubt(data, low=0.2, high=0.6)
    table = data.to_numpy() @ result.weights.to_numpy().T  # unit x whose weights
    assert table.max() <= 1 + 1e-7
    assert np.diag(table) == pytest.approx(result.scores.to_numpy(), abs=1e-7)
    shares = result.shares.to_numpy()
    assert shares.min() >= 0.2 - 1e-7 and shares.max() <= 0.6 + 1e-7
    equal_scores = cells.sum(axis=1) / cells.sum(axis=1).max()
    assert (result.scores >= equal_scores - 1e-7).all()


@pytest.mark.parametrize(
    ("data", "bounds", "words"),
    [
        (DATA - 0.5, {}, "row 'a', column 'jobs' is -0.5"),
        (DATA * 0, {}, "no positive value"),
        (DATA, {"low": 0.5}, "lows sum to 1.5"),
        (DATA, {"high": 0.2}, "highs to 0.6"),
        (DATA, {"low": 0.3, "high": 0.2}, "bounds of 'jobs' are 0.3 and 0.2"),
        (DATA, {"low": [0.1, 0.1]}, "low has 2 entries for 3"),
    ],
)
def test_benefit_of_the_doubt_refusals(data, bounds, words):
    with pytest.raises(ValueError, match=words):
        benefit_of_the_doubt(data, **bounds)


@pytest.mark.parametrize(("step", "exact"), [(1e-3, None), (1e-7, 0.25), (1e-9, 0.25)])
def test_entropy_weighs_small_spreads_as_exactly_as_large_ones(step, exact):
    data = pd.DataFrame({"x": [1, 1 + step, 1], "y": [1, 1 + 2 * step, 1 + step]})
    off = [Fraction(value) for column in data for value in data[column]]
    shares = [[v / sum(part) for v in part] for part in (off[:3], off[3:])]
    with localcontext(prec=60):
        decimals = [[Decimal(p.numerator) / p.denominator for p in part] for part in shares]
        spread = [1 + sum(p * p.ln() for p in part) / Decimal(3).ln() for part in decimals]
        wanted = float(spread[0] / sum(spread))
    assert entropy(data)["x"] == pytest.approx(wanted, rel=1e-9)
    assert exact is None or wanted == pytest.approx(exact, rel=1e-5)


def test_components_that_explain_alike_count_alike():
    data = pd.DataFrame({"x": [0.2, 0.7] * 3, "y": [0.1, 0.1, 0.9, 0.9, 0.7, 0.7]})
    for order in permutations(range(6)):
        assert first_component(data.iloc[list(order)]).tolist() == pytest.approx([0.5, 0.5])


def test_benefit_of_the_doubt_does_not_hang_on_units():
    data = pd.DataFrame({"plants": [10.0, 5, 1], "sales": [1e10, 2e10, 5e10]})
    wanted = benefit_of_the_doubt(data / [1, 1e10]).scores
    found = benefit_of_the_doubt(data)
    assert found.scores.tolist() == pytest.approx(wanted.tolist())
    assert found.scores[1] == pytest.approx(0.77551, abs=1e-5)
    totals = data.to_numpy() @ found.weights.to_numpy().T
    assert totals.max() <= 1 + 1e-9


@pytest.mark.parametrize("weight", [1e308, 1.7976931348623157e308, 5e-324])
def test_the_largest_and_least_weights_are_weights(weight):
    assert weight_values([weight] * 4, list("abcd")).tolist() == [0.25] * 4
    assert weight_values([weight, 0], ["a", "b"]).tolist() == [1, 0]
