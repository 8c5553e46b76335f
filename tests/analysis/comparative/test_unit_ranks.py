"""Ranks of units in one indicator, their nearest peers, and whether those behind catch up."""

import numpy as np
import pandas as pd
import pytest
from scipy.stats import linregress, rankdata

from analysis.comparative import (
    catching_up,
    indicator_ranks,
    ranks_of_year,
    spread_over_time,
    value_peers,
)

UNITS, YEARS = list("abcdefgh"), [2010, 2012, 2015]


def panel(seed=1, kind="amount"):
    chance = np.random.default_rng(seed)
    rows = [
        (unit, "x", year, value, kind)
        for year in YEARS
        for unit, value in zip(UNITS, chance.lognormal(3, 1, len(UNITS)).round(1), strict=True)
    ]
    return pd.DataFrame(rows, columns=["cluster", "indicator", "year", "value", "kind"])


def test_ranks_and_distances_are_those_of_scipy_and_numpy():
    series = panel()
    ranks = indicator_ranks(series)
    for year, own in ranks.groupby("year"):
        values = series.loc[series["year"] == year, "value"].to_numpy()
        assert own["rank"].tolist() == rankdata(-values, method="min").tolist()
        assert own["distance_from_median"].tolist() == pytest.approx(values - np.median(values))
        assert own["percentile"].max() == 100
    assert indicator_ranks(series, {"x": "down"})["rank"].sum() == ranks["rank"].sum()


def test_equal_values_share_the_better_rank_and_half_of_each_other():
    series = pd.DataFrame(
        {"cluster": list("abc"), "indicator": "x", "year": 1, "value": [5.0, 5, 1]}
    )
    ranks = indicator_ranks(series)
    assert ranks["rank"].tolist() == [1, 1, 3]
    assert ranks["percentile"].tolist() == [75, 75, 0]


def test_places_gained_are_told_only_among_as_many():
    series = panel()
    ranks = indicator_ranks(series).set_index(["cluster", "year"])
    gained = ranks.loc[("a", 2010), "rank"] - ranks.loc[("a", 2012), "rank"]
    assert ranks.loc[("a", 2012), "rank_change"] == gained
    fewer = series[(series["cluster"] != "h") | (series["year"] != 2012)]
    assert indicator_ranks(fewer).query("year == 2012")["rank_change"].isna().all()


@pytest.mark.parametrize("kind", ["score", "rank"])
def test_of_what_has_only_an_order_there_are_ranks_and_nothing_else(kind):
    ranks = indicator_ranks(panel(kind=kind))
    assert ranks["distance_from_median"].isna().all()
    assert ranks["reason"].str.contains("only the order counts").all()
    first = ranks_of_year(ranks)["value"].iloc[0]
    values = ranks.query("year == 2015")["value"]
    assert first == (values.min() if kind == "rank" else values.max())
    assert value_peers(panel(kind=kind), "a").empty
    assert catching_up(panel(kind=kind))["slope"].isna().all()


def test_the_slope_of_growth_on_the_first_value_is_that_of_scipy():
    series = panel()
    wide = np.log(series.pivot(index="cluster", columns="year", values="value"))
    line = linregress(wide[2010], 100 * (wide[2015] - wide[2010]) / 5)
    row = catching_up(series).iloc[0]
    assert row["slope"] == pytest.approx(line.slope)
    assert row["low"] < row["slope"] < row["high"]
    assert (row["n"], row["first_year"], row["last_year"]) == (8, 2010, 2015)


def test_a_balance_has_a_spread_and_no_coefficient_of_variation():
    spread = spread_over_time(panel(kind="balance"))
    assert spread["sd"].notna().all()
    assert spread["cv_pct"].isna().all()
    assert set(spread["reason"]) == {"a balance has no ratios"}


def test_who_shares_little_is_no_near_peer():
    rows = [(u, i, 2020, float(v), "amount") for i, values in
            {"x": [1, 1.1, 9, 4], "y": [2, None, 2.1, 7], "z": [3, None, 3.2, 8]}.items()
            for u, v in zip("abcd", values, strict=True) if v]  # fmt: skip
    series = pd.DataFrame(rows, columns=["cluster", "indicator", "year", "value", "kind"])
    peers = value_peers(series, "a")
    assert peers["peer"].tolist()[-1] == "b"
    assert peers.set_index("peer").loc["b", ["shared", "of"]].tolist() == [1, 3]


def test_units_that_grew_alike_but_for_rounding_neither_catch_up_nor_pull_away():
    start = {"a": 2.9, "b": 3.3, "c": 3.7, "d": 4.1, "e": 4.5}
    series = pd.DataFrame(
        [
            {
                "cluster": name,
                "indicator": "x",
                "year": 2015 + step,
                "value": round(v - step / 10, 1),
            }
            for name, v in start.items()
            for step in range(4)
        ]
    ).assign(kind="rate")
    row = catching_up(series).iloc[0]
    assert (row["slope"], row["verdict"], row["reason"]) == (0, "not shown", "all grew alike")
    assert np.isnan(row["low"])
    moved = series.assign(value=series["value"].where(series["cluster"] != "a", series["year"] / 9))
    assert catching_up(moved).iloc[0]["reason"] == ""
