"""Where one unit stands among the others by its numbers, in sentences composed from the results.

As in `findings`: nothing is computed here that a method could compute. Ahead and behind are said
only where the study says which direction is better; else high and low.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis.comparative.convergence import APART, UP
from analysis.comparative.unit_ranks import strict_shares
from analysis.tidy.records import records
from analysis.tidy.wording import counted, escaped, listed, number

if TYPE_CHECKING:
    from typing import Any

MOST = 75  # per cent of the others that a unit is ahead of, or behind
NAMED = 5  # indicators named of each side
CONFIDENCE = "95 %"


def of_standing_among(name: Any, latest: Any, labels: Any, directions: Any) -> Any:
    """Describe in which indicators a unit ranks high and low, and how its ranks changed.

    Parameters
    ----------
    name : of the unit
    latest : its rows of `latest_ranks`
    labels : mapping {indicator: label}
    directions : mapping {indicator: "up" or "down"} of those where it is known

    Nothing where no other unit has a value in the same year.
    """
    ranked = latest.dropna(subset="percentile")
    if ranked.empty:
        return ""
    ahead, behind = strict_shares(ranked)
    top, low = ranked[ahead >= MOST], ranked[behind >= MOST]
    judged = ranked["indicator"].isin(list(directions)).all()
    words = ("ahead of", "behind") if judged else ("ranked above", "ranked below")
    total = counted(len(ranked), "indicator")
    sides = [
        _side(rows, labels, f"{word} three quarters of the others", rows is low)
        for rows, word in zip((top, low), words, strict=True)
    ]
    unjudged = (
        ""
        if judged
        else " A high rank is that of a large value where the study does not say which direction "
        "is better."
    )
    each = "each in its" if len(ranked) > 1 else "in its"
    return (
        f"Of {total}, {each} last year, **{escaped(name)}** is {sides[0]}, and {sides[1]}."
        f"{unjudged}"
    )


def _side(rows, labels, words, is_low):
    if rows.empty:
        return f"{words} in none"
    ordered = rows.sort_values("percentile", ascending=is_low, kind="stable")
    named = [
        f"{escaped(labels.get(indicator, indicator))} ({rank} of {n}, {year})"
        for indicator, rank, n, year in records(ordered[:NAMED], "indicator", "rank", "n", "year")
    ]
    more = [f"{len(rows) - NAMED} more"] if len(rows) > NAMED else []
    return f"{words} in {len(rows)}: {listed([*named, *more])}"


def of_catching_up_of(own: Any, labels: Any) -> Any:
    """Say in how many indicators the first value of a unit is below the median, and what became.

    `own` comes from `distances_from_median`. Below is of values, whichever direction is better.
    """
    if own.empty:
        return ""
    nearer = own[own["last_distance_pct"].abs() < own["first_distance_pct"].abs()]
    behind = own[own["first_distance_pct"] < 0]
    closer = behind[behind["last_distance_pct"] > behind["first_distance_pct"]]
    ends = ("first_distance_pct", "first_year", "last_distance_pct", "last_year")
    parts = [
        f"{escaped(labels.get(indicator, indicator))} ("
        f"{number(first)} % in {first_year}, {number(last)} % in {last_year})"
        for indicator, first, first_year, last, last_year in records(
            closer[:NAMED], "indicator", *ends
        )
    ]
    below = (
        f"The first value is below the median in {len(behind) or 'none'} of "
        f"{counted(len(own), 'indicator')}"
    )
    catching = (
        f"{below}, and the last is closer to it or above it in {len(closer)}: {listed(parts)}."
        if len(closer)
        else f"{below}, and the last is closer to it in none{' of them' * (len(behind) > 1)}."
        if len(behind)
        else f"{below}."
    )
    return (
        f"{catching} In all, the last value is nearer to the median than the first in "
        f"{len(nearer) or 'none'} of {len(own)}."
    )


def of_convergence(table: Any, labels: Any, nouns: Any) -> Any:
    """Say in which indicators those behind catch up, over all units."""
    asked = table.dropna(subset="slope")
    if asked.empty:
        reasons = sorted({text for text in table["reason"] if text})
        return f"Whether those behind catch up cannot be said: {listed(reasons)}."
    sides = {word: asked[asked["verdict"] == word] for word in (UP, APART)}
    told = [
        f"in {len(rows) or 'none'} {word}"
        + (f" ({listed(_slopes(rows, labels))})" if len(rows) else "")
        for word, rows in sides.items()
    ]
    rest = len(asked) - sum(map(len, sides.values()))
    fewest, most = int(asked["n"].min()), int(asked["n"].max())
    n = f"{fewest} to {most}" if fewest < most else f"{most}"
    return (
        f"Growth compared with the first value, for {counted(len(asked), 'indicator')} and {n} "
        f"{nouns[1]}: {'; '.join(told)}{f'; in {rest} neither is shown' if rest else ''}.\n\n"
        f"*Caveat.* The intervals are of {CONFIDENCE} and hold as if errors were normal. Errors in "
        "the first values alone can make those behind seem to catch up."
    )


def _slopes(rows, labels):
    return [
        f"{escaped(labels.get(row.indicator, row.indicator))}: {number(row.slope)}, from "
        f"{number(row.low)} to {number(row.high)}"
        for row in rows.head(NAMED).itertuples()
    ]


def of_value_peers(name: Any, peers: Any, nouns: Any, most: int = 3) -> Any:
    """Name the units nearest in their values, with the number of indicators they share."""
    if peers.empty:
        return f"No other {nouns[0]} can be compared with {escaped(name)} in its values."
    near = [
        f"**{escaped(peer)}** ({number(distance)} over {shared} of {of})"
        for peer, distance, shared, of in records(peers[:most], "peer", "distance", "shared", "of")
    ]
    return (
        f"Nearest in their values, by the mean distance in standard deviations over the indicators "
        f"that both have: {listed(near)}."
    )


def of_ranks(ranks: Any, label: Any, nouns: Any, directions: Any = None) -> Any:
    """Say who is first and last in one indicator and year, and how many there are.

    Where no direction of the indicator is known, it is said that the largest value comes first.
    """
    if ranks.empty:
        return f"No two {nouns[1]} have a value of the same indicator in the same year: no ranks."
    ordered = ranks.sort_values("rank", kind="stable")
    first, last = ordered.iloc[0], ordered.iloc[-1]
    return (
        f"{escaped(label)}, {first['year']}: {_sharing(ordered, first, 'first')} of "
        f"{counted(len(ordered), *nouns)} ({number(first['value'])}), "
        f"{_sharing(ordered, last, 'last')} ({number(last['value'])})."
        f"{_assumed(first['indicator'], directions)}"
    )


_PLACES = {"first": "the first place", "last": "last"}


def _sharing(ordered, row, place):
    """Name who is first or last; of several with one value, how many they are."""
    others = int((ordered["value"] == row["value"]).sum()) - 1
    name = escaped(row["cluster"])
    if others:
        return f"{name} and {others} more {'share' if place == 'first' else 'are'} {_PLACES[place]}"
    return f"{name} is {place}" if place == "first" else f"{name} {place}"


def _assumed(indicator, directions):
    if directions is None or indicator in directions:
        return ""
    return (
        " The study does not say whether more is better here: ranked from the largest value down, "
        "without a judgement."
    )


def of_one_year(years: Any) -> Any:
    """Say what one year alone cannot show; nothing of several years."""
    if len(years) != 1:
        return ""
    return f"All values are of {years[0]}: one year gives ranks, and neither trend nor index."
