"""Choices as data: every alternative reading and method in one plain table.

A table of choices maps a name to its alternatives. The first of each is the reference.

    coding           "status", "alternative_status"
    planned_credit   what a planned component counts, in [0, 1]
    missing          what an open component counts: see MISSING
    normalisation    "goalposts" (fixed at 0 and 1: as it is), or a name from
                     `composite.NORMALISATIONS`
    weights          "equal", "entropy", "critic", "first_component"
    aggregation      "arithmetic", "geometric", "harmonic", "copeland"

The last three also take {label: thing}, with things of one's own: functions from frame to frame,
one weight per component, exponents of the power mean. A choice that is not named stays at its
default, the first named above. The first three read evidence; matrices have "data" instead.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import product
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analysis.composite.normalise import NORMALISATIONS
from analysis.composite.weights import WEIGHTS

if TYPE_CHECKING:
    from typing import Any

# an open component counts its least, its most, or not at all; "midpoint" counts a
# half, as if both were equally likely, and is no default
MISSING = ("low end", "high end", "left out", "midpoint")
COPELAND = "copeland"
WANT_MORE = ("distance_to_reference", "distance_to_target", "given")  # than the data: give them
READING: dict[str, Any] = {
    "coding": {name: name for name in ("status", "alternative_status")},
    "planned_credit": None,  # any number from 0 to 1
    "missing": {name: name for name in MISSING},
}
METHOD: dict[str, Any] = {
    "normalisation": {"goalposts": lambda data: data}
    | {name: method for name, method in NORMALISATIONS.items() if name not in WANT_MORE},
    "weights": {name: scheme for name, scheme in WEIGHTS.items() if name not in WANT_MORE},
    "aggregation": {"arithmetic": 1.0, "geometric": 0.0, "harmonic": -1.0, COPELAND: COPELAND},
}
DEFAULTS = {
    "coding": ["status"],
    "planned_credit": [0.0],
    "missing": ["low end"],
    "normalisation": ["goalposts"],
    "weights": ["equal"],
    "aggregation": ["arithmetic"],
}


def evidence_choices(component_names: Iterable[str], weights: pd.Series | None = None) -> dict:
    """Return the default choices for evidence, with the weight of each component doubled in turn.

    The components are those that occur, in the order in which they first do. `weights` of a
    study's own, index component, come before equal ones, and are doubled in their place.

    >>> list(evidence_choices(["body", "services"])["weights"])
    ['equal', 'double body', 'double services']
    """
    names = list(component_names)
    own = {} if weights is None else {"given": [float(weights[name]) for name in names]}
    base = own.get("given", [1.0] * len(names))
    doubled = {
        f"double {one}": [
            weight * (2.0 if name == one else 1.0) for name, weight in zip(names, base, strict=True)
        ]
        for one in names
    }
    return {
        "coding": ["status", "alternative_status"],
        "planned_credit": [0.0, 0.5, 1.0],
        "missing": ["low end", "high end", "left out"],
        "normalisation": ["goalposts", "percentile_rank"],
        "weights": own | {"equal": [1.0] * len(names)} | doubled,
        "aggregation": ["arithmetic", "geometric", COPELAND],
    }


def vary(choices: dict, names: Iterable[str]) -> dict:
    """Keep every alternative of the choices named, and only the first of each other one.

    Raises KeyError for a name that is no choice.

    >>> vary({"missing": ["low end", "high end"], "planned_credit": [0.0, 1.0]}, ["missing"])
    {'missing': ['low end', 'high end'], 'planned_credit': [0.0]}
    """
    for name in names:
        if name not in choices:
            raise KeyError(f"{name!r} is no choice; there are: {', '.join(choices)}")
    return {
        name: listed if name in names else only(choices, name, list(listed)[:1])
        for name, listed in choices.items()
    }


def draw_weights(
    component_names: Iterable[str], *, replicates: int, seed: int, concentration: float = 1.0
) -> pd.DataFrame:
    """Draw random weights from a Dirichlet distribution, by default uniform on the simplex.

    Returns a DataFrame, one row per draw, one column per component, for `choices["weights"]`: a
    frame there is taken for a random sample, and `rank_summary` then gives standard errors.
    Raises ValueError for fewer than two replicates or a concentration that is not positive.

    >>> draw_weights(["body", "services"], replicates=3, seed=1).sum(axis=1).round(12).tolist()
    [1.0, 1.0, 1.0]
    """
    if replicates < 2:
        raise ValueError(f"replicates is {replicates!r}; wanted at least two draws")
    if not 0 < concentration < np.inf:
        raise ValueError(f"concentration is {concentration!r}; wanted a positive number")
    names = list(component_names)
    shares = np.random.default_rng(seed).dirichlet([concentration] * len(names), size=replicates)
    labels = [f"draw {number}" for number in range(1, replicates + 1)]
    return pd.DataFrame(shares, index=labels, columns=names)


def enumerate_choices(choices: dict) -> pd.DataFrame:
    """Cross all alternatives: one row per combination, one column per choice, reference first.

    Raises KeyError for an alternative that is not known, ValueError for a choice that has none,
    or one twice.

    >>> table = {"missing": ["low end", "high end"], "planned_credit": [0, 1]}
    >>> enumerate_choices(table).values.tolist()
    [['low end', 0], ['low end', 1], ['high end', 0], ['high end', 1]]
    """
    return cross({name: list(alternatives(choices, name)) for name in choices})


def cross(labels: dict) -> pd.DataFrame:
    """Cross lists of labels, the last moving fastest; see `enumerate_choices`.

    >>> len(cross({"a": [1, 2, 3], "b": ["x", "y"]}))
    6
    """
    rows = list(product(*labels.values()))
    return pd.DataFrame(rows, columns=list(labels))


def alternatives(choices: dict, name: str) -> dict:
    """Return the alternatives of one choice as {label: thing}; errors as in `enumerate_choices`.

    `choices` is a table of choices, `name` one of them.

    >>> alternatives({"aggregation": ["geometric", "arithmetic"]}, "aggregation")
    {'geometric': 0.0, 'arithmetic': 1.0}
    """
    listed = choices.get(name, DEFAULTS.get(name))
    if isinstance(listed, pd.DataFrame):
        listed = dict(zip(listed.index, listed.to_numpy(), strict=True))
    labels = [listed] if isinstance(listed, str) else list(listed)
    if not labels or len(set(labels)) < len(labels):
        raise ValueError(f"choice {name!r} is {labels}; wanted at least one, each once")
    if isinstance(listed, Mapping):
        return dict(listed)
    known = (READING | METHOD).get(name)
    if known is None:
        return {label: label for label in labels}
    for label in labels:
        if label not in known:
            raise KeyError(f"choice {name!r} has no {label!r}; allowed: {', '.join(known)}")
    return {label: known[label] for label in labels}


def only(choices: dict, name: str, labels: list) -> list | dict:
    """Return the alternatives of one choice, reduced to some labels, in the form they came in.

    `choices` is a table of choices, `name` one of them, `labels` the alternatives to keep.

    >>> only({"weights": {"equal": [1, 1], "first": [2, 1]}}, "weights", ["first"])
    {'first': [2, 1]}
    """
    listed = choices[name]
    if isinstance(listed, pd.DataFrame):
        return listed.loc[labels]
    if isinstance(listed, Mapping):
        return {label: listed[label] for label in labels}
    return list(labels)
