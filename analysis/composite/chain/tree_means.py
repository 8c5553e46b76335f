"""Means over a hierarchy: from indicators to pillars to the total, each node a power mean."""

from __future__ import annotations

from numbers import Real
from typing import TYPE_CHECKING

import numpy as np

from analysis.composite.aggregate import mean_values
from analysis.composite.indicators.framework import FrameworkError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any, Literal

    import pandas as pd

    from analysis.composite.indicators.hierarchy import Hierarchy

EXPONENTS = {"arithmetic": 1.0, "geometric": 0.0, "harmonic": -1.0}
PAIRWISE = ("copeland", "kemeny")  # of the indicators, without pillars
SLACK = 1e-12  # of a share of weight: what rounding of sums may leave


def exponents_by_node(
    hierarchy: Hierarchy,
    aggregation: str | float | Sequence[str | float] | Mapping[str, str | float],
) -> np.ndarray:
    """Return the exponent of each node; refuse what is no mean.

    `aggregation` is "arithmetic", "geometric", "harmonic" or an exponent; a list of these, one
    per level, the lowest first; or {node: one of these}, the others arithmetic.
    """
    nodes, levels = hierarchy.nodes, int(hierarchy.level[-1])
    if isinstance(aggregation, dict):
        unknown = [name for name in aggregation if name not in nodes]
        if unknown:
            raise ValueError(f"aggregation names {unknown[0]!r}; nodes are: {', '.join(nodes)}")
        return np.array([_exponent(aggregation.get(node, 1.0)) for node in nodes])
    if isinstance(aggregation, (list, tuple)):
        if len(aggregation) != levels:
            raise ValueError(
                f"aggregation has {len(aggregation)} entries; wanted {levels}, one per level, the "
                "lowest first"
            )
        each = [_exponent(word) for word in aggregation]
        return np.array([each[level - 1] for level in hierarchy.level])
    return np.full(len(nodes), _exponent(aggregation))


def _exponent(word):
    if isinstance(word, Real) and not isinstance(word, bool) and np.isfinite(word):
        return float(word)
    if not isinstance(word, str) or word not in EXPONENTS:
        allowed = ", ".join([*EXPONENTS, *PAIRWISE])
        raise ValueError(f"aggregation is {word!r}; allowed: {allowed}, or an exponent")
    return EXPONENTS[word]


def check_cells(
    values: np.ndarray,
    names: Sequence[str],
    exponent: float,
    node: str,
    units: pd.Index,
    scale: Sequence[float],
) -> None:
    """Refuse cells that a mean does not take, all at once, with what can be done about it."""
    if exponent == 1:
        return
    wrong = values < 0 if exponent > 0 else values <= 0
    if not wrong.any():
        return
    wanted = "none below zero" if exponent > 0 else "positive values"
    cells = [
        f"{node}: {names[column]!r} of unit {units[row]!r} is {values[row, column]:g}, and the "
        f"power mean with exponent {exponent:g} wants {wanted}"
        for row, column in np.argwhere(wrong).tolist()
    ]
    cure = (
        f"scale=(1, {scale[1]:g}), goalposts below the least value, or the arithmetic mean would do"
    )
    raise FrameworkError(cells, cure)


def node_mean(cells: np.ndarray, weights: np.ndarray, exponent: float) -> np.ndarray:
    """Average complete cells (..., children) with weights of sum 1."""
    if weights.ndim > 1 and exponent == 1:
        return (cells * weights).sum(axis=-1)
    return mean_values(cells, weights, exponent)


def reported_mean(
    cells: np.ndarray, weights: np.ndarray, exponent: float
) -> tuple[np.ndarray, np.ndarray]:
    """Average what is there, the weights of the rest scaled up; NaN where nothing is."""
    known = ~np.isnan(cells)
    weights = np.where(known, weights, 0.0)
    total = weights.sum(axis=-1, keepdims=True)
    some = total[..., 0] > 0
    weights = weights / np.where(total > 0, total, 1)
    filled = np.where(known, cells, 1.0)
    return np.where(some, node_mean(filled, weights, exponent), np.nan), weights


def thresholds_by_node(
    hierarchy: Hierarchy,
    min_coverage: float | Mapping[str, float],
    coverage_by: Literal["weight", "children"] = "weight",
) -> np.ndarray:
    """Return the coverage that each node must have; refuse what is no threshold.

    `min_coverage` is a share for all, or {node: share}, the others without a threshold.
    """
    if coverage_by not in ("weight", "children"):
        raise ValueError(f"coverage_by is {coverage_by!r}; allowed: weight, children")
    nodes = hierarchy.nodes
    alike = not isinstance(min_coverage, dict)
    given: Any = dict.fromkeys(nodes, min_coverage) if alike else min_coverage
    for name, share in given.items():
        if name not in nodes:
            raise ValueError(f"min_coverage names {name!r}; nodes are: {', '.join(nodes)}")
        if isinstance(share, bool) or not isinstance(share, Real) or not 0 <= float(share) <= 1:
            raise ValueError(f"min_coverage is {share!r}; wanted a share from 0 to 1")
    return np.array([float(given.get(node, 0.0)) for node in nodes])
