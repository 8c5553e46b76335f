"""The integral indicator: gaps, outliers, scale, weights and means of one matrix, step by step.

The order is fixed: direction, denominators and coverage (in `indicator_matrix`), then gaps,
outliers, scale, weights, means. Every step is held and can be looked at.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace
from functools import cached_property
from typing import TYPE_CHECKING, Literal

import numpy as np
import pandas as pd

from analysis.composite.chain import tables
from analysis.composite.chain.gaps import FILLED, check_gaps, fill_gaps
from analysis.composite.chain.level_weights import schemes_by_node
from analysis.composite.chain.nodes import NodeScores, score_nodes
from analysis.composite.chain.scale import Scaled, check_scale, normalise
from analysis.composite.chain.tree_means import (
    PAIRWISE,
    exponents_by_node,
    thresholds_by_node,
)
from analysis.composite.indicators.hierarchy import Hierarchy
from analysis.composite.indicators.screening import IndicatorMatrix
from analysis.composite.indicators.selection import indicator_matrix
from analysis.composite.outliers.treatment import Rule, Treated, check_treatment, moved_cells, treat
from analysis.tidy.showing import shown

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any


@dataclass(frozen=True, kw_only=True)
class Settings:
    """Every choice of the chain; the defaults change nothing that was observed.

    gaps : "interval" (the least and the greatest score that they allow), "renormalise" (left out,
        the other weights scaled up), "low end", "high end", "last observation" (within so many
        years), "mean", "median", "group mean", "group median", "regression"
    min_coverage, coverage_by : for "renormalise": the share that a pillar or the total must have
        for a score, by "weight" of what was observed below it or by number of "children"; one
        number, or {node: number}
    treatment : "none", "winsorise", "log", "box-cox", "winsorise else log",
        "winsorise else box-cox"; or {indicator: one of these}
    rule : when a column has outliers and how many values may be moved
    normalisation : "minmax" (goalposts where given, else the observed range), "zscore", "rank",
        "percentile_rank", "distance_to_best", "ratio_to_mean", "none"
    scale : ends of the min-max scale; beyond : "refuse" or "clip" values beyond their goalposts
    weights : "given", "equal", "correlation", "first_component", "entropy", "critic",
        "benefit_of_the_doubt"; a list, one per level, the lowest first; or {element: weight}
    shares : least and greatest share of each weight under "benefit_of_the_doubt"
    aggregation : "arithmetic", "geometric", "harmonic" or an exponent; a list, one per level; or
        {node: one of these}; "copeland" or "kemeny" on the indicators
    seed : of the draws of "regression"
    """

    gaps: str = "interval"
    within: int = 1
    min_coverage: Any = 0.5
    coverage_by: Literal["weight", "children"] = "weight"
    treatment: str | Mapping[str, str] = "none"
    rule: Rule = field(default_factory=Rule)
    normalisation: str = "minmax"
    scale: tuple = (0, 100)
    beyond: Literal["refuse", "clip"] = "refuse"
    weights: str | Sequence[str] | Mapping[str, float] | pd.Series = "given"
    shares: tuple = (0.0, 1.0)
    aggregation: str | float | Sequence[str | float] | Mapping[str, str | float] = "arithmetic"
    seed: int = 0


@dataclass(frozen=True, eq=False)
class IntegralIndicator:
    """One score per unit, and every step that led to it."""

    matrix: IndicatorMatrix
    settings: Settings
    filled: np.ndarray  # (units, indicators): after gaps were filled; NaN where still open
    imputed: pd.DataFrame | None  # every cell that was filled
    treated: Treated
    scaled: Scaled
    nodes: NodeScores  # scores and weights of pillars and total

    @property
    def hierarchy(self) -> Hierarchy:
        """What belongs to what: see `hierarchy`."""
        return self.matrix.framework.hierarchy

    @cached_property
    def ranking(self) -> pd.DataFrame:
        """Scores and ranks of the units, best first.

        Index cluster: name, score_low, score_high, rank_best, rank_worst, coverage, imputed,
        reason.
        """
        return tables.ranking(self)

    @cached_property
    def scores(self) -> pd.DataFrame:
        """Scores and ranks of every unit, for the total and every pillar: integral.csv."""
        return tables.scores(self)

    @cached_property
    def steps(self) -> pd.DataFrame:
        """The value of every cell after each step: integral_steps.csv."""
        return tables.steps(self)

    @property
    def treatment(self) -> pd.DataFrame:
        """Skewness and kurtosis of every indicator before and after: integral_treatment.csv."""
        return self.treated.table

    @cached_property
    def changes(self) -> pd.DataFrame:
        """List every cell that was imputed or treated: cluster, indicator, step, before, after."""
        moved = moved_cells(
            self.treated, self.filled, self.matrix.values.index, self.hierarchy.indicators
        )
        parts = [part for part in (self.imputed, moved) if part is not None and len(part)]
        return pd.concat(parts, ignore_index=True) if parts else moved

    @cached_property
    def weights(self) -> pd.DataFrame:
        """Nominal weights: element, level, parent, weight in its node and in the total."""
        return tables.weights(self)

    @cached_property
    def normalised(self) -> pd.DataFrame:
        """Normalised values, units x indicators; NaN where a gap is open."""
        return tables.frame(self, self.scaled.values)

    @cached_property
    def contributions(self) -> tuple[pd.DataFrame, pd.DataFrame]:
        """What each indicator adds to a unit's total, (low, high): two frames that add up.

        Empty cells where the mean is not arithmetic: its parts do not add up.
        """
        low, high = tables.contributions(self)
        return tables.frame(self, low), tables.frame(self, high)

    def table(self, name: str) -> pd.DataFrame:
        """Return one step as a table: see `TABLES`."""
        if name not in TABLES:
            raise KeyError(f"no step {name!r}; there are: {', '.join(TABLES)}")
        return TABLES[name](self)

    def __bool__(self) -> Literal[True]:
        """Be true, where `NoIntegral` is false."""
        return True

    def __repr__(self):
        """Say in one line what was done, and who is first."""
        settings = self.settings
        first = self.ranking.index[self.ranking["rank_best"].eq(1)]
        leaders = ", ".join(map(str, first[:3])) + (" ..." if len(first) > 3 else "")
        return (
            f"IntegralIndicator({len(self.matrix.values)} units, "
            f"{len(self.hierarchy.indicators)} indicators, {len(self.hierarchy.pillars)} pillars; "
            f"gaps {settings.gaps}, treatment {settings.treatment}, {settings.normalisation}, "
            f"weights {settings.weights}, {settings.aggregation}; can be first: {leaders})"
        )

    def _repr_html_(self):
        """Show the ranking, and what was not said."""
        notes = "; ".join([*self.matrix.notes, *self.nodes.notes])
        return f"<p>{notes}</p>\n{shown(self.ranking)._repr_html_()}"


TABLES = {
    "left out": lambda result: result.matrix.left_out,
    "gaps": lambda result: result.matrix.gaps,
    "raw": lambda result: result.matrix.raw,
    "denominated": lambda result: result.matrix.values,
    "filled": lambda result: tables.frame(result, result.filled),
    "treatment": lambda result: result.treatment,
    "treated": lambda result: tables.treated_values(result),
    "normalised": lambda result: result.normalised,
    "weights": lambda result: result.weights,
    "changes": lambda result: result.changes,
    "scores": lambda result: result.scores,
    "ranking": lambda result: result.ranking,
    "steps": lambda result: result.steps,
}


def integral_indicator(
    matrix: IndicatorMatrix | pd.DataFrame, settings: Settings | None = None, **choices: Any
) -> IntegralIndicator:
    """Aggregate a matrix of indicators to one score per unit, and keep every step.

    Parameters
    ----------
    matrix : IndicatorMatrix, or what `indicator_matrix` takes with its defaults
    settings : Settings, optional; choices : fields of Settings that differ from it, and those of
        Rule (max_skewness, max_kurtosis, max_points, keep_failed)

    Returns an IntegralIndicator. Raises FrameworkError or ValueError with everything that is
    wrong in a step: columns without range, values beyond their goalposts, cells that a mean does
    not take, words that are not allowed.

    >>> data = pd.DataFrame({"jobs": [1.0, 3.0, 2.0], "waste": [5.0, 9.0, np.nan]},
    ...     index=["a", "b", "c"])
    >>> matrix = indicator_matrix(data, direction={"jobs": "up", "waste": "down"})
    >>> integral_indicator(matrix).ranking.iloc[:, 1:5].values.tolist()
    [[50.0, 50.0, 1, 2], [50.0, 50.0, 1, 2], [25.0, 75.0, 1, 3]]
    """
    if not isinstance(matrix, IndicatorMatrix):
        matrix = indicator_matrix(matrix)
    settings = settings_with(settings, choices)
    check_settings(matrix, settings)
    hierarchy = matrix.framework.hierarchy
    imputed = None
    values = matrix.values.to_numpy(dtype=float, na_value=np.nan)
    if settings.gaps in FILLED:
        values, imputed = fill_gaps(
            matrix, settings.gaps, within=settings.within, seed=settings.seed
        )
    treated = treat(values, hierarchy.indicators, settings.treatment, settings.rule)
    units = matrix.values.index
    scaled = normalise(
        values,
        matrix.framework,
        settings.normalisation,
        treated=treated,
        scale=settings.scale,
        beyond=settings.beyond,
        year=matrix.year,
        units=units,
    )
    nodes = score_nodes(scaled, hierarchy, settings, units)
    return IntegralIndicator(matrix, settings, values, imputed, treated, scaled, nodes)


def check_settings(matrix: IndicatorMatrix, settings: Settings) -> None:
    """Refuse words and numbers that are not allowed, all at once."""
    tree = matrix.framework.hierarchy
    checks = [
        lambda: check_gaps(settings.gaps),
        lambda: thresholds_by_node(tree, settings.min_coverage, settings.coverage_by),
        lambda: check_treatment(settings.treatment, tree.indicators),
        lambda: settings.rule.check(),
        lambda: check_scale(settings.normalisation, settings.scale, settings.beyond),
        lambda: schemes_by_node(tree, settings.weights),
        lambda: _check_aggregation(tree, settings.aggregation),
    ]
    problems = []
    for check in checks:
        try:
            check()
        except (ValueError, TypeError) as refusal:
            problems.append(str(refusal))
    if problems:
        raise ValueError("\n".join(problems))


def _check_aggregation(tree, aggregation):
    if not (isinstance(aggregation, str) and aggregation in PAIRWISE):
        exponents_by_node(tree, aggregation)


def settings_with(settings: Settings | None, choices: dict) -> Settings:
    """Return settings with some choices changed; refuse unknown names."""
    settings = settings or Settings()
    names = [each.name for each in fields(Settings)]
    of_rule = [each.name for each in fields(Rule) if each.name != "rule"]
    unknown = [name for name in choices if name not in names and name not in of_rule]
    if unknown:
        raise TypeError(
            f"no choice is called {', '.join(map(repr, unknown))}; there are: "
            f"{', '.join([*names, *of_rule])}"
        )
    rule = choices.pop("rule", settings.rule)
    named: dict[str, Any] = {"rule": rule}
    rule = replace(settings.rule, **named) if isinstance(rule, str) else rule
    rule = replace(rule, **{name: choices.pop(name) for name in of_rule if name in choices})
    return replace(settings, rule=rule, **choices)
