"""The exact null distribution of Kendall's S, against brute force, scipy and pymannkendall."""

from collections import Counter
from itertools import permutations
from math import factorial, prod

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from analysis.trend import kendall_null as kendall
from analysis.trend.kendall_null import (
    EXACT_LIMIT,
    few_falling_p,
    kendall_p_values,
    kendall_s,
    kendall_s_null,
)
from analysis.trend.mann_kendall_test import mann_kendall


def partitions(n, largest=None):
    """Give every tie pattern of n values, the largest group first."""
    if n == 0:
        yield ()
    for size in range(min(n, largest or n), 0, -1):
        for rest in partitions(n - size, size):
            yield (size, *rest)


def s_of_every_order(sizes):
    """Compute S, pair by pair, for all n! orders of values with these tie groups."""
    values = np.repeat(np.arange(len(sizes)), sizes)
    orders = values[np.array(list(permutations(range(len(values)))))]
    pairs = [(i, j) for j in range(len(values)) for i in range(j)]
    return sum((np.sign(orders[:, j] - orders[:, i]) for i, j in pairs), np.zeros(len(orders), int))


PATTERNS = [sizes for n in range(1, 8) for sizes in partitions(n)]


@pytest.mark.parametrize("sizes", PATTERNS, ids=lambda sizes: "-".join(map(str, sizes)))
def test_closed_form_counts_what_brute_force_counts(sizes):
    repeats = prod(factorial(size) for size in sizes)  # orders of equal values look the same
    counted = {s: count * repeats for s, count in kendall_s_null(sizes).items()}
    assert counted == Counter(s_of_every_order(sizes).tolist())


@pytest.mark.parametrize("sizes", [p for p in PATTERNS if sum(p) in (4, 6)], ids=str)
def test_p_values_are_shares_of_all_orders(sizes):
    every = s_of_every_order(sizes)
    values = np.repeat(np.arange(len(sizes)), sizes)
    shares = []
    for order in (values, values[::-1], np.roll(values, 1), values[np.argsort(values % 2)]):
        found = mann_kendall(order)
        shares.append(np.mean(np.abs(every) >= abs(found.s)))
        assert found.p_two_sided == pytest.approx(shares[-1], rel=1e-12)
        assert found.p_increasing == pytest.approx(np.mean(every >= found.s), rel=1e-12)
        assert found.p_decreasing == pytest.approx(np.mean(every <= found.s), rel=1e-12)
        assert found.p_min == pytest.approx(np.mean(np.abs(every) == every.max()), rel=1e-12)


@pytest.mark.parametrize(
    "sizes",
    [(1,) * 60, (7, 5, 5, 3, 2, 2) + (1,) * 36, (30, 30), (1,) * 100, (10,) * 10],
    ids=["60", "60 with ties", "60 in two groups", "100", "100 in ten groups"],
)
def test_long_series_have_the_textbook_total_mean_and_variance(sizes):
    counts, n = kendall_s_null(sizes), sum(sizes)
    total = factorial(n) // prod(factorial(size) for size in sizes)
    correction = sum(size * (size - 1) * (2 * size + 5) for size in sizes)
    assert sum(counts.values()) == total
    assert sum(s * count for s, count in counts.items()) == 0
    squares = sum(s * s * count for s, count in counts.items())
    assert 18 * squares == total * (n * (n - 1) * (2 * n + 5) - correction)  # Kendall (1975), ch. 4


@given(st.integers(2, 60).flatmap(lambda n: st.permutations(range(n))))
def test_without_ties_scipy_has_the_same_exact_p(order):
    found = mann_kendall(order)
    for alternative, p_value in [
        ("two-sided", found.p_two_sided),
        ("greater", found.p_increasing),
        ("less", found.p_decreasing),
    ]:
        peer = stats.kendalltau(range(len(order)), order, method="exact", alternative=alternative)
        assert p_value == pytest.approx(peer.pvalue, rel=1e-9)
    assert found.tau_b == pytest.approx(peer.statistic, abs=1e-12)


@given(st.lists(st.integers(0, 4), min_size=2, max_size=12).filter(lambda v: len(set(v)) > 1))
def test_with_ties_scipy_has_the_same_tau_b(values):
    peer = stats.kendalltau(range(len(values)), values)
    assert mann_kendall(values).tau_b == pytest.approx(peer.statistic, abs=1e-12)


def test_pymannkendall_agrees_on_s_everywhere_and_on_p_in_long_series():
    peer = pytest.importorskip("pymannkendall")
    random = np.random.default_rng(1)
    for n in (5, 30, EXACT_LIMIT + 1, 150):
        for values in random.integers(0, 40, size=(5, n)):
            found, theirs = mann_kendall(values), peer.original_test(values)
            assert found.s == theirs.s
            if n > EXACT_LIMIT:  # both normal, corrected for ties and continuity
                assert found.method == "normal"
                assert found.p_two_sided == pytest.approx(theirs.p, rel=1e-9)


@pytest.mark.parametrize(
    ("values", "exact", "normal"),
    # pymannkendall is asymptotic at any n: for the second, z = (9 - 1) / sqrt((300 - 18) / 18)
    [([1, 2, 3, 4, 5], 2 / 120, 0.0275), ([5, 8, 12, 12, 15], 2 / 60, 0.0433)],
    ids=["rising", "rising with a tie"],
)
def test_pymannkendall_disagrees_on_p_in_short_series(values, exact, normal):
    peer = pytest.importorskip("pymannkendall").original_test(values)
    assert mann_kendall(values).p_two_sided == pytest.approx(exact, rel=1e-12)
    assert round(peer.p, 4) == normal


def test_pymannkendall_reports_tau_a():
    values = [5, 8, 12, 12, 15]
    peer = pytest.importorskip("pymannkendall").original_test(values)
    assert peer.Tau == pytest.approx(9 / 10)  # S over all pairs
    assert mann_kendall(values).tau_b == pytest.approx(9 / np.sqrt(9 * 10))  # over untied ones


def test_normal_and_exact_p_meet_at_the_limit(monkeypatch):
    values = np.random.default_rng(2).integers(0, 60, size=(30, EXACT_LIMIT))
    s, untied = kendall_s(values.astype(float))
    exact = kendall_p_values(s, untied, values)
    monkeypatch.setattr(kendall, "EXACT_LIMIT", EXACT_LIMIT - 1)
    normal = kendall_p_values(s, untied, values)
    np.testing.assert_allclose(normal[0], exact[0], atol=1e-3)
    assert not np.array_equal(normal[0], exact[0])


def test_rows_of_different_tie_patterns_do_not_mix():
    values = np.array([[1, 2, 3, 4], [1, 1, 2, 3], [1, 1, 1, 1], [4, 3, 3, 1], [1, 2, 2, 2.0]])
    s, untied = kendall_s(values)
    assert s.tolist() == [6, 5, 0, -5, 3]
    assert untied.tolist() == [6, 5, 0, 5, 3]
    two_sided, *_ = kendall_p_values(s, untied, values)
    assert two_sided.tolist() == [2 / 24, 2 / 12, 1, 2 / 12, 2 / 4]


def test_cached_chances_cannot_be_changed():
    with pytest.raises(ValueError, match="read-only"):
        few_falling_p((1, 1, 1))[0] = 0


@pytest.mark.parametrize(
    ("sizes", "message"),
    [
        ([2, 0], r"tie_sizes\[1\] is 0; wanted a whole number from 1"),
        ([2.5], r"tie_sizes\[0\] is 2.5"),
        ([True, 2], r"tie_sizes\[0\] is True"),
        (["2"], r"tie_sizes\[0\] is '2'"),
        ([], "tie_sizes has 0 values in all; wanted 1 to 100"),
        ([60, 41], "tie_sizes has 101 values in all"),
    ],
)
def test_impossible_tie_sizes_are_refused(sizes, message):
    with pytest.raises(ValueError, match=message):
        kendall_s_null(sizes)
