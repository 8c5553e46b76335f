"""Titles of the pictures of an integral indicator: one message each, computed.

Each takes what the picture shows; where there is nothing to draw, the title is empty.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from analysis.text.titles.study import rank_shares_title
from analysis.tidy.wording import counted, listed, number, whole_percent

if TYPE_CHECKING:
    import pandas as pd

    from analysis.composite.chain.integral import IntegralIndicator
    from analysis.composite.chain.of_study import NoIntegral
    from analysis.study.loading import Study

MOST = 3  # names in a title


def shared_title(shared: pd.DataFrame, study: Study) -> str:
    """Say in how many indicators, or concepts, every unit that has a number can be compared.

    `shared` is what `shared_indicators` returns of the study.

    >>> from analysis import load_study
    >>> from analysis.composite import shared_indicators
    >>> shared_title(shared_indicators(load_study()), load_study())
    'All 3 clusters have a value in 1 of 10 concepts; 8 have one of a single cluster'
    """
    if shared.empty:
        return ""
    if len(shared) < 2:
        return f"Only 1 {study.nouns[0]} has a value: there is nothing to compare it with"
    have, word = shared.gt(0).sum(), of_columns(shared, study)
    everyone, alone = int((have == len(shared)).sum()), int((have < 2).sum())
    several = f"All {counted(len(shared), *study.nouns)}" if len(shared) > 2 else "Both"
    one = f"; {alone} {'has' if alone == 1 else 'have'} one of a single {study.nouns[0]}"
    found = f"{everyone} of {counted(len(have), word)}"
    return f"{several} have a value in {found}{one if alone else ''}"


def of_columns(shared: pd.DataFrame, study: Study) -> str:
    """Say what the columns of shared indicators are: concepts, or indicators without any."""
    return "indicator" if shared.columns.isin(study.indicators.index).all() else "concept"


def ranking_title(result: IntegralIndicator | NoIntegral) -> str:
    """Say who is first, or who may be."""
    if not result:
        return ""
    first = result.ranking.index[result.ranking["rank_best"] == 1]
    names = listed(result.matrix.names.reindex(first), most=MOST)
    verb = "is" if len(first) == 1 else "may be"
    return f"{names} {verb} first of {len(result.ranking)}"


def normalised_title(result: IntegralIndicator | NoIntegral) -> str:
    """Say in how many indicators whoever leads most of them is best.

    An indicator that one unit alone has, or in which all are level, has no best.
    """
    if not result:
        return ""
    values = result.normalised.loc[:, result.normalised.nunique() > 1]
    if values.empty:
        return "No indicator tells the units apart"
    best = values.eq(values.max()).sum(axis=1)
    leads = best.index[best == best.max()]
    names = listed(result.matrix.names.reindex(leads), most=MOST)
    each = " each" if len(leads) > 1 else ""
    verb = "is" if len(leads) == 1 else "are"
    return f"{names} {verb} best in {best.max()} of {counted(values.shape[1], 'indicator')}{each}"


def contributions_title(parts: pd.DataFrame) -> str:
    """Say what adds most to the score of the first.

    `parts` is what each pillar, or indicator, adds at least: a row per unit, by name, best first.
    """
    if parts.empty:
        return ""
    name, row = parts.index[0], parts.iloc[0]
    names, several = _at_top(row)
    verb, each = ("add", " each") if several else ("adds", "")
    points = f"{number(row.max())} of {number(row.sum())} points{each}"
    return f"{names} {verb} most to the score of {name}: {points}"


def weights_title(carried: pd.DataFrame) -> str:
    """Say which indicator carries most of the total, and what it counts by its weight."""
    known = carried.dropna(subset="effective") if len(carried) else carried
    if not len(known):
        return "What each indicator carries is not defined" if len(carried) else ""
    names, several = _at_top(known["effective"])
    row = known.loc[known["effective"].idxmax()]
    if several:
        return f"{names} carry most of the total: {number(100 * row['effective'])} % each"
    return (
        f"{names} carries most of the total: {number(100 * row['effective'])} %, "
        f"with a weight of {number(100 * row['nominal'])} %"
    )


def trials_title(shares: pd.DataFrame, combinations: int) -> str:
    """Say who is first most often over all combinations of choices."""
    return rank_shares_title(shares, combinations) if len(shares) else ""


def random_ranks_title(drawn: pd.DataFrame) -> str:
    """Say who is first most often when weights are drawn at random."""
    if not len(drawn):
        return ""
    names, several = _at_top(drawn["p_first"])
    verb = "are each" if several else "is"
    share = whole_percent(drawn["p_first"].max())
    return f"{names} {verb} first in {share} of the random weights"


def leave_one_out_title(left_out: pd.DataFrame) -> str:
    """Say what the ranking rests on most: that without which ranks move most, on average."""
    known = left_out.dropna(subset=["mean_abs_rank_shift"]) if len(left_out) else left_out
    if not len(known):
        return ""
    shifts = known.set_index("left_out")["mean_abs_rank_shift"]
    shift = shifts.max()
    if not shift:
        return "No rank moves, whichever part is left out"
    names, several = _at_top(shifts)
    ranks = "1 rank" if shift == 1 else f"{number(shift, 2)} ranks"
    part = f"any one of {names}" if several else names
    return f"Without {part} the order changes most, by {ranks} on average"


def _at_top(values):
    """Name what has the largest value; of several three at most. Returns (names, are several)."""
    top = values.index[np.isclose(values, values.max(), rtol=1e-12, atol=0)]
    return listed(top, most=MOST), len(top) > 1


def profile_title(result: IntegralIndicator | NoIntegral, unit: str, name: str) -> str:
    """Say in how many indicators one unit is above the median of all.

    `name` is how the unit is called.
    """
    if not result or unit not in result.normalised.index:
        return ""
    own = result.normalised.loc[unit].dropna()
    above = int((own > result.normalised.median()[own.index]).sum())
    return f"{name} is above the median in {above} of {counted(len(own), 'indicator')}"
