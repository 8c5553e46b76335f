"""What the checks read of Table 1: who the clusters are, what is coded of their components.

Each function raises NoData where the study lacks what is asked for, so that a check of another
study ends in the verdict `not testable`, with the reason.
"""

from functools import lru_cache
from itertools import zip_longest

import pandas as pd

from analysis.comparative.evidence import (
    MISSING_STATUSES,
    STATUSES,
    component_matrix,
    evidence_bounds,
)
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
    cells = study.clusters[name]
    return dict(zip(cells.index.tolist(), cells.tolist(), strict=True))


def _of_component(name, column="status"):
    return {"components": Part((("component", (name,)),))}


@cached("components", parts=_of_component)
def component(study, name, column="status"):
    """Return the status of one component for each cluster: Series, index cluster.

    >>> from analysis.study.loading import load_study
    >>> component(load_study(), "services")["don-valley-wine"]
    'absent'
    """
    return _statuses(study, name, column).dropna()


@cached("components", parts=_of_component)
def statuses(study, name, column="status"):
    """Return the same as {cluster: status}."""
    found = _statuses(study, name, column)
    rows = zip(found.index.tolist(), found.tolist(), strict=True)
    return {cluster: status for cluster, status in rows if status == status}


def _statuses(study, name, column):
    table = component_matrix(study.components, column)
    if name not in table:
        raise NoData(f"component {name!r}")
    return table[name]


@cached("components", parts=_of_component)
def items(study, name):
    """Return the coded items of one component: rows of `components`."""
    if study.components.empty:
        raise NoData(f"component {name!r}")
    return study.components


@cached("components")
def matrix(study, column="status"):
    """Return the status of each component of each cluster: see `component_matrix`."""
    return component_matrix(study.components, column)


@cached("components")
def deciding(study):
    """Return what decides how much each component counts, as tuples: see `evidence`."""
    readings = {}  # of each component: the statuses of its items in both readings
    columns = ("cluster", "component", "status", "alternative_status")
    for *cell, status, other in records(study.components, *columns):
        both = readings.setdefault(tuple(cell), (set(), set()))
        both[0].add(status)
        both[1].add(other if other in STATUSES else status)
    rows = []
    for cell, both in readings.items():
        one, two = map(_deciding, both)
        rows += [(*cell, *pair) for pair in zip_longest(one, two, fillvalue="absent")]
    return tuple(rows)


def evidence(study):
    """Return what decides how much each component counts: rows as in `components`, fewer.

    Of a present item nothing more needs to be known; else a planned and a missing one count beside
    each other, and an absent one where there is no other. So the rows are the same whichever item
    of a component it is that decides.

    >>> from analysis.study.loading import load_study
    >>> len(evidence(load_study()))
    47
    """
    return _evidence(deciding(study))


def bounds(study, column="status"):
    """Return the least and the most each component can count in a reading: two DataFrames."""
    return _bounds(deciding(study), column)


# what follows from the evidence is computed once for studies that have the same


@lru_cache(maxsize=16)
def _evidence(rows):
    columns = ["cluster", "component", "status", "alternative_status"]
    return pd.DataFrame(rows, columns=columns).astype("str")


@lru_cache(maxsize=16)
def _bounds(rows, column):
    return evidence_bounds(_evidence(rows), column=column)


def _deciding(statuses):
    """Return the statuses that decide what a component counts, of those of its items."""
    missing = [status for status in MISSING_STATUSES if status in statuses][:1]
    planned = ["planned"] if "planned" in statuses else []
    return ["present"] if "present" in statuses else [*planned, *missing] or ["absent"]


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
