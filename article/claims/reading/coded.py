"""What the checks read of Table 1: who the clusters are, what is coded of their components.

Each function raises NoData where the study lacks what is asked for, so that a check of another
study ends in the verdict `not testable`, with the reason.
"""

import pandas as pd

from analysis.comparative.evidence import MISSING_STATUSES, status_by_cell
from analysis.tidy.records import records
from article.claims.reading.caching import cached
from article.claims.reading.parts import Part
from article.claims.registry import NoData

COORDINATOR = "coordinator only"  # a form of management that is no managing body


def cluster_count(study):
    """Return how many clusters a study has."""
    return len(study.clusters)


@cached("clusters", parts=lambda name: {"clusters": Part(only=(name,))})
def by_cluster(study, name):
    """Return one column of `clusters` by cluster: {cluster: cell}."""
    cells = study.clusters.records(name)
    return {cluster: cell for cluster, (cell,) in zip(study.clusters.index, cells, strict=True)}


@cached("components")
def combined(study, column="status"):
    """Return the status of each component of each cluster: tuples (cluster, component, status)."""
    found = status_by_cell(study.components.frame, column)
    return tuple((*cell, status) for cell, status in found.items())


def component(study, name, column="status"):
    """Return the status of one component for each cluster: Series, index cluster.

    >>> from analysis.study.loading import load_study
    >>> component(load_study(), "services")["don-valley-wine"]
    'absent'
    """
    return pd.Series(statuses(study, name, column), name=name).rename_axis("cluster")


def statuses(study, name, column="status"):
    """Return the same as {cluster: status}."""
    found = {cluster: status for cluster, one, status in combined(study, column) if one == name}
    if not found:
        raise NoData(f"component {name!r}")
    return {cluster: status for cluster, status in found.items() if status == status}


def _of_component(name):
    return {"components": Part((("component", (name,)),))}


@cached("components", parts=_of_component)
def items(study, name):
    """Return the coded items of one component: rows of `components`."""
    if study.components.frame.empty:
        raise NoData(f"component {name!r}")
    return study.components.frame


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


def region_of_each(study):
    """Return the region of each cluster: {cluster: region}. Raises NoData where one has none."""
    found = by_cluster(study, "region")
    if not all(isinstance(region, str) for region in found.values()):
        raise NoData("region of every cluster (the column region of clusters.csv)")
    return found


def regions_of(study, clusters):
    """Name the regions of some clusters, each once, in their order."""
    regions = region_of_each(study)
    return list(dict.fromkeys(regions[cluster] for cluster in clusters))


def forms_of(study):
    """Name each cluster's form of management: {cluster: form}."""
    forms = {}
    for cluster, form in records(items(study, "management body"), "cluster", "item"):
        forms.setdefault(cluster, form)
    return forms
