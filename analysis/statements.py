"""Which plain statements on the order of the clusters hold under every choice, and which do not."""

from dataclasses import dataclass
from itertools import combinations, pairwise

import numpy as np
import pandas as pd

from analysis.choices import COPELAND, METHOD
from analysis.grading import check_grades
from analysis.robustness import NOISE, check_run, ranks

FIRST, AHEAD, GRADES = "first", "ahead", "grades"
# how a statement stands: where it is never reversed, the two are equal when it does not hold
EVERY, NEVER_REVERSED = "under every choice", "never reversed"
SOME, NONE = "under some", "under none"


def statements(run, grades=None):
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
    "under some", "under none"), surely, fails_with (alternatives that all failures have in common,
    "; " between).

    A run sets all open components to the same end. `surely` asks for more: that the statement
    holds whatever each of them turns out to be. It is told where both ends were run, for fixed
    goalposts, power means and weights that data do not choose, and is <NA> without such a pair.

    >>> from analysis.enumeration import run_choices
    >>> data = {"printed": pd.DataFrame({"x": [0.0, 1.0], "y": [1.0, 0.5]}, index=["a", "b"])}
    >>> run = run_choices(data, {"weights": {"equal": [1, 1], "mostly y": [1, 3]}})
    >>> statements(run)[["kind", "subject", "share", "fails_with"]].values.tolist()[1:]
    [['first', 'b', 0.5, 'weights = mostly y'], ['ahead', 'a', 0.5, 'weights = equal']]
    """
    check_run(run)
    placed, ends = ranks(run), _ends(run)
    listed = [*_firsts(placed, run.clusters), *_pairs(placed, run.clusters)]
    if grades is not None:
        listed += _neighbours(check_grades(grades, run.clusters))
    rows = [_tested(statement, placed, ends, run.plan) for statement in listed]
    return pd.DataFrame(rows).astype({"surely": "boolean"})


@dataclass(frozen=True)
class _Statement:
    kind: str
    subject: str
    other: str
    upper: list  # positions of the clusters that are said to be ahead
    lower: list  # of those that are said to be behind


def _firsts(placed, names):
    """State of every cluster that is ever first that it is so."""
    everyone = range(len(names))
    for place in np.flatnonzero((placed == 1).any(axis=0)):
        others = [other for other in everyone if other != place]
        yield _Statement(FIRST, names[place], "all others", [place], others)


def _pairs(placed, names):
    """State of every pair that the one that is ahead more often is ahead."""
    for one, two in combinations(range(len(names)), 2):
        ahead = np.sign(placed[:, two] - placed[:, one]).sum()
        upper, lower = (one, two) if ahead >= 0 else (two, one)
        yield _Statement(AHEAD, names[upper], names[lower], [upper], [lower])


def _neighbours(grades):
    """State of every two neighbouring grades that the higher is ahead throughout."""
    codes, words = grades.cat.codes.to_numpy(), grades.cat.categories
    for lower, upper in pairwise(np.unique(codes)):
        members = [np.flatnonzero(codes == code).tolist() for code in (upper, lower)]
        yield _Statement(GRADES, words[upper], words[lower], *members)


def _tested(statement, placed, ends, plan):
    """Return the row of one statement."""
    worst = placed[:, statement.upper].max(axis=1)
    best = placed[:, statement.lower].min(axis=1, initial=len(placed[0]) + 1)
    tied = worst == best
    holds = (worst <= best) if statement.kind == FIRST else (worst < best)
    return {
        "kind": statement.kind,
        "subject": statement.subject,
        "other": statement.other,
        "holds": int(holds.sum()),
        "tied": int(tied.sum()),
        "combinations": len(placed),
        "share": float(holds.mean()),
        "standing": _standing(holds, tied),
        "surely": _surely(statement, ends),
        "fails_with": _common(plan[~holds], plan),
    }


def _standing(holds, tied):
    if holds.all():
        return EVERY
    if not holds.any():
        return NONE
    return NEVER_REVERSED if (holds | tied).all() else SOME


def _common(failures, plan):
    """Name the alternatives that all failures share, of choices that have others."""
    shared = [
        f"{name} = {failures[name].iloc[0]}"
        for name in plan
        if failures[name].nunique() == 1 and plan[name].nunique() > 1
    ]
    return "; ".join(shared)


def _ends(run):
    """Return the scores with all open components at their low end, and at their high end.

    Only of combinations in which a cluster's score rises with its own components and with no
    other cluster's: then its range over all outcomes lies between the two. None without any.
    """
    plan = run.plan
    if "missing" not in plan:
        return None
    by_itself = (plan["normalisation"] == "goalposts") & (plan["aggregation"] != COPELAND)
    by_itself &= ~plan["weights"].isin(set(METHOD["weights"]) - {"equal"})
    others = [name for name in plan if name != "missing"]
    low, high = (
        plan.loc[by_itself & (plan["missing"] == end), others].rename_axis(end).reset_index()
        for end in ("low end", "high end")
    )
    both = low.merge(high, on=others)
    if both.empty:
        return None
    return run.scores[both["low end"]], run.scores[both["high end"]]


def _surely(statement, ends):
    if ends is None:
        return None
    least = ends[0][:, statement.upper].min(axis=1)
    most = ends[1][:, statement.lower].max(axis=1, initial=-np.inf)
    noise = NOISE * np.abs(ends).max()
    lead = least - most
    return bool((lead >= -noise).all() if statement.kind == FIRST else (lead > noise).all())
