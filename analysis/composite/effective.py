"""Effective weights: what share of the variance of a mean each of its parts really carries.

A nominal weight says what an indicator counts in the sum; how much it moves the result depends on
its spread and its correlations as well. The measure is the correlation ratio, S = Var(E[y | x]) /
Var(y): here its linear form, the squared correlation, and beside it a smooth curve.
Source: Paruolo, Saisana and Saltelli (2013), Journal of the Royal Statistical Society A 176,
609-634; Becker, Saisana, Paruolo and Vandecasteele (2017), Ecological Indicators 80, 12-22.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import scipy

from analysis.composite.matrix import deviations, matrix_values, per_indicator
from analysis.tidy.showing import Readable

if TYPE_CHECKING:
    from analysis.composite.matrix import PerIndicator

SINGULAR = 1e10  # condition number of the covariances beyond which weights are not identified
FEWEST = 6  # distinct values below which no curve is drawn


@dataclass(frozen=True, repr=False)
class MatchingWeights(Readable):
    """Weights that make effective and wanted importance agree, and whether there are any."""

    weights: pd.Series  # none below zero, sum 1
    exact: bool  # they agree; else these are the closest found
    unique: bool  # no others do as well: the covariances are not singular
    condition: float  # condition number of the correlations: large: unstable weights
    reason: str  # why not exact; empty if they are


def matching_weights(scores: pd.DataFrame, target: PerIndicator | None = None) -> MatchingWeights:
    """Find the weights whose effective importance is as wanted.

    Parameters
    ----------
    scores : DataFrame of float, units x parts of one mean, complete, each with spread
    target : wanted share of each part, mapping, Series or sequence; default equal

    The squared correlation of each part with the weighted arithmetic mean shall be in proportion
    to the target. With C the covariances, s the standard deviations and t the target, the
    correlations with the mean are C w / (s * spread of the mean), so that w is proportional to
    C^-1 (s sqrt(t)): in closed form, unique where C is regular, and sensible where no weight is
    below zero. If one is, the closest weights that are not are returned, and `exact` is False.
    Raises ValueError for a column without spread, and for a target that is negative or all
    zero.

    >>> data = pd.DataFrame({"a": [1.0, 2.0, 3.0, 4.0], "b": [20.0, 10.0, 40.0, 30.0]})
    >>> matching_weights(data).weights.round(6).to_dict()
    {'a': 0.909091, 'b': 0.090909}
    """
    values = matrix_values(scores, name="scores")
    _check_spread(scores, values)
    share = per_indicator(1.0 if target is None else target, scores.columns, name="target")
    if (share < 0).any() or not share.any():
        raise ValueError("target wants shares, none below zero and at least one positive")
    wanted = np.sqrt(share / share.sum())
    scaled = deviations(values)
    spread = scaled.std(axis=0)
    correlations = np.atleast_2d(np.corrcoef(scaled / spread, rowvar=False))
    condition = float(np.linalg.cond(correlations))
    unique = condition < SINGULAR
    pull = (
        np.linalg.lstsq(correlations, wanted, rcond=None)[0]
        if not unique
        else (np.linalg.solve(correlations, wanted))
    )
    reason = ""
    if (pull < -1e-12 * np.abs(pull).max()).any() or not pull.sum() > 0:
        against = [str(name) for name, each in zip(scores.columns, pull, strict=True) if each < 0]
        reason = f"the weight would be below zero of: {', '.join(against)}"
        pull = _closest(correlations, wanted)
    weights = np.maximum(pull, 0) / spread
    return MatchingWeights(
        pd.Series(weights / weights.sum(), index=scores.columns, name="weight"),
        not reason,
        unique,
        condition,
        reason,
    )


def _closest(correlations, wanted):
    """Minimise the squared differences of the correlations, no weight below zero."""

    def differences(pull):
        spread = np.sqrt(max(pull @ correlations @ pull, 1e-300))
        got = correlations @ pull / spread
        size = np.linalg.norm(got) or 1.0  # parts that cancel each other out correlate with nothing
        return ((got / size - wanted) ** 2).sum()

    start = scipy.optimize.nnls(correlations, wanted)[0]
    start = start if start.sum() > 0 else np.ones(len(wanted))
    found = scipy.optimize.minimize(
        differences, start / start.sum(), bounds=[(0, 1)] * len(wanted), method="L-BFGS-B"
    )
    return found.x


def correlation_ratio(x: Sequence | np.ndarray, y: Sequence | np.ndarray) -> float:
    """Return the share of the variance of y that a smooth curve through x explains, in [0, 1].

    x and y are sequences of float of one length. The curve is a natural cubic smoothing spline
    whose roughness is chosen by generalised cross-validation; with fewer than six distinct x, the
    mean of y at each x. NaN where x or y is constant.

    >>> round(correlation_ratio([1, 2, 3, 4, 5, 6, 7], [9, 4, 1, 0, 1, 4, 9]), 2)
    1.0
    """
    x, y = np.asarray(x, dtype=float), np.asarray(y, dtype=float)
    points, place, counts = np.unique(x, return_inverse=True, return_counts=True)
    variance = y.var()
    if len(points) < 2 or not variance > 0:
        return np.nan
    means = np.bincount(place, weights=y) / counts
    if len(points) >= FEWEST:
        span = points[-1] - points[0]
        curve = scipy.interpolate.make_smoothing_spline(
            (points - points[0]) / span, means, w=counts.astype(float)
        )
        means = curve((points - points[0]) / span)
    explained = ((means[place] - means[place].mean()) ** 2).mean() / variance
    return float(np.clip(explained, 0, 1))


def effective_weights(parts: pd.DataFrame, whole: pd.Series, nominal: PerIndicator) -> pd.DataFrame:
    """Set the nominal weights of the parts of a mean beside what they carry.

    Parameters
    ----------
    parts : DataFrame of float, units x parts, complete; whole : Series, the mean of each unit
    nominal : one weight per part

    Returns a DataFrame, index part: nominal (share), correlation (with the mean), effective
    (squared correlation, as a share of their sum), correlation_ratio (of a smooth curve),
    effective_curve (the same as a share of their sum). NaN for a part without spread.

    >>> parts = pd.DataFrame({"a": [1.0, 2.0, 3.0], "b": [0.1, 0.3, 0.2]})
    >>> effective_weights(parts, parts.mean(axis=1), [1, 1])["effective"].round(3).to_dict()
    {'a': 0.754, 'b': 0.246}
    """
    values = matrix_values(parts, name="parts")
    mean = np.asarray(whole, dtype=float)
    nominal = per_indicator(nominal, parts.columns, name="nominal")
    correlation = _correlations(values, mean)
    ratio = np.array([correlation_ratio(column, mean) for column in values.T])
    squares = correlation**2
    return pd.DataFrame(
        {
            "nominal": nominal / nominal.sum(),
            "correlation": correlation,
            "effective": _shares(squares),
            "correlation_ratio": ratio,
            "effective_curve": _shares(ratio),
        },
        index=parts.columns,
    )


def _shares(figures):
    """Return figures as shares of their sum; NaN where that is nought."""
    total = np.nansum(figures)
    return figures / total if total > 0 else np.full(len(figures), np.nan)


def _correlations(values, whole):
    off, other = deviations(values), whole - whole.mean()
    with np.errstate(divide="ignore", invalid="ignore"):
        found = (off * other[:, None]).sum(axis=0) / np.sqrt(
            (off**2).sum(axis=0) * (other**2).sum()
        )
    return np.where(np.ptp(values, axis=0) > 0, np.clip(found, -1, 1), np.nan)


def _check_spread(scores, values):
    if len(values) < 2:
        raise ValueError("scores has one unit; wanted at least two")
    for column in scores.columns[(values == values[0]).all(axis=0)][:1]:
        raise ValueError(f"column {column!r} is constant: it carries nothing")
