"""Smoothing: least-squares trend and the centred moving average."""

from __future__ import annotations

from numbers import Integral

import numpy as np
import pandas as pd

from analysis.tidy.observations import LAST_YEAR
from analysis.tidy.predecessors import spacing
from analysis.tidy.series import (
    KEY,
    arrange_series,
    barred_by_kind,
    reason_texts,
    series_kinds,
    whole_numbers,
)

ROUNDING = 1e-13  # share of the largest change below which a coefficient is nought
LAST_DIGIT = 1e-15  # share of a value that its last digit may be off
HIGHEST_DEGREE = 5  # beyond, a polynomial in the year follows chance, and rounding errors


def levelling(series: pd.DataFrame, degree: int = 1) -> pd.DataFrame:
    """Fit a polynomial trend to each series by least squares, in years since the first observation.

    fitted = a0 + a1 t + a2 t^2 + ..., t = year - origin. This is what textbooks call analytical
    levelling, along a straight line (degree 1) or a parabola (2); degree 0 is the mean.

    Parameters
    ----------
    series : tidy DataFrame with columns cluster, indicator, year and value, years in any order
    degree : whole number from 0 to 5

    Returns a DataFrame, one row per row of `series`, in its order: cluster, indicator, year, value;
    fitted and residual (value - fitted), units of the value; origin, the first observed year;
    a0, a1, ... (units of the value per year to that power), the same in every row of a series;
    reason, from `REASONS`: a row with nothing reported has no fitted value, as the line is not
    drawn where there is nothing to level; a series needs degree + 1 observations; a score or a
    rank has no line.
    Raises TypeError, KeyError or ValueError that names argument or column, row and value.

    Source: Eliseeva and Yuzbashev, General Theory of Statistics, the chapter on time series.

    >>> frame = pd.DataFrame({"cluster": "a", "indicator": "jobs", "year": [2016, 2017, 2018],
    ...                       "value": [1.0, 2.0, 6.0]})
    >>> levelling(frame)[["fitted", "a0", "a1"]].round(3).values.tolist()
    [[0.5, 0.5, 2.5], [3.0, 0.5, 2.5], [5.5, 0.5, 2.5]]
    """
    if not _is_whole(degree) or not 0 <= degree <= HIGHEST_DEGREE:
        raise ValueError(f"degree is {degree!r}; wanted a whole number from 0 to {HIGHEST_DEGREE}")
    arranged = arrange_series(series)
    origin = np.full(len(arranged), np.nan)
    coefficients = np.full((len(arranged), degree + 1), np.nan)
    for numbers, years, values in arranged.by_length():
        if values.shape[1]:
            origin[numbers] = years[:, 0]
        if values.shape[1] > degree:
            coefficients[numbers] = _least_squares(years - years[:, :1], values, degree)
    barred = _barred_rows(series, arranged)
    for rows in barred.values():
        coefficients[arranged.number[rows]] = np.nan
    return _levelled_rows(series, arranged, origin, coefficients, barred)


def moving_average(series: pd.DataFrame, window: int = 3) -> pd.DataFrame:
    """Average each value with its neighbours: the centred moving average.

    Parameters
    ----------
    series : tidy DataFrame with columns cluster, indicator, year and value, years in any order
    window : values averaged, an odd whole number from 3: those of so many years, or, of a series
        that is reported every second year or more rarely, of so many observations

    Returns a DataFrame, one row per row of `series`, in its order: cluster, indicator, year, value;
    average (units of the value); reason, from `REASONS`. The average needs every value of its
    window: none is made up at the ends and beside a gap ("not enough observations"). A score or a
    rank has none.
    Raises TypeError, KeyError or ValueError that names argument or column, row and value.

    Source: Eliseeva and Yuzbashev, General Theory of Statistics, the chapter on time series.

    >>> frame = pd.DataFrame({"cluster": "a", "indicator": "jobs", "year": [2016, 2017, 2018],
    ...                       "value": [1.0, 2.0, 6.0]})
    >>> moving_average(frame)["average"].tolist()
    [nan, 3.0, nan]
    """
    if not _is_whole(window) or window < 3 or window % 2 == 0 or window > LAST_YEAR:
        raise ValueError(f"window is {window!r}; wanted an odd whole number from 3 to {LAST_YEAR}")
    arranged = arrange_series(series)
    places, apart = range(-(window // 2), window // 2 + 1), spacing(arranged)[arranged.number]
    around = [arranged.value_in(arranged.number, arranged.year + at * apart) for at in places]
    average = sum(around) / window
    reported = ~np.isnan(arranged.value)
    flags = {"not reported": ~reported, "not enough observations": reported & np.isnan(average)}
    for reason, rows in _barred_rows(series, arranged).items():
        average = np.where(rows, np.nan, average)
        flags = {word: flag & (~rows | (word == "not reported")) for word, flag in flags.items()}
        flags[reason] = rows & reported
    return _rows(series, arranged, {"average": average, "reason": reason_texts(flags)})


def _least_squares(elapsed, values, degree):
    """Fit one polynomial per row: shape (series, observations) to (series, degree + 1)."""
    span = np.maximum(elapsed[:, -1:], 1)  # years scaled to 0..1 keep their powers comparable
    powers = np.arange(degree + 1)
    q, r = np.linalg.qr((elapsed / span)[:, :, None] ** powers)
    off = values - values[:, :1]  # of large values, what tells them apart is not rounded away
    scaled = np.linalg.solve(r, q.transpose(0, 2, 1) @ off[:, :, None])[:, :, 0]
    noise = ROUNDING * np.abs(off).max(axis=1, keepdims=True) + LAST_DIGIT * np.abs(values[:, :1])
    scaled = np.where(np.abs(scaled) > noise, scaled, 0.0)
    scaled[:, 0] += values[:, 0]
    return scaled / span.astype(float) ** powers


def _barred_rows(series, arranged):
    """Flag the rows of series whose kind has no differences, by the reason."""
    flags = barred_by_kind(series_kinds(series, arranged), "difference")
    return {reason: rows[arranged.number] for reason, rows in flags.items()}


def _levelled_rows(series, arranged, origin, coefficients, barred):
    number, reported = arranged.number, ~np.isnan(arranged.value)
    powers = np.arange(coefficients.shape[1])
    elapsed = arranged.year - origin[number]
    fitted = (coefficients[number] * elapsed[:, None] ** powers).sum(axis=1)
    fitted = np.where(reported, fitted, np.nan)
    columns = {"fitted": fitted, "residual": arranged.value - fitted}
    columns |= {"origin": whole_numbers(origin[number])}
    columns |= {f"a{power}": coefficients[number, power] for power in powers}
    too_few = np.isnan(coefficients[number, 0])
    for rows in barred.values():
        too_few = too_few & ~rows
    flags = {"not reported": ~reported, "not enough observations": too_few} | barred
    return _rows(series, arranged, columns | {"reason": reason_texts(flags)})


def _rows(series, arranged, columns):
    """Put arranged columns beside the names, in the order of the frame."""
    named = {name: series[name].array.take(arranged.row) for name in KEY}
    named |= {"year": arranged.year, "value": arranged.value}
    as_given = np.argsort(arranged.row)
    return pd.DataFrame(named | columns).take(as_given).reset_index(drop=True)


def _is_whole(number):
    return isinstance(number, Integral) and not isinstance(number, bool)
