"""What is said of each institutional component, and how far it could count.

Five statuses stay apart: present, planned, absent (the source says there is none), unknown (it
says it is not known), not reported (it is silent). The last two are an interval, never a zero.
"""

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
    status, arguable (an item has another reading), partly_open (beside it an item is unknown).

    >>> items = pd.DataFrame({"cluster": "a", "component": ["x", "x", "y"], "item": ["i", "j", "k"],
    ...     "status": ["planned", "unknown", "absent"]})
    >>> items["alternative_status"] = [None, None, "present"]
    >>> component_status(items)[["component", "status", "arguable", "partly_open"]].values.tolist()
    [['x', 'planned', False, True], ['y', 'absent', True, False]]
    """
    read = components["status"]
    if column == "alternative_status":
        read = components["alternative_status"].fillna(read)
    items = components.assign(
        rank=read.map({status: rank for rank, status in enumerate(STATUSES)}),
        arguable=components["alternative_status"].notna(),
        open=read.isin(OPEN),
    )
    summed = items.groupby(["cluster", "component"], sort=False).agg(
        rank=("rank", "min"), arguable=("arguable", "any"), open=("open", "any")
    )
    status = summed["rank"].map(dict(enumerate(STATUSES)))
    partly_open = summed["open"] & (status == "planned")
    result = pd.DataFrame(
        {"status": status, "arguable": summed["arguable"], "partly_open": partly_open}
    )
    return result.reset_index()


def component_matrix(components, column="status"):
    """Arrange component statuses as a matrix: index cluster, one column per component.

    >>> items = pd.DataFrame({"cluster": ["a", "b"], "component": "x", "item": "i",
    ...     "status": ["present", "unknown"], "alternative_status": [None, None]})
    >>> component_matrix(items)["x"].to_dict()
    {'a': 'present', 'b': 'unknown'}
    """
    summed = component_status(components, column)
    matrix = summed.pivot(index="cluster", columns="component", values="status")
    clusters, names = summed["cluster"].unique(), summed["component"].unique()
    return matrix.reindex(index=clusters, columns=names).rename_axis(columns=None)


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
    read = components["status"]
    if column == "alternative_status":
        read = components["alternative_status"].fillna(read)
    known = {status: status_bounds(status, planned_credit) for status in STATUSES}
    items = components[["cluster", "component"]].assign(
        low=read.map({status: low for status, (low, _) in known.items()}),
        high=read.map({status: high for status, (_, high) in known.items()}),
    )
    best = items.groupby(["cluster", "component"], sort=False)[["low", "high"]].max().reset_index()
    clusters, names = best["cluster"].unique(), best["component"].unique()
    low, high = (
        best.pivot(index="cluster", columns="component", values=bound)
        .reindex(index=clusters, columns=names)
        .rename_axis(columns=None)
        for bound in ("low", "high")
    )
    return low, high
