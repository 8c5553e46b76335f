"""Comparison of clusters by the status of their components: prevalence, dominance, peers.

What their sets of indicators have in common is in `indicator_sets`, their grades in `grading`.

The clusters of a study are a listed population. An interval or a p-value across them is what it
would be *as if drawn at random*, and its column or its note says so.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import scipy

from analysis.comparative.evidence import MISSING_STATUSES, STATUSES
from analysis.tidy.showing import Readable

if TYPE_CHECKING:
    from collections.abc import Iterable

READINGS = ("not reported = absent", "not reported left out", "not reported = present")
AS_IF = "p holds as if the units had been drawn at random"
CIRCULAR = "circular: the grade was set from the evidence it is tested against, so p is withheld"


def prevalence(
    low: pd.DataFrame, high: pd.DataFrame, *, confidence_level: float = 0.95
) -> pd.DataFrame:
    """Count how many clusters have each component, with exact (Clopper-Pearson) intervals.

    Parameters
    ----------
    low, high : DataFrames, index cluster, one column per component, values in [0, 1]
        The least and the most each component can count, as `evidence_bounds` returns them. A
        component is there where it counts in full; it is open (not reported, or unknown) where
        low < high. Unknown and not reported are treated alike.

    Returns a DataFrame, one row per component and reading (`READINGS`): component, reading,
    k (clusters that have it), n (clusters counted), share, low_as_if_random, high_as_if_random,
    reason. Shares are in [0, 1]; with n = 0 they are NaN and `reason` says why. The intervals hold
    as if the clusters had been drawn at random.

    Raises ValueError for bounds that do not fit each other, or a level outside (0, 1).
    Source: Clopper and Pearson (1934), Biometrika 26, 404-413.

    >>> low = pd.DataFrame({"x": [1.0, 1.0, 0.0]}, index=["a", "b", "c"])
    >>> high = pd.DataFrame({"x": [1.0, 1.0, 1.0]}, index=["a", "b", "c"])
    >>> prevalence(low, high)[["k", "n"]].values.tolist()
    [[2, 3], [2, 2], [3, 3]]
    """
    check_bounds(low, high)
    if not 0 < confidence_level < 1:
        raise ValueError(
            f"confidence_level is {confidence_level!r}; wanted a number between 0 and 1"
        )
    least, most = low.to_numpy(float), high.to_numpy(float)
    shown, known = (least >= 1).sum(axis=0), (least == most).sum(axis=0)
    every = np.full(len(shown), len(least))
    # per component and reading: clusters that have it, clusters counted
    k = np.stack([shown, shown, (most >= 1).sum(axis=0)], axis=1).ravel()
    n = np.stack([every, known, every], axis=1).ravel()
    none = n == 0
    lowest, highest = _clopper_pearson(k, n, confidence_level)
    return pd.DataFrame(
        {
            "component": [component for component in low.columns for _ in READINGS],
            "reading": [*READINGS] * len(shown),
            "k": k,
            "n": n,
            "share": k / np.where(none, np.nan, n),
            "low_as_if_random": lowest,
            "high_as_if_random": highest,
            "reason": np.where(none, "no cluster left to count", ""),
        }
    )


def dominance(low: pd.DataFrame, high: pd.DataFrame) -> pd.DataFrame:
    """Tell for every ordered pair whether one cluster dominates the other.

    At least as good in every component and better in one:
    certainly (whatever the open components turn out to be), as_evidenced (low against low: counting
    only what is shown), possibly (for some outcome of the open components). Each implies the next.

    Parameters
    ----------
    low, high : DataFrames, index cluster, one column per component, values in [0, 1]

    Returns a DataFrame, one row per ordered pair: cluster, other, certainly, as_evidenced,
    possibly.

    >>> low = pd.DataFrame({"x": [1.0, 0.0], "y": [1.0, 0.0]}, index=["a", "b"])
    >>> high = pd.DataFrame({"x": [1.0, 0.0], "y": [1.0, 1.0]}, index=["a", "b"])
    >>> dominance(low, high)["certainly"].tolist(), dominance(low, high)["possibly"].tolist()
    ([True, False], [True, False])
    """
    check_bounds(low, high)
    clusters, least, most = low.index.to_numpy(), low.to_numpy(), high.to_numpy()
    first, second = np.nonzero(~np.eye(len(clusters), dtype=bool))
    return pd.DataFrame(
        {
            "cluster": clusters[first],
            "other": clusters[second],
            "certainly": _dominates(least, most)[first, second],
            "as_evidenced": _dominates(least, least)[first, second],
            "possibly": _dominates(most, least)[first, second],
        }
    )


@dataclass(frozen=True, repr=False)
class Association(Readable):
    """Exact test of a 2x2 table. Undefined or omitted results are NaN, and `reason` says why."""

    table: tuple  # ((a, b), (c, d)), counts
    odds_ratio: float  # a d / (b c), of the sample
    p_value: float  # two-sided, exact
    circular: bool  # the rows were set from the columns, or the columns from the rows
    reason: str  # why odds_ratio or p_value is empty
    note: str  # how p is to be read; empty where p is withheld


def fisher_exact(table: list, *, circular: bool = True) -> Association:
    """Test a 2x2 table for association, by Fisher's exact test.

    Parameters
    ----------
    table : array-like of counts, shape (2, 2), for example from `pandas.crosstab`
    circular : whether one side of the table was set from the other, as a grade is that was given
        for the evidence. A test then asks only whether the rule was kept: p is withheld. Pass
        False where the two sides were found independently.

    Raises ValueError for anything but four whole counts.
    Source: Fisher (1935), J. R. Stat. Soc. 98, 39-54.

    >>> result = fisher_exact([[3, 0], [0, 3]], circular=False)
    >>> round(result.p_value, 3), result.reason
    (0.1, 'odds ratio: a zero in the table leaves it without a finite estimate')
    """
    counts = _counts(table)
    (a, b), (c, d) = counts
    odds_ratio = float(a * d / (b * c)) if b * c else np.nan
    finite = "" if b * c else "odds ratio: a zero in the table leaves it without a finite estimate"
    p_value = np.nan if circular else _two_sided_p(counts)
    return Association(
        table=tuple(tuple(int(count) for count in row) for row in counts),
        odds_ratio=odds_ratio,
        p_value=p_value,
        circular=bool(circular),
        reason="; ".join(filter(None, [finite, CIRCULAR if circular else ""])),
        note="" if circular else AS_IF,
    )


def nearest_peers(matrix: pd.DataFrame, *, clusters: Iterable[str] | None = None) -> pd.DataFrame:
    """Find the nearest peers of each cluster by the share of equal component statuses, with ties.

    Simple matching: the share of components in which two clusters have the same of the five
    statuses. Two silences match too, and `matching_open` counts them: a likeness of what is
    written, not of what there is.

    Parameters
    ----------
    matrix : DataFrame of statuses, index cluster, one column per component (`component_matrix`)
    clusters : those to find peers for, default all of them

    Returns a DataFrame, one row per cluster and nearest peer: cluster, peer, matching (number of
    components), matching_open (those of them unknown or not reported), components (their number),
    similarity (matching / components).

    A cluster alone has no peers: no row. Raises ValueError for no cluster or an unknown status,
    KeyError for an unknown cluster.
    Source: Sokal and Michener (1958), Univ. Kansas Sci. Bull. 38, 1409-1438.

    >>> matrix = pd.DataFrame({"x": ["present", "present", "absent"],
    ...     "y": ["unknown", "unknown", "present"]}, index=["a", "b", "c"])
    >>> nearest_peers(matrix)[["cluster", "peer", "matching"]].values.tolist()
    [['a', 'b', 2], ['b', 'a', 2], ['c', 'a', 0], ['c', 'b', 0]]
    """
    check_statuses(matrix)
    texts, (total, count) = matrix.to_numpy(dtype=object), matrix.shape
    cells = pd.Index(STATUSES).get_indexer(texts.ravel()).reshape(texts.shape)
    wanted = matrix.index if clusters is None else clusters
    rows = np.array([matrix.index.get_loc(cluster) for cluster in wanted], dtype=int)
    shared = {}  # in how many components do two clusters both have a status
    for place, status in enumerate(STATUSES):
        there = (cells == place).astype(int)
        shared[status] = there[rows] @ there.T
    matching, silent = sum(shared.values()), sum(shared[status] for status in MISSING_STATUSES)
    itself = rows[:, None] == np.arange(total)
    others = np.where(itself, -1, matching)
    one, two = np.nonzero((others == others.max(axis=1, keepdims=True)) & ~itself)
    return pd.DataFrame(
        {
            "cluster": matrix.index[rows[one]],
            "peer": matrix.index[two],
            "matching": matching[one, two],
            "matching_open": silent[one, two],
            "components": count,
            "similarity": matching[one, two] / count,
        }
    )


def check_bounds(low: pd.DataFrame, high: pd.DataFrame) -> None:
    """Refuse bounds that are no pair of complete, equally labelled tables with low <= high.

    >>> check_bounds(pd.DataFrame({"x": [1.0]}), pd.DataFrame({"x": [0.5]}))
    Traceback (most recent call last):
    ValueError: low exceeds high for 0, x: 1.0 > 0.5
    """
    _check_unit_table("low", low)
    _check_unit_table("high", high)
    if not (low.index.equals(high.index) and low.columns.equals(high.columns)):
        raise ValueError("low and high differ in their clusters or components")
    crossed = low.to_numpy() > high.to_numpy()
    if crossed.any():
        row, column = np.argwhere(crossed)[0]
        where = f"{low.index[row]}, {low.columns[column]}"
        raise ValueError(
            f"low exceeds high for {where}: {low.iat[row, column]} > {high.iat[row, column]}"
        )


def check_statuses(matrix: pd.DataFrame) -> None:
    """Refuse a matrix of statuses that is empty, has a cluster twice or a word that is no status.

    >>> check_statuses(pd.DataFrame({"x": ["there"]}, index=["a"]))
    Traceback (most recent call last):
    ValueError: status is 'there' for a, x; allowed: present, planned, unknown, absent, not reported
    """
    if matrix.empty or not matrix.index.is_unique:
        raise ValueError("matrix is empty or names a cluster twice")
    if set(matrix.to_numpy(object).ravel()).difference(STATUSES):
        row, column = np.argwhere(~matrix.isin(STATUSES).to_numpy())[0]
        where = f"{matrix.index[row]}, {matrix.columns[column]}"
        allowed = ", ".join(STATUSES)
        raise ValueError(f"status is {matrix.iat[row, column]!r} for {where}; allowed: {allowed}")


def _check_unit_table(name, frame):
    if frame.empty or not (frame.index.is_unique and frame.columns.is_unique):
        raise ValueError(f"{name} is empty or names a cluster or component twice")
    if not all(map(pd.api.types.is_numeric_dtype, set(frame.dtypes))):
        raise ValueError(f"{name} is not numeric; wanted numbers from 0 to 1")
    values = frame.to_numpy()
    within = (values >= 0) & (values <= 1)
    if not within.all():
        row, column = np.argwhere(~within)[0]
        where = f"{frame.index[row]}, {frame.columns[column]}"
        raise ValueError(f"{name} is {frame.iat[row, column]} for {where}; wanted 0 to 1")


def _dominates(mine, theirs):
    """Return the dominance matrix of rows (n, m): nowhere less and somewhere more, shape (n, n)."""
    mine, theirs = mine[:, None, :], theirs[None, :, :]
    return (mine >= theirs).all(axis=2) & (mine > theirs).any(axis=2)


def _counts(table):
    try:
        counts = np.ma.array(table, dtype=float).filled(np.nan)  # what is masked is no count
    except (TypeError, ValueError):
        counts = np.empty(0)
    whole = np.isfinite(counts) & (counts >= 0) & (counts == np.round(counts))
    if counts.shape != (2, 2) or not whole.all():
        raise ValueError(f"table is {table!r}; wanted two rows of two whole counts")
    return counts


def _two_sided_p(counts):
    """Sum the probabilities of all tables with these margins that are no likelier than this one."""
    (a, b), (c, _) = counts
    row, column, n = a + b, a + c, counts.sum()
    corner = np.arange(max(0, row + column - n), min(row, column) + 1)
    cells = [corner, row - corner, column - corner, n - row - column + corner]
    log_chances = -sum(scipy.special.gammaln(cell + 1) for cell in cells)
    chances = np.exp(log_chances - log_chances.max())
    # a table that is as likely counts, whatever its last digits
    counted = chances <= chances[corner == a] * (1 + 1e-7)
    return float(chances[counted].sum() / chances.sum())


def _clopper_pearson(k, n, confidence_level):
    tail = (1 - confidence_level) / 2
    # a beta distribution needs positive parameters: the ends are known there
    least = np.where(k > 0, scipy.special.betaincinv(np.maximum(k, 1), n - k + 1, tail), 0.0)
    most = np.where(k < n, scipy.special.betainccinv(k + 1, np.maximum(n - k, 1), tail), 1.0)
    undefined = n == 0
    return np.where(undefined, np.nan, least), np.where(undefined, np.nan, most)
