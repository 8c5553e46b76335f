"""Scores of every node: weights are chosen, cells are checked, and means aggregated upwards."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analysis.composite.aggregate import mean_values
from analysis.composite.chain.level_weights import (
    BENEFIT,
    EQUAL,
    GIVEN,
    benefit_weights,
    chosen_weights,
    schemes_by_node,
)
from analysis.composite.chain.tree_means import (
    PAIRWISE,
    SLACK,
    check_cells,
    exponents_by_node,
    reported_mean,
    thresholds_by_node,
)
from analysis.composite.indicators.framework import FrameworkError
from analysis.composite.outliers.skewness import BLOCK
from analysis.composite.rankings.kemeny_ranking import kemeny
from analysis.composite.rankings.pairwise import copeland

if TYPE_CHECKING:
    from analysis.composite.chain.integral import Settings
    from analysis.composite.chain.scale import Scaled
    from analysis.composite.indicators.hierarchy import Hierarchy

SEVERAL_ORDERS = "several orders agree with as many pairs: ranks span all of them"
OBSERVED_SCALE = "an open gap is placed on the scale of the values that were observed"


@dataclass(frozen=True, eq=False, repr=False)
class NodeScores:
    """Scores of pillars and total, and the weights that made them."""

    low: np.ndarray  # (units, nodes); NaN where there is no score
    high: np.ndarray
    shares: np.ndarray  # (elements,), or (units, elements) where units are weighed differently
    nominal: np.ndarray  # (elements,): before anything was left out; sum 1 in every node
    arithmetic: bool  # contributions add up
    notes: tuple = ()
    ranks: np.ndarray | None = None  # (units, 2): best and worst of the total, if not by its scores

    def __repr__(self):
        """Summarise the contents."""
        return "NodeScores({} units x {} nodes)".format(*self.low.shape)


def score_nodes(
    scaled: Scaled,
    hierarchy: Hierarchy,
    settings: Settings,
    units: pd.Index,
    memo: dict | None = None,
) -> NodeScores:
    """Average normalised values up the hierarchy, as `settings` says.

    `memo` is a dict that may be given again with the same scaled values and gaps: it keeps the
    weights that were drawn from indicators. Returns a NodeScores. Raises FrameworkError or
    ValueError for cells, weights or words that do not go together.
    """
    missing = np.isnan(scaled.values).any()
    interval = missing and settings.gaps not in ("renormalise", "low end", "high end")
    if isinstance(settings.aggregation, str) and settings.aggregation in PAIRWISE:
        low, high = gap_ends(scaled, settings.gaps)
        nodes = _pairwise(low, high, hierarchy, settings, units, memo)
    else:
        nodes = _means(scaled, missing, hierarchy, settings, units, memo)
    if interval and settings.normalisation != "minmax":
        return replace(nodes, notes=(*nodes.notes, OBSERVED_SCALE))
    return nodes


def _means(scaled, missing, hierarchy, settings, units, memo):
    """Aggregate upwards: all nodes at once if the means are linear, else node by node."""
    exponents = exponents_by_node(hierarchy, settings.aggregation)
    schemes, own = schemes_by_node(hierarchy, settings.weights)
    fixed = all(scheme in (GIVEN, EQUAL) for scheme in schemes)
    if fixed and (exponents == 1).all() and not (missing and settings.gaps == "renormalise"):
        shares = hierarchy.shares(own)
        ends = _linear(scaled, missing, settings.gaps, hierarchy.to_nodes(shares))
        return NodeScores(*ends, shares, shares, True)
    way = _Upwards(hierarchy, schemes, own, exponents, settings, units)
    way.memo = {} if memo is None else memo
    return way.run(*gap_ends(scaled, settings.gaps))


def _linear(scaled, missing, gaps, to_nodes):
    """Return (low, high) scores of all nodes; block by block where gaps are filled on the way."""
    if not missing:
        scores = scaled.values @ to_nodes
        return scores, scores
    size = max(BLOCK // len(to_nodes), 1)
    parts = [
        [end @ to_nodes for end in gap_ends(scaled, gaps, slice(at, at + size))]
        for at in range(0, len(scaled.values), size)
    ]
    low, high = (np.concatenate(blocks) for blocks in zip(*parts, strict=True))
    return (low, low) if gaps in ("low end", "high end") else (low, high)


def gap_ends(
    scaled: Scaled, gaps: str, rows: slice | np.ndarray = slice(None)
) -> tuple[np.ndarray, np.ndarray]:
    """Return normalised values with gaps at their least and at their most, or left out.

    Both are the same array where no gap is open. `rows` takes a part of the units.
    """
    values = scaled.values[rows]
    missing = np.isnan(values)
    if not missing.any() or gaps == "renormalise":
        return values, values
    low = np.where(missing, scaled.least, values)
    if gaps == "low end":
        return low, low
    high = np.where(missing, scaled.most, values)
    return (high, high) if gaps == "high end" else (low, high)


class _Upwards:
    """One way up the hierarchy, node by node."""

    def __init__(self, hierarchy, schemes, own, exponents, settings, units):
        self.tree, self.schemes, self.exponents = hierarchy, schemes, exponents
        self.settings, self.units = settings, units
        self.nominal = hierarchy.shares(own)
        self.thresholds = thresholds_by_node(hierarchy, settings.min_coverage)
        self.notes = []

    def run(self, low, high):
        """Return the NodeScores of complete ends, or of values with gaps left out."""
        n, nodes = len(low), len(self.tree.nodes)
        ends = [(low, np.empty((n, nodes)))]
        if high is not low:
            ends.append((high, np.empty((n, nodes))))
        by_unit = np.isnan(low).any() or BENEFIT in self.schemes
        shares = np.tile(self.nominal, (n, 1)) if by_unit else self.nominal.copy()
        known = coverage = None
        if np.isnan(low).any():
            known, coverage = (~np.isnan(low)).astype(float), np.empty((n, nodes))
        for node, children in enumerate(self.tree.children):
            cells = [self._gather(*end, children) for end in ends]
            weights = self._weights(node, children, cells)
            there = None
            if known is not None:
                there = self._gather(known, coverage, children) @ self.nominal[children]
                coverage[:, node] = there
            for (_, scores), own in zip(ends, cells, strict=True):
                scores[:, node], used = self._mean(node, own, weights, there)
            shares[..., children] = used
        return NodeScores(
            ends[0][1],
            ends[-1][1],
            shares,
            self.nominal,
            bool((self.exponents == 1).all()),
            tuple(self.notes),
        )

    def _gather(self, values, scores, children):
        first = len(self.tree.indicators)
        if children[-1] < first:
            return values[:, children]
        if children[0] >= first:
            return scores[:, children - first]
        indicators, pillars = children[children < first], children[children >= first] - first
        return np.hstack([values[:, indicators], scores[:, pillars]])

    def _weights(self, node, children, cells):
        """Return the weights of the node's children, (children,) or (units, children)."""
        scheme, name = self.schemes[node], self.tree.nodes[node]
        if scheme in (GIVEN, EQUAL):
            return self.nominal[children]
        names = [self.tree.elements[child] for child in children]
        closed = cells[0]
        if len(cells) > 1:
            closed = np.where(cells[0] == cells[-1], cells[0], np.nan)
        if scheme == BENEFIT:
            return self._benefit(closed, names, name)
        found = self.memo.get((scheme, name))
        if found is None:
            found = chosen_weights(scheme, closed, names, name, self.units)
            # weights of pillars depend on the means below
            if children[-1] < len(self.tree.indicators):
                self.memo[scheme, name] = found
        if np.isnan(closed).any():
            left = int(np.isnan(closed).any(axis=1).sum())
            self.notes.append(f"weights of {name}: from {len(closed) - left} units without a gap")
        self.nominal[children] = found
        return found

    def _benefit(self, cells, names, name):
        weights = benefit_weights(cells, names, name, self.settings.shares)
        shares = weights / weights.sum(axis=1, keepdims=True)
        self.nominal[self.tree.children[self.tree.nodes.index(name)]] = shares.mean(axis=0)
        top = self.settings.scale[1] if self.settings.normalisation == "minmax" else 1.0
        return weights * top  # a score of 1 is the top of the scale

    def _mean(self, node, cells, weights, coverage):
        """Return (scores, the weights that made them)."""
        exponent = self.exponents[node]
        names = [self.tree.elements[child] for child in self.tree.children[node]]
        check_cells(cells, names, exponent, self.tree.nodes[node], self.units, self.settings.scale)
        if self.schemes[node] == BENEFIT:
            if exponent != 1:
                raise ValueError("benefit of the doubt is a weighted sum: take the arithmetic mean")
            return (cells * weights).sum(axis=1), weights
        if coverage is None or not np.isnan(cells).any():
            scores, used = mean_values(cells, weights, exponent), weights
        else:
            scores, used = reported_mean(cells, weights, exponent)
        if coverage is None:
            return scores, used
        return np.where(self._enough(node, cells, coverage), scores, np.nan), used

    def _enough(self, node, cells, coverage):
        settings = self.settings
        if settings.coverage_by == "children":
            coverage = (~np.isnan(cells)).mean(axis=1)
        return coverage >= self.thresholds[node] - SLACK


def _pairwise(low, high, hierarchy, settings, units, memo):
    """Rank by pairwise comparison of the indicators, with their weights in each node."""
    missing = np.isnan(low) | (low != high)
    if missing.any():
        row, column = np.argwhere(missing)[0]
        more = int(missing.sum()) - 1
        are_open = f"and {more} more are open" if more else "is open"
        raise FrameworkError(
            [
                f"{settings.aggregation} compares pair by pair and wants every cell; "
                f"{hierarchy.indicators[column]!r} of unit {units[row]!r} "
                f"{are_open}: fill the gaps first"
            ]
        )
    shares = _shares(low, hierarchy, settings, units, memo)
    to_nodes = hierarchy.to_nodes(shares)
    rank = _by_copeland if settings.aggregation == "copeland" else _by_kemeny
    return rank(low, shares, to_nodes)


def _by_copeland(cells, shares, to_nodes):
    """Score every node by wins less defeats, pair by pair."""
    scores = np.empty((len(cells), to_nodes.shape[1]))
    for node, weights in enumerate(to_nodes.T):
        below = weights > 0
        compared = copeland(pd.DataFrame(cells[:, below]), weights[below])
        scores[:, node] = compared["score"]
    return NodeScores(scores, scores, shares, shares, False)


def _by_kemeny(cells, shares, to_nodes):
    """Score the total by how many units rank below each: at least, and at most, in a best order."""
    below = to_nodes[:, -1] > 0
    found = kemeny(pd.DataFrame(cells[:, below]), to_nodes[below, -1])
    ranks = found.ranks.to_numpy()
    low, high = (np.full((len(cells), to_nodes.shape[1]), np.nan) for _ in range(2))
    low[:, -1], high[:, -1] = len(cells) - ranks[:, 1], len(cells) - ranks[:, 0]
    notes = ("kemeny ranks the total only", *[SEVERAL_ORDERS] * (not found.unique))
    return NodeScores(low, high, shares, shares, False, notes, ranks)


def _shares(cells, hierarchy, settings, units, memo):
    """Return the weights of a comparison by pairs; those from the data as of arithmetic means."""
    schemes, own = schemes_by_node(hierarchy, settings.weights)
    if all(scheme in (GIVEN, EQUAL) for scheme in schemes):
        return hierarchy.shares(own)
    if BENEFIT in schemes:
        raise ValueError(
            f"{settings.aggregation} compares units under the same weights, and benefit of the "
            "doubt gives each its own"
        )
    exponents = np.ones(len(hierarchy.nodes))
    way = _Upwards(hierarchy, schemes, own, exponents, settings, units)
    way.memo = {} if memo is None else memo
    return way.run(cells, cells).nominal
