"""What an integral indicator of numbers says, in sentences composed from its steps."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from analysis.text.titles.integral import ranking_title as scores_title  # noqa: F401
from analysis.tidy.choice_words import alternative_word
from analysis.tidy.records import by_name
from analysis.tidy.refusals import in_one_line
from analysis.tidy.standing import MEASURED
from analysis.tidy.wording import counted, escaped, interval, listed, number

if TYPE_CHECKING:
    from analysis.composite.chain.integral import IntegralIndicator
    from analysis.composite.chain.of_study import NoIntegral
    from analysis.study.loading import Study

TOP = 5  # units or indicators that a sentence names
NOTHING = "Not computed: the answer above says why."
SAME = 1e-9  # shares of weights that differ by less are equal
STRONG, REVERSED = 0.9, 0.0  # correlations that are flagged
# what a matrix notes where weights are not said
NO_WEIGHTS, WITHOUT = "no weights: equal weights", "no weight given, so 1: "
CAVEAT = (
    "*Caveat.* A rank is that by these indicators, these weights and this way of putting them "
    "together: notebook 10 tries others."
)


def of_integral(result: IntegralIndicator | NoIntegral) -> str:
    """Answer who stands where, on what, and how far the gaps leave it open.

    >>> from analysis.composite.chain.of_study import NoIntegral
    >>> of_integral(NoIntegral("the study has no indicators"))
    'The numbers of this study carry no integral indicator: the study has no indicators.'
    """
    if not result:
        said = escaped(in_one_line(result.reason, TOP)).rstrip(".")
        return f"The numbers of this study carry no integral indicator: {said}."
    ranking, matrix = result.ranking, result.matrix
    first = ranking.index[ranking["rank_best"] == 1]
    certain = int((ranking["rank_best"] == ranking["rank_worst"]).sum())
    answer = [
        _first(result, first),
        f"The score puts together {_indicators(result)} of "
        f"{counted(len(matrix.values), 'cluster')}{_in_year(matrix.year)}.",
        _gaps(result, certain),
        _choices(result),
    ]
    return f"{' '.join(answer)}\n\n{CAVEAT}"


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
    return "" if year is None else f" in {year}"


def _gaps(result, certain):
    missing = int(result.matrix.values.isna().to_numpy().sum())
    cells = result.matrix.values.size
    if not missing:
        return "No value is missing."
    if result.settings.gaps == "interval":
        ranks = (
            "no rank is" if not certain else "1 rank is" if certain == 1 else f"{certain} ranks are"
        )
        return (
            f"{missing:,} of {counted(cells, 'value')} {'is' if missing == 1 else 'are'} missing; "
            f"each may be anything from the lowest to the highest its indicator allows, so scores "
            f"and ranks are ranges: of {len(result.ranking)} ranks {ranks} certain."
        )
    return (
        f"{missing:,} of {counted(cells, 'value')} {'is' if missing == 1 else 'are'} missing "
        f"(treatment of gaps: {alternative_word(result.settings.gaps)})."
    )


def _choices(result):
    """Say how the score is made, a sentence for each of what may be chosen."""
    notes = [
        f"{note[:1].upper()}{note[1:]}." for note in result.nodes.notes if isinstance(note, str)
    ]
    return " ".join([_scale(result), _outliers(result), *map(escaped, notes)])


def _scale(result):
    """Say on what scale the indicators are, what each counts, and how they are put together."""
    settings = result.settings
    low, high = settings.scale
    scales = {
        "minmax": f"Each indicator runs from {low} (worst) to {high} (best)",
        "none": "Indicators enter as they are",
    }
    by = f"Indicators are normalised by {alternative_word(settings.normalisation)}"
    means = {
        "copeland": "the order comes from comparing every pair (Copeland)",
        "kemeny": "the order is the one that agrees with most pairs (Kemeny)",
    }
    kind = settings.aggregation
    mean = f"the score is their {kind} mean" if isinstance(kind, str) else "means differ by level"
    scale = scales.get(settings.normalisation, by)
    return f"{scale}; {_counting(result)}; {means.get(kind, mean) if _is(kind) else mean}."


def _is(kind):
    return isinstance(kind, str)


def _counting(result):
    """Say what the indicators count."""
    chosen, notes = result.settings.weights, result.matrix.notes
    every = (
        "pillars count the same, and so do the indicators of one"
        if (result.hierarchy.pillars)
        else "all count the same"
    )
    if not _is(chosen):
        return "weights are those set as a parameter"
    if chosen == "equal":
        return every
    if chosen != "given":
        return f"weights come from the data ({alternative_word(chosen)})"
    if NO_WEIGHTS in notes:
        return f"{every}, as the study gives no weights"
    lacking = [note.removeprefix(WITHOUT) for note in notes if note.startswith(WITHOUT)]
    one = f", and 1 where it gives none ({escaped(lacking[0])})" if lacking else ""
    return f"weights are those that the study gives{one}"


def _outliers(result):
    moved = int(result.treatment["points"].sum()) if len(result.treatment) else 0
    beyond = int(result.treatment["beyond_rule"].astype(bool).sum())
    if not beyond:
        return "No indicator has outliers by the rule of thumb."
    has = f"{counted(beyond, 'indicator')} {'has' if beyond == 1 else 'have'} outliers"
    treated = (
        "not treated" if result.settings.treatment == "none" else f"{counted(moved, 'value')} moved"
    )
    return f"{has} by the rule of thumb, {treated}."


def of_left_out(result: IntegralIndicator | NoIntegral) -> str:
    """Say how many fell out before anything was counted, by their kind; or that nothing did.

    >>> from analysis.composite.chain.of_study import NoIntegral
    >>> of_left_out(NoIntegral("the study has no indicators"))
    'Not computed: the answer above says why.'
    """
    if not result:
        return NOTHING
    kinds = result.matrix.left_out["kind"].replace("unit", "cluster")
    if not len(kinds):
        return "No cluster and no indicator was left out."
    parts = [counted(len(rows), kind) for kind, rows in kinds.groupby(kinds, sort=False)]
    return f"Left out, each with its reason: {listed(parts)}."


def of_newer_years(result: IntegralIndicator | NoIntegral, study: Study) -> str:
    """Say which newer measured values are not taken, and why; empty where there are none."""
    if not result or result.matrix.year is None:
        return ""
    own = study.series[study.series["indicator"].isin(result.hierarchy.indicators)]
    own = own[own["standing"].isin(MEASURED)] if "standing" in own else own
    counts = own.groupby("year")["value"].count()
    newer = counts[(counts.index > result.matrix.year) & (counts > 0)]
    if not len(newer):
        return ""
    of_year = counts.get(result.matrix.year, 0)
    told = [f"{counted(count, 'value')} of {year}" for year, count in newer.items()]
    return (
        f"Not taken: {listed(told, most=TOP)}; {result.matrix.year} has {of_year}. The latest of "
        "the years with the most values is taken, unless the parameter `year` names another."
    )


def of_treatment(result: IntegralIndicator | NoIntegral) -> str:
    """Say which indicators have outliers, and what was done about them."""
    if not result:
        return NOTHING
    labels = result.matrix.framework.indicators["label"]
    table = result.treatment
    table = table.assign(indicator=by_name(table["indicator"], labels))
    beyond = table[table["beyond_rule"].astype(bool)]
    if not len(beyond):
        return (
            "No indicator has outliers by the rule of thumb (skewness above 2 or below -2, and "
            "excess kurtosis above 3.5)."
        )
    names = listed(map(escaped, beyond["indicator"]), most=TOP)
    done = beyond[beyond["method"] != "none"]
    if result.settings.treatment == "none":
        what = "Nothing was treated: the parameter `treatment` is none."
    else:
        what = (
            f"{len(done)} of {len(beyond)} {'was' if len(done) == 1 else 'were'} treated; "
            f"{int(beyond['passes'].sum())} of {len(beyond)} keep within the rule afterwards."
        )
    return f"Beyond the rule of thumb for outliers: {names}. {what}"


def of_weights(effective: pd.DataFrame) -> str:
    """Say where what an indicator carries is far from its weight.

    >>> table = pd.DataFrame({"nominal": [0.5, 0.5], "effective": [0.9, 0.1]}, index=["a", "b"])
    >>> of_weights(table)[:50]
    'a counts 50 % by its weight and carries 90 % of wh'
    """
    if not len(effective):
        return NOTHING
    share = effective["effective"] / effective["nominal"]
    if share.isna().all():
        return (
            "What each indicator carries is not known: too few totals are one number, or they do "
            "not vary."
        )
    if share.max() - share.min() <= SAME:
        return "Every indicator carries of the total what it counts by its weight."
    most, least = share.idxmax(), share.idxmin()
    told = [
        f"{escaped(name)} counts {number(100 * effective.at[name, 'nominal'])} % by its weight "
        f"and carries {number(100 * effective.at[name, 'effective'])} %{what}"
        for name, what in ((most, " of what moves the total"), (least, ""))
    ]
    return f"{'; '.join(told)}."


def of_correlations(pairs: pd.DataFrame) -> str:
    """Say how many pairs of indicators go against each other, and which nearly repeat each other.

    `pairs` is what `correlations` returns of normalised values, where more is better.
    """
    if not len(pairs):
        return NOTHING
    known = pairs.dropna(subset="correlation")
    if not len(known):
        return (
            "No pair of indicators has a correlation: too few units have both, or one does not "
            "vary."
        )
    against = int((known["correlation"] < REVERSED).sum())
    twins = known[known["correlation"] > STRONG]
    doubled = [f"{escaped(row.first)} and {escaped(row.second)}" for row in _rows(twins)]
    pairs_of = f"{counted(len(known), 'pair')} of indicators"
    text = f"In {against or 'none'} of {pairs_of} one goes against the other"
    if doubled:
        text += f"; correlated above {STRONG}, so nearly counted twice: {listed(doubled, most=TOP)}"
    return text + "."


def of_position(result: IntegralIndicator | NoIntegral, unit: str, name: str = "") -> str:
    """Describe the rank of one unit, and the indicators that raise and lower it.

    `name` is how the unit is called, for where it has no rank.
    """
    if not result:
        return "The numbers of this study carry no integral indicator: notebook 09 says why."
    if unit not in result.ranking.index:
        return f"{escaped(name or unit)} is not ranked: notebook 09 says what it lacks."
    row = result.ranking.loc[unit]
    gaps = strengths(result, unit)
    labels = result.matrix.framework.indicators["label"]
    ahead, behind = gaps[gaps > 0].head(3), gaps[gaps < 0].iloc[::-1].head(3)
    ranks = interval(row["rank_best"], row["rank_worst"])
    text = (
        f"By the integral indicator (notebook 09) {escaped(row['name'])} has rank **{ranks}** of "
        f"{len(result.ranking)}, with a score of {interval(row['score_low'], row['score_high'])}."
    )
    for words, some in (("It gains most on", ahead), ("It loses most on", behind)):
        if len(some):
            parts = [
                f"{escaped(labels.get(name, name))} ({number(value, 2)} points)"
                for name, value in some.items()
            ]
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


def _rows(frame):
    return frame.itertuples(index=False)
