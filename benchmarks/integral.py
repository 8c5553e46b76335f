"""Time the integral indicator of numbers: `python -m benchmarks.integral`.

One thread on both sides, processor time, best of several. The rivals: bare numpy expressions for
the chain, scikit-criteria's pipeline for random weights, a plain loop over the chain for leaving
one out. Memory is the peak above what stood before the call.
"""

import tracemalloc
from time import process_time

import numpy as np
import pandas as pd
import scipy
from skcriteria import mkdm
from skcriteria.agg.simple import WeightedSumModel
from skcriteria.pipelines import mkpipe
from skcriteria.preprocessing.scalers import MinMaxScaler

from analysis.composite import indicator_matrix, integral_indicator
from analysis.robustness import full_factorial_run, rank_sensitivity
from analysis.robustness.integral import (
    leave_one_out,
    rank_quantiles,
    run_integral_choices,
    run_random_weights,
)

SKEWED, DIVIDED, PER_PILLAR = 3, 5, 7


def study(units, indicators, gaps=0, seed=1):
    """Make up a frame with a denominator, skewed columns, and pillars in three levels."""
    chance = np.random.default_rng(seed)
    cells = chance.normal(10, 2, size=(units, indicators))
    cells[:, :SKEWED] = np.exp(chance.normal(0, 1.6, size=(units, SKEWED)))
    for column in cells.T[:gaps]:
        column[chance.choice(units, 2, replace=False)] = np.nan
    names = [f"i{place:02}" for place in range(indicators)]
    data = pd.DataFrame(np.abs(cells) + 0.01, columns=names)
    data["people"] = chance.uniform(10, 1000, units)
    about = pd.DataFrame(
        {
            "direction": ["up"] * indicators + [""],
            "pillar": [f"P{place // PER_PILLAR}" for place in range(indicators)] + [""],
            "denominator": ["people"] * DIVIDED + [""] * (indicators - DIVIDED + 1),
        },
        index=[*names, "people"],
    )
    pillars = [f"P{place}" for place in range(-(-indicators // PER_PILLAR))]
    parents = [f"S{place // 4}" for place in range(len(pillars))]
    tops = list(dict.fromkeys(parents))
    table = pd.DataFrame({"parent": parents + [""] * len(tops)}, index=pillars + tops)
    return {"data": data, "indicators": about, "pillars": table}


def chain(given):
    """Read, divide, treat, normalise, average over the levels, rank."""
    return integral_indicator(indicator_matrix(**given), treatment="winsorise").ranking


def bare(given, inner, outer):
    """Do the same in bare numpy."""
    values = given["data"].to_numpy()[:, :-1].copy()
    values[:, :DIVIDED] /= given["data"]["people"].to_numpy()[:, None]
    skewness, kurtosis = _moments(values)
    for column in np.flatnonzero((np.abs(skewness) > 2) & (kurtosis > 3.5)):
        values[:, column] = _winsorised(values[:, column])
    low, high = values.min(axis=0), values.max(axis=0)
    totals = ((values - low) / (high - low) * 100) @ inner @ outer
    return scipy.stats.rankdata(-totals, method="min")


def _moments(values):
    n, off = len(values), values - values.mean(axis=0)
    squares = off * off
    second = squares.sum(axis=0)
    skewness = np.sqrt(n * (n - 1)) / (n - 2) * np.sqrt(n) * (squares * off).sum(axis=0)
    excess = n * (squares * squares).sum(axis=0) / second**2 - 3
    return skewness / second**1.5, ((n + 1) * excess + 6) * (n - 1) / ((n - 2) * (n - 3))


def _winsorised(column):
    moved = column.copy()
    for _ in range(5):
        top = moved == moved.max()
        moved[top] = moved[~top].max()
        skewness, kurtosis = _moments(moved[:, None])
        if not (abs(skewness[0]) > 2 and kurtosis[0] > 3.5):
            return moved
    return column


def once():
    """Compare the chain on 1,000 x 50 with bare numpy; say what 100,000 x 50 holds."""
    given = study(1000, 50)
    tree = indicator_matrix(**given).framework.hierarchy
    to_nodes = tree.to_nodes(tree.shares())
    pillars = [place for place, name in enumerate(tree.nodes) if name.startswith("P")]
    inner, outer = to_nodes[:, pillars], tree.to_total(tree.shares())[50:][pillars]
    ours = chain(given)["rank_best"].sort_index().to_numpy(dtype=float)
    assert (ours == bare(given, inner, outer)).all()
    seconds = best_of(lambda: chain(given)), best_of(lambda: bare(given, inner, outer))
    large = study(100_000, 50)
    tracemalloc.start()
    before = tracemalloc.get_traced_memory()[0]
    chain(large)
    peak = tracemalloc.get_traced_memory()[1] - before
    tracemalloc.stop()
    return *seconds, peak / (100_000 * 50 * 8)


def random_weights(replicates=10_000, looped=100):
    """Time 10,000 replicates on 51 x 49 in three levels, and scikit-criteria's per replicate."""
    result = integral_indicator(indicator_matrix(**study(51, 49)))
    ours = best_of(
        lambda: rank_quantiles(run_random_weights(result, replicates=replicates, seed=1)), 3
    )
    values = result.matrix.values.to_numpy()
    pipe = mkpipe(MinMaxScaler(target="matrix"), WeightedSumModel())
    weights = np.random.default_rng(1).dirichlet(np.ones(49), size=looped)

    def rival():
        return [pipe.evaluate(mkdm(values, [1] * 49, weights=row)).rank_ for row in weights]

    return ours / replicates, best_of(rival, 1) / looped


def enumeration():
    """Enumerate 2,100 combinations on 51 x 49 with gaps, with their Sobol indices."""
    matrix = indicator_matrix(**study(51, 49, gaps=49))
    choices = {
        "treatment": ["none", "winsorise", "log", "winsorise else log"],
        "gaps": ["low end", "high end", "renormalise", "mean", "median"],
        "normalisation": ["minmax", "percentile_rank", "rank"],
        "weights": ["equal", "entropy", "critic", {"P0": 2}, {"P1": 2}, {"S0": 2}, {"S1": 2}],
        "aggregation": ["arithmetic", "geometric", "harmonic", 0.5, ["arithmetic", "geometric", 1]],
    }

    def ours():
        run, _ = full_factorial_run(run_integral_choices(matrix, choices))
        return len(run.plan), rank_sensitivity(run)

    return ours()[0], best_of(ours, 2)


def left_out():
    """Leave each of 50 indicators out on 500 units, and do the same in a loop over the chain."""
    given = study(500, 50)
    matrix = indicator_matrix(**given)
    result = integral_indicator(matrix)
    before = result.ranking["rank_best"].astype(float)

    def loop():
        rows = []
        for name in result.hierarchy.indicators:
            less = integral_indicator(indicator_matrix(**given, leave_out=[name]))
            after = less.ranking["rank_best"].astype(float).reindex(before.index)
            tau = scipy.stats.kendalltau(before, after).statistic
            rows.append((np.abs(after - before).mean(), tau))
        return rows

    table = leave_one_out(result, kinds=("indicator",)).table
    assert np.allclose(table[["mean_abs_rank_shift", "tau_b"]], loop())
    return best_of(lambda: leave_one_out(result, kinds=("indicator",))), best_of(loop, 2)


def best_of(call, times=15):
    """Return the least processor time of several calls, in seconds, after one to warm up."""
    call()
    spent = []
    for _ in range(times):
        start = process_time()
        call()
        spent.append(process_time() - start)
    return min(spent)


def main():
    """Print the times and the ratios."""
    ours, numpy, memory = once()
    print(f"chain 1,000 x 50: {ours * 1e3:.2f} ms, {ours / numpy:.2f} x bare numpy (goal 4)")
    print(f"chain 100,000 x 50: peak {memory:.2f} x the matrix (goal 3)")
    each, rival = random_weights()
    print(
        f"10,000 random weights, 51 x 49 in three levels: {each * 1e6:.1f} us each, "
        f"{rival / each:.0f} x scikit-criteria's pipeline (goal 50); 300 ms of COINr would be "
        f"{0.3 / each:.0f} x (goal 2,000)"
    )
    count, seconds = enumeration()
    print(f"{count:,} combinations with Sobol indices, 51 x 49: {seconds:.2f} s (goal 2)")
    ours, loop = left_out()
    print(f"50 left out of 500 units: {ours * 1e3:.1f} ms, {loop / ours:.0f} x a loop (goal 20)")


if __name__ == "__main__":
    main()
