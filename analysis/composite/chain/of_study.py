"""The integral indicator of a study, or why there is none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import pandas as pd

from analysis.composite.chain.integral import (
    IntegralIndicator,
    Settings,
    check_settings,
    integral_indicator,
    settings_with,
)
from analysis.composite.indicators.framework import FrameworkError
from analysis.composite.indicators.screening import IndicatorMatrix
from analysis.composite.indicators.selection import indicator_matrix
from analysis.tidy.showing import Readable

if TYPE_CHECKING:
    from analysis.study.loading import Study

HALF = 0.5  # of the units an indicator must have, and of the indicators a unit
FEWEST = 2  # indicators: one alone is a ranking by itself


@dataclass(frozen=True, repr=False)
class NoIntegral(Readable):
    """A study whose numbers do not carry an integral indicator, and why."""

    reason: str  # every cause, one a line

    def __bool__(self) -> Literal[False]:
        """Be false, so that `if result` tells whether there is a score."""
        return False


def study_integral(
    study: Study,
    settings: Settings | None = None,
    *,
    year: int = 0,
    window: int = 0,
    min_coverage: float = 0.0,
    **choices: object,
) -> IntegralIndicator | NoIntegral:
    """Compute the integral indicator of a study, or say why there is none.

    Parameters
    ----------
    study : as `load_study` returns it
    year, window : see `indicator_matrix`; 0 is what the study says, or else the latest of the
        years with the most values, and no earlier value
    min_coverage : share of the units that an indicator must have, then of the indicators that a
        unit must have; 0 is what the study says, or else a half
    settings, choices : see `integral_indicator`; a word that is not allowed is refused. What is
        not given is as `study.integral` says: its data package may have an entry `integral` with
        any of these choices, such as {"aggregation": "geometric", "scale": [1, 100]}.

    >>> from analysis import load_study
    >>> bool(study_integral(load_study()))
    False
    """
    own = dict(getattr(study, "integral", {}))
    year = year or own.pop("year", 0)
    window = window or own.pop("window", 0)
    min_coverage = min_coverage or own.pop("min_coverage", HALF)
    for name in ("year", "window", "min_coverage"):
        own.pop(name, None)
    settings = settings or settings_with(None, {name: _plain(own[name]) for name in own} | choices)
    try:
        matrix = _matrix(study, year, window, min_coverage)
    except ValueError as refusal:
        return NoIntegral(str(refusal).replace("min_indicator_coverage", "min_coverage"))
    if (indicators := matrix.values.shape[1]) < FEWEST:
        return NoIntegral(
            f"{indicators} indicator is left, {matrix.values.columns[0]!r}: it is a ranking by "
            f"itself; an integral indicator wants at least {FEWEST}"
        )
    check_settings(matrix, settings)  # a word that is not allowed is no matter of the numbers
    try:
        return integral_indicator(matrix, settings)
    except FrameworkError as refusal:
        return NoIntegral(str(refusal))


def why_no_integral(study: Study) -> str:
    """Return why a study has no integral indicator by the defaults; empty if it has one.

    >>> from analysis import load_study
    >>> why_no_integral(load_study())
    'no indicator has a value for 50 % of the units in 2016, which min_coverage asks for: lower it'
    """
    if not len(study.series):
        return "the study has no indicators"
    try:
        return getattr(study_integral(study), "reason", "")
    except (ValueError, TypeError) as refusal:
        return str(refusal)


def shared_indicators(study: Study) -> pd.DataFrame:
    """Count, for each concept, the indicators with a value that each unit has.

    Returns a DataFrame, index unit (every one with a value), columns concepts, or indicators in a
    study that names no concepts: what no two units share cannot set them in an order.

    >>> from analysis import load_study
    >>> shared_indicators(load_study()).shape
    (3, 10)
    """
    cells = study.series.dropna(subset="value")
    by = "concept" if "concept" in cells and cells["concept"].notna().any() else "indicator"
    counted = cells.groupby(["cluster", by], sort=False)["indicator"].nunique()
    wide = counted.unstack(fill_value=0).rename_axis(columns=None)
    known = [label for label in study.clusters.index if label in wide.index]
    return wide.loc[known, wide.gt(0).sum().sort_values(ascending=False, kind="stable").index]


def _plain(value):
    """Read a choice as a data package holds it: a list of two numbers is a pair."""
    return tuple(value) if isinstance(value, list) else value


def _matrix(study: Study, year: int, window: int, min_coverage: float) -> IndicatorMatrix:
    return indicator_matrix(
        study,
        year=year or None,
        window=window,
        min_indicator_coverage=min_coverage,
        min_unit_coverage=min_coverage,
    )
