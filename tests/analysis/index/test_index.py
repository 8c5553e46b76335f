"""Index numbers: textbook formulas and identities, tables of indices, decompositions."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.index.aggregates import aggregate_dynamics
from analysis.index.base_and_chain import (
    base_indices,
    chain_indices,
    fisher,
    index_table,
    jevons,
    laspeyres,
    paasche,
    value_index,
)
from analysis.index.decomposition import (
    composition,
    factor_split,
    factor_splits,
)
from analysis.tidy.kinds import why_not
from analysis.tidy.series import REASONS

NO_LOG = "a value has no logarithm"
P0, P1 = [10.0, 4.0, 5.0], [12.0, 3.0, 5.0]
Q0, Q1 = [1.0, 5.0, 2.0], [2.0, 6.0, 0.0]


def test_bilateral_indices_by_hand():
    assert laspeyres(p1=P1, p0=P0, q0=Q0) == (12 + 15 + 10) / (10 + 20 + 10)
    assert paasche(p1=P1, p0=P0, q1=Q1) == (24 + 18) / (20 + 24)
    assert value_index(p1=P1, p0=P0, q1=Q1, q0=Q0) == (24 + 18) / 40
    assert jevons(p1=P1, p0=P0) == pytest.approx((12 * 3 * 5 / (10 * 4 * 5)) ** (1 / 3))
    expected = ((37 / 40) * (42 / 44)) ** 0.5
    assert fisher(p1=P1, p0=P0, q1=Q1, q0=Q0) == pytest.approx(expected)


FIGURES = st.lists(st.floats(0.01, 1e4), min_size=4, max_size=4)


@given(p1=FIGURES, p0=FIGURES, q1=FIGURES, q0=FIGURES)
def test_textbook_identities(p1, p0, q1, q0):
    now = {"p1": p1, "p0": p0, "q1": q1, "q0": q0}
    back = {"p1": p0, "p0": p1, "q1": q0, "q0": q1}  # time reversed
    turned = {"p1": q1, "p0": q0, "q1": p1, "q0": p0}  # prices and quantities change places
    value = value_index(**now)
    assert fisher(**now) * fisher(**back) == pytest.approx(1)
    assert jevons(p1=p1, p0=p0) * jevons(p1=p0, p0=p1) == pytest.approx(1)
    assert fisher(**now) * fisher(**turned) == pytest.approx(value)
    price, quantity = laspeyres(p1=p1, p0=p0, q0=q0), paasche(p1=q1, p0=q0, q1=p1)
    assert price * quantity == pytest.approx(value)
    price, quantity = paasche(p1=p1, p0=p0, q1=q1), laspeyres(p1=q1, p0=q0, q0=p0)
    assert price * quantity == pytest.approx(value)
    # Laspeyres is not reversible in time: reversed it is one over Paasche
    backward = laspeyres(p1=p0, p0=p1, q0=q1)
    assert backward == pytest.approx(1 / paasche(p1=p1, p0=p0, q1=q1))


@given(p1=FIGURES, p0=FIGURES, q1=FIGURES, q0=FIGURES)
def test_variable_composition_is_fixed_times_structural(p1, p0, q1, q0):
    split = composition(p1=p1, p0=p0, q1=q1, q0=q0)
    assert split.variable == pytest.approx(split.fixed * split.structural)
    mean = np.average(p1, weights=q1) / np.average(p0, weights=q0)
    assert split.variable == pytest.approx(mean)
    assert split.fixed == pytest.approx(np.average(p1, weights=q1) / np.average(p0, weights=q1))
    scaled = composition(p1=p1, p0=p0, q1=[10 * q for q in q1], q0=q0)
    assert scaled.structural == pytest.approx(split.structural)  # sizes count as shares only


def test_series_are_matched_by_label():
    p1, p0 = pd.Series({"a": 12.0, "b": 5.0}), pd.Series({"b": 5.0, "a": 10.0})
    q = pd.Series({"b": 2.0, "a": 1.0})
    assert laspeyres(p1=p1, p0=p0, q0=q) == 1.1
    assert composition(p1=p1, p0=p0, q1=q, q0=q).structural == pytest.approx(1)
    with pytest.raises(ValueError, match="labels of q0 and p1 differ"):
        laspeyres(p1=p1, p0=p0, q0=pd.Series({"a": 1.0, "c": 2.0}))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"p1": [1.0, np.nan, 1.0]}, r"p1\[1\] is nan"),
        ({"p0": [1.0, np.inf, 1.0]}, r"p0\[1\] is inf"),
        ({"q1": [1.0, 1.0, -2.0]}, r"q1\[2\] is -2.0; wanted zero or more"),
        ({"q0": [1.0, 1.0]}, "q0 has 2 entries, p1 3"),
        ({"q0": [0.0, 0.0, 0.0]}, r"sum\(p0 q0\) is zero"),
        ({"q1": [0.0, 0.0, 0.0]}, r"sum\(p0 q1\) is zero"),
        ({"p1": [], "p0": [], "q1": [], "q0": []}, "p1 has 0 entries"),
    ],
)
def test_bilateral_refusals(change, words):
    with pytest.raises(ValueError, match=words):
        composition(**({"p1": P1, "p0": P0, "q1": Q1, "q0": Q0} | change))
    if "q1" not in change:
        with pytest.raises(ValueError, match=words):
            fisher(**({"p1": P1, "p0": P0, "q1": Q1, "q0": Q0} | change))


def test_jevons_wants_positive_prices_and_numbers():
    with pytest.raises(ValueError, match="p0 has a zero"):
        jevons(p1=[1.0], p0=[0.0])
    with pytest.raises(TypeError, match=r"p1\[0\] is 'x'"):
        jevons(p1=["x"], p0=[1.0])


def tidy(values, cluster="a", indicator="x", first_year=2016):
    years = range(first_year, first_year + len(values))
    return pd.DataFrame(
        {"cluster": cluster, "indicator": indicator, "year": years, "value": values}
    ).astype({"value": float})


NO, GAP, BASELESS, ZERO, NEGATIVE, NOT = (
    *("no earlier observation", "gap before it", "base year not reported"),
    *("base is zero", "negative base", "not reported"),
)


@pytest.mark.parametrize(
    ("values", "base", "chain", "reasons"),
    [
        ([55, 55, 60], [100, 100, 6000 / 55], [None, 100, 6000 / 55], [NO, "", ""]),
        ([0, 1, 3], [None] * 3, [None, None, 300], [f"{NO}; {ZERO}", ZERO, ZERO]),
        (
            [None, 823, None, None, 2160],
            [None, 100, None, None, 216000 / 823],
            [None] * 5,
            [NOT, NO, NOT, NOT, GAP],
        ),
        ([-2, 4, 2], [None] * 3, [None, None, 50], [f"{NO}; {NEGATIVE}", NEGATIVE, NEGATIVE]),
        ([None, None], [None] * 2, [None] * 2, [NOT, NOT]),
        ([5, 0, 4], [100, 0, 80], [None, 0, None], [NO, "", ZERO]),
    ],
    ids=["plain", "zero base", "gaps", "negative base", "nothing reported", "zero inside"],
)
def test_index_table_by_hand(values, base, chain, reasons):
    table = index_table(tidy(values))
    assert table["kind"].unique().tolist() == ["individual"]
    for column, expected in (("base_index", base), ("chain_index", chain)):
        cells = [None if np.isnan(cell) else cell for cell in table[column]]
        assert cells == [None if cell is None else pytest.approx(cell) for cell in expected]
    assert table["reason"].tolist() == reasons
    for column in ("base", "chain"):
        empty = table[f"{column}_index"].isna()
        assert (empty == (table[f"{column}_reason"] != "")).all()


def test_index_table_columns_order_and_base():
    series = pd.concat([tidy([4.0, 5.0], "b"), tidy([None, 8.0, 10.0], "a")], ignore_index=True)
    shuffled = series.iloc[[1, 0, 4, 2, 3]]
    table = index_table(shuffled)
    assert table.columns.tolist() == [
        *("cluster", "indicator", "year", "base_year", "base_index", "chain_index"),
        *("kind", "reason", "base_reason", "chain_reason", "chain_from"),
    ]
    assert table["cluster"].tolist() == ["b", "b", "a", "a", "a"]
    assert table["year"].tolist() == [2016, 2017, 2016, 2017, 2018]
    assert table["base_year"].tolist() == [2016, 2016, 2017, 2017, 2017]
    fixed = index_table(series, base_year=2017)
    assert fixed["base_index"].fillna(-1).tolist() == [80, 100, -1, 100, 125]
    outside = index_table(series, base_year=2018)
    assert outside.loc[outside["cluster"] == "b", "base_index"].isna().all()
    assert outside["reason"].tolist()[0] == f"{NO}; {BASELESS}"


def test_the_only_value_of_a_series_is_its_base_wherever_it_stands():
    table = index_table(tidy([None, 5.0, None]))
    assert table["base_year"].tolist() == [2017] * 3
    assert table["base_index"].tolist() == pytest.approx([np.nan, 100, np.nan], nan_ok=True)


def test_a_base_year_that_is_not_reported_is_no_want_of_earlier_observations():
    table = index_table(tidy([4.0, None, 5.0, 6.0]), base_year=2017)
    assert table["base_reason"].tolist() == [BASELESS, NOT, BASELESS, BASELESS]
    assert table["chain_reason"].tolist() == [NO, NOT, GAP, ""]
    alone = base_indices(pd.Series([4.0, None, 5.0], index=range(2016, 2019)), base=2017)
    assert alone["reason"].tolist() == [BASELESS, NOT, BASELESS]


def test_step_compares_with_the_year_that_many_before():
    table = index_table(tidy([4.0, 5.0, 6.0, 10.0]), step=2)
    assert table["chain_index"].fillna(-1).tolist() == [-1, -1, 150, 200]
    assert table["reason"].tolist() == [NO, NO, "", ""]
    gap = index_table(tidy([4.0, None, 5.0, 6.0, 10.0]), step=2)
    assert gap["reason"].tolist() == [NO, NOT, "", GAP, ""]


def test_a_series_of_every_second_year_is_chained_over_two_years():
    series = tidy([40.0, None, 42.0, None, 45.0])
    table = index_table(series).dropna(subset="base_index")
    assert table["chain_index"].tolist()[1:] == pytest.approx([105, 100 * 45 / 42])
    assert table["chain_from"].tolist()[1:] == [2016, 2018]
    assert table["reason"].tolist() == [NO, "", ""]
    by_year = series.dropna().set_index("year")["value"]
    assert chain_indices(by_year)["chain_index"].tolist()[1:] == table["chain_index"].tolist()[1:]


@pytest.mark.parametrize("kind", ["rate", "balance", "score", "rank"])
def test_what_has_no_ratios_has_no_index(kind):
    series = pd.concat(
        [
            tidy([34.0, None, -2.0, 50.0]).assign(kind=kind),
            tidy([4.0, 5.0], indicator="y").assign(kind="count"),
        ],
        ignore_index=True,
    )
    table = index_table(series)
    barred = table[table["indicator"] != "y"]
    assert barred[["base_index", "chain_index", "chain_from"]].isna().all(axis=None)
    assert barred["reason"].tolist() == [why_not(kind, "ratio"), NOT, *[why_not(kind, "ratio")] * 2]
    assert table.loc[table["indicator"] == "y", "base_index"].tolist() == [100, 125]


def test_plain_functions_agree_with_the_table():
    values = [5.0, None, 4.0, 0.0, 3.0]
    table = index_table(tidy(values), base_year=2018)
    series = pd.Series(values, index=range(2016, 2021), dtype=float)
    base, chain = base_indices(series, base=2018), chain_indices(series)
    assert base.index.tolist() == chain.index.tolist() == list(series.index)
    pd.testing.assert_series_equal(
        base["base_index"].reset_index(drop=True), table["base_index"], check_names=False
    )
    pd.testing.assert_series_equal(
        chain["chain_index"].reset_index(drop=True), table["chain_index"], check_names=False
    )
    with pytest.raises(KeyError, match="base year 2030 is not among"):
        base_indices(series, base=2030)
    with pytest.raises(TypeError, match="wanted a Series by year"):
        chain_indices([1.0, 2.0])


VALUES = st.lists(st.one_of(st.none(), st.integers(-3, 9).map(float)), min_size=1, max_size=7)


@given(values=VALUES, base_year=st.one_of(st.none(), st.integers(2015, 2023)))
def test_empty_cells_and_only_they_have_a_reason(values, base_year):
    series = tidy(values)
    before = series.copy()
    table = index_table(series, base_year)
    pd.testing.assert_frame_equal(series, before)
    empty = table[["base_index", "chain_index"]].isna().any(axis=1)
    assert (empty == (table["reason"] != "")).all()
    words = {word for reason in table["reason"] if reason for word in reason.split("; ")}
    assert words <= set(REASONS)
    assert not np.isinf(table[["base_index", "chain_index"]].to_numpy()).any()


@given(st.lists(st.floats(0.1, 1e5), min_size=2, max_size=8))
def test_chained_indices_multiply_to_the_base_index(values):
    table = index_table(tidy(values))
    product = 100 * (table["chain_index"].iloc[1:] / 100).prod()
    assert product == pytest.approx(table["base_index"].iloc[-1])


def bad(column, value):
    return tidy([1.0, 2.0]).astype({column: object}).assign(**{column: value})


@pytest.mark.parametrize(
    ("series", "error", "words"),
    [
        (tidy([1.0, 2.0]).iloc[:0], ValueError, "no rows"),
        (tidy([1.0, 2.0]).drop(columns="year"), KeyError, "no column 'year'"),
        (
            pd.concat([tidy([1.0]), tidy([2.0])]),
            ValueError,
            "cluster 'a'.* has the year 2016 twice",
        ),
        (tidy([1.0, np.inf]), ValueError, "row 1, value is inf"),
        (bad("value", ["x", 1]), TypeError, "row 0, value is 'x'"),
        (bad("year", [2016, 2016.5]), ValueError, "row 1, year is 2016.5"),
        ({"year": [2016]}, TypeError, "wanted a DataFrame"),
    ],
)
def test_bad_series_are_refused_by_all(series, error, words):
    calls = [
        lambda: index_table(series),
        lambda: aggregate_dynamics(series),
        lambda: factor_split(series, total="x", factor="y"),
    ]
    for call in calls:
        with pytest.raises(error, match=words):
            call()


@pytest.mark.parametrize(
    ("call", "error", "words"),
    [
        (lambda s: index_table(s, base_year="2016"), ValueError, "base_year is '2016'"),
        (lambda s: index_table(s, step=0), ValueError, "step is 0"),
        (lambda s: index_table(s, step=99990), ValueError, "step is 99990"),
        (lambda s: index_table(s, base_year=102006), ValueError, "base_year is 102006"),
        (lambda s: aggregate_dynamics(s, base_year=-99999), ValueError, "from -9999 to 9999"),
        (lambda s: aggregate_dynamics(s, step=1.5), ValueError, "step is 1.5"),
        (lambda s: factor_split(s, total="x", factor="x"), ValueError, "both 'x'"),
        (lambda s: factor_split(s, total="x", factor="z"), KeyError, "factor 'z' is no indicator"),
        (lambda s: factor_split(s, total="x", factor="y"), ValueError, "no cluster reports both"),
    ],
)
def test_bad_arguments(call, error, words):
    series = pd.concat([tidy([1.0, 2.0]), tidy([3.0], cluster="b", indicator="y")])
    with pytest.raises(error, match=words):
        call(series.reset_index(drop=True))


def two_series(totals, factors):
    return pd.concat(
        [tidy(totals, indicator="sales"), tidy(factors, indicator="jobs")], ignore_index=True
    )


def test_factor_split_by_hand():
    series = two_series([None, 100.0, None, 150.0], [7.0, 10.0, 11.0, 12.0])
    split = factor_split(series, total="sales", factor="jobs")
    assert split["part"].tolist() == ["total", "factor", "ratio"] * 2
    assert split["indicator"].unique().tolist() == ["sales", "jobs", "sales per jobs"]
    assert split["year"].tolist() == [2017] * 3 + [2019] * 3
    assert split["base_year"].tolist() == [2017] * 6
    assert split["previous_year"].isna().tolist() == [True] * 3 + [False] * 3
    assert split["previous_year"].tolist()[3:] == [2017] * 3
    assert split["base_index"].tolist() == pytest.approx([100] * 3 + [150, 120, 125])
    assert split["chain_index"].tolist()[3:] == pytest.approx([150, 120, 125])
    assert split["log_change"].tolist()[3:] == pytest.approx(np.log([1.5, 1.2, 1.25]).tolist())
    assert split["reason"].tolist() == [NO] * 3 + [""] * 3


@pytest.mark.parametrize(
    ("totals", "factors", "reasons"),
    [
        ([5, 0, 5], [1, 1, 1], [NO, NO_LOG, ZERO]),
        ([5, 5, 6], [0, 1, 1], [f"{NO}; {ZERO}; {NO_LOG}", f"constant; {ZERO}", ZERO]),
        ([5, 5, 6], [1, 2, 3], [NO, "constant", ""]),
        ([5, 6, 7], [1, -2, 3], [NO, NO_LOG, NEGATIVE]),
    ],
    ids=["zero total", "zero factor", "constant total", "negative factor"],
)
def test_factor_split_reasons(totals, factors, reasons):
    split = factor_split(two_series(totals, factors), total="sales", factor="jobs")
    words = split.loc[split["part"] == "ratio", "reason"]
    assert [set(word.split("; ")) for word in words] == [set(r.split("; ")) for r in reasons]


LEVELS = st.lists(st.one_of(st.none(), st.integers(-1, 40).map(float)), min_size=5, max_size=5)


@given(totals=LEVELS, factors=LEVELS)
def test_log_contributions_add_up(totals, factors):
    common = [t is not None and f is not None for t, f in zip(totals, factors, strict=True)]
    if not any(common):
        return
    split = factor_split(two_series(totals, factors), total="sales", factor="jobs")
    assert len(split) == 3 * sum(common)
    for column in ("log_change", "share_pct"):
        parts = split.pivot(index="year", columns="part", values=column).dropna()
        assert np.allclose(parts["factor"] + parts["ratio"], parts["total"], atol=1e-9)
    cells = ["base_index", "chain_index", "log_change", "share_pct"]
    empty = split[cells].isna().any(axis=1)
    assert (empty == (split["reason"] != "")).all()
    assert not np.isinf(split[cells].to_numpy()).any()


def test_factor_splits_take_the_pairs_from_the_indicator_table():
    series = pd.concat(
        [two_series([100.0, 150.0], [10.0, 12.0]), tidy([1.0], cluster="b", indicator="plants")],
        ignore_index=True,
    )
    table = pd.DataFrame(
        {"per": [None, "jobs", "sales", "unused"]}, index=["jobs", "sales", "plants", "unused"]
    )
    result = factor_splits(series, table)
    expected = factor_split(series, total="sales", factor="jobs")
    pd.testing.assert_frame_equal(result, expected)
    none = factor_splits(series, table.assign(per=None))
    assert none.empty
    assert none.dtypes.to_dict() == expected.dtypes.to_dict()
    with pytest.raises(KeyError, match="per of 'sales' is 'staff', which is no indicator"):
        factor_splits(series, table.replace("jobs", "staff"))


def test_aggregate_dynamics_by_hand():
    series = pd.concat(
        [
            tidy([10.0, 20.0, 20.0], indicator="x"),
            tidy([4.0, 8.0, 1.0], indicator="y"),
            tidy([0.0, 1.0, 2.0], indicator="zero"),
            tidy([1.0, None, 2.0], indicator="gap"),
            tidy([1.0, 2.0], indicator="late", first_year=2017),
            tidy([1.0, -1.0, 2.0], indicator="negative"),
            tidy([1.0, 2.0, 0.0], indicator="ends"),
            tidy([0.0, 5.0], cluster="b", indicator="x"),
        ],
        ignore_index=True,
    )
    aggregate, left_out = aggregate_dynamics(series)
    assert aggregate["cluster"].tolist() == ["a"] * 3 + ["b"] * 2
    assert aggregate["n_entering"].tolist() == [2, 2, 2, 0, 0]
    assert aggregate["kind"].unique().tolist() == ["aggregate"]
    assert aggregate["base_index"].tolist()[:3] == pytest.approx([100, 200, 100 * 0.5**0.5])
    assert aggregate["chain_index"].tolist()[1:3] == pytest.approx([200, 50 * 0.5**0.5])
    assert aggregate["reason"].tolist() == [NO, "", "", *["not enough observations"] * 2]
    assert left_out.to_numpy().tolist() == [
        *(["a", "zero", NO_LOG], ["a", "gap", NOT], ["a", "late", NOT], ["a", "negative", NO_LOG]),
        ["a", "ends", NO_LOG],
        ["b", "x", NO_LOG],
    ]
    rebased, _ = aggregate_dynamics(series, base_year=2017)
    assert rebased["base_index"].tolist()[:3] == pytest.approx([50, 100, 50 * 0.5**0.5])
    _, all_out = aggregate_dynamics(series, base_year=2030)
    assert len(all_out) == 8
    assert all_out["reason"].str.contains(NOT).all()


def test_a_common_basket_holds_what_enters_of_every_cluster():
    series = pd.concat(
        [
            tidy([10.0, 11.0], "a", "gdp"),
            tidy([10.0, 5.0], "a", "patents"),
            tidy([20.0, 22.0], "b", "gdp"),
            tidy([None, 22.0], "c", "patents"),  # nothing enters: it leaves the others their basket
        ],
        ignore_index=True,
    )
    own, _ = aggregate_dynamics(series)
    assert own["entering"].tolist() == ["gdp; patents"] * 2 + ["gdp"] * 2 + [""] * 2
    common, left_out = aggregate_dynamics(series, basket="common")
    assert common["entering"].tolist() == ["gdp"] * 4 + [""] * 2
    assert common["base_index"].tolist()[:4] == pytest.approx([100, 110, 100, 110])
    assert left_out.to_numpy().tolist() == [["c", "patents", NOT]]
    with pytest.raises(ValueError, match="basket is 'all'; wanted one of own, common"):
        aggregate_dynamics(series, basket="all")


def test_links_are_over_all_series_that_have_both_ends():
    series = pd.concat(
        [
            tidy([10.0, 20.0, None, 40.0, 80.0]),
            tidy([1.0, 2.0, 8.0, 4.0, None], indicator="y"),
            tidy([0.0, 3.0, 3.0, 3.0, 3.0], indicator="z"),
        ],
        ignore_index=True,
    )
    aggregate, _ = aggregate_dynamics(series)
    assert aggregate["n_entering"].tolist() == [0] * 5  # no series has all years, above zero
    assert aggregate["n_matched"].tolist()[1:] == [2, 2, 2, 2]
    assert aggregate["matched"].tolist() == ["", "x; y", "y; z", "y; z", "x; z"]
    links = [2, 4**0.5, 0.5**0.5, 2**0.5]
    assert aggregate["matched_index"].tolist() == pytest.approx([100, *100 * np.cumprod(links)])
    later, _ = aggregate_dynamics(series, base_year=2018)
    assert later["matched_index"].tolist() == pytest.approx(
        [100 / 4, 100 / 2, 100, 100 * 0.5**0.5, 100]
    )


def test_nothing_leads_over_a_missing_link():
    series = tidy([1.0, 2.0, None, 4.0, 8.0])
    aggregate, _ = aggregate_dynamics(series)
    nan = np.nan
    assert aggregate["matched_index"].tolist() == pytest.approx(
        [100, 200, nan, nan, nan], nan_ok=True
    )
    assert aggregate["n_matched"].tolist()[1:] == [1, 0, 0, 1]
    outside, _ = aggregate_dynamics(series, base_year=2030)
    assert outside["matched_index"].isna().all()


@given(st.lists(st.lists(st.floats(0.1, 1e4), min_size=4, max_size=4), min_size=1, max_size=4))
def test_without_gaps_the_matched_index_is_that_of_the_basket(rows):
    series = pd.concat(
        [tidy(values, indicator=f"i{k}") for k, values in enumerate(rows)], ignore_index=True
    )
    for base in (2016, 2018):
        aggregate, _ = aggregate_dynamics(series, base)
        np.testing.assert_allclose(aggregate["matched_index"], aggregate["base_index"])


@pytest.mark.parametrize("kind", ["rate", "balance", "score", "rank"])
def test_what_has_no_ratios_enters_no_aggregate_and_no_split(kind):
    series = pd.concat([tidy([4.0, 5.0]), tidy([1.0, 3.0], indicator="y")], ignore_index=True)
    series["kind"] = ["count"] * 2 + [kind] * 2
    aggregate, left_out = aggregate_dynamics(series)
    assert aggregate["base_index"].tolist() == pytest.approx([100, 125])
    assert aggregate["matched"].tolist() == ["", "x"]
    assert left_out.to_numpy().tolist() == [["a", "y", why_not(kind, "ratio")]]
    split = factor_split(series, total="x", factor="y")
    assert split[["base_index", "chain_index", "log_change", "share_pct"]].isna().all(axis=None)
    words = [{NO, why_not(kind, "ratio")}] * 3 + [{why_not(kind, "ratio")}] * 3
    assert [set(reason.split("; ")) for reason in split["reason"]] == words


@given(st.lists(st.lists(st.floats(0.1, 1e4), min_size=3, max_size=3), min_size=1, max_size=4))
def test_aggregate_is_the_jevons_index_of_the_base_indices(rows):
    series = pd.concat(
        [tidy(values, indicator=f"i{k}") for k, values in enumerate(rows)], ignore_index=True
    )
    aggregate, left_out = aggregate_dynamics(series)
    assert left_out.empty
    for place in range(3):
        expected = jevons(p1=[row[place] for row in rows], p0=[row[0] for row in rows])
        assert aggregate["base_index"][place] == pytest.approx(100 * expected)


def test_names_may_be_categories_and_unused_ones_do_not_appear():
    series = two_series([100.0, 150.0], [10.0, 12.0])
    coded = series.assign(
        cluster=pd.Categorical(series["cluster"], categories=["z", "a"]),
        indicator=pd.Categorical(series["indicator"], categories=["none", "sales", "jobs"]),
    )
    for method in (
        index_table,
        lambda frame: aggregate_dynamics(frame)[0],
        lambda frame: factor_split(frame, total="sales", factor="jobs"),
    ):
        expected, result = (
            method(frame).astype({"cluster": "str", "indicator": "str"})
            for frame in (series, coded)
        )
        pd.testing.assert_frame_equal(result, expected)


def test_all_kinds_fit_in_one_table():
    series = two_series([100.0, 150.0], [10.0, 12.0])
    parts = [
        index_table(series),
        factor_split(series, total="sales", factor="jobs"),
        aggregate_dynamics(series)[0],
    ]
    together = pd.concat(parts, ignore_index=True)
    first = ["cluster", "indicator", "year", "base_year", "base_index", "chain_index", "kind"]
    assert together.columns.tolist()[:7] == first
    assert together["base_year"].dtype == "Int64"
    assert together["kind"].value_counts().to_dict() == {
        "factor": 6,
        "individual": 4,
        "aggregate": 2,
    }


def test_what_should_fall_does_not_enter_the_mean():
    series = pd.concat(
        [tidy([20.0, 10.0], indicator="waste"), tidy([1.0, 6.0], indicator="cash")],
        ignore_index=True,
    )
    indicators = pd.DataFrame({"direction": ["down", "up"]}, index=["waste", "cash"])
    aggregate, left_out = aggregate_dynamics(series, indicators=indicators)
    assert aggregate["base_index"].tolist() == pytest.approx([100, 600])
    assert aggregate["n_entering"].tolist() == [1, 1]
    assert left_out.to_numpy().tolist() == [["a", "waste", "less is better"]]


def test_what_stands_still_has_no_share_in_a_fall():
    series = pd.DataFrame(
        {"cluster": "a", "indicator": ["x"] * 2 + ["y"] * 2, "year": [2016, 2017] * 2}
    ).assign(value=[10.0, 5.0, 3.0, 3.0])
    share = factor_split(series, total="x", factor="y")["share_pct"].dropna()
    assert share.tolist() == [100, 0, 100]
    assert not np.signbit(share).any()
