"""The Mann-Kendall test with a variance corrected for serial correlation (Hamed and Rao).

Positive autocorrelation makes the test reject too often. Hamed and Rao estimate the autocorrelation
of the ranks of the detrended series and correct the variance of S by it: upwards where it is
positive, downwards where it is negative. The test is then a normal approximation, no exact test,
and needs a series of some length. Its p may be smaller than any order of the values can have, which
`mann_kendall` and `trend_table` say in `reason`; no floor is set, as none has a source.

Source: Hamed and Rao (1998), A modified Mann-Kendall trend test for autocorrelated data, Journal of
Hydrology 204, 182-196.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import scipy

from analysis.trend.kendall.kendall_tail import falling_cumulant
from analysis.trend.kendall.tie_patterns import TiePatterns

if TYPE_CHECKING:
    from collections.abc import Mapping

MIN_OBSERVATIONS = 10  # too few to estimate an autocorrelation below
SIGNIFICANT = 1.959963984540054  # critical value of an autocorrelation at the 5 % level
CORRECTED = 2  # position among the methods


def corrected_p_values(
    years: np.ndarray, values: np.ndarray, found: Mapping[str, np.ndarray], patterns: TiePatterns
) -> dict[str, np.ndarray]:
    """Correct p-values for serial correlation where a series is long enough, its years equidistant.

    Parameters
    ----------
    years, values : arrays of shape (series, observations)
    found : {measure: column} as they are without a correction, s among them
    patterns : TiePatterns of the same series

    Returns {measure: column} of what changes: the three p-values, p_error (not known) and method.

    >>> years, values = np.arange(12)[None, :], np.array([[1.0, 2, 3, 2, 1, 2, 3, 4, 5, 4, 5, 6]])
    >>> p = np.array([0.01])
    >>> found = {"s": np.array([44]), "method": np.array([0]), "p_error": np.array([0.0])}
    >>> found |= dict.fromkeys(("p_two_sided", "p_increasing", "p_decreasing"), p)
    >>> sizes = TiePatterns([(3, 3, 2, 2, 1, 1)], np.array([0]))
    >>> corrected_p_values(years, values, found, sizes)["p_two_sided"].round(4).tolist()
    [0.0026]
    """
    names = ("p_two_sided", "p_increasing", "p_decreasing", "p_error", "method")
    changed = {name: np.array(found[name], dtype=float) for name in names}
    steps = np.diff(years, axis=1)
    long = values.shape[1] >= MIN_OBSERVATIONS
    for row in np.flatnonzero((steps == steps[:, :1]).all(axis=1) & long):
        spread = 2 * falling_cumulant(patterns.sizes[patterns.number[row]], 2) ** 0.5
        if spread == 0:
            continue
        s, spread = found["s"][row], spread * variance_factor(values[row]) ** 0.5
        increasing, decreasing = scipy.special.ndtr(np.array([1 - s, 1 + s]) / spread)
        two_sided = min(1.0, 2 * min(increasing, decreasing))
        for name, cell in zip(
            names, (two_sided, increasing, decreasing, np.nan, CORRECTED), strict=True
        ):
            changed[name][row] = cell
    return changed


def variance_factor(values: np.ndarray) -> float:
    """Return the factor by which serial correlation changes the variance of S: 1 if there is none.

    Parameters
    ----------
    values : float array, one series of even years, no NaN

    Only autocorrelations of the ranks that differ from 0 at the 5 % level count; a factor that
    would not be positive is 1.

    >>> variance_factor(np.arange(12.0))
    1.0
    """
    n = len(values)
    time = np.arange(n)
    later, earlier = np.triu_indices(n, 1)[::-1]
    slope = np.median((values[later] - values[earlier]) / (later - earlier))
    ranks = scipy.stats.rankdata(values - slope * time)
    off = ranks - ranks.mean()
    if not off.any():
        return 1.0
    lags = time[1:]
    correlations = np.array([off[lag:] @ off[:-lag] for lag in lags]) / (off @ off)
    counted = np.abs(correlations) > SIGNIFICANT / n**0.5
    weights = (n - lags) * (n - lags - 1) * (n - lags - 2)
    factor = 1 + 2 / (n * (n - 1) * (n - 2)) * (weights * correlations)[counted].sum()
    return float(factor) if factor > 0 else 1.0
