"""What the order of the clusters hangs on, in sentences composed from the results.

As in `findings`: nothing is computed here that a method could compute.
"""

from analysis.findings import all_with
from analysis.wording import counted, listed, number


def of_robustness(tested, refused, total):
    """Say which statements on the order hold under every choice, and which do not."""
    counts = tested["standing"].value_counts()
    ahead = tested[tested["kind"] == "ahead"]
    always = ahead[ahead["standing"] == "under every choice"]
    firm = [f"{row.subject} ahead of {row.other}" for row in always.itertuples()]
    firsts = tested[tested["kind"] == "first"].set_index("subject")["holds"]
    often, combinations = firsts.max(), total - refused
    orders = (
        f" Of {counted(len(ahead), 'order')} between two clusters **{len(always)}** "
        f"{'holds' if len(always) == 1 else 'hold'} under every choice: {listed(firm)}. "
        f"{counted(int(counts.get('under none', 0)), 'statement')} "
        f"{'holds' if counts.get('under none', 0) == 1 else 'hold'} under none."
    )
    several = (firsts == often).sum() > 1
    return (
        f"{combinations} of {counted(total, 'combination')} of choices "
        f"{'makes' if total == 1 else 'make'} sense. {all_with(firsts, often)} "
        f"{'are each' if several else 'is'} first, alone or shared, in **{often} of "
        f"{combinations}**.{orders if len(ahead) else ''}\n\n"
        "*Caveat.* The choices are those we listed: another list would give other "
        "shares. A share of combinations is no probability of being right."
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
