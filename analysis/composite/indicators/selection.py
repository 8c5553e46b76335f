"""From a study, or a frame of one's own, to a matrix: units x indicators of one year.

The order of the whole chain is fixed: direction, denominators, coverage, gaps, outliers, scale,
weights, means. Here are the first three; the others are in `integral`. A direction is read and
checked first, and turns the values round when they are brought on one scale, so that every table
before that shows an indicator in its own unit.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analysis.composite.indicators.coverage import check_threshold
from analysis.composite.indicators.denominators import divided_columns
from analysis.composite.indicators.framework import FrameworkError, read_framework
from analysis.composite.indicators.history import read_history
from analysis.composite.indicators.screening import IndicatorMatrix, screened
from analysis.composite.matrix import matrix_values

if TYPE_CHECKING:
    from typing import Literal

    from analysis.composite.matrix import Direction
    from analysis.study.loading import Study


def indicator_matrix(
    data: Study | pd.DataFrame,
    *,
    year: int | None = None,
    window: int = 0,
    indicators: pd.DataFrame | None = None,
    pillars: pd.DataFrame | None = None,
    direction: Direction | None = None,
    leave_out: Iterable = (),
    groups: str | pd.Series | None = None,
    standings: Literal["all", "measured"] = "measured",
    min_indicator_coverage: float = 0.0,
    min_unit_coverage: float = 0.0,
    min_pillar_coverage: float = 0.0,
) -> IndicatorMatrix:
    """Read the matrix of one year: units x indicators, divided and screened.

    Parameters
    ----------
    data : a study, or a DataFrame of numbers, units x indicators (denominators are columns too)
    year : of the values; default the latest of the years with the most values. For a frame only
        a name.
    window : how many years back a value may be; each keeps its own year. Studies only.
    indicators, pillars : what is said of the indicators (see `read_framework`); default the
        study's own tables
    direction : "up", "down" or one per indicator; instead of the column direction
    leave_out : indicators that are not to be used
    groups : a column of the study's clusters, or a Series unit -> group; to fill gaps by group
    standings : "measured" (no targets, no unfinished year), or "all". Studies only.
    min_indicator_coverage, min_unit_coverage : share of units that an indicator must have, then
        share of the remaining indicators that a unit must have; min_pillar_coverage : share that
        it must have in every pillar. What has no value at all falls out under any threshold.

    Returns an IndicatorMatrix. Raises FrameworkError, with everything that is wrong at once, and
    ValueError where fewer than two units are left or a parameter is not one of those allowed.

    >>> data = pd.DataFrame({"jobs": [1.0, 2.0], "people": [10, 40]}, index=["a", "b"])
    >>> about = pd.DataFrame({"direction": ["up", ""], "denominator": ["people", ""]},
    ...     index=["jobs", "people"])
    >>> indicator_matrix(data, indicators=about).values["jobs"].to_dict()
    {'a': 0.1, 'b': 0.05}
    """
    thresholds = {
        "min_indicator_coverage": min_indicator_coverage,
        "min_unit_coverage": min_unit_coverage,
        "min_pillar_coverage": min_pillar_coverage,
    }
    for name, threshold in thresholds.items():
        check_threshold(name, threshold)
    about, pillars = _described(data, indicators, pillars, direction)
    framework, left_out = read_framework(about, pillars, leave_out=leave_out)
    if isinstance(data, pd.DataFrame):
        cells = _of_frame(data, framework, year)
    else:
        cells = _of_study(data, framework, year, window, standings)
    rows = [(kind, name, "", None, None, None, None, why) for kind, name, why in left_out]
    matrix = IndicatorMatrix(
        **cells,
        framework=framework,
        fallen=tuple(rows),
        notes=framework.notes,
        called=_called(data),
        groups=_groups(data, groups, cells["values"].index),
    )
    return screened(matrix, thresholds)


def _described(data, indicators, pillars, direction):
    """Return (what is said of the indicators, what of the pillars)."""
    study = not isinstance(data, pd.DataFrame)
    if study and not hasattr(data, "series"):
        kind = type(data).__name__
        raise TypeError(f"data is of type {kind}; wanted a study or a DataFrame of numbers")
    if indicators is None:
        indicators = _briefly(data.indicators) if study else pd.DataFrame(index=data.columns)
    elif not isinstance(indicators, pd.DataFrame):
        raise TypeError("indicators must be a DataFrame with the indicators as its index")
    if "indicator" in indicators:
        indicators = indicators.set_index("indicator")
    if pillars is None and study:
        pillars = getattr(data, "pillars", None)
    if direction is not None:
        indicators = indicators.assign(direction=_directions(direction, indicators.index))
    return indicators, pillars


def _briefly(indicators):
    """Call each indicator by its short label, where it has one."""
    if "short" not in indicators:
        return indicators
    return indicators.assign(label=indicators["short"].fillna(indicators["label"]))


def _directions(direction, index):
    if isinstance(direction, str):
        return [direction] * len(index)
    given = dict(direction)
    unknown = [name for name in given if name not in index]
    if unknown:
        raise FrameworkError([f"direction names {name!r}, no indicator" for name in unknown])
    return [given.get(name, "") for name in index]


def _of_study(study, framework, year, window, standings):
    """Read the matrix of one year from the series of a study."""
    if isinstance(window, bool) or not isinstance(window, int) or window < 0:
        raise ValueError(f"window is {window!r}; wanted a number of years, 0 or more")
    history = read_history(study, framework, year, standings)
    raw, values, years = history.latest(window)
    labels = study.clusters.index, pd.Index(list(framework.described))
    raw, values = (pd.DataFrame(cells, *labels) for cells in (raw, values))
    years = pd.DataFrame(years, *labels).astype("Int64").where(years > 0)
    reasons = {pair: why for pair, why in history.reasons.items() if np.isnan(values.at[pair])}
    return {
        "values": values,
        "source": raw,
        "year": history.year,
        "years": years,
        "reasons": reasons,
        "history": history,
    }


def _of_frame(data, framework, year):
    """Read the matrix from a frame, units x indicators, denominators among its columns."""
    divisors = [name for name in dict.fromkeys(framework.denominators) if name]
    indicators = list(framework.described)
    columns = data.columns.tolist()
    missing = [
        f"indicator {name!r} is described and is no column of the data"
        for name in [*indicators, *divisors]
        if name not in columns
    ]
    if missing:
        raise FrameworkError(missing)
    raw = data if columns == indicators else _columns(data, columns, indicators)
    cells = matrix_values(raw, name="data", missing=True)
    below = {name: _column(data, name) for name in divisors}
    values, reasons = divided_columns(cells, below, framework, raw.index, [year])
    if divisors:
        raw = pd.DataFrame(values, index=raw.index, columns=raw.columns, copy=False)
    return {
        "values": raw,
        "source": data,
        "year": year,
        "years": None,
        "reasons": reasons,
        "history": None,
    }


def _column(data, name):
    """Return one column as an array of float; refused as `matrix_values` does."""
    column = data[name]
    values = column.to_numpy(dtype=float, na_value=np.nan) if column.dtype.kind in "biuf" else None
    if values is None or np.isinf(values).any():
        return matrix_values(data[[name]], name="data", missing=True)[:, 0]
    return values


def _columns(data, columns, wanted):
    """Take some columns of a frame: without a copy where they stand side by side."""
    first = columns.index(wanted[0])
    if columns[first : first + len(wanted)] == wanted:
        return data.iloc[:, first : first + len(wanted)]
    return data[wanted]


def _groups(data, groups, index):
    """Return the group of each unit, from a column of the clusters or a Series."""
    if groups is None:
        return None
    if isinstance(groups, str):
        clusters = getattr(data, "clusters", pd.DataFrame())
        if groups not in clusters:
            raise KeyError(f"groups names {groups!r}, which is no column of the study's clusters")
        groups = clusters[groups]
    missing = [label for label in index if label not in groups.index]
    if missing:
        raise KeyError(f"groups has no group for {missing[0]!r}")
    return pd.Series(groups).reindex(index)


def _called(data):
    clusters = getattr(data, "clusters", None)
    return clusters["name"] if clusters is not None and "name" in clusters else None
