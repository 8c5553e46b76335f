"""What would move a unit: the smallest change of one indicator that gains it a rank, or the first.

Everything else stays as it is: the other units, the goalposts or the observed range, and how
outliers were treated. So a change beyond the best value that was observed is told as such.
"""

from collections.abc import Hashable

import numpy as np
import pandas as pd

from analysis.composite.chain.batch import batch_totals
from analysis.composite.chain.integral import IntegralIndicator
from analysis.composite.chain.level_weights import BENEFIT
from analysis.composite.chain.nodes import gap_ends
from analysis.composite.chain.tree_means import PAIRWISE, exponents_by_node
from analysis.robustness.integral.rank_agreement import rank_rows
from analysis.robustness.rank_distributions import TOLERANCE

HALVINGS = 60  # of the range, in search of the smallest change
AIMS = ("next rank", "first")
COLUMNS = [
    *("cluster", "aim", "indicator", "rank", "rank_after", "value", "value_needed", "change"),
    *("normalised", "normalised_needed", "reason"),
]
BEST = "even the best value would not do"
ORDER = "{} places units among each other: no change of one value is the smallest"
GAP = "the value is not known"


def rank_moves(result: IntegralIndicator, unit: Hashable) -> pd.DataFrame:
    """Find, for every indicator, the smallest change that moves a unit up a rank, and to the top.

    Parameters
    ----------
    result : IntegralIndicator under a power mean with weights that stay as they are, and a scale
        that is fixed (min-max, z-scores as they stand, ratios, or values as they are); a gap that
        is open counts its least
    unit : label of a unit

    Returns a DataFrame, one row per aim ("next rank", "first") and indicator: cluster, aim,
    indicator, rank, rank_after, value (in the indicator's unit, after division by its
    denominator), value_needed, change, normalised and normalised_needed (on the scale), reason
    (why there is none). A unit that shares a rank moves up when it leaves the others behind or
    reaches those ahead: equal scores share the better rank.
    Raises KeyError for an unknown unit, ValueError for a result whose ranks depend on the order
    alone.

    >>> from analysis.composite import indicator_matrix, integral_indicator
    >>> data = pd.DataFrame({"a": [1.0, 2.0, 5.0], "b": [1.0, 3.0, 2.0]}, index=list("xyz"))
    >>> result = integral_indicator(indicator_matrix(data, direction="up"))
    >>> table = rank_moves(result, "y").set_index(["aim", "indicator"])
    >>> table.loc[("first", "a"), ["value", "value_needed", "change"]].round(6).tolist()
    [2.0, 3.0, 1.0]
    """
    settings, index = result.settings, result.matrix.values.index
    if unit not in index:
        raise KeyError(f"no unit {unit!r}; there are: {', '.join(map(str, index[:50]))}")
    _check_settings(settings)
    row = index.get_loc(unit)
    scores = result.nodes.low[:, -1]
    if np.isnan(scores[row]):
        raise ValueError(f"{unit!r} has no score, so no rank to move up from")
    rank = int(rank_rows(scores[None])[0, row])
    others = np.delete(scores, row)
    others = others[~np.isnan(others)]
    noise = TOLERANCE * max(np.abs(others).max(initial=0), abs(scores[row]))
    ahead = others[others > scores[row] + noise]
    if not len(ahead):
        return pd.DataFrame(columns=COLUMNS)
    targets = zip(AIMS, (ahead.min(), ahead.max()), strict=True)
    tables = [_moves(result, row, aim, target, others, noise) for aim, target in targets]
    table = pd.concat(tables, ignore_index=True).assign(cluster=unit, rank=rank)
    return table[COLUMNS]


def _check_settings(settings):
    """Refuse a result in which one value moves a unit only by its order, or moves the weights."""
    if isinstance(settings.aggregation, str) and settings.aggregation in PAIRWISE:
        raise ValueError(ORDER.format(settings.aggregation))
    if settings.normalisation in ("rank", "percentile_rank"):
        raise ValueError(ORDER.format(settings.normalisation))
    listed = [settings.weights] if isinstance(settings.weights, str) else settings.weights
    if BENEFIT in listed:
        raise ValueError("each unit has weights of its own, which a change would move")


def _moves(result, row, aim, target, others, noise):
    """Search all indicators at once; one row per indicator."""
    cells, _ = gap_ends(result.scaled, result.settings.gaps)
    own, top = cells[row], result.scaled.most
    reasons = np.where(np.isnan(result.scaled.values[row]), GAP, "").astype(object)
    high = np.where(reasons == "", top, own)
    reasons[(reasons == "") & ~(_scores_with(result, own, high) >= target - noise)] = BEST
    low = own.copy()
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        enough = _scores_with(result, own, middle) >= target
        low, high = np.where(enough, low, middle), np.where(enough, middle, high)
    known = reasons == ""
    after = 1 + (others > _scores_with(result, own, high)[:, None] + noise).sum(axis=1)
    needed = np.where(known, high, np.nan)
    wanted = np.array([_unscaled(result, at, each) for at, each in enumerate(needed)])
    return pd.DataFrame(
        {
            "aim": aim,
            "indicator": list(result.hierarchy.indicators),
            "rank_after": pd.Series(after, dtype="Int64").where(known),
            "value": result.filled[row],
            "value_needed": wanted,
            "change": wanted - result.filled[row],
            "normalised": result.scaled.values[row],
            "normalised_needed": needed,
            "reason": reasons,
        }
    )


def _scores_with(result, own, values):
    """Score a unit with one value changed after the other; shape (indicators,)."""
    settings, tree = result.settings, result.hierarchy
    variants = np.tile(own, (len(own), 1))
    np.fill_diagonal(variants, values)
    threshold = settings.min_coverage if settings.gaps == "renormalise" else 0.0
    return batch_totals(
        variants,
        tree,
        result.nodes.nominal[None],
        exponents_by_node(tree, settings.aggregation),
        min_coverage=threshold,
        coverage_by=settings.coverage_by,
    )[0]


def _unscaled(result, at, value):
    """Return the value in the indicator's unit that is at a place on the scale."""
    if np.isnan(value):
        return np.nan
    scaled, treated = result.scaled, result.treated
    if result.settings.normalisation == "minmax":
        low, high = scaled.least[at], scaled.most[at]
        share = (value - low) / (high - low)
        before = scaled.worse[at] + share * (scaled.better[at] - scaled.worse[at])
    else:
        column = treated.columns.get(at, result.filled[:, at])
        before = _between(result, at, value, column, scaled.values[:, at])
    step = treated.transformations.get(at)
    return float(before if step is None else step.undo(before))


def _between(result, at, value, column, places):
    """Read a value off the line through two others; ratios that fall are lines of 1 / x."""
    falling = result.matrix.framework.directions[at] == "down"
    reciprocal = falling and result.settings.normalisation in ("distance_to_best", "ratio_to_mean")
    low, high = np.nanargmin(places), np.nanargmax(places)
    if places[low] == places[high]:
        return np.nan
    ends = 1 / column[[low, high]] if reciprocal else column[[low, high]]
    share = (value - places[low]) / (places[high] - places[low])
    found = ends[0] + share * (ends[1] - ends[0])
    return 1 / found if reciprocal else found
