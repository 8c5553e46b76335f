"""Totals under many weights at once: arrays over draws or combinations instead of a loop.

Where all levels have the same exponent, the mean of means is one mean of the indicators with the
weights multiplied along the path, and a whole batch is a product of matrices.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from analysis.composite.aggregate import mean_values
from analysis.composite.chain.nodes import gap_ends
from analysis.composite.chain.tree_means import SLACK, exponents_by_node, thresholds_by_node

if TYPE_CHECKING:
    from typing import Literal

    from numpy.typing import ArrayLike

    from analysis.composite.chain.integral import IntegralIndicator
    from analysis.composite.indicators.hierarchy import Hierarchy

CELLS = 4_000_000  # numbers in memory per batch
STEEP = 20  # an exponent beyond it makes powers too large for a plain product


def totals_under(result: IntegralIndicator, shares: np.ndarray) -> np.ndarray:
    """Return the totals of an integral indicator under other weights; shape (batch, units).

    `shares` is an array, batch x elements, sum 1 within every node. A gap that is open counts its
    least; NaN where a unit has no total.

    >>> import pandas as pd
    >>> from analysis.composite import indicator_matrix, integral_indicator
    >>> data = pd.DataFrame({"a": [1.0, 2.0], "b": [4.0, 3.0]}, index=["x", "y"])
    >>> result = integral_indicator(indicator_matrix(data, direction="up"))
    >>> totals_under(result, np.array([[0.25, 0.75], [1.0, 0.0]])).tolist()
    [[75.0, 25.0], [0.0, 100.0]]
    """
    settings, tree = result.settings, result.hierarchy
    cells, _ = gap_ends(result.scaled, settings.gaps)
    return batch_totals(
        cells,
        tree,
        shares,
        exponents_by_node(tree, settings.aggregation),
        min_coverage=settings.min_coverage if settings.gaps == "renormalise" else 0.0,
        coverage_by=settings.coverage_by,
    )


def batch_totals(
    values: np.ndarray,
    hierarchy: Hierarchy,
    shares: np.ndarray,
    exponents: ArrayLike,
    *,
    min_coverage: float = 0.0,
    coverage_by: Literal["weight", "children"] = "weight",
) -> np.ndarray:
    """Return the total of every unit under every row of weights; shape (batch, units).

    Parameters
    ----------
    values : array, units x indicators, normalised; NaN is left out and the rest scaled up
    hierarchy : Hierarchy
    shares : array, batch x elements, sum 1 within every node (see `Hierarchy.shares`)
    exponents : one per node, of cells that the means take (see `check_cells`)
    min_coverage, coverage_by : as in Settings; NaN where a unit has no score

    >>> from analysis.composite.indicators.hierarchy import flat
    >>> tree = flat(["a", "b"])
    >>> batch_totals(np.array([[1.0, 3.0]]), tree, np.array([[0.5, 0.5], [0, 1]]), [1.0]).tolist()
    [[2.0], [3.0]]
    """
    values, shares = np.asarray(values, dtype=float), np.atleast_2d(shares)
    exponents = np.asarray(exponents, dtype=float)
    gaps = np.isnan(values).any()
    alike = (exponents == exponents[0]).all() and abs(exponents[0]) <= STEEP
    first = len(hierarchy.indicators)
    if alike and not gaps:
        return flat_means(values, hierarchy.to_total(shares)[:, :first], exponents[0])
    size = max(CELLS // (len(values) * shares.shape[1]), 1)
    parts = [
        _part(values, hierarchy, shares[at : at + size], exponents, min_coverage, coverage_by)
        for at in range(0, len(shares), size)
    ]
    return np.concatenate(parts)


def flat_means(values: np.ndarray, weights: np.ndarray, exponent: float) -> np.ndarray:
    """Average complete values (units, indicators) by weights (batch, indicators) of sum 1."""
    if exponent == 1:
        return weights @ values.T
    with np.errstate(divide="ignore"):
        if exponent == 0:
            return np.exp(weights @ np.log(values).T)
        largest = values.max() or 1.0
        return largest * (weights @ ((values / largest) ** exponent).T) ** (1 / exponent)


def shares_by_unit(
    known: np.ndarray,
    hierarchy: Hierarchy,
    shares: np.ndarray,
    min_coverage: float = 0.0,
    coverage_by: Literal["weight", "children"] = "weight",
) -> tuple[np.ndarray, np.ndarray]:
    """Rescale the weights of each unit's observed indicators to sum 1, node by node.

    Parameters
    ----------
    known : array of bool, units x indicators; shares : batch x elements, sum 1 in every node

    Returns (shares, scored): batch x units x elements, 0 for what is left out; and batch x units,
    whether the unit has a total.
    """
    thresholds = thresholds_by_node(hierarchy, min_coverage, coverage_by)
    first, nodes = len(hierarchy.indicators), len(hierarchy.nodes)
    shape = (len(shares), len(known), len(hierarchy.elements) + 1)  # the last is the total
    there, covered, local = np.zeros(shape, bool), np.zeros(shape), np.zeros(shape)
    there[..., :first] = covered[..., :first] = known
    for node, children in enumerate(hierarchy.children):
        weights = shares[:, None, children] * there[..., children]
        total = weights.sum(axis=-1)
        coverage = (shares[:, None, children] * covered[..., children]).sum(axis=-1)
        covered[..., first + node] = coverage
        if coverage_by == "children":
            counts = shares[:, None, children] > 0
            coverage = (there[..., children] & counts).sum(axis=-1) / counts.sum(axis=-1)
        there[..., first + node] = (total > 0) & (coverage >= thresholds[node] - SLACK)
        local[..., children] = weights / np.where(total > 0, total, 1)[..., None]
    return local[..., :-1], there[..., first + nodes - 1]


def _part(values, hierarchy, shares, exponents, min_coverage, coverage_by):
    """Average one part of a batch node by node."""
    known = ~np.isnan(values)
    if known.all():
        local, scored = shares[:, None, :], None
    else:
        local, scored = shares_by_unit(known, hierarchy, shares, min_coverage, coverage_by)
    first = len(hierarchy.indicators)
    filled = np.where(known, values, 1.0)
    if (exponents == exponents[0]).all():
        weights = hierarchy.to_total(local)[..., :first]
        totals = _weighted(filled, weights, exponents[0])
    else:
        totals = _by_node(filled, hierarchy, local, exponents)
    return totals if scored is None else np.where(scored, totals, np.nan)


def _weighted(values, weights, exponent):
    if exponent == 1:
        return np.einsum("nm,bnm->bn", values, weights)
    return mean_values(values, weights, exponent)


def _by_node(values, hierarchy, local, exponents):
    """Aggregate node by node, for levels whose exponents differ."""
    first, batch = len(hierarchy.indicators), len(local)
    scores = np.empty((batch, len(values), len(hierarchy.nodes)))
    for node, children in enumerate(hierarchy.children):
        own, above = children[children < first], children[children >= first] - first
        cells = np.empty((batch, len(values), len(children)))
        cells[..., : len(own)] = values[:, own]
        cells[..., len(own) :] = scores[..., above]
        weights = local[..., children]
        if exponents[node] == 1:
            scores[..., node] = (cells * weights).sum(axis=-1)
        else:
            # what a unit lacks has no weight: any positive number does in its place
            usable = np.where(weights > 0, cells, 1.0)
            scores[..., node] = mean_values(usable, weights, exponents[node])
    return scores[..., -1]
