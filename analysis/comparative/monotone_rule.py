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
WHOLE = 1e-6  # as far from a whole number as the solver's tolerance may leave a corner
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
    where j is at least as good as i in every component; cost 1 for every grade that differs. Its
    constraints are totally unimodular, so the corners of the linear programme are whole numbers.
    Best rules form a lattice, so its lowest and highest member bound all of them.

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
    lowest, highest = _best(below, codes, top, tilt=1), _best(below, codes, top, tilt=-1)
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
    return int((_best(below, codes, top, tilt=1) != codes).sum())


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


def _best(below, codes, top, *, tilt, hold=None):
    """Solve the linear programme; tilt 1 selects the lowest best rule, -1 the highest.

    below : bool (n, n), whether i is no better than j; codes : int (n,), grades from 0 to top;
    hold : (cluster, grade) that the rule must give. Returns the rule's grades, int (n,).
    """
    if hold is None and not (below & (codes[:, None] > codes)).any():
        return codes.copy()  # the grades are in order: they are the only rule without exception
    differs = np.arange(top + 1) != codes[:, None]
    # the tilt sums to less than one exception, so it only chooses among best rules
    costs = np.diff(differs.astype(int), axis=1) * (differs[:, 1:].size + 1) + tilt
    first, group = _equals(below)
    objective = np.zeros((len(first), top))
    np.add.at(objective, group, costs)
    least, most = np.zeros(objective.shape), np.ones(objective.shape)
    if hold:
        least[group[hold[0]], : hold[1]], most[group[hold[0]], hold[1] :] = 1, 0
    constraints = _order_constraints(below[np.ix_(first, first)], top)
    solution = scipy.optimize.milp(
        objective.ravel(),
        bounds=scipy.optimize.Bounds(least.ravel(), most.ravel()),
        constraints=scipy.optimize.LinearConstraint(constraints, ub=0),
    )
    if not solution.success or np.abs(solution.x - np.rint(solution.x)).max() > WHOLE:
        raise RuntimeError(f"the programme for the rule failed: {solution.message}")
    return np.rint(solution.x).astype(int).reshape(objective.shape).sum(axis=1)[group]


def _equals(below):
    """Group clusters that are no better than each other: (first of each group, group of each)."""
    same = below & below.T | np.eye(len(below), dtype=bool)
    return np.unique(same.argmax(axis=1), return_inverse=True)


def _order_constraints(below, top):
    """Return the sparse rows of u[lesser] - u[greater] <= 0."""
    cell = np.arange(len(below) * top).reshape(-1, top)
    one, two = np.nonzero(_covering(below))
    lesser = np.concatenate([cell[one].ravel(), cell[:, 1:].ravel()])
    greater = np.concatenate([cell[two].ravel(), cell[:, :-1].ravel()])
    rows, signs = np.arange(len(lesser)), np.ones(len(lesser))
    entries = (np.r_[signs, -signs], (np.r_[rows, rows], np.r_[lesser, greater]))
    return scipy.sparse.csr_array(entries, shape=(len(lesser), cell.size))


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
            tried[hold] = _best(below, codes, top, tilt=1, hold=(cluster, codes[cluster]))
        kept[cluster] = (tried[hold] != codes).sum() == count
    return np.select([never, kept], EXCEPTION[:2], EXCEPTION[2])
