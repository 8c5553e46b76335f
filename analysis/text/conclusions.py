"""What the order of the clusters hangs on, in sentences composed from the results.

As in `findings`: nothing is computed here that a method could compute.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis.text.component_findings import all_with
from analysis.text.titles.study import rank_shares_title as ranks_title  # noqa: F401
from analysis.tidy.choice_words import choice_word
from analysis.tidy.wording import counted, escaped, listed, number

if TYPE_CHECKING:
    from typing import Any


def of_robustness(tested: Any, refused: Any, total: Any) -> Any:
    """Say which statements on the order hold under every choice, and which do not."""
    firsts = tested[tested["kind"] == "first"].set_index("subject")["holds"]
    often, combinations = firsts.max(), total - refused
    several = (firsts == often).sum() > 1
    none = f" ({counted(refused, 'other')} cannot be computed, see below)" if refused else ""
    return (
        f"{all_with(firsts, often)} {'are each' if several else 'is'} first, alone or with others, "
        f"in **{often} of {counted(combinations, 'combination')}** of choices{none}."
        f"{_of_orders(tested)}\n\n"
        "*Caveat.* The choices are those we listed; another list would give other shares. A share "
        "of combinations is not a probability."
    )


def _of_orders(tested):
    """Say which orders between two clusters hold under every choice; nothing of a lone cluster."""
    ahead = tested[tested["kind"] == "ahead"]
    if ahead.empty:
        return ""
    always = ahead[ahead["standing"] == "under every choice"]
    firm = [f"{escaped(row.subject)} ahead of {escaped(row.other)}" for row in always.itertuples()]
    never = int((tested["standing"] == "under none").sum())
    held = f"**{len(firm)}** {'is' if len(firm) == 1 else 'are'} always ordered the same way"
    named = f": {listed(firm)}." if firm else "."
    refuted = (
        f" {counted(never, 'statement')} {'holds' if never == 1 else 'hold'} under no choice."
        if never
        else ""
    )
    return f" Of {counted(len(ahead), 'pair')} of clusters, {held}{named}{refuted}"


def of_sensitivity(indices: Any) -> Any:
    """Say which choice moves the ranks most."""
    shift = indices[indices["output"] == "mean rank shift"].dropna(subset="total")
    if shift.empty:
        return "The ranks do not depend on the choices, or only one choice was varied."
    top = shift.sort_values("total", ascending=False).iloc[0]
    return (
        f"What matters most for the ranks is **{choice_word(top['choice'])}**: this alone explains "
        f"{number(100 * top['first_order'])} % of the variance of the mean rank shift, and "
        f"{number(100 * top['total'])} % together with the other choices."
    )
