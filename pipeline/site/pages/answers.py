"""What the first screen says of any study: who stands where, what moved, what cannot be said.

Each answer is a list of sentences from the results; what a study does not have is left out.
"""

from collections import Counter

from analysis.comparative.convergence import APART, UP
from analysis.tidy.standing import MEASURED
from analysis.tidy.wording import (
    counted,
    interval,
    listed,
    number,
    whole_percent,
    year_ranges,
)
from pipeline.site.text import figure_of

MOST, NAMED = 40, 4  # rows of scores, and units or indicators that a sentence names
NEAR = 0.05  # the largest p or q called significant
ROUNDED = 1e-6  # by which shares that are printed may be off together
FIRST = ("1", "1.0")


def scores_of(material):
    """Rank the clusters by their scores, best first: rows with name, link, ends, place of a bar.

    The scores are those of the components or, without any, of the integral indicator's last year.
    """
    rows = _known(material)
    rows.sort(key=lambda row: (-float(row["score_low"]), -float(row["score_high"])))
    most = max((float(row["score_high"]) for row in rows), default=1) or 1
    least = min((float(row["score_low"]) for row in rows), default=0)
    start, span = min(0.0, least), max(most, 1.0 if most <= 1 else most) - min(0.0, least)
    certain = least >= 0 and not _ranges(rows)  # bars from zero: there is no range to draw
    return [_bar(material, row, start, span, certain) for row in rows[:MOST]]


def _scored(material):
    return material.result("composite.csv") or _integral(material)


def _known(material):
    """Give the rows of those that have a score."""
    return [row for row in _scored(material) if figure_of(row["score_low"]) is not None]


def _integral(material):
    rows = [row for row in material.result("integral.csv") if row["level"] == "total"]
    last = max((row["year"] for row in rows), default="")
    return [row for row in rows if row["year"] == last]


def _ranges(rows):
    """Tell whether any score is a range, because something is unknown."""
    return any(float(row["score_low"]) != float(row["score_high"]) for row in rows)


def what_is_scored(material):
    """Say what the scores are, and what a bar is."""
    rows = _known(material)
    year = f", {rows[0]['year']}" if rows and rows[0].get("year") else ""
    if material.result("composite.csv"):
        what = "Evidence score: the share of the components that the source names"
    else:
        what = f"Integral indicator{year}: all indicators put together on one scale"
    return (
        f"{what}; a bar is the range where something is unknown." if _ranges(rows) else f"{what}."
    )


def _bar(material, row, start, span, certain):
    low, high = float(row["score_low"]), float(row["score_high"])
    left = start if certain else low
    return {
        "cluster": row["cluster"],
        "name": _name(material, row),
        "grade": row.get("grade", ""),
        "ends": interval(low, high),
        "rank": interval(float(row["rank_best"]), float(row["rank_worst"])),
        "left": f"{100 * (left - start) / span:.4g}",
        "width": f"{100 * (high - left) / span:.4g}",
    }


def about(material):
    """Say what a study is about: its clusters, regions, components, indicators and years."""
    clusters = material.clusters
    regions = {row["region"] for row in clusters if row.get("region")}
    within = f" in {counted(len(regions), 'region')}" if len(regions) > 1 else ""
    parts = [f"{counted(len(clusters), *material.nouns)}{within}"]
    if components := {row["component"] for row in material.table("components")}:
        parts.append(f"{counted(len(components), 'institutional component')} of each")
    if values := material.values:
        indicators = len({row["indicator"] for row in values})
        years = year_ranges(int(row["year"]) for row in values)
        parts.append(f"{counted(indicators, 'indicator')} with {counted(len(values), 'value')}")
        return f"{listed(parts)}, {years}."
    return f"{listed(parts)}."


def subjects(material):
    """Name what the components and the indicators are, and the source."""
    if components := list(dict.fromkeys(row["component"] for row in material.table("components"))):
        yield f"Components: {listed(components, most=8)}."
    labels = [_label(row) for row in _with_values(material)]
    if labels:
        yield f"Indicators: {listed(labels, most=8)}."
    if material.values and not unmeasured(material):
        yield f"No value is a target.{_marked(material)}"
    sources = material.about.get("sources") or []
    if sources:
        yield f"Source: {'; '.join(sources[:2]).rstrip('.')}."


def _marked(material):
    """Say how many values the source marks (provisional, estimated, uncertain), and how."""
    marks = Counter(row["flag"] for row in material.values if row.get("flag"))
    if not (total := marks.total()):
        return ""
    which = listed((f"{mark} ({count:,})" for mark, count in marks.most_common()), most=4)
    return f" The source marks {total:,} of them: {which}."


def _with_values(material):
    """Give the rows of the indicators that have a value."""
    used = {row["indicator"] for row in material.values}
    return [row for row in material.table("indicators") if row["indicator"] in used]


def _label(row):
    return row.get("short") or row["label"]


def leading(material):
    """Say who is first, and whether that is certain; nothing without scores."""
    rows = _scored(material)
    first = [row for row in rows if row["rank_best"] in FIRST]
    if len(rows) < 2 or not first:
        return ""
    sure = [row for row in first if row["rank_worst"] in FIRST]
    if sure:
        names, others = _names(material, sure), len(first) - len(sure)
        verb = "is" if len(sure) == 1 else "are"
        if not _ranges(_known(material)):
            score = number(float(sure[0]["score_low"]))
            of = counted(len(rows), *material.nouns)
            return (
                f"{names} {verb} first of {of}{_in_year(material, rows)}, with a score of {score}."
            )
        level = f"; {counted(others, 'other')} could draw level" if others else ""
        coded = ", as the components are coded" if material.result("composite.csv") else ""
        year = _in_year(material, rows)
        return f"{names} {verb} first{year} whatever is unknown{coded}{level}."
    return (
        f"No {material.nouns[0]} is certainly first{_in_year(material, rows)}; {len(first)} of "
        f"{len(rows)} could be: {_names(material, first)}."
    )


def _in_year(material, scored):
    """Name the year of the scores, where the study has values of others."""
    years = {row["year"] for row in material.values}
    year = scored[0].get("year")
    return f" in {year}" if year and len(years) > 1 else ""


def standing(material):
    """Say more of the order: who comes next, how certain ranks are, what other choices give."""
    yield from _next(material)
    yield from _under_other_choices(material)
    yield from _most_firsts(material)


def _next(material):
    rows = _known(material)
    if len(rows) < 4:
        return
    if _ranges(rows):
        fixed = sum(row["rank_best"] == row["rank_worst"] for row in rows)
        verb = "is" if fixed == 1 else "are"
        yield f"{fixed or 'None'} of {len(rows):,} ranks {verb} certain; the others are ranges."
        return
    rows.sort(key=lambda row: -float(row["score_low"]))
    second, third, last = (
        f"{_name(material, row)} ({number(float(row['score_low']))})"
        for row in (rows[1], rows[2], rows[-1])
    )
    yield f"{second} and {third} follow; {last} is last."


def _under_other_choices(material):
    """Say who is first most often over the choices of method that were tried."""
    rows = material.result("integral_ranks.csv")
    if material.result("composite.csv"):
        rows = [row for row in material.result("ranks.csv") if row["choice_set"] == "all"]
    rows = [row for row in rows if figure_of(row["p_first"]) is not None]
    if len(rows) < 2:
        return
    rows.sort(key=lambda row: -float(row["p_first"]))
    top, after = rows[:2]
    many = counted(int(float(top["combinations"])), "combination")
    also = f", {_name(material, after)} in {_share(after)}" if float(after["p_first"]) else ""
    best = f"{_name(material, top)} is first in {_share(top)}"
    is_shared = sum(float(row["p_first"]) for row in rows) > 1 + ROUNDED
    each = "; a first place that several share counts for each" if is_shared else ""
    yield f"Of {many} of methods that were tried, {best}{also}{each}."


def _share(row):
    return whole_percent(float(row["p_first"]))


def _most_firsts(material):
    """Say who is first in most indicators, each in its last year, or in the only one."""
    rankings = _last_rankings(material.result("indicator_ranks.csv"))
    if len(rankings) == 1:
        yield from _order_of_one(material, *rankings.items())
    if len(rankings) < 2:
        return
    firsts = Counter(
        row["cluster"] for rows in rankings.values() for row in rows if row["rank"] in FIRST
    )
    most = max(firsts.values())
    who = [{"cluster": cluster} for cluster, count in firsts.items() if count == most]
    each = " each" if len(who) > 1 else ""
    verb = "is" if len(who) == 1 else "are"
    more = ", more than any other" if len(who) < len(material.names) else ""
    yield (
        f"Indicator by indicator, {_names(material, who)} {verb} first in {most} of "
        f"{len(rankings)}{each}{more}."
    )


def _last_rankings(rows):
    """Group the ranks of each indicator's last year, where they tell units apart.

    >>> rows = [("a", "2019", "1"), ("a", "2020", "1"), ("a", "2020", "2"), ("b", "2020", "1")]
    >>> rows = [dict(zip(("indicator", "year", "rank"), row, strict=True)) for row in rows]
    >>> {name: len(ranks) for name, ranks in _last_rankings(rows).items()}
    {'a': 2}
    """
    found = {}
    for row in rows:
        kept = found.setdefault(row["indicator"], [])
        if kept and kept[0]["year"] < row["year"]:
            kept.clear()
        if not kept or kept[0]["year"] == row["year"]:
            kept.append(row)
    return {name: kept for name, kept in found.items() if len({row["rank"] for row in kept}) > 1}


def _order_of_one(material, ranking):
    """Say who is first and last in the only indicator that tells units apart."""
    indicator, rows = ranking
    year = rows[0]["year"]
    labels = {row["indicator"]: row for row in material.table("indicators")}
    if indicator not in labels:
        return
    worst = max(rows, key=lambda row: int(row["rank"]))["rank"]
    ends = [[row for row in rows if row["rank"] == rank] for rank in ("1", worst)]
    first, last = (
        f"{_names(material, some)} {'is' if len(some) == 1 else 'are'} {place}"
        for some, place in zip(ends, ("first", "last"), strict=True)
    )
    values = [number(float(some[0]["value"])) for some in ends]
    of = counted(len(rows), *material.nouns)
    assumed = "" if labels[indicator].get("direction") else ", the largest value first"
    yield (
        f"{_label(labels[indicator])}, {year}: {first} of {of} ({values[0]}), {last} "
        f"({values[1]}){assumed}."
    )


def _name(material, row):
    return material.names.get(row["cluster"], row["cluster"])


def _names(material, rows):
    return listed((_name(material, row) for row in rows), most=NAMED)


def moving(material):
    """Say how many series rise or fall significantly, and how many of the values are plans."""
    trends = material.result("trends.csv")
    if not trends:
        return ""
    if all(not row["p_min"] or float(row["p_min"]) > NEAR for row in trends):
        each = "each" if len(trends) > 1 else "it"
        return (
            f"Whether {'any of ' * (len(trends) > 1)}{counted(len(trends), 'series', 'series')} "
            f"rises or falls cannot be seen: {each} is too short, or has too many equal values."
        )
    column = "q_two_sided" if "q_two_sided" in trends[0] and len(trends) > 1 else "p_two_sided"
    found = [row for row in trends if (figure_of(row[column]) or 0 if row[column] else 1) <= NEAR]
    rising = sum(float(row["s"]) > 0 for row in found)
    falling = sum(float(row["s"]) < 0 for row in found)
    total = counted(len(trends), "series", "series")
    one = "s" * (rising == 1 or len(trends) == 1)
    words = f"{rising or 'None'} of {total} rise{one} significantly, {falling or 'none'} fall"
    words += "s" * (falling == 1)
    plans = "" if not unmeasured(material) else ", targets included"
    return f"{words}{plans}."


def movements(material):
    """Say what moved most, and whether those behind catch up; of one year, that none can."""
    years = {row["year"] for row in material.values}
    if len(years) == 1:
        yield (
            f"All values are of {years.pop()}: nothing can be said of change. A second year would "
            "show who rises and falls."
        )
    yield from _fastest(material)
    yield from _catching_up(material)


def _fastest(material):
    rows = [
        row
        for row in material.result("growth_summary.csv")
        if figure_of(row["cagr_pct"]) is not None
    ]
    labels = {row["indicator"]: _label(row) for row in material.table("indicators")}

    def said(rate):
        """Name the series with a rate of growth, and count those that have the same."""
        same = [row for row in rows if float(row["cagr_pct"]) == rate]
        row, more = same[0], len(same) - 1
        return (
            f"{labels.get(row['indicator'], row['indicator'])}, {_name(material, row)}"
            f"{f' and {more:,} more' if more else ''} "
            f"({number(rate)} % a year, {row['first_year']} to {row['last_year']})"
        )

    rates = [float(row["cagr_pct"]) for row in rows]
    if rates and min(rates) == max(rates):
        yield f"Mean growth: {said(rates[0])}."
    elif rates:
        yield f"Highest mean growth: {said(max(rates))}; lowest: {said(min(rates))}."


def _catching_up(material):
    rows = [row for row in material.result("catching_up.csv") if row["slope"]]
    if not rows:
        return
    nearer, apart = (sum(row["verdict"] == word for row in rows) for word in (UP, APART))
    rest = "; in the others neither is shown" if nearer + apart < len(rows) else ""
    yield (
        f"Those behind catch up in {nearer or 'none'} of {counted(len(rows), 'indicator')} and "
        f"fall further behind in {apart or 'none'}{rest}."
    )


def unmeasured(material):
    """Count the values that were not measured."""
    return sum(row["standing"] not in MEASURED for row in material.values)


def unsayable(material):
    """Say what the data cannot show: sentences, the weightiest first."""
    if count := unmeasured(material):
        yield (
            f"What was reached: {count:,} of {counted(len(material.values), 'value')} are targets "
            "or belong to a year under way."
        )
    unknown = [
        row for row in material.table("components") if row["status"] in ("unknown", "not reported")
    ]
    if unknown:
        items = counted(len(material.table("components")), "item")
        verb = "is" if len(unknown) == 1 else "are"
        yield (
            f"Whether what is not mentioned is there: {len(unknown):,} of {items} {verb} unknown "
            "or not reported."
        )
    series = material.table("series")
    if gaps := len(series) - len(material.values):
        verb = "has" if gaps == 1 else "have"
        yield f"What stands in the gaps: {gaps:,} of {len(series):,} places {verb} no value."
    without = len(material.clusters) - len({row["cluster"] for row in material.values})
    if material.values and without:
        clusters = counted(len(material.clusters), *material.nouns)
        yield f"How active {without} of {clusters} are: the source prints no indicator of them."
    if len(material.clusters) == 1:
        yield f"Where it stands: there is no other {material.nouns[0]} to compare it with."
    if len(material.clusters) > 1 and not _scored(material):
        yield from _without_direction(material)
    if material.values and len({row["year"] for row in material.values}) == 1:
        yield "Whether anything rises or falls: that takes values of several years."
    yield "Why anything is as it is: the numbers tell what differs and what moved, not the cause."


def _without_direction(material):
    """Say for how many of the indicators that have values nobody said whether more is better."""
    rows = _with_values(material)
    if count := sum(not row.get("direction") for row in rows):
        of = counted(len(rows), "indicator")
        yield (
            f"Who is ahead over all indicators: for {count} of {of} the data do not say whether "
            "more is better (column direction of indicators.csv)."
        )
