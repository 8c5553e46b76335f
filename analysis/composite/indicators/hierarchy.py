"""The hierarchy of an integral indicator: indicators, pillars above them to any depth, one total.

Elements are numbered: the indicators first, then the pillars, each after everything below it. A
node is what has a mean: every pillar, in the same order, and the total as the last.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

TOTAL = "total"


@dataclass(frozen=True, eq=False)
class Hierarchy:
    """What belongs to what, with the nominal weights, as arrays."""

    indicators: tuple  # identifiers, in the order of the matrix's columns
    pillars: tuple  # identifiers, each after those below it
    parent: np.ndarray  # (elements,): the node that each element belongs to
    weight: np.ndarray  # (elements,): as given, not yet scaled

    @property
    def elements(self) -> tuple[str, ...]:
        """Identifiers of everything that has a weight."""
        return (*self.indicators, *self.pillars)

    @property
    def nodes(self) -> tuple[str, ...]:
        """Identifiers of everything that has a mean; the last is the total."""
        return (*self.pillars, TOTAL)

    @cached_property
    def children(self) -> tuple[np.ndarray, ...]:
        """Positions of each node's elements: a tuple of arrays."""
        return tuple(np.flatnonzero(self.parent == node) for node in range(len(self.pillars) + 1))

    @cached_property
    def level(self) -> np.ndarray:
        """Level of each node: 1 for the lowest pillars, the greatest for the total."""
        depth = np.zeros(len(self.pillars) + 1, dtype=int)
        first = len(self.indicators)
        for node in reversed(range(len(self.pillars))):
            depth[node] = depth[self.parent[first + node]] + 1
        return depth.max() - depth + 1

    @cached_property
    def below(self) -> np.ndarray:
        """Tell which indicators lie below each node; shape (indicators, nodes), bool."""
        under = np.zeros((len(self.elements), len(self.pillars) + 1), dtype=bool)
        under[np.arange(len(self.elements)), self.parent] = True
        first = len(self.indicators)
        for pillar in range(len(self.pillars)):  # what is below a pillar is below its parent
            under[under[:, pillar], self.parent[first + pillar]] = True
        return under[:first]

    def shares(self, weights: np.ndarray | None = None) -> np.ndarray:
        """Scale weights, by default the nominal ones, to sum 1 within each node.

        `weights` has shape (..., elements), none below zero; the sum of a node must be positive.
        """
        weights = self.weight if weights is None else np.asarray(weights, dtype=float)
        result = np.empty(weights.shape)
        for children in self.children:
            own = weights[..., children]
            result[..., children] = own / own.sum(axis=-1, keepdims=True)
        return result

    def to_total(self, shares: np.ndarray) -> np.ndarray:
        """Multiply shares along the path: what each element weighs in the total.

        Shape (..., elements), as `shares`, or with whatever axes these have before.
        """
        result = np.array(shares, dtype=float)
        first = len(self.indicators)
        for pillar in reversed(range(len(self.pillars))):
            children = self.children[pillar]
            result[..., children] *= result[..., [first + pillar]]
        return result

    def to_nodes(self, shares: np.ndarray) -> np.ndarray:
        """Return the weight of every indicator in every node; shape (..., indicators, nodes)."""
        shares = np.asarray(shares, dtype=float)
        first = len(self.indicators)
        result = np.zeros((*shares.shape[:-1], first, len(self.pillars) + 1))
        for node, children in enumerate(self.children):
            own = children[children < first]
            result[..., own, node] = shares[..., own]
            for pillar in children[children >= first]:
                result[..., node] += result[..., pillar - first] * shares[..., [pillar]]
        return result


def flat(indicators: list, weight: np.ndarray | None = None) -> Hierarchy:
    """Put all indicators directly below the total.

    >>> flat(["jobs", "sales"]).shares().tolist()
    [0.5, 0.5]
    """
    names = tuple(indicators)
    weight = np.ones(len(names)) if weight is None else np.asarray(weight, dtype=float)
    return Hierarchy(names, (), np.zeros(len(names), dtype=int), weight)


def build_hierarchy(
    indicators: list, pillar_of: list, weight_of: list, parents: dict, pillar_weights: dict
) -> Hierarchy:
    """Number the elements of a checked framework.

    Parameters
    ----------
    indicators : list of identifiers; pillar_of, weight_of : one entry each ("" is the total)
    parents : {pillar: its parent, "" for the total}, without circles
    pillar_weights : {pillar: weight}

    >>> tree = build_hierarchy(["a", "b"], ["P", "Q"], [1, 1], {"P": "", "Q": ""}, {"P": 1, "Q": 3})
    >>> tree.nodes, tree.to_total(tree.shares()).tolist()
    (('P', 'Q', 'total'), [0.25, 0.75, 0.25, 0.75])
    """
    pillars = _lowest_first(parents)
    place = {name: number for number, name in enumerate(pillars)} | {"": len(pillars)}
    parent = [place[name] for name in pillar_of] + [place[parents[name]] for name in pillars]
    weight = [*weight_of, *(pillar_weights[name] for name in pillars)]
    return Hierarchy(
        tuple(indicators),
        tuple(pillars),
        np.array(parent, dtype=int),
        np.array(weight, dtype=float),
    )


def _lowest_first(parents):
    """Order pillars so that each comes after those below it, else as they were given."""

    def depth(name):
        return 1 + depth(parents[name]) if name else 0

    return sorted(parents, key=lambda name: -depth(name))
