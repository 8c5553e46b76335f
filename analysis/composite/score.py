"""The evidence score: a score interval for each unit, and the rank interval that follows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analysis.composite.aggregate import power_mean
from analysis.composite.matrix import matching_bounds
from analysis.composite.missing import renormalise
from analysis.composite.normalise import NORMALISATIONS
from analysis.composite.rankings.ranks import interval_ranks, tied
from analysis.composite.weights import weight_values

if TYPE_CHECKING:
    from typing import Literal

    from analysis.composite.matrix import PerIndicator

# a normalised cell rises with its own value and never with another unit's, so that its least and
# its most are known; a z-score does not have this property
MONOTONE = ("minmax", "rank", "percentile_rank", "distance_to_best", "ratio_to_mean")
MISSING = ("bounds", "renormalise")


def evidence_score(
    low: pd.DataFrame,
    high: pd.DataFrame | None = None,
    *,
    weights: PerIndicator | None = None,
    exponent: float = 1.0,
    normalisation: str = "goalposts",
    missing: Literal["bounds", "renormalise"] = "bounds",
    min_coverage: float = 0.5,
) -> pd.DataFrame:
    """Score each cluster by its evidence, as the interval that the gaps allow.

    Parameters
    ----------
    low, high : DataFrame of float in [0, 1], clusters x components
        The least and the most that each component can count, as `evidence_bounds` returns them:
        `evidence_score(*evidence_bounds(study.components))`. Both are wanted.
    weights : mapping, Series or sequence, optional; default equal
    exponent : number; 1 arithmetic, 0 geometric, -1 harmonic
    normalisation : "goalposts" (fixed at 0 and 1: cells stay as they are), or one of "minmax",
        "rank", "percentile_rank", "distance_to_best", "ratio_to_mean", which place a cluster
        among the others; with `missing="renormalise"` also "zscore"
    missing : "bounds" (least and greatest score), or "renormalise" (open cells left out, weights
        scaled up; a cluster with less than `min_coverage` of the weight known gets no score)

    Returns a DataFrame, index cluster: score_low, score_high, rank_best, rank_worst (1 = best,
    equal scores share the better rank), coverage (share of the weight on cells that are known),
    reason (empty unless there is no score). With fixed goalposts both ends of the rank interval
    can happen; with the relative normalisations clusters share their scale, so the interval holds
    every rank that can happen but its ends may be out of reach.
    Raises ValueError for bounds outside [0, 1] or crossed, an unknown word, and a combination
    that makes no sense: zeros under a geometric mean, or a column that is constant with one
    cluster at one end of its range and all others at the opposite end of theirs.

    >>> low = pd.DataFrame({"body": [1.0, 0.0], "services": [1.0, 0.0]}, index=["a", "b"])
    >>> high = pd.DataFrame({"body": [1.0, 0.0], "services": [1.0, 1.0]}, index=["a", "b"])
    >>> evidence_score(low, high).iloc[:, :4].values.tolist()
    [[1.0, 1.0, 1, 1], [0.0, 0.5, 2, 2]]
    """
    if high is None:
        raise TypeError(
            "high is missing; wanted low and high, as evidence_bounds(study.components) returns "
            "them: evidence_score(*evidence_bounds(study.components))"
        )
    lows, highs = matching_bounds(low, high)
    _check_choices(low, lows, highs, normalisation, missing)
    known = lows == highs
    if missing == "renormalise":
        cells = _normalised(low.where(known), normalisation)
        scored = renormalise(cells, weights, exponent, min_coverage=min_coverage)
        least = most = scored["score"]
        reason = scored["reason"]
    else:
        least_cells, most_cells = _cell_bounds(low, high, normalisation)
        least = power_mean(least_cells, weights, exponent)
        most = power_mean(most_cells, weights, exponent)
        reason = ""
    least, most = tied(least.to_numpy(), most.to_numpy())
    ranks, scored = interval_ranks(least, most)
    whole = {name: pd.arrays.IntegerArray(rank, ~scored) for name, rank in ranks.items()}
    coverage = known @ weight_values(weights, low.columns)
    return pd.DataFrame(
        {"score_low": least, "score_high": most, **whole, "coverage": coverage, "reason": reason},
        index=low.index,
    )


def _check_choices(low, lows, highs, normalisation, missing):
    """Refuse unknown words, and combinations of choices that make no sense."""
    if missing not in MISSING:
        raise ValueError(f"missing is {missing!r}; allowed: {', '.join(MISSING)}")
    allowed = ("goalposts", *MONOTONE, *(("zscore",) if missing == "renormalise" else ()))
    if normalisation not in allowed:
        raise ValueError(
            f"normalisation {normalisation!r} with missing {missing!r}; allowed: "
            f"{', '.join(allowed)}"
        )
    for row, column in np.argwhere((lows < 0) | (highs > 1))[:1]:
        raise ValueError(
            f"bounds of {low.index[row]!r}, {low.columns[column]!r} are [{lows[row, column]}, "
            f"{highs[row, column]}]; wanted both in [0, 1]"
        )


def _normalised(cells, normalisation):
    return cells if normalisation == "goalposts" else NORMALISATIONS[normalisation](cells)


def _cell_bounds(low, high, normalisation):
    """Return the least and the most of each normalised cell.

    A cell is least with its own value at the low end and all others at the high end.
    """
    if normalisation == "goalposts":
        return low, high
    return _one_against_others(low, high, normalisation), _one_against_others(
        high, low, normalisation
    )


def _one_against_others(own, others, normalisation):
    """Normalise each row of `own` among the other rows of `others`.

    The methods take each column by itself, so the mixtures of all units are normalised side by
    side; if one is refused, they are tried unit by unit, to name its column.
    """
    n, m = own.shape
    units = np.arange(n)
    mixed = np.repeat(others.to_numpy(dtype=float)[:, None, :], n, axis=1)  # row, unit, column
    mixed[units, units] = own
    try:
        wide = _normalised(pd.DataFrame(mixed.reshape(n, n * m)), normalisation).to_numpy()
    except ValueError:
        for unit in units:
            _normalised(pd.DataFrame(mixed[:, unit], own.index, own.columns), normalisation)
        raise
    return pd.DataFrame(wide.reshape(n, n, m)[units, units], own.index, own.columns)
