"""What the table of components says, in sentences: what is there, and whether the grades follow.

As in `findings`: nothing is computed here that a method could compute.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis.comparative.grading import equal_evidence_pairs
from analysis.text.titles.study import complete
from analysis.tidy.wording import counted, escaped, listed, number

if TYPE_CHECKING:
    from typing import Any


def of_components(low: Any, high: Any, matrix: Any, grades: Any, rule: Any) -> Any:
    """Say how many clusters show every component, and whether the grades, if any, follow."""
    full, shows = complete(low)
    names = f" ({listed(map(escaped, full))})" if len(full) else ""
    open_cells = int((low < high).to_numpy().sum())
    unknown = (
        f"For {open_cells} of {counted(low.size, 'cell')} the source does not say whether the "
        "component is there, or says that it does not know. That is not the same as absent. A "
        "component that is named"
        if open_cells
        else "A component that is named"
    )
    follow = "" if grades is None else f" {_how_grades_follow(matrix, grades, rule)}"
    return (
        f"**{len(full)} of {counted(len(low), 'cluster')}**{names} {shows} every component."
        f"{follow}\n\n"
        f"*Caveat.* {unknown} need not be working."
    )


def _how_grades_follow(matrix, grades, rule):
    if grades.nunique() < 2:
        return "All clusters have the same grade, so it cannot be compared with the evidence."
    twins = [
        f"{escaped(twin.cluster)} ({escaped(twin.grade)}) and {escaped(twin.other)} "
        f"({escaped(twin.other_grade)})"
        for twin in equal_evidence_pairs(matrix, grades).itertuples()
    ]
    same = f" The same evidence, but different grades: {listed(twins)}." if twins else ""
    return (
        f"The grades fit the evidence with **{counted(rule.exception_count, 'exception')}**; no "
        f"rule that never gives a lower grade for more evidence has fewer.{same}"
    )


def of_agreement(match: Any) -> Any:
    """Say how far evidence and grade rank the clusters alike, or why that has no answer."""
    if match.tau_b != match.tau_b:
        return f"Evidence and grade cannot be compared as ranks ({escaped(match.reason)})."
    return (
        f"Rank agreement of evidence and grade: tau-b = **{number(match.tau_b)}** over "
        f"{counted(match.n, 'cluster')}. The grades were given for this same evidence, so the two "
        "are bound to agree: this checks consistency only, and no p-value is given."
    )


def of_lists(announced: Any, coded: Any) -> Any:
    """Say which of the components that are coded no list of the method announces."""
    if not len(announced):
        return "The study lists no institutional criteria: nothing was announced."
    unlisted = sorted(set(coded) - set(announced["component"].dropna()))
    names = listed(map(escaped, unlisted))
    return f"Components under the table that the method section does not announce: **{names}**."


def of_prevalence(common: Any) -> Any:
    """Say which components are most and least common, and which depend on how gaps are read."""
    strict = common[common["reading"] == "not reported = absent"].set_index("component")
    spread = common.groupby("component", sort=False)["k"].agg(lambda k: k.max() - k.min())
    most, least = strict["k"].max(), strict["k"].min()
    total = strict["n"].iloc[0]
    top, bottom = (all_with(strict["k"], count) for count in (most, least))
    several = (strict["k"] == most).sum() > 1
    words = (
        f"the most common component{'s are' if several else ' is'} {top} ({most} of {total}), "
        f"the rarest {bottom} ({least} of {total})"
        if most > least
        else f"all components are equally common ({most} of {total})"
    )
    moved = (
        f"The count of {all_with(spread, spread.max())} depends most on that choice"
        if spread.max() > 0
        else "No count depends on that choice"
    )
    return f"If what is not reported counts as absent, {words}. {moved}."


def all_with(values: Any, value: Any) -> Any:
    """Name all rows of a Series that have a value: of several that tie none is the first."""
    return listed(f"**{escaped(name)}**" for name in values.index[values == value])
