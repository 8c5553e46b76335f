"""Series as the methods of this folder take them: in order, with why a kind has no ratios."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.tidy.kinds import why_not
from analysis.tidy.series import arrange_series, series_kinds


def arranged_values(series: pd.DataFrame) -> pd.DataFrame:
    """Return cluster, indicator, year, value of checked series, and `barred`.

    One row per observation, by series and year; `barred` says why the kind of the indicator has
    no ratios, and is empty where it has. Raises TypeError, KeyError or ValueError that names what
    is wrong with the series.

    >>> series = pd.DataFrame({"cluster": "a", "indicator": "jobs", "year": [2, 1],
    ...     "value": [6.0, 5.0], "kind": "balance"})
    >>> arranged_values(series)[["year", "value", "barred"]].values.tolist()
    [[1, 5.0, 'a balance has no ratios'], [2, 6.0, 'a balance has no ratios']]
    """
    arranged = arrange_series(series)
    names = series[["cluster", "indicator"]].iloc[arranged.row].reset_index(drop=True)
    why = [why_not(kind, "ratio") for kind in series_kinds(series, arranged)]
    barred = np.array(why, dtype=object)[arranged.number]
    return names.assign(year=arranged.year, value=arranged.value, barred=barred)
