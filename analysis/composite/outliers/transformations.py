"""Transformations of one column: winsorising, logarithm, Box-Cox."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import scipy

from analysis.composite.outliers.skewness import (
    column_skewness_kurtosis,
)

if TYPE_CHECKING:
    from numpy.typing import ArrayLike


SHIFT = 0.01  # of the range: what a logarithm is kept away from zero by


@dataclass(frozen=True)
class Transformation:
    """The transformation of one column, so that other values can be transformed alike."""

    kind: str  # "none", "winsorised", "log" or "box-cox"
    low: float = -np.inf  # winsorised: the least and the greatest value that are left
    high: float = np.inf
    sign: float = 1.0  # -1: the scale is turned round before and after
    shift: float = 0.0  # added before the logarithm or the power
    power: float = 0.0

    def apply(self, values: ArrayLike) -> np.ndarray:
        """Transform values; NaN where the transformation is undefined."""
        values = np.asarray(values, dtype=float)
        if self.kind in ("none", "winsorised"):
            return np.clip(values, self.low, self.high)
        with np.errstate(invalid="ignore", divide="ignore"):
            moved = self.sign * values + self.shift
            moved = np.where(moved > 0, moved, np.nan)
            if self.kind == "log":
                return self.sign * np.log(moved)
            return self.sign * scipy.special.boxcox(moved, self.power)

    def undo(self, values: ArrayLike) -> np.ndarray:
        """Invert the transformation; NaN where there is no inverse."""
        values = np.asarray(values, dtype=float)
        if self.kind in ("none", "winsorised"):
            return np.where((values < self.low) | (values > self.high), np.nan, values)
        signed = self.sign * values
        if self.kind == "log":
            return self.sign * (np.exp(signed) - self.shift)
        return self.sign * (scipy.special.inv_boxcox(signed, self.power) - self.shift)


def _winsorise(values, skewness, rule):
    """Move the farthest values inwards until the rule is met or the points are used up."""
    known = ~np.isnan(values)
    column = values[known]
    changed = np.zeros(len(column), dtype=bool)
    while True:
        skewed, heavy = column_skewness_kurtosis(column)
        if not rule.beyond(skewed, heavy):
            break
        upper = _upper_tail(column, skewed, rule)
        at_end = column == (column.max() if upper else column.min())
        whole = changed.sum() if rule.ties_together else (changed | at_end).sum() - 1
        if whole >= rule.max_points:
            break
        rest = column[~at_end]
        column[at_end] = rest.max() if upper else rest.min()
        changed |= at_end
    if not changed.any():
        return values, Transformation("none"), 0
    moved = np.array(values)
    moved[known] = column
    low, high = float(column.min()), float(column.max())
    return moved, Transformation("winsorised", low=low, high=high), int(changed.sum())


def _upper_tail(column, skewness, rule):
    """Tell on which side to go on: the tail, or the farther end where none is longer."""
    if abs(skewness) > rule.max_skewness or rule.rule == "both":
        return skewness >= 0
    middle = np.median(column)
    return column.max() - middle >= middle - column.min()


def _log(values, skewness, rule):
    """Take the logarithm of the distance from the end that is not the tail."""
    sign, shift = _shifted(values, skewness if rule.mirrored else 1.0)
    transformation = Transformation("log", sign=sign, shift=shift)
    return transformation.apply(values), transformation, 0


def _box_cox(values, skewness, rule):
    sign, shift = _shifted(values, skewness)
    known = values[~np.isnan(values)]
    with np.errstate(all="ignore"):
        power = float(scipy.stats.boxcox_normmax(sign * known + shift, method="mle"))
    transformation = Transformation("box-cox", sign=sign, shift=shift, power=power)
    return transformation.apply(values), transformation, 0


def _shifted(values, skewness):
    """Return (sign, shift) that make the values positive, the tail towards the large ones."""
    low, high = np.nanmin(values), np.nanmax(values)
    sign = 1.0 if skewness >= 0 else -1.0
    return sign, float((-low if sign > 0 else high) + SHIFT * (high - low))


STEPS = {"winsorise": _winsorise, "log": _log, "box-cox": _box_cox}
