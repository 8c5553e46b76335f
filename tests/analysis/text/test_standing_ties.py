"""Several units with one value share a place in the sentence on a ranking."""

import pandas as pd

from analysis.comparative import indicator_ranks, latest_ranks
from analysis.comparative.convergence import UP
from analysis.text import titles
from analysis.text.standing import (
    of_catching_up_of,
    of_convergence,
    of_ranks,
    of_standing_among,
)


def ranks(**values):
    rows = {"indicator": "a", "year": 2015, "cluster": list(values), "value": list(values.values())}
    table = pd.DataFrame(rows)
    return table.assign(rank=table["value"].rank(ascending=False, method="min"))


def test_who_shares_the_first_and_the_last_place_is_counted():
    nouns = ("region", "regions")
    said = of_ranks(ranks(x=1.0, y=1.0, z=0.5, v=0.0, w=0.0), "A", nouns)
    assert said == (
        "A, 2015: x and 1 more share the first place of 5 regions (1), w and 1 more are last (0)."
    )
    assert of_ranks(ranks(x=2.0, y=1.0), "A", nouns) == (
        "A, 2015: x is first of 2 regions (2), y last (1)."
    )


def test_who_began_behind_in_nothing_came_closer_in_nothing_that_is_told():
    def said(*pairs):
        own = pd.DataFrame(pairs, columns=["first_distance_pct", "last_distance_pct"])
        own = own.assign(indicator="i", first_year=2019, last_year=2020)
        return of_catching_up_of(own, {"i": "Jobs"})

    assert said((5.0, 4.0), (5.0, 6.0)) == (
        "The first value is below the median in none of 2 indicators. In all, the last value is "
        "nearer to the median than the first in 1 of 2."
    )
    assert said((-5.0, -4.0)).startswith(
        "The first value is below the median in 1 of 1 indicator, and the last is closer to it or "
        "above it in 1: Jobs (-5 % in 2019, -4 % in 2020)."
    )
    assert said((-5.0, -6.0)).startswith(
        "The first value is below the median in 1 of 1 indicator, and the last is closer to it in "
        "none. In all"
    )


def test_who_is_equal_is_neither_behind_nor_ahead():
    values = {
        "x": [5.0, 1.0, 1.0],
        "y": [5.0, 2.0, 3.0],
        "z": [5.0, 3.0, 1.0],
        "w": [5.0, 1.0, 1.0],
    }
    series = pd.DataFrame(
        [
            {"cluster": name, "indicator": at, "year": 2020, "value": value}
            for name, own in values.items()
            for at, value in zip("abc", own, strict=True)
        ]
    )
    ranks = latest_ranks(indicator_ranks(series, dict.fromkeys("abc", "up")))

    def said(name):
        own = ranks[ranks["cluster"] == name]
        return of_standing_among(name, own, {}, dict.fromkeys("abc", "up")), titles.standing_title(
            name, own
        )

    # in a all are equal; in b x is behind two of three; in c only one is ahead of the rest
    words, title = said("x")
    assert (
        "is ahead of three quarters of the others in none, and behind three quarters of the others in none."
        in words
    )
    assert title == "x is ahead of most others in 0 of 3 indicators"
    words, title = said("y")
    assert "is ahead of three quarters of the others in 1: c (1 of 4, 2020), and" in words
    assert title == "y is ahead of most others in 2 of 3 indicators"


def test_a_direction_that_some_indicators_lack_is_assumed_of_these_alone():
    rows = [
        ("x", "jobless", 2.0), ("y", "jobless", 4.0), ("z", "jobless", 5.0),
        ("x", "airports", 1.0), ("y", "airports", 2.0), ("z", "airports", 3.0),
    ]  # fmt: skip
    series = pd.DataFrame(rows, columns=["cluster", "indicator", "value"]).assign(year=2020)
    ranks = latest_ranks(indicator_ranks(series, {"jobless": "down"}))
    said = of_standing_among("x", ranks[ranks["cluster"] == "x"], {}, {"jobless": "down"})
    # few jobless are a high rank, though no large value
    assert "x** is ranked above three quarters of the others in 1: jobless (1 of 3" in said
    assert "ranked below three quarters of the others in 1: airports (3 of 3" in said
    assert said.endswith(
        "A high rank is that of a large value where the study does not say which direction is "
        "better."
    )


def test_one_indicator_has_its_last_year_alone():
    series = pd.DataFrame({"cluster": ["x", "y"], "indicator": "a", "year": 2020, "value": [1, 2]})
    ranks = latest_ranks(indicator_ranks(series, {"a": "up"}))
    said = of_standing_among("x", ranks[ranks["cluster"] == "x"], {}, {"a": "up"})
    assert said.startswith("Of 1 indicator, in its last year, **x** is")


def test_nothing_is_said_of_no_indicator_that_is_left_undecided():
    columns = {"slope": [-1.0], "low": [-2.0], "high": [-0.5], "n": [4], "reason": [""]}
    table = pd.DataFrame({"indicator": ["a"], "verdict": [UP], **columns})
    said = of_convergence(table, {}, ("region", "regions"))
    assert "neither is shown" not in said
    undecided = table.assign(verdict="not shown")
    assert "in none those ahead pull away; in 1 neither is shown." in of_convergence(
        undecided, {}, ("region", "regions")
    )
