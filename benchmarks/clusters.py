"""Cost against the number of clusters: `python -m benchmarks.clusters`, one thread.

Made-up studies of 10, 100 and 1,000 clusters, every cluster with four components and three series
of five years. The work of a step is the number of its rows, or of pairs of clusters where each is
held against every other; beside the seconds stands how much faster than that work they grow: 1.0
is in step with it, below is better.
"""

from time import perf_counter

import numpy as np
import pandas as pd

from analysis.comparative.evidence import evidence_bounds
from analysis.comparative.unit_ranks import indicator_ranks, value_peers
from analysis.composite import copeland, evidence_score
from analysis.index.aggregates import aggregate_dynamics
from analysis.index.base_and_chain import index_table
from analysis.robustness.choices import evidence_choices
from analysis.robustness.rank_distributions import rank_table
from analysis.trend.growth import growth_table
from analysis.trend.mann_kendall_test import trend_table
from analysis.trend.mean_growth import growth_summary

SIZES = (10, 100, 1000)
COMPONENTS = ["body", "services", "projects", "communication"]
STATUSES = ["present", "planned", "absent", "unknown", "not reported"]
YEARS = range(2001, 2006)
INDICATORS = ("jobs", "sales", "events")


def components(count, seed=1):
    """Draw a status for every component of every cluster."""
    cells = pd.MultiIndex.from_product(
        [_names(count), COMPONENTS], names=["cluster", "component"]
    ).to_frame(index=False)
    drawn = np.random.default_rng(seed).choice(STATUSES, size=len(cells))
    return cells.assign(item=cells["component"], status=drawn, alternative_status=None)


def series(count, seed=1):
    """Draw three series of every cluster: numbers that mostly rise, a tenth of them missing."""
    cells = pd.MultiIndex.from_product(
        [_names(count), INDICATORS, YEARS], names=["cluster", "indicator", "year"]
    ).to_frame(index=False)
    chance = np.random.default_rng(seed)
    values = 50 + 5 * (cells["year"] - YEARS[0]) + chance.integers(0, 20, size=len(cells))
    values = values.astype(float).mask(chance.random(len(cells)) < 0.1)
    return cells.assign(value=values, unit="units", kind="count", standing="outcome")


# step: (what it is called with, function, work)
STEPS = {
    "growth, year by year": (series, growth_table, "rows"),
    "growth, summed up": (series, growth_summary, "rows"),
    "index numbers": (series, index_table, "rows"),
    "index numbers, all of a cluster as one": (series, aggregate_dynamics, "rows"),
    "trends": (series, trend_table, "rows"),
    "ranks in each indicator and year": (series, indicator_ranks, "rows"),
    "the same of one cluster among all": (
        series,
        lambda table: indicator_ranks(table, clusters=["cluster-0"]),
        "rows",
    ),
    "peers of one cluster by its values": (
        series,
        lambda table: value_peers(table, "cluster-0"),
        "rows",
    ),
    "evidence score and rank": (
        components,
        lambda items: evidence_score(*evidence_bounds(items)),
        "rows",
    ),
    "copeland": (components, lambda items: copeland(evidence_bounds(items)[0]), "pairs"),
    "ranks over all choices, and 1,000 weights": (
        components,
        lambda items: rank_table(items, evidence_choices(COMPONENTS)),
        "pairs",
    ),
}
POWER = {"rows": 1, "pairs": 2}


def main():
    """Print seconds by size, and how they grow beside the work."""
    print("cost against the number of clusters, seconds (best of 3)")
    heads = "".join(f"{f'{size:,} clusters':>16}" for size in SIZES)
    print(f"{'step':42}{heads}{'work':>8}{'x work':>10}")
    for name, (made, function, work) in STEPS.items():
        seconds = [_best(function, made(size)) for size in SIZES]
        growth = seconds[-1] / seconds[-2] / (SIZES[-1] / SIZES[-2]) ** POWER[work]
        cells = "".join(f"{value:16.4f}" for value in seconds)
        print(f"{name:42}{cells}{work:>8}{growth:10.2f}", flush=True)


def _best(function, argument, times=3):
    function(argument)
    spent = []
    for _ in range(times):
        start = perf_counter()
        function(argument)
        spent.append(perf_counter() - start)
    return min(spent)


def _names(count):
    return [f"cluster-{number}" for number in range(count)]


if __name__ == "__main__":
    main()
