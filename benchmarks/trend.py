"""Speed and memory of the trend table: `python -m benchmarks.trend`.

The rival is a loop of pymannkendall's `original_test` over the series, timed on a sample and
scaled up. It gets bare arrays; ours starts from the tidy frame and also returns exact p-values,
tau-b, interval and intercept.
"""

import multiprocessing
import resource
import tracemalloc
from time import perf_counter

import numpy as np
import pandas as pd
import pymannkendall

from analysis.trend.kendall.kendall_null import kendall_p_values, kendall_s_null
from analysis.trend.kendall.tie_patterns import kendall_s, tie_patterns, tie_sizes
from analysis.trend.mann_kendall_test import trend_table
from analysis.trend.sen import sen_slope

SAMPLE = 2000
RUNS = 2
GOALS = {5: 600, 30: 60}  # times as fast as the loop, by points per series
TIED = {60: 1, 100: 1, 200: 1}  # the same, of long series with ties, which are exact here
COUNTING = 3  # times as fast as counting all orders in whole numbers, 60 points with ties
INTERVAL = 1.2  # time of Sen's slope with its coverage under ties, by that without
BEYOND = 1.2  # memory needed beyond the result, by that of the frame


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


def compare_tied(count, points):
    """Hold exact p-values of long series with ties against the rival's normal ones."""
    values = tied(count, points)
    frame = tidy_frame(count, points, values.ravel())
    ours, table = seconds_of_table(frame, repeats=3)
    begin = perf_counter()
    theirs = [pymannkendall.original_test(row) for row in values]
    loop = perf_counter() - begin
    assert table["s"].tolist() == [found.s for found in theirs]
    assert (table["method"] == "exact").all()
    print(
        f"{count} series of {points} points, many ties, exact: {ours:.3f} s, pymannkendall's "
        f"normal approximation {loop:.3f} s, {loop / ours:.1f} times as fast (goal: at least "
        f"{TIED[points]})"
    )


def tied(count, points):
    random = np.random.default_rng(points)
    return random.integers(0, int(0.6 * points), size=(count, points)).astype(float)


def compare_with_counting(count, points):
    """Hold exact p-values against whole numbers: how long both take, how far they differ."""
    values = tied(count, points)
    s, untied = kendall_s(values)
    begin = perf_counter()
    found = kendall_p_values(s, tie_patterns(values, untied))[1]
    ours = perf_counter() - begin
    begin = perf_counter()
    counted = []
    for row, its in zip(values, s, strict=True):
        counts = kendall_s_null(tie_sizes(row))
        above = sum(count for other, count in counts.items() if other >= its)
        counted.append(above / sum(counts.values()))
    counting = perf_counter() - begin
    off = np.abs(found / np.array(counted) - 1).max()
    print(
        f"exact p of {count} series of {points} points with ties: {ours:.3f} s, counting in whole "
        f"numbers {counting:.3f} s, {counting / ours:.1f} times as fast (goal: at least "
        f"{COUNTING}); largest relative difference {off:.1e} (goal: at most 1e-12)"
    )


def compare_interval(count, points):
    """Time Sen's slope of series with ties beside the same series without them."""
    values = tied(count, points)
    untied = values + np.random.default_rng(1).random(values.shape) / 2
    sen_slope(untied[0])
    seconds = []
    for rows in (values, untied):
        times = []
        for _ in range(3):
            begin = perf_counter()
            for row in rows:
                sen_slope(row)
            times.append(perf_counter() - begin)
        seconds.append(min(times))
    print(
        f"Sen's slope with its coverage under ties, {count} series of {points} points: "
        f"{seconds[0] / seconds[1]:.2f} times as long as without ties (goal: at most {INTERVAL})"
    )


def peak_memory(count, points):
    """Return (peak beyond the result, frame, peak of the process) of a table, in MB."""
    values = np.random.default_rng(2).normal(size=count * points)
    frame = tidy_frame(count, points, values)
    trend_table(frame.head(100 * points))
    tracemalloc.start()
    table = trend_table(frame)
    result, peak = tracemalloc.get_traced_memory()
    assert len(table) == count
    whole = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3
    return (peak - result) / 1e6, frame.memory_usage().sum() / 1e6, whole


def main():
    random = np.random.default_rng(1)
    for _ in range(RUNS):
        for points in GOALS:
            shape = (100_000, points)
            compare(*shape, random.normal(size=shape), "no ties")
            compare(*shape, random.integers(0, 20, size=shape).astype(float), "many ties")
    for points in TIED:
        compare_tied(50, points)
    compare_with_counting(50, 60)
    for points in (10, 30, 100):
        compare_interval(100, points)
    with multiprocessing.get_context("spawn").Pool(1) as fresh:
        beyond, frame, whole = fresh.apply(peak_memory, (1_000_000, 5))
    print(
        f"1,000,000 series of 5 points: {beyond:.0f} MB beyond the result, {beyond / frame:.2f} "
        f"times the frame (goal: under {BEYOND}); process {whole:.0f} MB (goal: under 2,000)"
    )


if __name__ == "__main__":
    main()
