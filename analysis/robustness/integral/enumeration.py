"""Every combination of choices of the whole chain: treatment x gaps x scale x weights x means.

What makes no sense is refused by name, with its reason.
"""

import numpy as np
import pandas as pd

from analysis.composite.chain.integral import Settings
from analysis.composite.indicators.screening import IndicatorMatrix
from analysis.robustness.choices import cross
from analysis.robustness.enumeration import Run
from analysis.robustness.integral.combinations import Combinations

STEPS = ("treatment", "gaps", "normalisation", "weights", "aggregation")


def integral_choices(matrix: IndicatorMatrix) -> dict:
    """Return a plain table of choices for a matrix; the first of each is the reference.

    Gaps are varied where there are some, pillars' own weights against equal ones where weights
    are given.

    >>> from analysis.composite import indicator_matrix
    >>> data = pd.DataFrame({"a": [1.0, 2.0], "b": [2.0, 1.0]})
    >>> integral_choices(indicator_matrix(data, direction="up"))["gaps"]
    ['interval']
    """
    gaps = ["low end", "high end", "renormalise", "median"]
    gaps = gaps if matrix.values.isna().to_numpy().any() else ["interval"]
    given = np.unique(matrix.framework.hierarchy.weight).size > 1
    return {
        "treatment": ["none", "winsorise else log"],
        "gaps": gaps,
        "normalisation": ["minmax", "percentile_rank"],
        "weights": ["given", "equal", "entropy"] if given else ["equal", "entropy"],
        "aggregation": ["arithmetic", "geometric", "copeland"],
    }


def run_integral_choices(
    matrix: IndicatorMatrix, choices: dict, settings: Settings | None = None
) -> Run:
    """Score all units under every valid combination of choices of every step.

    Parameters
    ----------
    matrix : IndicatorMatrix
    choices : {step: alternatives}; steps: treatment, gaps, normalisation, weights, aggregation.
        Alternatives are a list of what Settings takes, or {label: that}; the first is the
        reference. Weights may be a frame of draws (see `draw_element_weights`).
    settings : Settings that hold where a step is not named; default: a scale from 1 to 100, so
        that a geometric mean finds no zero. Open gaps are run at both ends if they are not named.

    Returns a Run (`plan`, `refused` with the reason, `scores`), which `rank_summary`,
    `rank_quantiles`, `rank_sensitivity`, `probability_ahead` and `statements` take. Raises
    KeyError for a step that is none, ValueError for a word that no step knows, all at once.

    >>> from analysis.composite import indicator_matrix
    >>> data = pd.DataFrame({"a": [1.0, 2.0, 4.0], "b": [3.0, 2.0, 1.0]}, index=list("xyz"))
    >>> matrix = indicator_matrix(data, direction="up")
    >>> run = run_integral_choices(matrix, {"aggregation": ["arithmetic", "geometric"]})
    >>> run.scores.round(2).tolist()
    [[50.5, 42.25, 50.5], [10.0, 41.44, 10.0]]
    """
    table, scores = _all_combinations(matrix, choices, settings)
    reasons = table.pop("reason")
    valid = (reasons == "").to_numpy()
    return Run(
        plan=table[valid].reset_index(drop=True),
        refused=table.assign(reason=reasons)[~valid].reset_index(drop=True),
        scores=scores[valid],
        clusters=tuple(matrix.values.index),
        reference=table.iloc[0].to_dict(),
        drawn=isinstance(choices.get("weights"), pd.DataFrame) and len(choices["weights"]) > 1,
    )


def check_integral_choices(
    matrix: IndicatorMatrix, choices: dict, settings: Settings | None = None
) -> pd.DataFrame:
    """List every combination, with the reason why it makes no sense.

    Arguments and errors as in `run_integral_choices`. Returns a DataFrame, one row per
    combination: a column per step, and reason (empty where the combination is valid).

    >>> from analysis.composite import indicator_matrix
    >>> data = pd.DataFrame({"a": [1.0, 2.0, 4.0], "b": [3.0, 2.0, 1.0]}, index=list("xyz"))
    >>> matrix = indicator_matrix(data, direction="up")
    >>> plan = check_integral_choices(matrix, {"normalisation": ["zscore"], "aggregation": [0.0]})
    >>> plan["reason"].str[:29].tolist()
    ["mean: 'a' of unit 'x' is -0.8"]
    """
    return _all_combinations(matrix, choices, settings)[0]


def _all_combinations(matrix, choices, settings):
    """Return (one row per combination with its reason, scores)."""
    settings = settings or Settings(scale=(1, 100))
    open_gaps = settings.gaps == "interval" and matrix.values.isna().to_numpy().any()
    if "gaps" not in choices and open_gaps:
        choices = {**choices, "gaps": ["low end", "high end"]}
    labelled = _labelled(choices, settings)
    scores, reasons = Combinations(matrix, labelled, settings, choices).run()
    table = cross({name: list(things) for name, things in labelled.items()})
    return table.assign(reason=reasons), scores


def _labelled(choices, settings):
    """Return {step: {label: thing}} in the order of the steps."""
    unknown = [name for name in choices if name not in STEPS]
    if unknown:
        raise KeyError(f"choices has {unknown[0]!r}; allowed: {', '.join(STEPS)}")
    table = {}
    for name in STEPS:
        listed = choices.get(name, [getattr(settings, name)])
        if isinstance(listed, pd.DataFrame):
            table[name] = dict(zip(listed.index, listed.to_numpy(), strict=True))
            continue
        things = dict(listed) if isinstance(listed, dict) else {_label(one): one for one in listed}
        if not things or len(things) < len(listed):
            raise ValueError(f"choice {name!r} is {listed!r}; wanted at least one, each once")
        table[name] = things
    return table


def _label(thing):
    return thing if isinstance(thing, str) else str(thing)
