"""Whether a ranking survives other choices, other weights, one part less: in sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analysis.text.integral import NOTHING, of_integral
from analysis.tidy.choice_words import choice_word
from analysis.tidy.wording import counted, escaped, listed, number, whole_percent

if TYPE_CHECKING:
    from analysis.composite.chain.integral import IntegralIndicator
    from analysis.composite.chain.of_study import NoIntegral
    from analysis.explore.integral_trials import Trials

LEAST = (
    "Under random weights, and with a part left out, a missing value counts the lowest that its "
    "indicator allows."
)
OF_ALL = "Every missing value counts the lowest that its indicator allows here."


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
    least = f" {LEAST}" if has_open_gaps(result) else ""
    return (
        f"{' '.join(filter(None, said))}\n\n*Caveat.* The choices are those that were tried, and "
        f"there are others: a share of combinations is not a probability.{least}"
    )


def has_open_gaps(result: IntegralIndicator | NoIntegral) -> bool:
    """Tell whether a missing value is left open, so that the least that it may be had to count."""
    return bool(
        result and result.settings.gaps == "interval" and np.isnan(result.scaled.values).any()
    )


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
    return listed(map(escaped, first), most=3), each, whole_percent(shares.max())


def _width(best, worst, total, units):
    width = worst - best
    fixed = int((width == 0).sum())
    widest = width.index[width == width.max()]
    moves = f"; {escaped(widest[0])} moves most, from {best[widest[0]]} to {worst[widest[0]]}"
    if len(widest) > 1:
        by = counted(int(width.max()), "rank")
        moves = f"; {listed(map(escaped, widest), most=3)} move most, by {by} each"
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


def of_changes(
    changes: pd.DataFrame, name: str, result: IntegralIndicator | NoIntegral | None = None
) -> str:
    """Say by which indicator alone a unit would most easily move up a rank, and be first.

    `changes` is what `smallest_changes` returns, the smallest change first; `name` is the unit's;
    `result` is the ranking, of which it is said where gaps are open.
    """
    if not len(changes):
        return f"For {escaped(name)} there is nothing to compute." if name else NOTHING
    aims = {"next rank": "move up a rank", "first": "be first"}
    said = [
        _easiest(changes.xs(aim).dropna(subset=["value_needed"]), name, words)
        for aim, words in aims.items()
        if aim in changes.index
    ]
    return " ".join([*said, *([OF_ALL] if result is not None and has_open_gaps(result) else [])])


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
    Ranks depend most on the treatment of gaps: 60 % of their variance by this choice alone
    """
    if not len(indices):
        return NOTHING
    known = indices.dropna(subset=["total"])
    if not len(known):
        reasons = indices.get("reason", pd.Series(dtype="object")).dropna()
        why = listed(sorted({str(text) for text in reasons if text}), empty="")
        return f"No choice moves the ranks{why and f': {escaped(why)}'}."
    most = known["total"].max()
    tops = known.index[np.isclose(known["total"], most, rtol=0, atol=1e-9)]
    words, total = listed(escaped(choice_word(top)) for top in tops), whole_percent(most)
    if len(tops) > 1:
        return (
            f"Ranks depend most on {words}: each explains {total} of their variance together with "
            "the other choices."
        )
    alone = whole_percent(known.at[tops[0], "first_order"])
    return (
        f"Ranks depend most on {words}: {alone} of their variance by this choice alone, {total} "
        "together with the other choices."
    )
