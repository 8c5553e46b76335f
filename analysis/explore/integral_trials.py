"""Robustness of one ranking as tables: other choices, other weights, one part left out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from analysis.robustness import (
    full_factorial_run,
    integral_choices,
    leave_one_out,
    rank_quantiles,
    rank_sensitivity,
    rank_statements,
    run_integral_choices,
    run_random_weights,
)
from analysis.tidy.choice_words import alternatives_table, in_words
from analysis.tidy.records import by_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from analysis.composite.chain.integral import IntegralIndicator
    from analysis.composite.chain.of_study import NoIntegral
    from analysis.robustness.enumeration import Run

SHIFT = "mean rank shift"  # the output whose Sobol indices sum a ranking up
OF_DRAW = [
    "mean_rank", "median_rank", "rank_p05", "rank_p95", "p_first", "mean_rank_se",
]  # fmt: skip


@dataclass(frozen=True, eq=False, repr=False)
class Trials:
    """What became of one ranking under other choices; empty tables where there is no ranking."""

    choices: pd.DataFrame  # index choice: its alternatives; the first is the reference
    refused: pd.DataFrame  # combinations that make no sense, counted by reason
    ranks: pd.DataFrame  # as integral_ranks.csv, over every combination
    statements: pd.DataFrame  # what holds under nine tenths of them, or all
    sensitivity: pd.DataFrame  # Sobol indices of the mean rank shift
    dropped: pd.DataFrame  # alternatives that the full factorial does without
    random: pd.DataFrame  # ranks under random weights, with standard errors
    left_out: pd.DataFrame  # as leave_one_out.csv, by name
    run: Run | None = None
    drawn: Run | None = None


def try_ranking(
    result: IntegralIndicator | NoIntegral,
    choices: Sequence[str] = (),
    *,
    replicates: int = 1000,
    seed: int = 0,
    concentration: float = 10.0,
) -> Trials:
    """Try every combination of choices, weights at random, and each part left out.

    Parameters
    ----------
    result : as `study_integral` returns it
    choices : steps to vary, of treatment, gaps, normalisation, weights, aggregation; default all
    replicates, seed, concentration : of the random weights, see `draw_element_weights`

    >>> from analysis.composite import indicator_matrix, integral_indicator
    >>> data = pd.DataFrame({"a": [1.0, 2.0, 4.0], "b": [1.0, 3.0, 2.0]}, index=list("xyz"))
    >>> matrix = indicator_matrix(data, direction="up")
    >>> try_ranking(integral_indicator(matrix), replicates=10).ranks["rank_worst"].tolist()
    [1, 2, 3]
    """
    if not result:
        return Trials(*[pd.DataFrame()] * 8)
    table = integral_choices(result.matrix)
    table = {name: labels for name, labels in table.items() if not choices or name in choices}
    run = run_integral_choices(result.matrix, table)
    part, dropped = full_factorial_run(run)
    sensitivity = rank_sensitivity(part)
    drawn = run_random_weights(
        result, replicates=replicates, seed=seed, concentration=concentration
    )
    names = result.matrix.names
    return Trials(
        choices=alternatives_table(table),
        refused=_counted(run.refused),
        ranks=_named(rank_quantiles(run), names),
        statements=_statements(run, names),
        sensitivity=sensitivity[sensitivity["output"] == SHIFT]
        .drop(columns=["output", "variance"])
        .set_index("choice"),
        dropped=in_words(dropped.set_index(["choice", "alternative"])),
        random=_named(rank_quantiles(drawn), names)[OF_DRAW],
        left_out=_left_out(result, names),
        run=run,
        drawn=drawn,
    )


def _counted(refused):
    """Count refused combinations by their reason."""
    return refused.groupby("reason", sort=False).size().rename("combinations").to_frame()


def _named(table, names):
    """Put the best first, by name."""
    known = by_name(table["cluster"], names)
    table = table.assign(cluster=known).set_index("cluster")
    return table.sort_values("mean_rank", kind="stable")


def _statements(run, names):
    table = rank_statements(run)
    known = by_name(table["cluster"], names)
    return table.assign(cluster=known).set_index(["cluster", "statement"])[["share", "holds"]]


def _left_out(result, names):
    """Call units, indicators and pillars by their names, where no two have the same."""
    table, framework = leave_one_out(result).table, result.matrix.framework
    labels = {}
    for above in (framework.indicators["label"], framework.pillars["label"].dropna()):
        labels |= dict(above) if above.is_unique else {}
    return table.assign(
        left_out=by_name(table["left_out"], labels),
        most_moved=by_name(table["most_moved"], names),
    )
