"""Multiple testing: the false discovery rate of Benjamini and Hochberg."""

from __future__ import annotations

import numpy as np
import pandas as pd


def q_values(p_values: np.ndarray) -> np.ndarray:
    """Return Benjamini and Hochberg's adjusted p of each test: its q.

    Among the tests with a q of at most x, no more than the share x is expected to be false, if the
    tests are independent or depend on each other positively. A missing p is no test: it has no q.

    Parameters
    ----------
    p_values : float array of shape (tests,), NaN or masked where nothing was tested

    Returns a float array of shape (tests,). Raises ValueError for what is no probability.
    Source: Benjamini and Hochberg (1995), Journal of the Royal Statistical Society B 57, 289-300.

    >>> q_values(np.array([0.01, np.nan, 0.04, 0.03])).round(3).tolist()
    [0.03, nan, 0.04, 0.04]
    """
    p = np.ma.filled(np.ma.asarray(p_values, dtype=float), np.nan)
    for place in np.flatnonzero((p < 0) | (p > 1))[:1]:
        raise ValueError(f"p_values[{place}] is {p[place]}; wanted 0 to 1, or NaN")
    number, different = pd.factorize(p)  # of many exact p few differ; NaN has the number -1
    order = np.argsort(different)
    rank = np.cumsum(np.bincount(number[number >= 0], minlength=len(different))[order])
    q = np.full(len(different) + 1, np.nan)
    scaled = np.minimum(different[order] * (rank[-1:] / rank), 1)
    q[order] = np.minimum.accumulate(scaled[::-1])[::-1]
    return q[number]
