"""Skewness and kurtosis of many columns at once, and the rule of thumb that reads them.

The formulas are the adjusted Fisher-Pearson coefficients G1 and G2 (excess kurtosis), those of
common statistical packages. Source: Joanes and Gill (1998), The Statistician 47, 183-189.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from typing import Literal

NONE = 1e-12  # skewness that is rounding alone, of a symmetric column
BLOCK = 300_000  # cells that are worked on at once, so that copies stay small


def skewness_kurtosis(values: np.ndarray) -> tuple[np.ndarray, ...]:
    """Return G1 and G2 of each column; empty cells do not count.

    `values` has shape (units, columns). NaN where they are undefined: skewness below three
    values, kurtosis below four, either for a constant column.
    Formula, with d = x - mean: G1 = sqrt(n (n - 1)) / (n - 2) * sqrt(n) sum d^3 / (sum d^2)^1.5;
    G2 = ((n + 1) (n sum d^4 / (sum d^2)^2 - 3) + 6) (n - 1) / ((n - 2) (n - 3)).

    >>> skewness, kurtosis = skewness_kurtosis(np.array([[1.0], [2.0], [3.0], [10.0]]))
    >>> skewness.round(4).tolist(), kurtosis.round(4).tolist()
    ([1.7636], [3.228])
    """
    columns = values.shape[1]
    step = max(BLOCK // max(len(values), 1), 1)
    parts = [_block(values[:, at : at + step]) for at in range(0, columns, step)]
    return tuple(np.concatenate(figures) for figures in zip(*parts, strict=True))


def column_skewness_kurtosis(column: np.ndarray) -> tuple[float, ...]:
    """Return G1 and G2 of one column, as `skewness_kurtosis` does.

    >>> [round(figure, 4) for figure in column_skewness_kurtosis(np.array([1.0, 2.0, 3.0, 10.0]))]
    [1.7636, 3.228]
    """
    n = len(column)
    mean = np.add.reduce(column) / max(n, 1)
    off = column - mean
    largest = max(np.maximum.reduce(off), -np.minimum.reduce(off)) if n else 0.0
    if n < 4 or not largest > 1e-12 * abs(mean):  # gaps, too few, or as good as constant
        return tuple(float(figure[0]) for figure in skewness_kurtosis(column[:, None]))
    off /= largest
    squares = off * off
    second = off @ off
    skewness = np.sqrt(n * (n - 1)) / (n - 2) * np.sqrt(n) * (squares @ off) / second**1.5
    excess = n * (squares @ squares) / second**2 - 3
    kurtosis = ((n + 1) * excess + 6) * (n - 1) / ((n - 2) * (n - 3))
    return (0.0 if abs(skewness) < NONE else float(skewness)), float(kurtosis)


def is_skewed(
    skewness: float | np.ndarray,
    kurtosis: float | np.ndarray,
    max_skewness: float = 2.0,
    max_kurtosis: float = 3.5,
    rule: Literal["both", "either"] = "both",
) -> bool | np.ndarray:
    """Tell whether a column has outliers by the rule of thumb.

    `rule` is "both" (|skewness| and kurtosis are beyond their limits) or "either". What is
    undefined is beyond no limit.

    >>> is_skewed(2.5, 4.0), is_skewed(0.0, 9.0), is_skewed(0.0, 9.0, rule="either")
    (True, False, True)
    """
    skewed = np.abs(skewness) > max_skewness
    heavy = np.asarray(kurtosis) > max_kurtosis
    result = skewed & heavy if rule == "both" else skewed | heavy
    return bool(result) if np.ndim(result) == 0 else result


def _block(values):
    """Return G1 and G2 of the columns of one block; see `skewness_kurtosis`."""
    gaps = np.isnan(values.sum(axis=0)).any()
    total, count = (np.nansum, (~np.isnan(values)).sum(axis=0)) if gaps else (np.sum, len(values))
    with np.errstate(divide="ignore", invalid="ignore"):
        n = np.asarray(count, dtype=float) * np.ones(values.shape[1])
        mean = total(values, axis=0) / n
        off = values - mean
        largest = np.fmax.reduce(np.abs(off), axis=0) if gaps else np.abs(off).max(axis=0)
        constant = ~(largest > 1e-13 * np.abs(mean))
        off /= np.where(constant, 1, largest)  # or the powers of tiny and huge values are lost
        squares = off * off
        second = total(squares, axis=0)
        off *= squares
        third = total(off, axis=0)
        squares *= squares
        fourth = total(squares, axis=0)
        skewness = np.sqrt(n * (n - 1)) / (n - 2) * np.sqrt(n) * third / second**1.5
        excess = n * fourth / second**2 - 3
        kurtosis = ((n + 1) * excess + 6) * (n - 1) / ((n - 2) * (n - 3))
    skewness[np.abs(skewness) < NONE] = 0
    skewness[(n < 3) | constant] = np.nan
    kurtosis[(n < 4) | constant] = np.nan
    return skewness, kurtosis
