"""Ranks that follow from scores, and from scores known only within an interval."""

from __future__ import annotations

import numpy as np
import pandas as pd

DIGITS = 12  # scores are distinguished to 1e-12 of the largest


def rank_interval(score_low: pd.Series, score_high: pd.Series) -> pd.DataFrame:
    """Return the best and the worst rank that each unit can have within its score interval.

    A unit stands behind those that must be ahead of it at best, and behind all that can be at
    worst: rank_best = 1 + how many have score_low above its score_high, rank_worst = 1 + how many
    others have score_high above its score_low. Equal scores share the better rank. Both are
    reached when the scores move independently of each other. Exact: scores closer than 1e-12 of
    the largest are equal, however the rounding of the sums fell.

    Parameters
    ----------
    score_low, score_high : Series of float, same index, no low above its high
        NaN in both: the unit has no score; it gets no rank and counts for nobody else's.

    Returns a DataFrame, index as given: rank_best, rank_worst (Int64, empty without a score).
    Raises ValueError for another index, or a low above its high.

    >>> low = pd.Series([0.5, 0.0, 0.25], index=["a", "b", "c"])
    >>> rank_interval(low, pd.Series([1.0, 0.25, 0.5], index=["a", "b", "c"])).values.tolist()
    [[1, 1], [2, 3], [1, 2]]
    """
    if not score_low.index.equals(score_high.index):
        raise ValueError("score_low and score_high must have the same index")
    low, high = tied(score_low.to_numpy(dtype=float), score_high.to_numpy(dtype=float))
    for label in score_low.index[~((low <= high) | (np.isnan(low) & np.isnan(high)))][:1]:
        raise ValueError(
            f"score interval of {label!r} is [{score_low[label]}, {score_high[label]}]; "
            "wanted low <= high, or both empty"
        )
    ranks, known = interval_ranks(low, high)
    whole = {name: pd.arrays.IntegerArray(rank, ~known) for name, rank in ranks.items()}
    return pd.DataFrame(whole, index=score_low.index)


def interval_ranks(low: np.ndarray, high: np.ndarray) -> tuple[dict[str, np.ndarray], np.ndarray]:
    """Return ({rank_best, rank_worst}, known) of score intervals as arrays, near ties made equal.

    See `rank_interval` and `tied`. Ranks of what has no score are any numbers.

    >>> interval_ranks(np.array([1.0, 0.0]), np.array([1.0, 2.0]))[0]["rank_worst"].tolist()
    [2, 2]
    """
    known = ~np.isnan(low)
    sorted_low, sorted_high = np.sort(low[known]), np.sort(high[known])
    ahead = known.sum() - np.searchsorted(sorted_low, high, side="right")
    perhaps = known.sum() - np.searchsorted(sorted_high, low, side="right")
    perhaps -= high > low  # its own high is no rival
    return {"rank_best": 1 + ahead, "rank_worst": 1 + perhaps}, known


def tied(*arrays: np.ndarray) -> tuple[np.ndarray, ...]:
    """Return the arrays with values that differ only by rounding error made equal.

    Numbers are sorted; a gap below 1e-12 of the largest magnitude joins neighbours, so that no
    boundary of rounding can part them; the least, rounded, stands for all. NaN stays NaN.

    >>> [array.tolist() for array in tied(np.array([0.1 + 0.2, 1.0]), np.array([0.3]))]
    [[0.3, 1.0], [0.3]]
    """
    together = np.concatenate([np.ravel(array) for array in arrays])
    numbers = np.unique(together[~np.isnan(together)])
    if not numbers.size:
        return tuple(arrays)
    largest = np.abs(numbers).max()
    firsts = np.concatenate([[True], np.diff(numbers) > 10.0**-DIGITS * largest])
    decimals = DIGITS - int(np.floor(np.log10(largest))) if largest > 1e-200 else 300
    standing = np.round(numbers[firsts], decimals)[np.cumsum(firsts) - 1]
    return tuple(_replace(array, numbers, standing) for array in arrays)


def _replace(array, numbers, standing):
    result = np.array(array, dtype=float)
    known = ~np.isnan(result)
    result[known] = standing[np.searchsorted(numbers, result[known])]
    return result
