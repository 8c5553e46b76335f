"""Units x indicators: what the methods of this package accept as a matrix.

Each method reads its arguments through these functions, so that bad input is refused with the
same words everywhere: the argument, the row and column, and what was wanted.
"""

from __future__ import annotations

from collections.abc import Mapping
from numbers import Real
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Sequence
    from typing import TypeAlias

    # one figure for all, or one each
    PerIndicator: TypeAlias = float | Mapping[str, float] | Sequence[float] | pd.Series
    # "up" or "down" for all, or one each
    Direction: TypeAlias = str | Sequence[str] | Mapping[str, str] | pd.Series

DIRECTIONS = {"up": 1, "down": -1}  # is more better, or less?
LARGEST = 1e100  # beyond it squares and sums of squares may overflow


def matrix_values(data: pd.DataFrame, *, name: str = "data", missing: bool = False) -> np.ndarray:
    """Return a units x indicators frame as an array of float, shape (units, indicators).

    `missing=True` lets empty cells through as NaN. Raises TypeError for what is no frame of
    numbers, ValueError for an empty frame, a label that occurs twice, an infinite cell or, unless
    allowed, an empty one; a number beyond 1e100 counts as infinite.

    >>> matrix_values(pd.DataFrame({"jobs": [1, 2]}, index=["a", "b"])).tolist()
    [[1.0], [2.0]]
    """
    _check_frame(data, name)
    values = data.to_numpy(dtype=float, na_value=np.nan)
    cells = values.ravel(order="K")
    with np.errstate(all="ignore"):
        squares = cells @ cells  # one pass: NaN, infinity and what would overflow show here
    if not squares <= LARGEST**2:
        _check_cells(data, values, name, missing)
    return values


def distinct_names(names: Iterable[str], *others: Container[str]) -> list[str]:
    """Name the columns of a matrix beside other columns: one of the same name is told apart.

    >>> distinct_names(["jobs", "lead"], "cluster", "lead")
    ['jobs', 'lead (component)']
    """
    return [f"{name} (component)" if name in others else name for name in names]


def per_indicator(
    figures: PerIndicator, columns: Sequence[str] | pd.Index, *, name: str
) -> np.ndarray:
    """Return one figure per indicator as an array of float, in the order of `columns`.

    A single number stands for all; a mapping or Series must have exactly the indicators as keys;
    a plain sequence goes by position. Raises KeyError for keys that do not match, ValueError for
    a wrong length or a figure that is missing or infinite, TypeError for one that is no number.

    >>> per_indicator({"b": 2, "a": 1}, ["a", "b"], name="low").tolist()
    [1.0, 2.0]
    """
    figures = _in_order(figures, columns, name)
    for column, figure in zip(columns, figures, strict=True):
        if not isinstance(figure, Real):
            raise TypeError(f"{name} of {column!r} is {figure!r}; wanted a number")
        if not np.isfinite(float(figure)):
            raise ValueError(f"{name} of {column!r} is {figure}; wanted a finite number")
    return np.asarray(figures, dtype=float)


def direction_signs(direction: Direction, columns: Sequence[str] | pd.Index) -> np.ndarray:
    """Return +1 for each indicator where more is better ("up"), -1 where less is ("down").

    >>> direction_signs({"jobs": "up", "waste": "down"}, ["jobs", "waste"]).tolist()
    [1, -1]
    """
    if isinstance(direction, str) and direction in DIRECTIONS:
        return np.full(len(columns), DIRECTIONS[direction])
    words = [direction] * len(columns) if isinstance(direction, str) else None
    words = words or _in_order(direction, columns, "direction")
    for column, word in zip(columns, words, strict=True):
        if word not in DIRECTIONS:
            raise ValueError(f"direction of {column!r} is {word!r}; wanted 'up' or 'down'")
    return np.array([DIRECTIONS[word] for word in words])


def matching_bounds(low: pd.DataFrame, high: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """Return the least and the most of every cell as two arrays, checked against each other.

    Raises ValueError when the labels differ or a low exceeds its high.
    """
    lows, highs = matrix_values(low, name="low"), matrix_values(high, name="high")
    if not (low.index.equals(high.index) and low.columns.equals(high.columns)):
        raise ValueError("low and high must have the same units and indicators in the same order")
    for row, column in np.argwhere(lows > highs)[:1]:
        raise ValueError(
            f"low of {low.index[row]!r}, {low.columns[column]!r} is {lows[row, column]}, "
            f"above its high, {highs[row, column]}"
        )
    return lows, highs


def scaled_deviations(values: np.ndarray) -> np.ndarray:
    """Return each column's deviations from its mean, the largest scaled to 1 or -1; NaN stays.

    Correlations and z-scores are those of the values, and the squares of tiny or huge deviations
    neither vanish nor overflow. Columns must vary.

    >>> scaled_deviations(np.array([[1e-200], [3e-200]])).tolist()
    [[-1.0], [1.0]]
    """
    off = deviations(values)
    return off / np.nanmax(np.abs(off), axis=0)


def deviations(values: np.ndarray) -> np.ndarray:
    """Return each column's deviations from its mean; NaN stays.

    >>> deviations(np.array([[2.0**53 - 3], [2.0**53 - 2], [2.0**53 - 1]])).ravel().tolist()
    [-1.0, 0.0, 1.0]
    """
    mean = np.mean if not np.isnan(values).any() else np.nanmean
    off = values - mean(values, axis=0)
    return off - mean(off, axis=0)  # of large values, the mean itself was rounded


def _check_frame(data, name):
    """Refuse what is no frame of numbers, is empty, or has a label twice."""
    if not isinstance(data, pd.DataFrame):
        raise TypeError(
            f"{name} must be a DataFrame, units x indicators; got {type(data).__name__}"
        )
    if data.empty:
        raise ValueError(f"{name} is empty: wanted at least one unit and one indicator")
    for labels, what in ((data.index, "row"), (data.columns, "column")):
        if not labels.is_unique:
            twice = labels[labels.duplicated()][0]
            raise ValueError(f"{name} has {what} {twice!r} more than once")
    if any(dtype.kind not in "biuf" for dtype in set(data.dtypes)):
        types = data.dtypes.items()
        column, dtype = next(pair for pair in types if pair[1].kind not in "biuf")
        row, cell = _no_number(data[column])
        raise TypeError(
            f"{name} has {cell!r} at row {row!r}, column {column!r} of type {dtype}; "
            "wanted a column of numbers"
        )


def _no_number(column):
    """Return (row, cell) of the first cell that is no number; of the first if all are."""
    cells = list(column.items())
    return next((pair for pair in cells if not isinstance(pair[1], Real)), cells[0])


def _check_cells(data, values, name, missing):
    allowed = np.abs(values) <= LARGEST
    if missing:
        allowed |= np.isnan(values)
    for row, column in np.argwhere(~allowed)[:1]:
        raise ValueError(
            f"{name} has {values[row, column]} at row {data.index[row]!r}, column "
            f"{data.columns[column]!r}; wanted a number within {LARGEST:.0e} of zero"
        )


def _in_order(figures, columns, name):
    """Return the figures of a mapping in the order of the columns; refuse other keys."""
    if isinstance(figures, (Mapping, pd.Series)):
        figures = dict(figures)
        missing = [column for column in columns if column not in figures]
        unknown = [key for key in figures if key not in set(columns)]
        if missing or unknown:
            raise KeyError(f"{name} lacks {missing} and has unknown {unknown}")
        return [figures[column] for column in columns]
    if np.ndim(figures) == 0:
        return [figures] * len(columns)
    if len(figures) != len(columns):
        raise ValueError(f"{name} has {len(figures)} entries for {len(columns)} indicators")
    return list(figures)
