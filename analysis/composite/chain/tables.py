"""The steps of an integral indicator as tables, as `results/integral*.csv` have them."""

import numpy as np
import pandas as pd

from analysis.composite.indicators.hierarchy import TOTAL
from analysis.composite.rankings.ranks import rank_interval, tied

NO_SCORE = "not enough observations"


def frame(result, values):
    """Label an array, units x indicators."""
    labels = result.matrix.values.index, list(result.hierarchy.indicators)
    return pd.DataFrame(values, *labels, copy=False)


def weight_there(there, weights):
    """Sum the weights of the cells that are there; shape (units,). Few copies: see `benchmarks`."""
    some = ~there.all(axis=0)
    if not some.any():
        return np.ones(len(there))
    return weights[~some].sum() + there[:, some] @ weights[some]


def node_table(result, node):
    """Scores, ranks and coverage of one node: DataFrame, index cluster."""
    index = result.matrix.values.index
    low, high = tied(result.nodes.low[:, node], result.nodes.high[:, node])
    low, high = pd.Series(low, index=index), pd.Series(high, index=index)
    weights = result.hierarchy.to_nodes(result.nodes.nominal)[:, node]
    seen = result.matrix.values.notna().to_numpy()
    filled = np.zeros(len(low))
    if result.imputed is not None:
        filled = weight_there(~np.isnan(result.filled), weights) - weight_there(seen, weights)
    return pd.DataFrame(
        {
            "score_low": low,
            "score_high": high,
            **rank_interval(low, high),
            "coverage": weight_there(seen, weights),
            "imputed": filled,
            "reason": np.where(low.isna(), NO_SCORE, ""),
        }
    )


def ranking(result):
    """Total scores, best first: see `IntegralIndicator.ranking`."""
    table = node_table(result, -1)
    table.insert(0, "name", result.matrix.names.reindex(table.index))
    table.index.name = "cluster"
    keys = ["rank_best", "rank_worst"]
    return table.sort_values(keys, kind="stable", na_position="last")


def scores(result):
    """Every node's scores, the total first: see `IntegralIndicator.scores`."""
    nodes = result.hierarchy.nodes
    parts = []
    for node in [len(nodes) - 1, *range(len(nodes) - 1)]:
        table = node_table(result, node).rename_axis("cluster").reset_index()
        level = TOTAL if nodes[node] == TOTAL else "pillar"
        table.insert(1, "year", result.matrix.year)
        table.insert(2, "level", level)
        table.insert(3, "name", nodes[node])
        parts.append(table)
    return pd.concat(parts, ignore_index=True)


def treated_values(result):
    """Values after outliers were treated."""
    values = np.array(result.filled)
    for at, column in result.treated.columns.items():
        values[:, at] = column
    return frame(result, values)


def weights_by_unit(result):
    """Weight of every indicator in every unit's total; shape (units, indicators)."""
    first = len(result.hierarchy.indicators)
    total = result.hierarchy.to_total(result.nodes.shares)[..., :first]
    return np.broadcast_to(total, (len(result.nodes.low), first))


def contributions(result):
    """Return (low, high): what each indicator adds; NaN where contributions do not add up."""
    weights = weights_by_unit(result)
    ends = normalised_ends(result)
    if not result.nodes.arithmetic:
        nothing = np.full(weights.shape, np.nan)
        return nothing, nothing
    scored = ~np.isnan(result.nodes.low[:, -1])
    return tuple(
        np.where(scored[:, None], np.where(np.isnan(end), 0.0, end) * weights, np.nan)
        for end in ends
    )


def normalised_ends(result):
    """Return (low, high): normalised values, an open gap at its least and at its most."""
    from analysis.composite.chain.nodes import gap_ends

    return gap_ends(result.scaled, result.settings.gaps)


def steps(result):
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
    """Say of each cell what is not plain: a gap and why, what filled it, what was moved."""
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
        for row in places.tolist() if kind == "winsorised" else range(len(notes)):
            notes[row, at] = "; ".join(filter(None, (notes[row, at], kind)))
    return notes


def weights(result):
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
