"""Critical values of S: printed ones without ties, brute force with ties, and the page in docs."""

from itertools import permutations
from pathlib import Path

import numpy as np
import pytest

from analysis.trend.kendall.critical_values import critical_s, critical_values, partitions
from pipeline.outputs.documents.critical_values import PAGE, page


@pytest.mark.parametrize(
    ("n", "critical"),
    # two-sided 0.10, 0.05, 0.02, 0.01: Kendall's S as tabulated by Kaarsemaker and van Wijngaarden
    # (1953), Statistica Neerlandica 7, 41-54, one-sided 0.05, 0.025, 0.01, 0.005
    [
        (4, (6, None, None, None)),
        (5, (8, 10, 10, None)),
        (6, (11, 13, 13, 15)),
        (7, (13, 15, 17, 19)),
        (8, (16, 18, 20, 22)),
        (9, (18, 20, 24, 26)),
        (10, (21, 23, 27, 29)),
    ],
)
def test_without_ties_they_are_the_printed_ones(n, critical):
    found = [critical_s([1] * n, level) for level in (0.10, 0.05, 0.02, 0.01)]
    assert tuple(pair and pair[0] for pair in found) == critical


@pytest.mark.parametrize("sizes", [s for n in (5, 6) for s in partitions(n) if len(s) > 1], ids=str)
@pytest.mark.parametrize("level", [0.5, 0.1, 0.05])
def test_with_ties_they_are_those_of_all_orders(sizes, level):
    values = np.repeat(np.arange(len(sizes)), sizes)
    orders = values[np.array(list(permutations(range(len(values)))))]
    pairs = [(i, j) for j in range(len(values)) for i in range(j)]
    every = sum(np.sign(orders[:, j] - orders[:, i]) for i, j in pairs)
    significant = [s for s in set(every.tolist()) if s > 0 and np.mean(abs(every) >= s) <= level]
    found = critical_s(sizes, level)
    assert (found and found[0]) == min(significant, default=None)
    if found:
        assert found[1] == pytest.approx(np.mean(abs(every) >= found[0]))


def test_every_pattern_stands_in_the_table_once():
    table = critical_values(3, 6)
    assert len(table) == sum(len([*partitions(n)]) - 1 for n in range(3, 7))
    assert not table.duplicated(["n", "ties"]).any()
    assert (table["0.1"].dropna() <= table["s_max"][table["0.1"].notna()]).all()


def test_the_page_in_docs_is_the_one_the_command_writes():
    assert Path(PAGE).read_text(encoding="utf-8") == page()
