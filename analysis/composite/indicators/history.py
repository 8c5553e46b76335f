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
    rows = series[series["indicator"].isin(names) & series["value"].notna()]
    planned = study.series.loc[study.series["value"].notna(), "year"].unique()
    year = _chosen_year(rows[rows["indicator"].isin(indicators)], year, planned)
    rows = rows[rows["year"] <= year]
    years = sorted({*rows["year"].tolist()})
    cube = _cube(rows, years, study.clusters.index, names)
    raw = cube[:, :, : len(indicators)]
    below = {name: cube[:, :, names.index(name)] for name in divisors}
    values, reasons = divided_columns(raw, below, framework, list(study.clusters.index), years)
    return History(
        tuple(years), tuple(study.clusters.index), tuple(indicators), raw, values, reasons
    )


def _chosen_year(rows, year, planned):
    """Return the year asked for, or the latest of those with the most values."""
    counts = rows["year"].value_counts().sort_index()
    if counts.empty:
        raise FrameworkError(["no value of any indicator was reported in any year"])
    if year is None:
        return int(counts.index[counts == counts.max()][-1])
    if year not in counts.index:
        known = ", ".join(map(str, counts.index))
        hint = "; it holds plans or an unfinished year, which standings='all' lets in"
        raise ValueError(
            f"year is {year!r}, without a value; years with values: {known}"
            + (hint if year in planned else "")
        )
    return year


def _cube(rows, years, units, names):
    """Arrange the series as an array, years x units x indicators; refuse two values of one cell."""
    keys = ["cluster", "indicator", "year"]
    twice = rows[rows.duplicated(keys, keep=False)]
    if len(twice):
        spread = twice.groupby(keys, sort=False)["value"].nunique()
        wrong = spread[spread > 1].index
        if len(wrong):
            raise FrameworkError(
                [
                    f"indicator {name!r} of {unit!r} has several values in {year}"
                    for unit, name, year in wrong
                ]
            )
    cube = np.full((len(years), len(units), len(names)), np.nan)
    places = (
        pd.Index(years).get_indexer(rows["year"]),
        units.get_indexer(rows["cluster"]),
        pd.Index(names).get_indexer(rows["indicator"]),
    )
    cube[places] = rows["value"].to_numpy(dtype=float)
    return cube
