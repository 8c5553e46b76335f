"""From a study, or a frame of one's own, to a matrix: units x indicators of one year.

The order of the whole chain is fixed: direction, denominators, coverage, gaps, outliers, scale,
weights, means. Here are the first three; the others are in `integral`. A direction is read and
checked first, and turns the values round when they are brought on one scale, so that every table
before that shows an indicator in its own unit.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from analysis.composite.indicators.coverage import (
    check_threshold,
    left_out_table,
    screen_indicators,
    screen_units,
)
from analysis.composite.indicators.denominators import NOT_REPORTED, divided_columns
from analysis.composite.indicators.framework import (
    Framework,
    FrameworkError,
    keep_indicators,
    read_framework,
)
from analysis.composite.indicators.history import History, read_history
from analysis.composite.matrix import matrix_values
from analysis.tidy.showing import shown

if TYPE_CHECKING:
    from typing import Literal

    from analysis.composite.matrix import Direction
    from analysis.study.loading import Study

NONE_LEFT = "none of the units that are left has a value"


@dataclass(frozen=True, eq=False, repr=False)
class IndicatorMatrix:
    """Units x indicators of one year, as they were observed: an empty cell is a gap."""

    values: pd.DataFrame  # divided where a denominator is given; NaN is a gap
    source: pd.DataFrame  # what they were read from, before they were divided
    year: Any  # of the matrix; None for a frame without a year
    years: pd.DataFrame | None  # the year of each value, where older ones were let in
    framework: Framework
    fallen: tuple  # rows of what fell out
    notes: tuple  # what was not said, and how it is read
    reasons: dict  # {(unit, indicator): why there is no value}, where more is known than silence
    called: pd.Series | None  # how units are called, where they have a name
    groups: pd.Series | None  # the group of each unit, for gaps that are filled by group
    history: History | None  # values of earlier years

    @property
    def raw(self) -> pd.DataFrame:
        """Return the cells before they were divided; units x indicators."""
        return self.source.loc[self.values.index, self.values.columns]

    @cached_property
    def left_out(self) -> pd.DataFrame:
        """List indicators, pillars and units that fell out, with their numbers."""
        return left_out_table(self.fallen)

    @property
    def names(self) -> pd.Series:
        """Return how each unit is called: its name, or its identifier."""
        index = self.values.index
        if self.called is not None:
            return self.called.reindex(index)
        return index.to_series(name="name")

    @property
    def gaps(self) -> pd.DataFrame:
        """List every gap: cluster, indicator, year, reason."""
        rows = [
            (self.values.index[row], self.values.columns[column])
            for row, column in np.argwhere(self.values.isna().to_numpy())
        ]
        table = pd.DataFrame(rows, columns=["cluster", "indicator"])
        reasons = [self.reasons.get(pair, NOT_REPORTED) for pair in rows]
        return table.assign(year=self.year, reason=reasons)

    def __repr__(self):
        """Say in one line what the matrix holds."""
        n, m = self.values.shape
        year = "" if self.year is None else f" of {self.year}"
        missing = int(self.values.isna().to_numpy().sum())
        return f"IndicatorMatrix({n} x {m}{year}, {missing} gaps, {len(self.fallen)} left out)"

    def _repr_html_(self):
        """Show the values, and below them what fell out and what was not said."""
        parts = [f"<p>{'; '.join(self.notes)}</p>" if self.notes else ""]
        parts.append(shown(self.values)._repr_html_())
        if self.fallen:
            parts += ["<p>left out</p>", shown(self.left_out)._repr_html_()]
        return "\n".join(parts)


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
    return _screened(matrix, thresholds)


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
    years = pd.DataFrame(years, *labels).replace(0, pd.NA).astype("Int64")
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


def _of(year):
    return "" if year is None else f" in {year}"


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


def _screened(matrix, thresholds):
    """Drop indicators, then units, that are not covered enough; list them."""
    observed = ~np.isnan(matrix.values.to_numpy(dtype=float, na_value=np.nan))
    if observed.all():
        return _check_units(matrix)
    if not observed.any():
        raise ValueError(f"no unit has a value of any indicator{_of(matrix.year)}")
    names = list(matrix.values.columns)
    kept, rows = screen_indicators(observed, names, thresholds["min_indicator_coverage"])
    if not kept.any():
        raise ValueError(
            f"no indicator has a value for {100 * thresholds['min_indicator_coverage']:g} % of the "
            f"units{_of(matrix.year)}, which min_indicator_coverage asks for: lower it"
        )
    framework, gone = keep_indicators(matrix.framework, matrix.values.columns[kept])
    units, fallen = screen_units(
        observed[:, kept],
        list(matrix.values.index),
        framework.hierarchy,
        thresholds["min_unit_coverage"],
        thresholds["min_pillar_coverage"],
    )
    left = observed[units].any(axis=0)
    if units.any() and not left[kept].all():  # only units that fell out had them
        rows += [
            ("indicator", names[at], "", 0, int(units.sum()), 0.0, None, NONE_LEFT)
            for at in np.flatnonzero(kept & ~left)
        ]
        kept = kept & left
        framework, more = keep_indicators(framework, matrix.values.columns[kept])
        gone += more
    rows += [("pillar", name, "", None, None, None, None, "no indicator is left") for name in gone]
    return _check_units(_reduced(matrix, framework, kept, units, rows + fallen))


def _reduced(matrix, framework, columns, units, rows):
    """Return the matrix without the indicators and units that fell out."""
    if columns.all() and units.all():
        return matrix

    def cut(frame):
        return None if frame is None else frame.loc[units, columns]

    return replace(
        matrix,
        values=cut(matrix.values),
        years=cut(matrix.years),
        framework=framework,
        fallen=(*matrix.fallen, *rows),
        groups=None if matrix.groups is None else matrix.groups[units],
    )


def _check_units(matrix):
    if len(matrix.values) >= 2:
        return matrix
    left = f"only {matrix.values.index[0]!r} is left" if len(matrix.values) else "none is left"
    fallen = [f"{kind} {name!r}: {reason}" for kind, name, *_, reason in matrix.fallen]
    raise ValueError(
        f"a ranking wants at least two units{_of(matrix.year)}; {left}"
        + "".join(f"; {line}" for line in fallen)
    )
