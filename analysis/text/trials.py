"""Whether a ranking survives other choices, other weights, one part less: in sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analysis.text.integral import NOTHING, of_integral
from analysis.tidy.choice_words import choice_word
from analysis.tidy.wording import counted, escaped, listed, number

if TYPE_CHECKING:
    from analysis.composite.chain.integral import IntegralIndicator
    from analysis.composite.chain.of_study import NoIntegral
    from analysis.explore.integral_trials import Trials


def of_trials(
    result: IntegralIndicator | NoIntegral, trials: Trials, units: str = "clusters"
) -> str:
    """Answer whether a ranking survives: over all choices, over random weights, one part less."""
    if not result:
        return of_integral(result)
    tried = trials.ranks
    total, valid = len(tried), int(tried["combinations"].iloc[0])
    refused = int(trials.refused["combinations"].sum()) if len(trials.refused) else 0
    names, each, share = most_often_first(tried["p_first"])
    said = [
        f"**{names}** {each} first in {share} of the "
        f"{counted(valid, 'combination')} of choices"
        + (f" ({refused:,} more cannot be combined, see below)" if refused else "")
        + ".",
        _width(tried["rank_best"], tried["rank_worst"], total, units),
        of_draws(trials.random, units),
        _one_less(trials.left_out),
    ]
    return " ".join(filter(None, said))


def of_draws(drawn: pd.DataFrame, units: str = "clusters") -> str:
    """Say how far ranks hold under random weights: columns p_first, rank_p05, rank_p95."""
    names, each, share = most_often_first(drawn["p_first"])
    width = np.median((drawn["rank_p95"] - drawn["rank_p05"]).to_numpy())
    varies = f"varies by {number(width)} or less" if width else "does not vary"
    return (
        f"With weights drawn at random {names} {each} first in {share} of the draws; for half of "
        f"the {units} the rank {varies} in nine draws of ten."
    )


def most_often_first(shares: pd.Series) -> tuple[str, str, str]:
    """Return (who is first most often, "is" or "are each", how often); `shares` is by name.

    >>> most_often_first(pd.Series({"a": 0.5, "b": 0.5, "c": 0.0}))
    ('a and b', 'are each', '50 %')
    """
    first = shares.index[shares == shares.max()]
    each = "is" if len(first) == 1 else "are each"
    return listed(map(escaped, first), most=3), each, _share(shares.max())


def _width(best, worst, total, units):
    width = (worst - best).to_numpy()
    fixed = int((width == 0).sum())
    widest = (worst - best).idxmax()
    moves = f"; {escaped(widest)} moves most, from {best[widest]} to {worst[widest]}"
    return (
        f"{fixed or 'None'} of {total} {units} {'has' if fixed == 1 else 'have'} the same rank "
        f"under every choice{moves if fixed < total else ''}."
    )


def _one_less(table):
    known = table.dropna(subset=["mean_abs_rank_shift"])
    if not len(known):
        return ""
    most = known[known["mean_abs_rank_shift"] == known["mean_abs_rank_shift"].max()]
    row = most.iloc[0]
    if not row["mean_abs_rank_shift"]:
        return "No rank moves, whichever part is left out."
    parts = listed(map(escaped, most["left_out"]), most=3)
    single = f"Leaving out {parts} changes the order most of all:"
    several = f"Leaving out any one of {parts} changes the order most of all:"
    return (
        f"{single if len(most) == 1 else several} a rank moves by "
        f"{number(row['mean_abs_rank_shift'], 2)} on average, and by up to "
        f"{row['max_rank_shift']:.0f} ({escaped(row['most_moved'])})."
    )


def of_changes(changes: pd.DataFrame, name: str) -> str:
    """Say by which indicator alone a unit would most easily move up a rank, and be first.

    `changes` is what `smallest_changes` returns, the smallest change first; `name` is the unit's.
    """
    if not len(changes):
        return f"For {escaped(name)} there is nothing to compute." if name else NOTHING
    aims = {"next rank": "move up a rank", "first": "be first"}
    return " ".join(
        _easiest(changes.xs(aim).dropna(subset=["value_needed"]), name, words)
        for aim, words in aims.items()
        if aim in changes.index
    )


def _easiest(ways, name, words):
    if not len(ways):
        return f"No single indicator would let {escaped(name)} {words}."
    row = ways.iloc[0]
    ends = [number(row[column], 4) for column in ("value", "value_needed")]
    return (
        f"{escaped(name)} would {words} most easily by **{escaped(ways.index[0])}** alone: "
        f"{ends[1]} instead of {ends[0]}."
    )


def of_sensitivity(indices: pd.DataFrame) -> str:
    """Say which choice matters most: index choice, columns first_order, total.

    >>> table = pd.DataFrame({"first_order": [0.6, 0.2], "total": [0.8, 0.4]}, index=["gaps", "w"])
    >>> print(of_sensitivity(table).partition(", ")[0])
    Ranks depend most on the treatment of gaps: alone it explains 60 % of their variance
    """
    if not len(indices):
        return NOTHING
    known = indices.dropna(subset=["total"])
    if not len(known):
        reasons = indices.get("reason", pd.Series(dtype="object")).dropna()
        why = listed(sorted({str(text) for text in reasons if text}), empty="")
        return f"No choice moves the ranks{why and f': {escaped(why)}'}."
    top = known["total"].idxmax()
    alone, total = _share(known.at[top, "first_order"]), _share(known.at[top, "total"])
    return (
        f"Ranks depend most on {escaped(choice_word(top))}: alone it explains {alone} of their "
        f"variance, {total} together with the other choices."
    )


def _share(part):
    return f"{100 * part:.0f} %"
