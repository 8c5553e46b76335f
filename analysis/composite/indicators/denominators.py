"""Denominators: one indicator per another of the same unit and year - per head, per million."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from analysis.composite.indicators.framework import FrameworkError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from analysis.composite.indicators.framework import Framework

ZERO, MISSING, NOT_REPORTED = "denominator is zero", "denominator not reported", "not reported"


def divided_columns(
    raw: np.ndarray,
    divisors: dict,
    framework: Framework,
    units: Sequence[str],
    years: Sequence[int] | None,
) -> tuple[np.ndarray, dict]:
    """Divide the indicators that have a denominator; where that cannot be, a gap and why.

    Parameters
    ----------
    raw : array of float, (..., units, indicators), NaN where not reported
    divisors : {denominator: array (..., units)}
    framework : Framework; units : labels; years : labels of the first axis, if there is one

    Returns (values, reasons): `raw` itself where nothing is divided; reasons of the last year,
    {(unit, indicator): why}. Raises FrameworkError for denominators below zero, which would turn
    the order of the units round.
    """
    denominators = framework.denominators
    if not any(denominators):
        return raw, {}
    _check_positive(divisors, units, years)
    values, reasons = np.array(raw), {}
    for column, name in enumerate(denominators):
        if not name:
            continue
        own, below = values[..., column], divisors[name]
        with np.errstate(divide="ignore", invalid="ignore"):
            own /= below
        own[below <= 0] = np.nan
        if np.isnan(own).any():
            last = (-1,) * (raw.ndim - 2)
            why = _reasons(raw[last][:, column], below[last], name)
            label = [*framework.described][column]
            reasons |= {(units[row], label): word for row, word in why.items()}
    return values, reasons


def _reasons(values, divisors, name):
    """Say of each unit without a ratio why: {position: reason}."""
    why = {}
    for row in np.flatnonzero(np.isnan(values) | np.isnan(divisors) | (divisors == 0)).tolist():
        if np.isnan(values[row]):
            why[row] = NOT_REPORTED
        else:
            why[row] = f"{ZERO if divisors[row] == 0 else MISSING} ({name})"
    return why


def _check_positive(divisors, units, years):
    """Refuse denominators below zero in the last year; earlier ones make a gap."""
    year = "" if years[-1] is None else f" in {years[-1]}"
    problems = [
        f"denominator {name!r} of {units[row]!r} is {last[row]:g}{year}; wanted none below zero"
        for name, last in ((name, np.atleast_2d(values)[-1]) for name, values in divisors.items())
        for row in np.flatnonzero(last < 0).tolist()
    ]
    if problems:
        raise FrameworkError(problems)
