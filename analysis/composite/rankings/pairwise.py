"""Pairwise comparison of units: outranking shares and the Copeland ranking.

Only the order of the values within an indicator counts, so no normalisation is needed, and
values are compared exactly as given: equal is equal, and the smallest difference is one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analysis.composite.matrix import direction_signs, matrix_values
from analysis.composite.weights import weight_values

if TYPE_CHECKING:
    from analysis.composite.matrix import Direction, PerIndicator

BLOCK_CELLS = 1 << 15  # compared at a time
TOLERANCE = 1e-12  # sums of weights that differ by less are equal


def outranking(
    data: pd.DataFrame, weights: PerIndicator | None = None, direction: Direction = "up"
) -> pd.DataFrame:
    """Return the share of weight on which one unit is better than another, ties counted half.

    Parameters
    ----------
    data : DataFrame of float, units x indicators, complete
    weights : mapping, Series or sequence, optional; default equal
    direction : "up" or "down", or one per indicator

    Returns a DataFrame, units x units, in [0, 1]: the weight of the indicators where the row is
    better plus half of that where both are equal; the diagonal is 0.
    Source: OECD/JRC (2008), Handbook, step 7, Table 36.

    >>> data = pd.DataFrame({"jobs": [3.0, 1.0], "sales": [2.0, 2.0]}, index=["a", "b"])
    >>> outranking(data).loc["a"].to_dict()
    {'a': 0.0, 'b': 0.75}
    """
    shares = (1 + net_preference(data, weights, direction)) / 2
    np.fill_diagonal(shares, 0)
    return pd.DataFrame(shares, index=data.index, columns=data.index)


def copeland(
    data: pd.DataFrame, weights: PerIndicator | None = None, direction: Direction = "up"
) -> pd.DataFrame:
    """Rank units by their Copeland score: pairwise wins minus losses.

    One unit beats another when it is better on more weight than it is worse. Arguments as in
    `outranking`. Returns a DataFrame, index unit: won, lost, tied (numbers of other units),
    score = won - lost, rank (1 = best; units with equal scores share the better rank).
    Source: Copeland (1951), A reasonable social welfare function; OECD/JRC (2008), step 7.

    >>> data = pd.DataFrame({"jobs": [3, 1, 1], "sales": [2, 2, 5]}, index=list("abc"))
    >>> copeland(data)[["won", "lost", "tied", "score", "rank"]].values.tolist()
    [[1, 0, 1, 1, 1], [0, 2, 0, -2, 3], [1, 0, 1, 1, 1]]
    """
    net = net_preference(data, weights, direction)
    won, lost = (net > 0).sum(axis=1), (net < 0).sum(axis=1)
    counts = {"won": won, "lost": lost, "tied": len(net) - 1 - won - lost, "score": won - lost}
    result = pd.DataFrame(counts, index=data.index)
    return result.assign(rank=result["score"].rank(method="min", ascending=False).astype("int64"))


def net_preference(
    data: pd.DataFrame, weights: PerIndicator | None = None, direction: Direction = "up"
) -> np.ndarray:
    """Return the weight on which the row unit is better less that on which it is worse.

    Shape (units, units), in [-1, 1], antisymmetric; exactly 0 where the two balance.
    """
    values = matrix_values(data) * direction_signs(direction, data.columns)
    ranks = [_dense_rank(column) for column in values.T]
    weights = weight_values(weights, data.columns)
    net = np.zeros((len(values), len(values)))
    # some rows at a time, in arrays that are used again: they stay in the processor's cache
    size = max(1, BLOCK_CELLS // len(values))
    shape = min(size, len(values)), len(values)
    signs, weighed = np.empty(shape, dtype=ranks[0].dtype), np.empty(shape)
    for begin in range(0, len(values), size):
        rows = net[begin : begin + size]
        sign, part = signs[: len(rows)], weighed[: len(rows)]
        for rank, weight in zip(ranks, weights, strict=True):
            np.subtract(rank[begin : begin + size, None], rank, out=sign)
            np.sign(sign, out=sign)
            rows += np.multiply(sign, weight, out=part)
        rows[np.abs(rows, out=part) < TOLERANCE] = 0
    return net


def _dense_rank(column):
    """Encode the distinct values as integers, whose comparison is exact."""
    short = "int16" if len(column) <= np.iinfo("int16").max else "int32"
    return np.unique(column, return_inverse=True)[1].astype(short)
