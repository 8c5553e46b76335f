"""The status of each institutional component, and the bounds of what it counts.

Five statuses stay apart: present, planned, absent (the source says there is none), unknown (it
says it is not known), not reported (it is silent). The last two are an interval, never a zero.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.tidy.records import check_columns, records

STATUSES = ("present", "planned", "unknown", "absent", "not reported")
MISSING_STATUSES = ("unknown", "not reported")  # an interval from 0 to 1, never a zero
NONE = float("nan")  # where nothing is said


def status_bounds(status: str, planned_credit: float = 0.0) -> tuple[float, float]:
    """Return the bounds of a status, as (low, high) in [0, 1].

    Raises KeyError for a word that is no status, ValueError for a credit outside [0, 1].

    >>> status_bounds("present"), status_bounds("planned", 0.5), status_bounds("unknown")
    ((1.0, 1.0), (0.5, 0.5), (0.0, 1.0))
    """
    if not 0 <= planned_credit <= 1:
        raise ValueError(f"planned_credit is {planned_credit!r}; wanted a number from 0 to 1")
    credit = float(planned_credit)
    bounds = {"present": (1.0, 1.0), "planned": (credit, credit), "absent": (0.0, 0.0)}
    bounds |= dict.fromkeys(MISSING_STATUSES, (0.0, 1.0))
    if status not in bounds:
        raise KeyError(f"unknown status {status!r}; allowed: {', '.join(STATUSES)}")
    return bounds[status]


def component_status(components: pd.DataFrame, column: str = "status") -> pd.DataFrame:
    """Combine the items of each component into one status.

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
    cells = _statuses(components, column)
    arguable = _statuses(components[components["alternative_status"].notna()], column)
    best, partly_open = (_each(cells, of_found).values() for of_found in (_best, _is_partly_open))
    return pd.DataFrame(
        {
            "cluster": pd.array([cluster for cluster, _ in cells], dtype="str"),
            "component": pd.array([name for _, name in cells], dtype="str"),
            "status": pd.array(list(best), dtype="str"),
            "arguable": np.array([cell in arguable for cell in cells], dtype=bool),
            "partly_open": np.array(list(partly_open), dtype=bool),
        }
    )


def component_matrix(components: pd.DataFrame, column: str = "status") -> pd.DataFrame:
    """Arrange component statuses as a matrix: index cluster, one column per component.

    `components` is a table of a study: cluster, component, item, status. Returns a DataFrame of
    statuses, index cluster, one column per component.

    >>> items = pd.DataFrame({"cluster": ["a", "b"], "component": "x", "item": "i",
    ...     "status": ["present", "unknown"], "alternative_status": [None, None]})
    >>> component_matrix(items)["x"].to_dict()
    {'a': 'present', 'b': 'unknown'}
    """
    (matrix,) = _matrices(status_by_cell(components, column), dtype=object)
    return matrix.astype("str")


def status_by_cell(components: pd.DataFrame, column: str = "status") -> dict:
    """Return the same as {(cluster, component): status}; NaN where no item has a status.

    Arguments as in `component_status`.

    >>> items = pd.DataFrame({"cluster": ["a", "a"], "component": "x", "item": ["i", "j"],
    ...     "status": ["absent", "present"], "alternative_status": [None, None]})
    >>> status_by_cell(items)
    {('a', 'x'): 'present'}
    """
    return _each(_statuses(components, column), _best)


def evidence_bounds(
    components: pd.DataFrame, planned_credit: float = 0.0, column: str = "status"
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the bounds of each component of each cluster: two frames, low and high.

    A component counts as much as its best item: low is the highest of the items' lows, high the
    highest of their highs. So one planned and one unknown item give [planned_credit, 1].

    Returns (low, high): two DataFrames, index cluster, one column per component, values in [0, 1].

    >>> items = pd.DataFrame({"cluster": "a", "component": ["x", "x", "y"], "item": ["i", "j", "k"],
    ...     "status": ["planned", "unknown", "absent"], "alternative_status": [None] * 3})
    >>> low, high = evidence_bounds(items, planned_credit=0.25)
    >>> low.loc["a"].tolist(), high.loc["a"].tolist()
    ([0.25, 0.0], [1.0, 0.0])
    """
    known = {status: status_bounds(status, planned_credit) for status in STATUSES}
    cells = _statuses(components, column)
    low, high = (
        _each(cells, lambda found, end=end: max((known[w][end] for w in found), default=NONE))
        for end in (0, 1)
    )
    least, most = _matrices(low, high, dtype=float)
    return least, most


def _statuses(components, column):
    """Gather what the items of each cell say, in order: {(cluster, component): (status, ...)}.

    In the other reading an item without one keeps its status; what is no status counts nowhere.
    """
    columns = ["cluster", "component", "status", column]
    check_columns(components, list(dict.fromkeys(columns)), "components")
    cells = {}
    for cluster, name, status, other in records(components, *columns):
        found = cells.get((cluster, name), ())
        said = other if other == other and other is not None else status
        cells[cluster, name] = (*found, said) if said in STATUSES else found
    return cells


def _each(cells, answer):
    """Apply a function to the statuses of each cell, once for each distinct tuple."""
    answers = {found: answer(found) for found in set(cells.values())}
    return {cell: answers[found] for cell, found in cells.items()}


def _best(statuses):
    """Return the first of `STATUSES` that occurs."""
    return min(statuses, key=STATUSES.index, default=NONE)


def _is_partly_open(statuses):
    """Tell whether another item is missing beside one that does not make the component present."""
    is_missing = not set(MISSING_STATUSES).isdisjoint(statuses)
    return is_missing and _best(statuses) in ("planned", "absent")


def _matrices(*tables, dtype):
    """Arrange each {(cluster, component): value} of the same cells by cluster and component."""
    clusters, names = (list(dict.fromkeys(cell[axis] for cell in tables[0])) for axis in (0, 1))
    index, columns = pd.Index(clusters, name="cluster"), pd.Index(names, dtype="str")
    shape = len(clusters), len(names)
    for table in tables:
        matrix = [[table.get((cluster, name), NONE) for name in names] for cluster in clusters]
        yield pd.DataFrame(np.array(matrix, dtype=dtype).reshape(shape), index, columns)
