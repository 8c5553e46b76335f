"""The smallest change that moves a unit up: checked by making it."""

import numpy as np
import pandas as pd
import pytest

from analysis.composite import indicator_matrix, integral_indicator
from analysis.robustness.integral import rank_moves


def made(gaps=()):
    chance = np.random.default_rng(9)
    data = pd.DataFrame(
        chance.gamma(2, 2, size=(8, 4)), columns=list("abcd"), index=list("stuvwxyz")
    )
    for unit, name in gaps:
        data.loc[unit, name] = np.nan
    about = pd.DataFrame(
        {
            "direction": ["up", "down", "up", "down"],
            "pillar": list("PPQQ"),
            "goalpost_low": 0.0,
            "goalpost_high": 20.0,
        },
        index=list("abcd"),
    )
    return data, about


@pytest.mark.parametrize("aggregation", ["arithmetic", "geometric"])
def test_the_change_does_it_and_a_little_less_does_not(aggregation):
    data, about = made()
    settings = {"aggregation": aggregation, "scale": (1, 100)}
    result = integral_indicator(indicator_matrix(data, indicators=about), **settings)
    unit = result.ranking.index[3]
    table = rank_moves(result, unit)
    assert set(table["aim"]) == {"next rank", "first"}
    done = table[table["reason"] == ""]
    assert len(done) >= 4
    for row in done.itertuples():
        for part, wanted in ((1 + 1e-9, True), (1 - 1e-6, False)):
            other = data.copy()
            other.loc[unit, row.indicator] += row.change * part
            again = integral_indicator(indicator_matrix(other, indicators=about), **settings)
            rank = again.ranking.loc[unit, "rank_best"]
            assert bool(rank <= (1 if row.aim == "first" else 3)) is wanted, row
    assert (done.loc[done["aim"] == "first", "rank_after"] == 1).all()
    assert (done.loc[done["aim"] == "next rank", "rank_after"] == 3).all()


def test_what_cannot_be_done_has_a_reason():
    data, about = made(gaps=[("s", "a")])
    result = integral_indicator(indicator_matrix(data, indicators=about), gaps="low end")
    last = result.ranking.index[-1]
    table = rank_moves(result, last)
    assert "even the best value would not do" in set(table.loc[table["aim"] == "first", "reason"])
    if last != "s":
        table = rank_moves(result, "s")
    assert table.loc[table["indicator"] == "a", "reason"].tolist() == ["the value is not known"] * 2
    assert table.loc[table["reason"] != "", "value_needed"].isna().all()


def test_the_first_has_nothing_to_gain_and_orders_are_refused():
    data, about = made()
    matrix = indicator_matrix(data, indicators=about)
    result = integral_indicator(matrix)
    assert rank_moves(result, result.ranking.index[0]).empty
    with pytest.raises(KeyError, match="no unit 'nobody'; there are: s, t"):
        rank_moves(result, "nobody")
    for choice in ({"aggregation": "copeland"}, {"normalisation": "rank"}):
        with pytest.raises(ValueError, match="places units among each other"):
            rank_moves(integral_indicator(matrix, **choice), "s")


def test_values_are_in_the_indicators_own_unit_after_a_logarithm():
    data, about = made()
    data.loc["s", "a"] = 4000.0
    about = about.assign(goalpost_low=np.nan, goalpost_high=np.nan)
    result = integral_indicator(indicator_matrix(data, indicators=about), treatment="log")
    assert result.treatment.set_index("indicator").loc["a", "method"] in ("log", "none")
    unit = result.ranking.index[4]
    for row in rank_moves(result, unit).itertuples():
        if row.reason == "":
            direction = 1 if row.indicator in "ac" else -1
            assert row.change * direction > 0
