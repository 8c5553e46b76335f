"""Outranking, Copeland and Kemeny: by hand and against all permutations."""

from itertools import permutations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.composite import copeland, kemeny, kemeny_score, outranking

# Condorcet's cycle: a beats b, b beats c, c beats a, each on two of three indicators
CYCLE = pd.DataFrame({"x": [3, 2, 1], "y": [1, 3, 2], "z": [2, 1, 3]}, index=list("abc"))


@st.composite
def small_problems(draw, most_units=6):
    units, indicators = draw(st.integers(1, most_units)), draw(st.integers(1, 4))
    cells = draw(
        st.lists(st.integers(0, 3), min_size=units * indicators, max_size=units * indicators)
    )
    weights = draw(st.lists(st.integers(1, 4), min_size=indicators, max_size=indicators))
    return pd.DataFrame(np.array(cells, dtype=float).reshape(units, indicators)), weights


@given(small_problems())
def test_outranking_shares_of_a_pair_sum_to_one(problem):
    data, weights = problem
    shares = outranking(data, weights)
    assert np.allclose(shares + shares.T, 1 - np.eye(len(data)), atol=1e-12)
    turned = outranking(data, weights, direction="down")
    assert np.allclose(turned, shares.T, atol=1e-12)


@given(small_problems())
def test_copeland_counts_the_duels(problem):
    data, weights = problem
    result = copeland(data, weights)
    for unit, row in data.iterrows():
        duels = [
            np.sign(sum(w * np.sign(a - b) for w, a, b in zip(weights, row, other, strict=True)))
            for rival, other in data.iterrows()
            if rival != unit
        ]
        expected = [duels.count(1), duels.count(-1), duels.count(0), sum(duels)]
        assert result.loc[unit, ["won", "lost", "tied", "score"]].tolist() == expected
    assert result["score"].sum() == 0
    better = (result["score"].to_numpy() > result["score"].to_numpy()[:, None]).sum(axis=1)
    assert result["rank"].tolist() == (1 + better).tolist()


@pytest.mark.parametrize(
    ("x", "won"), [([0.1 + 0.2, 0.3], [1, 0]), ([0.0, -0.0], [0, 0]), ([1e300 / 1e250, 1], [1, 0])]
)
def test_values_are_compared_exactly_as_given(x, won):
    assert copeland(pd.DataFrame({"x": x}))["won"].tolist() == won


def test_balanced_weights_are_a_tie_whatever_their_rounding():
    # a is better on 0.1 + 0.2, b on 0.3: not equal as floats, equal as weights
    data = pd.DataFrame({"x": [1, 0], "y": [1, 0], "z": [0, 1]}, index=["a", "b"])
    result = copeland(data, weights=[0.1, 0.2, 0.3])
    assert result["tied"].tolist() == [1, 1]
    assert kemeny(data, weights=[0.1, 0.2, 0.3]).unique is False


@given(small_problems(most_units=5))
def test_kemeny_is_the_best_of_all_permutations(problem):
    data, weights = problem
    shares = outranking(data, weights)
    scores = {order: kemeny_score(order, shares) for order in permutations(data.index)}
    best = max(scores.values())
    result = kemeny(data, weights)
    assert result.score == pytest.approx(best, abs=1e-9)
    assert scores[result.order] == pytest.approx(best, abs=1e-9)
    assert result.unique is (sum(score > best - 1e-9 for score in scores.values()) == 1)
    assert result.score <= result.greatest_score + 1e-9
    best_orders = [order for order, score in scores.items() if score > best - 1e-9]
    for unit in data.index:
        places = [order.index(unit) + 1 for order in best_orders]
        assert result.ranks.loc[unit].tolist() == [min(places), max(places)]


def test_kemeny_of_a_cycle():
    result = kemeny(CYCLE)
    assert result.order in {("a", "b", "c"), ("b", "c", "a"), ("c", "a", "b")}
    assert result.score == pytest.approx(2 / 3 + 2 / 3 + 1 / 3)
    assert result.greatest_score == pytest.approx(2)
    assert result.unique is False
    tipped = kemeny(CYCLE, weights=[3, 2, 2])
    # breaking "c beats a" costs least: it has 4/7, the other two 5/7
    assert (tipped.order, tipped.unique) == (("a", "b", "c"), True)
    assert tipped.score == pytest.approx(5 / 7 + 5 / 7 + 3 / 7)


def test_kemeny_of_units_in_full_agreement():
    data = pd.DataFrame({"x": range(40), "y": range(40)}, index=[f"u{k}" for k in range(40)])
    result = kemeny(data, direction="down")
    assert result.order == tuple(data.index)
    assert result.score == result.greatest_score == 40 * 39 / 2
    assert result.unique is True


def test_kemeny_refuses_a_block_that_is_too_large():
    with pytest.raises(ValueError, match="31 units are bound together by cycles or ties"):
        kemeny(pd.DataFrame({"x": [1.0] * 31}))


@pytest.mark.parametrize(
    ("call", "error", "words"),
    [
        (lambda: copeland(CYCLE.replace(3, np.nan)), ValueError, "nan at row 'a', column 'x'"),
        (lambda: outranking(CYCLE, weights=[1, 1]), ValueError, "2 entries for 3"),
        (lambda: kemeny(CYCLE, weights={"x": 1}), KeyError, "lacks .'y', 'z'."),
        (lambda: kemeny(CYCLE.iloc[:0]), ValueError, "data is empty"),
        (lambda: kemeny_score(["a", "b"], outranking(CYCLE)), ValueError, "every unit"),
    ],
)
def test_refusals(call, error, words):
    with pytest.raises(error, match=words):
        call()
