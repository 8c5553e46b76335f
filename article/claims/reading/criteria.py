"""What the checks read of the announced criteria: which row serves one, where numbers bear.

A row may serve another criterion in its alternative reading.
"""

import numpy as np
import pandas as pd

from analysis.tidy.records import records
from article.claims.reading.caching import cached
from article.claims.reading.parts import Part
from article.claims.reading.tables import known, printed, with_value
from article.claims.registry import NoData

# the criteria of the method section that are about innovation itself, not about jobs or training
INNOVATION = (
    "innovative-products", "new-technologies", "research-development", "intellectual-property",
)  # fmt: skip


def serves(rows, criteria, alternative=False):
    """Tell which rows serve one of these criteria, in the main or in the other coding."""
    return pd.Series(serving(rows, criteria, alternative), index=rows.index, dtype=bool)


def serving(rows, criteria, alternative=False):
    """Tell the same as a list of bool, in the order of the rows."""
    readings = records(rows, "criterion", "criterion_alternative")
    served = [other if alternative and other == other else main for main, other in readings]
    return [criterion in criteria for criterion in served]


@cached("criteria")
def quantitative(study):
    """Return the ids of the quantitative criteria."""
    return _quantitative(study)


def _quantitative(study):
    rows = study.criteria.records("criterion", "kind")
    found = [criterion for criterion, kind in rows if kind == "quantitative"]
    if not found:
        raise NoData("quantitative criterion")
    return found


def _of_coverage(*, measured=False, alternative=False):
    return with_value(measured, without=("value",)) | {"clusters": Part(only=("name",))}


@cached("series", "clusters", "criteria", parts=_of_coverage)
def coverage(study, *, measured=False, alternative=False):
    """Say for each cluster and quantitative criterion whether any number bears on it.

    Returns a boolean DataFrame, index cluster, one column per criterion.

    >>> from analysis.study.loading import load_study
    >>> int(coverage(load_study()).to_numpy().sum())
    8
    """
    rows = study.series.records("cluster", "criterion", "criterion_alternative")
    touched = {
        (cluster, other if alternative and isinstance(other, str) else first)
        for cluster, first, other in rows
    }
    clusters, criteria = sorted(study.clusters.index), sorted(_quantitative(study))
    cells = [[(cluster, one) in touched for one in criteria] for cluster in clusters]
    index, columns = pd.Index(clusters, name="cluster"), pd.Index(criteria, name="criterion")
    return pd.DataFrame(np.array(cells, dtype=bool), index, columns)


def measured_cells(study):
    """Count the cells of cluster and quantitative criterion that hold a measured value.

    Returns (cells with a measured value, cells in all); a target is no measured value.

    >>> from analysis.study.loading import load_study
    >>> measured_cells(load_study())
    (7, 66)
    """
    cells = coverage(study, measured=True)
    return int(cells.to_numpy().sum()), int(cells.size)


def innovation_rows(study):
    """Tell which tables have a row on innovation itself, in the first and the other coding.

    Returns a boolean DataFrame, index table, columns first and other.

    >>> from analysis.study.loading import load_study
    >>> innovation_rows(load_study())["first"].to_dict()
    {2: True, 3: False, 4: True}
    """
    rows, having = printed(study), {}
    served = (serving(rows, INNOVATION, other) for other in (False, True))
    for table, *found in zip(rows["table"].tolist(), *served, strict=True):
        having[table] = [
            one or other for one, other in zip(having.get(table, found), found, strict=True)
        ]
    tables = pd.Index(sorted(having), name="table", dtype="int64")
    cells = np.array([having[table] for table in tables], dtype=bool)
    return pd.DataFrame(cells, tables, ["first", "other"])


def shares_without(having):
    """Return the share of the tables without a row on innovation, in the two readings."""
    return [having[reading].tolist().count(False) / len(having) for reading in having]


def criteria_shares(study, table):
    """Return the share of the quantitative criteria with a number, in the two readings."""
    printed(study, table)
    criteria = quantitative(study)
    rows, readings = known(study), (set(), set())
    for number, first, other in records(rows, "table", "criterion", "criterion_alternative"):
        if number is not pd.NA and number == table:
            readings[0].add(first)
            readings[1].add(other if isinstance(other, str) else first)
    return [len(found.intersection(criteria)) / len(criteria) for found in readings]


def of_criteria(study, share):
    """Say a share of the quantitative criteria as a count of them."""
    count = len(quantitative(study))
    return f"{round(share * count)} of {count} criteria"
