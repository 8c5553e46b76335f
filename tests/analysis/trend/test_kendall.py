"""The exact null distribution of Kendall's S, against brute force, scipy and pymannkendall."""

from collections import Counter
from itertools import accumulate, permutations
from math import factorial, prod

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy import stats
from scipy.special import ndtr

from analysis.trend.kendall.kendall_null import (
    COUNTED,
    falling_p,
    few_falling_p,
    kendall_p_values,
    kendall_s_null,
    normal_error,
)
from analysis.trend.kendall.kendall_tail import (
    falling_cumulant,
    few_falling_by_contour,
    number_of_orders,
)
from analysis.trend.kendall.tie_patterns import kendall_s, tie_patterns, untied_pairs
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


def test_pymannkendall_agrees_on_s_everywhere_and_on_p_as_far_as_it_is_normal():
    peer = pytest.importorskip("pymannkendall")
    random = np.random.default_rng(1)
    for n in (5, 30, 101, 150):
        for values in random.integers(0, 40, size=(5, n)):
            found, theirs = mann_kendall(values), peer.original_test(values)
            assert (found.s, found.method, found.p_error) == (theirs.s, "exact", 0)
            sizes = tie_sizes(values)
            assert found.p_two_sided == pytest.approx(theirs.p, abs=normal_error(sizes))
            assert found.p_two_sided != theirs.p


def tie_sizes(values):
    _, sizes = np.unique(values, return_counts=True)
    return tuple(sorted(sizes.tolist(), reverse=True))


def test_series_out_of_reach_are_normal_as_pymannkendall_is_and_say_how_far_off():
    peer = pytest.importorskip("pymannkendall")
    values = np.random.default_rng(1).integers(0, 3000, size=2950)
    found, theirs = mann_kendall(values), peer.original_test(values)
    assert (found.method, found.s) == ("normal", theirs.s)
    assert found.p_two_sided == pytest.approx(theirs.p, rel=1e-9)
    assert found.p_error == normal_error(tie_sizes(values)) == pytest.approx(7e-5, rel=0.01)


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


LONG_PATTERNS = {
    "33": (1,) * 33,
    "40 in fours": (4,) * 10,
    "60 in tens": (10,) * 6,
    "60, two groups": (31, 29),
    "100": (1,) * 100,
    "100 with ties": (9, 7, 7, 5, 4, 4, 3, 3, 3) + (2,) * 10 + (1,) * 35,
    "100, two groups": (50, 50),
    "101, one apart": (100, 1),
    "150, half equal": (75,) + (1,) * 75,
    "200": (1,) * 200,
    "200, pairs": (2,) * 100,
    "200, ten groups": (29, 27, 25, 22, 20, 19, 18, 17, 13, 10),
    "200, two apart": (198, 1, 1),
}


@pytest.mark.parametrize("sizes", LONG_PATTERNS.values(), ids=LONG_PATTERNS)
def test_long_series_have_the_p_that_whole_numbers_give(sizes):
    counts = [*accumulate(kendall_s_null(sizes).values())]
    most = len(counts) - 1
    falling = np.unique(np.linspace(0, most, 300).astype(int))
    exact = np.array([counts[k] / counts[-1] for k in falling])
    representable = exact > 1e-300
    found = falling_p(sizes, falling)
    np.testing.assert_allclose(found[representable], exact[representable], rtol=1e-12, atol=0)
    assert (found[~representable] < 1e-299).all()
    single = [float(falling_p(sizes, np.array([k]))[0]) for k in falling[representable][::40]]
    np.testing.assert_allclose(single, exact[representable][::40], rtol=1e-12, atol=0)


@given(st.lists(st.integers(1, 12), min_size=2, max_size=25), st.floats(0, 1))
def test_the_generating_function_gives_what_counting_gives(sizes, place):
    sizes = tuple(sorted(sizes, reverse=True))
    assume(sum(sizes) <= 90)
    counts = [*accumulate(kendall_s_null(sizes).values())]
    k = int(place * (untied_pairs(sizes) // 2))
    found = few_falling_by_contour(sizes, np.array([k]))
    assert found[0] == pytest.approx(counts[k] / counts[-1], rel=1e-12)


@given(st.lists(st.integers(1, 6), min_size=2, max_size=9).filter(lambda sizes: sum(sizes) > 1))
def test_cumulants_and_orders_are_those_of_the_counts(sizes):
    sizes = tuple(sorted(sizes, reverse=True))
    counts = kendall_s_null(sizes)
    orders, most = sum(counts.values()), untied_pairs(sizes)
    assert number_of_orders(sizes) == orders
    moments = {m: sum((s / 2) ** m * c for s, c in counts.items()) / orders for m in (2, 4)}
    assert max(counts) == most
    assert falling_cumulant(sizes, 2) == pytest.approx(moments[2])
    fourth = moments[4] - 3 * moments[2] ** 2
    assert falling_cumulant(sizes, 4) == pytest.approx(fourth, abs=1e-9 * moments[4])


def test_any_length_is_exact_where_few_pairs_are_untied():
    # all 0 but the last, 1: of 101 places, two are as far from the middle
    found = mann_kendall([0.0] * 100 + [1.0])
    assert (found.method, found.s) == ("exact", 100)
    assert found.p_two_sided == pytest.approx(2 / 101, rel=1e-12)
    assert found.p_min == pytest.approx(2 / 101, rel=1e-15)
    many = np.zeros(4000)
    many[-2:] = 1
    found = mann_kendall(many)
    assert (found.method, found.p_error) == ("exact", 0)
    assert found.p_two_sided == pytest.approx(2 / (4000 * 3999 / 2), rel=1e-12)


def test_a_p_is_never_rounded_to_a_number_that_cannot_be():
    rising = mann_kendall(np.arange(170))
    assert rising.p_two_sided == pytest.approx(2 / factorial(170), rel=1e-12)
    assert rising.p_min == 2 / factorial(170)
    assert rising.p_decreasing == 1


@pytest.mark.parametrize(
    "sizes",
    [(1,) * 40, (1,) * 400, (200, 200), (10,) * 20, (90, 5, 5), (300, 3), (99, 1)],
    ids=lambda sizes: f"{sum(sizes)} in {len(sizes)}",
)
def test_the_stated_error_of_the_normal_p_holds(sizes):
    most = untied_pairs(sizes)
    falling = np.unique(np.linspace(0, most // 2, 500).astype(int))
    normal = ndtr((falling + 0.5 - most / 2) / falling_cumulant(sizes, 2) ** 0.5)
    off = np.abs(2 * np.minimum(falling_p(sizes, falling), 0.5) - 2 * np.minimum(normal, 0.5)).max()
    assert 0.4 * normal_error(sizes) < off <= normal_error(sizes)


def test_counted_and_integrated_p_values_meet():
    random = np.random.default_rng(2)
    for n in (COUNTED, COUNTED + 1):
        values = random.integers(0, 12, size=(30, n)).astype(float)
        s, untied = kendall_s(values)
        found = kendall_p_values(s, tie_patterns(values, untied))
        for row, order in enumerate(values):
            counts = kendall_s_null(tie_sizes(order))
            orders = sum(counts.values())
            above = sum(count for other, count in counts.items() if other >= s[row])
            far = sum(count for other, count in counts.items() if abs(other) >= abs(s[row]))
            assert found[1][row] == pytest.approx(above / orders, rel=1e-12)
            assert found[0][row] == pytest.approx(min(1, far / orders), rel=1e-12)


def test_rows_of_different_tie_patterns_do_not_mix():
    values = np.array([[1, 2, 3, 4], [1, 1, 2, 3], [1, 1, 1, 1], [4, 3, 3, 1], [1, 2, 2, 2.0]])
    s, untied = kendall_s(values)
    assert s.tolist() == [6, 5, 0, -5, 3]
    assert untied.tolist() == [6, 5, 0, 5, 3]
    two_sided, *_ = kendall_p_values(s, tie_patterns(values, untied))
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
        ([], "tie_sizes has 0 values in all; wanted 1 to 200"),
        ([160, 41], "tie_sizes has 201 values in all"),
    ],
)
def test_impossible_tie_sizes_are_refused(sizes, message):
    with pytest.raises(ValueError, match=message):
        kendall_s_null(sizes)
