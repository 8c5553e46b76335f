"""Speed and memory of the trend table: `python -m benchmarks.trend`.

The rival is a loop of pymannkendall's `original_test` over the series, timed on a sample and
scaled up. It gets bare arrays; ours starts from the tidy frame and also returns exact p-values,
tau-b, interval and intercept.
"""

import multiprocessing
import resource
from time import perf_counter

import numpy as np
import pandas as pd
import pymannkendall

from analysis.trend.mann_kendall_test import trend_table

SAMPLE = 2000
RUNS = 2
GOALS = {5: 500, 30: 40}  # times as fast as the loop, by points per series


def tidy_frame(count, points, values):
    """Build `count` series of `points` years: clusters with ten indicators each, names as text."""
    clusters = np.repeat([f"cluster-{k}" for k in range(count // 10)], 10 * points)
    indicators = np.tile(np.repeat([f"indicator-{k}" for k in range(10)], points), count // 10)
    years = np.tile(np.arange(2000, 2000 + points), count)
    columns = {"cluster": clusters, "indicator": indicators, "year": years, "value": values}
    return pd.DataFrame(columns)


def seconds_of_loop(values):
    """Time the rival on the first series and scale to all of them."""
    begin = perf_counter()
    found = [pymannkendall.original_test(row) for row in values[:SAMPLE]]
    return (perf_counter() - begin) * len(values) / SAMPLE, found


def seconds_of_table(frame, repeats=5):
    """Time the table, best of several."""
    times = []
    for _ in range(repeats):
        begin = perf_counter()
        table = trend_table(frame)
        times.append(perf_counter() - begin)
    return min(times), table


def compare(count, points, values, what):
    frame = tidy_frame(count, points, values.ravel())
    ours, table = seconds_of_table(frame)
    loop, theirs = seconds_of_loop(values)
    assert table["s"].head(SAMPLE).tolist() == [found.s for found in theirs]
    assert np.allclose(table["sen_slope"].head(SAMPLE), [found.slope for found in theirs])
    print(
        f"{count:,} series of {points} points, {what}: {ours:.3f} s, pymannkendall's loop "
        f"{loop:.1f} s, {loop / ours:.0f} times as fast (goal: at least {GOALS[points]})"
    )


def peak_memory(count, points):
    """Return the peak memory of a process that builds a frame and its table, in GB."""
    values = np.random.default_rng(2).normal(size=count * points)
    trend_table(tidy_frame(count, points, values))
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6


def main():
    random = np.random.default_rng(1)
    for _ in range(RUNS):
        for points in GOALS:
            shape = (100_000, points)
            compare(*shape, random.normal(size=shape), "no ties")
            compare(*shape, random.integers(0, 20, size=shape).astype(float), "many ties")
    with multiprocessing.get_context("spawn").Pool(1) as fresh:
        peak = fresh.apply(peak_memory, (1_000_000, 5))
    print(f"1,000,000 series of 5 points: {peak:.2f} GB at most, frame included (goal: under 2)")


if __name__ == "__main__":
    main()
