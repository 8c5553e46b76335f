"""Normalisation: indicators with different units on one scale, higher is better.

Every function takes a units x indicators frame and returns one of the same shape, index and
columns, without unit. `direction` says per indicator whether more ("up") or less ("down") is
better. Empty cells stay empty and count for nothing; a column that gives no scale is refused.

Source: OECD/JRC (2008), Handbook on Constructing Composite Indicators, step 5 and Table 15.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analysis.composite.matrix import (
    direction_signs,
    matrix_values,
    per_indicator,
    scaled_deviations,
)

if TYPE_CHECKING:
    from analysis.composite.matrix import Direction, PerIndicator


def minmax(
    data: pd.DataFrame,
    *,
    low: PerIndicator | None = None,
    high: PerIndicator | None = None,
    direction: Direction = "up",
) -> pd.DataFrame:
    """Place each value between the goalposts: 0 at the worse, 1 at the better.

    Parameters
    ----------
    data : DataFrame of float, units x indicators; NaN stays NaN
    low, high : number, mapping or sequence, optional
        Fixed goalposts per indicator in its own unit; default: the least and the greatest value.
    direction : "up" or "down", or one per indicator

    Raises ValueError for a column without range and without goalposts, for goalposts in the
    wrong order, and for a value beyond them: clip the data first if that is what you mean.
    Formula: (x - low) / (high - low); for "down" (high - x) / (high - low).

    >>> jobs = pd.DataFrame({"jobs": [10.0, 15.0, 30.0]}, index=["a", "b", "c"])
    >>> minmax(jobs)["jobs"].tolist()
    [0.0, 0.25, 1.0]
    >>> minmax(jobs, low=0, high=100, direction="down")["jobs"].tolist()
    [0.9, 0.85, 0.7]
    """
    values, columns = matrix_values(data, missing=True), data.columns
    least, greatest = _extremes(values)
    low = least if low is None else per_indicator(low, columns, name="low")
    high = greatest if high is None else per_indicator(high, columns, name="high")
    _check_goalposts(columns, low, high)
    _check_beyond(data, values, (least < low) | (greatest > high), low, high)
    upward = direction_signs(direction, columns) > 0
    worse = np.where(upward, low, high)
    better = np.where(upward, high, low)
    return _like(data, (values - worse) / (better - worse))


def zscore(data: pd.DataFrame, *, direction: Direction = "up") -> pd.DataFrame:
    """Measure each value from the column's mean, in sample standard deviations (n - 1).

    Raises ValueError for a column with fewer than two values or without spread.
    `data` is a DataFrame of float, units x indicators, NaN stays NaN; `direction` is "up" or
    "down", or one per indicator. Returns a DataFrame like it. Formula: (x - mean) / s; for
    "down" with the opposite sign. Source: OECD/JRC (2008), Handbook, step 5.

    >>> zscore(pd.DataFrame({"jobs": [1.0, 2.0, 3.0]}))["jobs"].tolist()
    [-1.0, 0.0, 1.0]
    """
    values = _observed(data)
    _check_spread(data.columns, values)
    deviation = scaled_deviations(values)
    spread = np.nanstd(deviation, axis=0, ddof=1)
    return _like(data, direction_signs(direction, data.columns) * deviation / spread)


def rank(data: pd.DataFrame, *, direction: Direction = "up") -> pd.DataFrame:
    """Number the values from the worst, 1, to the best; equal values share the lower number.

    `data` is a DataFrame of float, units x indicators, NaN stays NaN; `direction` is "up" or
    "down", or one per indicator. Returns a DataFrame like it. Source: OECD/JRC (2008),
    Handbook, step 5.

    >>> rank(pd.DataFrame({"jobs": [5.0, 9.0, 5.0, 7.0]}))["jobs"].tolist()
    [1.0, 4.0, 1.0, 3.0]
    """
    values = _observed(data)
    signed = _like(data, direction_signs(direction, data.columns) * values)
    return signed.rank(method="min")


def percentile_rank(data: pd.DataFrame, *, direction: Direction = "up") -> pd.DataFrame:
    """Divide the rank (1 = worst, ties share the lower) by the number of values: in (0, 1].

    `data` is a DataFrame of float, units x indicators, NaN stays NaN; `direction` is "up" or
    "down", or one per indicator. Returns a DataFrame like it. Formula: rank / n. Source:
    OECD/JRC (2008), Handbook, step 5.

    >>> percentile_rank(pd.DataFrame({"jobs": [5.0, 9.0, 5.0, 7.0]}))["jobs"].tolist()
    [0.25, 1.0, 0.25, 0.75]
    """
    ranks = rank(data, direction=direction).to_numpy()
    return _like(data, ranks / (~np.isnan(ranks)).sum(axis=0))


def distance_to_best(data: pd.DataFrame, *, direction: Direction = "up") -> pd.DataFrame:
    """Divide each value by the column's best; for "down" the best (least) by each value.

    Raises ValueError where a negative value, or a divisor of zero, makes the ratio senseless.
    `data` is a DataFrame of float, units x indicators, NaN stays NaN; `direction` is "up" or
    "down", or one per indicator. Returns a DataFrame like it. Formula: x / max(x); for "down"
    min(x) / x. Source: OECD/JRC (2008), Handbook, step 5.

    >>> distance_to_best(pd.DataFrame({"jobs": [5.0, 10.0]}))["jobs"].tolist()
    [0.5, 1.0]
    """
    upward = direction_signs(direction, data.columns) > 0
    least, greatest = _extremes(_observed(data))
    return _ratio(data, np.where(upward, greatest, least), upward)


def distance_to_target(
    data: pd.DataFrame, *, target: PerIndicator, direction: Direction = "up"
) -> pd.DataFrame:
    """Divide each value by its target; for "down" the target by each value. 1 = target met.

    `target` is a number or one per indicator, positive, in the indicator's unit.
    `data` is a DataFrame of float, units x indicators, NaN stays NaN; `direction` is "up" or
    "down", or one per indicator. Returns a DataFrame like it. Formula: x / target; for "down"
    target / x. Raises ValueError for a target or a divisor that is not positive, KeyError for
    targets that do not match. Source: OECD/JRC (2008), Handbook, step 5.

    >>> distance_to_target(pd.DataFrame({"jobs": [5.0, 10.0]}), target=8)["jobs"].tolist()
    [0.625, 1.25]
    """
    upward = direction_signs(direction, data.columns) > 0
    return _ratio(data, per_indicator(target, data.columns, name="target"), upward)


def ratio_to_mean(data: pd.DataFrame, *, direction: Direction = "up") -> pd.DataFrame:
    """Divide each value by the column's mean; for "down" the mean by each value.

    `data` is a DataFrame of float, units x indicators, NaN stays NaN; `direction` is "up" or
    "down", or one per indicator. Returns a DataFrame like it. Formula: x / mean; for "down"
    mean / x. Raises ValueError where a negative value, or a divisor of zero, makes the ratio
    senseless. Source: OECD/JRC (2008), Handbook, step 5.

    >>> ratio_to_mean(pd.DataFrame({"jobs": [5.0, 15.0]}))["jobs"].tolist()
    [0.5, 1.5]
    """
    upward = direction_signs(direction, data.columns) > 0
    return _ratio(data, np.nanmean(_observed(data), axis=0), upward)


def distance_to_reference(
    data: pd.DataFrame, *, reference: str | PerIndicator, direction: Direction = "up"
) -> pd.DataFrame:
    """Measure each value from a reference, as a share of it: 0 = like the reference.

    `reference` is the label of a unit, or one positive number per indicator in its unit.
    Formula: (x - r) / r; for "down" (r - x) / r. Raises KeyError for an unknown unit.
    `data` is a DataFrame of float, units x indicators, NaN stays NaN; `direction` is "up" or
    "down", or one per indicator. Returns a DataFrame like it. Source: OECD/JRC (2008),
    Handbook, step 5.

    >>> jobs = pd.DataFrame({"jobs": [5.0, 10.0]}, index=["a", "b"])
    >>> distance_to_reference(jobs, reference="b")["jobs"].tolist()
    [-0.5, 0.0]
    """
    values, columns = matrix_values(data, missing=True), data.columns
    if isinstance(reference, str):
        if reference not in data.index:
            raise KeyError(f"reference {reference!r} is no row of data")
        reference = data.loc[reference]
    figures = per_indicator(reference, columns, name="reference")
    _check_positive(figures, columns, "reference")
    return _like(data, direction_signs(direction, columns) * (values - figures) / figures)


# distance_to_target wants `target`, distance_to_reference wants `reference` beside the data
NORMALISATIONS = {
    function.__name__: function
    for function in (
        minmax,
        zscore,
        rank,
        percentile_rank,
        distance_to_best,
        distance_to_reference,
        distance_to_target,
        ratio_to_mean,
    )
}


def _like(data, values):
    return pd.DataFrame(values, index=data.index, columns=data.columns, copy=False)


def _extremes(values):
    """Return the least and the greatest of each column; empty cells do not count."""
    least, greatest = values.min(axis=0), values.max(axis=0)
    if np.isnan(least).any():
        return np.fmin.reduce(values, axis=0), np.fmax.reduce(values, axis=0)
    return least, greatest


def _check_goalposts(columns, low, high):
    for column, least, greatest in zip(columns, low, high, strict=True):
        if np.isnan(least) or np.isnan(greatest):
            raise ValueError(f"column {column!r} has no value: give goalposts low and high")
        if least == greatest:
            raise ValueError(f"column {column!r} has no range: it or its goalposts are all {least}")
        if least > greatest:
            raise ValueError(f"goalposts of {column!r}: low {least} is above high {greatest}")


def _check_beyond(data, values, beyond, low, high):
    for column in np.flatnonzero(beyond)[:1]:
        cells = values[:, column]
        row = np.flatnonzero((cells < low[column]) | (cells > high[column]))[0]
        raise ValueError(
            f"row {data.index[row]!r}, column {data.columns[column]!r} has {cells[row]}, beyond "
            f"the goalposts {low[column]} and {high[column]}; clip it first if that is meant"
        )


def _observed(data):
    values = matrix_values(data, missing=True)
    for column in data.columns[np.isnan(values).all(axis=0)][:1]:
        raise ValueError(f"column {column!r} has no value")
    return values


def _check_spread(columns, values):
    for column, least, greatest in zip(columns, *_extremes(values), strict=True):
        if least == greatest:
            raise ValueError(f"column {column!r} is constant at {least}: it has no spread")


def _ratio(data, figures, upward):
    """Divide by the figures, or the figures by the values where less is better."""
    values, columns = matrix_values(data, missing=True), data.columns
    _check_positive(figures, columns, "the figure to compare with")
    wrong = np.where(upward, values < 0, values <= 0)
    for row, column in np.argwhere(wrong)[:1]:
        raise ValueError(
            f"row {data.index[row]!r}, column {columns[column]!r} has {values[row, column]}; "
            f"a ratio wants {'no negative' if upward[column] else 'positive'} values"
        )
    return _like(data, np.where(upward, values / figures, figures / np.where(upward, 1, values)))


def _check_positive(figures, columns, what):
    for column, figure in zip(columns, figures, strict=True):
        if figure <= 0:
            raise ValueError(f"column {column!r}: {what} is {figure}; wanted a positive number")
