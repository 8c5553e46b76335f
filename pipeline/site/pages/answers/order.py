"""Who stands where: scores, who is first and how certain that is, other choices of method."""

from collections import Counter

from analysis.tidy.wording import counted, interval, number, whole_percent
from pipeline.site.pages.answers.study import label, name_of, names_of
from pipeline.site.text import figure_of

MOST = 40  # rows of scores
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


def scored(material):
    """Give the rows of scores: of components or, without any, of the integral indicator."""
    return material.result("composite.csv") or _integral(material)


def _known(material):
    """Give the rows of those that have a score."""
    return [row for row in scored(material) if figure_of(row["score_low"]) is not None]


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
        "name": name_of(material, row),
        "grade": row.get("grade", ""),
        "ends": interval(low, high),
        "rank": interval(float(row["rank_best"]), float(row["rank_worst"])),
        "left": f"{100 * (left - start) / span:.4g}",
        "width": f"{100 * (high - left) / span:.4g}",
    }


def leading(material):
    """Say who is first, and whether that is certain; nothing without scores."""
    rows = scored(material)
    first = [row for row in rows if row["rank_best"] in FIRST]
    if len(rows) < 2 or not first:
        return ""
    sure = [row for row in first if row["rank_worst"] in FIRST]
    if sure:
        names, others = names_of(material, sure), len(first) - len(sure)
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
        f"{len(rows)} could be: {names_of(material, first)}."
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
        f"{name_of(material, row)} ({number(float(row['score_low']))})"
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
    also = f", {name_of(material, after)} in {_share(after)}" if float(after["p_first"]) else ""
    best = f"{name_of(material, top)} is first in {_share(top)}"
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
        f"Indicator by indicator, {names_of(material, who)} {verb} first in {most} of "
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
        f"{names_of(material, some)} {'is' if len(some) == 1 else 'are'} {place}"
        for some, place in zip(ends, ("first", "last"), strict=True)
    )
    values = [number(float(some[0]["value"])) for some in ends]
    of = counted(len(rows), *material.nouns)
    assumed = "" if labels[indicator].get("direction") else ", the largest value first"
    yield (
        f"{label(labels[indicator])}, {year}: {first} of {of} ({values[0]}), {last} "
        f"({values[1]}){assumed}."
    )
