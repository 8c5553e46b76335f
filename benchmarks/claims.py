"""Time sensitivities and the best monotone rule: `python -m benchmarks.claims`.

One thread on both sides. The rivals are to examine every claim anew for every change, and the
rule as a mixed-integer linear programme; both must find the same.
"""

from time import process_time

import numpy as np
import pandas as pd
import scipy

from analysis.comparative.monotone_rule import fewest_exceptions
from analysis.study.loading import load_study
from article.changes import changes
from article.claims.ledger import checks
from article.sensitivity import sensitivity

FIGURES = ("verdict", "value", "low", "high", "p_value", "break_even")
UNITS, COMPONENTS, GRADES = 200, 4, 4


def anew(study):
    """Count the claims that a change moves, all claims examined for each change."""
    before, moved = _found(study), 0
    for change in changes(study):
        then = _found(change.study)
        moved += sum(then[claim] != before[claim] for claim in before)
    return moved


def moved_claims(study):
    """Count the same in the table of sensitivities."""
    return int(sensitivity(study)[["verdicts", "statistics"]].to_numpy().sum())


def _found(study):
    findings = {claim: check.on(study) for claim, check in checks().items()}
    return {
        claim: [cell if isinstance(cell, str) else f"{cell:.10g}"
                for cell in (getattr(found, name) for name in FIGURES)]
        for claim, found in findings.items()
    }  # fmt: skip


def problem(seed=1):
    """Make up 200 units with grades that follow four components in the main."""
    rng = np.random.default_rng(seed)
    cells = pd.DataFrame(rng.random((UNITS, COMPONENTS)))
    codes = np.rint(cells.mean(axis=1) * (GRADES - 1) + rng.normal(0, 0.7, UNITS))
    codes = codes.clip(0, GRADES - 1).astype(int)
    return cells, pd.Series(pd.Categorical(codes, categories=range(GRADES), ordered=True))


def flow(given):
    """Count the exceptions to the best monotone rule."""
    cells, grades = given
    return fewest_exceptions(cells, cells, grades)


def programme(given):
    """Count the same by a linear programme: u[i, k] where unit i is given grade k or better."""
    cells, grades = given
    values, codes, top = cells.to_numpy(), grades.cat.codes.to_numpy(), GRADES - 1
    below = (values[:, None] <= values[None]).all(axis=2) & ~np.eye(UNITS, dtype=bool)
    place = np.arange(UNITS * top).reshape(UNITS, top)
    one, two = np.nonzero(below)
    lesser = np.concatenate([place[one].ravel(), place[:, 1:].ravel()])
    greater = np.concatenate([place[two].ravel(), place[:, :-1].ravel()])
    rows, ones = np.arange(len(lesser)), np.ones(len(lesser))
    entries = (np.r_[ones, -ones], (np.r_[rows, rows], np.r_[lesser, greater]))
    order = scipy.sparse.csr_array(entries, shape=(len(lesser), place.size))
    costs = np.diff((np.arange(GRADES) != codes[:, None]).astype(int), axis=1)
    found = scipy.optimize.milp(
        costs.ravel(),
        bounds=scipy.optimize.Bounds(0, 1),
        constraints=scipy.optimize.LinearConstraint(order, ub=0),
    )
    return int((codes > 0).sum() + round(found.fun))


def timed(call, argument, times=1):
    """Return the shortest of several processor times, in seconds, and what was found."""
    spent = []
    for _ in range(times):
        start = process_time()
        found = call(argument)
        spent.append(process_time() - start)
    return min(spent), found


def main():
    """Print the times and the ratios."""
    study, given = load_study(), problem()
    timed(moved_claims, study), timed(flow, given), timed(programme, given)  # imports
    for words, ours, rival, goal, argument, times in (
        ("sensitivities, each claim anew", moved_claims, anew, 3, study, 1),
        (f"monotone rule of {UNITS} units, linear programme", flow, programme, 3, given, 5),
    ):
        (mine, found), (theirs, other) = (timed(c, argument, times) for c in (ours, rival))
        same = "the same found" if found == other else f"DIFFERENT: {found} and {other}"
        print(f"{words}: {mine:.3f} s beside {theirs:.3f} s, {theirs / mine:.1f} times "
              f"(goal {goal}), {same}")  # fmt: skip


if __name__ == "__main__":
    main()
