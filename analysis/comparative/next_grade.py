"""The components that would lift a cluster to the next grade, by the best monotone rule."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analysis.comparative.proportions import check_bounds

if TYPE_CHECKING:
    from collections.abc import Iterable

    from analysis.comparative.monotone_rule import MonotoneRule


def lifts_to_next_grade(
    low: pd.DataFrame,
    high: pd.DataFrame,
    rule: MonotoneRule,
    *,
    clusters: Iterable[str] | None = None,
    full: float = 1.0,
) -> pd.DataFrame:
    """Find the smallest sets of components that would lift each cluster to the next grade.

    A component of the set is taken to be there in full; all others stay as the rule reads them.
    A set is certain to be enough where every best rule, continued in any way between the observed
    profiles, gives the next grade; it is possibly enough where some best rule can. Per cluster: all
    sets of the smallest size that are certain, and of the smallest size that are possible only,
    unless a smaller set is certain. Size 0: the rule gives the next grade already.

    Parameters
    ----------
    low, high : DataFrames, index cluster, one column per component: the bounds the rule is from
    rule : MonotoneRule
    clusters : the clusters to lift, default all of them
    full : what a component counts that is there, in [0, 1]

    Returns a DataFrame, one row per cluster and set: cluster, grade, next_grade, certainty
    ("certain", "possible"), size, components (tuple), open (tuple: those not reported or unknown,
    which may be there already), reason (why there is no set, and size is <NA>).

    Raises ValueError for bounds that are not those of the rule, KeyError for an unknown cluster.

    >>> from analysis.comparative.monotone_rule import best_monotone_rule
    >>> low = pd.DataFrame({"x": [0.0, 1.0], "y": [0.0, 1.0]}, index=["a", "b"])
    >>> grades = pd.Series(["low", "high"], index=["a", "b"]).astype(
    ...     pd.CategoricalDtype(["low", "high"], ordered=True))
    >>> lifts = lifts_to_next_grade(low, low, best_monotone_rule(low, low, grades))
    >>> lifts.loc[lifts["cluster"] == "a", ["certainty", "components"]].values.tolist()
    [['certain', ('x', 'y')], ['possible', ('x',)], ['possible', ('y',)]]
    """
    check_bounds(low, high)
    if not (low.index.equals(rule.low.index) and low.columns.equals(rule.low.columns)):
        raise ValueError("low and high have other clusters or components than the rule")
    opened = low.lt(high)
    wanted = low.index if clusters is None else clusters
    rows = [row for name in wanted for row in _lifts_of(name, opened.loc[name], rule, full)]
    columns = [
        "cluster",
        "grade",
        "next_grade",
        "certainty",
        "size",
        "components",
        "open",
        "reason",
    ]
    return pd.DataFrame(rows, columns=columns).astype({"size": "Int64"})


def _lifts_of(cluster, opened, rule, full):
    """Return the rows of one cluster."""
    grade = rule.clusters.at[cluster, "grade"]
    wanted = rule.grades.index(grade) + 1
    if wanted == len(rule.grades):
        return [(cluster, grade, "", "", None, (), (), "already at the highest grade")]
    sets = _smallest_sets(cluster, rule, wanted, full)
    head = (cluster, grade, rule.grades[wanted])
    rows = [
        (*head, certainty, len(names), names, tuple(x for x in names if opened[x]), "")
        for certainty, names in sets
    ]
    if "certain" not in dict(sets):
        rows.insert(
            0, (*head, "certain", None, (), (), "no set of components is certain to be enough")
        )
    return rows


def _smallest_sets(cluster, rule, wanted, full):
    """Return (certainty, components) of the smallest sets, by size, until one is certain."""
    least, most = rule.low.loc[cluster], rule.high.loc[cluster]
    lacking = [column for column in rule.low.columns if least[column] < full]
    possible = []
    for size in range(len(lacking) + 1):
        names = list(combinations(lacking, size))
        chosen = np.array([rule.low.columns.isin(taken) for taken in names])
        low, high = rule.grade_ranges(
            np.where(chosen, full, least.to_numpy()), np.where(chosen, full, most.to_numpy())
        )
        sure = low >= wanted
        maybe = (high >= wanted) & ~sure & (not possible)
        possible += [("possible", taken) for taken, hit in zip(names, maybe, strict=True) if hit]
        if sure.any():
            lifted = [("certain", taken) for taken, hit in zip(names, sure, strict=True) if hit]
            return lifted + possible
    return possible
