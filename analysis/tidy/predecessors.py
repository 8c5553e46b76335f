"""The predecessor of a value in a series: some years before, or the last observation."""

from __future__ import annotations

from numbers import Integral
from typing import TYPE_CHECKING

import numpy as np

from analysis.tidy.observations import LAST_YEAR
from analysis.tidy.series import ArrangedSeries

if TYPE_CHECKING:
    from typing import Any

FEWEST = 3  # observations that show how far apart a series is reported


def check_step(step: Any) -> None:
    """Refuse a step that is neither None nor a whole number of years, at least 1."""
    whole = isinstance(step, Integral) and not isinstance(step, bool)
    if step is not None and (not whole or not 1 <= step <= LAST_YEAR):
        wanted = f"a whole number of years from 1 to {LAST_YEAR}, or None"
        raise ValueError(f"step is {step!r}; wanted {wanted}")


def previous_observation(arranged: ArrangedSeries) -> tuple[np.ndarray, np.ndarray]:
    """Return the year and the value of the observation before each arranged row.

    Returns (year, value), float arrays of shape (rows,): NaN where a series has none earlier.

    >>> import pandas as pd
    >>> from analysis.tidy.series import arrange_series
    >>> frame = pd.DataFrame({"cluster": "a", "indicator": "jobs", "year": [2016, 2017, 2019],
    ...                       "value": [5.0, np.nan, 8.0]})
    >>> [column.tolist() for column in previous_observation(arrange_series(frame))]
    [[nan, 2016.0, 2016.0], [nan, 5.0, 5.0]]
    """
    known = arranged.observed
    seen = np.concatenate([[0], np.cumsum(~np.isnan(arranged.value))])
    before = seen[:-1] - 1  # place among the observed rows of the last one before each row
    none = before < known.start[:-1][arranged.number]
    years, values = (np.append(column, np.nan) for column in (known.year, known.value))
    place = np.where(none, -1, before)
    return years[place], values[place]


def compared_years(arranged: ArrangedSeries, step: int | None = None) -> np.ndarray:
    """Return the year that each arranged row is compared with: int array of shape (rows,).

    `step` years before it. None: the year before; but the observation before, however far it is,
    in a series of three observations or more that never has two years in a row, as in a survey
    of every second year.

    >>> import pandas as pd
    >>> from analysis.tidy.series import arrange_series
    >>> frame = pd.DataFrame({"cluster": "a", "indicator": "jobs", "value": 1.0,
    ...                       "year": [2014, 2016, 2019]})
    >>> compared_years(arrange_series(frame)).tolist()
    [2013, 2014, 2016]
    """
    if step is not None:
        return arranged.year - step
    year, known = arranged.year - 1, arranged.observed
    apart = np.where(np.diff(known.number) == 0, np.diff(known.year), LAST_YEAR)
    neighbours = np.bincount(known.number[1:][apart == 1], minlength=len(arranged))
    sparse = (neighbours == 0) & (np.diff(known.start) >= FEWEST)
    if not sparse.any():
        return year
    before, _ = previous_observation(arranged)
    chosen = sparse[arranged.number] & ~np.isnan(before)
    return np.where(chosen, before, year).astype(np.int64)


def spacing(arranged: ArrangedSeries) -> np.ndarray:
    """Return how many years lie between two observations of each series: int array, (series,).

    1, but more in a series of three observations or more that are all equally far apart.

    >>> import pandas as pd
    >>> from analysis.tidy.series import arrange_series
    >>> frame = pd.DataFrame({"cluster": "a", "indicator": "jobs", "value": 1.0,
    ...                       "year": [2014, 2016, 2018]})
    >>> spacing(arrange_series(frame)).tolist()
    [2]
    """
    known = arranged.observed
    n = np.diff(known.start)
    same, apart = np.diff(known.number) == 0, np.diff(known.year)
    least, most = np.full(len(arranged), LAST_YEAR), np.zeros(len(arranged), dtype=np.int64)
    np.minimum.at(least, known.number[1:][same], apart[same])
    np.maximum.at(most, known.number[1:][same], apart[same])
    return np.where((n >= FEWEST) & (least == most), least, 1)
