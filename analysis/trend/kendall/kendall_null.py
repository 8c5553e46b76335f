"""The null distribution of Kendall's S, exact and with ties.

If the observed values came in any order with the same chance, S = (pairs that rise) - (pairs that
fall) would have this distribution. Orders are counted with the ties kept, so it depends on the
sizes of the groups of equal values alone, and it is the Gaussian multinomial coefficient in them:

    sum over the orders of q^(pairs that fall) = [n]! / ([t_1]! ... [t_k]!),
    [n]! = [1][2]...[n],  [i] = 1 + q + ... + q^(i - 1)

Sources: Kendall (1975), Rank Correlation Methods, 4th ed., chapters 4 and 5 (S, its distribution,
variance with ties and continuity correction); Stanley (2012), Enumerative Combinatorics 1, 2nd ed.,
section 1.7 (the multinomial counts the permutations of a multiset by inversions).
"""

from __future__ import annotations

from functools import lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING

import numpy as np
import scipy

from analysis.trend.kendall.kendall_tail import (
    falling_cumulant,
    few_falling_by_contour,
    is_within_reach,
    number_of_orders,
)
from analysis.trend.kendall.tie_patterns import TiePatterns, untied_pairs

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

COUNTED = 32  # most observations whose orders are counted by whole numbers, all values of S at once
LONGEST_COUNT = 200  # most observations that `kendall_s_null` counts: its numbers have 375 digits
MOST_HE3 = 0.5506  # largest |x^3 - 3x| phi(x), of Edgeworth's term for the fourth cumulant


def kendall_s_null(tie_sizes: ArrayLike) -> dict[int, int]:
    """Count the permutations of the observed values by Kendall's S.

    Parameters
    ----------
    tie_sizes : sizes of the groups of equal values, whole numbers of at least 1, in any order; a
        value that no other equals is a group of 1; in all at most `LONGEST_COUNT` values

    Returns {S: number of distinct orders}, S rising; exact whole numbers of any size.

    Raises ValueError for sizes that cannot be.

    >>> kendall_s_null([1, 1, 1])
    {-3: 1, -1: 2, 1: 2, 3: 1}
    >>> kendall_s_null([2, 1])
    {-2: 1, 0: 1, 2: 1}
    """
    counts = _orders_by_falling_pairs(_checked_sizes(tie_sizes))
    most = len(counts) - 1
    # the counts are symmetric: as many orders have k rising as have k falling pairs
    return {2 * rising - most: count for rising, count in enumerate(counts)}


def kendall_p_values(s: np.ndarray, patterns: TiePatterns) -> tuple[np.ndarray, ...]:
    """Return the p-values of Kendall's S under random permutation of the same values.

    Parameters
    ----------
    s : int array of shape (series,), as `kendall_s` returns it
    patterns : TiePatterns of the same series

    Returns (two_sided, increasing, decreasing, least, error): arrays of shape (series,).
    P(|S*| >= |S|), P(S* >= S), P(S* <= S), the least two-sided p that the ties leave possible, and
    how far the other three may be off: 0 where `is_exact`, see `normal_error` elsewhere.

    >>> patterns = TiePatterns([(1, 1, 1)], np.array([0]))
    >>> [p.round(3).tolist() for p in kendall_p_values(np.array([3]), patterns)]
    [[0.333], [0.167], [1.0], [0.333], [0.0]]
    """
    increasing, decreasing, least, error = np.empty((4, len(s)))
    for sizes, rows in patterns.rows():
        most = untied_pairs(sizes)
        increasing[rows], decreasing[rows] = _both_tails(sizes, (most - s[rows]) // 2)
        least[rows] = min(1, 2 / number_of_orders(sizes))
        error[rows] = 0 if is_exact(sizes) else normal_error(sizes)
    two_sided = np.minimum(1, 2 * np.minimum(increasing, decreasing))
    return two_sided, increasing, decreasing, least, error


def falling_p(sizes: tuple, falling: np.ndarray) -> np.ndarray:
    """Return P(falling pairs <= k) under random permutation of values with these tie groups.

    Parameters
    ----------
    sizes : tuple of the sizes of the groups of equal values, the largest first
    falling : int array of shape (numbers,), from -1 to the number of untied pairs

    Exact, to a relative error of 1e-12, where `is_exact`: counted in whole numbers up to `COUNTED`
    observations, beyond by the generating function. Elsewhere normal, with the variance corrected
    for ties and a continuity correction (Kendall 1975, chapter 4; Gilbert 1987, section 16.4).

    >>> falling_p((1, 1, 1), np.array([-1, 0, 3])).round(3).tolist()
    [0.0, 0.167, 1.0]
    """
    if sum(sizes) <= COUNTED:
        return np.where(falling < 0, 0, few_falling_p(sizes)[falling])
    most = untied_pairs(sizes)
    if not is_exact(sizes):
        spread = falling_cumulant(sizes, 2) ** 0.5
        return scipy.special.ndtr((falling + 0.5 - most / 2) / spread)
    upper = falling > most // 2
    small = np.where(upper, most - falling - 1, falling)  # the counts are symmetric
    wanted, place = np.unique(small[small >= 0], return_inverse=True)
    few = np.zeros(len(falling))
    few[small >= 0] = few_falling_by_contour(sizes, wanted)[place] if most else 1
    return np.where(upper, 1 - few, few)


def is_exact(sizes: tuple) -> bool:
    """Tell whether the p-values of a tie pattern are exact: wherever that is feasible.

    That is up to 2,800 observations without ties, and at any length with few untied pairs.

    >>> is_exact((1,) * 2000), is_exact((1,) * 3000), is_exact((5000, 2))
    (True, False, True)
    """
    return sum(sizes) <= COUNTED or is_within_reach(sizes)


def normal_error(sizes: tuple) -> float:
    """Return a bound on the absolute error of a normal p-value of a tie pattern.

    It is 2.1 times the largest value of Edgeworth's first term, that of the fourth cumulant, for a
    two-sided p (Kolassa 2006, Series Approximation Methods in Statistics, chapter 3). The tests
    find half of it between normal and exact p-values, and nowhere more than all of it.

    >>> round(normal_error((1,) * 3000), 6)
    6.9e-05
    """
    kurtosis = falling_cumulant(sizes, 4) / falling_cumulant(sizes, 2) ** 2
    return 2.1 * 2 * MOST_HE3 * abs(kurtosis) / 24


@lru_cache(maxsize=2048)
def few_falling_p(sizes: tuple) -> np.ndarray:
    """Return P(falling pairs <= k) for k = 0, 1, ... as a read-only array.

    `sizes` is a tuple of tie-group sizes, the largest first. Each probability is the quotient of
    two whole numbers, rounded once.

    >>> few_falling_p((1, 1, 1)).round(3).tolist()
    [0.167, 0.5, 0.833, 1.0]
    """
    counts = list(accumulate(_orders_by_falling_pairs(sizes)))
    chances = np.array([count / counts[-1] for count in counts])
    chances.setflags(write=False)
    return chances


def _checked_sizes(tie_sizes):
    sizes = list(tie_sizes)
    for position, size in enumerate(sizes):
        if not isinstance(size, int | np.integer) or isinstance(size, bool) or size < 1:
            raise ValueError(f"tie_sizes[{position}] is {size!r}; wanted a whole number from 1")
    if not 1 <= sum(sizes) <= LONGEST_COUNT:
        raise ValueError(f"tie_sizes has {sum(sizes)} values in all; wanted 1 to {LONGEST_COUNT}")
    return tuple(sorted(map(int, sizes), reverse=True))


def _orders_by_falling_pairs(sizes):
    """Count the permutations with 0, 1, ... falling pairs; sizes in descending order."""
    most, half = untied_pairs(sizes), _half_of_orders(sizes)
    return [half[min(falling, most - falling)] for falling in range(most + 1)]


@lru_cache(maxsize=512)
def _half_of_orders(sizes):
    """Count the permutations by falling pairs, up to half of the untied pairs (by symmetry).

    Each pattern comes from the one where its last tie is a value smaller, for a tie of t divides
    the counts by [t].
    """
    tied = sum(size > 1 for size in sizes)
    terms = untied_pairs(sizes) // 2 + 1
    if not tied:
        return _half_of_orders_without_ties(len(sizes), terms)
    size = sizes[tied - 1]
    looser = (*sizes[: tied - 1], size - 1, *sizes[tied:], 1)
    counts = _half_of_orders(looser)[:terms]
    counts = [count - before for count, before in zip(counts, [0, *counts], strict=False)]
    for k in range(size, terms):
        counts[k] += counts[k - size]
    return counts


def _half_of_orders_without_ties(n, terms):
    """Multiply [1][2]...[n], with [i] = (1 - q^i) / (1 - q)."""
    counts = [1] + [0] * (terms - 1)
    for i in range(2, n + 1):
        shifted = [0] * i + counts
        counts = [count - before for count, before in zip(counts, shifted, strict=False)]
        counts = list(accumulate(counts))
    return counts


def _both_tails(sizes, falling):
    """Return P(X <= falling) and P(X >= falling) of the number X of falling pairs."""
    rising = untied_pairs(sizes) - falling  # the counts are symmetric
    if sum(sizes) <= COUNTED:
        chances = few_falling_p(sizes)
        return chances[falling], chances[rising]
    return np.split(falling_p(sizes, np.concatenate([falling, rising])), 2)
