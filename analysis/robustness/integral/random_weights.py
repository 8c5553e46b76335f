"""Weights at random around the nominal ones, on every level of a hierarchy.

A simplex of weights has no natural distribution: two are offered, and a result holds for the one
that was asked for. The same seed gives the same draws.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analysis.composite.chain.batch import totals_under
from analysis.composite.chain.integral import IntegralIndicator
from analysis.composite.chain.tree_means import PAIRWISE
from analysis.composite.indicators.hierarchy import Hierarchy
from analysis.robustness.enumeration import Run

if TYPE_CHECKING:
    from typing import Any, Literal

METHODS = ("dirichlet", "noise")


def draw_element_weights(
    hierarchy: Hierarchy,
    *,
    replicates: int = 1000,
    seed: int = 0,
    method: Literal["dirichlet", "noise"] = "dirichlet",
    concentration: float = 10.0,
    noise: float = 0.25,
    levels: Iterable[int] | None = None,
    nominal: np.ndarray | None = None,
) -> pd.DataFrame:
    """Draw the weights of all indicators and pillars around the nominal ones.

    Parameters
    ----------
    hierarchy : Hierarchy, such as `matrix.framework.hierarchy`
    replicates : how many draws; seed : of the random numbers
    method : "dirichlet", within every node a Dirichlet distribution whose mean is the nominal
        share; `concentration` 1 with equal shares is uniform over all weights, more stays closer.
        "noise": every weight times a number drawn evenly from 1 - noise to 1 + noise.
    levels : numbers of the levels whose weights are drawn, 1 for those of indicators in the
        lowest pillars; default all
    nominal : shares to draw around; default those of the hierarchy

    Returns a DataFrame, replicates x elements, sum 1 within every node, which the choice
    "weights" of `run_integral_choices` takes. What weighs nothing keeps weighing nothing. Raises
    ValueError for a word, a number or a level that is not allowed.

    >>> from analysis.composite.indicators.hierarchy import flat
    >>> draws = draw_element_weights(flat(["a", "b"]), replicates=3, seed=1)
    >>> draws.shape, draws.sum(axis=1).round(12).tolist()
    ((3, 2), [1.0, 1.0, 1.0])
    """
    shares = _drawn(hierarchy, replicates, seed, method, concentration, noise, levels, nominal)
    labels = [f"draw {number}" for number in range(1, replicates + 1)]
    return pd.DataFrame(shares, index=labels, columns=list(hierarchy.elements))


def _drawn(
    hierarchy,
    replicates,
    seed,
    method="dirichlet",
    concentration=10.0,
    noise=0.25,
    levels=None,
    nominal=None,
):
    """Draw as `draw_element_weights` does; an array."""
    _check_draws(hierarchy, replicates, method, concentration, noise, levels)
    nominal = hierarchy.shares() if nominal is None else np.asarray(nominal, dtype=float)
    chance = np.random.default_rng(seed)
    result = np.tile(nominal, (replicates, 1))
    for level, children in zip(hierarchy.level, hierarchy.children, strict=True):
        if len(children) < 2 or (levels is not None and level not in levels):
            continue
        shares, shape = nominal[children], (replicates, len(children))
        if method == "noise":
            result[:, children] = shares * chance.uniform(1 - noise, 1 + noise, shape)
        else:
            result[:, children] = chance.standard_gamma(
                concentration * len(children) * shares, shape
            )
    return _rescued(hierarchy, result, nominal)


def run_random_weights(
    result: IntegralIndicator, *, replicates: int = 1000, seed: int = 0, **how: Any
) -> Run:
    """Score all units under random weights around those of an integral indicator.

    Parameters
    ----------
    result : IntegralIndicator with arithmetic or other power means; an open gap counts its least,
        so that the run tells of weights alone
    replicates, seed, how : as in `draw_element_weights`

    Returns a Run of `replicates` combinations, for `rank_quantiles`, `rank_summary` (with
    standard errors) and `probability_ahead`.
    Raises ValueError for a ranking that is no mean or has no nominal weights, and where a unit
    has a score under some weights only.

    >>> from analysis.composite import integral_indicator
    >>> data = pd.DataFrame({"a": [1.0, 2.0, 4.0], "b": [1.0, 3.0, 2.0]}, index=list("xyz"))
    >>> from analysis.composite import indicator_matrix
    >>> result = integral_indicator(indicator_matrix(data, direction="up"))
    >>> run_random_weights(result, replicates=5, seed=1).scores.shape
    (5, 3)
    """
    settings, tree = result.settings, result.hierarchy
    if isinstance(settings.aggregation, str) and settings.aggregation in PAIRWISE:
        raise ValueError(
            f"random weights are for means, not for {settings.aggregation}: give draws of "
            "draw_element_weights to run_integral_choices"
        )
    if result.nodes.nominal.ndim > 1 or settings.weights == "benefit_of_the_doubt":
        raise ValueError("benefit of the doubt has no nominal weights to draw around")
    shares = _drawn(tree, replicates, seed, nominal=result.nodes.nominal, **how)
    scores = totals_under(result, shares)
    scored = ~np.isnan(scores).all(axis=0)
    scores = scores[:, scored]
    if np.isnan(scores).any():
        unit = result.matrix.values.index[scored][np.isnan(scores).any(axis=0)][0]
        raise ValueError(
            f"{unit!r} has a score under some weights only: fill its gaps, or lower min_coverage"
        )
    plan = pd.DataFrame({"weights": np.arange(1, replicates + 1)})
    clusters = tuple(result.matrix.values.index[scored])
    return Run(plan, plan.iloc[:0].assign(reason=""), scores, clusters, {"weights": 1}, True)


def _check_draws(hierarchy, replicates, method, concentration, noise, levels):
    if isinstance(replicates, bool) or not isinstance(replicates, int) or replicates < 2:
        raise ValueError(f"replicates is {replicates!r}; wanted at least two draws")
    if method not in METHODS:
        raise ValueError(f"method is {method!r}; allowed: {', '.join(METHODS)}")
    if not 0 < concentration < np.inf:
        raise ValueError(f"concentration is {concentration!r}; wanted a positive number")
    if not 0 < noise <= 1:
        raise ValueError(f"noise is {noise!r}; wanted a share above 0, at most 1")
    known = set(hierarchy.level.tolist())
    unknown = [] if levels is None else [level for level in levels if level not in known]
    if unknown:
        raise ValueError(
            f"levels has {unknown[0]!r}; there are: {', '.join(map(str, sorted(known)))}"
        )


def _rescued(hierarchy, drawn, nominal):
    """Scale draws to sum 1 within every node; a node whose numbers all vanished stays nominal."""
    for children in hierarchy.children:
        own = drawn[:, children]
        total = own.sum(axis=1, keepdims=True)
        drawn[:, children] = np.where(
            total > 0, own / np.where(total > 0, total, 1), nominal[children]
        )
    return drawn
