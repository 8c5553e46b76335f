"""Which plain statements on the order of the clusters hold under every choice, and which do not."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analysis.comparative.grading import check_grades
from analysis.robustness.rank_distributions import TOLERANCE, check_run, ranks

if TYPE_CHECKING:
    from typing import Any

    from analysis.robustness.enumeration import Run

FIRST, AHEAD, GRADES = "first", "ahead", "grades"
# how a statement stands: where it is never reversed, the two are equal when it does not hold
EVERY, NEVER_REVERSED = "under every choice", "never reversed"
SOME, NONE = "under some", "under none"


def statements(run: Run, grades: Any = None) -> pd.DataFrame:
    """Test plain statements on the order of the clusters under every combination of choices.

    For every cluster that is ever first, that it is first (alone or shared); for every pair, that
    the one is ahead of the other (the direction that holds more often); with grades, for every
    two neighbouring grades, that each cluster of the higher is ahead of each of the lower.

    Parameters
    ----------
    run : Run
    grades : Series of ordered categorical, index cluster, optional

    Returns a DataFrame, one row per statement: kind ("first", "ahead", "grades"), subject, other
    (what it is ahead of), holds (number of combinations), tied (where the two are equal, which for
    "first" holds too), combinations, share, standing ("under every choice", "never reversed",
    "under some", "under none"), certainly, fails_with (alternatives that all failures have in
    common, "; " between).

    A run sets all open components to the same end. `certainly` asks for more: that the statement
    holds whatever each of them turns out to be. It is told where both ends were run, for fixed
    goalposts, power means and weights that data do not choose, and is <NA> without such a pair.

    >>> from analysis.robustness.enumeration import run_choices
    >>> data = {"printed": pd.DataFrame({"x": [0.0, 1.0], "y": [1.0, 0.5]}, index=["a", "b"])}
    >>> run = run_choices(data, {"weights": {"equal": [1, 1], "mostly y": [1, 3]}})
    >>> statements(run)[["kind", "subject", "share", "fails_with"]].values.tolist()[1:]
    [['first', 'b', 0.5, 'weights = mostly y'], ['ahead', 'a', 0.5, 'weights = equal']]
    """
    check_run(run)
    placed, ends, names = ranks(run), _ends(run), np.array(run.clusters, dtype=object)
    groups = [_firsts(placed, names), *_pairs(placed, names)]
    if grades is not None:
        groups.append(_neighbours(check_grades(grades, run.clusters)))
    codes = {
        name: pd.factorize(run.plan[name]) for name in run.plan if run.plan[name].nunique() > 1
    }
    tables = [_tested(group, placed, ends, codes) for group in groups if len(group.subject)]
    return pd.concat(tables, ignore_index=True).astype({"certainly": "boolean"})


@dataclass(frozen=True)
class _Statements:
    """Statements of one kind: which clusters are stated to rank above which."""

    kind: str
    subject: list
    other: list
    upper: list  # for each, positions of the clusters that are said to be ahead
    lower: list  # for each, of those that are said to be behind


def _firsts(placed, names):
    """State of every cluster that is ever first that it is so."""
    places = np.flatnonzero((placed == 1).any(axis=0))
    others = [np.delete(np.arange(len(names)), place) for place in places]
    subjects = names[places].tolist()
    return _Statements(FIRST, subjects, ["all others"] * len(places), places[:, None], others)


def _pairs(placed, names):
    """State for every pair that the one that ranks higher more often does; a group per cluster."""
    for one in range(len(names) - 1):
        rest = np.arange(one + 1, len(names))
        ahead = np.sign(placed[:, rest] - placed[:, [one]]).sum(axis=0) >= 0
        upper, lower = np.where(ahead, one, rest), np.where(ahead, rest, one)
        sides = [names[side].tolist() for side in (upper, lower)]
        yield _Statements(AHEAD, *sides, upper[:, None], lower[:, None])


def _neighbours(grades):
    """State for adjacent grades that all clusters of the higher one rank above the lower."""
    codes, words = grades.cat.codes.to_numpy(), grades.cat.categories
    steps = list(pairwise(np.unique(codes)))
    upper, lower = ([np.flatnonzero(codes == s[end]) for s in steps] for end in (1, 0))
    subject, other = ([words[s[end]] for s in steps] for end in (1, 0))
    return _Statements(GRADES, subject, other, upper, lower)


def _tested(group, placed, ends, codes):
    """Return the rows of one group of statements."""
    worst = _over(placed, group.upper, np.max, -1)
    best = _over(placed, group.lower, np.min, len(placed[0]) + 1)
    tied = worst == best
    holds = (worst <= best) if group.kind == FIRST else (worst < best)
    return pd.DataFrame(
        {
            "kind": group.kind,
            "subject": group.subject,
            "other": group.other,
            "holds": holds.sum(axis=0),
            "tied": tied.sum(axis=0),
            "combinations": len(placed),
            "share": holds.mean(axis=0),
            "standing": _standing(holds, tied),
            "certainly": _certainly(group, ends),
            "fails_with": _common(~holds, codes),
        }
    )


def _over(values, positions, extreme, none):
    """Take the extreme over a set of columns for each statement: (combinations, statements)."""
    if isinstance(positions, np.ndarray):  # one column each
        return values[:, positions[:, 0]]
    columns = [extreme(values[:, some], axis=1, initial=none) for some in positions]
    return np.stack(columns, axis=1)


def _standing(holds, tied):
    always, never = holds.all(axis=0), ~holds.any(axis=0)
    unreversed = (holds | tied).all(axis=0)
    return np.select([always, never, unreversed], [EVERY, NONE, NEVER_REVERSED], SOME)


def _common(fails, codes):
    """Name the alternatives that all failures share, of choices that have others."""
    some = fails.any(axis=0)
    words = np.full(fails.shape[1], "", dtype=object)
    for name, (numbers, labels) in codes.items():
        least = np.where(fails, numbers[:, None], len(labels)).min(axis=0)
        most = np.where(fails, numbers[:, None], -1).max(axis=0)
        for at in np.flatnonzero(some & (least == most)):
            words[at] += f"{'; ' if words[at] else ''}{name} = {labels[least[at]]}"
    return words


def _ends(run):
    """Return the scores with all open components at their low end, and at their high end.

    Only of combinations in which a cluster's score rises with its own components and with no
    other cluster's: then its range over all outcomes lies between the two. None without any.
    """
    plan = run.plan
    if "missing" not in plan or run.by_itself is None:
        return None
    others = [name for name in plan if name != "missing"]
    low, high = (
        plan.loc[run.by_itself & (plan["missing"] == end), others].rename_axis(end).reset_index()
        for end in ("low end", "high end")
    )
    both = low.merge(high, on=others)
    if both.empty:
        return None
    return run.scores[both["low end"]], run.scores[both["high end"]]


def _certainly(group, ends):
    if ends is None:
        return None
    least = _over(ends[0], group.upper, np.min, np.inf)
    most = _over(ends[1], group.lower, np.max, -np.inf)
    noise = TOLERANCE * np.abs(ends).max()
    lead = least - most
    return ((lead >= -noise) if group.kind == FIRST else (lead > noise)).all(axis=0)
