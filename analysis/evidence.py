"""What is said of each institutional component, and how far it could count.

Five statuses stay apart: present, planned, absent (the source says there is none), unknown (it
says it is not known), not reported (it is silent). The last two are an interval, never a zero.
"""

import numpy as np
import pandas as pd

STATUSES = ("present", "planned", "unknown", "absent", "not reported")
OPEN = ("unknown", "not reported")  # the truth may be anything from nothing to full


def status_bounds(status, planned_credit=0.0):
    """Return the least and the most that a status can count, as (low, high) in [0, 1].

    Raises KeyError for a word that is no status, ValueError for a credit outside [0, 1].

    >>> status_bounds("present"), status_bounds("planned", 0.5), status_bounds("unknown")
    ((1.0, 1.0), (0.5, 0.5), (0.0, 1.0))
    """
    if not 0 <= planned_credit <= 1:
        raise ValueError(f"planned_credit is {planned_credit!r}; wanted a number from 0 to 1")
    credit = float(planned_credit)
    bounds = {"present": (1.0, 1.0), "planned": (credit, credit), "absent": (0.0, 0.0)}
    bounds |= dict.fromkeys(OPEN, (0.0, 1.0))
    if status not in bounds:
        raise KeyError(f"unknown status {status!r}; allowed: {', '.join(STATUSES)}")
    return bounds[status]


def component_status(components, column="status"):
    """Sum up the items of each component in one status.

    A component has the first of `STATUSES` that any of its items has: one present item makes it
    present, and an unknown item keeps it open unless another is present or planned.

    Parameters
    ----------
    components : DataFrame with columns cluster, component, item, status, alternative_status
    column : "status", or "alternative_status" for the other reading of the items that have one

    Returns a DataFrame, one row per cluster and component in the order given: cluster, component,
    status, arguable (an item has another reading), partly_open (beside it an item is open).

    >>> items = pd.DataFrame({"cluster": "a", "component": ["x", "x", "y"], "item": ["i", "j", "k"],
    ...     "status": ["planned", "unknown", "absent"]})
    >>> items["alternative_status"] = [None, None, "present"]
    >>> component_status(items)[["component", "status", "arguable", "partly_open"]].values.tolist()
    [['x', 'planned', False, True], ['y', 'absent', True, False]]
    """
    read = _reading(components, column)
    rank = read.map({status: place for place, status in enumerate(STATUSES)}).to_numpy()
    cells, at = _cells(components)
    best = _most(-rank, at, len(cells))
    arguable = _most(components["alternative_status"].notna().to_numpy(), at, len(cells)) > 0
    opened = _most(read.isin(OPEN).to_numpy(), at, len(cells)) > 0
    status = pd.Series(-best).map(dict(enumerate(STATUSES)))
    return cells.assign(
        status=status.astype("str"),
        arguable=arguable,
        partly_open=opened & status.isin(["planned", "absent"]),
    )


def component_matrix(components, column="status"):
    """Arrange component statuses as a matrix: index cluster, one column per component.

    >>> items = pd.DataFrame({"cluster": ["a", "b"], "component": "x", "item": "i",
    ...     "status": ["present", "unknown"], "alternative_status": [None, None]})
    >>> component_matrix(items)["x"].to_dict()
    {'a': 'present', 'b': 'unknown'}
    """
    summed = component_status(components, column)
    return _matrix(summed, summed["status"].to_numpy(dtype=object)).astype("str")


def evidence_bounds(components, planned_credit=0.0, column="status"):
    """Return the least and the most that each component can count for each cluster.

    A component counts as much as its best item: low is the highest of the items' lows, high the
    highest of their highs. So one planned and one unknown item give [planned_credit, 1].

    Returns (low, high): two DataFrames, index cluster, one column per component, values in [0, 1].

    >>> items = pd.DataFrame({"cluster": "a", "component": ["x", "x", "y"], "item": ["i", "j", "k"],
    ...     "status": ["planned", "unknown", "absent"], "alternative_status": [None] * 3})
    >>> low, high = evidence_bounds(items, planned_credit=0.25)
    >>> low.loc["a"].tolist(), high.loc["a"].tolist()
    ([0.25, 0.0], [1.0, 0.0])
    """
    read = _reading(components, column)
    known = {status: status_bounds(status, planned_credit) for status in STATUSES}
    cells, at = _cells(components)
    low, high = (
        read.map({status: bounds[end] for status, bounds in known.items()}).to_numpy(dtype=float)
        for end in (0, 1)
    )
    return tuple(_matrix(cells, _most(end, at, len(cells))) for end in (low, high))


def _reading(components, column):
    """Return the status of each item, in the first or the other reading."""
    if column == "alternative_status":
        return components["alternative_status"].fillna(components["status"])
    return components["status"]


def _cells(components):
    """Return the cells (cluster, component) in order of appearance, and each item's cell."""
    clusters, names = components["cluster"], components["component"]
    (in_cluster, _), (in_name, found) = pd.factorize(clusters), pd.factorize(names)
    at, _ = pd.factorize(in_cluster * len(found) + in_name)
    _, first = np.unique(at, return_index=True)
    cells = components[["cluster", "component"]].iloc[first].reset_index(drop=True)
    return cells, at


def _most(values, at, count):
    """Return the greatest of the values that fall into each cell."""
    most = np.full(count, -np.inf)
    np.fmax.at(most, at, values.astype(float))  # what is no status counts nowhere
    return np.where(np.isneginf(most), np.nan, most)


def _matrix(cells, values):
    """Arrange one value per cell: index cluster, one column per component; NaN where none is."""
    (row, clusters), (column, names) = (pd.factorize(cells[by]) for by in ("cluster", "component"))
    matrix = np.full((len(clusters), len(names)), np.nan, dtype=values.dtype)
    matrix[row, column] = values
    return pd.DataFrame(
        matrix, index=pd.Index(clusters, name="cluster"), columns=pd.Index(names, dtype="str")
    )
