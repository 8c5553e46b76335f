"""Normalisation of all indicators, higher is better, and the bounds of missing values.

Goalposts come from the indicators' own columns where they are given, else from the observed
range, which is then taken as fixed: a value that is missing may be anything within it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analysis.composite.indicators.framework import FrameworkError
from analysis.composite.matrix import DIRECTIONS
from analysis.composite.normalise import NORMALISATIONS
from analysis.composite.outliers.skewness import BLOCK

if TYPE_CHECKING:
    from typing import Any, Literal

    from analysis.composite.indicators.framework import Framework
    from analysis.composite.outliers.treatment import Treated

AS_IS = "none"
WANT_RANGE = ("minmax", "zscore")  # a constant column gives them no scale
METHODS = (*WANT_RANGE, "rank", "percentile_rank", "distance_to_best", "ratio_to_mean", AS_IS)
BEYOND = ("refuse", "clip")  # what becomes of a value beyond its goalposts


@dataclass(frozen=True, eq=False, repr=False)
class Scaled:
    """Normalised values, and the scale of each column."""

    values: np.ndarray  # (units, indicators), more is better; NaN where there was a gap
    least: np.ndarray  # (indicators,): the least a gap could be
    most: np.ndarray
    worse: np.ndarray  # (indicators,): the value that gets the least, in the indicator's unit
    better: np.ndarray  # NaN where the scale has no such ends

    def __repr__(self):
        """Summarise the contents."""
        return "Scaled({} x {})".format(*self.values.shape)


def check_scale(normalisation: str, scale: tuple, beyond: str) -> None:
    """Refuse words and ends that are not allowed."""
    if normalisation not in METHODS:
        raise ValueError(f"normalisation is {normalisation!r}; allowed: {', '.join(METHODS)}")
    if beyond not in BEYOND:
        raise ValueError(f"beyond is {beyond!r}; allowed: {', '.join(BEYOND)}")
    low, high = scale
    if not (np.isfinite(low) and np.isfinite(high) and low < high):
        raise ValueError(f"scale is {scale!r}; wanted two numbers, the lower first")


def normalise(
    values: np.ndarray,
    framework: Framework,
    normalisation: str = "minmax",
    *,
    treated: Treated | None = None,
    scale: tuple = (0, 100),
    beyond: Literal["refuse", "clip"] = "refuse",
    year: int | str | None = None,
    units: pd.Index | None = None,
) -> Scaled:
    """Normalise every column.

    Parameters
    ----------
    values : array of float, units x indicators, before outliers were treated
    framework : Framework, for directions and goalposts
    normalisation : one of METHODS; "none" leaves values as they are
    treated : Treated, whose columns take the place of those of `values`
    scale : ends of the min-max scale; the other methods have their own
    beyond : "refuse" values beyond their goalposts, or "clip" them
    year, units : for the words of a refusal

    Returns a Scaled. Raises FrameworkError for columns without range, without a value, and for
    whatever the method cannot take, all at once.
    """
    check_scale(normalisation, scale, beyond)
    columns = treated.columns if treated is not None else {}
    ends = _ends(values, columns)
    where = _Where(framework, units, "" if year is None else f" in {year}")
    if normalisation == "minmax":
        return _minmax(values, treated, columns, ends, where, scale, beyond)
    _refuse(_without_range(ends, where, np.zeros(len(ends[0]), dtype=bool), normalisation))
    if normalisation == AS_IS:
        return _as_is(values, columns, where)
    return _by_column(values, columns, where, NORMALISATIONS[normalisation])


@dataclass(frozen=True)
class _Where:
    """What names a cell in a refusal."""

    framework: Any
    units: Any
    year: str

    @property
    def names(self):
        return self.framework.hierarchy.indicators

    @property
    def upward(self):
        return np.array([DIRECTIONS[word] > 0 for word in self.framework.directions])

    def unit(self, row):
        return f"unit {self.units[row]!r}" if self.units is not None else f"row {row}"


def _refuse(problems):
    if problems:
        raise FrameworkError(problems)


def _ends(values, columns):
    """Return the least and the greatest of each column, treated where it was."""
    least, greatest = np.min(values, axis=0), np.max(values, axis=0)
    if np.isnan(least).any():
        least, greatest = np.fmin.reduce(values, axis=0), np.fmax.reduce(values, axis=0)
    for at, column in columns.items():
        least[at], greatest[at] = np.nanmin(column), np.nanmax(column)
    return least, greatest


def _goalposts(treated, ends, where):
    """Return (low, high, which are given): goalposts, moved as the treated column was."""
    low, high = ends[0].copy(), ends[1].copy()
    given_low, given_high = where.framework.goalposts
    given = ~np.isnan(given_low), ~np.isnan(given_high)
    low[given[0]], high[given[1]] = given_low[given[0]], given_high[given[1]]
    problems = []
    for at in np.flatnonzero(given[0] | given[1]).tolist():
        step = treated.transformations.get(at) if treated is not None else None
        if step is None or step.kind == "winsorised":
            continue
        ends_of = ((low, given[0][at]), (high, given[1][at]))
        for ends_array, is_given in ends_of:
            if is_given:
                ends_array[at] = step.apply(ends_array[at])
        if not np.isfinite([low[at], high[at]]).all():
            problems.append(
                f"goalposts of {where.names[at]!r} cannot be transformed as its values were "
                f"({step.kind}): treat this indicator otherwise"
            )
    _refuse(problems)
    return low, high, given


def _minmax(values, treated, columns, ends, where, scale, beyond):
    """Place values between goalposts, clipped or refused beyond them."""
    low, high, given = _goalposts(treated, ends, where)
    bounded = given[0] & given[1]
    problems = _without_range(ends, where, bounded, "minmax")
    problems += [
        f"goalposts of {name!r}: low {low[at]:g} is not below high {high[at]:g}{where.year}"
        for at, name in enumerate(where.names)
        if low[at] >= high[at]
        and (given[0][at] or given[1][at])
        and np.isfinite(ends[0][at])
        and ends[0][at] < ends[1][at]
    ]
    if beyond == "refuse" and (given[0].any() or given[1].any()):
        problems += _beyond(values, columns, low, high, where)
    _refuse(problems)
    worse, better = np.where(where.upward, low, high), np.where(where.upward, high, low)
    result = np.empty(values.shape, order="F")
    step = max(BLOCK // max(len(values), 1), 1)
    for at in range(0, values.shape[1], step):
        part = slice(at, at + step)
        _place(values[:, part], worse[part], better[part], scale, result[:, part])
    for at, column in columns.items():
        _place(column, worse[at], better[at], scale, result[:, at])
    if beyond == "clip":
        np.clip(result, *scale, out=result)
    ends = np.full(len(worse), float(scale[0])), np.full(len(worse), float(scale[1]))
    return Scaled(result, *ends, worse, better)


def _place(values, worse, better, scale, out):
    np.subtract(values, worse, out=out)
    out /= better - worse
    if scale != (0, 1):
        out *= scale[1] - scale[0]
        out += scale[0]


def _without_range(ends, where, bounded, method):
    """Name every column without range."""
    problems = []
    for at, name in enumerate(where.names):
        if np.isnan(ends[0][at]):
            problems.append(f"indicator {name!r} has no value{where.year}")
        elif ends[0][at] == ends[1][at] and not bounded[at] and method in WANT_RANGE:
            cure = (
                "give it goalposts (goalpost_low, goalpost_high), or leave it out"
                if method == "minmax"
                else "leave it out"
            )
            problems.append(
                f"indicator {name!r} is {ends[0][at]:g} wherever it is known{where.year}, which "
                f"gives no range: {cure}"
            )
    return problems


def _beyond(values, columns, low, high, where):
    problems = []
    for at, name in enumerate(where.names):
        column = columns.get(at, values[:, at])
        for row in np.flatnonzero((column < low[at]) | (column > high[at])).tolist():
            problems.append(
                f"indicator {name!r} of {where.unit(row)} is {column[row]:g}{where.year}, beyond "
                f"its goalposts {low[at]:g} and {high[at]:g}: widen them, or clip"
            )
    return problems


def _as_is(values, columns, where):
    """Take values as they are; where less is better, goalposts must say what to turn them by."""
    total = sum(where.framework.goalposts)
    down = ~where.upward
    _refuse(
        [
            f"indicator {where.names[at]!r} is better the less it is: as it is, it wants goalposts "
            "to be turned round by"
            for at in np.flatnonzero(down & np.isnan(total))
        ]
    )
    result = np.array(values, order="F")
    for at, column in columns.items():
        result[:, at] = column
    result[:, down] = total[down] - result[:, down]
    least, most = np.fmin.reduce(result, axis=0), np.fmax.reduce(result, axis=0)
    low, high = where.framework.goalposts
    least, most = np.where(np.isnan(low), least, low), np.where(np.isnan(high), most, high)
    worse, better = np.where(down, most, least), np.where(down, least, most)
    return Scaled(result, least, most, worse, better)


def _by_column(values, columns, where, method):
    """Normalise each column separately with a method of `normalise`."""
    full = values
    if columns:
        full = np.array(values, order="F")
        for at, column in columns.items():
            full[:, at] = column
    names = list(where.names)
    frame = pd.DataFrame(full, columns=names, index=where.units, copy=False)
    directions = where.framework.directions
    try:
        result = method(frame, direction=directions).to_numpy(dtype=float)
    except ValueError:
        problems = []
        for at, name in enumerate(names):
            try:
                method(frame[[name]], direction=directions[at])
            except ValueError as refusal:
                problems.append(f"indicator {name!r}{where.year}: {refusal}")
        raise FrameworkError(problems) from None
    nothing = np.full(len(names), np.nan)
    ends = np.fmin.reduce(result, axis=0), np.fmax.reduce(result, axis=0)
    return Scaled(result, *ends, nothing, nothing)
