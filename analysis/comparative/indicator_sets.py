"""What clusters are measured by: how alike their sets of indicators are, and what they cover."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analysis.tidy.records import check_columns, records

if TYPE_CHECKING:
    from collections.abc import Iterable

# columns that compare two sets
COMPARED = {"intersection": "int64", "union": "int64", "jaccard": "float64", "shared": "str"}


def jaccard(series: pd.DataFrame, by: str = "indicator") -> pd.DataFrame:
    """Compare the sets of indicators of each pair of clusters by Jaccard's index.

    Parameters
    ----------
    series : DataFrame with the columns cluster and `by`; a set is what occurs in a cluster's rows
    by : column to compare: "indicator", "label" (same name) or "concept" (same thing measured)

    Returns a DataFrame, one row per unordered pair in the order given: cluster, other,
    intersection, union (counts), jaccard (in [0, 1]), shared (the common entries, "; " between).

    Raises KeyError for a missing column, ValueError for an empty frame or an empty cell.
    Source: Jaccard (1912), New Phytologist 11, 37-50: intersection over union.

    >>> series = pd.DataFrame({"cluster": ["a", "a", "b"], "concept": ["jobs", "sales", "jobs"]})
    >>> jaccard(series, by="concept").values.tolist()
    [['a', 'b', 1, 2, 0.5, 'jobs']]
    """
    check_columns(series, ["cluster", by])
    if not len(series):
        raise ValueError("series has no rows; wanted at least one indicator of one cluster")
    empty = series["cluster"].isna() | series[by].isna()
    if empty.any():
        raise ValueError(f"series row {series.index[empty][0]!r} has no cluster or no {by}")
    sets = _sets(series, by)
    one, two = np.triu_indices(len(sets), 1)
    return pd.DataFrame(_compared(sets, "cluster", one, "other", two))


def indicator_peers(series: pd.DataFrame, cluster: str) -> pd.DataFrame:
    """Find the clusters that share indicators with one, the most similar first.

    Parameters
    ----------
    series : DataFrame with the columns cluster and indicator
    cluster : identifier; one without any series has no peers

    Returns a DataFrame, one row per cluster that shares an indicator: cluster, peer, intersection,
    union (counts), jaccard (in [0, 1]), shared (the common indicators, "; " between).

    Raises KeyError for a missing column.
    Source: as `jaccard`, whose pairs these are: those of one cluster, in a fraction of the time.

    >>> series = pd.DataFrame({"cluster": ["a", "b", "c"], "indicator": ["jobs", "jobs", "sales"]})
    >>> indicator_peers(series, "a")[["peer", "intersection", "jaccard"]].values.tolist()
    [['b', 1, 1.0]]
    """
    check_columns(series, ["cluster", "indicator"])
    sets = _sets(series, "indicator")
    others = [at for at, other in enumerate(sets) if cluster in sets and other != cluster]
    own = [list(sets).index(cluster)] * len(others) if others else []
    peers = pd.DataFrame(_compared(sets, "cluster", own, "peer", others))
    peers = peers[peers["intersection"] > 0]
    return peers.sort_values("jaccard", ascending=False, kind="stable", ignore_index=True)


def _compared(sets, first, one, second, two):
    """Compare the sets of pairs, given by their places: the columns of both, and `COMPARED`."""
    names, one, two, codes = pd.Index(list(sets)), np.array(one, int), np.array(two, int), {}
    code = np.array([codes.setdefault(tuple(found), len(codes)) for found in sets.values()], int)
    distinct = list(codes)  # of many clusters most have the same set: it is compared once
    pairs, found = pd.factorize(code[one] * len(codes) + code[two])
    compared = [_compare(*(distinct[at] for at in divmod(pair, len(codes)))) for pair in found]
    columns = zip(*compared, strict=True) if compared else [()] * len(COMPARED)
    typed = {
        name: pd.array(cells, dtype=kind).take(pairs)
        for (name, kind), cells in zip(COMPARED.items(), columns, strict=True)
    }
    return {first: names.take(one), second: names.take(two), **typed}


def _compare(one, two):
    shared = [entry for entry in one if entry in two]
    union = len({*one, *two})
    return len(shared), union, len(shared) / union, "; ".join(map(str, shared))


def _sets(series, by):
    """Return the distinct entries of each cluster, in order: {cluster: {entry: None}}."""
    sets = {}
    for cluster, entry in records(series, "cluster", by):
        sets.setdefault(cluster, {})[entry] = None
    return sets


def criteria_coverage(
    series: pd.DataFrame,
    criteria: Iterable[str],
    *,
    clusters: Iterable[str] | None = None,
    alternative: bool = False,
) -> pd.DataFrame:
    """Count the evidence that each cluster carries on each criterion.

    Parameters
    ----------
    series : DataFrame: cluster, indicator, value, criterion (and criterion_alternative). Pass only
        the rows that count as evidence: outcomes alone, say, and no targets.
    criteria : sequence of criterion ids; an indicator that serves none of them counts nowhere
    clusters : sequence of cluster ids, default those of the series. A cluster without any series
        carries no evidence and counts in every share.
    alternative : read `criterion_alternative` where an indicator has one

    Returns a DataFrame, one row per cluster and criterion: cluster, criterion, indicators (number
    with at least one value), values (number observed), evidence (bool: any value). The share of
    cells that carry evidence is `table["evidence"].mean()`.

    Raises KeyError for a missing column or a cluster that is not listed, ValueError where there is
    no criterion or no cluster, or a value is not a finite number.

    >>> series = pd.DataFrame({"cluster": "a", "indicator": ["i", "i", "j"],
    ...     "value": [1.0, 2.0, None], "criterion": ["jobs", "jobs", "training"]})
    >>> table = criteria_coverage(series, ["jobs", "training"], clusters=["a", "b"])
    >>> table["values"].tolist(), float(table["evidence"].mean())
    ([2, 0, 0, 0], 0.25)
    """
    needed = ["cluster", "indicator", "value", "criterion"]
    check_columns(series, needed + ["criterion_alternative"] * alternative)
    clusters = list(dict.fromkeys(series["cluster"] if clusters is None else clusters))
    criteria = list(dict.fromkeys(criteria))
    if not clusters or not criteria:
        raise ValueError("wanted at least one cluster and one criterion")
    cluster = pd.Index(clusters).get_indexer(series["cluster"])
    if (cluster < 0).any():
        stray = min(series["cluster"][cluster < 0])
        raise KeyError(f"series has cluster {stray!r}, which is not in clusters")
    value = pd.to_numeric(series["value"]).to_numpy(dtype=float)
    if np.isinf(value).any():
        raise ValueError(f"series row {series.index[np.isinf(value)][0]!r} has an infinite value")
    criterion = series["criterion"]
    if alternative:
        criterion = series["criterion_alternative"].fillna(criterion)
    served = pd.Index(criteria).get_indexer(criterion)
    known = ~np.isnan(value) & (served >= 0)
    size = len(clusters) * len(criteria)
    cell = cluster[known] * len(criteria) + served[known]
    indicator, _ = pd.factorize(series["indicator"])
    each = np.unique(indicator[known] * size + cell)  # an indicator counts once in a cell
    values = np.bincount(cell, minlength=size)
    return pd.DataFrame(
        {
            "cluster": np.repeat(clusters, len(criteria)),
            "criterion": np.tile(criteria, len(clusters)),
            "indicators": np.bincount(each % size, minlength=size),
            "values": values,
            "evidence": values > 0,
        }
    )
