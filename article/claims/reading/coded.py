"""What the checks read of Table 1: who the clusters are, what is coded of their components.

Each function raises NoData where the study lacks what is asked for, so that a check of another
study ends in the verdict `not testable`, with the reason.
"""

from analysis.comparative.evidence import MISSING_STATUSES, component_matrix, evidence_bounds
from analysis.tidy.records import records
from article.claims.reading.caching import cached
from article.claims.registry import NoData

COORDINATOR = "coordinator only"  # a form of management that is no managing body


def cluster_count(study):
    """Return how many clusters a study has."""
    return len(study.clusters)


@cached("clusters")
def by_cluster(study, name):
    """Return one column of `clusters` by cluster: {cluster: cell}."""
    clusters = study.clusters
    return dict(zip(clusters.index.tolist(), clusters[name].tolist(), strict=True))


@cached("components")
def component(study, name, column="status"):
    """Return the status of one component for each cluster: Series, index cluster.

    >>> from analysis.study.loading import load_study
    >>> component(load_study(), "services")["don-valley-wine"]
    'absent'
    """
    return _statuses(study, name, column).dropna()


@cached("components")
def statuses(study, name, column="status"):
    """Return the same as {cluster: status}."""
    found = _statuses(study, name, column)
    rows = zip(found.index.tolist(), found.tolist(), strict=True)
    return {cluster: status for cluster, status in rows if status == status}


def _statuses(study, name, column):
    table = matrix(study, column)
    if name not in table:
        raise NoData(f"component {name!r}")
    return table[name]


@cached("components")
def items(study, name):
    """Return the coded items of one component: rows of `components`."""
    found = [place for place, (one,) in enumerate(records(study.components, "component"))
             if one == name]  # fmt: skip
    if not found:
        raise NoData(f"component {name!r}")
    return study.components.take(found)


@cached("components")
def matrix(study, column="status"):
    """Return the status of each component of each cluster: see `component_matrix`."""
    return component_matrix(study.components, column)


@cached("components")
def evidence(study):
    """Return the rows of `components` that decide what each component counts.

    An item that is present in both readings settles its component, so the others are left out; so
    are items of the same statuses as one before.

    >>> from analysis.study.loading import load_study
    >>> len(evidence(load_study()))
    48
    """
    columns = ("cluster", "component", "status", "alternative_status")
    rows = [
        (*cell, status, other if other == other else status)
        for *cell, status, other in records(study.components, *columns)
    ]
    sure = {row[:2] for row in rows if row[2:] == ("present", "present")}
    deciding = {}
    for place, row in enumerate(rows):
        if row[:2] not in sure or row[2:] == ("present", "present"):
            deciding.setdefault(row, place)
    return study.components.take(list(deciding.values()))[[*columns, "item"]]


@cached("components")
def bounds(study, column="status"):
    """Return the least and the most each component can count in a reading: two DataFrames."""
    return evidence_bounds(study.components, column=column)


def share_range(statuses, counted=("present",)):
    """Return the least and the greatest share of clusters: missing statuses as none, then as all.

    >>> import pandas as pd
    >>> share_range(pd.Series(["present", "absent", "unknown", "not reported"]))
    (0.25, 0.75)
    """
    found = list(statuses)
    if not found:
        raise NoData("cluster with a status")
    sure = sum(status in counted for status in found)
    possible = sum(status in counted or status in MISSING_STATUSES for status in found)
    return sure / len(found), possible / len(found)


def with_status(statuses, status):
    """Name the clusters that have a status."""
    return [cluster for cluster, found in statuses.items() if found == status]


def regions_of(study, clusters):
    """Name the regions of some clusters, each once, in their order."""
    regions = by_cluster(study, "region")
    return list(dict.fromkeys(regions[cluster] for cluster in clusters))


def forms_of(study):
    """Name each cluster's form of management: {cluster: form}."""
    forms = {}
    for cluster, form in records(items(study, "management body"), "cluster", "item"):
        forms.setdefault(cluster, form)
    return forms
