"""Ranks of many rows of scores at once, and Kendall's tau-b of many orders with one.

Scores closer than 1e-12 of the greatest in their row are equal.
"""

from __future__ import annotations

import numpy as np
import scipy

from analysis.robustness.rank_distributions import TOLERANCE

BLOCK = 128  # units whose pairs are compared at once
EARLIER = np.triu(np.ones((BLOCK, BLOCK), dtype=bool), k=1)
LARGEST = 1500  # units up to which all pairs are compared; beyond, scipy sorts


def rank_rows(scores: np.ndarray) -> np.ndarray:
    """Rank each row, 1 = best, equal scores share the better rank; NaN stays.

    >>> rank_rows(np.array([[0.5, 1.0, np.nan, 0.5]])).tolist()
    [[2.0, 1.0, nan, 2.0]]
    """
    known = ~np.isnan(scores)
    lowest = np.where(known, scores, -np.inf)
    order = np.argsort(-lowest, axis=1)
    falling = np.take_along_axis(lowest, order, axis=1)
    noise = TOLERANCE * np.abs(np.where(known, scores, 0)).max(axis=1, keepdims=True, initial=0)
    places = np.zeros(scores.shape)
    with np.errstate(invalid="ignore"):
        apart = ~(-np.diff(falling, axis=1) <= noise)
    places[:, 1:] = np.where(apart, np.arange(1, scores.shape[1]), 0)
    result = np.empty_like(places)
    np.put_along_axis(result, order, np.maximum.accumulate(places, axis=1) + 1, axis=1)
    return np.where(known, result, np.nan)


def tau_b(ranks: np.ndarray, others: np.ndarray) -> np.ndarray:
    """Return Kendall's tau-b of one row of ranks with each of several.

    NaN in either leaves the unit out; NaN where one of the two orders has only ties.
    Formula: (concordant - discordant) / sqrt((pairs - ties) (pairs - ties of the other)).
    Source: Kendall (1945), Biometrika 33, 239-251.

    >>> tau_b(np.array([1.0, 2.0, 3.0]), np.array([[1.0, 3.0, 2.0]])).round(4).tolist()
    [0.3333]
    """
    if others.shape[1] > LARGEST or np.isnan(ranks).any() or np.isnan(others).any():
        return np.array([_sorted_tau(ranks, row) for row in others])
    order = np.argsort(ranks, kind="stable")
    ranks = ranks[order].astype(np.int16)
    rows = others[:, order].astype(np.int16)
    pairs = _untied_pairs(ranks)
    if pairs == len(ranks) * (len(ranks) - 1) // 2:
        counts = [(_rising(row), _untied_pairs(row)) for row in rows]
        return np.array([_tau(up, own - up, pairs, own) for up, own in counts])
    ahead = ranks[:, None] < ranks
    return np.array([_tied_tau(ahead, pairs, row) for row in rows])


def _untied_pairs(row):
    """Count the pairs of units whose ranks differ."""
    counts = np.bincount(row)
    return int(len(row) ** 2 - (counts * counts).sum()) // 2


def _rising(row):
    """Count the pairs of which the earlier is less: block by block, each pair once."""
    total = 0
    for at in range(0, len(row), BLOCK):
        block = row[at : at + BLOCK, None]
        total += np.count_nonzero(block < row[at + BLOCK :])
        total += np.count_nonzero((block < block[:, 0]) & EARLIER[: len(block), : len(block)])
    return total


def _tied_tau(ahead, pairs, row):
    less = row[:, None] < row
    up, down = np.count_nonzero(ahead & less), np.count_nonzero(ahead & less.T)
    return _tau(up, down, pairs, _untied_pairs(row))


def _tau(concordant, discordant, pairs, own):
    scale = np.sqrt(float(pairs) * float(own))
    return (concordant - discordant) / scale if scale else np.nan


def _sorted_tau(ranks, row):
    both = ~(np.isnan(ranks) | np.isnan(row))
    if both.sum() < 2:
        return np.nan
    return float(scipy.stats.kendalltau(ranks[both], row[both]).statistic)
