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

from functools import lru_cache
from itertools import accumulate

import numpy as np
import pandas as pd
import scipy

EXACT_LIMIT = 100  # most observations that are counted exactly; beyond, the normal approximation
BLOCK_ROWS = 4096  # series looked at together: few enough to stay in the processor's cache


def kendall_s_null(tie_sizes):
    """Count the orders of the observed values by Kendall's S.

    Parameters
    ----------
    tie_sizes : sizes of the groups of equal values, whole numbers of at least 1, in any order; a
        value that no other equals is a group of 1; in all at most `EXACT_LIMIT` values

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


def kendall_s(values):
    """Return Kendall's S over time and the number of untied pairs.

    Parameters
    ----------
    values : float array of shape (series, observations), by year, no NaN

    Returns (s, untied), int arrays of shape (series,): pairs that rise minus pairs that fall, and
    their sum.

    >>> s, untied = kendall_s(np.array([[1.0, 3.0, 2.0], [2.0, 2.0, 1.0]]))
    >>> s.tolist(), untied.tolist()
    ([1, -2], [3, 2])
    """
    s, untied = np.zeros((2, len(values)))
    for begin in range(0, len(values), BLOCK_ROWS):
        block = slice(begin, begin + BLOCK_ROWS)
        # one column a series: the arithmetic then runs along the long axis
        columns = np.ascontiguousarray(values[block].T)
        for lag in range(1, len(columns)):
            moves = np.sign(columns[lag:] - columns[:-lag])
            s[block] += moves.sum(axis=0)
            untied[block] += np.abs(moves).sum(axis=0)
    return s.astype(np.int64), untied.astype(np.int64)


def kendall_p_values(s, untied, values):
    """Return the p-values of Kendall's S against a random order of the same values.

    Parameters
    ----------
    s, untied : int arrays of shape (series,), as `kendall_s` returns them
    values : float array of shape (series, observations), by year, no NaN

    Returns (two_sided, increasing, decreasing, least): arrays of shape (series,).
    P(|S*| >= |S|), P(S* >= S), P(S* <= S), and the least two-sided p that the ties leave possible.
    Exact up to `EXACT_LIMIT` observations; beyond, normal with the variance corrected for ties and
    a continuity correction of 1 (Kendall 1975, chapter 4; Gilbert 1987, section 16.4).

    >>> rising = np.array([[1.0, 2.0, 3.0]])
    >>> [p.round(3).tolist() for p in kendall_p_values(*kendall_s(rising), rising)]
    [[0.333], [0.167], [1.0], [0.333]]
    """
    n = values.shape[1]
    tied = untied < n * (n - 1) // 2
    tie_sizes = _tie_sizes(values[tied])
    if n > EXACT_LIMIT:
        return _normal_p_values(s, untied, n, tied, tie_sizes)
    if not tied.any():
        return _exact_p_values(s, (1,) * n)
    p_values = np.empty((4, len(s)))
    p_values[:, ~tied] = _exact_p_values(s[~tied], (1,) * n)
    p_values[:, tied] = _tied_p_values(s[tied], tie_sizes)
    return tuple(p_values)


@lru_cache(maxsize=2048)
def few_falling_p(sizes):
    """Return P(pairs that fall <= k) for k = 0, 1, ... as a read-only array.

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
    if not 1 <= sum(sizes) <= EXACT_LIMIT:
        raise ValueError(f"tie_sizes has {sum(sizes)} values in all; wanted 1 to {EXACT_LIMIT}")
    return tuple(sorted(map(int, sizes), reverse=True))


def _untied_pairs(sizes):
    n = sum(sizes)
    return n * (n - 1) // 2 - sum(size * (size - 1) // 2 for size in sizes)


def _orders_by_falling_pairs(sizes):
    """Count the orders with 0, 1, ... pairs that fall; sizes with the largest first."""
    most, half = _untied_pairs(sizes), _half_of_orders(sizes)
    return [half[min(falling, most - falling)] for falling in range(most + 1)]


@lru_cache(maxsize=512)
def _half_of_orders(sizes):
    """Count the orders by falling pairs up to half of the untied pairs; the rest mirrors it.

    Each pattern comes from the one where its last tie is a value smaller, for a tie of t divides
    the counts by [t].
    """
    tied = sum(size > 1 for size in sizes)
    terms = _untied_pairs(sizes) // 2 + 1
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


def _exact_p_values(s, sizes):
    most, chances = _untied_pairs(sizes), few_falling_p(sizes)
    falling = (most - s) // 2
    increasing, decreasing = chances[falling], chances[most - falling]  # the counts are symmetric
    two_sided = np.minimum(1, 2 * np.minimum(increasing, decreasing))
    least = np.full(len(s), min(1, 2 * chances[0]))
    return two_sided, increasing, decreasing, least


def _tie_sizes(values):
    """Return the sizes of the groups of equal values, filled up with 0 to a row of `values`."""
    ordered = np.sort(values, axis=1)
    begins = np.ones(values.shape, dtype=bool)
    begins[:, 1:] = ordered[:, 1:] != ordered[:, :-1]
    first = np.flatnonzero(begins)
    sizes = np.zeros(values.size, dtype=np.int64)
    sizes[first] = np.diff(first, append=values.size)
    return sizes.reshape(values.shape)


def _tied_p_values(s, tie_sizes):
    """Take the rows of one tie pattern after the other."""
    n = tie_sizes.shape[1]
    # one byte a group: a pattern is then a short text of bytes, quick to tell apart
    packed = np.ascontiguousarray(np.sort(tie_sizes, axis=1)[:, ::-1], dtype=np.uint8)
    patterns = packed.view(f"S{n}").ravel().astype(object)
    # neighbours in the order of their sizes share most of the steps that count their orders
    number, patterns = pd.factorize(patterns, sort=True)
    by_pattern = np.argsort(number, kind="stable")
    ends = np.cumsum(np.bincount(number))
    p_values = np.empty((4, len(s)))
    for pattern, rows in zip(patterns, np.split(by_pattern, ends[:-1]), strict=True):
        p_values[:, rows] = _exact_p_values(s[rows], tuple(pattern))
    return p_values


def _normal_p_values(s, untied, n, tied, tie_sizes):
    variance = np.full(len(s), n * (n - 1) * (2 * n + 5) / 18)
    variance[tied] -= (tie_sizes * (tie_sizes - 1) * (2 * tie_sizes + 5)).sum(axis=1) / 18
    # the S of a constant series is always 0: next to no spread gives it p = 1
    spread = np.sqrt(np.where(untied > 0, variance, 1e-6))
    increasing = scipy.special.ndtr((1 - s) / spread)
    decreasing = scipy.special.ndtr((1 + s) / spread)
    two_sided = np.minimum(1, 2 * np.minimum(increasing, decreasing))
    least = np.minimum(1, 2 * scipy.special.ndtr((1 - untied) / spread))
    return two_sided, increasing, decreasing, least
