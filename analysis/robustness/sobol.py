"""What the ranks depend on: Sobol indices of the choices, computed exactly by enumeration.

All combinations of a full factorial count alike, so the indices are a plain decomposition of the
variance over them, without sampling.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import product
from math import prod
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analysis.composite.matrix import matrix_values
from analysis.robustness.choices import only
from analysis.robustness.enumeration import Run, check_choices
from analysis.robustness.rank_distributions import rank_shift, ranks

if TYPE_CHECKING:
    from collections.abc import Mapping

DROPPED = ["choice", "alternative", "refused_share", "reason"]
TOLERANCE = 1e-12  # of the greatest magnitude: an output that varies less is constant
NO_VARIANCE = "no variance: the output is the same under every choice"
ONE_ONLY = "one alternative only: nothing was varied"
NOT_FULL = "no full factorial of independent choices: {}"


def sobol_indices(plan: pd.DataFrame, outputs: pd.DataFrame) -> pd.DataFrame:
    """Split the variance of each output over the choices: first-order and total Sobol indices.

    Parameters
    ----------
    plan : DataFrame, one row per combination, one column per choice: a full factorial, each
        combination once, in any order; all count alike
    outputs : DataFrame of finite float, one row per combination of the plan, one column per output

    Returns a DataFrame, one row per output and choice: output, choice, first_order (share of the
    variance that the choice explains alone), total (share that is lost when only the others are
    known), variance (of the output, in its unit squared), reason. Indices are in [0, 1]; where
    they are undefined, both are NaN and `reason` says why.

    Raises ValueError for an empty plan, or outputs that are not finite numbers or do not match it.
    Formula: S = Var(E[Y | X]) / Var(Y), T = E[Var(Y | all but X)] / Var(Y). Source: Saltelli et
    al. (2008), Global Sensitivity Analysis, ch. 4; OECD/JRC (2008), Handbook, step 7.

    >>> plan = pd.DataFrame({"x": [0, 0, 1, 1], "z": [0, 1, 0, 1]})
    >>> outputs = pd.DataFrame({"x + z": [0.0, 1.0, 1.0, 2.0], "x z": [0.0, 0.0, 0.0, 1.0]})
    >>> sobol_indices(plan, outputs)[["first_order", "total"]].round(3).values.tolist()
    [[0.5, 0.5], [0.5, 0.5], [0.333, 0.667], [0.333, 0.667]]
    """
    values = _checked(plan, outputs)
    codes, sizes = _levels(plan)
    broken = _why_not_full(plan, codes, sizes)
    if broken:
        undefined = np.full((2, len(sizes), values.shape[1]), np.nan)
        return _table(plan, outputs, undefined, values.var(axis=0), np.full(len(sizes), broken))
    order = np.lexsort(codes[::-1])
    cube = (values[order] - values.mean(axis=0)).reshape(*sizes, -1)
    varies = np.ptp(values, axis=0) > TOLERANCE * np.abs(values).max(axis=0)
    variance = np.where(varies, cube.reshape(len(plan), -1).var(axis=0), 0.0)
    parts = np.array([_parts(cube, axis) for axis in range(len(sizes))]).swapaxes(0, 1)
    defined = varies & (np.array(sizes) > 1)[:, None]
    shares = np.divide(parts, variance, out=np.full(parts.shape, np.nan), where=defined[None])
    shares[np.abs(shares) < TOLERANCE] = 0  # what rounding leaves of a zero
    single = np.where(np.array(sizes) > 1, "", ONE_ONLY)
    return _table(plan, outputs, shares, variance, single)


def rank_sensitivity(run: Run, reference: Mapping[str, object] | None = None) -> pd.DataFrame:
    """Split the variance of the mean rank shift, and of each cluster's rank, over the choices.

    Parameters
    ----------
    run : Run of a full factorial (see `full_factorial_part`)
    reference : the combination that shifts are measured from; see `rank_shift`

    Returns a DataFrame as `sobol_indices` does; its outputs are "mean rank shift" and the clusters.

    >>> from analysis.robustness import run_choices
    >>> data = {"printed": pd.DataFrame({"x": [0.0, 1.0], "y": [1.0, 0.5]}, index=["a", "b"])}
    >>> run = run_choices(data, {"weights": {"equal": [1, 1], "mostly y": [1, 3]}})
    >>> rank_sensitivity(run)[["output", "choice", "first_order"]].dropna().values.tolist()[0]
    ['mean rank shift', 'weights', 1.0]
    """
    outputs = pd.DataFrame(ranks(run), columns=list(run.clusters))
    outputs.insert(0, "mean rank shift", rank_shift(run, reference))
    return sobol_indices(run.plan, outputs.astype(float))


def full_factorial_part(data: dict, choices: dict) -> tuple[dict, pd.DataFrame]:
    """Drop alternatives until no combination is refused, so that Sobol indices are defined.

    The alternative that is refused in the greatest share of its combinations goes first; of
    equals, the later one. Returns (choices, dropped): a table of choices, and a DataFrame with
    the columns choice, alternative, refused_share, reason (of its first refused combination).
    Raises ValueError when nothing is left. Other arguments and errors as in `run_choices`.

    >>> data = {"printed": pd.DataFrame({"x": [0.0, 1.0], "y": [1.0, 0.5]}, index=["a", "b"])}
    >>> part, dropped = full_factorial_part(data, {"aggregation": ["arithmetic", "geometric"]})
    >>> part["aggregation"], dropped["alternative"].tolist()
    (['arithmetic'], ['geometric'])
    """
    plan, dropped = check_choices(data, choices), []
    while (plan["reason"] != "").any():
        worst = _most_refused(plan, choices)
        dropped.append(worst)
        plan = plan[plan[worst[0]] != worst[1]]
    part = {name: only(choices, name, list(plan[name].unique())) for name in choices}
    return part, pd.DataFrame(dropped, columns=DROPPED)


def full_factorial_run(run: Run) -> tuple[Run, pd.DataFrame]:
    """Keep of a run the combinations that make a full factorial, so that Sobol indices exist.

    Alternatives are dropped as in `full_factorial_part`, without running anything again. Returns
    (Run, dropped): the run of the rest, and a DataFrame choice, alternative, refused_share, reason.

    >>> from analysis.robustness import run_choices
    >>> data = {"printed": pd.DataFrame({"x": [0.0, 1.0], "y": [1.0, 0.5]}, index=["a", "b"])}
    >>> run = run_choices(data, {"aggregation": ["geometric", "arithmetic"]})
    >>> part, dropped = full_factorial_run(run)
    >>> part.plan["aggregation"].tolist(), dropped["alternative"].tolist()
    (['arithmetic'], ['geometric'])
    """
    plan = pd.concat([run.plan.assign(reason=""), run.refused], ignore_index=True)
    dropped, kept = [], np.ones(len(run.plan), dtype=bool)
    while (plan["reason"] != "").any():
        name, label, *_ = worst = _most_refused(plan, list(run.plan.columns))
        dropped.append(worst)
        plan = plan[plan[name] != label]
        kept &= (run.plan[name] != label).to_numpy()
    rest = run.plan[kept].reset_index(drop=True)
    gone = {(name, label) for name, label, *_ in dropped}
    reference = {
        name: rest[name].iloc[0] if (name, label) in gone else label
        for name, label in run.reference.items()
    }
    by_itself = None if run.by_itself is None else run.by_itself[kept]
    part = replace(
        run,
        plan=rest,
        refused=run.refused.iloc[:0],
        scores=run.scores[kept],
        reference=reference,
        by_itself=by_itself,
    )
    return part, pd.DataFrame(dropped, columns=DROPPED)


def _most_refused(plan, choices):
    """Return (choice, alternative, share, reason) of the alternative that is refused most."""
    bad = plan["reason"] != ""
    candidates = [
        (bad[plan[name] == label].mean(), name, label)
        for name in choices
        if plan[name].nunique() > 1
        for label in plan[name].unique()
    ]
    if not candidates:
        raise ValueError(f"no alternative is left to drop: {plan['reason'][bad].iloc[0]}")
    share, name, label = max(reversed(candidates), key=lambda candidate: candidate[0])
    return name, label, float(share), plan.loc[bad & (plan[name] == label), "reason"].iloc[0]


def _checked(plan, outputs):
    if plan.empty or not plan.columns.is_unique:
        raise ValueError("plan is empty or names a choice twice")
    for name in plan.columns[plan.isna().any()][:1]:
        raise ValueError(f"plan has no alternative of {name!r} in row {plan[name].isna().argmax()}")
    if len(outputs) != len(plan) or outputs.empty:
        raise ValueError(f"outputs has {len(outputs)} rows for {len(plan)} combinations of plan")
    return matrix_values(outputs, name="outputs")


def _levels(plan):
    """Return (codes of the alternatives, one array per choice; how many each choice has)."""
    factors = [pd.factorize(plan[name]) for name in plan]
    return [codes for codes, _ in factors], [len(found) for _, found in factors]


def _why_not_full(plan, codes, sizes):
    """Say which combination is lacking or doubled; empty for a full factorial."""
    seen = Counter(zip(*(column.tolist() for column in codes), strict=True))
    place, times = seen.most_common(1)[0]
    if times == 1 and len(seen) == prod(sizes):
        return ""
    if times == 1:  # the first gap comes soon: there are fewer rows than combinations
        place = next(cell for cell in product(*map(range, sizes)) if cell not in seen)
    labels = [plan[name].unique()[level] for name, level in zip(plan, place, strict=True)]
    named = ", ".join(f"{name} = {label}" for name, label in zip(plan, labels, strict=True))
    return NOT_FULL.format(f"{named} is {'there more than once' if times > 1 else 'lacking'}")


def _parts(cube, axis):
    """Return (variance of the means given the choice, mean variance given all the others)."""
    others = tuple(other for other in range(cube.ndim - 1) if other != axis)
    alone = (cube.mean(axis=others) ** 2).mean(axis=0)
    within = ((cube - cube.mean(axis=axis, keepdims=True)) ** 2).mean(axis=(axis, *others))
    return alone, within


def _table(plan, outputs, shares, variance, choice_reason):
    """Lay out shares of shape (2, choices, outputs), one row per output and choice."""
    names, choices = list(outputs.columns), list(plan.columns)
    constant = np.repeat(variance == 0, len(choices))
    reason = np.tile(choice_reason, len(names))
    return pd.DataFrame(
        {
            "output": np.repeat(np.array(names, dtype=object), len(choices)),
            "choice": choices * len(names),
            "first_order": shares[0].T.ravel(),
            "total": shares[1].T.ravel(),
            "variance": np.repeat(variance, len(choices)),
            "reason": np.where(constant & (reason == ""), NO_VARIANCE, reason),
        }
    )
