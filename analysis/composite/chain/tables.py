"""The steps of an integral indicator as tables, as `results/integral*.csv` have them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analysis.composite.indicators.hierarchy import TOTAL
from analysis.composite.rankings.ranks import interval_ranks, tied

if TYPE_CHECKING:
    from analysis.composite.chain.integral import IntegralIndicator

NO_SCORE = "not enough observations"


def frame(result: IntegralIndicator, values: np.ndarray) -> pd.DataFrame:
    """Label an array, units x indicators."""
    labels = result.matrix.values.index, list(result.hierarchy.indicators)
    return pd.DataFrame(values, *labels, copy=False)


def weight_there(there: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Sum the weights of the cells that are there; shape (units,). Column by column: no copies."""
    some = np.flatnonzero(~there.all(axis=0))
    if not some.size:
        return np.ones(len(there))
    total = np.full(len(there), weights.sum() - weights[some].sum())
    for column in some:
        total += np.where(there[:, column], weights[column], 0.0)
    return total


def node_columns(result: IntegralIndicator, node: int) -> dict:
    """Return scores, ranks and coverage of one node as arrays: {column: one entry per unit}."""
    weights = result.hierarchy.to_nodes(result.nodes.nominal)[:, node]
    seen = np.isnan(result.matrix.values.to_numpy(dtype=float, na_value=np.nan))
    np.logical_not(seen, out=seen)
    coverage = weight_there(seen, weights)
    filled = np.zeros(len(seen))
    if result.imputed is not None:
        filled = weight_there(~np.isnan(result.filled), weights) - coverage
    del seen  # of a large matrix, worth having back before ranks are made
    low, high = result.nodes.low[:, node], result.nodes.high[:, node]
    low, high = tied(low) * 2 if result.nodes.high is result.nodes.low else tied(low, high)
    ranks, scored = interval_ranks(low, high)
    if result.nodes.ranks is not None and result.hierarchy.nodes[node] == TOTAL:
        ranks = dict(zip(ranks, result.nodes.ranks.T, strict=True))
    return {
        "score_low": low,
        "score_high": high,
        **{name: pd.arrays.IntegerArray(rank, ~scored) for name, rank in ranks.items()},
        "coverage": coverage,
        "imputed": filled,
        "reason": np.where(scored, "", NO_SCORE).astype(object),
    }


def ranking(result: IntegralIndicator) -> pd.DataFrame:
    """Total scores, best first: see `IntegralIndicator.ranking`."""
    columns = {"name": result.matrix.names.array} | node_columns(result, -1)
    last = len(result.matrix.values) + 1
    ranks = [columns[name].to_numpy(int, na_value=last) for name in ("rank_worst", "rank_best")]
    order = np.lexsort(ranks)
    index = result.matrix.values.index[order].rename("cluster")
    sorted_columns = {name: columns.pop(name)[order] for name in list(columns)}
    return pd.DataFrame(sorted_columns, index=index, copy=False)


def scores(result: IntegralIndicator) -> pd.DataFrame:
    """Every node's scores, the total first: see `IntegralIndicator.scores`."""
    nodes = result.hierarchy.nodes
    parts = []
    for node in [len(nodes) - 1, *range(len(nodes) - 1)]:
        level = TOTAL if nodes[node] == TOTAL else "pillar"
        about = {"cluster": result.matrix.values.index, "year": result.matrix.year}
        about |= {"level": level, "name": nodes[node]}
        parts.append(pd.DataFrame(about | node_columns(result, node)))
    return pd.concat(parts, ignore_index=True)


def treated_values(result: IntegralIndicator) -> pd.DataFrame:
    """Values after outliers were treated."""
    values = np.array(result.filled)
    for at, column in result.treated.columns.items():
        values[:, at] = column
    return frame(result, values)


def weights_by_unit(result: IntegralIndicator) -> np.ndarray:
    """Weight of every indicator in every unit's total; shape (units, indicators)."""
    first = len(result.hierarchy.indicators)
    total = result.hierarchy.to_total(result.nodes.shares)[..., :first]
    return np.broadcast_to(total, (len(result.nodes.low), first))


def contributions(result: IntegralIndicator) -> tuple[np.ndarray, np.ndarray]:
    """Return (low, high): what each indicator adds to the total of each unit.

    Arrays of float, units x indicators, normalised value times weight in the total; NaN where
    contributions do not add up (means other than the arithmetic) or a unit has no total.

    >>> from analysis.composite import indicator_matrix, integral_indicator
    >>> data = pd.DataFrame({"jobs": [9, 4, 2], "waste": [5, 1, 7]}, index=["a", "b", "c"])
    >>> low, high = contributions(integral_indicator(indicator_matrix(data, direction="up")))
    >>> low[0].round(2).tolist()
    [50.0, 33.33]
    """
    weights = weights_by_unit(result)
    ends = normalised_ends(result)
    if not result.nodes.arithmetic:
        nothing = np.full(weights.shape, np.nan)
        return nothing, nothing
    scored = ~np.isnan(result.nodes.low[:, -1])
    low, high = (
        np.where(scored[:, None], np.where(np.isnan(end), 0.0, end) * weights, np.nan)
        for end in ends
    )
    return low, high


def normalised_ends(result: IntegralIndicator) -> tuple[np.ndarray, np.ndarray]:
    """Return (low, high): normalised values, missing ones at their lower and upper bound."""
    from analysis.composite.chain.nodes import gap_ends

    return gap_ends(result.scaled, result.settings.gaps)


def steps(result: IntegralIndicator) -> pd.DataFrame:
    """Every cell, step by step: see `IntegralIndicator.steps`."""
    matrix, shape = result.matrix, result.filled.shape
    units = np.repeat(matrix.values.index.to_numpy(), shape[1])
    names = np.tile(np.array(result.hierarchy.indicators, dtype=object), shape[0])
    low, high = normalised_ends(result)
    parts = contributions(result)
    years = matrix.year if matrix.years is None else matrix.years.to_numpy(object).ravel()
    columns = {
        "cluster": units,
        "indicator": names,
        "year": years,
        "raw": matrix.raw.to_numpy(float, na_value=np.nan).ravel(),
        "denominated": matrix.values.to_numpy(float, na_value=np.nan).ravel(),
        "treated": treated_values(result).to_numpy().ravel(),
        "normalised_low": low.ravel(),
        "normalised_high": high.ravel(),
        "weight": weights_by_unit(result).ravel(),
        "contribution_low": parts[0].ravel(),
        "contribution_high": parts[1].ravel(),
        "note": _notes(result).ravel(),
    }
    return pd.DataFrame(columns)


def _notes(result):
    """Note on each cell what was done: why it is missing, how it was imputed or treated."""
    notes = np.full(result.filled.shape, "", dtype=object)
    matrix = result.matrix
    gaps = matrix.gaps
    rows = matrix.values.index.get_indexer(gaps["cluster"])
    columns = matrix.values.columns.get_indexer(gaps["indicator"])
    notes[rows, columns] = gaps["reason"].to_numpy()
    if result.imputed is not None and len(result.imputed):
        rows = matrix.values.index.get_indexer(result.imputed["cluster"])
        columns = matrix.values.columns.get_indexer(result.imputed["indicator"])
        notes[rows, columns] = [f"filled: {why}" for why in result.imputed["reason"]]
    for at, places in result.treated.changed.items():
        kind = result.treated.transformations[at].kind
        for row in places.tolist():
            notes[row, at] = "; ".join(filter(None, (notes[row, at], kind)))
    return notes


def weights(result: IntegralIndicator) -> pd.DataFrame:
    """Nominal weights of all elements: see `IntegralIndicator.weights`."""
    tree = result.hierarchy
    total = tree.to_total(result.nodes.nominal)
    first = len(tree.indicators)
    level = [0] * first + tree.level[:-1].tolist()
    return pd.DataFrame(
        {
            "level": level,
            "parent": [tree.nodes[node] for node in tree.parent],
            "weight_in_parent": result.nodes.nominal,
            "weight_in_total": total,
        },
        index=pd.Index(tree.elements, name="element"),
    )
