"""Benefit of the doubt: each unit judged by the weights that suit it best."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
import scipy

from analysis.composite.matrix import matrix_values, per_indicator
from analysis.tidy.showing import Readable

SLACK = 1e-10  # share of a score by which weights may miss it while the most even are looked for
SMALLEST = 1e-9  # share of the largest cell; the solver drops smaller ones, so all must


@dataclass(frozen=True, repr=False)
class BenefitOfTheDoubt(Readable):
    """Scores under each unit's own best weights."""

    scores: pd.Series  # index unit, in [0, 1]; 1 = no unit does better under this unit's weights
    weights: pd.DataFrame  # units x indicators; the row times the unit's data is its score

    @property
    def shares(self) -> pd.DataFrame:
        """Each weight as a share of the sum of its unit's weights: rows sum to 1."""
        return self.weights.div(self.weights.sum(axis=1), axis=0)


def benefit_of_the_doubt(
    data: pd.DataFrame, *, low: float = 0.0, high: float = 1.0
) -> BenefitOfTheDoubt:
    """Score each unit by the weights that make it look best, on a scale all must share.

    For unit i: the greatest sum of w_j x_ij such that no unit scores above 1 with these weights,
    and low_j <= w_j / sum(w) <= high_j. Often several sets of weights are equally good for a unit;
    then it gets the most even of them, so that its weights do not hang on the order of columns.

    Parameters
    ----------
    data : DataFrame of float, units x indicators, complete, not negative, more is better
    low, high : bounds on each weight's share of the sum of weights: a number or one per indicator

    Without bounds the units of measurement do not matter. With them, the columns should be of
    like size: what is less than a billionth of the largest cell counts as nothing.

    Returns a BenefitOfTheDoubt. A unit with nothing but zeros scores 0 under any weights; it is
    given some that the others allow. Raises ValueError for a negative cell, when no
    cell is positive, or when no shares fit the bounds.
    Source: Melyn and Moesen (1991); OECD/JRC (2008), Handbook, step 6, Table 19. That such weights
    are not unique, and want a choice: Cooper, Ruiz and Sirvent (2007), European Journal of
    Operational Research 180, 443-458.

    >>> data = pd.DataFrame({"jobs": [1.0, 0.5, 0.5], "sales": [0.0, 1.0, 0.5]}, index=list("abc"))
    >>> benefit_of_the_doubt(data).scores.round(6).to_dict()
    {'a': 1.0, 'b': 1.0, 'c': 0.75}
    """
    values = _not_negative(data)
    lows = per_indicator(low, data.columns, name="low")
    highs = per_indicator(high, data.columns, name="high")
    _check_bounds(data.columns, lows, highs)
    bounded = lows.any() or (highs < 1).any()
    scale = _scale(values, bounded)
    scaled = np.where(values < SMALLEST * scale, 0, values / scale)
    limits, ceiling = _limits(scaled, lows, highs) if bounded else (scaled, np.ones(len(scaled)))
    # a unit of zeros has no best weights: it gets as much as the others allow
    some = scaled.any(axis=0).astype(float)
    goals = [unit if unit.any() else some for unit in scaled]
    rows = np.array([_most_even(goal, limits, ceiling) for goal in goals])
    weights = pd.DataFrame(rows / scale, index=data.index, columns=data.columns)
    scores = np.minimum((weights.to_numpy() * values).sum(axis=1), 1.0)
    return BenefitOfTheDoubt(pd.Series(scores, index=data.index, name="score"), weights)


def _scale(values, bounded):
    """Return what makes numbers around 1, as the solver wants them, of each column.

    A weight free of bounds is turned into another unit as its column is; shares of weights in
    different units are not, so that all columns keep the same scale.
    """
    largest = values.max(axis=0)
    return np.full(len(largest), largest.max()) if bounded else np.where(largest > 0, largest, 1)


def _not_negative(data):
    values = matrix_values(data)
    for row, column in np.argwhere(values < 0)[:1]:
        raise ValueError(
            f"row {data.index[row]!r}, column {data.columns[column]!r} is {values[row, column]}; "
            "benefit of the doubt wants no negative values: use min-max data"
        )
    if not values.any():
        raise ValueError("data has no positive value, so no weights can be told apart")
    return values


def _check_bounds(columns, lows, highs):
    """Refuse bounds of shares that no weights can meet."""
    for column, least, most in zip(columns, lows, highs, strict=True):
        if not 0 <= least <= most <= 1:
            raise ValueError(
                f"bounds of {column!r} are {least} and {most}; wanted 0 <= low <= high <= 1"
            )
    if lows.sum() > 1 + 1e-9 or highs.sum() < 1 - 1e-9:
        raise ValueError(
            f"shares cannot sum to 1: the lows sum to {lows.sum():.6g}, "
            f"the highs to {highs.sum():.6g}"
        )


def _limits(values, lows, highs):
    """Return (A, b) of A w <= b: no unit above 1, every share within its bounds."""
    own = np.eye(len(lows))
    bounds = np.vstack([lows[:, None] - own, own - highs[:, None]])
    return np.vstack([values, bounds]), np.r_[np.ones(len(values)), np.zeros(2 * len(lows))]


def _best_weights(goal, limits, ceiling):
    result = scipy.optimize.linprog(
        -goal, A_ub=limits, b_ub=ceiling, bounds=(0, None), method="highs"
    )
    if not result.success:
        raise RuntimeError(f"the linear programme of benefit of the doubt: {result.message}")
    return np.maximum(result.x, 0)


def _most_even(goal, limits, ceiling):
    """Return, of the weights that are best for a unit, those whose sum of squares is least.

    Least distance programming: Lawson and Hanson (1974), Solving Least Squares Problems, ch. 23.
    """
    best = _best_weights(goal, limits, ceiling)
    score = goal @ best
    sides = np.vstack([-limits, np.eye(len(goal)), goal])
    least = np.r_[-ceiling, np.zeros(len(goal)), score * (1 - SLACK)]
    system, wanted = np.vstack([sides.T, least]), np.r_[np.zeros(len(goal)), 1.0]
    rest = system @ scipy.optimize.nnls(system, wanted)[0] - wanted
    even = np.maximum(-rest[:-1] / rest[-1], 0) if rest[-1] else np.zeros(len(goal))
    reached = goal @ even
    if not reached > 0:
        return best
    even *= score / reached
    return even if (limits @ even <= ceiling + 100 * SLACK).all() else best
