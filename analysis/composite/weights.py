"""Weights of the indicators: a Series, index indicator, not negative, sum 1.

`equal` and `given` need no data beyond the names; the others read the weights from a complete
units x indicators frame that is normalised already (more is better). Weights that data choose are
a property of that sample: they reward spread or shared variation, not importance.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import scipy

from analysis.composite.matrix import deviations, matrix_values, per_indicator, scaled_deviations

if TYPE_CHECKING:
    from analysis.composite.matrix import PerIndicator

SMALL = 0.03  # a deviation below which a series is more exact than the formula
SERIES = [(-1) ** k / (k * (k - 1)) for k in range(2, 12)]
TIED = 1e-12  # roots of a correlation matrix that differ by less are equal


def chosen_weights(
    data: pd.DataFrame,
    of_study: pd.Series | None = None,
    own: Sequence[float] = (),
    scheme: Callable | None = None,
) -> pd.Series:
    """Choose weights: one's own where given, else those of the study, else those of a scheme.

    `own` has a number for each column of `data`, in order; `scheme` is a function of `WEIGHTS`,
    default `equal`.
    Returns a Series of sum 1, index indicator; errors as in the function that is chosen.

    >>> data = pd.DataFrame({"jobs": [1.0, 2.0], "sales": [2.0, 1.0]})
    >>> chosen_weights(data, own=[3, 1]).tolist(), chosen_weights(data).tolist()
    ([0.75, 0.25], [0.5, 0.5])
    """
    if len(own):
        return given(data, weights=dict(zip(data.columns, own, strict=True)))
    if of_study is not None:
        return given(data, weights=of_study.reindex(data.columns))
    return (scheme or equal)(data)


def equal(data: pd.DataFrame) -> pd.Series:
    """Give every indicator the same weight.

    `data` is a DataFrame of float, units x indicators, complete. Returns a Series of sum 1,
    index indicator.

    >>> equal(pd.DataFrame({"jobs": [1.0, 2.0], "sales": [3.0, 1.0]})).to_dict()
    {'jobs': 0.5, 'sales': 0.5}
    """
    return _as_weights(np.ones(data.shape[1]), data.columns)


def given(data: pd.DataFrame, *, weights: PerIndicator) -> pd.Series:
    """Check the caller's weights against the indicators and scale them to sum 1.

    `weights` is a mapping or Series with exactly the indicators as keys, or a sequence in their
    order. Raises KeyError for keys that do not match, ValueError for a negative or missing
    weight, or when all are zero.
    `data` is a DataFrame, units x indicators. Returns a Series of sum 1, index indicator.

    >>> data = pd.DataFrame({"jobs": [1.0], "sales": [3.0]})
    >>> given(data, weights={"sales": 1, "jobs": 3}).to_dict()
    {'jobs': 0.75, 'sales': 0.25}
    """
    return _as_weights(weight_values(weights, data.columns), data.columns)


def entropy(data: pd.DataFrame) -> pd.Series:
    """Weigh by how unevenly an indicator is spread over the units (Shannon).

    Formula: p = x / sum(x), E = -sum(p ln p) / ln n, weight proportional to 1 - E. With d the
    deviation from the mean, as a share of it, 1 - E = sum((1 + d) ln(1 + d) - d) / (n ln n).
    Raises ValueError for negative cells, a column of zeros, fewer than two units, or when every
    column is constant, which leaves nothing to weigh by.
    Source: Zeleny (1982), Multiple Criteria Decision Making.
    `data` is a DataFrame of float, units x indicators, complete. Returns a Series of sum 1,
    index indicator.

    >>> entropy(pd.DataFrame({"jobs": [1.0, 1.0], "sales": [0.0, 1.0]})).to_dict()
    {'jobs': 0.0, 'sales': 1.0}
    """
    values = _several_units(data, at_least=2)
    for row, column in np.argwhere(values < 0)[:1]:
        raise ValueError(
            f"row {data.index[row]!r}, column {data.columns[column]!r} is negative; entropy "
            "weights want shares, so no negative values: use min-max data"
        )
    totals = values.sum(axis=0)
    for column in data.columns[totals == 0][:1]:
        raise ValueError(f"column {column!r} is all zero: it has no shares")
    divergence = entropy_divergence(values)
    if not divergence.any():
        raise ValueError("every column is constant: entropy leaves nothing to weigh by")
    return _as_weights(divergence, data.columns)


def entropy_divergence(values: np.ndarray) -> np.ndarray:
    """Return 1 - E of each column of an array: not negative, no column of zeros; see `entropy`."""
    means = values.mean(axis=0)
    off = np.maximum(deviations(values) / means, -1)  # a zero is 1 below
    divergence = _surplus(off).sum(axis=0)  # what all columns share cancels
    divergence[(values == values[0]).all(axis=0)] = 0  # exactly, not up to rounding
    return divergence


def critic(data: pd.DataFrame) -> pd.Series:
    """Weigh by contrast and conflict: CRITIC.

    Formula: weight proportional to s_j * sum_k (1 - r_jk), with s the standard deviation of the
    column and r the correlations. Raises ValueError for a column without spread, and when all
    columns are perfectly correlated, which leaves no conflict.
    Source: Diakoulaki, Mavrotas, Papayannakis (1995), Computers & Operations Research 22,
    763-770, equations 4-6.
    `data` is a DataFrame of float, units x indicators, complete. Returns a Series of sum 1,
    index indicator.

    >>> critic(pd.DataFrame({"jobs": [0.0, 1.0, 0.5], "sales": [1.0, 0.0, 0.5]})).to_dict()
    {'jobs': 0.5, 'sales': 0.5}
    """
    values = _with_spread(data)
    contrast = critic_contrast(values)
    if not contrast.any():
        raise ValueError("all columns are perfectly correlated: CRITIC finds no conflict")
    return _as_weights(contrast, data.columns)


def critic_contrast(values: np.ndarray) -> np.ndarray:
    """Return s_j * sum_k (1 - r_jk) of each column of an array, each with spread; see `critic`."""
    conflict = (1 - _correlations(values)).sum(axis=0)
    conflict[conflict < 1e-12] = 0
    off = deviations(values)
    off = off / np.abs(off).max()  # or the squares of tiny values vanish
    return off.std(axis=0) * conflict


def first_component(data: pd.DataFrame) -> pd.Series:
    """Weigh by the squared loadings on the first principal component of the correlations.

    A squared loading is the share of the indicator's variance that the component explains; its
    sign is lost, so look at `loadings` before you use it. Where several components explain the
    most, all of them count alike: one alone would be picked by chance. Raises ValueError for a
    column without spread.
    Source: OECD/JRC (2008), Handbook, step 6, "Weights based on principal components".
    `data` is a DataFrame of float, units x indicators, complete. Returns a Series of sum 1,
    index indicator.

    >>> data = pd.DataFrame({"jobs": [1.0, 2.0, 3.0], "sales": [1.0, 2.0, 3.0]})
    >>> first_component(data).round(6).to_dict()
    {'jobs': 0.5, 'sales': 0.5}
    """
    return _as_weights(first_component_loadings(_with_spread(data)), data.columns)


def first_component_loadings(values: np.ndarray) -> np.ndarray:
    """Return squared loadings of the columns of an array, each with spread."""
    roots, vectors = np.linalg.eigh(_correlations(values))
    first = roots >= roots[-1] - TIED * len(roots)
    return (vectors[:, first] ** 2).sum(axis=1)


# given wants `weights` beside the data
WEIGHTS = {
    function.__name__: function for function in (equal, given, entropy, critic, first_component)
}


def weight_values(weights: PerIndicator | None, columns: Sequence[str] | pd.Index) -> np.ndarray:
    """Return checked weights as an array of sum 1, in the order of `columns`; None is equal."""
    figures = per_indicator(1.0 if weights is None else weights, columns, name="weights")
    for column, weight in zip(columns, figures, strict=True):
        if weight < 0:
            raise ValueError(f"weight of {column!r} is {weight}; wanted none below zero")
    if not figures.any():
        raise ValueError("all weights are zero: at least one must be positive")
    # a power of two changes no digit, and the sum of the largest weights stays a number
    figures = np.ldexp(figures, -np.frexp(figures.max())[1])
    return figures / figures.sum()


def _surplus(off):
    """Return (1 + d) ln(1 + d) - d for each d >= -1, to the last digits for small ones too."""
    return np.where(
        np.abs(off) < SMALL,
        off**2 * np.polynomial.polynomial.polyval(off, SERIES),
        scipy.special.xlogy(1 + off, 1 + off) - off,
    )


def _as_weights(figures, columns):
    return pd.Series(figures / figures.sum(), index=columns, name="weight")


def _correlations(values):
    return np.atleast_2d(np.corrcoef(scaled_deviations(values), rowvar=False))


def _several_units(data, at_least):
    values = matrix_values(data)
    if len(values) < at_least:
        raise ValueError(f"data has {len(values)} unit; wanted at least {at_least}")
    return values


def _with_spread(data):
    values = _several_units(data, at_least=2)
    for column in data.columns[(values == values[0]).all(axis=0)][:1]:
        raise ValueError(f"column {column!r} is constant: it has no spread to weigh by")
    return values
