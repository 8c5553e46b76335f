"""Score all clusters under every combination of choices at once; say first what is refused.

Normalisation and weights come from `composite`; here they are crossed, and the scores of all
combinations are computed together.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import reduce
from itertools import product

import numpy as np
import pandas as pd

from analysis.comparative.evidence import evidence_bounds, status_bounds
from analysis.comparative.proportions import check_bounds
from analysis.composite.aggregate import check_domain, mean_values
from analysis.composite.matrix import matrix_values
from analysis.composite.weights import weight_values
from analysis.robustness.choices import COPELAND, METHOD, READING, alternatives, cross
from analysis.tidy.showing import Readable

BY_COLUMN = frozenset(METHOD["normalisation"].values())  # each column by itself
TOLERANCE = 1e-12  # sums of weights that differ by less are equal
BLOCK_CELLS = 1_000_000  # numbers of compared pairs in memory at a time
HALF = 0.5  # what a planned component is counted first: nothing else counts a half
FILLED = {
    "low end": lambda low, high: low,
    "high end": lambda low, high: high,
    "left out": lambda low, high: np.where(low == high, low, np.nan),
    "midpoint": lambda low, high: (low + high) / 2,
}
COPELAND_WANTS_ALL = "Copeland compares pair by pair and wants every cell; some are left out"
MEANS = {0.0: "geometric", -1.0: "harmonic"}  # by the exponent of the power mean


@dataclass(frozen=True, eq=False, repr=False)
class Run(Readable):
    """The scores of every valid combination of choices."""

    plan: pd.DataFrame  # one row per combination that was run, one column per choice
    refused: pd.DataFrame  # the same for those that make no sense, and reason
    scores: np.ndarray  # (combinations, clusters), more is better
    clusters: tuple  # labels of the columns of scores
    reference: dict  # the first alternative of every choice
    drawn: bool  # the weights are a random sample, one draw per label
    # (combinations,): a cluster's score rises with its own components, and depends on no other's
    by_itself: np.ndarray | None = None


def run_choices(data: pd.DataFrame | dict, choices: dict) -> Run:
    """Score all clusters under every valid combination of choices.

    Parameters
    ----------
    data : the study's components (columns cluster, component, item, status, alternative_status),
        or a mapping {label: units x indicators frame}, more is better: alternatives of "data"
    choices : mapping {choice: alternatives}; see `choices`

    Returns a `Run`. Where components are left out, the weights of the others are scaled up.
    Raises KeyError for a choice or an alternative that is not known, ValueError for a choice
    without alternatives, a credit outside [0, 1] or matrices that do not match.

    >>> data = {"printed": pd.DataFrame({"x": [0.0, 1.0], "y": [1.0, 0.5]}, index=["a", "b"])}
    >>> run_choices(data, {"weights": {"equal": [1, 1], "mostly y": [1, 3]}}).scores.tolist()
    [[0.5, 0.75], [0.75, 0.625]]
    """
    variants = _prepare(data, choices)
    means = [_aggregated(variants, exponent) for exponent in variants.exponents]
    scores = np.stack(means, axis=2).reshape(len(variants.plan), -1)
    valid = variants.reasons == ""
    return Run(
        plan=variants.plan[valid].reset_index(drop=True),
        refused=variants.plan.assign(reason=variants.reasons)[~valid].reset_index(drop=True),
        scores=scores[valid],
        clusters=tuple(variants.clusters),
        reference=variants.plan.iloc[0].to_dict(),
        drawn=isinstance(choices.get("weights"), pd.DataFrame) and len(choices["weights"]) > 1,
        by_itself=variants.by_itself[valid],
    )


def check_choices(data: dict, choices: dict) -> pd.DataFrame:
    """List every combination, with the reason why it makes no sense, without running any.

    Arguments and errors as in `run_choices`. Returns a DataFrame, one row per combination: a
    column per choice, and reason (empty where the combination is valid).

    >>> data = {"printed": pd.DataFrame({"x": [0.0, 1.0], "y": [1.0, 0.5]}, index=["a", "b"])}
    >>> plan = check_choices(data, {"aggregation": ["arithmetic", "geometric"]})
    >>> plan.loc[plan["reason"] != "", "aggregation"].tolist()
    ['geometric']
    """
    variants = _prepare(data, choices)
    return variants.plan.assign(reason=variants.reasons)


@dataclass(frozen=True, eq=False)
class _Variants:
    """The validated input of scoring. A variant is one coded and normalised matrix."""

    plan: pd.DataFrame  # all combinations: variants x weights x exponents, in this order
    reasons: np.ndarray  # (combinations,) of text, empty where valid
    values: np.ndarray  # (variants, clusters, components), NaN where left out
    weights: np.ndarray  # (variants, schemes, components)
    exponents: list  # of the power mean, or COPELAND
    clusters: pd.Index
    by_itself: np.ndarray  # (combinations,) of bool: see Run


def _prepare(data, choices):
    """Code, normalise and weight; find every invalid combination, with the reason."""
    sources, cells, labels = _matrices(data, choices)
    known = [name for name in [*sources, *METHOD] if name != "data"]
    for name in choices:
        if name not in known:
            raise KeyError(f"choices has {name!r}; allowed: {', '.join(known)}")
    methods = {name: alternatives(choices, name) for name in METHOD}
    exponents = list(methods["aggregation"].values())
    values, unscaled = _normalised(cells, labels, methods["normalisation"].values())
    weights, unweighted = _weights(values, labels, choices, methods["weights"].values())
    outside = [[_outside_domain(matrix, *labels, e) for e in exponents] for matrix in values]
    reasons = _first_reason(
        unscaled[:, None, None],
        unweighted[:, :, None],
        _nothing_left(values, weights, labels[0])[:, :, None],
        np.array(outside, dtype=object)[:, None, :],
    )
    plan = cross(sources | {name: list(things) for name, things in methods.items()})
    alone = _by_itself(len(cells), methods)
    return _Variants(plan, reasons.ravel(), values, weights, exponents, labels[0], alone)


def _by_itself(count, methods):
    """Tell whether a cluster's score depends on its own components only, for each combination.

    The combinations are those of `count` matrices and the methods, the last moving fastest.
    """
    alone = {
        "normalisation": lambda method: method is METHOD["normalisation"]["goalposts"],
        "weights": lambda scheme: not callable(scheme) or scheme is METHOD["weights"]["equal"],
        "aggregation": lambda exponent: exponent != COPELAND,
    }
    known = [[test(thing) for thing in methods[name].values()] for name, test in alone.items()]
    return reduce(np.logical_and.outer, known, np.ones(count, dtype=bool)).ravel()


def _first_reason(*layers):
    """Combine broadcastable arrays of text; the first non-empty reason is kept."""
    reasons = np.full(np.broadcast_shapes(*(layer.shape for layer in layers)), "", dtype=object)
    for layer in layers:
        reasons = np.where(reasons == "", layer, reasons)
    return reasons


def _matrices(data, choices):
    """Return {choice: labels} of how the data are read, the matrices in that order, their labels.

    The matrices are one array (matrices, clusters, components), the labels (clusters, components).
    """
    if not isinstance(data, Mapping):
        return _evidence(data, choices)
    if not data:
        raise ValueError("data is empty; wanted at least one matrix")
    first, cells = next(iter(data.values())), []
    for label, frame in data.items():
        cells.append(matrix_values(frame, name=f"data {label!r}", missing=True))
        if not (frame.index.equals(first.index) and frame.columns.equals(first.columns)):
            raise ValueError(f"data {label!r} has other units or indicators than the first matrix")
    return {"data": list(data)}, np.stack(cells), (first.index, first.columns)


def _evidence(components, choices):
    """Code the components under every coding, credit and treatment of missing statuses."""
    missing = [c for c in ("cluster", "component", *READING["coding"]) if c not in components]
    if missing:
        raise KeyError(f"data has no column {missing[0]!r}; wanted the components of a study")
    readings = {name: alternatives(choices, name) for name in READING}
    credits = [status_bounds("planned", credit)[0] for credit in readings["planned_credit"]]
    matrices = []
    for column in readings["coding"].values():
        frames = evidence_bounds(components, HALF, column)
        check_bounds(*frames)
        halves = [frame.to_numpy() for frame in frames]
        for credit, fill in product(credits, readings["missing"].values()):
            low, high = (np.where(half == HALF, credit, half) for half in halves)
            matrices.append(FILLED[fill](low, high))
    labels = frames[0].index, frames[0].columns
    return {name: list(things) for name, things in readings.items()}, np.stack(matrices), labels


def _normalised(cells, labels, methods):
    """Return (values, reasons): every matrix under every method, as it was where refused."""
    tried = [_scaled(cells, labels, method) for method in methods]
    values = np.stack([scaled for scaled, _ in tried], axis=1)
    reasons = np.array([why for _, why in tried], dtype=object).T
    return values.reshape(-1, *values.shape[2:]), reasons.ravel()


def _scaled(cells, labels, method):
    """Return (values, reasons) of all matrices under one method."""
    if method in BY_COLUMN:
        with suppress(ValueError):  # side by side, unless one is refused: then find out which
            wide = method(pd.DataFrame(np.hstack(cells)))
            return np.stack(np.hsplit(wide.to_numpy(), len(cells))), [""] * len(cells)
    values, reasons = cells.copy(), [""] * len(cells)
    for place, matrix in enumerate(cells):
        try:
            values[place] = method(pd.DataFrame(matrix, *labels))
        except ValueError as refusal:
            reasons[place] = str(refusal)
    return values, reasons


def _weights(values, labels, choices, schemes):
    """Return (weights, reasons), shapes (variants, schemes, components), (variants, schemes)."""
    if isinstance(choices.get("weights"), pd.DataFrame):
        draws = _drawn(choices["weights"], labels[1])
        shape = (len(values), *draws.shape)
        return np.broadcast_to(draws, shape), np.full(shape[:2], "", dtype=object)
    weights = np.full((len(values), len(schemes), len(labels[1])), 1 / len(labels[1]))
    reasons = np.full(weights.shape[:2], "", dtype=object)
    for place, scheme in enumerate(schemes):
        if not callable(scheme):
            weights[:, place] = weight_values(scheme, labels[1])
            continue
        for row, matrix in enumerate(values):
            try:
                weights[row, place] = scheme(pd.DataFrame(matrix, *labels))
            except ValueError as refusal:
                reasons[row, place] = str(refusal)
    return weights, reasons


def _drawn(draws, columns):
    """Check a frame of weights, one row per draw, and scale each row to sum 1."""
    if not draws.columns.equals(columns):
        raise KeyError(f"weights are for {list(draws.columns)}; wanted {list(columns)}")
    values = matrix_values(draws, name="weights")
    bad = (values < 0).any(axis=1) | (values.sum(axis=1) == 0)
    if bad.any():
        raise ValueError(f"weights of {draws.index[bad][0]!r} are negative or all zero")
    return values / values.sum(axis=1, keepdims=True)


def _nothing_left(values, weights, clusters):
    """Return the cluster without any weighted component; shape (variants, schemes)."""
    reasons = np.full(weights.shape[:2], "", dtype=object)
    known = ~np.isnan(values)
    if known.all():
        return reasons
    bare = _shares(known, weights) <= TOLERANCE
    for row, place in np.argwhere(bare.any(axis=2)):
        cluster = clusters[np.argmax(bare[row, place])]
        reasons[row, place] = (
            f"nothing is left to score of {cluster!r}: every component with a weight is left out"
        )
    return reasons


def _outside_domain(values, index, columns, exponent):
    """Return why a matrix has no such mean; empty if it has one."""
    if exponent == COPELAND:
        return COPELAND_WANTS_ALL if np.isnan(values).any() else ""
    if exponent in MEANS and (zero := values == 0).any():
        row, column = np.argwhere(zero)[0]
        return (
            f"the {MEANS[exponent]} mean wants values above zero; {columns[column]} of "
            f"{index[row]!r} is 0"
        )
    try:
        check_domain(values, index, columns, exponent)
    except ValueError as refusal:
        return str(refusal)
    return ""


def _aggregated(variants, exponent):
    """Return scores of shape (variants, schemes, clusters); refused ones hold any number."""
    if exponent == COPELAND:
        values = np.nan_to_num(variants.values)
        return np.stack(
            [copeland_scores(*pair) for pair in zip(values, variants.weights, strict=True)]
        )
    return _power_means(variants.values, variants.weights, exponent)


def _power_means(values, weights, exponent):
    """Average (variants, clusters, components) by (variants, schemes, components)."""
    known = ~np.isnan(values)
    shares = _shares(known, weights)
    shares = np.where(shares > TOLERANCE, shares, 1)
    if exponent == 1:
        return weights @ np.where(known, values, 0).swapaxes(1, 2) / shares
    if exponent == 0:
        usable = np.where(known & (values > 0), values, 1)
        return np.exp(weights @ np.log(usable).swapaxes(1, 2) / shares)
    usable = np.where(known, np.maximum(values, 0), 0)
    means = []
    for cells, there, schemes, share in zip(usable, known, weights, shares, strict=True):
        parts = np.where(there, schemes[:, None, :], 0) / share[..., None]
        means.append(mean_values(cells, parts, exponent))
    return np.stack(means)


def _shares(known, weights):
    """Return the weight that is observed, shape (variants, schemes, clusters)."""
    return weights @ known.swapaxes(1, 2).astype(float)


def copeland_scores(values: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Count pairs won less pairs lost, for one matrix under every scheme of weights.

    Arrays (units, indicators), complete, and (schemes, indicators); returns (schemes, units).
    """
    won = np.empty((len(weights), len(values)))
    each = len(values) * max(values.shape[1], len(weights))  # numbers that a row is compared by
    rows = max(BLOCK_CELLS // each, 1)  # larger arrays are mapped afresh each time
    for first in range(0, len(values), rows):
        some = values[first : first + rows]
        better = np.sign(some[:, None, :] - values[None, :, :]).reshape(-1, values.shape[1])
        net = weights @ better.T
        signs = (net > TOLERANCE).astype(float) - (net < -TOLERANCE)
        won[:, first : first + rows] = signs.reshape(len(weights), len(some), -1).sum(axis=2)
    return won
