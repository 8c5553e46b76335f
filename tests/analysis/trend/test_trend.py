"""Mann-Kendall and Sen's slope: by hand, by enumeration, against peers, and table against scalar."""

from fractions import Fraction
from itertools import accumulate, combinations, pairwise, permutations
from math import factorial

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from analysis.index import chain_indices
from analysis.tidy.series import REASONS
from analysis.trend.false_discovery import q_values
from analysis.trend.kendall import kendall_null
from analysis.trend.kendall.kendall_null import kendall_s_null
from analysis.trend.mann_kendall_test import mann_kendall, trend_table
from analysis.trend.sen import coverage_under_ties, interval_rank, sen_slope

COLUMNS = [
    *["cluster", "indicator", "n", "first_year", "last_year", "s", "tau_b", "p_two_sided"],
    *["p_min", "method", "sen_slope", "sen_low", "sen_high", "coverage", "intercept"],
    *["intercept_rule", "reason", "p_increasing", "p_decreasing", "q_two_sided", "p_error"],
    "coverage_without_ties",
]
FROM_2016 = range(2016, 2021)


@pytest.mark.parametrize(
    ("values", "s", "p_two_sided", "p_min", "slope", "low", "high", "intercept"),
    [
        # the article's Table 2, trainees: ten pairs, all rising; 2 of 5! orders are as far
        ([100, 150, 200, 250, 300], 10, 2 / 120, 2 / 120, 50, 50, 50, 100),
        # Table 2, events: 12 three times, so 5!/3! orders and 7 untied pairs; slopes sorted:
        # 0 0 0 2/3 1 5/4 5/3 2 5/2 3, intercept: median of 7, 8.875, 9.75, 8.625, 7.5
        ([7, 10, 12, 12, 12], 7, 2 / 20, 2 / 20, 1.125, 0, 3, 8.625),
        # Table 2, share of high-performance jobs: ties of 3 and 2, 10 orders, 2 of them extreme;
        # slopes sorted: 0 0 0 0 5/4 5/3 5/3 5/2 5/2 5
        ([55, 55, 55, 60, 60], 6, 2 / 10, 2 / 10, (5 / 4 + 5 / 3) / 2, 0, 5, 55 - 5 / 6),
        # Table 3, high-performance jobs: slopes 17 18 55/3 37/2, and six times 19
        ([439, 456, 475, 494, 513], 10, 2 / 120, 2 / 120, 19, 17, 19, 437),
        ([1, 3, 2, 5, 4], 6, 28 / 120, 2 / 120, 0.875, -1, 3, 1),
    ],
    ids=["trainees", "events", "hpj-share", "hpj-number", "two swaps"],
)
def test_five_points_by_hand(values, s, p_two_sided, p_min, slope, low, high, intercept):
    found, line = mann_kendall(values, FROM_2016), sen_slope(values, FROM_2016)
    assert (found.n, found.s, found.method, found.reason) == (5, s, "exact", "")
    assert found.p_two_sided == pytest.approx(p_two_sided, rel=1e-12)
    assert found.p_min == pytest.approx(p_min, rel=1e-12)
    assert line.slope == pytest.approx(slope)
    assert (line.low, line.high) == (low, high)
    assert line.coverage_without_ties == pytest.approx(1 - 2 / 120)
    # a slope of an equal pair is 0: with one, no order of the values has an interval without 0
    assert line.coverage == (1 if len(set(values)) < 5 else line.coverage_without_ties)
    assert line.intercept == pytest.approx(intercept)
    assert line.intercept_rule == "median of value - slope x (year - 2016)"


def test_two_values_and_gaps_keep_their_years():
    # Table 4, sales: 823 in 2017, 2160 in 2020, nothing between
    values, years = [np.nan, 823, np.nan, None, 2160], FROM_2016
    found, line = mann_kendall(values, years), sen_slope(values, years)
    assert (found.n, found.s, found.tau_b, found.p_two_sided, found.p_min) == (2, 1, 1, 1, 1)
    assert line.slope == pytest.approx(1337 / 3)
    assert line.intercept == 823
    assert line.intercept_rule == "median of value - slope x (year - 2017)"
    assert np.isnan([line.low, line.high, line.coverage]).all()
    assert (found.reason, line.reason) == ("", "not enough observations")


@pytest.mark.parametrize("values", [[], [4.0], [np.nan, 4.0, np.nan]], ids=["none", "one", "gaps"])
def test_fewer_than_two_observations_leave_everything_undefined(values):
    found, line = mann_kendall(values), sen_slope(values)
    assert (found.s, found.method, line.intercept_rule) == (None, None, None)
    assert np.isnan([found.tau_b, found.p_two_sided, found.p_increasing, found.p_decreasing]).all()
    assert np.isnan([found.p_min, line.slope, line.low, line.coverage, line.intercept]).all()
    assert found.reason == line.reason == "not enough observations"


@pytest.mark.parametrize("n", [2, 5, 101])
def test_a_constant_series_has_p_1_and_no_tau(n):
    found = mann_kendall([7] * n)
    assert (found.s, found.reason) == (0, "constant")
    assert (found.p_two_sided, found.p_increasing, found.p_decreasing, found.p_min) == (1, 1, 1, 1)
    assert np.isnan(found.tau_b)
    assert sen_slope([7] * n).slope == 0


@pytest.mark.parametrize(("n", "least"), [(2, 1), (3, 1 / 3), (4, 1 / 12), (5, 1 / 60)])
def test_up_to_four_points_cannot_be_significant(n, least):
    assert mann_kendall(range(n)).p_min == pytest.approx(least)
    assert (mann_kendall(range(n)).p_min < 0.05) == (n > 4)


UNEVEN = {3: [2010, 2011, 2015], 4: [1, 2, 5, 9], 5: [0, 1, 3, 4, 10], 6: [0, 2, 3, 7, 8, 20]}


@pytest.mark.parametrize("confidence", [0.5, 0.8, 0.95])
@pytest.mark.parametrize("n", UNEVEN)
def test_interval_is_the_narrowest_with_the_coverage_that_all_orders_show(n, confidence):
    """Without a trend any order is as likely: count how often the interval holds slope 0."""
    years, levels = np.array(UNEVEN[n]), np.array([0, 1.1, 2.7, 4.6, 7.3, 11.9])[:n]
    orders = np.array(list(permutations(levels)))
    pairs = np.array(list(combinations(range(n), 2))).T
    rises = orders[:, pairs[1]] - orders[:, pairs[0]]
    slopes = np.sort(rises / (years[pairs[1]] - years[pairs[0]]), axis=1)
    middle = slopes.shape[1] // 2
    shares = [np.mean((slopes[:, k] <= 0) & (slopes[:, -1 - k] >= 0)) for k in range(middle)]
    assert all(wide > narrow for wide, narrow in pairwise(shares))
    k = max([k for k in range(middle) if shares[k] >= confidence], default=0)
    for row in (0, len(orders) // 3, len(orders) // 2):
        line = sen_slope(orders[row], years, confidence)
        assert line.coverage == pytest.approx(shares[k], rel=1e-12)
        assert (line.low, line.high) == pytest.approx((slopes[row, k], slopes[row, -1 - k]))


@pytest.mark.parametrize("n", [3, 4, 5, 12, 100, 140])
def test_coverage_is_given_and_reaches_the_confidence_where_it_can(n):
    coverage = sen_slope(np.arange(n) ** 2.0).coverage
    if n < 5:
        assert coverage == pytest.approx(1 - 2 / factorial(n))
    else:
        assert 0.95 <= coverage < 0.99


@pytest.mark.parametrize("confidence", [0.5, 0.8, 0.95, 0.999])
@pytest.mark.parametrize(
    "levels", [[1, 1, 2, 3, 4, 5], [1, 1, 2, 2, 3, 4, 5], [1, 1, 1, 2, 3, 4, 5]], ids=str
)
def test_coverage_under_ties_is_the_share_of_all_orders(levels, confidence):
    n = len(levels)
    orders = np.array(list(permutations(levels)))
    earlier, later = np.array(list(combinations(range(n), 2))).T
    slopes = np.sort((orders[:, later] - orders[:, earlier]) / (later - earlier), axis=1)
    line = sen_slope(orders[5], confidence=confidence)
    k, without_ties = interval_rank(n, confidence)
    covers = (slopes[:, k - 1] <= 0) & (slopes[:, -k] >= 0)
    assert line.coverage == pytest.approx(covers.mean(), rel=1e-12)
    assert line.coverage >= line.coverage_without_ties == without_ties


@pytest.mark.parametrize("confidence", [1e-9, 0.3, 0.95, 0.9999999, 1 - 1e-14])
@pytest.mark.parametrize("n", [3, 6, 20, 34, 100])
def test_the_rank_is_the_last_that_reaches_the_confidence(n, confidence):
    below = [*accumulate(kendall_s_null([1] * n).values())]
    coverages = [1 - 2 * Fraction(below[k], below[-1]) for k in range(n * (n - 1) // 4)]
    reached = sum(coverage >= confidence for coverage in coverages)
    k, coverage = interval_rank(n, confidence)
    assert k == max(1, reached)
    assert coverage == pytest.approx(float(coverages[k - 1]), abs=1e-12)


def test_normal_and_exact_intervals_meet(monkeypatch):
    values = np.random.default_rng(4).normal(size=60).cumsum()
    exact = sen_slope(values, confidence=0.951)
    monkeypatch.setattr(kendall_null, "is_within_reach", lambda sizes: False)
    coverage_under_ties.cache_clear()
    normal = sen_slope(values, confidence=0.9511)  # another one, as ranks are remembered
    coverage_under_ties.cache_clear()
    interval_rank.cache_clear()
    assert normal.coverage == pytest.approx(exact.coverage, abs=1e-3)
    assert normal.coverage != exact.coverage
    assert (normal.low, normal.high) == pytest.approx((exact.low, exact.high), rel=0.01)


@pytest.mark.parametrize("seed", range(6))
def test_serial_correlation_is_corrected_as_pymannkendall_does(seed):
    peer = pytest.importorskip("pymannkendall")
    values = np.random.default_rng(seed).normal(size=[10, 25, 60][seed % 3]).cumsum()
    found = mann_kendall(values, serial_correlation=True)
    theirs = peer.hamed_rao_modification_test(values)
    assert found.p_two_sided == pytest.approx(theirs.p, rel=1e-6, abs=1e-14)
    assert (found.s, found.method) == (theirs.s, "normal, Hamed and Rao")
    assert np.isnan(found.p_error)
    table = trend_table(frame({("c", "x"): dict(enumerate(values))}), serial_correlation=True)
    assert table.loc[0, "p_two_sided"] == found.p_two_sided


def test_a_corrected_p_that_no_order_of_the_values_can_have_is_said():
    values = [year + 3.0 * (-1) ** year for year in range(12)]  # negative autocorrelation
    found = mann_kendall(values, serial_correlation=True)
    assert found.p_two_sided < found.p_min == 2 / factorial(12)
    assert found.reason == "p below the least exact p"
    table = trend_table(frame({("c", "x"): dict(enumerate(values))}), serial_correlation=True)
    assert table["reason"].item() == found.reason
    assert mann_kendall(values).reason == ""


@pytest.mark.parametrize("method", [mann_kendall, sen_slope, chain_indices])
def test_row_numbers_are_no_years(method):
    table = pd.DataFrame({"year": [2018, 2016, 2017], "value": [3.0, 1.0, 2.0]})
    with pytest.raises(TypeError, match="index holds 1, a row number; wanted years"):
        method(table.sort_values("year")["value"])
    by_year = table.set_index("year")["value"]
    assert str(method(by_year.sort_index())) == str(method(by_year))


def test_a_masked_p_is_no_test():
    masked = np.ma.masked_equal([0.01, -1.0, 0.04], -1.0)
    assert q_values(masked).tolist() == pytest.approx([0.02, np.nan, 0.04], nan_ok=True)


def test_serial_correlation_is_left_alone_by_default_in_short_and_in_uneven_series():
    values = np.random.default_rng(3).normal(size=12).cumsum()
    plain = mann_kendall(values)
    assert plain.method == "exact" == mann_kendall(values[:9], serial_correlation=True).method
    uneven = [*range(11), 20]
    assert mann_kendall(values, uneven, serial_correlation=True) == plain
    constant = mann_kendall([3.0] * 12, serial_correlation=True)
    assert (constant.p_two_sided, constant.method) == (1, "exact")


def test_q_is_that_of_benjamini_and_hochberg_and_skips_what_was_not_tested():
    series = {("a", str(k)): dict(enumerate(order)) for k, order in enumerate(ORDERS)}
    series |= {("b", "one"): {2016: 3.0}, ("b", "none"): {2016: np.nan}}
    table = trend_table(frame(series))
    p = table["p_two_sided"].to_numpy()
    assert np.isnan(p[-2:]).all()
    peer = stats.false_discovery_control(p[: len(ORDERS)])
    np.testing.assert_allclose(table["q_two_sided"][: len(ORDERS)], peer, rtol=1e-12)
    assert table["q_two_sided"].iloc[-2:].isna().all()


@given(st.lists(st.sampled_from([0.0, 0.001, 0.01, 0.02, 0.5, 1.0, np.nan]), max_size=12))
def test_q_values_are_those_of_scipy_with_gaps_left_out(p_values):
    p_values = np.array(p_values, dtype=float)
    tested = ~np.isnan(p_values)
    q = q_values(p_values)
    np.testing.assert_allclose(q[tested], stats.false_discovery_control(p_values[tested]))
    assert np.isnan(q[~tested]).all()


def test_what_is_no_probability_has_no_q():
    with pytest.raises(ValueError, match=r"p_values\[1\] is 1.5; wanted 0 to 1, or NaN"):
        q_values([0.5, 1.5])


ORDERS = [[1, 2, 3, 4, 5, 6], [2, 1, 3, 4, 5, 6], [6, 5, 4, 3, 1, 2], [1, 6, 2, 5, 3, 4], [1] * 6]


@pytest.mark.parametrize("kind", ["score", "rank"])
def test_of_a_score_or_a_rank_only_the_order_is_tested(kind):
    tidy = frame({("c", "x"): dict(enumerate([3.0, 5.0, 6.0])), ("c", "y"): {0: 1.0, 1: 2.0}})
    table = trend_table(tidy.assign(kind=[kind] * 3 + ["count"] * 2))
    row = table.iloc[0]
    assert (row["s"], row["p_two_sided"]) == (3, pytest.approx(1 / 3))
    assert row[["sen_slope", "sen_low", "coverage", "intercept", "intercept_rule"]].isna().all()
    assert row["reason"] == f"of a {kind} only the order counts"
    assert table.loc[1, "sen_slope"] == 1


SERIES = {2018: 3.0, 2016: 1.0, 2017: 2.0, 2025: np.nan}


@pytest.mark.parametrize(
    "given",
    [
        SERIES,
        pd.Series(SERIES),
        pd.Series(SERIES, dtype="Float64"),
        pd.Series(SERIES).rename_axis("year"),
    ],
    ids=["dict", "Series", "nullable", "named"],
)
def test_years_are_read_from_a_series_and_from_a_dict(given):
    assert mann_kendall(given).s == mann_kendall([3, 1, 2], [2018, 2016, 2017]).s == 3
    assert sen_slope(given).slope == 1
    assert sen_slope(given).intercept_rule.endswith("(year - 2016)")


def test_a_series_numbered_in_its_order_is_read_in_it_and_years_given_come_first():
    assert sen_slope(pd.Series([1.0, 2.0, 10.0])).slope == sen_slope([1, 2, 10]).slope == 4.5
    by_year = pd.Series([1.0, 2.0, 10.0], index=[2016, 2017, 2025])
    assert sen_slope(by_year).slope == 1
    assert sen_slope(by_year, years=[1, 2, 3]).slope == 4.5


@pytest.mark.parametrize(
    "masked",
    [
        np.ma.masked_equal([100.0, -999.0, 120.0, 130.0], -999.0),
        np.ma.masked_equal([100, -999, 120, 130], -999),
        [100, np.ma.masked, 120, 130],
    ],
    ids=["float", "int", "list"],
)
def test_what_is_masked_is_a_gap(masked):
    gap = [100.0, np.nan, 120.0, 130.0]
    assert mann_kendall(masked) == mann_kendall(gap)
    assert sen_slope(masked, [2016, 2017, 2018, 2019]) == sen_slope(gap, [2016, 2017, 2018, 2019])
    with pytest.raises(ValueError, match=r"years\[1\] is nan; wanted a whole year"):
        mann_kendall([1, 2, 3, 4], np.ma.masked_equal([2016, 0, 2018, 2019], 0))


# whole numbers and powers of two: the arithmetic below is then exact
points = st.dictionaries(st.integers(-50, 50), st.integers(-99, 99), min_size=2, max_size=9)


@given(points)
def test_reversing_time_negates_s_and_slope(series):
    years, values = np.array(list(series)), np.array(list(series.values()))
    forth, back = mann_kendall(values, years), mann_kendall(values, -years)
    assert back.s == -forth.s
    assert (back.p_increasing, back.p_decreasing) == (forth.p_decreasing, forth.p_increasing)
    ahead, behind = sen_slope(values, years), sen_slope(values, -years)
    assert behind.slope == -ahead.slope
    np.testing.assert_array_equal([behind.low, behind.high], [-ahead.high, -ahead.low])


@given(points, st.integers(-1000, 1000), st.sampled_from([0.25, 2, 64]), st.integers(1, 4))
def test_shift_and_scale_of_values_and_years(series, shift, scale, pace):
    years, values = np.array(list(series)), np.array(list(series.values()))
    before, after = mann_kendall(values, years), mann_kendall(scale * values + shift, pace * years)
    assert (after.s, after.p_two_sided) == (before.s, before.p_two_sided)
    steep, flat = sen_slope(values, years), sen_slope(scale * values + shift, pace * years)
    assert flat.slope == pytest.approx(scale * steep.slope / pace, abs=1e-12)
    assert flat.coverage == steep.coverage or len(series) == 2


@given(points.filter(lambda series: len(series) > 2))
def test_scipy_has_the_same_slope_with_uneven_years(series):
    years, values = sorted(series), [series[year] for year in sorted(series)]
    peer = stats.theilslopes(values, years)
    assert sen_slope(values, years).slope == pytest.approx(peer.slope, abs=1e-12)


def test_pymannkendall_has_the_same_slope_only_with_even_years():
    peer = pytest.importorskip("pymannkendall")
    values = [5.0, 4.5, 4.0, 2.0]
    assert sen_slope(values).slope == pytest.approx(peer.original_test(values).slope)
    # it takes no years, so that a gap counts as one year
    assert sen_slope(values, [2015, 2016, 2018, 2019]).slope == -0.625
    assert peer.original_test(values).slope == pytest.approx(-0.75)


def frame(series):
    """Arrange {name: {year: value}} as a tidy frame."""
    rows = [(*name, year, value) for name, cells in series.items() for year, value in cells.items()]
    return pd.DataFrame(rows, columns=["cluster", "indicator", "year", "value"])


names = st.tuples(st.sampled_from(["north", "south", "east"]), st.sampled_from("abc"))
values = st.one_of(
    st.integers(-3, 3).map(float),
    st.floats(-1e6, 1e6).filter(lambda x: x == 0 or abs(x) > 1e-6),
    st.just(np.nan),
)
cells = st.dictionaries(st.integers(1990, 2005), values, min_size=1, max_size=10)


@given(st.dictionaries(names, cells, min_size=1, max_size=6), st.randoms(), st.booleans())
def test_table_agrees_exactly_with_the_scalar_functions(series, random, categorical):
    tidy = frame(series)
    order = random.sample(range(len(tidy)), len(tidy))
    tidy = tidy.iloc[order]
    if categorical:
        tidy = tidy.astype({"cluster": "category", "indicator": "category"})
    table = trend_table(tidy)
    assert list(table.columns) == COLUMNS
    appeared = list(dict.fromkeys(zip(tidy["cluster"], tidy["indicator"], strict=True)))
    assert list(zip(table["cluster"], table["indicator"], strict=True)) == appeared
    for row in table.astype(object).where(table.notna(), None).to_dict("records"):
        assert_row_is_scalar(row, series[row["cluster"], row["indicator"]])


def assert_row_is_scalar(row, cells):
    found = mann_kendall(list(cells.values()), list(cells))
    line = sen_slope(list(cells.values()), list(cells))
    known = [year for year, value in cells.items() if not np.isnan(value)]
    expected = {
        **{name: getattr(found, name) for name in COLUMNS if hasattr(found, name)},
        "sen_slope": line.slope,
        "sen_low": line.low,
        "sen_high": line.high,
        "coverage": line.coverage,
        "intercept": line.intercept,
        "coverage_without_ties": line.coverage_without_ties,
        "intercept_rule": line.intercept_rule,
        "first_year": min(known, default=None),
        "last_year": max(known, default=None),
    }
    for name, wanted in expected.items():
        if name != "reason":
            missing = wanted is None or wanted != wanted  # a NaN
            assert row[name] is None if missing else row[name] == wanted, name
    both = {found.reason, line.reason} - {""}
    assert row["reason"] == "; ".join(reason for reason in REASONS if reason in both)


def test_table_is_the_same_in_small_blocks_and_beside_long_series(monkeypatch):
    random = np.random.default_rng(3)
    series = {("c", str(n)): dict(enumerate(random.normal(size=n))) for n in [4, 9, 9, 9, 120]}
    series |= {("d", str(k)): dict(enumerate(random.normal(size=9))) for k in range(9)}
    tidy = frame(series)
    whole = trend_table(tidy)
    monkeypatch.setattr("analysis.trend.sen.BLOCK_CELLS", 40)
    monkeypatch.setattr("analysis.trend.kendall.tie_patterns.BLOCK_ROWS", 2)
    pd.testing.assert_frame_equal(trend_table(tidy), whole)


def test_table_types_and_undefined_cells():
    tidy = frame({("c", "x"): {2016: np.nan}, ("c", "y"): {2016: 1.0, 2019: 4.0}})
    before = tidy.copy()
    table = trend_table(tidy)
    pd.testing.assert_frame_equal(tidy, before)
    assert table["reason"].tolist() == ["not enough observations"] * 2
    assert table[["first_year", "last_year", "s"]].iloc[1].tolist() == [2016, 2019, 1]
    assert table.iloc[0].drop(["cluster", "indicator", "n", "reason"]).isna().all()
    assert {str(table[name].dtype) for name in ("first_year", "last_year", "s")} == {"Int64"}
    assert {str(table[name].dtype) for name in ("method", "intercept_rule", "reason")} == {"str"}
    assert isinstance(table.index, pd.RangeIndex)


@pytest.mark.parametrize("confidence", [0, 1, 95, -0.5, np.nan, "0.95", True, None])
def test_impossible_confidence_is_refused(confidence):
    for call in (
        lambda: sen_slope([1, 2, 3], confidence=confidence),
        lambda: trend_table(frame({("c", "x"): {2016: 1.0}}), confidence=confidence),
    ):
        with pytest.raises(ValueError, match=r"confidence is .*; wanted a number between 0 and 1"):
            call()


@pytest.mark.parametrize(
    ("values", "years", "error", "message"),
    [
        ([1, np.inf], None, ValueError, r"values\[1\] is inf; wanted 0, a magnitude from"),
        ([1, "2"], None, TypeError, r"values\[1\] is '2'; wanted a number, or NaN"),
        ([True, 2], None, TypeError, r"values\[0\] is True"),
        ([1, 1e200], None, ValueError, r"values\[1\] is 1e\+200"),
        ([1, 10**400], None, ValueError, r"values\[1\] is out of range"),
        ([[1, 2], [3, 4]], None, TypeError, r"values\[0\] is \[1, 2\]"),
        (np.ones((2, 2)), None, ValueError, "values has 2 dimensions; wanted one"),
        (5, None, TypeError, "values is 5; wanted a sequence"),
        ([1, 2], [2016], ValueError, "years has 1 items and values 2; wanted as many"),
        ([1, 2], [2016, 2016], ValueError, "years has 2016 twice; wanted each year once"),
        ([1, 2], [2016, 2016.5], ValueError, r"years\[1\] is 2016.5; wanted a whole year"),
        ([1, 2], [2016, np.nan], ValueError, r"years\[1\] is nan; wanted a whole year"),
        ([1, 2], [2016, 20170101], ValueError, r"years\[1\] is 20170101"),
        ([1, 2], ["2016", 2017], TypeError, r"years\[0\] is '2016'"),
        ([1, 2], pd.to_datetime(["2016", "2017"]), TypeError, r"years\[0\] is Timestamp"),
        ({"a": 1.0, "b": 2.0}, None, TypeError, r"values, key 0, is 'a'; wanted a whole year"),
        ({2016: 1.0, 2017: "2"}, None, TypeError, r"values\[1\] is '2'; wanted a number"),
        ({2016: 1.0, 2017: 2.0}, [1, 2], TypeError, "values is a dict, whose keys are the years"),
        ([1, 2], {2016: 1, 2017: 2}, TypeError, "years is a dict; wanted a sequence"),
        ({1, 2}, None, TypeError, "values is a set; wanted a sequence"),
        (pd.Series([1, 2], index=["a", "b"]), None, TypeError, "whose index begins with 'a'"),
        (pd.Series([1, 2], index=[2017, 2017]), None, ValueError, "years has 2017 twice"),
        (pd.Series([1, 2], index=[2016, 20170101]), None, ValueError, r"values.index\[1\] is 2017"),
    ],
)
def test_bad_values_and_years_are_refused(values, years, error, message):
    for function in (mann_kendall, sen_slope):
        with pytest.raises(error, match=message):
            function(values, years)
