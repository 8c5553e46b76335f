"""The values of a study year by year, from which the matrix of one year is taken.

A ratio is that of one unit in one year. Within a window a value is the latest that there is, and
keeps its own year.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analysis.composite.indicators.denominators import divided_columns
from analysis.composite.indicators.framework import FrameworkError
from analysis.tidy.records import factorize_runs
from analysis.tidy.standing import of_standing

if TYPE_CHECKING:
    from typing import Literal

    from analysis.composite.indicators.framework import Framework
    from analysis.study.loading import Study

NEEDED = ("cluster", "indicator", "year", "value", "standing")  # columns of the series


@dataclass(frozen=True, eq=False)
class History:
    """Values of all units and indicators in every year up to that of the matrix."""

    years: tuple  # in order; the last is the year of the matrix
    units: tuple
    indicators: tuple
    raw: np.ndarray  # (years, units, indicators), NaN where not reported
    values: np.ndarray  # the same, divided
    reasons: dict  # {(unit, indicator): why there is no ratio in the matrix's year}

    @property
    def year(self) -> int:
        """Return the year of the matrix."""
        return self.years[-1]

    def latest(self, window: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Return (raw, values, years): of every cell the latest within so many years back.

        Three arrays, units x indicators; a year is 0 where there is no value.
        """
        within = [at for at, year in enumerate(self.years) if year >= self.year - window]
        known = ~np.isnan(self.values[within])
        place = within[-1] - known[::-1].argmax(axis=0)  # the last where none is known
        rows, columns = np.indices(place.shape)
        found = known.any(axis=0)
        years = np.where(found, np.array(self.years)[place], 0)
        place = np.where(found, place, len(self.years) - 1)
        return self.raw[place, rows, columns], self.values[place, rows, columns], years


def read_history(
    study: Study,
    framework: Framework,
    year: int | None = None,
    standings: Literal["all", "measured"] = "measured",
) -> History:
    """Read the series of a study into years x units x indicators, up to one year.

    `year` is by default the latest of those in which most values were reported. Raises ValueError
    for a year without a value, FrameworkError where one cell has two different values, a
    denominator is below zero, or no series was reported at all.
    """
    series = study.series[[name for name in NEEDED if name in study.series]]
    if "standing" in series:
        series = of_standing(series, standings)
    indicators = list(framework.described)
    divisors = [name for name in dict.fromkeys(framework.denominators) if name]
    names = list(dict.fromkeys([*indicators, *divisors]))
    known = series["value"].notna().to_numpy()
    asked = series["indicator"].isin(indicators).to_numpy() & known
    year = _chosen_year(series["year"][asked], year, study.series)
    if divisors:
        asked = series["indicator"].isin(names).to_numpy() & known
    rows = series[asked & (series["year"] <= year).to_numpy()]
    years = sorted({*rows["year"].tolist()})
    cube = _cube(rows, years, study.clusters.index, names)
    raw = cube[:, :, : len(indicators)]
    below = {name: cube[:, :, names.index(name)] for name in divisors}
    units = study.clusters.index.tolist()
    values, reasons = divided_columns(raw, below, framework, units, years)
    return History(tuple(years), tuple(units), tuple(indicators), raw, values, reasons)


def _chosen_year(years, year, series):
    """Return the year asked for, or the latest of those with the most values."""
    counts = years.value_counts().sort_index()
    if counts.empty:
        raise FrameworkError(["no value of any indicator was reported in any year"])
    if year is None:
        return int(counts.index[counts == counts.max()][-1])
    if year not in counts.index:
        known = ", ".join(map(str, counts.index))
        hint = "; it holds plans or an unfinished year, which standings='all' lets in"
        raise ValueError(
            f"year is {year!r}, without a value; years with values: {known}"
            + (hint if (series["year"][series["value"].notna()] == year).any() else "")
        )
    return year


def _cube(rows, years, units, names):
    """Arrange the series as an array, years x units x indicators; refuse two values of one cell."""
    shape = (len(years), len(units), len(names))
    unit, name = (factorize_runs(rows[key]) for key in ("cluster", "indicator"))
    places = (
        pd.Index(years).get_indexer(rows["year"]),
        units.get_indexer(unit[1])[unit[0]],
        pd.Index(names).get_indexer(name[1])[name[0]],
    )
    cell = np.ravel_multi_index(places, shape, mode="wrap")
    if len(cell) and np.bincount(cell).max() > 1:
        _check_twice(rows)
    cube = np.full(shape, np.nan)
    cube[places] = rows["value"].to_numpy(dtype=float)
    return cube


def _check_twice(rows):
    """Refuse two different values of one cell."""
    keys = ["cluster", "indicator", "year"]
    twice = rows[rows.duplicated(keys, keep=False)]
    spread = twice.groupby(keys, sort=False)["value"].nunique()
    if wrong := spread[spread > 1].index.tolist():
        raise FrameworkError(
            [f"indicator {name!r} of {unit!r} has several values in {year}"
             for unit, name, year in wrong]
        )  # fmt: skip
