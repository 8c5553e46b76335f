"""Leave one out: what the ranking owes to each indicator, pillar or unit.

An indicator or pillar is left out by taking its weight away, so that its siblings' weights are
scaled up; weights that data choose are chosen again, and a unit's coverage is counted again.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from analysis.composite.chain.batch import totals_under
from analysis.composite.chain.integral import IntegralIndicator, integral_indicator
from analysis.composite.chain.level_weights import EQUAL, GIVEN, schemes_by_node
from analysis.composite.chain.nodes import score_nodes
from analysis.composite.chain.scale import Scaled
from analysis.composite.chain.tree_means import PAIRWISE
from analysis.composite.indicators.framework import FrameworkError, keep_indicators
from analysis.robustness.integral.rank_agreement import rank_rows, tau_b
from analysis.tidy.showing import Readable

NOTHING = (np.nan, np.nan, "", np.nan)  # of a part without which no rank is left
KINDS = ("indicator", "pillar", "unit")
COLUMNS = [
    "left_out",
    "kind",
    "mean_abs_rank_shift",
    "max_rank_shift",
    "most_moved",
    "tau_b",
    "reason",
]


@dataclass(frozen=True, eq=False, repr=False)
class LeaveOneOut(Readable):
    """What the ranks become with one part less."""

    table: pd.DataFrame  # COLUMNS: one row per part; NaN with a reason where no rank is left
    ranks: pd.DataFrame  # index cluster; "all", then one column per part: ranks, 1 = best
    note: str  # what open gaps were taken for

    @property
    def rank_interval(self) -> pd.DataFrame:
        """Best and worst rank of each unit with any one part less, and with all of them."""
        return pd.DataFrame(
            {
                "rank": self.ranks["all"],
                "rank_best": self.ranks.min(axis=1),
                "rank_worst": self.ranks.max(axis=1),
            }
        )


def leave_one_out(
    result: IntegralIndicator, kinds: Iterable[str] = ("indicator", "pillar")
) -> LeaveOneOut:
    """Rank anew with each indicator, pillar or unit left out.

    Parameters
    ----------
    result : IntegralIndicator; a gap that is open counts its least
    kinds : any of "indicator", "pillar", "unit"

    Returns a LeaveOneOut; its `table` is `results/leave_one_out.csv`: left_out, kind,
    mean_abs_rank_shift and max_rank_shift (over the units that are ranked both times),
    most_moved, tau_b (Kendall's, of the two orders), reason. When a unit is left out, the scale
    is made anew, and the others are compared with their order among themselves.
    Raises ValueError for another kind, or none.

    >>> from analysis.composite import indicator_matrix
    >>> data = pd.DataFrame({"a": [1.0, 2.0, 4.0], "b": [4.0, 3.0, 2.0]}, index=list("xyz"))
    >>> result = integral_indicator(indicator_matrix(data, direction="up"))
    >>> leave_one_out(result).ranks.values.tolist()
    [[1, 1, 3], [3, 2, 2], [1, 3, 1]]
    """
    unknown = [kind for kind in kinds if kind not in KINDS]
    if unknown or not kinds:
        raise ValueError(f"kinds is {kinds!r}; allowed: {', '.join(KINDS)}")
    tree, units = result.hierarchy, result.matrix.values.index
    parts = [(name, "indicator") for name in tree.indicators if "indicator" in kinds]
    parts += [(name, "pillar") for name in tree.pillars if "pillar" in kinds]
    scores, reasons = _without_parts(result, parts)
    nominal = _nominal(result)
    rows = np.vstack([nominal, scores])
    placed = rank_rows(rows)
    shifts = _shifts(placed[0], placed[1:], units)
    if "unit" in kinds:
        parts += [(name, "unit") for name in units]
        more = [_without_unit(result, at, nominal) for at in range(len(units))]
        placed = np.vstack([placed, [each[0] for each in more]])
        shifts += [each[1] for each in more]
        reasons += [each[2] for each in more]
    table = pd.DataFrame(
        [(*part, *shift, why) for part, shift, why in zip(parts, shifts, reasons, strict=True)],
        columns=COLUMNS,
    )
    level = table["tau_b"].isna() & table["max_rank_shift"].notna()
    table.loc[level, "reason"] = "all ranks of one order are equal: no tau-b"
    labels = ["all", *(name for name, _ in parts)]
    ranks = pd.DataFrame(placed.T, index=units, columns=labels)
    whole = ranks.astype("int64" if not np.isnan(placed).any() else "Int64")
    return LeaveOneOut(table, whole, _note(result))


def _note(result):
    open_gaps = result.settings.gaps != "renormalise" and np.isnan(result.scaled.values).any()
    wanted = "most" if result.settings.gaps == "high end" else "least"
    return f"a gap that is open counts its {wanted}" if open_gaps else ""


def _nominal(result):
    return result.nodes.low[:, -1]


def _without_parts(result, parts):
    """Return (scores, one row per part; why there are none)."""
    settings, tree = result.settings, result.hierarchy
    mean = not (isinstance(settings.aggregation, str) and settings.aggregation in PAIRWISE)
    if mean and all(
        scheme in (GIVEN, EQUAL) for scheme in schemes_by_node(tree, settings.weights)[0]
    ):
        return _together(result, parts)
    found = [_one_by_one(result, part) for part in parts]
    n = len(result.matrix.values)
    scores = np.array([scores for scores, _ in found]).reshape(len(parts), n)
    return scores, [why for _, why in found]


def _together(result, parts):
    """Take the weights of all parts away at once: arrays over the parts."""
    tree = result.hierarchy
    place = {name: at for at, name in enumerate(tree.elements)}
    weights = np.tile(result.nodes.nominal, (len(parts), 1))
    if parts:
        weights[np.arange(len(parts)), [place[name] for name, _ in parts]] = 0
    first = len(tree.indicators)
    for node, children in enumerate(tree.children[:-1]):  # an empty pillar then weighs nothing
        weights[weights[:, children].sum(axis=1) == 0, first + node] = 0
    left = weights[:, tree.children[-1]].sum(axis=1) > 0
    scores = np.full((len(parts), len(result.scaled.values)), np.nan)
    if left.any():
        scores[left] = totals_under(result, _shares(tree, weights[left]))
    return scores, np.where(left, "", "nothing is left").tolist()


def _shares(tree, weights):
    """Scale to sum 1 within every node; a node without weight keeps none."""
    for children in tree.children:
        total = weights[:, children].sum(axis=1, keepdims=True)
        weights[:, children] /= np.where(total > 0, total, 1)
    return weights


def _one_by_one(result, part):
    """Score again without the indicators of one part, weights chosen anew."""
    tree, (name, kind) = result.hierarchy, part
    if kind == "indicator":
        keep = np.array([each != name for each in tree.indicators])
    else:
        keep = ~tree.below[:, tree.pillars.index(name)]
    nothing = np.full(len(result.matrix.values), np.nan)
    if not keep.any():
        return nothing, "nothing is left"
    framework, _ = keep_indicators(
        result.matrix.framework,
        [each for each, kept in zip(tree.indicators, keep, strict=True) if kept],
    )
    old = result.scaled
    scaled = Scaled(
        old.values[:, keep], *(ends[keep] for ends in (old.least, old.most, old.worse, old.better))
    )
    settings = _fitting(result.settings, framework.hierarchy, tree)
    try:
        nodes = score_nodes(scaled, framework.hierarchy, settings, result.matrix.values.index)
    except (FrameworkError, ValueError) as refusal:
        return nothing, getattr(refusal, "problems", (str(refusal),))[0]
    return nodes.low[:, -1], ""


def _fitting(settings, tree, before):
    """Keep of weights and exponents what still has an element; a level may have gone."""
    weights, aggregation = settings.weights, settings.aggregation
    if isinstance(weights, (dict, pd.Series)):
        weights = {name: w for name, w in dict(weights).items() if name in tree.elements}
    elif not isinstance(weights, str) and tree.level[-1] < before.level[-1]:
        weights = list(weights)[-int(tree.level[-1]) :]
    if isinstance(aggregation, dict):
        aggregation = {name: word for name, word in aggregation.items() if name in tree.nodes}
    elif isinstance(aggregation, (list, tuple)):
        aggregation = list(aggregation)[-int(tree.level[-1]) :]
    return replace(settings, weights=weights, aggregation=aggregation)


def _without_unit(result, at, nominal):
    """Return (ranks of the others, NaN for itself; (shifts); why not)."""
    matrix, n = result.matrix, len(nominal)
    kept = np.arange(n) != at
    ranks = np.full(n, np.nan)
    if n < 3:
        return ranks, NOTHING, "one unit is left"
    try:
        again = integral_indicator(_rows(matrix, kept), result.settings)
    except (FrameworkError, ValueError) as refusal:
        return ranks, NOTHING, getattr(refusal, "problems", (str(refusal),))[0]
    both = rank_rows(np.vstack([nominal[kept], again.nodes.low[:, -1]]))
    ranks[kept] = both[1]
    return ranks, _shifts(both[0], both[1:], matrix.values.index[kept])[0], ""


def _rows(matrix, kept):
    """Return the matrix with some units only."""
    return replace(
        matrix,
        values=matrix.values[kept],
        years=None if matrix.years is None else matrix.years[kept],
        groups=None if matrix.groups is None else matrix.groups[kept],
    )


def _shifts(before, after, units):
    """Return (mean shift, greatest shift, who moved most, tau-b) of each row of ranks."""
    if not len(after):
        return []
    shift = np.abs(after - before)
    known = ~np.isnan(shift)
    counts, filled = known.sum(axis=1), np.where(known, shift, 0)
    most = filled.argmax(axis=1)
    names = np.asarray(units, dtype=object)
    rows = zip(
        (filled.sum(axis=1) / np.maximum(counts, 1)).tolist(),
        filled.max(axis=1).tolist(),
        names[most].tolist(),
        tau_b(before, after).tolist(),
        counts.tolist(),
        strict=True,
    )
    return [
        (mean, greatest, moved if greatest > 0 else "", tau) if count else NOTHING
        for mean, greatest, moved, tau, count in rows
    ]
