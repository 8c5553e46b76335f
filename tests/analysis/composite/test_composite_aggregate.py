"""Power means, contributions, levels, and what is done about gaps."""

from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from analysis.composite import contributions, levels, missing_bounds, power_mean, renormalise

SCORES = pd.DataFrame(
    {"jobs": [1.0, 0.5], "sales": [0.25, 0.5], "rd": [0.5, 0.5]}, index=["a", "b"]
)
WEIGHTS = {"jobs": 1, "sales": 2, "rd": 1}
CELLS = arrays(float, (4, 3), elements=st.floats(0.01, 1))
FIGURES = st.lists(st.floats(0.05, 5), min_size=3, max_size=3)
EXPONENTS = st.sampled_from([-7.5, -1, -1e-9, 0, 1e-9, 0.5, 1, 2, 40])


def frame(cells):
    return pd.DataFrame(cells, columns=["x", "y", "z"])


@pytest.mark.parametrize(
    ("exponent", "expected"),
    [
        (1, 0.25 + 0.125 + 0.125),  # 1/4, 1/2, 1/4 of 1, 1/4, 1/2
        (0, 2 ** (-0.5 * 2 - 0.25)),
        (-1, 1 / (0.25 + 2 + 0.5)),
        (2, (0.25 + 0.5 / 16 + 0.25 / 4) ** 0.5),
    ],
    ids=["arithmetic", "geometric", "harmonic", "quadratic"],
)
def test_power_mean_by_hand(exponent, expected):
    means = power_mean(SCORES, WEIGHTS, exponent)
    assert means["a"] == pytest.approx(expected, rel=1e-14)
    assert means["b"] == pytest.approx(0.5, rel=1e-14)


@given(cells=CELLS, weights=FIGURES)
def test_power_mean_rises_with_the_exponent(cells, weights):
    ladder = [power_mean(frame(cells), weights, p).to_numpy() for p in (-300, -2, -1, 0, 1, 2, 300)]
    for lower, upper in pairwise(ladder):
        assert (lower <= upper + 1e-12).all()
    assert (ladder[0] >= cells.min(axis=1) - 1e-12).all()
    assert (ladder[-1] <= cells.max(axis=1) + 1e-12).all()


@given(cells=CELLS, weights=FIGURES)
def test_power_mean_is_continuous_at_zero(cells, weights):
    near, at = (power_mean(frame(cells), weights, p) for p in (1e-9, 0))
    assert np.allclose(near, at, rtol=1e-7, atol=0)


@given(
    cells=CELLS,
    weights=FIGURES,
    exponent=EXPONENTS,
    row=st.integers(0, 3),
    column=st.integers(0, 2),
)
def test_a_better_cell_never_lowers_the_score(cells, weights, exponent, row, column):
    better = cells.copy()
    better[row, column] += 0.3
    gain = power_mean(frame(better), weights, exponent) - power_mean(
        frame(cells), weights, exponent
    )
    assert gain.min() >= -1e-12
    assert (gain.drop(row).abs() <= 1e-15).all()


@given(cells=CELLS, weights=FIGURES, exponent=st.sampled_from([-2, -1, 0, 0.5, 1, 3]))
def test_contributions_sum_to_the_score(cells, weights, exponent):
    score = power_mean(frame(cells), weights, exponent)
    total = contributions(frame(cells), weights, exponent).sum(axis=1)
    expected = np.log(score) if exponent == 0 else score**exponent
    assert np.allclose(total, expected, rtol=1e-9, atol=1e-12)


@given(weights=FIGURES, exponent=st.sampled_from([1e-9, 0.5, 3]))
def test_nothing_but_zeros_has_mean_zero(weights, exponent):
    # the weights may sum to a little more than 1: no logarithm of less than nothing
    assert power_mean(frame(np.zeros((2, 3))), weights, exponent).tolist() == [0, 0]


def test_zeros_count_where_the_mean_has_them():
    data = pd.DataFrame({"x": [0.0, 0.0], "y": [1.0, 0.0]})
    assert power_mean(data, exponent=2).tolist() == pytest.approx([0.5**0.5, 0])
    assert power_mean(data, weights=[1, 0], exponent=0.5).tolist() == [0, 0]


@pytest.mark.parametrize(
    ("call", "error", "words"),
    [
        (lambda: power_mean(SCORES * 0, exponent=0), ValueError, "'jobs' is 0.0.*wants positive"),
        (lambda: power_mean(SCORES - 0.5, exponent=-1), ValueError, "row 'a', column 'sales'"),
        (lambda: power_mean(SCORES - 0.5, exponent=2), ValueError, "wants no negative values"),
        (lambda: power_mean(SCORES - 0.5, exponent=0.5), ValueError, "wants no negative values"),
        (lambda: power_mean(SCORES, exponent=np.inf), ValueError, "exponent is inf"),
        (lambda: power_mean(SCORES, exponent="geometric"), TypeError, "exponent is 'geometric'"),
        (lambda: power_mean(SCORES, weights=[0, 0, 0]), ValueError, "all weights are zero"),
        (lambda: power_mean(SCORES.replace(1, np.nan)), ValueError, "nan at row 'a', column 'jobs"),
        (lambda: contributions(SCORES * 0, exponent=0), ValueError, "wants positive values"),
        (lambda: levels(SCORES, []), ValueError, "groups is empty"),
        (lambda: levels(SCORES, {"g": ["jobs"]}), ValueError, "none for .'sales', 'rd'."),
        (
            lambda: levels(SCORES, {"g": ["jobs", "sales"], "h": ["rd", "jobs", "x"]}),
            ValueError,
            "unknown .'x'., more than one for .'jobs'.",
        ),
        (lambda: levels(SCORES, {"score": list(SCORES)}), ValueError, "'score' is taken"),
        (lambda: levels(SCORES, {"g": list(SCORES), "h": []}), ValueError, "group 'h' has no"),
        (
            lambda: levels(SCORES, {"g": list(SCORES)}, weights=[None]),
            ValueError,
            "got 1 entries for 1 levels",
        ),
        (lambda: missing_bounds(SCORES * 2), ValueError, "row 'a', column 'jobs' has 2.0, beyond"),
        (lambda: missing_bounds(SCORES, low=2), ValueError, "low 2.0 is above high 1.0"),
        (lambda: renormalise(SCORES, min_coverage=1.5), ValueError, "min_coverage is 1.5"),
        (lambda: renormalise(SCORES * 0, exponent=0), ValueError, "wants positive values"),
    ],
)
def test_refusals(call, error, words):
    with pytest.raises(error, match=words):
        call()


GROUPS = {"people": ["rd", "jobs"], "market": ["sales"]}


def test_levels_by_hand():
    result = levels(SCORES, GROUPS, weights=[{"jobs": 3, "rd": 1, "sales": 7}, None])
    assert result.columns.tolist() == ["people", "market", "score"]
    assert result.loc["a"].tolist() == pytest.approx([0.875, 0.25, 0.5625])
    mixed = levels(SCORES, GROUPS, exponents=[1, 0])
    assert mixed.loc["a", "score"] == pytest.approx((0.75 * 0.25) ** 0.5)


@given(cells=CELLS, weights=FIGURES, top=st.floats(0.1, 9))
def test_levels_of_arithmetic_means_are_one_mean_with_multiplied_weights(cells, weights, top):
    groups = [{"g": ["x", "z"], "h": ["y"]}, {"all": ["h", "g"]}]
    steps = levels(frame(cells), groups, weights=[weights, {"h": 1, "g": top}, None])
    inner = weights[0] + weights[2]
    flat = [top * weights[0] / inner, 1.0, top * weights[2] / inner]
    assert np.allclose(steps["score"], power_mean(frame(cells), flat), rtol=1e-12)
    assert np.allclose(steps["all"], steps["score"], rtol=1e-12)


@given(cells=CELLS, exponent=st.sampled_from([-1, 0, 2]))
def test_levels_use_the_same_mean_as_power_mean(cells, exponent):
    steps = levels(frame(cells), {"g": ["x", "z"], "h": ["y"]}, exponents=exponent)
    assert np.allclose(steps["g"], power_mean(frame(cells)[["x", "z"]], exponent=exponent))
    assert np.allclose(steps["score"], power_mean(steps[["g", "h"]], exponent=exponent))


GAPPY = arrays(float, (4, 3), elements=st.sampled_from([np.nan, 0.1, 0.5, 1.0]))


@given(cells=GAPPY, weights=FIGURES, exponent=EXPONENTS, seed=st.integers(0, 99))
def test_bounds_hold_every_completion_and_are_reached(cells, weights, exponent, seed):
    low, high = missing_bounds(frame(cells), low=0.05)
    filled = np.where(np.isnan(cells), np.random.default_rng(seed).uniform(0.05, 1, (4, 3)), cells)
    score = power_mean(frame(filled), weights, exponent)
    assert (power_mean(low, weights, exponent) <= score + 1e-12).all()
    assert (score <= power_mean(high, weights, exponent) + 1e-12).all()
    complete = ~np.isnan(cells).any(axis=1)
    assert (low[complete] == high[complete]).all(axis=None)


@given(cells=GAPPY, weights=FIGURES, exponent=EXPONENTS, threshold=st.floats(0, 1))
def test_renormalise_is_the_mean_of_what_is_reported(cells, weights, exponent, threshold):
    data, weights = frame(cells), pd.Series(weights, index=["x", "y", "z"])
    result = renormalise(data, weights, exponent, min_coverage=threshold)
    for row, cells_of_row in data.iterrows():
        known = cells_of_row.dropna()
        coverage = weights[known.index].sum() / weights.sum()
        assert result["coverage"][row] == pytest.approx(coverage)
        if result["reason"][row]:
            assert np.isnan(result["score"][row])
            assert coverage < threshold or not len(known)
        else:
            assert coverage >= threshold - 1e-9
            mean = power_mean(known.to_frame().T, weights[known.index], exponent)
            assert result["score"][row] == pytest.approx(mean[row], rel=1e-12)


def test_coverage_goes_by_weight():
    data = pd.DataFrame({"x": [1.0, np.nan], "y": [np.nan, 1.0]})
    result = renormalise(data, weights=[3, 1])
    assert result["reason"].tolist() == ["", "not enough observations"]
    assert result["coverage"].tolist() == [0.75, 0.25]
