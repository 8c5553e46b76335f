"""The rows of tables as tuples, and their entries numbered."""

import numpy as np
import pandas as pd
import pytest

from analysis.tidy.records import factorize_runs


@pytest.mark.parametrize("dtype", ["str", object, "category", "Int64", "float64"])
@pytest.mark.parametrize("seed", range(10))
def test_runs_are_numbered_as_pandas_numbers_every_entry(dtype, seed):
    chance = np.random.default_rng(seed)
    entries = [None, 3, 1, 2][: int(chance.integers(1, 5))]
    if dtype in ("str", object):
        entries = [None if entry is None else f"unit {entry}" for entry in entries]
    runs = chance.choice(len(entries), int(chance.integers(0, 30)))
    cells = [entries[at] for at in np.repeat(runs, chance.integers(1, 4, len(runs)))]
    column = pd.Series(cells, dtype=dtype)
    numbers, names = factorize_runs(column)
    wanted, wanted_names = pd.factorize(column)
    assert numbers.tolist() == wanted.tolist()
    assert names.equals(wanted_names)
