"""What is said of the indicators before any number is read: direction, weight, pillar, and so on.

It is read from `indicators.csv` and `pillars.csv` of a study, or from frames with the same
columns. Whatever is lacking gets the plainest reading - one level, equal weights - and a note says
so; whatever contradicts itself is refused, everything at once.
"""

from dataclasses import dataclass
from numbers import Real

import numpy as np
import pandas as pd

from analysis.composite.indicators.hierarchy import TOTAL, build_hierarchy
from analysis.composite.matrix import DIRECTIONS
from analysis.tidy.kinds import KINDS, admits, why_not
from analysis.tidy.showing import Readable
from analysis.tidy.wording import counted

TEXTS = ("label", "unit", "kind", "direction", "pillar", "denominator")
NUMBERS = ("weight", "goalpost_low", "goalpost_high")


class FrameworkError(ValueError):
    """Indicators that cannot be put together as they are described; `problems` has a line each."""

    def __init__(self, problems):
        """Keep all problems, and name them in the message."""
        self.problems = tuple(dict.fromkeys(problems))
        head = f"{counted(len(self.problems), 'problem')} with the indicators:"
        super().__init__("\n- ".join([head, *self.problems]))


@dataclass(frozen=True, eq=False, repr=False)
class Framework(Readable):
    """The indicators that are put together, and how they are said to hang together."""

    indicators: pd.DataFrame  # index indicator: TEXTS, NUMBERS (empty text or NaN: not said)
    pillars: pd.DataFrame  # index pillar: label, parent, weight
    hierarchy: object  # Hierarchy
    notes: tuple  # what was not said, and how it is read

    @property
    def directions(self):
        """Return "up" or "down" of each indicator, in order."""
        return self.indicators["direction"].tolist()


def read_framework(indicators, pillars=None, *, leave_out=()):
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
    table, problems = _table(indicators)
    unknown = [name for name in leave_out if name not in table.index]
    problems += [f"leave_out names {name!r}, which is no indicator" for name in unknown]
    used, left_out = _taking_part(table, leave_out)
    if not len(used):
        problems.append("no indicator is left to put together")
    problems += _direction_problems(used)
    problems += _number_problems(used) + _denominator_problems(used, table)
    known, wrong = _pillars(pillars, used, table)
    problems += wrong
    if problems:
        raise FrameworkError(problems)
    notes = _notes(used, known)
    hierarchy = _hierarchy(used, known)
    problems += _zero_weights(hierarchy)
    if problems:
        raise FrameworkError(problems)
    return Framework(used, known, hierarchy, notes), left_out


def keep_indicators(framework, keep):
    """Return the framework with some indicators only, and the pillars that are empty then.

    >>> about = pd.DataFrame({"direction": "up", "pillar": ["P", "Q"]}, index=["a", "b"])
    >>> rest, gone = keep_indicators(read_framework(about)[0], ["a"])
    >>> rest.hierarchy.pillars, gone
    (('P',), ['Q'])
    """
    used = framework.indicators.loc[list(keep)]
    pillars, gone = _filled(framework.pillars, used)
    hierarchy = _hierarchy(used, pillars)
    problems = _zero_weights(hierarchy)
    if problems:
        raise FrameworkError(problems)
    return Framework(used, pillars, hierarchy, framework.notes), gone


def _table(given):
    """Bring what is said into known columns; a number that is none is a problem."""
    problems = []
    index = pd.Index(given.index, name="indicator", dtype=object)
    columns = {}
    for name in TEXTS:
        cells = given[name].tolist() if name in given else [""] * len(given)
        columns[name] = ["" if pd.isna(cell) else str(cell).strip() for cell in cells]
    for name in NUMBERS:
        cells = given[name].tolist() if name in given else [np.nan] * len(given)
        columns[name], wrong = _numbers(name, index, cells)
        problems += wrong
    problems += [
        f"indicator {name!r} is described twice" for name in index[index.duplicated()].unique()
    ]
    columns["label"] = _or_else(columns["label"], index)
    arrays = {name: np.array(columns[name], dtype=object) for name in TEXTS}
    table = pd.DataFrame(arrays | {name: columns[name] for name in NUMBERS}, index=index)
    return (table[~index.duplicated()] if index.has_duplicates else table), problems


def _numbers(column, index, cells):
    """Return (numbers, problems)."""
    numbers, problems = [], []
    for name, cell in zip(index, cells, strict=True):
        empty = cell is None or cell == "" or (isinstance(cell, Real) and np.isnan(cell))
        number = np.nan if empty else pd.to_numeric(cell, errors="coerce")
        if not empty and not np.isfinite(number):
            problems.append(f"{column} of {name!r} is {cell!r}; wanted a number, or nothing")
        numbers.append(float(number))
    return numbers, problems


def _taking_part(table, leave_out):
    """Return (rows that are used, [(kind, name, reason)] of the others)."""
    pillars, divisors = table["pillar"].tolist(), {*table["denominator"]} - {""}
    grouped = any(pillars)
    left_out, kept = [], []
    rows = zip(table.index, pillars, table["direction"].tolist(), strict=True)
    for name, pillar, direction in rows:
        if name in leave_out:
            left_out.append(("indicator", name, "left out on request"))
        elif grouped and not pillar:
            why = "denominator only" if name in divisors else "no pillar, and others have one"
            left_out.append(("indicator", name, why))
        elif not direction and name in divisors:
            left_out.append(("indicator", name, "denominator only"))
        else:
            kept.append(name)
    return table.loc[kept] if left_out else table, left_out


def _direction_problems(used):
    return [
        f"direction of {name!r} is {word or 'not given'}; wanted 'up' (more is better) or 'down', "
        "or leave the indicator out"
        for name, word in used["direction"].items()
        if word not in DIRECTIONS
    ]


def _number_problems(used):
    problems = [
        f"weight of {name!r} is {weight:g}; wanted none below zero"
        for name, weight in used["weight"].items()
        if weight < 0
    ]
    return problems + [
        f"goalposts of {name!r}: low {low:g} is not below high {high:g}"
        for name, low, high in zip(
            used.index, used["goalpost_low"], used["goalpost_high"], strict=True
        )
        if low >= high
    ]


def _denominator_problems(used, table):
    problems = []
    kinds = dict(zip(table.index, table["kind"].tolist(), strict=True))
    for name, by in zip(used.index, used["denominator"].tolist(), strict=True):
        if not by:
            continue
        if by not in kinds:
            problems.append(f"denominator of {name!r} is {by!r}, which is no indicator here")
        elif by == name:
            problems.append(f"denominator of {name!r} is itself")
        kind, other = kinds[name], kinds.get(by)
        if kind in KINDS and not (admits(kind, "ratio") or admits(kind, "sum")):
            problems.append(
                f"indicator {name!r} is not divided, {why_not(kind, 'ratio')}: take its "
                f"denominator {by!r} away"
            )
        if other in KINDS and not admits(other, "ratio"):
            problems.append(
                f"denominator {by!r} of {name!r} divides nothing, {why_not(other, 'ratio')}"
            )
    return problems


def _pillars(given, used, described):
    """Return (pillars with label, parent and weight; problems)."""
    named = [name for name in dict.fromkeys(used["pillar"]) if name]
    table, problems = _pillar_table(given, named)
    for name in named:
        if name not in table.index:
            members = used.index[used["pillar"] == name]
            problems.append(f"pillar {name!r} of {members[0]!r} is not among the pillars")
    for name, parent in table["parent"].items():
        if parent and parent not in table.index:
            problems.append(f"parent of pillar {name!r} is {parent!r}, which is no pillar")
    problems += _circles(table["parent"].to_dict())
    filled = {*described["pillar"], *table["parent"]}
    problems += [
        f"pillar {name!r} has no indicator: give it one, or take the pillar out"
        for name in table.index
        if name not in filled
    ]
    if problems:
        return table, problems
    return _without_root(_filled(table, used)[0], used), []


def _filled(pillars, used):
    """Return (pillars that hold something, names of those that hold nothing)."""
    gone = []
    while True:
        filled = {*used["pillar"], *pillars["parent"]}
        empty = [name for name in pillars.index if name not in filled]
        if not empty:
            return pillars, gone
        gone += empty
        pillars = pillars.drop(empty)


def _pillar_table(given, named):
    if given is None or not len(given):
        return _plain_pillars(named), []
    given = given.set_index("pillar") if "pillar" in given else given
    problems = [f"pillar {name!r} is there twice" for name in given.index[given.index.duplicated()]]
    given = given[~given.index.duplicated()]
    table = _plain_pillars([str(name) for name in given.index])
    for name in ("label", "parent"):
        if name in given:
            cells = ["" if pd.isna(cell) else str(cell).strip() for cell in given[name]]
            table[name] = cells if name == "parent" else _or_else(cells, table.index)
    if "weight" in given:
        table["weight"], wrong = _numbers("weight", table.index, given["weight"].tolist())
        problems += wrong
    problems += [
        f"weight of pillar {name!r} is {weight:g}; wanted none below zero"
        for name, weight in table["weight"].items()
        if weight < 0
    ]
    if TOTAL in table.index and table.loc[TOTAL, "parent"]:
        problems.append(f"pillar {TOTAL!r} has the name of the total, and a parent")
    return table, problems


def _plain_pillars(names):
    index = pd.Index(names, name="pillar", dtype=object)
    words = np.array([*names], dtype=object), np.full(len(names), "", dtype=object)
    return pd.DataFrame(
        {"label": words[0], "parent": words[1], "weight": np.full(len(names), np.nan)}, index=index
    )


def _or_else(texts, others):
    return [text or other for text, other in zip(texts, others, strict=True)]


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


def _without_root(table, used):
    """Take a single top pillar that only holds other pillars for the total itself."""
    tops = table.index[table["parent"] == ""]
    holds_indicators = set(used["pillar"])
    if len(tops) == 1 and len(table) > 1 and not holds_indicators & {tops[0], ""}:
        rest = table.drop(tops[0])
        return rest.assign(parent=["" if name == tops[0] else name for name in rest["parent"]])
    return table


def _notes(used, pillars):
    notes = []
    if not len(pillars):
        notes.append("no pillars: one level")
    weights = [*used["weight"].items(), *pillars["weight"].items()]
    lacking = [str(name) for name, weight in weights if np.isnan(weight)]
    if len(lacking) == len(weights):
        notes.append("no weights: equal weights")
    elif lacking:
        notes.append(f"no weight given, so 1: {', '.join(lacking)}")
    return tuple(notes)


def _hierarchy(used, pillars):
    return build_hierarchy(
        list(used.index),
        used["pillar"].tolist() if len(pillars) else [""] * len(used),
        used["weight"].fillna(1.0).tolist(),
        pillars["parent"].to_dict(),
        pillars["weight"].fillna(1.0).to_dict(),
    )


def _zero_weights(hierarchy):
    return [
        f"weights of {name!r} sum to zero: at least one of {_listed(hierarchy, kids)} must be "
        "positive"
        for name, kids in zip(hierarchy.nodes, hierarchy.children, strict=True)
        if not hierarchy.weight[kids].sum() > 0
    ]


def _listed(hierarchy, kids):
    return ", ".join(repr(hierarchy.elements[kid]) for kid in kids)
