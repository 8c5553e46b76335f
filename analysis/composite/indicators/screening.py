"""The matrix of one year, units x indicators, and what of it is covered enough."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from analysis.composite.indicators.coverage import (
    left_out_table,
    screen_indicators,
    screen_units,
)
from analysis.composite.indicators.denominators import NOT_REPORTED
from analysis.composite.indicators.framework import Framework, keep_indicators
from analysis.composite.indicators.history import History
from analysis.tidy.showing import shown

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


def screened(matrix: IndicatorMatrix, thresholds: dict[str, float]) -> IndicatorMatrix:
    """Drop indicators, then units, that are not covered enough; list them."""
    observed = ~np.isnan(matrix.values.to_numpy(dtype=float, na_value=np.nan))
    if observed.all():
        return _check_units(matrix)
    if not observed.any():
        raise ValueError(f"no unit has a value of any indicator{_in(matrix.year)}")
    names = list(matrix.values.columns)
    kept, rows = screen_indicators(observed, names, thresholds["min_indicator_coverage"])
    if not kept.any():
        raise ValueError(
            f"no indicator has a value for {100 * thresholds['min_indicator_coverage']:g} % of the "
            f"units{_in(matrix.year)}, which min_indicator_coverage asks for: lower it"
        )
    framework, gone = keep_indicators(matrix.framework, matrix.values.columns[kept])
    units, fallen = screen_units(
        observed[:, kept],
        matrix.values.index.tolist(),
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
        f"a ranking wants at least two units{_in(matrix.year)}; {left}"
        + "".join(f"; {line}" for line in fallen)
    )


def _in(year):
    return "" if year is None else f" in {year}"
