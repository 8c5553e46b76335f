"""Treatment of outliers: none unless asked for, always diagnosed, and tested again.

A treatment is kept only if the column passes the rule of thumb afterwards and values that
differed still differ (but for those that winsorising moves, which is what it does). Everything
that is moved is listed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analysis.composite.outliers.rule import Rule
from analysis.composite.outliers.skewness import (
    column_skewness_kurtosis,
    skewness_kurtosis,
)
from analysis.composite.outliers.transformations import STEPS, Transformation
from analysis.tidy.showing import shown

if TYPE_CHECKING:
    from collections.abc import Sequence


METHODS = (
    "none",
    "winsorise",
    "log",
    "box-cox",
    "winsorise else log",
    "winsorise else box-cox",
)
TABLE = [
    *("indicator", "skewness_before", "kurtosis_before", "beyond_rule", "method", "points"),
    *("skewness_after", "kurtosis_after", "passes", "note"),
]
MOVED = ["cluster", "indicator", "step", "before", "after", "reason"]


@dataclass(frozen=True, eq=False, repr=False)
class Treated:
    """The result of the treatment; holds only the columns that changed."""

    columns: dict  # {position: treated values}
    transformations: dict  # {position: Transformation}
    changed: dict  # {position: rows that were moved}
    outcomes: dict  # {position: what was tried}
    names: tuple  # of all columns
    values: np.ndarray  # of all columns, as they came
    rule: Rule

    @cached_property
    def table(self) -> pd.DataFrame:
        """Return the diagnosis of every indicator, and what was done: see TABLE."""
        skewness, kurtosis = skewness_kurtosis(self.values)
        beyond = self.rule.beyond(skewness, kurtosis)
        return _table(self.names, skewness, kurtosis, beyond, self.outcomes, self.rule)

    def __repr__(self):
        """Say how many columns changed."""
        return f"Treated({len(self.columns)} of {len(self.names)} indicators)"

    def _repr_html_(self):
        """Show the diagnosis."""
        return shown(self.table)._repr_html_()


def check_treatment(treatment: str | Mapping[str, str], names: Sequence[str]) -> list[str]:
    """Return the method of each indicator; refuse unknown words, all at once.

    >>> check_treatment({"b": "log"}, ["a", "b"])
    ['none', 'log']
    """
    if isinstance(treatment, str):
        methods = dict.fromkeys(names, treatment)
    elif isinstance(treatment, Mapping):
        methods = dict.fromkeys(names, "none") | dict(treatment)
    else:
        raise TypeError(f"treatment is {treatment!r}; wanted a word, or one per indicator")
    problems = [f"treatment names {name!r}, no indicator" for name in methods if name not in names]
    problems += [
        f"treatment of {name!r} is {word!r}; allowed: {'; '.join(METHODS)}"
        for name, word in list(methods.items())[: 1 if isinstance(treatment, str) else None]
        if word not in METHODS
    ]
    if problems:
        raise ValueError("\n".join(problems))
    return [methods[name] for name in names]


def treat(
    values: np.ndarray,
    names: Sequence[str],
    treatment: str | Mapping[str, str] = "none",
    rule: Rule | None = None,
) -> Treated:
    """Diagnose every column, and treat those that are beyond the rule.

    Parameters
    ----------
    values : array of float, units x indicators, NaN where not reported; names : of the columns
    treatment : one of METHODS, or {indicator: method}
    rule : Rule

    "winsorise" moves the farthest values to the next ones, at most `max_points` of them, and
    stops before ties would make it more; "log" is log(x - min + 0.01 range), turned round for a
    tail to the left; "box-cox" is the power transformation of greatest likelihood.
    Returns a Treated.

    >>> cells = np.array([[1.0], [2.0], [3.0], [4.0], [5.0], [90.0]])
    >>> treat(cells, ["jobs"], "winsorise").columns[0].tolist()
    [1.0, 2.0, 3.0, 4.0, 5.0, 5.0]
    """
    rule = rule or Rule()
    methods = check_treatment(treatment, names)
    asked = [at for at, method in enumerate(methods) if method != "none"]
    outcomes = _tried(values, methods, rule) if asked else {}
    kept = {at: outcome for at, outcome in outcomes.items() if outcome.values is not None}
    return Treated(
        columns={at: outcome.values for at, outcome in kept.items()},
        transformations={at: outcome.transformation for at, outcome in kept.items()},
        changed={at: _moved(values[:, at], outcome.values) for at, outcome in kept.items()},
        outcomes=outcomes,
        names=tuple(names),
        values=values,
        rule=rule,
    )


def _tried(values, methods, rule):
    """Treat every column that is beyond the rule and may be: {position: outcome}."""
    skewness, kurtosis = skewness_kurtosis(values)
    return {
        at: _treat_column(values[:, at], methods[at], skewness[at], rule)
        for at in np.flatnonzero(rule.beyond(skewness, kurtosis)).tolist()
        if methods[at] != "none"
    }


def _moved(before, after):
    """Return the rows whose value changed; a missing value has not."""
    return np.flatnonzero((after != before) & ~np.isnan(before))


def moved_cells(
    treated: Treated, values: np.ndarray, units: Sequence[str], names: Sequence[str]
) -> pd.DataFrame:
    """List every winsorised value and every transformed column."""
    rows = []
    for at, after in treated.columns.items():
        kind = treated.transformations[at].kind
        places = treated.changed[at] if kind == "winsorised" else np.arange(len(after))
        rows += [
            (units[row], names[at], "outliers", values[row, at], after[row], kind)
            for row in places.tolist()
            if not np.isnan(values[row, at])
        ]
    return pd.DataFrame(rows, columns=MOVED)


@dataclass
class _Outcome:
    values: np.ndarray | None
    transformation: Transformation | None
    method: str
    points: int
    skewness: float
    kurtosis: float
    note: str


def _treat_column(values, method, skewness, rule):
    """Try the methods in turn; the first that passes is kept."""
    notes, best = [], None
    for step in method.split(" else "):
        moved, transformation, points = STEPS[step](values, skewness, rule)
        after = column_skewness_kurtosis(moved)
        why = _why_not(values, moved, transformation, after, rule)
        outcome = _Outcome(moved, transformation, transformation.kind, points, *after, "")
        if not why:
            outcome.note = "; ".join(notes)
            return outcome
        notes.append(f"{step}{f' of {points} points' if points else ''}: {why}")
        best = outcome
    if rule.keep_failed and best.transformation.kind != "none":
        best.note = "; ".join(notes) + "; kept although it fails"
        return best
    return _Outcome(
        None, None, "none", 0, *column_skewness_kurtosis(values), "; ".join(notes) + "; not kept"
    )


def _why_not(values, moved, transformation, after, rule):
    """Say why a treatment is not kept; empty where it is."""
    if transformation.kind == "none":
        return "nothing could be moved"
    known = values[~np.isnan(values)]
    if transformation.kind != "winsorised":
        results = moved[~np.isnan(values)]
        if np.isnan(results).any() or len(np.unique(results)) < len(np.unique(known)):
            return "values that differed are made equal"
    if np.isnan(after[0]):
        return "it leaves a constant"
    if rule.beyond(*after):
        return f"skewness {after[0]:.3g} and kurtosis {after[1]:.3g} are still beyond the rule"
    return ""


def _table(names, skewness, kurtosis, beyond, outcomes, rule):
    """Lay out the diagnosis of every column, with what was done."""
    passes = ~beyond
    columns = {
        "indicator": list(names),
        "skewness_before": skewness,
        "kurtosis_before": kurtosis,
        "beyond_rule": beyond,
        "method": np.full(len(names), "none", dtype=object),
        "points": np.zeros(len(names), dtype=int),
        "skewness_after": skewness.copy(),
        "kurtosis_after": kurtosis.copy(),
        "passes": passes,
        "note": np.full(len(names), "", dtype=object),
    }
    columns["note"][beyond] = "beyond the rule, not treated"
    columns["note"][np.isnan(skewness)] = "constant, or fewer than three values"
    lone = passes & (kurtosis > rule.max_kurtosis)
    columns["note"][lone] = "kurtosis beyond its limit without skewness: look at both ends"
    for at, outcome in outcomes.items():
        columns["method"][at], columns["points"][at] = outcome.method, outcome.points
        columns["skewness_after"][at] = outcome.skewness
        columns["kurtosis_after"][at] = outcome.kurtosis
        passes[at] = not rule.beyond(outcome.skewness, outcome.kurtosis)
        columns["note"][at] = outcome.note
    return pd.DataFrame(columns, columns=TABLE)
