"""Ranks over many combinations, summed up as intervals, and in plain statements.

A share of combinations says how often something holds among the choices or draws that were made,
not how probable it is.
"""

import numpy as np
import pandas as pd

from analysis.robustness.enumeration import Run
from analysis.robustness.rank_distributions import check_run, rank_summary, ranks

EVERY, NONE = "under every choice", "under none"


def rank_quantiles(run: Run) -> pd.DataFrame:
    """Sum up each unit's ranks: mean, median, 5 to 95 per cent and the whole range.

    Returns a DataFrame, one row per unit, as `results/integral_ranks.csv` has it: cluster,
    mean_rank, median_rank, rank_p05, rank_p95 (linear between ranks), rank_best, rank_worst,
    p_first (alone or shared), p_first_alone, combinations, mean_rank_se, p_first_se (0: exact).
    `run` is a Run. Raises ValueError for a run without a combination.

    >>> from analysis.robustness.enumeration import run_choices
    >>> data = {"printed": pd.DataFrame({"x": [0.0, 1.0], "y": [1.0, 0.5]}, index=["a", "b"])}
    >>> run = run_choices(data, {"weights": {"equal": [1, 1], "mostly y": [1, 3]}})
    >>> rank_quantiles(run).iloc[:, :5].values.tolist()
    [['a', 1.5, 1.5, 1.05, 1.95], ['b', 1.5, 1.5, 1.05, 1.95]]
    """
    table = rank_summary(run)
    low, middle, high = np.quantile(ranks(run), [0.05, 0.5, 0.95], axis=0)
    table.insert(2, "median_rank", middle)
    table.insert(3, "rank_p05", low)
    table.insert(4, "rank_p95", high)
    return table


def rank_statements(run: Run, share: float = 0.9) -> pd.DataFrame:
    """Say in plain words where each unit stands, and under how many combinations it holds.

    Parameters
    ----------
    run : Run
    share : share of combinations from which on a statement is made

    Returns a DataFrame, one row per unit and statement that holds under `share` of the
    combinations or more: cluster, statement ("first", "in the upper half", "in the lower half",
    "last"), share, holds ("under every choice", or the share in per cent), sentence.
    Raises ValueError for a share outside (0, 1], and for a run without a combination.

    >>> from analysis.robustness.enumeration import run_choices
    >>> data = {"printed": pd.DataFrame({"x": [0.0, 1.0]}, index=["a", "b"])}
    >>> rank_statements(run_choices(data, {}))["sentence"].tolist()[0]
    'a is in the lower half under every choice.'
    """
    check_run(run)
    if not 0 < share <= 1:
        raise ValueError(f"share is {share!r}; wanted a share above 0, at most 1")
    placed = ranks(run)
    behind = placed + _ties(placed) - 1  # the rank if those who are equal stood before
    units = placed.shape[1]
    cases_of = {
        "first": placed == 1,
        "in the upper half": behind <= units / 2,
        "in the lower half": placed > (units + 1) / 2,  # of an odd number the middle is in neither
        "last": behind == units,
    }
    rows = []
    for statement, cases in cases_of.items():
        for unit, part in zip(run.clusters, cases.mean(axis=0).tolist(), strict=True):
            if part >= share - 1e-12:
                often = EVERY if part == 1 else f"in {_percent(part)} of the combinations"
                rows.append((unit, statement, part, often, f"{unit} is {statement} {often}."))
    table = pd.DataFrame(rows, columns=["cluster", "statement", "share", "holds", "sentence"])
    place = {unit: at for at, unit in enumerate(run.clusters)}
    return table.sort_values(
        "cluster", key=lambda c: c.map(place), kind="stable", ignore_index=True
    )


def _ties(placed):
    """Return how many units share each rank, itself included; shape as `placed`."""
    n = placed.shape[1]
    rows = np.arange(len(placed))[:, None] * (n + 1)
    counts = np.bincount((rows + placed).ravel(), minlength=len(placed) * (n + 1) + 1)
    return counts[rows + placed]


def _percent(part):
    return f"{np.floor(part * 1000) / 10:g} %"
