"""Time the enumeration of choices and random weights: `python -m benchmarks.robustness`.

One thread on both sides. The rival is the plain loop over combinations with the library's own
one-at-a-time functions.
"""

from time import perf_counter

import numpy as np
import pandas as pd

from analysis.comparative.evidence import STATUSES, evidence_bounds
from analysis.composite import NORMALISATIONS, copeland, power_mean
from analysis.robustness.choices import draw_weights
from analysis.robustness.enumeration import run_choices
from analysis.robustness.rank_distributions import rank_summary
from analysis.robustness.sobol import rank_sensitivity

UNITS, INDICATORS = 51, 12
EXPONENTS = {"arithmetic": 1.0, "geometric": 0.0, "harmonic": -1.0}


def components(seed=1):
    """Make up 51 clusters x 12 components; a third of the items has another reading."""
    rng = np.random.default_rng(seed)
    cells = pd.MultiIndex.from_product(
        [[f"c{i}" for i in range(UNITS)], [f"k{j}" for j in range(INDICATORS)]],
        names=["cluster", "component"],
    )
    words, other = rng.choice(STATUSES, size=(2, len(cells)))
    other = np.where(rng.random(len(cells)) < 1 / 3, other, None)
    statuses = {"item": "any", "status": words, "alternative_status": other}
    return cells.to_frame(index=False).assign(**statuses)


def choices():
    """Cross 2 codings, 5 credits, 2 ends, 2 normalisations, 5 weights, 4 aggregations: 800."""
    names = [f"k{j}" for j in range(INDICATORS)]
    doubled = {f"double {one}": [1 + (name == one) for name in names] for one in names[:4]}
    return {
        "coding": ["status", "alternative_status"],
        "planned_credit": [0.0, 0.25, 0.5, 0.75, 1.0],
        "missing": ["low end", "high end"],
        "normalisation": ["percentile_rank", "rank"],
        "weights": {"equal": np.ones(INDICATORS)} | doubled,
        "aggregation": [*EXPONENTS, "copeland"],
    }


def enumerated(items):
    """Score, rank, sum up and split the variance of 800 combinations."""
    run = run_choices(items, choices())
    return rank_summary(run), rank_sensitivity(run)


def looped(items):
    """Score and rank the same combinations one by one, without the indices."""
    table, names = choices(), [f"k{j}" for j in range(INDICATORS)]
    found = []
    for coding in table["coding"]:
        for credit in table["planned_credit"]:
            for matrix in evidence_bounds(items, credit, coding):
                for normalisation in table["normalisation"]:
                    cells = NORMALISATIONS[normalisation](matrix)
                    for weights in table["weights"].values():
                        found += [
                            _score(cells, dict(zip(names, weights, strict=True)), a)
                            for a in table["aggregation"]
                        ]
    return pd.concat(found, axis=1).rank(ascending=False, method="min")


def _score(cells, weights, aggregation):
    if aggregation == "copeland":
        return copeland(cells, weights)["score"]
    return power_mean(cells, weights, EXPONENTS[aggregation])


def replicates(matrix):
    """Score, rank and sum up 1,000 random weightings."""
    draws = draw_weights(matrix.columns, replicates=1000, seed=1)
    return rank_summary(run_choices({"drawn": matrix}, {"weights": draws}))


def best_of(call, argument, times=7):
    """Return the shortest of several times, in seconds, after one call to warm up."""
    call(argument)
    spent = []
    for _ in range(times):
        start = perf_counter()
        call(argument)
        spent.append(perf_counter() - start)
    return min(spent)


def main():
    """Print the times and the ratios."""
    items = components()
    matrix = pd.DataFrame(np.random.default_rng(1).random((UNITS, INDICATORS)))
    exact, loop = best_of(enumerated, items), best_of(looped, items, times=1)
    drawn = best_of(replicates, matrix)
    print(f"1,000 replicates of weights, {UNITS} x {INDICATORS}: {drawn:.4f} s (goal 0.05 s)")
    print(f"800 choices with Sobol indices: {exact:.4f} s (goal 0.1 s)")
    print(f"the same 800 one by one, without indices: {loop:.3f} s, {loop / exact:.0f} times")


if __name__ == "__main__":
    main()
