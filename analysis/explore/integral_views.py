"""Charts and tables of an integral indicator, as notebooks, pages and files show them.

Each takes what `study_integral` returns; where a study's numbers carry no integral indicator there
is nothing to draw, and each returns None.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from analysis.charts import integral as charts
from analysis.charts.intervals import interval_dots
from analysis.charts.matrices import count_matrix, rank_matrix
from analysis.composite.chain import coherence
from analysis.composite.chain.coherence import indicator_weights
from analysis.composite.chain.of_study import shared_indicators
from analysis.robustness import rank_distribution, rank_moves
from analysis.tidy.records import by_name

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from analysis.composite.chain.integral import IntegralIndicator
    from analysis.composite.chain.of_study import NoIntegral
    from analysis.explore.integral_trials import Trials
    from analysis.study.loading import Study

    Result = IntegralIndicator | NoIntegral

ROWS, COLUMNS = 60, 20  # of a picture of shared indicators


def table(result: Result, name: str) -> pd.DataFrame:
    """Return one step as a table, see `IntegralIndicator.table`; an empty one where there is none.

    >>> from analysis.composite.chain.of_study import NoIntegral
    >>> len(table(NoIntegral("the study has no indicators"), "scores"))
    0
    """
    if not result:
        return pd.DataFrame()
    found = _labelled(result, result.table(name), "indicator")
    if name == "ranking":
        return _named(result, found).drop(columns="name")
    if name == "left out":
        called = _called(result) | _labels(result) | _pillar_labels(result)
        return found.assign(
            kind=found["kind"].replace("unit", "cluster"),
            **{key: by_name(found[key], called) for key in ("name", "pillar")},
        ).set_index(["kind", "name"])
    if "cluster" in found:
        found["cluster"] = by_name(found["cluster"], _called(result))
        return found.set_index("cluster")
    return found.set_index("indicator") if "indicator" in found else found


def shared_chart(study: Study, *, title: str = "") -> Axes | None:
    """Draw how many indicators of each concept each unit has; without concepts, which indicators.

    The first 60 units and 20 columns; None where nothing has a value.
    """
    counts = shared_indicators(study)
    if counts.empty:
        return None
    labels = {key: study.labels.get(key, str(key).replace("-", " ")) for key in counts.columns}
    return count_matrix(
        study.named(counts.iloc[:ROWS, :COLUMNS]).rename(columns=labels), title=title
    )


def carried_weights(result: Result) -> pd.DataFrame:
    """Set what each indicator counts beside what it carries: see `indicator_weights`."""
    return indicator_weights(result).rename(index=_labels(result)) if result else pd.DataFrame()


def indicator_correlations(result: Result) -> pd.DataFrame:
    """Return the correlations of the normalised values, pair by pair, with what is flagged."""
    if not result:
        return pd.DataFrame()
    found = _labelled(result, coherence.indicator_correlations(result), "first", "second")
    pillars = {"total": ""} | _pillar_labels(result)
    sides = ("pillar_first", "pillar_second")
    return found.assign(**{side: by_name(found[side], pillars) for side in sides if side in found})


def pillar_coherence(result: Result) -> pd.DataFrame:
    """Say how far the parts of each pillar measure one thing: see `pillar_diagnostics`."""
    if not result:
        return pd.DataFrame()
    found, pillars = coherence.pillar_diagnostics(result), _pillar_labels(result)
    return found.assign(name=by_name(found["name"], pillars))


def scores_chart(result: Result, *, title: str = "", accent: str = "") -> Axes | None:
    """Draw the score of every unit as an interval, the best on top."""
    if not result:
        return None
    ends = _named(result, result.ranking).dropna(subset=["score_low"])
    chosen = [result.matrix.names.get(accent, accent)] if accent else None
    return interval_dots(ends, label="score", title=title, accent=chosen)


def ranks_chart(result: Result, *, title: str = "", accent: str = "") -> Axes | None:
    """Draw the best and the worst rank that the gaps allow, the best on top."""
    if not result:
        return None
    ends = _named(result, result.ranking).dropna(subset=["score_low"])
    ends = ends.rename(columns={"rank_best": "low", "rank_worst": "high"})[["low", "high"]]
    chosen = [result.matrix.names.get(accent, accent)] if accent else None
    return interval_dots(
        ends.astype(float), label="rank (1 is best)", best="low", title=title, accent=chosen
    )


def contributions_chart(result: Result, *, title: str = "") -> Axes | None:
    """Draw what each pillar, or each indicator of a single level, adds to the scores."""
    parts = contributions(result)
    return charts.stacked_contributions(*parts, title=title) if parts else None


def contributions(result: Result) -> tuple[pd.DataFrame, pd.DataFrame] | None:
    """Return what each pillar, or each indicator of a single level, adds at least and at most.

    Two frames, units by name, the one that is drawn on top first; None where parts do not add up.
    """
    if not result or not result.nodes.arithmetic:
        return None
    low, high = (_by_pillar(result, part) for part in result.contributions)
    low = low.dropna(how="all")
    high = high.loc[low.index]
    order = low.sum(axis=1).add(high.sum(axis=1)).sort_values(kind="stable").index[::-1]
    return low.loc[order], high.loc[order]


def normalised_chart(result: Result, *, title: str = "") -> Axes | None:
    """Draw the normalised values of all units, best first; what was filled or moved has a dot."""
    if not result:
        return None
    values = result.normalised.loc[result.ranking.index]
    marked = pd.DataFrame(False, index=values.index, columns=values.columns)
    for unit, indicator in result.changes[["cluster", "indicator"]].itertuples(index=False):
        marked.loc[unit, indicator] = True
    values, marked = _named(result, values), _named(result, marked)
    words = _labels(result)
    return charts.heat_map(values.rename(columns=words), marked=marked, title=title)


def weights_chart(carried: pd.DataFrame, result: Result, *, title: str = "") -> Axes | None:
    """Draw weights beside what they carry, as `carried_weights` returns them."""
    if not len(carried):
        return None
    return charts.weight_dots(carried.rename(index=_labels(result)), title=title)


def profile_chart(result: Result, unit: str, *, title: str = "") -> Axes | None:
    """Draw one unit's normalised values against the median of all."""
    if not result or unit not in result.normalised.index:
        return None
    words = _labels(result)
    own = result.normalised.loc[unit].rename(index=words)
    return charts.profile_bars(own, result.normalised.median().rename(index=words), title=title)


def rank_shares_chart(result: Result, trials: Trials, *, title: str = "") -> Axes | None:
    """Draw how often each unit has each rank, over all combinations of choices."""
    shares = rank_shares(result, trials)
    return rank_matrix(shares, title=title) if len(shares) else None


def rank_shares(result: Result, trials: Trials) -> pd.DataFrame:
    """Return how often each unit, by name, has each rank: see `rank_distribution`."""
    if not result or trials.run is None:
        return pd.DataFrame()
    shares = rank_distribution(trials.run)
    names = shares["cluster"].map(result.matrix.names)
    return shares.assign(cluster=names) if result.matrix.names.is_unique else shares


def random_ranks_chart(result: Result, trials: Trials, *, title: str = "") -> Axes | None:
    """Draw the ranks that nine tenths of random weights leave to each unit, with the median."""
    if not result:
        return None
    columns = {"rank_p05": "low", "rank_p95": "high", "median_rank": "middle"}
    ends = trials.random.rename(columns=columns)[list(columns.values())]
    label = "rank (1 is best): 5 to 95 per cent of the draws, and the median"
    return interval_dots(ends, label=label, best="low", title=title)


def leave_one_out_chart(result: Result, trials: Trials, *, title: str = "") -> Axes | None:
    """Draw how far ranks move when one indicator or pillar is left out."""
    if not result:
        return None
    known = trials.left_out.dropna(subset=["mean_abs_rank_shift"])
    return charts.shift_dots(known, title=title) if len(known) else None


def smallest_changes(result: Result, unit: str = "") -> pd.DataFrame:
    """Return what would move a unit up a rank or make it first, the smallest change first.

    `unit` is an identifier; empty is the second of the ranking. See `rank_moves`; what cannot be
    told - ranks that depend on the order alone - is an empty table.
    """
    if not result:
        return pd.DataFrame()
    try:
        table = rank_moves(result, unit or _second(result))
    except ValueError:
        return pd.DataFrame()
    words = _labels(result)
    table = table.assign(indicator=by_name(table["indicator"], words))
    far = (table["normalised_needed"] - table["normalised"]).abs()
    table = table.assign(far=far).sort_values(["aim", "far"], ascending=[False, True])
    return table.drop(columns=["cluster", "far"]).set_index(["aim", "indicator"])


def unit_name(result: Result, unit: str = "") -> str:
    """Return how a unit is called; empty is the second of the ranking."""
    if not result:
        return ""
    chosen = unit or _second(result)
    return str(result.matrix.names.get(chosen, chosen))


def _second(result):
    return result.ranking.index[1]


def _by_pillar(result, parts):
    """Sum contributions by the pillar right below the total."""
    parts = _named(result, parts)
    tree = result.hierarchy
    if not tree.pillars:
        return parts.rename(columns=_labels(result))
    parents = dict(zip(tree.elements, (tree.nodes[node] for node in tree.parent), strict=True))
    above = {name: _top(name, parents) for name in parts.columns}
    labels = result.matrix.framework.pillars["label"]
    summed = parts.T.groupby(above, sort=False).sum(min_count=1).T
    return summed.rename(columns=dict(labels))


def _top(name, parents):
    while parents[name] != "total":
        name = parents[name]
    return name


def _labelled(result, table, *columns):
    """Put labels of indicators in the place of their identifiers."""
    words = _labels(result)
    here = [column for column in columns if column in table]
    return table.assign(**{name: by_name(table[name], words) for name in here})


def _labels(result):
    if not result:
        return {}
    labels = result.matrix.framework.indicators["label"]
    return dict(labels) if labels.is_unique else {}


def _pillar_labels(result):
    """Return the label of each pillar, if no two are alike: {identifier: label}."""
    labels = result.matrix.framework.pillars.get("label", pd.Series(dtype="object")).dropna()
    return dict(labels) if labels.is_unique else {}


def _called(result):
    """Return how each unit is called, those that fell out too, if no two are called alike."""
    called = result.matrix.called
    names = result.matrix.names if called is None else called
    return dict(names) if names.is_unique else {}


def _named(result, frame):
    """Put names of units in the place of their identifiers, where the names differ."""
    names = result.matrix.names
    return frame.rename(index=dict(names)) if names.is_unique else frame
