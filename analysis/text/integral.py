"""What an integral indicator of numbers says, in sentences composed from its steps."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analysis.tidy.wording import counted, escaped, interval, listed, number

if TYPE_CHECKING:
    from analysis.composite.chain.integral import IntegralIndicator
    from analysis.composite.chain.of_study import NoIntegral
    from analysis.explore.integral_trials import Trials

TOP = 5  # units or indicators that a sentence names
NOTHING = "Not computed: the answer above says why."
STRONG, REVERSED = 0.9, 0.0  # correlations that are flagged


def of_integral(result: IntegralIndicator | NoIntegral) -> str:
    """Answer who stands where, on what, and how far the gaps leave it open.

    >>> from analysis.composite.chain.of_study import NoIntegral
    >>> of_integral(NoIntegral("the study has no indicators"))
    'The numbers of this study carry no integral indicator: the study has no indicators.'
    """
    if not result:
        causes = "; ".join(line.lstrip("- ") for line in result.reason.splitlines() if line)
        return (
            f"The numbers of this study carry no integral indicator: {escaped(causes).rstrip('.')}."
        )
    ranking, matrix = result.ranking, result.matrix
    first = ranking.index[ranking["rank_best"] == 1]
    certain = int((ranking["rank_best"] == ranking["rank_worst"]).sum())
    return " ".join(
        [
            _first(result, first),
            f"The score puts together {_indicators(result)}{_in_year(matrix.year)} of "
            f"{counted(len(matrix.values), 'cluster')}.",
            _gaps(result, certain),
            _choices(result),
        ]
    )


def scores_title(result: IntegralIndicator | NoIntegral) -> str:
    """Say in a chart's title who is first, or who may be."""
    if not result:
        return ""
    first = result.ranking.index[result.ranking["rank_best"] == 1]
    names = listed(result.matrix.names.reindex(first), most=3)
    verb = "is" if len(first) == 1 else "may be"
    return f"{names} {verb} first of {len(result.ranking)}"


def _first(result, first):
    named = result.matrix.names.reindex(first)
    best = result.ranking.loc[first]
    if len(first) == 1:
        scores = interval(best["score_low"].iloc[0], best["score_high"].iloc[0])
        return f"**{escaped(named.iloc[0])}** is first, with a score of {scores}."
    names = listed(map(escaped, named), most=TOP)
    return f"**{counted(len(first), 'cluster')} may be first**: {names}."


def _indicators(result):
    pillars = len(result.hierarchy.pillars)
    words = counted(len(result.hierarchy.indicators), "indicator")
    return f"{words} in {counted(pillars, 'pillar')}" if pillars else words


def _in_year(year):
    return "" if year is None else f" of {year}"


def _gaps(result, certain):
    missing = int(result.matrix.values.isna().to_numpy().sum())
    cells = result.matrix.values.size
    if not missing:
        return "No value is missing."
    if result.settings.gaps == "interval":
        return (
            f"{missing:,} of {cells:,} values are missing; each may be anything from the lowest to "
            f"the highest its indicator allows, so scores and ranks are intervals: "
            f"{certain} of {len(result.ranking)} ranks are certain."
        )
    return (
        f"{missing:,} of {cells:,} values are missing, and were treated by: {result.settings.gaps}."
    )


def _choices(result):
    settings = result.settings
    moved = int(result.treatment["points"].sum()) if len(result.treatment) else 0
    beyond = int(result.treatment["beyond_rule"].astype(bool).sum())
    outliers = "no indicator has outliers by the rule of thumb"
    if beyond:
        outliers = f"{counted(beyond, 'indicator')} beyond the rule of thumb for outliers"
        treated = (
            "not treated" if settings.treatment == "none" else f"{counted(moved, 'value')} moved"
        )
        outliers += f", {treated}"
    notes = [*result.matrix.notes, *result.nodes.notes]
    return (
        f"Scale: {settings.normalisation}; weights: {settings.weights}; mean: "
        f"{settings.aggregation}; {outliers}" + "".join(f"; {note}" for note in notes) + "."
    )


def of_left_out(result: IntegralIndicator | NoIntegral) -> str:
    """Say what fell out before anything was counted, with the numbers; or that nothing did."""
    if not result:
        return NOTHING
    table = result.matrix.left_out
    if not len(table):
        return "No cluster and no indicator was left out."
    parts = []
    for kind, rows in table.groupby("kind", sort=False):
        names = listed(map(escaped, rows["name"]), most=TOP)
        parts.append(f"{counted(len(rows), kind)} ({names})")
    return f"Left out: {listed(parts)}; the reasons stand in the table."


def of_treatment(result: IntegralIndicator | NoIntegral) -> str:
    """Say which indicators have outliers, and what was done about them."""
    if not result:
        return NOTHING
    labels = result.matrix.framework.indicators["label"]
    table = result.treatment
    table = table.assign(indicator=table["indicator"].map(labels).fillna(table["indicator"]))
    beyond = table[table["beyond_rule"].astype(bool)]
    if not len(beyond):
        return (
            "No indicator is beyond the rule of thumb (skewness above 2 in size and excess "
            "kurtosis above 3.5)."
        )
    names = listed(map(escaped, beyond["indicator"]), most=TOP)
    done = beyond[beyond["method"] != "none"]
    if result.settings.treatment == "none":
        what = "none was treated, since no treatment was asked for"
    else:
        what = (
            f"{len(done)} of {len(beyond)} treated, {int(beyond['passes'].sum())} pass afterwards"
        )
    return f"Beyond the rule of thumb: {names}; {what}."


def of_weights(effective: pd.DataFrame) -> str:
    """Say where what an indicator carries is far from its weight.

    >>> table = pd.DataFrame({"nominal": [0.5, 0.5], "effective": [0.9, 0.1]}, index=["a", "b"])
    >>> of_weights(table)[:50]
    'By weight a counts 50 %, and it carries 90 % of wh'
    """
    if not len(effective):
        return NOTHING
    share = effective["effective"] / effective["nominal"]
    if share.isna().all():
        return "What each indicator carries is not defined: the total does not vary."
    most, least = share.idxmax(), share.idxmin()
    lines = [
        f"{escaped(name)} counts {100 * effective.at[name, 'nominal']:.0f} %, and {verb} "
        f"{100 * effective.at[name, 'effective']:.0f} %"
        for name, verb in ((most, "it carries"), (least, "carries"))
    ]
    lines[0] += " of what moves the total"
    return f"By weight {lines[0]}; {lines[1]}."


def of_correlations(pairs: pd.DataFrame) -> str:
    """Say how many pairs of indicators go against each other, and which nearly repeat each other.

    `pairs` is what `correlations` returns of normalised values, where more is better.
    """
    if not len(pairs):
        return NOTHING
    known = pairs.dropna(subset="correlation")
    against = int((known["correlation"] < REVERSED).sum())
    twins = known[known["correlation"] > STRONG]
    doubled = [f"{escaped(row.first)} and {escaped(row.second)}" for row in _rows(twins)]
    text = f"{against} of {len(known)} pairs of indicators go against each other"
    if doubled:
        text += f"; correlated above {STRONG}, so nearly counted twice: {listed(doubled, most=TOP)}"
    return text + "."


def of_position(result: IntegralIndicator | NoIntegral, unit: str) -> str:
    """Describe the rank of one unit, and the indicators that raise and lower it."""
    if not result or unit not in result.ranking.index:
        return ""
    row = result.ranking.loc[unit]
    gaps = strengths(result, unit)
    ahead, behind = gaps[gaps > 0].head(3), gaps[gaps < 0].iloc[::-1].head(3)
    ranks = interval(row["rank_best"], row["rank_worst"])
    text = (
        f"By the integral indicator {escaped(row['name'])} has rank **{ranks}** of "
        f"{len(result.ranking)}, with a score of {interval(row['score_low'], row['score_high'])}."
    )
    for words, some in (("It gains most on", ahead), ("It loses most on", behind)):
        if len(some):
            parts = [f"{escaped(name)} ({number(value, 2)} points)" for name, value in some.items()]
            text += f" {words} {listed(parts)}, against the median."
    return text


def strengths(result: IntegralIndicator, unit: str) -> pd.Series:
    """Return what each indicator adds to a unit's score beyond the median unit, greatest first.

    Points of the score, index indicator; a gap is left out.
    """
    normalised, weights = result.normalised, result.weights["weight_in_total"]
    beyond = normalised.loc[unit] - normalised.median()
    points = beyond * weights.reindex(normalised.columns)
    return points.replace(-0.0, 0.0).dropna().sort_values(ascending=False, kind="stable")


def of_trials(
    result: IntegralIndicator | NoIntegral, trials: Trials, units: str = "clusters"
) -> str:
    """Answer whether a ranking survives: over all choices, over random weights, one part less."""
    if not result:
        return of_integral(result)
    tried = trials.ranks
    total, valid = len(tried), int(tried["combinations"].iloc[0])
    refused = int(trials.refused["combinations"].sum()) if len(trials.refused) else 0
    best = tried["p_first"].idxmax()
    said = [
        f"**{escaped(best)}** is first under {_share(tried.at[best, 'p_first'])} of the "
        f"{valid:,} combinations of choices"
        + (f" ({refused:,} more make no sense and are listed)" if refused else "")
        + ".",
        _width(tried["rank_best"], tried["rank_worst"], total, units),
        of_draws(trials.random, units),
        _one_less(trials.left_out),
    ]
    return " ".join(filter(None, said))


def of_draws(drawn: pd.DataFrame, units: str = "clusters") -> str:
    """Say how far ranks hold under random weights: columns p_first, rank_p05, rank_p95."""
    best = drawn["p_first"].idxmax()
    width = (drawn["rank_p95"] - drawn["rank_p05"]).to_numpy()
    return (
        f"Under random weights {escaped(best)} is first in {_share(drawn.at[best, 'p_first'])} of "
        f"the draws, and the ranks that nine tenths of the draws leave are at most "
        f"{number(np.median(width))} apart for half of the {units}."
    )


def _width(best, worst, total, units):
    width = (worst - best).to_numpy()
    fixed = int((width == 0).sum())
    widest = (worst - best).idxmax()
    return (
        f"{fixed} of {total} {units} have one rank under every choice; {escaped(widest)} moves "
        f"most, from {best[widest]} to {worst[widest]}."
    )


def _one_less(table):
    known = table.dropna(subset=["mean_abs_rank_shift"])
    if not len(known):
        return ""
    row = known.loc[known["mean_abs_rank_shift"].idxmax()]
    return (
        f"Without {escaped(row['left_out'])} ranks move most, by "
        f"{number(row['mean_abs_rank_shift'], 2)} on average and up to {row['max_rank_shift']:.0f} "
        f"({escaped(row['most_moved'])})."
    )


def of_sensitivity(indices: pd.DataFrame) -> str:
    """Say which choice matters most: index choice, columns first_order, total.

    >>> table = pd.DataFrame({"first_order": [0.6, 0.2], "total": [0.8, 0.4]}, index=["gaps", "w"])
    >>> of_sensitivity(table)
    'Ranks depend most on gaps: it explains 60 % of their variance alone, 80 % with interactions.'
    """
    if not len(indices):
        return NOTHING
    known = indices.dropna(subset=["total"])
    if not len(known):
        return f"No choice moves the ranks: {indices['reason'].iloc[0]}."
    top = known["total"].idxmax()
    alone, total = _share(known.at[top, "first_order"]), _share(known.at[top, "total"])
    return (
        f"Ranks depend most on {escaped(top)}: it explains {alone} of their variance alone, "
        f"{total} with interactions."
    )


def _share(part):
    return f"{100 * part:.0f} %"


def _rows(frame):
    return frame.itertuples(index=False)
