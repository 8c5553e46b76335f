"""What the order of the clusters hangs on, in sentences composed from the results.

As in `findings`: nothing is computed here that a method could compute.
"""

from analysis.text.findings import all_with
from analysis.tidy.wording import counted, listed, number


def of_robustness(tested, refused, total):
    """Say which statements on the order hold under every choice, and which do not."""
    firsts = tested[tested["kind"] == "first"].set_index("subject")["holds"]
    often, combinations = firsts.max(), total - refused
    several = (firsts == often).sum() > 1
    return (
        f"{combinations} of {counted(total, 'combination')} of choices "
        f"{'makes' if total == 1 else 'make'} sense. {all_with(firsts, often)} "
        f"{'are each' if several else 'is'} first, alone or shared, in **{often} of "
        f"{combinations}**.{_of_orders(tested)}\n\n"
        "*Caveat.* The choices are those we listed: another list would give other "
        "shares. A share of combinations is no probability of being right."
    )


def _of_orders(tested):
    """Say which orders between two clusters hold under every choice; nothing of a lone cluster."""
    ahead = tested[tested["kind"] == "ahead"]
    if ahead.empty:
        return ""
    always = ahead[ahead["standing"] == "under every choice"]
    firm = [f"{row.subject} ahead of {row.other}" for row in always.itertuples()]
    never = int((tested["standing"] == "under none").sum())
    held = (
        f"**{len(firm)}** {'holds' if len(firm) == 1 else 'hold'} under every choice: "
        f"{listed(firm)}."
        if firm
        else "**none** holds under every choice."
    )
    refuted = f"{counted(never, 'statement')} {'holds' if never == 1 else 'hold'} under none."
    start = f" Of {counted(len(ahead), 'order')} between two clusters"
    return (
        f"{start} {held} {refuted if never else 'Every statement holds under at least one choice.'}"
    )


def of_sensitivity(indices):
    """Say which choice moves the ranks most."""
    shift = indices[indices["output"] == "mean rank shift"].dropna(subset="total")
    if shift.empty:
        return "Nothing moves the ranks, or only one thing was varied."
    top = shift.sort_values("total", ascending=False).iloc[0]
    return (
        f"The ranks hang most on **{top['choice']}**: alone it explains "
        f"{number(100 * top['first_order'])} % of the variance of the mean rank shift, with its "
        f"interactions {number(100 * top['total'])} %."
    )
