"""Kendall's S and the tie patterns of many series at once."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import ArrayLike

BLOCK_ROWS = 4096  # series processed at a time, so that they fit the CPU cache


@dataclass(frozen=True, eq=False)
class TiePatterns:
    """The tie patterns of several series: the sizes of their groups of equal values."""

    sizes: list  # the patterns: tuples of the sizes of the groups, the largest first
    number: np.ndarray  # which pattern each series has, shape (series,)

    def rows(self) -> Iterator:
        """Yield (sizes, rows of the series that have them) for each pattern."""
        if len(self.sizes) == 1:
            yield self.sizes[0], slice(None)
            return
        by_pattern = np.argsort(self.number, kind="stable")
        ends = np.cumsum(np.bincount(self.number, minlength=len(self.sizes)))
        yield from zip(self.sizes, np.split(by_pattern, ends[:-1]), strict=True)


def kendall_s(values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
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


def tie_patterns(values: np.ndarray, untied: np.ndarray) -> TiePatterns:
    """Return the tie patterns of series.

    Parameters
    ----------
    values : float array of shape (series, observations), no NaN
    untied : int array of shape (series,), as `kendall_s` returns it

    >>> values = np.array([[1.0, 2.0, 3.0], [2.0, 1.0, 2.0]])
    >>> patterns = tie_patterns(values, kendall_s(values)[1])
    >>> patterns.sizes, patterns.number.tolist()
    ([(1, 1, 1), (2, 1)], [0, 1])
    """
    m, n = values.shape
    tied = np.flatnonzero(untied < n * (n - 1) // 2)
    sizes, number = [(1,) * n], np.zeros(m, dtype=np.int32)
    if len(tied):
        known, found = _numbered_patterns(_tie_sizes(values[tied]))
        number[tied] = found + 1
        sizes += known
    if len(tied) == m:
        return TiePatterns(sizes[1:], number - 1)
    return TiePatterns(sizes, number)


def tie_sizes(values: ArrayLike) -> tuple[int, ...]:
    """Return the sizes of the groups of equal values of one series, the largest first.

    >>> tie_sizes([5.0, 7.0, 5.0])
    (2, 1)
    """
    return tuple(sorted(Counter(np.asarray(values).tolist()).values(), reverse=True))


def untied_pairs(sizes: tuple) -> int:
    """Count the pairs of unequal values.

    >>> untied_pairs((2, 1))
    2
    """
    n = sum(sizes)
    return n * (n - 1) // 2 - sum(size * (size - 1) // 2 for size in sizes)


def _tie_sizes(values):
    """Return the sizes of the groups of equal values, filled up with 0 to a row of `values`."""
    ordered = np.sort(values, axis=1)
    begins = np.ones(values.shape, dtype=bool)
    begins[:, 1:] = ordered[:, 1:] != ordered[:, :-1]
    first = np.flatnonzero(begins)
    sizes = np.zeros(values.size, dtype=np.int64)
    sizes[first] = np.diff(first, append=values.size)
    return sizes.reshape(values.shape)


def _numbered_patterns(tie_sizes):
    """Return the distinct patterns of rows of tie sizes, and each row's pattern number."""
    n = tie_sizes.shape[1]
    ordered = np.sort(tie_sizes, axis=1)[:, ::-1]
    if n > np.iinfo(np.uint8).max:
        rows = [tuple(row[row > 0].tolist()) for row in ordered]
        known = {row: number for number, row in enumerate(dict.fromkeys(rows))}
        return [*known], np.array([known[row] for row in rows])
    # one byte a group: a pattern is then a short text of bytes, quick to tell apart
    packed = np.ascontiguousarray(ordered, dtype=np.uint8)
    patterns = packed.view(f"S{n}").ravel().astype(object)
    # neighbours in the order of their sizes share most of the steps that count their orders
    number, patterns = pd.factorize(patterns, sort=True)
    return [tuple(pattern) for pattern in patterns], number
