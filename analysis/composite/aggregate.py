"""Aggregation: one score per unit from normalised indicators, as a weighted power mean.

Nothing is skipped: an empty cell is refused here, and `missing` says what can be done about it.
"""

from __future__ import annotations

from numbers import Real
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analysis.composite.matrix import matrix_values
from analysis.composite.weights import weight_values

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from numpy.typing import ArrayLike

    from analysis.composite.matrix import PerIndicator


def power_mean(
    scores: pd.DataFrame, weights: PerIndicator | None = None, exponent: float = 1.0
) -> pd.Series:
    """Average the indicators of each unit: arithmetic 1, geometric 0, harmonic -1.

    The lower the exponent, the less a strong indicator makes up for a weak one.

    Parameters
    ----------
    scores : DataFrame of float, units x indicators, complete, normalised, more is better
    weights : mapping, Series or sequence, optional; default equal; scaled to sum 1
    exponent : finite number

    Returns a Series, index unit, in the unit of the scores. Raises ValueError for an empty cell,
    for a negative one when the exponent is not 1, and for a zero when it is 0 or less: the mean
    of such values is undefined, or zero whatever the others are.
    Formula: (sum w x^p)^(1/p), and exp(sum w ln x) at p = 0. Source: Hardy, Littlewood, Polya
    (1934), Inequalities, ch. 2; OECD/JRC (2008), Handbook, step 7.

    >>> scores = pd.DataFrame({"jobs": [1.0, 0.5], "sales": [4.0, 0.5]}, index=["a", "b"])
    >>> [power_mean(scores, exponent=p).round(6).to_dict() for p in (1, 0, -1)]
    [{'a': 2.5, 'b': 0.5}, {'a': 2.0, 'b': 0.5}, {'a': 1.6, 'b': 0.5}]
    """
    values = matrix_values(scores, name="scores")
    shares = weight_values(weights, scores.columns)
    check_domain(values, scores.index, scores.columns, exponent)
    return pd.Series(mean_values(values, shares, exponent), index=scores.index, name="score")


def contributions(
    scores: pd.DataFrame, weights: PerIndicator | None = None, exponent: float = 1.0
) -> pd.DataFrame:
    """Decompose each unit's score into the contributions of its indicators.

    Returns a DataFrame like `scores`, w x^p. Its rows sum to the score for the arithmetic mean;
    for the geometric mean the cells are w ln x and sum to the logarithm of the score; for another
    exponent p they sum to the score to the power of p. Errors as in `power_mean`.
    `weights` are as in `power_mean`. Raises ValueError, too, where the powers are too large to
    add up.

    >>> scores = pd.DataFrame({"jobs": [1.0], "sales": [0.5]}, index=["a"])
    >>> contributions(scores, weights={"jobs": 1, "sales": 3}).loc["a"].to_dict()
    {'jobs': 0.25, 'sales': 0.375}
    """
    values = matrix_values(scores, name="scores")
    shares = weight_values(weights, scores.columns)
    check_domain(values, scores.index, scores.columns, exponent)
    with np.errstate(over="ignore"):
        parts = shares * (np.log(values) if exponent == 0 else values ** float(exponent))
    if not np.isfinite(parts).all():
        raise ValueError(f"exponent {exponent} makes powers of these scores too large to add up")
    return pd.DataFrame(parts, index=scores.index, columns=scores.columns)


def levels(
    scores: pd.DataFrame,
    groups: dict | Sequence[dict],
    *,
    weights: Sequence[PerIndicator | None] | None = None,
    exponents: float | Sequence[float] = 1.0,
) -> pd.DataFrame:
    """Aggregate the indicators within groups, the groups within larger groups, up to one score.

    Parameters
    ----------
    scores : DataFrame of float, units x indicators, complete
    groups : mapping {group: [members]}, or a list of such mappings, lowest level first
        The members of the first are the indicators, those of the next the groups of the first.
        Every member belongs to exactly one group.
    weights : list with one entry per level, the last for the mean of the top groups, optional
        An entry is None (equal) or one weight per member of that level.
    exponents : number, or a list with one per level

    Returns a DataFrame, index unit: one column per group in the order given, then "score".
    Raises ValueError when members and groups do not match, and the errors of `power_mean`.

    >>> scores = pd.DataFrame({"jobs": [1.0], "training": [0.0], "sales": [1.0]}, index=["a"])
    >>> levels(scores, {"people": ["jobs", "training"], "market": ["sales"]}).loc["a"].to_dict()
    {'people': 0.5, 'market': 1.0, 'score': 0.75}
    """
    steps: list[Any] = [groups] if isinstance(groups, dict) else list(groups)
    _check_names(steps)
    alike = not isinstance(exponents, (list, tuple))
    by_level = _per_level([exponents] * (len(steps) + 1) if alike else exponents, steps)
    weights = _per_level([None] * (len(steps) + 1) if weights is None else weights, steps)
    values, columns, means = matrix_values(scores, name="scores"), list(scores.columns), {}
    steps.append({"score": list(steps[-1])})  # the top is one group of all
    for step, step_weights, exponent in zip(steps, weights, by_level, strict=True):
        check_domain(values, scores.index, columns, exponent)
        values = _group_means(values, _shares(step, columns, step_weights), exponent)
        columns = list(step)
        means |= dict(zip(columns, values.T, strict=True))
    return pd.DataFrame(means, index=scores.index)


def check_domain(values: np.ndarray, index: pd.Index, columns: ArrayLike, exponent: float) -> None:
    """Refuse values outside the domain of a power mean, naming the cell: see `power_mean`."""
    if isinstance(exponent, bool) or not isinstance(exponent, Real):
        raise TypeError(f"exponent is {exponent!r}; wanted a number")
    if not np.isfinite(exponent):
        raise ValueError(f"exponent is {exponent}; wanted a finite number")
    if exponent == 1:
        return
    wrong = values < 0 if exponent > 0 else values <= 0
    for row, column in np.argwhere(wrong)[:1]:
        raise ValueError(
            f"row {index[row]!r}, column {columns[column]!r} is "
            f"{values[row, column]}: the power mean with exponent {exponent} wants "
            f"{'no negative' if exponent > 0 else 'positive'} values"
        )


def mean_values(values: np.ndarray, weights: np.ndarray, exponent: float) -> np.ndarray:
    """Return the weighted power mean along the last axis; checked arrays only, weights of sum 1.

    Weights may be given row by row, too: an array that goes with the values, or several such.
    """
    if exponent == 1:
        return values @ weights
    counts = weights > 0  # what has no weight is no extreme either
    none, extreme = (0, np.max) if exponent > 0 else (np.inf, np.min)
    scale = extreme(np.where(counts, values, none), axis=-1, keepdims=True)
    with np.errstate(divide="ignore", over="ignore", invalid="ignore"):
        # log(0) = -inf is meant: its power is 0
        logs = np.log(np.where(counts, values, scale)) - np.log(np.where(scale == 0, 1, scale))
        if exponent == 0:
            return scale[..., 0] * np.exp((logs * weights).sum(axis=-1))
        # expm1 and log1p keep the digits when the exponent is near 0
        powers = np.where(counts, np.expm1(exponent * logs), 0)
        total = np.maximum((powers * weights).sum(axis=-1), -1)
        return scale[..., 0] * np.exp(np.log1p(total) / exponent)


def _check_names(steps):
    if not steps:
        raise ValueError("groups is empty: wanted at least one level")
    names = [name for step in steps for name in step] + ["score"]
    for name in names:
        if names.count(name) > 1:
            raise ValueError(f"group name {name!r} is taken")


def _per_level(entries, steps):
    if len(entries) != len(steps) + 1:
        raise ValueError(
            f"got {len(entries)} entries for {len(steps)} levels of groups and the top; "
            f"wanted {len(steps) + 1}"
        )
    return list(entries)


def _shares(groups, columns, weights):
    """Return the weights within each group, shape (members, groups), zero where no member."""
    members = [member for group in groups.values() for member in group]
    missing = [column for column in columns if column not in members]
    unknown = [member for member in members if member not in columns]
    twice = [member for member in dict.fromkeys(members) if members.count(member) > 1]
    if missing or unknown or twice:
        raise ValueError(
            f"every member must be in exactly one group: none for {missing}, "
            f"unknown {unknown}, more than one for {twice}"
        )
    belongs = np.array([[column in group for group in groups.values()] for column in columns])
    shares = belongs * weight_values(weights, columns)[:, None]
    for group, total in zip(groups, shares.sum(axis=0), strict=True):
        if total == 0:
            raise ValueError(f"group {group!r} has no member with a positive weight")
    return shares / shares.sum(axis=0)


def _group_means(values, shares, exponent):
    if exponent == 1:
        return values @ shares
    return np.column_stack([mean_values(values, weights, exponent) for weights in shares.T])
