"""Published grades compared with the evidence: equal evidence with unequal grades, and agreement.

What rule the grades could follow is in `monotone_rule`, what would lift a cluster in `next_grade`.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

import numpy as np
import pandas as pd

from analysis.comparative.proportions import check_statuses
from analysis.composite.matrix import distinct_names
from analysis.tidy.showing import Readable


def equal_evidence(matrix: pd.DataFrame, grades: pd.Series) -> pd.DataFrame:
    """Group the clusters that have the same status in every component.

    Parameters
    ----------
    matrix : DataFrame of statuses, index cluster, one column per component (`component_matrix`)
    grades : Series of ordered categorical, index cluster

    Returns a DataFrame, one row per group of two or more: one column per component (its status),
    clusters (tuple), grades (tuple, lowest first), consistent (one grade only).

    Raises ValueError for a word that is no status, KeyError for a cluster without a grade.

    >>> matrix = pd.DataFrame({"x": ["present", "present", "absent"]}, index=["a", "b", "c"])
    >>> grades = pd.Series(["low", "high", "low"], index=["a", "b", "c"]).astype(
    ...     pd.CategoricalDtype(["low", "high"], ordered=True))
    >>> equal_evidence(matrix, grades)[["clusters", "consistent"]].values.tolist()
    [[('a', 'b'), False]]
    """
    words, codes, groups = _equals(matrix, grades)
    rows = []
    for statuses, members in groups:
        found = tuple(words[code] for code in sorted({codes[cluster] for cluster in members}))
        rows.append([*statuses, tuple(members), found, len(found) == 1])
    fixed = ["clusters", "grades", "consistent"]
    return pd.DataFrame(rows, columns=[*distinct_names(matrix.columns, *fixed), *fixed])


def _equals(matrix, grades):
    """Return the grades, {cluster: code of its grade}, and the groups: (statuses, clusters)."""
    check_statuses(matrix)
    given = check_grades(grades, matrix.index)
    clusters, groups = matrix.index.tolist(), {}
    for cluster, statuses in zip(clusters, matrix.to_numpy(object).tolist(), strict=True):
        groups.setdefault(tuple(statuses), []).append(cluster)
    codes = dict(zip(clusters, given.cat.codes.tolist(), strict=True))
    several = [group for group in groups.items() if len(group[1]) > 1]
    return given.cat.categories.tolist(), codes, several


def equal_evidence_pairs(matrix: pd.DataFrame, grades: pd.Series) -> pd.DataFrame:
    """List the pairs with equal evidence and unequal grade; arguments as in `equal_evidence`.

    Returns a DataFrame, one row per pair, the lower grade first: cluster, other, grade,
    other_grade, and one column per component (their common status).

    >>> matrix = pd.DataFrame({"x": ["present", "present", "absent"]}, index=["a", "b", "c"])
    >>> grades = pd.Series(["high", "low", "low"], index=["a", "b", "c"]).astype(
    ...     pd.CategoricalDtype(["low", "high"], ordered=True))
    >>> equal_evidence_pairs(matrix, grades).values.tolist()
    [['b', 'a', 'low', 'high', 'present']]
    """
    words, codes, groups = _equals(matrix, grades)
    rows = []
    for statuses, members in groups:
        rows += [
            [one, two, words[codes[one]], words[codes[two]], *statuses]
            for one, two in combinations(sorted(members, key=codes.__getitem__), 2)
            if codes[one] != codes[two]
        ]
    fixed = ["cluster", "other", "grade", "other_grade"]
    return pd.DataFrame(rows, columns=[*fixed, *distinct_names(matrix.columns, *fixed)])


@dataclass(frozen=True, repr=False)
class Agreement(Readable):
    """Agreement of two ordinal codings; an undefined figure is NaN, and `reason` says why."""

    n: int  # units compared
    tau_b: float  # Kendall's tau-b, in [-1, 1]; 1 is the same order
    kappa_linear: float  # weighted kappa, weights |i - j|; 1 is the same category throughout
    kappa_quadratic: float  # weighted kappa, weights (i - j)^2
    reason: str


def agreement(first: pd.Series, second: pd.Series) -> Agreement:
    """Compare two ordinal codings of the same units by tau-b and weighted kappa.

    Parameters
    ----------
    first, second : Series with the same index, larger is better: scores, or grades as ordered
        categorical. Ranks with 1 for the best are to be negated. Kappa needs grades on both sides,
        with the same categories.

    Returns an `Agreement`. It describes; there is no p-value, since the units are no sample.

    What a single unit or a constant coding leaves undefined is NaN, with the reason.

    Raises ValueError for indices that differ or name a unit twice, no unit at all, or values that
    are missing, infinite or neither numbers nor ordered categories.
    Source: Kendall (1945), Biometrika 33, 239-251; Cohen (1968), Psychol. Bull. 70, 213-220.

    >>> grades = pd.CategoricalDtype(["low", "middle", "high"], ordered=True)
    >>> first = pd.Series(["low", "middle", "high", "high"], dtype=grades)
    >>> second = pd.Series(["low", "low", "middle", "high"], dtype=grades)
    >>> result = agreement(first, second)
    >>> round(result.tau_b, 3), round(result.kappa_linear, 3), round(result.kappa_quadratic, 3)
    (0.8, 0.5, 0.692)
    """
    twice = not (first.index.is_unique and second.index.is_unique)
    if twice or set(first.index) != set(second.index):
        raise ValueError("first and second do not name the same units, once each")
    if not len(first):
        raise ValueError("first has no unit")
    second = second[first.index]
    one, two = _ordinal(first, "first"), _ordinal(second, "second")
    constant = min(np.ptp(one), np.ptp(two)) == 0
    tau = np.nan if constant else _tau_b(one, two)
    linear, quadratic, why = _kappas(first, second)
    reasons = ["tau-b: one coding is constant" if constant else "", why]
    return Agreement(len(first), tau, linear, quadratic, "; ".join(filter(None, reasons)))


def check_grades(grades: pd.Series, clusters: pd.Index) -> pd.Series:
    """Return the grades of the clusters named, in their order, or refuse.

    Raises ValueError for anything but ordered categories, KeyError for a cluster without a grade.

    >>> check_grades(pd.Series(["low"], index=["a"]), ["a"])
    Traceback (most recent call last):
    ValueError: grades are str; wanted an ordered categorical, lowest first
    """
    if not (isinstance(grades.dtype, pd.CategoricalDtype) and grades.dtype.ordered):
        raise ValueError(f"grades are {grades.dtype}; wanted an ordered categorical, lowest first")
    if not grades.index.is_unique:
        raise ValueError("grades name a cluster twice")
    places = grades.index.get_indexer(pd.Index(clusters))
    lacking = (places < 0) | (grades.cat.codes.to_numpy()[places] < 0)
    if lacking.any():
        cluster = pd.Index(clusters)[lacking][0]
        raise KeyError(f"grades have none for {cluster!r}; leave out clusters without a grade")
    return grades.take(places)


def _ordinal(coding, name):
    if isinstance(coding.dtype, pd.CategoricalDtype) and coding.dtype.ordered:
        codes = coding.cat.codes.astype(float).replace(-1, np.nan).to_numpy()
    elif pd.api.types.is_numeric_dtype(coding.dtype):
        codes = coding.to_numpy(dtype=float, na_value=np.nan)
    else:
        raise ValueError(f"{name} is {coding.dtype}; wanted numbers or ordered categories")
    if not np.isfinite(codes).all():
        unit = coding.index[~np.isfinite(codes)][0]
        raise ValueError(f"{name} is missing or infinite for {unit!r}; leave such units out")
    return codes


def _tau_b(one, two):
    """Return tau-b: concordant minus discordant pairs over the mean of untied pairs."""
    first, second = (np.greater.outer(v, v).astype(int) - np.less.outer(v, v) for v in (one, two))
    return float((first * second).sum() / np.sqrt((first**2).sum() * (second**2).sum()))


def _kappas(first, second):
    """Return weighted kappas (linear, quadratic, reason) from the cross table and its margins."""
    if not isinstance(first.dtype, pd.CategoricalDtype) or first.dtype != second.dtype:
        return np.nan, np.nan, "kappa: the two codings do not share their categories"
    size = len(first.cat.categories)
    codes = first.cat.codes.to_numpy(int) * size + second.cat.codes.to_numpy(int)
    observed = np.bincount(codes, minlength=size**2).reshape(size, size) / len(first)
    expected = np.outer(observed.sum(axis=1), observed.sum(axis=0))
    distance = np.abs(np.subtract.outer(np.arange(size), np.arange(size)))
    if (distance * expected).sum() == 0:
        return np.nan, np.nan, "kappa: both codings are the same constant"
    linear, quadratic = (
        float(1 - (weights * observed).sum() / (weights * expected).sum())
        for weights in (distance, distance**2)
    )
    return linear, quadratic, ""
