"""The metadata of indicators: direction, weight, pillar, and so on, read before any number.

It is read from `indicators.csv` and `pillars.csv` of a study, or from frames with the same
columns. Whatever is lacking gets the plainest reading - one level, equal weights - and a note says
so; whatever contradicts itself is refused, everything at once.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from math import isnan

import numpy as np
import pandas as pd

from analysis.composite.indicators.described import (
    FrameworkError,
    indicator_records,
    pillar_records,
)
from analysis.composite.indicators.hierarchy import TOTAL, Hierarchy, build_hierarchy
from analysis.composite.matrix import DIRECTIONS
from analysis.tidy.kinds import KINDS, admits, why_not
from analysis.tidy.showing import shown


@dataclass(frozen=True, eq=False, repr=False)
class Framework:
    """The indicators that are put together, and how they are said to belong together."""

    described: dict  # {indicator: what is said of it}; empty text or NaN: not said
    above: dict  # {pillar: label, parent, weight}
    hierarchy: Hierarchy
    notes: tuple  # what was not said, and how it is read

    @cached_property
    def indicators(self) -> pd.DataFrame:
        """Return what is said of the indicators as a frame, index indicator."""
        return _frame(self.described, "indicator")

    @cached_property
    def pillars(self) -> pd.DataFrame:
        """Return the pillars as a frame, index pillar: label, parent, weight."""
        return _frame(self.above, "pillar")

    @property
    def directions(self) -> list[str]:
        """Return "up" or "down" of each indicator, in order."""
        return [record["direction"] for record in self.described.values()]

    @property
    def denominators(self) -> list[str]:
        """Return the denominator of each indicator, in order; empty where it has none."""
        return [record["denominator"] for record in self.described.values()]

    @property
    def goalposts(self) -> tuple[np.ndarray, ...]:
        """Return (low, high): goalposts of each indicator, NaN where none is given."""
        records = self.described.values()
        return tuple(
            np.array([record[f"goalpost_{end}"] for record in records]) for end in ("low", "high")
        )

    def __repr__(self):
        """Say in one line what it holds."""
        sizes = f"{len(self.described)} indicators, {len(self.above)} pillars"
        return f"Framework({'; '.join([sizes, *self.notes])})"

    def _repr_html_(self):
        """Show the indicators, and the pillars below them."""
        return "\n".join(shown(table)._repr_html_() for table in (self.indicators, self.pillars))


def read_framework(
    indicators: pd.DataFrame, pillars: pd.DataFrame | None = None, *, leave_out: Iterable = ()
) -> tuple[Framework, list]:
    """Read and check what is said of the indicators.

    Parameters
    ----------
    indicators : DataFrame, index indicator; any of the columns label, unit, kind, direction,
        weight, pillar, denominator, goalpost_low, goalpost_high
    pillars : DataFrame, index pillar or a column of that name; label, parent, weight; optional
    leave_out : identifiers of indicators that are not to be used

    An indicator takes part if it has a pillar; where none has, all take part but those that have
    no direction and only serve as denominators. Returns (Framework, left_out): left_out is a list
    of (kind, name, reason). Raises FrameworkError with every problem found.

    >>> about = pd.DataFrame({"direction": ["up", "down"]}, index=["jobs", "waste"])
    >>> read_framework(about)[0].notes
    ('no pillars: one level', 'no weights: equal weights')
    """
    described, problems = indicator_records(indicators)
    unknown = [name for name in leave_out if name not in described]
    problems += [f"leave_out names {name!r}, which is no indicator" for name in unknown]
    used, left_out = _taking_part(described, leave_out)
    if not used:
        problems.append("no indicator is left to put together")
    for name, record in used.items():
        problems += _own_problems(name, record) + _denominator_problems(name, record, described)
    above, wrong = _pillars(pillars, used, described)
    problems += wrong
    if problems:
        raise FrameworkError(problems)
    return _framework(used, above, _notes(used, above)), left_out


def keep_indicators(framework: Framework, keep: Iterable) -> tuple[Framework, list]:
    """Return the framework with some indicators only, and the pillars that are empty then.

    >>> about = pd.DataFrame({"direction": "up", "pillar": ["P", "Q"]}, index=["a", "b"])
    >>> rest, gone = keep_indicators(read_framework(about)[0], ["a"])
    >>> rest.hierarchy.pillars, gone
    (('P',), ['Q'])
    """
    used = {name: framework.described[name] for name in keep}
    above, gone = _filled(framework.above, used)
    return _framework(used, above, framework.notes), gone


def _framework(used, above, notes):
    """Put checked records together; a node whose weights sum to zero is refused."""
    hierarchy = build_hierarchy(
        list(used),
        [record["pillar"] if above else "" for record in used.values()],
        [_or_one(record["weight"]) for record in used.values()],
        {name: record["parent"] for name, record in above.items()},
        {name: _or_one(record["weight"]) for name, record in above.items()},
    )
    problems = _zero_weights(hierarchy)
    if problems:
        raise FrameworkError(problems)
    return Framework(used, above, hierarchy, notes)


def _or_one(weight):
    return 1.0 if isnan(weight) else weight


def _frame(records, name):
    index = pd.Index(list(records), name=name, dtype=object)
    if not records:
        return pd.DataFrame({"label": [], "parent": [], "weight": []}, index=index)
    columns = zip(*(record.values() for record in records.values()), strict=True)
    return pd.DataFrame(
        {
            column: pd.array(cells, dtype="float64" if isinstance(cells[0], float) else object)
            for column, cells in zip(next(iter(records.values())), columns, strict=True)
        },
        index=index,
    )


def _taking_part(described, leave_out):
    """Return (records that are used, [(kind, name, reason)] of the others)."""
    divisors = {record["denominator"] for record in described.values()} - {""}
    grouped = any(record["pillar"] for record in described.values())
    left_out, used = [], {}
    for name, record in described.items():
        if name in leave_out:
            left_out.append(("indicator", name, "left out on request"))
        elif grouped and not record["pillar"]:
            why = "denominator only" if name in divisors else "no pillar, and others have one"
            left_out.append(("indicator", name, why))
        elif not record["direction"] and name in divisors:
            left_out.append(("indicator", name, "denominator only"))
        else:
            used[name] = record
    return used, left_out


def _own_problems(name, record):
    """Check direction, weight and goalposts of one indicator."""
    problems = []
    word, weight = record["direction"], record["weight"]
    low, high = record["goalpost_low"], record["goalpost_high"]
    if word not in DIRECTIONS:
        problems.append(
            f"direction of {name!r} is {word or 'not given'}; wanted 'up' (more is better) or "
            "'down', or leave the indicator out"
        )
    if weight < 0:
        problems.append(f"weight of {name!r} is {weight:g}; wanted none below zero")
    if low >= high:
        problems.append(f"goalposts of {name!r}: low {low:g} is not below high {high:g}")
    return problems


def _denominator_problems(name, record, described):
    """Check that each denominator is an indicator by which one can divide."""
    by, problems = record["denominator"], []
    if not by:
        return problems
    if by not in described:
        problems.append(f"denominator of {name!r} is {by!r}, which is no indicator here")
    elif by == name:
        problems.append(f"denominator of {name!r} is itself")
    kind, other = record["kind"], described.get(by, {}).get("kind")
    if kind in KINDS and not (admits(kind, "ratio") or admits(kind, "sum")):
        problems.append(
            f"indicator {name!r} is not divided, {why_not(kind, 'ratio')}: take its denominator "
            f"{by!r} away"
        )
    if other in KINDS and not admits(other, "ratio"):
        problems.append(
            f"denominator {by!r} of {name!r} divides nothing, {why_not(other, 'ratio')}"
        )
    return problems


def _pillars(given, used, described):
    """Return ({pillar: label, parent, weight}, problems)."""
    named = [name for name in dict.fromkeys(record["pillar"] for record in used.values()) if name]
    above, problems = pillar_records(given, named)
    for name in named:
        if name not in above:
            member = next(each for each, record in used.items() if record["pillar"] == name)
            problems.append(f"pillar {name!r} of {member!r} is not among the pillars")
    problems += _pillar_problems(above, described)
    if problems:
        return above, problems
    above = _without_root(_filled(above, used)[0], used)
    if TOTAL in above:
        problems.append(f"pillar {TOTAL!r} has the name of the total: call it otherwise")
    return above, problems


def _pillar_problems(above, described):
    """Check parents, weights and names of the pillars, and that each has an indicator."""
    problems = []
    for name, record in above.items():
        if record["parent"] and record["parent"] not in above:
            problems.append(
                f"parent of pillar {name!r} is {record['parent']!r}, which is no pillar"
            )
        if record["weight"] < 0:
            problems.append(
                f"weight of pillar {name!r} is {record['weight']:g}; wanted none below zero"
            )
        if name in described:
            problems.append(f"pillar {name!r} has the name of an indicator")
    problems += _circles({name: record["parent"] for name, record in above.items()})
    filled = {record["pillar"] for record in described.values()}
    filled |= {record["parent"] for record in above.values()}
    return problems + [
        f"pillar {name!r} has no indicator: give it one, or take the pillar out"
        for name in above
        if name not in filled
    ]


def _filled(above, used):
    """Return (pillars that hold something, names of those that hold nothing)."""
    gone = []
    while True:
        filled = {record["pillar"] for record in used.values()}
        filled |= {record["parent"] for record in above.values()}
        empty = [name for name in above if name not in filled]
        if not empty:
            return above, gone
        gone += empty
        above = {name: record for name, record in above.items() if name in filled}


def _circles(parents):
    """Name every pillar that is above itself."""
    problems = []
    for name in parents:
        seen, above = {name}, parents[name]
        while above in parents and above not in seen:
            seen.add(above)
            above = parents[above]
        if above == name:
            problems.append(f"pillar {name!r} is above itself: its parents go round in a circle")
    return problems


def _without_root(above, used):
    """Take a single top pillar that only holds other pillars for the total itself."""
    tops = [name for name, record in above.items() if not record["parent"]]
    holders = {record["pillar"] for record in used.values()}
    if len(tops) != 1 or len(above) < 2 or holders & {tops[0], ""}:
        return above
    return {
        name: record | {"parent": "" if record["parent"] == tops[0] else record["parent"]}
        for name, record in above.items()
        if name != tops[0]
    }


def _notes(used, above):
    notes = [] if above else ["no pillars: one level"]
    weights = [*used.items(), *above.items()]
    missing = [str(name) for name, record in weights if isnan(record["weight"])]
    if len(missing) == len(weights):
        notes.append("no weights: equal weights")
    elif missing:
        notes.append(f"no weight given, so 1: {', '.join(missing)}")
    return tuple(notes)


def _zero_weights(hierarchy):
    return [
        f"weights of {name!r} sum to zero: at least one of {_listed(hierarchy, children)} must be "
        "positive"
        for name, children in zip(hierarchy.nodes, hierarchy.children, strict=True)
        if not hierarchy.weight[children].sum() > 0
    ]


def _listed(hierarchy, children):
    return ", ".join(repr(hierarchy.elements[child]) for child in children)
