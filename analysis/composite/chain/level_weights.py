"""Weights of the children of one node: given, equal, or derived from their own scores.

What the data choose is chosen node by node, from the scores of that node's children: within a
pillar from its indicators, at the top from the pillars. Where scores are open intervals, only the
units without a gap are asked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analysis.composite import weights as methods
from analysis.composite.diagnostics import loadings
from analysis.composite.effective import matching_weights
from analysis.composite.rankings.benefit import benefit_of_the_doubt

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from analysis.composite.indicators.hierarchy import Hierarchy

TOLERANCE = 1e-9  # a loading below it has no sign
REGULAR = 1e8  # condition number up to which correlations are inverted without a second look
GIVEN, EQUAL, BENEFIT = "given", "equal", "benefit_of_the_doubt"


def correlation(scores: pd.DataFrame) -> pd.Series:
    """Find weights under which every child correlates equally with the mean.

    Raises ValueError where no weights do that.

    >>> data = pd.DataFrame({"a": [1.0, 2.0, 4.0], "b": [2.0, 1.0, 3.0]})
    >>> correlation(data).round(6).to_dict()
    {'a': 0.395644, 'b': 0.604356}
    """
    found = matching_weights(scores)
    if not found.exact:
        raise ValueError(f"no weights make all correlations with the mean equal: {found.reason}")
    return found.weights


def first_component(scores: pd.DataFrame) -> pd.Series:
    """Weight by squared loadings on the first principal component, if all have one sign.

    `scores` is a DataFrame of float, units x children, complete, each with spread. Returns a
    Series of sum 1, index child.
    Raises ValueError for mixed signs: a weight below zero turns an indicator round.
    Source: OECD/JRC (2008), Handbook, step 6, the first component alone.

    >>> data = pd.DataFrame({"a": [1.0, 2.0, 4.0], "b": [2.0, 1.0, 3.0]})
    >>> first_component(data).to_dict()
    {'a': 0.5, 'b': 0.5}
    """
    first = loadings(scores)["pc1"]
    sides = first.index[first < -TOLERANCE], first.index[first > TOLERANCE]
    against = min(sides, key=len)
    if len(against):
        names = ", ".join(repr(name) for name in against)
        raise ValueError(
            f"loadings on the first component have mixed signs: {names} against the others"
        )
    return methods.first_component(scores)


SCHEMES = {
    "correlation": correlation,
    "first_component": first_component,
    "entropy": methods.entropy,
    "critic": methods.critic,
}
NAMES = (GIVEN, EQUAL, *SCHEMES, BENEFIT)


def schemes_by_node(
    hierarchy: Hierarchy, weights: str | Sequence[str] | Mapping[str, float] | pd.Series
) -> tuple[list[str], np.ndarray]:
    """Return (the scheme of each node, weights of the elements).

    `weights` is a name, a list of names (one per level, the lowest first), or weights of one's
    own, {element: weight}: what is not named keeps its given weight. Raises ValueError for
    unknown names, everything at once.
    """
    own = np.array(hierarchy.weight)
    if isinstance(weights, (dict, pd.Series)):
        _set_own(hierarchy, own, dict(weights))
        return [GIVEN] * len(hierarchy.nodes), own
    levels = int(hierarchy.level[-1])
    listed = [weights] * levels if isinstance(weights, str) else list(weights)
    if len(listed) != levels:
        raise ValueError(
            f"weights has {len(listed)} entries; wanted {levels}, one per level, the lowest first"
        )
    for word in listed:
        if not isinstance(word, str) or word not in NAMES:
            raise ValueError(f"weights has {word!r}; allowed: {', '.join(NAMES)}, or own weights")
    schemes = [listed[level - 1] for level in hierarchy.level]
    for children, scheme in zip(hierarchy.children, schemes, strict=True):
        if scheme == EQUAL:
            own[children] = 1.0
    return schemes, own


def _set_own(hierarchy, own, given):
    """Put the weights of a mapping in place; refuse unknown names and weights below zero."""
    place = {name: at for at, name in enumerate(hierarchy.elements)}
    problems = [
        f"weights name {name!r}, neither indicator nor pillar"
        for name in given
        if name not in place
    ]
    problems += [
        f"weight of {name!r} is {weight!r}; wanted a number, none below zero"
        for name, weight in given.items()
        if not (isinstance(weight, (int, float, np.number)) and 0 <= weight < np.inf)
    ]
    if problems:
        raise ValueError("\n".join(problems))
    for name, weight in given.items():
        own[place[name]] = weight
    for name, children in zip(hierarchy.nodes, hierarchy.children, strict=True):
        if not own[children].sum() > 0:
            raise ValueError(f"weights of {name!r} sum to zero: at least one must be positive")


def chosen_weights(
    scheme: str, cells: np.ndarray, names: list, node: str, units: pd.Index
) -> np.ndarray:
    """Return the weights that a scheme derives from the scores of a node's children.

    `cells` is an array, units x children, more is better; rows with a gap are left out. Sum 1.
    Raises ValueError, naming the node, where the scheme has none for these scores.

    >>> cells = np.array([[1.0, 2.0], [2.0, 1.0], [4.0, 3.0]])
    >>> chosen_weights("correlation", cells, ["a", "b"], "total", pd.Index([1, 2, 3])).round(6)
    array([0.395644, 0.604356])
    """
    if len(names) == 1:
        return np.ones(1)
    known = ~np.isnan(cells).any(axis=1)
    complete = cells[known]
    if len(complete) < 3:
        raise ValueError(
            f"{scheme} weights of {node!r} want three units without a gap; there are "
            f"{len(complete)}"
        )
    figures = _plainly(scheme, complete)
    if figures is not None:
        return figures / figures.sum()
    try:  # again with names, for the words of the refusal
        return SCHEMES[scheme](pd.DataFrame(complete, units[known], names)).to_numpy()
    except ValueError as refusal:
        raise ValueError(f"{scheme} weights of {node!r}: {refusal}") from None


def _plainly(scheme, cells):
    """Return weights from an array where nothing is odd, else None."""
    least, most = cells.min(axis=0), cells.max(axis=0)
    if not (most > least).all() or (scheme == "entropy" and least.min() < 0):
        return None
    figures = _PLAINLY[scheme](cells)
    return figures if figures is not None and figures.any() else None


def _balanced(cells):
    off = cells - cells.mean(axis=0)
    spread = np.sqrt((off * off).mean(axis=0))
    off = off / spread
    correlations = off.T @ off / len(cells)
    if np.linalg.cond(correlations) > REGULAR:
        return None
    pull = np.linalg.solve(correlations, np.ones(len(spread)))
    return pull / spread if (pull > 0).all() else None


def _of_one_sign(cells):
    off = cells - cells.mean(axis=0)
    off = off / np.sqrt((off * off).sum(axis=0))
    roots, vectors = np.linalg.eigh(off.T @ off)
    first = vectors[:, -1]
    one_sign = (first > TOLERANCE).all() or (first < -TOLERANCE).all()
    return first**2 if one_sign and roots[-1] - roots[-2] > TOLERANCE else None


_PLAINLY = {
    "correlation": _balanced,
    "first_component": _of_one_sign,
    "entropy": methods.entropy_divergence,
    "critic": methods.critic_contrast,
}


def benefit_weights(
    cells: np.ndarray, names: Sequence[str], node: str, bounds: Sequence[float]
) -> np.ndarray:
    """Return each unit's benefit-of-the-doubt weights; a score of 1 is the best possible."""
    if np.isnan(cells).any():
        raise ValueError(f"benefit of the doubt for {node!r} wants every cell: fill the gaps first")
    try:
        frame = pd.DataFrame(cells, columns=names)
        return benefit_of_the_doubt(frame, low=bounds[0], high=bounds[1]).weights.to_numpy()
    except ValueError as refusal:
        raise ValueError(f"benefit of the doubt for {node!r}: {refusal}") from None
