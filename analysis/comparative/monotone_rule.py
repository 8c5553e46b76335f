"""The monotone rule that fits published grades best, and its exceptions.

A rule is monotone where more evidence never means a lower grade. The best rule has the fewest
exceptions. It is defined at the observed profiles; between them it leaves a range of grades.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import scipy

from analysis.comparative.grading import check_grades
from analysis.comparative.proportions import check_bounds
from analysis.composite.matrix import distinct_names
from analysis.tidy.showing import Readable

if TYPE_CHECKING:
    from typing import Literal

    from numpy.typing import ArrayLike

READINGS = ("as evidenced", "at most", "certainly")
EXCEPTION = ("never", "under some best rules", "always")


@dataclass(frozen=True, repr=False)
class MonotoneRule(Readable):
    """The monotone rules with the fewest exceptions, as the range of grades that they give."""

    grades: tuple  # lowest first
    reading: str  # how profiles were read, one of READINGS
    exception_count: int  # clusters whose grade differs, the same under every best rule
    clusters: pd.DataFrame  # index cluster: grade, rule_low, rule_high, exception (of EXCEPTION)
    low: pd.DataFrame  # least of each component under the reading, in [0, 1], index cluster
    high: pd.DataFrame  # most of each component under the reading

    @property
    def exceptions(self) -> pd.DataFrame:
        """The clusters that are an exception under some best rule or under all, as a table."""
        return self.clusters[self.clusters["exception"] != "never"]

    @property
    def unique(self) -> bool:
        """Whether the best rule is unique, so that its exceptions are too."""
        return bool((self.clusters["rule_low"] == self.clusters["rule_high"]).all())

    def profiles(self) -> pd.DataFrame:
        """Return one row per observed profile, in the order given.

        Columns: one per component (the least it counts), open (components not settled, ", "
        between), clusters and grades (tuples, in the same order), rule_low, rule_high.
        """
        opened = self.low.lt(self.high).apply(
            lambda row: ", ".join(map(str, self.low.columns[row])), axis=1
        )
        columns = distinct_names(self.low, "open", "part", "clusters", "grades", *self.clusters)
        keyed = (
            self.low.set_axis(columns, axis=1)
            .assign(open=opened)
            .join(self.clusters)
            .rename_axis("clusters")
        )
        # a cluster with open components is a profile of its own: the rule may part equal ones
        keyed["part"] = np.where(opened == "", "", self.low.index.astype(str))
        by = [*columns, "open", "part"]
        tables = keyed.reset_index().groupby(by, sort=False, dropna=False)
        table = tables.agg(
            clusters=("clusters", tuple),
            grades=("grade", tuple),
            rule_low=("rule_low", "first"),
            rule_high=("rule_high", "first"),
        )
        return table.reset_index().drop(columns="part")

    def grade_range(self, least: ArrayLike, most: ArrayLike | None = None) -> tuple[str, str]:
        """Return the (lowest, highest) grade of a profile, observed or not, under the best rules.

        Parameters
        ----------
        least, most : one number per component, in [0, 1], in the order of `low`; `most` is needed
            only where a component is open

        Raises ValueError for a profile of another length, or with a gap.
        """
        least = np.ma.array(least, dtype=float).filled(np.nan)
        most = least if most is None else np.ma.array(most, dtype=float).filled(np.nan)
        if not least.shape == most.shape == (self.low.shape[1],):
            wanted = ", ".join(map(str, self.low.columns))
            raise ValueError(f"profile is {least.tolist()}; wanted one number for each of {wanted}")
        if np.isnan([least, most]).any():
            raise ValueError("profile has a gap; wanted 0 to 1 where nothing is known")
        low, high = self.grade_ranges(least[None, :], most[None, :])
        return self.grades[low[0]], self.grades[high[0]]

    def grade_ranges(self, least: np.ndarray, most: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Return the same of many profiles, arrays (profiles, components): codes of `grades`."""
        below = (self.high.to_numpy()[None, :, :] <= least[:, None, :]).all(axis=2)
        above = (self.low.to_numpy()[None, :, :] >= most[:, None, :]).all(axis=2)
        ends = self.clusters["rule_low"], self.clusters["rule_high"]
        low, high = (end.cat.codes.to_numpy(int) for end in ends)
        top = len(self.grades) - 1
        return np.where(below, low, 0).max(axis=1), np.where(above, high, top).min(axis=1)


def best_monotone_rule(
    low: pd.DataFrame,
    high: pd.DataFrame,
    grades: pd.Series,
    *,
    reading: Literal["as evidenced", "at most", "certainly"] = "as evidenced",
) -> MonotoneRule:
    """Find the monotone rule from components to grades with the fewest exceptions, exactly.

    A closure problem: u[i, k] = 1 where cluster i is given grade k or better; u[i, k] <= u[j, k]
    where j is at least as good as i in every component; cost 1 for every grade that differs. One
    maximum flow solves it, in whole numbers. Best rules form a lattice, so its lowest and highest
    member, the smallest and the largest minimum cut, bound all of them.

    Parameters
    ----------
    low, high : DataFrames, index cluster, one column per component, values in [0, 1]
    grades : Series of ordered categorical, index cluster: the published grades
    reading : "as evidenced": low against low; silence counts as nothing for the rule only, as if
        the grades had been given for what is shown. "at most": high against high. "certainly": only
        clusters whose order no open component can turn are to be graded in order, so what is an
        exception then is one whatever the truth.

    Returns a `MonotoneRule`. The exceptions of one cluster are settled ("always", "never") or
    depend on which of several best rules one takes ("under some best rules").

    Raises ValueError for bounds or a reading that do not fit, KeyError for a missing grade.
    Source: Dykstra, Hewett and Robertson (1999), Biometrika 86, 429-438 (isotonic discrimination);
    Picard (1976), Management Science 22, 1268-1272 (closures, and the lattice of optimal ones).

    >>> low = pd.DataFrame({"x": [0.0, 1.0, 1.0]}, index=["a", "b", "c"])
    >>> grades = pd.Series(["low", "high", "low"], index=["a", "b", "c"]).astype(
    ...     pd.CategoricalDtype(["low", "high"], ordered=True))
    >>> rule = best_monotone_rule(low, low, grades)
    >>> rule.exception_count, rule.unique, rule.exceptions.index.tolist()
    (1, False, ['b', 'c'])
    >>> rule.grade_range([1.0])
    ('low', 'high')
    """
    given, least, most = _as_read(low, high, grades, reading)
    below, codes, top = _order(given, least, most)
    lowest, highest = _best(below, codes, top)
    clusters = pd.DataFrame({"grade": given}, index=low.index).assign(
        rule_low=pd.Categorical.from_codes(lowest, dtype=given.dtype),
        rule_high=pd.Categorical.from_codes(highest, dtype=given.dtype),
        exception=_exceptions(below, codes, top, lowest, highest),
    )
    count = int((lowest != codes).sum())
    return MonotoneRule(tuple(given.cat.categories), reading, count, clusters, least, most)


def fewest_exceptions(
    low: pd.DataFrame,
    high: pd.DataFrame,
    grades: pd.Series,
    *,
    reading: Literal["as evidenced", "at most", "certainly"] = "as evidenced",
) -> int:
    """Count the exceptions that even the best monotone rule has; all as in `best_monotone_rule`.

    >>> low = pd.DataFrame({"x": [0.0, 1.0, 1.0]}, index=["a", "b", "c"])
    >>> grades = pd.Series(["low", "high", "low"], index=["a", "b", "c"]).astype(
    ...     pd.CategoricalDtype(["low", "high"], ordered=True))
    >>> fewest_exceptions(low, low, grades)
    1
    """
    below, codes, top = _order(*_as_read(low, high, grades, reading))
    if _in_order(below, codes):
        return 0
    costs, pairs, _ = _closure_problem(below, codes, top)
    least = costs[costs < 0].sum() + _flow(costs.ravel(), pairs)[1].flow_value
    return int((codes > 0).sum() + least)  # what the lowest grade for all costs, and what is saved


def _as_read(low, high, grades, reading):
    """Check bounds, grades and reading; return the grades, and both ends as they are read."""
    check_bounds(low, high)
    given = check_grades(grades, low.index)
    if reading not in READINGS:
        raise ValueError(f"reading is {reading!r}; allowed: {', '.join(READINGS)}")
    return given, high if reading == "at most" else low, low if reading == "as evidenced" else high


def _order(given, least, most):
    """Return which cluster is no better than which, the codes of the grades, and the top code."""
    below = (most.to_numpy()[:, None, :] <= least.to_numpy()[None, :, :]).all(axis=2)
    return below, given.cat.codes.to_numpy(int), len(given.cat.categories) - 1


def _in_order(below, codes):
    """Tell whether the grades are in order, and so the only rule without exception."""
    return not (below & (codes[:, None] > codes)).any()


def _best(below, codes, top, *, hold=None):
    """Return the lowest and the highest best rule, as grades, int (n,) each.

    below : bool (n, n), whether i is no better than j; codes : int (n,), grades from 0 to top;
    hold : (cluster, grade) that the rule must give.
    """
    if hold is None and _in_order(below, codes):
        return codes.copy(), codes.copy()
    costs, pairs, group = _closure_problem(below, codes, top)
    if hold:
        must = np.where(np.arange(top) < hold[1], -1, 1)
        costs[group[hold[0]]] = must * (len(codes) + 1)  # more than an exception of every cluster
    ends = _closures(costs.ravel(), pairs)
    return tuple(end.reshape(costs.shape).sum(axis=1)[group] for end in ends)


def _closure_problem(below, codes, top):
    """Return the cost of each u beside u = 0 (groups, top), the pairs, the group of each cluster.

    Equal clusters are one group.
    """
    differs = (np.arange(top + 1) != codes[:, None]).astype(int)
    first, group = _equals(below)
    costs = np.zeros((len(first), top), dtype=int)
    np.add.at(costs, group, np.diff(differs, axis=1))
    return costs, _order_pairs(below[np.ix_(first, first)], top), group


def _flow(costs, pairs):
    """Return the capacities and the maximum flow that bounds what a closure of nodes can save.

    It runs from a source to the nodes that save their cost, on along the pairs without limit, and
    from the nodes that cost something to a sink (Picard).
    """
    source, sink = len(costs), len(costs) + 1
    saving, dear = np.flatnonzero(costs < 0), np.flatnonzero(costs > 0)
    limitless = np.abs(costs).sum() + 1
    one = np.concatenate([np.full(len(saving), source), dear, pairs[0]])
    two = np.concatenate([saving, np.full(len(dear), sink), pairs[1]])
    most = np.concatenate([-costs[saving], costs[dear], np.full(len(pairs[0]), limitless)])
    edges = most.astype(np.int32), (one, two)
    capacity = scipy.sparse.csr_array(edges, shape=(sink + 1, sink + 1))
    return capacity, scipy.sparse.csgraph.maximum_flow(capacity, source, sink)


def _closures(costs, pairs):
    """Return the smallest and the largest closure of least cost, bool (nodes,) each.

    A closure holds with each node all that `pairs` (from, to) lead to from it. The smallest is
    what the source can still reach beside the flow, the largest what cannot reach the sink.
    """
    capacity, found = _flow(costs, pairs)
    left = (capacity - found.flow > 0).astype(np.int32)
    nodes = np.arange(len(costs))
    reached = scipy.sparse.csgraph.breadth_first_order(left, len(costs))[0]
    reaching = scipy.sparse.csgraph.breadth_first_order(left.T.tocsr(), len(costs) + 1)[0]
    return np.isin(nodes, reached), ~np.isin(nodes, reaching)


def _equals(below):
    """Group clusters that are no better than each other: (first of each group, group of each)."""
    same = below & below.T | np.eye(len(below), dtype=bool)
    return np.unique(same.argmax(axis=1), return_inverse=True)


def _order_pairs(below, top):
    """Return the cells (lesser, greater) of u of which the first is at most the second."""
    cell = np.arange(len(below) * top).reshape(-1, top)
    one, two = np.nonzero(_covering(below))
    lesser = np.concatenate([cell[one].ravel(), cell[:, 1:].ravel()])
    return lesser, np.concatenate([cell[two].ravel(), cell[:, :-1].ravel()])


def _covering(below):
    """Keep the pairs that are not implied by transitivity."""
    strictly = below & ~below.T
    implied = strictly.astype(float) @ strictly > 0
    return strictly & ~implied


def _exceptions(below, codes, top, lowest, highest):
    """Tell for each cluster whether it is an exception never, under some best rules, or always."""
    count = (lowest != codes).sum()
    never = (lowest == codes) & (highest == codes)
    kept = (lowest == codes) | (highest == codes)
    # a grade strictly between the ends need not be reached by any best rule: try, once for equals
    _, group = _equals(below)
    tried = {}
    for cluster in np.flatnonzero((lowest < codes) & (codes < highest)):
        hold = group[cluster], codes[cluster]
        if hold not in tried:
            tried[hold] = _best(below, codes, top, hold=(cluster, codes[cluster]))[0]
        kept[cluster] = (tried[hold] != codes).sum() == count
    return np.select([never, kept], EXCEPTION[:2], EXCEPTION[2])
