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


def scattered(seed):
    """Make a table with gaps, ties, several kinds and directions, its rows in any order."""
    chance = np.random.default_rng(seed)
    kinds = {f"i{at}": str(chance.choice(["amount", "share", "rank", "score"])) for at in range(6)}
    rows = [
        (f"c{unit}", indicator, year, float(chance.integers(-3, 9)) or None, kind)
        for indicator, kind in kinds.items()
        for unit in range(int(chance.integers(1, 12)))
        for year in YEARS
        if chance.random() > 0.2
    ]
    series = pd.DataFrame(rows, columns=["cluster", "indicator", "year", "value", "kind"])
    directions = {name: str(chance.choice(["up", "down"])) for name in list(kinds)[:4]}
    mixed = series.sample(frac=1, random_state=seed)
    return (mixed if seed % 2 else series).astype({"value": float}), directions


@pytest.mark.parametrize("seed", range(20))
def test_ranks_of_some_units_are_their_rows_of_all_ranks(seed):
    series, directions = scattered(seed)
    every = indicator_ranks(series, directions)
    for wanted in (["c1"], ["c0", "c3", "nobody"], [], list(series["cluster"])):
        own = every[every["cluster"].isin(wanted)].reset_index(drop=True)
        found = indicator_ranks(series, directions, clusters=wanted)
        pd.testing.assert_frame_equal(found, own, check_exact=True)


@pytest.mark.parametrize("seed", range(20))
def test_distances_are_those_of_values_standardised_one_by_one(seed):
    series, _ = scattered(seed)
    known = series.dropna(subset="value")[lambda cells: cells["kind"].isin(["amount", "share"])]
    columns = {}
    for indicator, cells in known.groupby("indicator"):
        wide = cells.pivot(index="cluster", columns="year", values="value")
        years = [y for y in wide if "c1" in wide.index and wide.loc["c1", [y]].notna().all()]
        years = [y for y in years if wide[y].count() > 2] or [
            y for y in years if wide[y].count() > 1
        ]
        if years and wide[years[-1]].std(ddof=0) > 0:
            last = wide[years[-1]].dropna()
            columns[indicator] = (last - last.mean()) / last.std(ddof=0)
    table = pd.DataFrame(columns)
    gaps = table.drop(index="c1") - table.loc["c1"] if columns else table
    distances = np.sqrt((gaps**2).mean(axis=1)).dropna()
    found = value_peers(series, "c1").set_index("peer")
    assert found["distance"].to_dict() == pytest.approx(distances.to_dict())
    assert found["shared"].to_dict() == gaps.notna().sum(axis=1)[distances.index].to_dict()
    near = (2 * found["shared"] >= found["of"]).to_numpy()
    assert not (np.diff(near.astype(int)) > 0).any()
    assert all(found["distance"][half].is_monotonic_increasing for half in (near, ~near))
