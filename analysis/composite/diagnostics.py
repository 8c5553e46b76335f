"""Diagnostics: do the indicators of a composite vary together, and in how many ways?"""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pandas as pd

from analysis.composite.matrix import matrix_values, scaled_deviations

ROUNDING = 1e-12  # an eigenvalue of a correlation matrix, or a share of variance, below is nought


def correlations(data: pd.DataFrame) -> pd.DataFrame:
    """Return Pearson's correlation of every pair of indicators over the units that have both.

    Returns a DataFrame, one row per pair: first, second, n (units with both), correlation
    (empty when undefined), reason ("not enough observations" below two, "constant").

    >>> data = pd.DataFrame({"jobs": [1, 2, 3], "sales": [2, 1, None], "rd": [5, 5, 5]})
    >>> correlations(data).values.tolist()[:2]
    [['jobs', 'sales', 2, -1.0, ''], ['jobs', 'rd', 3, nan, 'constant']]
    """
    values = dict(zip(data.columns, matrix_values(data, missing=True).T, strict=True))
    rows = [
        (first, second, *_correlation(values[first], values[second]))
        for first, second in combinations(data.columns, 2)
    ]
    return pd.DataFrame(rows, columns=["first", "second", "n", "correlation", "reason"])


def cronbach_alpha(data: pd.DataFrame, *, standardise: bool = True) -> pd.DataFrame:
    """Return Cronbach's alpha of all indicators, and with each of them left out.

    Parameters
    ----------
    data : DataFrame of float, units x indicators, complete, two or more of each; more is better
    standardise : z-scores first (the default), so that the units of measurement do not matter

    Returns a DataFrame, first row all indicators, then one per indicator: deleted ("" or its
    name), correlation_with_total (of it with the sum of the others), alpha, reason ("not enough
    observations" where one indicator is left, "constant" where a sum does not vary).
    Formula: k / (k - 1) * (1 - sum of variances / variance of the sum), sample variances.
    Source: Cronbach (1951), Psychometrika 16, 297-334; OECD/JRC (2008), Handbook, Table 11.

    >>> data = pd.DataFrame({"jobs": [1, 2, 3], "sales": [1, 2, 3], "rd": [1, 3, 2]})
    >>> cronbach_alpha(data)["alpha"].round(3).tolist()
    [0.857, 0.667, 0.667, 1.0]
    """
    values = _with_spread(data)
    if standardise:
        values = scaled_deviations(values)
        values = values / values.std(axis=0, ddof=1)
    rows = [("", np.nan, *_alpha(values))]
    for column, name in enumerate(data.columns):
        others = np.delete(values, column, axis=1)
        _, total, _ = _correlation(values[:, column], others.sum(axis=1))
        rows.append((name, total, *_alpha(others)))
    return pd.DataFrame(rows, columns=["deleted", "correlation_with_total", "alpha", "reason"])


def eigenvalues(data: pd.DataFrame) -> pd.DataFrame:
    """Return the eigenvalues of the correlation matrix, greatest first.

    Returns a DataFrame: component (1, 2, ...), eigenvalue, variance_pct (share of the total
    variance, per cent), cumulative_pct. Source: OECD/JRC (2008), Handbook, Table 16.

    >>> data = pd.DataFrame({"jobs": [1.0, 2.0, 3.0], "sales": [1.0, 2.0, 3.0]})
    >>> eigenvalues(data).round(6).values.tolist()
    [[1.0, 2.0, 100.0, 100.0], [2.0, 0.0, 0.0, 100.0]]
    """
    roots, _ = _components(data)
    variance = 100 * roots / roots.sum()
    return pd.DataFrame(
        {
            "component": np.arange(1, len(roots) + 1),
            "eigenvalue": roots,
            "variance_pct": variance,
            "cumulative_pct": variance.cumsum(),
        }
    )


def loadings(data: pd.DataFrame) -> pd.DataFrame:
    """Return the correlation of each indicator with each principal component.

    Returns a DataFrame, index indicator, columns pc1, pc2, ... in the order of the eigenvalues.
    The sign of a component is arbitrary: here its largest loading is positive. Of components with
    equal eigenvalues any mixture would do as well.
    Source: OECD/JRC (2008), Handbook, Table 8.

    >>> data = pd.DataFrame({"jobs": [1.0, 2.0, 3.0], "waste": [3.0, 2.0, 1.0]})
    >>> loadings(data)["pc1"].round(6).to_dict()
    {'jobs': 1.0, 'waste': -1.0}
    """
    roots, vectors = _components(data)
    loaded = vectors * np.sqrt(roots)
    largest = np.abs(loaded).round(12).argmax(axis=0)  # rounded: equal ones must not flip the sign
    loaded = loaded * np.where(loaded[largest, np.arange(len(roots))] < 0, -1, 1)
    names = [f"pc{number}" for number in range(1, len(roots) + 1)]
    return pd.DataFrame(loaded, index=data.columns, columns=names)


def _correlation(first, second):
    """Return (n, correlation, reason) over the places where both are known."""
    both = ~(np.isnan(first) | np.isnan(second))
    first, second = first[both], second[both]
    if both.sum() < 2:
        return int(both.sum()), np.nan, "not enough observations"
    if (first == first[0]).all() or (second == second[0]).all():
        return int(both.sum()), np.nan, "constant"
    return int(both.sum()), _pearson(first, second), ""


def _pearson(first, second):
    both = scaled_deviations(np.column_stack([first, second]))
    return float(np.clip(np.corrcoef(both, rowvar=False)[0, 1].round(15), -1, 1))


def _alpha(values):
    """Return (alpha, reason)."""
    items = values.shape[1]
    if items < 2:
        return np.nan, "not enough observations"
    total, each = values.sum(axis=1).var(ddof=1), values.var(axis=0, ddof=1).sum()
    if total < ROUNDING * each:  # items that cancel each other out
        return np.nan, "constant"
    return items / (items - 1) * (1 - each / total), ""


def _components(data):
    values = _with_spread(data)
    roots, vectors = np.linalg.eigh(np.corrcoef(scaled_deviations(values), rowvar=False))
    roots = np.where(roots > ROUNDING, roots, 0)  # never below zero but for rounding
    return roots[::-1], vectors[:, ::-1]


def _with_spread(data):
    values = matrix_values(data)
    if min(values.shape) < 2:
        raise ValueError(f"data is {values.shape[0]} x {values.shape[1]}; wanted 2 x 2 or more")
    for column in data.columns[(values == values[0]).all(axis=0)][:1]:
        raise ValueError(f"column {column!r} is constant: it varies with nothing")
    return values
