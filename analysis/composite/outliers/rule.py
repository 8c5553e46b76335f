"""The rule of thumb for outliers, and how many values may be winsorised."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from analysis.composite.outliers.skewness import is_skewed


@dataclass(frozen=True)
class Rule:
    """When a column has outliers, and how many of its values may be winsorised."""

    max_skewness: float = 2.0
    max_kurtosis: float = 3.5  # excess kurtosis
    rule: Literal["both", "either"] = "both"
    max_points: int = 5
    keep_failed: bool = False  # keep the last treatment tried although it fails
    ties_together: bool = False  # let ties at the limit make it more than max_points
    mirrored: bool = True  # take a logarithm from the other end where the tail is to the left

    def check(self) -> None:
        """Refuse limits that make no sense."""
        if self.rule not in ("both", "either"):
            raise ValueError(f"rule is {self.rule!r}; allowed: both, either")
        if not (isinstance(self.max_points, int) and self.max_points >= 0):
            raise ValueError(f"max_points is {self.max_points!r}; wanted a number of values")
        for name in ("max_skewness", "max_kurtosis"):
            if not getattr(self, name) >= 0:
                raise ValueError(f"{name} is {getattr(self, name)!r}; wanted none below zero")

    def beyond(
        self, skewness: float | np.ndarray, kurtosis: float | np.ndarray
    ) -> bool | np.ndarray:
        """Tell whether a column has outliers."""
        return is_skewed(skewness, kurtosis, self.max_skewness, self.max_kurtosis, self.rule)
