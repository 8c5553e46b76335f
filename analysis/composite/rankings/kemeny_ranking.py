"""Kemeny's median ranking: the order that agrees most with all pairwise comparisons.

Exact, as an integer programme over the pairs (linear ordering). The units fall apart into blocks
first: where every unit of one block beats every unit of the other, the order of the two is fixed.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations, pairwise
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import scipy

from analysis.composite.rankings.pairwise import net_preference
from analysis.composite.weights import weight_values
from analysis.tidy.showing import Readable

if TYPE_CHECKING:
    from analysis.composite.matrix import Direction, PerIndicator

LARGEST_BLOCK = 30  # units that the integer programme takes on at once
SAME = 1e-6  # of the least weight: scores nearer to each other are equal


@dataclass(frozen=True, repr=False)
class KemenyRanking(Readable):
    """One best order of the units, and whether there is another."""

    order: tuple  # labels of the units, best first
    score: float  # sum of outranking shares over all pairs in that order
    greatest_score: float  # the score if every pair could be had its better way round
    unique: bool  # no other order has the same score
    ranks: pd.DataFrame  # index unit: rank_best and rank_worst over all orders of that score


def kemeny(
    data: pd.DataFrame, weights: PerIndicator | None = None, direction: Direction = "up"
) -> KemenyRanking:
    """Find an order of the units whose pairs carry the most outranking weight.

    Parameters
    ----------
    data : DataFrame of float, units x indicators, complete; compared exactly, ties count half
    weights : mapping, Series or sequence, optional; default equal
    direction : "up" or "down", or one per indicator

    Returns a KemenyRanking. With several best orders it holds one of them, `unique` is False, and
    `ranks` spans all of them. Orders whose scores differ by less than a millionth of the least
    weight are not told apart.
    Raises ValueError when more than 30 units form one block, which is too much for the programme.
    Source: Kemeny (1959), Daedalus 88, 577-591; OECD/JRC (2008), Handbook, step 7, Table 37.

    >>> import pandas as pd
    >>> data = pd.DataFrame({"jobs": [3, 1, 2], "sales": [2, 1, 3]}, index=list("abc"))
    >>> ranking = kemeny(data, weights={"jobs": 1, "sales": 2})
    >>> ranking.order, round(ranking.score, 6), ranking.unique
    (('c', 'a', 'b'), 2.666667, True)
    >>> kemeny(data).ranks.loc["a"].tolist()  # with equal weights, before c or behind it
    [1, 2]
    """
    net = net_preference(data, weights, direction)
    shares = weight_values(weights, data.columns)
    scale = 1 / shares[shares > 0].min()  # whole numbers when the weights are in whole ratios
    order, ranks = [], np.empty((len(net), 2), dtype="int64")
    for block in _blocks(net):
        best, places = _best_order(net[np.ix_(block, block)] * scale)
        ranks[block] = len(order) + 1 + places
        order += [block[position] for position in best]
    return KemenyRanking(
        order=tuple(data.index[order]),
        score=_total(net[np.ix_(order, order)]),
        greatest_score=_total(np.abs(net)),
        unique=bool((ranks[:, 0] == ranks[:, 1]).all()),
        ranks=pd.DataFrame(ranks, index=data.index, columns=["rank_best", "rank_worst"]),
    )


def kemeny_score(order: list, outranking: pd.DataFrame) -> float:
    """Sum the outranking shares over all pairs, the earlier in the order before the later.

    `order` is a sequence of unit labels, `outranking` the frame that `outranking` returns.
    Raises ValueError for an order that does not name every unit once. Source: Kemeny (1959),
    Daedalus 88, 577-591.

    >>> import pandas as pd
    >>> shares = pd.DataFrame([[0, 0.75], [0.25, 0]], index=["a", "b"], columns=["a", "b"])
    >>> kemeny_score(["b", "a"], shares)
    0.25
    """
    listed = list(order)
    if sorted(map(str, listed)) != sorted(map(str, outranking.index)):
        raise ValueError(f"order {listed} must name every unit of outranking once")
    return float(np.triu(outranking.loc[listed, listed].to_numpy(dtype=float), k=1).sum())


def _total(net):
    """Turn net preferences in order into the sum of outranking shares above the diagonal."""
    above = net[np.triu_indices(len(net), k=1)]
    return float(((1 + above) / 2).sum())


def _blocks(net):
    """Return lists of positions, best block first; units in a block are bound by cycles or ties."""
    number, label = scipy.sparse.csgraph.connected_components(
        scipy.sparse.csr_array(net >= 0), connection="strong"
    )
    beaten = [(net[label == block] > 0).sum(axis=1).max() for block in range(number)]
    return [np.flatnonzero(label == block).tolist() for block in np.argsort(beaten)[::-1]]


def _best_order(net):
    """Return (positions, best first; the first and the last place of each in all best orders)."""
    size = len(net)
    if size > LARGEST_BLOCK:
        raise ValueError(
            f"{size} units are bound together by cycles or ties; the exact ranking takes at most "
            f"{LARGEST_BLOCK}: use copeland"
        )
    if not net.any():  # equal to each other, or alone
        return list(range(size)), np.tile([0, size - 1], (size, 1))
    pairs = list(combinations(range(size), 2))
    gain = np.array([net[pair] for pair in pairs])
    rules = [scipy.optimize.LinearConstraint(*_transitivity(pairs, size))]
    kept = _solve(gain, rules)
    order = np.argsort(_ahead(pairs, size) @ kept + _behind(pairs, size)).tolist()
    # any other order turns round at least one neighbouring pair of this one
    second = _solve(gain, [*rules, _another_order(pairs, order)])
    if gain @ second < gain @ kept - SAME:
        return order, np.repeat(np.argsort(order)[:, None], 2, axis=1)
    best = scipy.optimize.LinearConstraint(gain[None], gain @ kept - SAME, np.inf)
    return order, _places(pairs, size, [*rules, best])


def _places(pairs, size, rules):
    """Return the first and the last place of each unit in the orders that the rules allow."""
    ahead, behind = _ahead(pairs, size), _behind(pairs, size)
    ends = [[row @ _solve(sign * row, rules) for sign in (-1, 1)] for row in ahead]
    return np.rint(np.array(ends) + behind[:, None]).astype(int)


def _ahead(pairs, size):
    """Turn pairs kept in place (i before j is 1) into how many units are before each."""
    counts = np.zeros((size, len(pairs)))
    for column, (first, second) in enumerate(pairs):
        counts[second, column], counts[first, column] = 1, -1
    return counts


def _behind(pairs, size):
    """Return how many are before each unit if every pair is turned round."""
    return np.bincount([first for first, _ in pairs], minlength=size)


def _solve(gain, rules):
    """Maximise the gain of the pairs kept in place (i before j is 1); return them, 0 or 1."""
    result = scipy.optimize.milp(
        -gain,
        integrality=np.ones(len(gain)),
        bounds=scipy.optimize.Bounds(0, 1),
        constraints=rules,
        options={"mip_rel_gap": 0},
    )
    if not result.success:
        raise RuntimeError(f"the integer programme for Kemeny's ranking failed: {result.message}")
    return np.round(result.x)


def _transitivity(pairs, size):
    """Rule out cycles: 0 <= x_ij + x_jk - x_ik <= 1 for every i < j < k."""
    place = {pair: position for position, pair in enumerate(pairs)}
    triples = list(combinations(range(size), 3))
    columns = [place[pair] for i, j, k in triples for pair in ((i, j), (j, k), (i, k))]
    rows = np.repeat(np.arange(len(triples)), 3)
    signs = np.tile([1.0, 1.0, -1.0], len(triples))
    shape = (max(len(triples), 1), len(pairs))
    return scipy.sparse.coo_array((signs, (rows, columns)), shape=shape).tocsr(), 0, 1


def _another_order(pairs, order):
    """At least one neighbouring pair of the order must be the other way round."""
    place = {pair: position for position, pair in enumerate(pairs)}
    row = np.zeros((1, len(pairs)))
    turned = 0
    for first, second in pairwise(order):
        if first < second:
            row[0, place[first, second]] = 1
        else:
            row[0, place[second, first]] = -1
            turned += 1
    return scipy.optimize.LinearConstraint(row, -np.inf, len(order) - 2 - turned)
