"""Speed of the composite indicators: `python -m benchmarks.composite`.

Each line is measured twice in this one run, best of several repeats; the package keeps both sides
on one thread.
"""

from timeit import repeat

import numpy as np
import pandas as pd

from analysis.composite import copeland, kemeny, levels, minmax

RUNS = 2


def best_seconds(function, repeats):
    return min(repeat(function, number=1, repeat=repeats))


def two_levels():
    """Min-max and the arithmetic mean in two levels on 100,000 x 20, against bare numpy."""
    names = [f"i{column}" for column in range(20)]
    data = pd.DataFrame(np.random.default_rng(1).normal(size=(100_000, 20)), columns=names)
    groups = {f"group{first}": names[first : first + 5] for first in range(0, 20, 5)}
    values = data.to_numpy()
    inner = np.kron(np.eye(4), np.full((5, 1), 0.2))

    def bare():
        low, high = values.min(axis=0), values.max(axis=0)
        return ((values - low) / (high - low)) @ inner @ np.full(4, 0.25)

    def ours():
        return levels(minmax(data), groups)["score"]

    assert np.allclose(bare(), ours())
    return best_seconds(ours, 9), best_seconds(bare, 9)


def copeland_500():
    """Copeland on 500 x 20 complete data with exact ties: the fastest and the slowest of calls."""
    cells = np.random.default_rng(2).integers(0, 10, size=(500, 20))
    data = pd.DataFrame(cells / 10)
    copeland(data)
    times = [best_seconds(lambda: copeland(data), 1) for _ in range(20)]
    return min(times), max(times)


def kemeny_25(cells):
    """Kemeny, 25 units, the exact optimum and whether it is the only one."""
    data = pd.DataFrame(cells)
    return best_seconds(lambda: kemeny(data), 3)


def main():
    noise = np.random.default_rng(3)
    random = noise.integers(0, 100, size=(25, 21)).astype(float)
    alike = np.arange(25.0)[:, None] + noise.normal(scale=6, size=(25, 12))
    for _ in range(RUNS):
        ours, bare = two_levels()
        print(
            f"min-max and mean in two levels, 100,000 x 20: {1000 * ours:.1f} ms, "
            f"bare numpy {1000 * bare:.1f} ms, ratio {ours / bare:.2f} (goal: at most 3)"
        )
        fastest, slowest = copeland_500()
        print(
            f"copeland, 500 x 20: {1000 * fastest:.1f} to {1000 * slowest:.1f} ms in 20 calls, "
            f"{slowest / fastest:.1f} times apart (goal: under 12 ms, less than 2 apart)"
        )
        print(f"kemeny, 25 units x 21, no agreement: {kemeny_25(random):.2f} s")
        print(f"kemeny, 25 units x 12, some agreement: {kemeny_25(alike):.2f} s")


if __name__ == "__main__":
    main()
