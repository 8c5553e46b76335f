"""Growth measures by hand and by their identities; target arithmetic; levelling and averages."""

from fractions import Fraction
from itertools import pairwise, product
from math import exp, floor, log

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from analysis.tidy.series import REASONS
from analysis.trend.growth import growth_table
from analysis.trend.mean_growth import growth_summary
from analysis.trend.smoothing import levelling, moving_average
from analysis.trend.target_arithmetic import decimals_of, passing, pattern, progression

FROM_2016 = range(2016, 2021)


def tidy(values, years=FROM_2016, **columns):
    cells = {"cluster": "c", "indicator": "i", "year": list(years), "value": values}
    return pd.DataFrame(cells | columns)


TRAINEES = [100.0, 150.0, 200.0, 250.0, 300.0]  # the article's Table 2
SALES = [np.nan, 823.0, np.nan, np.nan, 2160.0]  # Table 4
PLANTS = [0.0, 1.0, 3.0, 5.0, 7.0]  # Table 2
FIRST, GAP, BASELESS, ZERO, NEGATIVE, NO_LOG, FEW, CONSTANT, SILENT = REASONS[:9]


def test_columns_are_those_of_the_contract():
    table, summary = growth_table(tidy(TRAINEES)), growth_summary(tidy(TRAINEES))
    assert ",".join(table.columns) == (
        "cluster,indicator,year,value,standing,chain_abs,chain_coef,chain_rate_pct,"
        "chain_increment_pct,value_of_1pct,base_year,base_abs,base_index,base_increment_pct,"
        "pp_change,reason,chain_reason,base_reason,previous_year,years_apart,annual_abs,"
        "annual_increment_pct"
    )
    assert ",".join(summary.columns) == (
        "cluster,indicator,first_year,last_year,n,mean_level,mean_abs_growth,cagr_pct,loglin_b,"
        "loglin_growth_pct,pattern,reason,mean_rule,mean_growth_coef"
    )
    assert (FIRST, SILENT) == ("no earlier observation", "not reported")
    assert (NO_LOG, BASELESS) == ("a value has no logarithm", "base year not reported")


@pytest.mark.parametrize(
    ("column", "expected"),
    [
        ("chain_abs", [np.nan, 50, 50, 50, 50]),
        ("chain_coef", [np.nan, 1.5, 4 / 3, 1.25, 1.2]),
        ("chain_rate_pct", [np.nan, 150, 400 / 3, 125, 120]),
        ("chain_increment_pct", [np.nan, 50, 100 / 3, 25, 20]),
        ("value_of_1pct", [np.nan, 1, 1.5, 2, 2.5]),
        ("base_year", [2016] * 5),
        ("base_abs", [0, 50, 100, 150, 200]),
        ("base_index", [100, 150, 200, 250, 300]),
        ("base_increment_pct", [0, 50, 100, 150, 200]),
        ("pp_change", [np.nan] * 5),
    ],
)
def test_growth_by_hand(column, expected):
    found = growth_table(tidy(TRAINEES, unit="people"))[column].astype(float)
    np.testing.assert_allclose(found, expected, rtol=1e-12)


@pytest.mark.parametrize(
    ("values", "options", "reasons", "chain_abs", "base_index"),
    [
        (TRAINEES, {}, [FIRST, "", "", "", ""], [None, 50, 50, 50, 50], [100, 150, 200, 250, 300]),
        (SALES, {}, [SILENT, FIRST, SILENT, SILENT, GAP], [None] * 5, [None, 100, *[None] * 2, 216e3 / 823]),
        (SALES, {"base_year": 2016}, [SILENT, f"{FIRST}; {BASELESS}", SILENT, SILENT, f"{GAP}; {BASELESS}"], [None] * 5, [None] * 5),
        (SALES, {"step": 3}, [SILENT, FIRST, SILENT, SILENT, ""], [*[None] * 4, 1337], [None, 100, *[None] * 2, 216e3 / 823]),
        (PLANTS, {}, [f"{FIRST}; {ZERO}", ZERO, ZERO, ZERO, ZERO], [None, 1, 2, 2, 2], [None] * 5),
        (TRAINEES, {"base_year": 2017}, [FIRST, "", "", "", ""], [None, 50, 50, 50, 50], [200 / 3, 100, 400 / 3, 500 / 3, 200]),
        ([1, np.nan, 2, 3, 4], {"base_year": 2017}, [f"{FIRST}; {BASELESS}", SILENT, f"{GAP}; {BASELESS}", BASELESS, BASELESS], [None, None, None, 1, 1], [None] * 5),
        (PLANTS, {"base_year": 2018}, [FIRST, ZERO, "", "", ""], [None, 1, 2, 2, 2], [0, 100 / 3, 100, 500 / 3, 700 / 3]),
        (PLANTS, {"base_year": 2018, "step": 2}, [FIRST, FIRST, ZERO, "", ""], [None, None, 3, 4, 4], [0, 100 / 3, 100, 500 / 3, 700 / 3]),
        ([4, -2, 1, np.nan, 2], {}, [FIRST, "", NEGATIVE, SILENT, GAP], [None, -6, 3, None, None], [100, -50, 25, None, 50]),
        ([-4, 0, 1, 2, 2], {}, [f"{FIRST}; {NEGATIVE}", NEGATIVE, f"{ZERO}; {NEGATIVE}", NEGATIVE, NEGATIVE], [None, 4, 1, 1, 0], [None] * 5),
        ([np.nan] * 5, {}, [SILENT] * 5, [None] * 5, [None] * 5),
        ([0, np.nan, 1, -1, 0], {}, [f"{FIRST}; {ZERO}", SILENT, f"{GAP}; {ZERO}", ZERO, f"{ZERO}; {NEGATIVE}"], [None, None, None, -2, 1], [None] * 5),
    ],
    ids=["complete", "gap", "gap and base", "over the gap", "zero", "second year", "base in a gap", "later base", "two steps", "negative", "negative base", "silent", "mixed"],
)  # fmt: skip
def test_every_empty_cell_has_its_reason(values, options, reasons, chain_abs, base_index):
    table = growth_table(tidy(values), **options)
    assert table["reason"].tolist() == reasons
    np.testing.assert_allclose(table["chain_abs"], np.array(chain_abs, float))
    np.testing.assert_allclose(table["base_index"], np.array(base_index, float))


def test_two_reasons_are_distinguished():
    table = growth_table(tidy([-4, 0, 1, np.nan, 2]))
    assert table["chain_reason"].tolist() == [FIRST, NEGATIVE, ZERO, SILENT, GAP]
    assert table["base_reason"].tolist() == [NEGATIVE] * 3 + [SILENT, NEGATIVE]
    empty = table[["chain_abs", "chain_coef", "chain_rate_pct", "value_of_1pct"]].isna()
    assert empty["chain_abs"].tolist() == [True, False, False, True, True]
    assert empty[["chain_coef", "chain_rate_pct", "value_of_1pct"]].all(axis=None)


def test_base_year_is_carried_along():
    assert growth_table(tidy(SALES))["base_year"].tolist() == [2017] * 5
    assert growth_table(tidy(SALES), base_year=2016)["base_year"].tolist() == [2016] * 5
    assert growth_table(tidy([np.nan] * 5))["base_year"].isna().all()


def test_shares_move_in_percentage_points():
    table = growth_table(tidy([55, 55, 60], range(3), unit="percent", standing="base"))
    np.testing.assert_array_equal(table["pp_change"], [np.nan, 0, 5])
    assert table["standing"].tolist() == ["base"] * 3


def test_rows_stay_as_given():
    frame = pd.concat([tidy(TRAINEES), tidy(PLANTS).assign(indicator="j")], ignore_index=True)
    whole = growth_table(frame)
    order = [7, 0, 9, 4, 2, 8, 1, 3, 6, 5]
    expected = whole.iloc[order].reset_index(drop=True)
    pd.testing.assert_frame_equal(growth_table(frame.iloc[order]), expected)


positive = st.lists(st.floats(0.01, 1e6), min_size=2, max_size=9)


@given(positive, st.integers(1, 5))
def test_chain_measures_make_up_base_measures(values, scale):
    table = growth_table(tidy(values, range(len(values))))
    product = table["chain_coef"].fillna(1).cumprod()
    np.testing.assert_allclose(100 * product, table["base_index"], rtol=1e-9)
    np.testing.assert_allclose(table["chain_abs"].fillna(0).cumsum(), table["base_abs"], atol=1e-6)
    grown = table["chain_increment_pct"] * table["value_of_1pct"]  # so many times one per cent
    np.testing.assert_allclose(grown, table["chain_abs"], rtol=1e-9, atol=1e-6)
    np.testing.assert_allclose(table["chain_rate_pct"], 100 + table["chain_increment_pct"])
    scaled = growth_table(tidy([scale * value for value in values], range(len(values))))
    np.testing.assert_allclose(scaled["chain_coef"], table["chain_coef"])
    np.testing.assert_allclose(scaled["chain_abs"], scale * table["chain_abs"])


@given(positive)
def test_mean_growth_carries_the_first_value_to_the_last(values):
    summary = growth_summary(tidy(values, range(len(values)))).iloc[0]
    span = len(values) - 1
    assert values[0] * summary["mean_growth_coef"] ** span == pytest.approx(values[-1])
    assert values[0] + summary["mean_abs_growth"] * span == pytest.approx(values[-1], abs=1e-6)
    chain = growth_table(tidy(values, range(len(values))))["chain_coef"].iloc[1:]
    assert summary["mean_growth_coef"] == pytest.approx(np.exp(np.log(chain).mean()))


@pytest.mark.parametrize(
    ("values", "years", "kind", "mean"),
    [
        (TRAINEES, FROM_2016, "flow", 200),
        # half of the ends and the whole middle, over the four years between
        ([65, 72, 75, 80, 83], FROM_2016, "stock", (32.5 + 72 + 75 + 80 + 41.5) / 4),
        # one year at 125 and three at 275 on average
        ([100, 150, 400], [2016, 2017, 2020], "stock", (125 * 1 + 275 * 3) / 4),
        ([100, 150, 400], [2016, 2017, 2020], "flow", 650 / 3),
        ([7], [2016], "stock", 7),
    ],
    ids=["flow", "stock", "uneven stock", "uneven flow", "one"],
)
def test_mean_level_by_hand(values, years, kind, mean):
    summary = growth_summary(tidy(values, years, stock_or_flow=kind)).iloc[0]
    assert summary["mean_level"] == pytest.approx(mean)
    assert summary["mean_rule"] == {"flow": "arithmetic", "stock": "chronological"}[kind]


def test_mean_levels_of_several_series_do_not_mix():
    parts = [tidy(TRAINEES), tidy([1, 1, 3], [1990, 2000, 2001]), tidy(SALES), tidy(PLANTS)]
    frame = pd.concat([part.assign(indicator=str(k)) for k, part in enumerate(parts)])
    frame["stock_or_flow"] = frame["indicator"].map(dict.fromkeys("0123", "stock") | {"3": "flow"})
    expected = [200, (10 * 1 + 1 * 2) / 11, (823 + 2160) / 2, 16 / 5]
    np.testing.assert_allclose(growth_summary(frame)["mean_level"], expected)


def test_summary_by_hand_over_a_gap():
    summary = growth_summary(tidy(SALES)).iloc[0]
    assert summary[["first_year", "last_year", "n"]].tolist() == [2017, 2020, 2]
    assert summary["mean_abs_growth"] == pytest.approx(1337 / 3)
    assert summary["cagr_pct"] == pytest.approx(100 * ((2160 / 823) ** (1 / 3) - 1))
    assert summary["loglin_b"] == pytest.approx(log(2160 / 823) / 3)
    assert summary["loglin_growth_pct"] == pytest.approx(summary["cagr_pct"])
    assert (summary["pattern"], summary["reason"]) == ("", FEW)


def test_a_series_of_every_second_year_is_compared_with_the_observation_before():
    biennial = growth_table(tidy([40.0, 42.0, 45.0, 44.0], range(2014, 2021, 2)))
    np.testing.assert_allclose(
        biennial["chain_increment_pct"], [np.nan, 5, 100 * 3 / 42, -100 / 45]
    )
    assert biennial["reason"].tolist() == [FIRST, "", "", ""]
    assert biennial["years_apart"].tolist()[1:] == [2, 2, 2]
    assert biennial["previous_year"].tolist()[1:] == [2014, 2016, 2018]
    np.testing.assert_allclose(biennial["annual_abs"].iloc[1:], [1, 1.5, -0.5])
    yearly = 100 * (np.sqrt([42 / 40, 45 / 42, 44 / 45]) - 1)
    np.testing.assert_allclose(biennial["annual_increment_pct"].iloc[1:], yearly)
    # rows that say that nothing is reported between them change nothing
    padded = growth_table(tidy([40, np.nan, 42, np.nan, 45, np.nan, 44], range(2014, 2021)))
    reported = padded.dropna(subset="value").reset_index(drop=True)
    pd.testing.assert_frame_equal(reported, biennial)


def test_uneven_years_are_compared_with_the_observation_before_and_a_gap_stays_one():
    uneven = growth_table(tidy([1.0, 2.0, 16.0], [2014, 2016, 2019]))
    np.testing.assert_allclose(uneven["chain_coef"], [np.nan, 2, 8])
    np.testing.assert_allclose(uneven["annual_increment_pct"], [np.nan, 100 * (2**0.5 - 1), 100])
    gap = growth_table(tidy([1.0, 2.0, 16.0], [2014, 2015, 2018]))
    assert gap["chain_reason"].tolist() == [FIRST, "", GAP]
    assert gap["years_apart"].tolist()[1:] == [1, 3]
    np.testing.assert_allclose(gap["annual_increment_pct"], [np.nan, 100, 100])
    two = growth_table(tidy([1.0, 2.0], [2014, 2016]))  # two show no distance to be kept
    assert two["chain_reason"].tolist() == [FIRST, GAP]


RATIOS = ["chain_coef", "chain_rate_pct", "value_of_1pct", "base_index", "base_increment_pct"]
DIFFERENCES = ["chain_abs", "base_abs", "annual_abs"]


@pytest.mark.parametrize(
    ("kind", "reason", "ratios", "differences"),
    [
        ("amount", "", True, True),
        ("share", "", True, True),
        ("rate", "a rate has no ratios", False, True),
        ("balance", "a balance has no ratios", False, True),
        ("score", "of a score only the order counts", False, False),
        ("rank", "of a rank only the order counts", False, False),
    ],
)
def test_a_kind_admits_what_its_table_says(kind, reason, ratios, differences):
    frame = tidy([34.0, 50.0, 60.0], range(3), kind=kind, unit="percent")
    table, summary = growth_table(frame), growth_summary(frame).iloc[0]
    assert table[[*RATIOS, "annual_increment_pct"]].iloc[1:].notna().all(axis=None) == ratios
    assert table[RATIOS].notna().any(axis=None) == ratios
    assert table[[*DIFFERENCES, "pp_change"]].iloc[1:].notna().all(axis=None) == differences
    assert table[DIFFERENCES].notna().any(axis=None) == differences
    assert table["reason"].tolist() == ["; ".join(filter(None, [FIRST, reason])), reason, reason]
    assert table["base_reason"].tolist() == [reason] * 3
    assert summary[["cagr_pct", "loglin_growth_pct"]].notna().tolist() == [ratios] * 2
    assert summary[["mean_level", "mean_abs_growth"]].notna().tolist() == [differences] * 2
    assert summary["reason"] == reason


def test_a_balance_that_changes_its_sign_has_differences_alone():
    frame = tidy([34.0, -2.0, -20.0, np.nan, 50.0], kind="balance", unit="million euros")
    table = growth_table(frame)
    np.testing.assert_allclose(table["chain_abs"], [np.nan, -36, -18, np.nan, np.nan])
    barred = "a balance has no ratios"
    assert table["reason"].tolist() == [
        f"{FIRST}; {barred}",
        barred,
        barred,
        SILENT,
        f"{GAP}; {barred}",
    ]
    assert growth_summary(frame)["reason"].tolist() == [barred]


def test_a_constant_rate_is_no_pattern_of_what_has_no_ratios():
    values = [3.0, 6.0, 12.0, 24.0]
    assert growth_summary(tidy(values, range(4)))["pattern"].tolist() == ["constant rate"]
    balance = growth_summary(tidy(values, range(4), kind="balance"))
    assert balance["pattern"].tolist() == ["none"]
    assert growth_summary(tidy(values, range(4), kind="rank"))["pattern"].tolist() == [""]


@given(st.dictionaries(st.integers(1990, 2020), st.floats(0.01, 1e6), min_size=2, max_size=9))
def test_log_linear_rate_is_that_of_numpy(series):
    years, values = np.array(list(series)), np.array(list(series.values()))
    summary = growth_summary(tidy(values, years)).iloc[0]
    slope = np.polyfit(years - 2000, np.log(values), 1)[0]
    assert summary["loglin_b"] == pytest.approx(slope, abs=1e-9)
    assert summary["loglin_growth_pct"] == pytest.approx(100 * (exp(slope) - 1), abs=1e-6)


@pytest.mark.parametrize(
    ("values", "reason", "cagr", "loglin"),
    [
        ([1, 2, 4], "", True, True),
        ([0, 2, 4], ZERO, False, False),
        ([1, 0, 4], NO_LOG, True, False),
        ([4, 2, 0], NO_LOG, True, False),
        ([-1, 2, 4], NEGATIVE, False, False),
        ([1, 2, -4], NO_LOG, False, False),
        ([0, -1, 4], ZERO, False, False),
        ([100, 0, 121], NO_LOG, True, False),
        ([100, 50, 0], NO_LOG, True, False),
        ([100, 50, -20], NO_LOG, False, False),
        ([1, 2, np.nan], FEW, True, True),
        ([0, 2, np.nan], f"{ZERO}; {FEW}", False, False),
        ([np.nan, 2, np.nan], FEW, False, False),
        ([np.nan] * 3, FEW, False, False),
    ],
    ids=str,
)
def test_undefined_rates_have_their_reason(values, reason, cagr, loglin):
    summary = growth_summary(tidy(values, range(3))).iloc[0]
    assert summary["reason"] == reason
    assert summary[["cagr_pct", "mean_growth_coef"]].notna().tolist() == [cagr, cagr]
    assert summary[["loglin_b", "loglin_growth_pct"]].notna().tolist() == [loglin, loglin]


@pytest.mark.parametrize(
    ("values", "name", "low", "high", "simplest", "as_printed"),
    [
        ([1, 1, 1, 1, 1], "constant level", 0, 0, 0, True),
        # from the ends: 4 d lies within 200 - 1 and 200 + 1
        (TRAINEES, "constant step", 49.75, 50.25, 50, True),
        # the first step, below 18, rules out the 18 and more of the others; 438.9 x 1.04^k rounds
        # to all five. Bounds: from 456 to 494 at least, from 439 to 513 at most
        (
            [439, 456, 475, 494, 513],
            "constant rate",
            100 * ((493.5 / 456.5) ** (1 / 2) - 1),
            100 * ((513.5 / 438.5) ** (1 / 4) - 1),
            4,
            False,
        ),
        (PLANTS, "none", None, None, None, False),  # it would take fewer than no plants in 2016
        (
            [3, 6, 12, 24],
            "constant rate",
            100 * ((23.5 / 6.5) ** (1 / 2) - 1),
            100 * ((24.5 / 5.5) ** (1 / 2) - 1),
            100,
            True,
        ),
        (
            [-3, -6, -12, -25],
            "constant rate",
            100 * (24.5 / 12.5 - 1),
            100 * ((25.5 / 5.5) ** (1 / 2) - 1),
            100,
            False,
        ),
        # 0.6 + 1.5 k rounds to 1, 2, 4 as well, but doubling needs no rounding
        ([1, 2, 4], "constant rate", 100 * ((3.5 / 1.5) ** 0.5 - 1), 200, 100, True),
        ([1, 2, 1], "none", None, None, None, False),  # only the bounds themselves would do
        ([1, 2, 2, 2, 2], "none", None, None, None, False),  # a step that rounding hides
        ([0, 0, 20, 40, 60], "none", None, None, None, False),
        ([7, 10, 12, 12, 12], "none", None, None, None, False),
        ([-8, -4, 0, 8], "none", None, None, None, False),
        ([1, 2], "", None, None, None, False),
        ([np.nan, 2, 2, np.nan], "", None, None, None, False),
    ],
    ids=str,
)
def test_target_arithmetic_by_hand(values, name, low, high, simplest, as_printed):
    found = progression(values, range(2016, 2016 + len(values)))
    assert (found.pattern, found.as_printed) == (name, as_printed)
    expected = np.array([low, high, simplest], float)
    np.testing.assert_allclose([found.low, found.high, found.simplest], expected, rtol=1e-12)


def test_a_count_keeps_a_step_only_exactly():
    for kind in ("count", ""):
        assert progression([2, 4, 6, 8], range(4), kind=kind).pattern == "constant step"
    almost = [10, 12, 15, 17, 20]  # 10 + 2.5 k, halves up: 10, 13, 15, 18, 20 would be, too
    assert progression(almost, range(5), kind="count").pattern != "constant step"
    assert progression(almost, range(5), kind="amount").pattern == "constant step"


def test_a_balance_may_stand_below_zero_where_a_zero_is_printed():
    assert progression(PLANTS, range(5), kind="balance").pattern == "constant step"
    assert progression(PLANTS, range(5), kind="amount").pattern == "none"


def test_how_many_of_that_shape_would_pass():
    shapes = list(product((1, 2), repeat=4))
    before = sum(progression(np.cumsum([0, *steps]), range(5), kind="balance").pattern != "none"
                 for steps in shapes)  # fmt: skip
    assert (before, len(shapes)) == (14, 16)  # nearly any such series is a step, if rounded
    assert passing(PLANTS, range(5)) == (2, 16)
    assert passing([0, 10**6, 3], range(3)) == (0, 0)  # too many to try


def half_up(number, decimals):
    """Round a fraction to a multiple of 10^-decimals, halves up, exactly."""
    unit = Fraction(10) ** -decimals
    return float(floor(number / unit + Fraction(1, 2)) * unit)


fractions = st.fractions(-1000, 1000, max_denominator=50)
spaced = st.lists(st.integers(0, 12), min_size=3, max_size=7, unique=True).map(sorted)


@given(fractions, fractions, spaced, st.integers(-1, 3))
def test_every_rounded_step_is_found(start, step, years, decimals):
    unit = Fraction(10) ** -decimals
    assume(abs(step) >= unit)  # a smaller one may leave a printed value where it was
    exact = [start + step * year for year in years]
    values = [half_up(number, decimals) for number in exact]
    assume(min(exact) >= 0 or min(values) < 0)  # what is printed as 0 and above is 0 and above
    found = progression(values, years, decimals)
    if found.pattern != "constant step":  # by chance the printed values keep a rate exactly
        assert (found.pattern, found.as_printed) == ("constant rate", True)
        return
    assert found.low <= step <= found.high
    assert found.low <= found.simplest <= found.high


@given(st.fractions(20, 900, max_denominator=9), st.fractions(1, 3, max_denominator=30), spaced)
def test_every_rounded_rate_is_found(start, rate, years):
    assume(start * (rate - 1) >= 1)
    values = [half_up(start * rate**year, 0) for year in years]
    found = progression(values, years)
    assert found.pattern in ("constant step", "constant rate")  # a step may fit as well
    if found.pattern == "constant rate":
        assert found.low - 1e-9 <= 100 * (rate - 1) <= found.high + 1e-9


def test_a_rate_known_more_closely_than_a_float_can_show():
    start, rate = Fraction(5_000_000_000_000_001), Fraction(10003, 10000)
    found = progression([half_up(start * rate**k, 0) for k in range(4)], range(4))
    assert (found.pattern, found.as_printed) == ("constant rate", False)
    assert found.simplest == pytest.approx(0.03)


@given(st.lists(st.integers(-30, 60), min_size=3, max_size=6))
def test_claimed_arithmetic_rounds_to_the_printed_values(values):
    """Search the progression itself: the middle of the steps or rates, and some start."""
    years = list(range(len(values)))
    found = progression(values, years)
    if found.pattern == "constant step":
        step = (Fraction(found.low) + Fraction(found.high)) / 2
        starts = [value - step * year for value, year in zip(values, years, strict=True)]
        assert max(starts) - min(starts) < 1
    elif found.pattern == "constant rate":
        rate = 1 + (found.low + found.high) / 200
        low = max(
            (abs(value) - 0.5) / rate**year for value, year in zip(values, years, strict=True)
        )
        high = min(
            (abs(value) + 0.5) / rate**year for value, year in zip(values, years, strict=True)
        )
        assert low < high
    elif found.pattern == "none":
        flat = any(value == following for value, following in pairwise(values))
        steps = np.linspace(-100, 100, 4001)
        starts = np.array(values)[:, None] - np.outer(years, steps)
        assert flat or (np.ptp(starts, axis=0) >= 1 - 1e-9).all()


@pytest.mark.parametrize(
    ("values", "decimals"), [([5.0, 0.25], 2), ([1e22, 3], 0), ([], 0), ([1e-3], 3), ([100.0], 0)]
)
def test_decimals_are_those_printed(values, decimals):
    assert decimals_of(values) == decimals


def test_summary_judges_rounding_by_the_decimals():
    judged = {"step": [0.1, 0.2, 0.3], "rate": [0.1, 0.2, 0.4, 0.8], "none": [0.1, 0.2, 0.8, 0.9]}
    for name, values in judged.items():
        found = growth_summary(tidy(values, range(len(values))))["pattern"].item()
        assert found.removeprefix("constant ") == name
    assert pattern([10, 20, 40], range(3), decimals=-1) == "constant rate"
    # two years apart: 36 and 37 both round from 18.25 a year
    assert pattern([439, 475, 512], [2016, 2018, 2020]) == "constant step"


@given(st.dictionaries(st.integers(1990, 2020), st.floats(-1e4, 1e4).filter(lambda x: abs(x) > 1e-3), min_size=4, max_size=12), st.integers(0, 3))  # fmt: skip
def test_levelling_is_least_squares(series, degree):
    years, values = np.array(list(series)), np.array(list(series.values()))
    table = levelling(tidy(values, years), degree)
    peer = np.polynomial.Polynomial.fit(years, values, degree)
    np.testing.assert_allclose(table["fitted"], peer(years), atol=1e-6, rtol=1e-6)
    np.testing.assert_allclose(table["fitted"] + table["residual"], values)
    assert table["residual"].sum() == pytest.approx(0, abs=1e-5)
    assert (table["origin"] == min(years)).all()
    powers = [table[f"a{k}"] * (years - min(years)) ** k for k in range(degree + 1)]
    np.testing.assert_allclose(sum(powers), table["fitted"], atol=1e-6)


@pytest.mark.parametrize("level", [0.0, 1.0, 1e9, 1e14, -1e14])
def test_levelling_sees_a_trend_at_any_level(level):
    table = levelling(tidy([level + step for step in range(5)], range(2016, 2021)))
    assert table["a1"].tolist() == pytest.approx([1] * 5, rel=1e-12)
    flat = levelling(tidy([0.3, 0.1 + 0.2, 0.3], range(2016, 2019)))
    assert flat["a1"].tolist() == [0, 0, 0]


def test_levelling_by_hand_and_with_gaps():
    # sums over t = 0..4: t 10, t^2 30, y 53, ty 118, so b = (5 x 118 - 10 x 53) / (5 x 30 - 100)
    line = levelling(tidy([7, 10, 12, 12, 12]))
    np.testing.assert_allclose(line[["a0", "a1"]].iloc[0], [8.2, 1.2])
    np.testing.assert_allclose(line["fitted"], [8.2, 9.4, 10.6, 11.8, 13])
    short = levelling(tidy(SALES), degree=2)
    assert short[["fitted", "residual", "a0", "a1", "a2"]].isna().all(axis=None)
    assert short["reason"].tolist() == [f"{FEW}; {SILENT}", FEW, *[f"{FEW}; {SILENT}"] * 2, FEW]
    line = levelling(tidy(SALES))
    assert line["reason"].tolist() == [SILENT, "", SILENT, SILENT, ""]
    np.testing.assert_allclose(line["fitted"], SALES)  # no value is drawn into the gap


@pytest.mark.parametrize(
    ("values", "window", "averages", "reasons"),
    [
        (TRAINEES, 3, [None, 150, 200, 250, None], [FEW, "", "", "", FEW]),
        ([7, 10, 12, 12, 14], 5, [None, None, 11, None, None], [FEW, FEW, "", FEW, FEW]),
        ([1, 2, np.nan, 4, 6], 3, [None] * 5, [FEW, FEW, SILENT, FEW, FEW]),
    ],
    ids=["three", "five", "gap"],
)
def test_moving_average_by_hand(values, window, averages, reasons):
    table = moving_average(tidy(values), window)
    np.testing.assert_allclose(table["average"], np.array(averages, float))
    assert table["reason"].tolist() == reasons


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (
            lambda: growth_table(tidy(TRAINEES), step=0),
            "step is 0; wanted a whole number of years from 1 to",
        ),
        (lambda: growth_table(tidy(TRAINEES), step=1.5), "step is 1.5; wanted a whole number"),
        (lambda: growth_table(tidy(TRAINEES), base_year="2016"), "base_year is '2016'; wanted"),
        (lambda: growth_table(tidy(TRAINEES), base_year=True), "base_year is True; wanted"),
        (lambda: growth_table(tidy(TRAINEES, unit=None)), "row 0, unit is None; wanted a unit"),
        (lambda: growth_table(tidy(TRAINEES, unit=" ")), "row 0, unit is ' '; wanted a unit"),
        (lambda: growth_table(tidy(TRAINEES, unit=5)), "row 0, unit is 5; wanted a unit"),
        (lambda: growth_table(tidy(TRAINEES, unit="%")), "unit is '%'; wanted .* 'percent'"),
        (lambda: growth_table(tidy(TRAINEES, unit="Percent")), "unit is 'Percent'; wanted"),
        (
            lambda: growth_table(tidy(TRAINEES, unit=["percent"] * 4 + ["people"])),
            "row 4, unit is 'people'; wanted the same in every row of a series",
        ),
        (
            lambda: growth_summary(tidy(TRAINEES, stock_or_flow="rate")),
            "row 0, stock_or_flow is 'rate'; wanted stock or flow",
        ),
        (
            lambda: growth_summary(tidy(TRAINEES, stock_or_flow=["flow"] * 3 + [None] * 2)),
            "row 3, stock_or_flow is None; wanted stock or flow",
        ),
        (lambda: levelling(tidy(TRAINEES), degree=6), "degree is 6; wanted a whole number from 0"),
        (lambda: levelling(tidy(TRAINEES), degree=1.0), "degree is 1.0; wanted"),
        (lambda: moving_average(tidy(TRAINEES), window=4), "window is 4; wanted an odd whole"),
        (lambda: moving_average(tidy(TRAINEES), window=1), "window is 1; wanted an odd whole"),
        (lambda: pattern([1.25, 2, 3], range(3), decimals=1), "values has 1.25 in 0; wanted at"),
        (lambda: pattern([1, 2, 3], range(3), decimals=0.5), "decimals is 0.5; wanted a whole"),
        (lambda: pattern([1, 2, 3], range(3), decimals=999), "decimals is 999; wanted a whole"),
        (lambda: pattern([1, 2, 3], range(2)), "years has 2 items and values 3"),
    ],
)
def test_bad_arguments_and_words_are_refused(call, message):
    with pytest.raises(ValueError, match=message):
        call()


def test_a_line_through_the_origin_has_no_noise_in_its_table():
    years = list(range(2016, 2026))
    frame = pd.DataFrame(
        {"cluster": "a", "indicator": "x", "year": years, "value": [3.3 * n for n in range(10)]}
    )
    assert levelling(frame)["a0"].unique().tolist() == [0.0]
    assert levelling(frame, degree=2)["a2"].unique().tolist() == [0.0]


def test_the_average_of_every_second_year_is_over_observations():
    biennial = moving_average(tidy([40.0, 42.0, 45.0, 44.0], range(2014, 2021, 2)))
    np.testing.assert_allclose(biennial["average"], [np.nan, 127 / 3, 131 / 3, np.nan])
    uneven = moving_average(tidy([40.0, 42.0, 45.0], [2014, 2016, 2019]))
    assert uneven["average"].isna().all()


@pytest.mark.parametrize("kind", ["score", "rank"])
def test_what_has_only_an_order_is_not_smoothed(kind):
    frame = tidy([3.0, np.nan, 2.0, 1.0, 5.0], kind=kind)
    only = f"of a {kind} only the order counts"
    for table, column in ((moving_average(frame), "average"), (levelling(frame), "fitted")):
        assert table[column].isna().all()
        assert table["reason"].tolist()[0] == only
        assert SILENT in table["reason"].tolist()[1]
    rate = levelling(tidy([3.0, 2.0, 1.0], range(3), kind="rate"))
    np.testing.assert_allclose(rate["a1"], [-1] * 3)
