"""Several units with one value share a place in the sentence on a ranking."""

import pandas as pd

from analysis.text.standing import of_ranks


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
