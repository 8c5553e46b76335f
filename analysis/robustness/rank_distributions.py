"""How ranks move when choices move, over all combinations; plain words are in `statements`.

Every combination of choices counts alike. A share of combinations says how often something holds
among the choices that were listed, not how probable it is. Ranks: 1 = best, and equal scores
share the better rank.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analysis.robustness.choices import alternatives, draw_weights, only
from analysis.robustness.enumeration import run_choices

if TYPE_CHECKING:
    from collections.abc import Mapping

    from analysis.robustness.enumeration import Run

TOLERANCE = 1e-12  # of the greatest score of a combination: a gap below it is a tie
RANK_TABLE = [
    *("choice_set", "cluster", "mean_rank", "rank_best", "rank_worst", "p_first", "p_first_alone"),
    *("combinations", "mean_rank_se", "p_first_se", "refused", "reason"),
]


def ranks(run: Run) -> np.ndarray:
    """Rank the clusters in every combination, 1 = best; shape (combinations, clusters), int.

    Scores closer than 1e-12 of the greatest are equal, however the rounding of sums fell.

    >>> data = {"printed": pd.DataFrame({"x": [0.5, 1.0, 0.5]}, index=["a", "b", "c"])}
    >>> ranks(run_choices(data, {})).tolist()
    [[2, 1, 2]]
    """
    scores = run.scores
    order = np.argsort(-scores, axis=1, kind="stable")
    falling = np.take_along_axis(scores, order, axis=1)
    noise = TOLERANCE * np.abs(scores).max(axis=1, keepdims=True)
    places = np.zeros(scores.shape, dtype=int)
    places[:, 1:] = np.where(-np.diff(falling, axis=1) > noise, np.arange(1, scores.shape[1]), 0)
    result = np.empty_like(places)
    np.put_along_axis(result, order, np.maximum.accumulate(places, axis=1) + 1, axis=1)
    return result


def rank_summary(run: Run) -> pd.DataFrame:
    """Sum up each cluster's ranks over all combinations.

    Returns a DataFrame, one row per cluster: cluster, mean_rank, rank_best, rank_worst, p_first
    (share of combinations with rank 1, alone or shared), p_first_alone, combinations (how many),
    mean_rank_se, p_first_se (standard errors where weights are drawn at random, else 0: exact).

    Raises ValueError for a run in which every combination was refused.

    >>> data = {"printed": pd.DataFrame({"x": [0.0, 1.0], "y": [1.0, 0.5]}, index=["a", "b"])}
    >>> run = run_choices(data, {"weights": {"equal": [1, 1], "mostly y": [1, 3]}})
    >>> rank_summary(run).iloc[:, :5].values.tolist()
    [['a', 1.5, 1, 2, 0.5], ['b', 1.5, 1, 2, 0.5]]
    """
    check_run(run)
    placed = ranks(run)
    first = placed == 1
    alone = first & (first.sum(axis=1, keepdims=True) == 1)
    return pd.DataFrame(
        {
            "cluster": list(run.clusters),
            "mean_rank": placed.mean(axis=0),
            "rank_best": placed.min(axis=0),
            "rank_worst": placed.max(axis=0),
            "p_first": first.mean(axis=0),
            "p_first_alone": alone.mean(axis=0),
            "combinations": len(placed),
            "mean_rank_se": _standard_error(run, placed),
            "p_first_se": _standard_error(run, first),
        }
    )


def rank_distribution(run: Run) -> pd.DataFrame:
    """Count how often each cluster has each rank.

    Returns a DataFrame, one row per cluster and rank: cluster, rank, share (of combinations).
    `run` is a Run. Raises ValueError for a run without a combination.

    >>> data = {"printed": pd.DataFrame({"x": [0.0, 1.0]}, index=["a", "b"])}
    >>> rank_distribution(run_choices(data, {})).values.tolist()
    [['a', 1, 0.0], ['a', 2, 1.0], ['b', 1, 1.0], ['b', 2, 0.0]]
    """
    check_run(run)
    placed, n = ranks(run), len(run.clusters)
    cells = (np.arange(n) * n + placed - 1).ravel()
    shares = np.bincount(cells, minlength=n * n) / len(placed)
    rows = pd.MultiIndex.from_product([run.clusters, range(1, n + 1)], names=["cluster", "rank"])
    return pd.DataFrame({"share": shares}, index=rows).reset_index()


def probability_ahead(run: Run) -> pd.DataFrame:
    """Return the share of combinations in which the row cluster ranks above the column cluster.

    A DataFrame, index and columns cluster, in [0, 1]; the diagonal is 0. What is missing to 1 in
    a cell and its mirror image together are ties.

    >>> data = {"printed": pd.DataFrame({"x": [0.0, 1.0]}, index=["a", "b"])}
    >>> probability_ahead(run_choices(data, {})).loc["b"].tolist()
    [1.0, 0.0]
    """
    check_run(run)
    placed, names = ranks(run), list(run.clusters)
    ahead = [(placed[:, [place]] < placed).mean(axis=0) for place in range(len(names))]
    return pd.DataFrame(ahead, index=names, columns=names)


def rank_shift(run: Run, reference: Mapping[str, object] | None = None) -> np.ndarray:
    """Average, over the clusters, how far ranks lie from those of a reference combination.

    `reference` is a mapping {choice: alternative}, default the first alternative of each choice;
    a choice it does not name is at its first. Returns an array, one number of ranks per
    combination. Raises KeyError for a reference that was not run.
    Formula: sum |rank - rank of reference| / n. Source: OECD/JRC (2008), Handbook, step 7.

    >>> data = {"printed": pd.DataFrame({"x": [0.0, 1.0], "y": [1.0, 0.5]}, index=["a", "b"])}
    >>> run = run_choices(data, {"weights": {"equal": [1, 1], "mostly y": [1, 3]}})
    >>> rank_shift(run).tolist()
    [0.0, 1.0]
    """
    wanted = run.reference | dict(reference or {})
    if set(wanted) != set(run.plan.columns):
        raise KeyError(f"reference names {sorted(map(str, wanted))}; the choices are otherwise")
    found = np.logical_and.reduce([run.plan[name] == label for name, label in wanted.items()])
    if not found.any():
        raise KeyError(f"reference {wanted} is not among the combinations that were run")
    placed = ranks(run)
    return np.abs(placed - placed[np.argmax(found)]).mean(axis=1)


def rank_table(
    components: pd.DataFrame, choices: dict, *, replicates: int = 1000, seed: int = 0
) -> pd.DataFrame:
    """Sum up ranks for several named sets of choices, as `results/ranks.csv` has them.

    The sets: "reference" (the first alternative of each choice), one for each choice by itself
    (the others at their reference), "all" together, and "weights at random" (`replicates` draws,
    uniform over all weights; the other choices at their reference).

    Parameters
    ----------
    components : the study's components; choices : see `choices`; seed : of the random weights

    Returns a DataFrame, one row per set and cluster: choice_set and the columns of `rank_summary`,
    then refused (number of combinations that make no sense) and reason. Where all of a set are
    refused, the figures are NaN and `reason` says why.

    >>> items = pd.DataFrame({"cluster": ["a", "b"], "component": "x", "item": "i",
    ...     "status": ["present", "absent"], "alternative_status": [None, None]})
    >>> table = rank_table(items, {"planned_credit": [0, 1]}, replicates=10, seed=1)
    >>> table["choice_set"].unique().tolist()
    ['reference', 'planned_credit', 'all', 'weights at random']
    """
    draws = draw_weights(components["component"].unique(), replicates=replicates, seed=seed)
    names = components["cluster"].unique()
    tables = []
    for name, chosen in choice_sets(choices, draws).items():
        run = run_choices(components, chosen)
        if len(run.plan):
            table = rank_summary(run).assign(reason="")
        else:
            table = pd.DataFrame({"cluster": names, "reason": run.refused["reason"].iloc[0]})
        tables.append(table.assign(choice_set=name, refused=len(run.refused)))
    return pd.concat(tables, ignore_index=True).reindex(columns=RANK_TABLE)


def choice_sets(choices: dict, draws: pd.DataFrame | None = None) -> dict[str, dict]:
    """Return the sets of choices that `rank_table` sums up: {name: choices}.

    >>> choice_sets({"missing": ["low end", "high end"], "aggregation": ["arithmetic"]})["missing"]
    {'missing': ['low end', 'high end'], 'aggregation': ['arithmetic']}
    """
    labels = {name: list(alternatives(choices, name)) for name in choices}
    first = {name: only(choices, name, found[:1]) for name, found in labels.items()}
    varied = {
        name: first | {name: choices[name]} for name, found in labels.items() if len(found) > 1
    }
    sets = {"reference": first} | varied | {"all": dict(choices)}
    return sets if draws is None else sets | {"weights at random": first | {"weights": draws}}


def check_run(run: Run) -> None:
    """Refuse a run in which every combination was refused: ValueError, with the first reason.

    >>> from analysis.robustness import evidence_choices, run_choices
    >>> from analysis.study.loading import load_study
    >>> components = load_study().components
    >>> check_run(run_choices(components, evidence_choices(components["component"].unique())))
    """
    if not len(run.plan):
        why = run.refused["reason"].iloc[0]
        raise ValueError(f"all {len(run.refused)} combinations were refused; the first: {why}")


def _standard_error(run, figures):
    """Return the standard error of the mean over draws of weights; 0 where nothing is drawn."""
    if not run.drawn:
        return 0.0
    means = pd.DataFrame(figures.astype(float)).groupby(run.plan["weights"].to_numpy()).mean()
    return means.std(ddof=1).to_numpy() / np.sqrt(len(means))
