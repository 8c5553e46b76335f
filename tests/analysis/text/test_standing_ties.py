"""Several units with one value share a place in the sentence on a ranking."""

import pandas as pd

from analysis.comparative import indicator_ranks, latest_ranks
from analysis.text import titles
from analysis.text.standing import of_catching_up_of, of_ranks, of_standing_among


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
        "It began below the median in none of 2 indicators. In all, 1 of 2 is nearer to the "
        "median than before."
    )
    assert "in 1 of 1 indicator and came closer in it" not in said((-5.0, -4.0))
    assert said((-5.0, -6.0)).startswith(
        "It began below the median in 1 of 1 indicator and did not come closer."
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
