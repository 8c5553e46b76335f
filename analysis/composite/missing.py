"""Missing values: give the interval that they allow, or leave them out and report the coverage.

An empty cell is never a zero. The study's default is the interval: every aggregate that rises
with its indicators has its least value at the low ends and its greatest at the high ends.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analysis.composite.aggregate import check_domain, mean_values
from analysis.composite.matrix import matrix_values, per_indicator
from analysis.composite.weights import weight_values

if TYPE_CHECKING:
    from analysis.composite.matrix import PerIndicator


def missing_bounds(
    scores: pd.DataFrame, low: float = 0.0, high: float = 1.0
) -> tuple[pd.DataFrame, ...]:
    """Fill the empty cells with the least and with the most that they could be.

    Parameters
    ----------
    scores : DataFrame of float, units x indicators, NaN where not reported
    low, high : goalposts, a number or one per indicator; default those of min-max scores

    Returns (low, high): two complete DataFrames like `scores`. Any mean of the first and of the
    second is the score interval. Raises ValueError when low exceeds high, or when an observed
    cell lies beyond the goalposts, which then bound nothing.

    >>> low, high = missing_bounds(pd.DataFrame({"jobs": [0.5, None]}, index=["a", "b"]))
    >>> low["jobs"].tolist(), high["jobs"].tolist()
    ([0.5, 0.0], [0.5, 1.0])
    """
    values, columns = matrix_values(scores, name="scores", missing=True), scores.columns
    lows = per_indicator(low, columns, name="low")
    highs = per_indicator(high, columns, name="high")
    for column, least, most in zip(columns, lows, highs, strict=True):
        if least > most:
            raise ValueError(f"goalposts of {column!r}: low {least} is above high {most}")
    for row, column in np.argwhere((values < lows) | (values > highs))[:1]:
        raise ValueError(
            f"row {scores.index[row]!r}, column {columns[column]!r} has {values[row, column]}, "
            f"beyond the goalposts {lows[column]} and {highs[column]}"
        )
    gaps = np.isnan(values)
    return tuple(
        pd.DataFrame(np.where(gaps, ends, values), index=scores.index, columns=columns)
        for ends in (lows, highs)
    )


def renormalise(
    scores: pd.DataFrame,
    weights: PerIndicator | None = None,
    exponent: float = 1.0,
    *,
    min_coverage: float = 0.5,
) -> pd.DataFrame:
    """Average what is reported, with the weights of the rest scaled up to sum 1.

    This supposes that the missing cells would score like the reported ones, so it rewards
    missing data on weaknesses: use it to see how much depends on the gaps.

    Parameters
    ----------
    scores : DataFrame of float, units x indicators, NaN where not reported
    weights, exponent : as in `power_mean`
    min_coverage : share of the total weight, in [0, 1], that must be reported for a score

    Returns a DataFrame, index unit: score (empty below the threshold), coverage (share of weight
    reported, in [0, 1]), reason ("not enough observations" where there is no score).
    Raises ValueError for a min_coverage outside [0, 1], and as `power_mean`. Source: OECD/JRC
    (2008), Handbook, step 3.

    >>> scores = pd.DataFrame({"jobs": [0.5, 1.0], "sales": [1.0, None], "rd": [0.0, None]})
    >>> renormalise(scores).round(3).values.tolist()
    [[0.5, 1.0, ''], [nan, 0.333, 'not enough observations']]
    """
    if not 0 <= min_coverage <= 1:
        raise ValueError(f"min_coverage is {min_coverage!r}; wanted a share from 0 to 1")
    values = matrix_values(scores, name="scores", missing=True)
    shares = weight_values(weights, scores.columns)
    check_domain(values, scores.index, scores.columns, exponent)
    known = ~np.isnan(values)
    coverage = known @ shares
    enough = (coverage >= min_coverage - 1e-12) & (coverage > 0)
    score = np.full(len(values), np.nan)
    patterns, which = np.unique(known, axis=0, return_inverse=True)
    for number in np.unique(which[enough]):
        rows, pattern = np.flatnonzero(which == number), patterns[number]
        rest = shares[pattern] / shares[pattern].sum()
        score[rows] = mean_values(values[np.ix_(rows, pattern)], rest, exponent)
    reason = np.where(enough, "", "not enough observations")
    return pd.DataFrame(
        {"score": score, "coverage": coverage, "reason": reason}, index=scores.index
    )
