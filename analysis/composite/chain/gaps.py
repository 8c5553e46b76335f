"""Missing values: an interval by default; imputed only on request, each imputed cell listed.

"interval" leaves a gap open: its unit gets the least and the greatest score that it allows.
"renormalise" leaves it out and scales the other weights up, with a coverage threshold per pillar.
The others put a number in its place; what they cannot fill stays an interval.
"""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from analysis.composite.indicators.screening import IndicatorMatrix

FILLED = (
    "last observation",
    "mean",
    "median",
    "group mean",
    "group median",
    "regression",
)
GAPS = ("interval", "low end", "high end", "renormalise", *FILLED)
ROUNDS = 30  # of the chained regressions


def check_gaps(gaps: str) -> None:
    """Refuse an unknown treatment of missing values."""
    if gaps not in GAPS:
        raise ValueError(f"gaps is {gaps!r}; allowed: {', '.join(GAPS)}")


def fill_gaps(
    matrix: IndicatorMatrix, gaps: str, *, within: int = 1, seed: int = 0
) -> tuple[np.ndarray, pd.DataFrame]:
    """Impute the missing values of a matrix as far as the method can.

    Parameters
    ----------
    matrix : IndicatorMatrix; gaps : one of FILLED
    within : years back for "last observation"; seed : of the draws, where a method has any

    Returns (values as an array, what was filled): the latter a DataFrame cluster, indicator,
    step, before, after, reason. Raises ValueError where the matrix lacks what the method wants.
    """
    values = matrix.values.to_numpy(dtype=float, na_value=np.nan)
    missing = np.isnan(values)
    if not missing.any():
        return values, _listed(matrix, values, missing, "")
    if gaps == "last observation":
        filled, reason = _last(matrix, values, missing, within)
    elif gaps == "regression":
        filled, reason = _regression(values, seed), "regression on the other indicators"
    elif gaps.startswith("group"):
        filled, reason = _by_group(matrix, values, gaps), gaps
    else:
        filled, reason = _by_group(matrix, values, gaps), f"{gaps} of the units"
    result = np.where(missing, filled, values)
    return result, _listed(matrix, result, missing & ~np.isnan(result), reason)


def _listed(matrix, values, places, reason):
    """List the imputed cells."""
    at = np.argwhere(places)
    reasons = reason[places] if isinstance(reason, np.ndarray) else reason
    return pd.DataFrame(
        {
            "cluster": matrix.values.index[at[:, 0]],
            "indicator": matrix.values.columns[at[:, 1]],
            "step": "gaps",
            "before": np.nan,
            "after": values[places],
            "reason": reasons,
        }
    )


def _last(matrix, values, missing, within):
    """Fill in the last observation within so many years, from the history of the matrix."""
    if matrix.history is None:
        raise ValueError("gaps is 'last observation', and a frame has no earlier years")
    if isinstance(within, bool) or not isinstance(within, int) or within < 1:
        raise ValueError(f"within is {within!r}; wanted a number of years, 1 or more")
    history = matrix.history
    _, latest, years = history.latest(within)
    rows = pd.Index(history.units).get_indexer(matrix.values.index)
    columns = pd.Index(history.indicators).get_indexer(matrix.values.columns)
    cells = np.ix_(rows, columns)
    reason = np.array([f"value of {year}" for year in years[cells].ravel()], dtype=object)
    return latest[cells], reason.reshape(values.shape)


def _by_group(matrix, values, gaps):
    """Impute the mean or median of all units, or of those of the same group."""
    middle = np.nanmean if gaps.endswith("mean") else np.nanmedian
    groups = matrix.groups
    if not gaps.startswith("group"):
        groups = pd.Series("all", index=matrix.values.index)
    elif groups is None:
        raise ValueError(f"gaps is {gaps!r}, and the matrix has no groups: give it groups=")
    filled = np.full(values.shape, np.nan)
    labels = groups.to_numpy()
    for group in pd.unique(groups.dropna()):
        rows = labels == group
        known = ~np.isnan(values[rows]).all(axis=0)  # a group without a value has no mean
        filled[np.ix_(rows, known)] = middle(values[np.ix_(rows, known)], axis=0)
    return filled


def _regression(values: np.ndarray, seed: int) -> np.ndarray:
    """Impute by iterated regression on the other indicators, within the observed range."""
    try:
        from sklearn.experimental import enable_iterative_imputer  # noqa: F401
        from sklearn.impute import IterativeImputer
    except ImportError as missing:
        raise ValueError(
            "gaps is 'regression', which needs scikit-learn: install the extra 'imputation'"
        ) from missing
    some = ~np.isnan(values).all(axis=0)
    cells = values[:, some]
    least, most = np.nanmin(cells, axis=0), np.nanmax(cells, axis=0)
    scale = np.where(most > least, most - least, 1)  # so that all count alike while it settles
    imputer = IterativeImputer(
        random_state=seed, max_iter=ROUNDS, tol=1e-3, min_value=0.0, max_value=1.0
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # that it did not settle within the rounds
        filled = imputer.fit_transform((cells - least) / scale)
    result = np.full(values.shape, np.nan)
    result[:, some] = np.clip(filled * scale + least, least, most)
    return result
