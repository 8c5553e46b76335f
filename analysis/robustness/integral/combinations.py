"""The scores of all combinations of one run: what combinations share is done once.

Totals under weights that are fixed are computed together. What makes no sense has no score, and its
reason.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analysis.composite.chain.batch import batch_totals
from analysis.composite.chain.gaps import FILLED, check_gaps, fill_gaps
from analysis.composite.chain.level_weights import EQUAL, GIVEN, schemes_by_node
from analysis.composite.chain.nodes import gap_ends, score_nodes
from analysis.composite.chain.scale import Scaled, check_scale, normalise
from analysis.composite.chain.tree_means import PAIRWISE, check_cells, exponents_by_node
from analysis.composite.indicators.framework import FrameworkError
from analysis.composite.outliers.treatment import check_treatment, treat
from analysis.robustness.enumeration import copeland_scores

if TYPE_CHECKING:
    from analysis.composite.chain.integral import Settings
    from analysis.composite.indicators.screening import IndicatorMatrix

INTERVAL = "an interval is no single score: take 'low end' and 'high end' as two alternatives"
STILL_MISSING = "{!r} of {!r} is still open: this method cannot fill it"
NO_SCORE = "{!r} has no score: less of what counts is reported than min_coverage, {}, asks for"


class Combinations:
    """All combinations of one run, in the order of `cross`: the last choice moves fastest."""

    def __init__(
        self, matrix: IndicatorMatrix, choices: dict, settings: Settings, given: dict
    ) -> None:
        """Check every word; `choices` is {step: {label: thing}}, `given` what the user wrote."""
        self.matrix, self.choices, self.settings = matrix, choices, settings
        self.tree, self.units = matrix.framework.hierarchy, matrix.values.index
        self.draws = isinstance(given.get("weights"), pd.DataFrame)
        self.treated, self.scaled = {}, {}  # what combinations share
        self._check()
        self.weights = self._fixed_weights(given)

    def _check(self):
        """Refuse every unknown word at once."""
        problems = []
        checks = {
            "gaps": check_gaps,
            "weights": self._check_weights,
            "aggregation": self._exponents,
            "treatment": lambda word: check_treatment(word, self.tree.indicators),
            "normalisation": lambda word: check_scale(word, self.settings.scale, "refuse"),
        }
        for step, check in checks.items():
            for thing in self.choices[step].values():
                try:
                    check(thing)
                except (ValueError, TypeError) as refusal:
                    problems.append(str(refusal))
        if problems:
            raise ValueError("\n".join(dict.fromkeys(problems)))

    def _check_weights(self, thing):
        if not isinstance(thing, np.ndarray):
            schemes_by_node(self.tree, thing)

    def _exponents(self, thing):
        """Return the exponents of a mean; None for a comparison by pairs."""
        if isinstance(thing, str) and thing in PAIRWISE:
            return None
        return exponents_by_node(self.tree, thing)

    def _fixed_weights(self, given):
        """Return shares of the alternatives that data do not choose; None for the others."""
        if self.draws:
            return _shares_of_draws(self.tree, given["weights"])
        fixed = []
        for thing in self.choices["weights"].values():
            schemes, own = schemes_by_node(self.tree, thing)
            plain = all(scheme in (GIVEN, EQUAL) for scheme in schemes)
            fixed.append(self.tree.shares(own) if plain else None)
        return fixed

    def run(self) -> tuple[np.ndarray, np.ndarray]:
        """Return (scores, reasons): shapes (combinations, units) and (combinations,)."""
        counts = [len(things) for things in self.choices.values()]
        scores = np.full((*counts, len(self.units)), np.nan)
        reasons = np.full(counts, "", dtype=object)
        for g, gaps in enumerate(self.choices["gaps"].values()):
            values, why = self._filled(gaps)
            if why:
                reasons[:, g] = why
                continue
            for t, treatment in enumerate(self.choices["treatment"].values()):
                for n, method in enumerate(self.choices["normalisation"].values()):
                    scaled, why = self._scaled(values, gaps, treatment, method)
                    if why:
                        reasons[t, g, n] = why
                    else:
                        self._totals(scaled, gaps, method, scores[t, g, n], reasons[t, g, n])
        return scores.reshape(-1, len(self.units)), reasons.ravel()

    def _filled(self, gaps):
        """Return (values, why not)."""
        values = self.matrix.values.to_numpy(dtype=float, na_value=np.nan)
        open_cells = np.isnan(values)
        if gaps in FILLED and open_cells.any():
            try:
                settings = self.settings
                values, _ = fill_gaps(self.matrix, gaps, within=settings.within, seed=settings.seed)
            except ValueError as refusal:
                return values, str(refusal)
            open_cells = np.isnan(values)
            for row, column in np.argwhere(open_cells)[:1]:
                return values, STILL_MISSING.format(self.tree.indicators[column], self.units[row])
        if gaps == "interval" and open_cells.any():
            return values, INTERVAL
        return values, ""

    def _scaled(self, values, gaps, treatment, method):
        """Return (Scaled, why not); gaps that are left open share what was done once."""
        place = (gaps if gaps in FILLED else "", str(treatment))
        if place not in self.treated:
            rule = self.settings.rule
            self.treated[place] = treat(values, self.tree.indicators, treatment, rule)
        if (*place, method) not in self.scaled:
            self.scaled[*place, method] = self._normalised(values, self.treated[place], method)
        return self.scaled[*place, method]

    def _normalised(self, values, treated, method):
        try:
            scaled = normalise(
                values,
                self.matrix.framework,
                method,
                treated=treated,
                scale=self.settings.scale,
                beyond=self.settings.beyond,
                year=self.matrix.year,
                units=self.units,
            )
        except FrameworkError as refusal:
            return None, _short(refusal)
        return scaled, ""

    def _totals(self, scaled, gaps, method, scores, reasons):
        """Fill in the scores (weights, aggregation, units) of one normalised matrix."""
        cells, _ = gap_ends(scaled, gaps)
        fixed = np.flatnonzero([shares is not None for shares in self.weights])
        others = np.setdiff1d(np.arange(len(self.weights)), fixed)
        memo = {}
        for a, aggregation in enumerate(self.choices["aggregation"].values()):
            if len(fixed):
                shares = np.array([self.weights[at] for at in fixed])
                totals, why = self._batch(cells, shares, aggregation, gaps)
                scores[fixed, a], reasons[fixed, a] = totals, why
            for at in others:
                thing = list(self.choices["weights"].values())[at]
                scores[at, a], reasons[at, a] = self._one(
                    scaled, gaps, method, thing, aggregation, memo
                )

    def _batch(self, cells, shares, aggregation, gaps):
        """Return (totals of every row of weights, why not)."""
        exponents, settings = self._exponents(aggregation), self.settings
        if exponents is None:
            if aggregation == "kemeny" or np.isnan(cells).any():
                rows = [self._pairwise(cells, row, aggregation) for row in shares]
                return np.array([row for row, _ in rows]), [why for _, why in rows]
            weights = self.tree.to_total(shares)[:, : cells.shape[1]]
            return copeland_scores(cells, weights), ""
        try:
            for exponent in np.unique(exponents):
                check_cells(
                    cells, self.tree.indicators, exponent, "mean", self.units, settings.scale
                )
        except FrameworkError as refusal:
            return np.nan, _short(refusal)
        threshold = settings.min_coverage if gaps == "renormalise" else 0.0
        totals = batch_totals(
            cells,
            self.tree,
            shares,
            exponents,
            min_coverage=threshold,
            coverage_by=settings.coverage_by,
        )
        for unit in np.flatnonzero(np.isnan(totals).any(axis=0))[:1]:
            missing = np.isnan(totals).any(axis=1)
            why = NO_SCORE.format(self.units[unit], threshold)
            return totals, np.where(missing, why, "").astype(object)
        return totals, ""

    def _pairwise(self, cells, shares, aggregation):
        """Rank one matrix by pairs under one row of weights."""
        own = dict(zip(self.tree.elements, shares.tolist(), strict=True))
        nothing = np.full(cells.shape[1], np.nan)
        scaled = Scaled(cells, nothing, nothing, nothing, nothing)
        return self._one(scaled, "renormalise", "minmax", own, aggregation)

    def _one(self, scaled, gaps, method, weights, aggregation, memo=None):
        """Return (totals, why not) of one combination."""
        settings = replace(
            self.settings,
            gaps=gaps,
            normalisation=method,
            weights=weights,
            aggregation=aggregation,
        )
        try:
            totals = score_nodes(scaled, self.tree, settings, self.units, memo).low[:, -1]
        except (FrameworkError, ValueError) as refusal:
            return np.full(len(self.units), np.nan), _short(refusal)
        for unit in np.flatnonzero(np.isnan(totals))[:1]:
            return totals, NO_SCORE.format(self.units[unit], settings.min_coverage)
        return totals, ""


def _short(refusal):
    """Give the first problem of a refusal, and how many more there are."""
    problems = getattr(refusal, "problems", (str(refusal),))
    more = len(problems) - 1
    return problems[0] + (f" (and {more} more)" if more else "")


def _shares_of_draws(tree, draws):
    """Scale drawn weights, one row per draw and one column per element, within every node."""
    missing = [name for name in tree.elements if name not in draws.columns]
    if missing or len(draws.columns) != len(tree.elements):
        raise KeyError(f"weights lack {missing}; wanted a column for every indicator and pillar")
    values = draws[list(tree.elements)].to_numpy(dtype=float)
    if not (values >= 0).all():
        raise ValueError("weights that were drawn are below zero or missing")
    return tree.shares(values)
