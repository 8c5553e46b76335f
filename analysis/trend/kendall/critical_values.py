"""Critical values of Kendall's S under ties: how far from 0 it must be to be significant."""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING

import pandas as pd

from analysis.trend.kendall.kendall_null import kendall_s_null

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


LEVELS = (0.1, 0.05, 0.02, 0.01)  # two-sided


def critical_s(tie_sizes: Sequence[int], level: float) -> tuple[int, float] | None:
    """Return the least S > 0 with P(|S*| >= S) <= level, and that p; None where there is none.

    Parameters
    ----------
    tie_sizes : sizes of the groups of equal values, as for `kendall_s_null`
    level : two-sided level of significance, between 0 and 1

    >>> critical_s([1] * 5, 0.05)
    (10, 0.016666666666666666)
    >>> critical_s([3, 1, 1], 0.05)
    """
    counts = kendall_s_null(tie_sizes)
    orders, found = sum(counts.values()), None
    for s, far in zip(reversed(counts), accumulate(reversed(counts.values())), strict=True):
        if s <= 0 or 2 * far > level * orders:
            return found
        found = (s, 2 * far / orders)
    return found


def critical_values(least: int, most: int, levels: Sequence[float] = LEVELS) -> pd.DataFrame:
    """Tabulate the critical values of S for every tie pattern of `least` to `most` values.

    Returns a DataFrame, one row per pattern, the fewest ties first: n, ties (the sizes of the
    groups of two and more, "none" without), s_max (the untied pairs), p_min (two-sided), and one
    column per level, named by it: the critical S, NA where no S is significant.

    >>> critical_values(4, 4, [0.1])[["ties", "s_max", "0.1"]].values.tolist()[:2]
    [['none', 6, 6], ['2', 5, <NA>]]
    """
    rows = []
    for n in range(least, most + 1):
        for sizes in sorted(partitions(n)):
            if len(sizes) > 1:
                rows.append(_row(n, sizes, levels))
    columns = ["n", "ties", "s_max", "p_min", *map(str, levels)]
    types = dict.fromkeys(map(str, levels), "Int64")
    return pd.DataFrame(rows, columns=columns).astype(types)


def _row(n, sizes, levels):
    counts = kendall_s_null(sizes)
    ties = " + ".join(str(size) for size in sizes if size > 1) or "none"
    found = [critical_s(sizes, level) for level in levels]
    p_min = min(1, 2 / sum(counts.values()))
    return (n, ties, max(counts), p_min, *(pair[0] if pair else None for pair in found))


def partitions(n: int, largest: int | None = None) -> Iterator:
    """Yield every tie pattern of n values (the partitions of n), the largest group first.

    >>> [*partitions(3)]
    [(3,), (2, 1), (1, 1, 1)]
    """
    if n == 0:
        yield ()
    for size in range(min(n, largest or n), 0, -1):
        for rest in partitions(n - size, size):
            yield (size, *rest)
