"""What the first screen says of any study: who stands where, what moved, what cannot be said."""

from analysis.tidy.standing import MEASURED
from analysis.tidy.wording import counted, interval, listed, year_ranges
from pipeline.site.text import figure_of

MOST = 40  # rows of scores
NEAR = 0.05  # the largest p or q called significant


def scores_of(material):
    """Rank the clusters by their scores, best first: rows with name, link, ends, place of a bar.

    The scores are those of the components or, without any, of the integral indicator's last year.
    """
    rows = material.result("composite.csv") or _integral(material)
    rows = [row for row in rows if figure_of(row["score_low"]) is not None]
    rows.sort(key=lambda row: (-float(row["score_low"]), -float(row["score_high"])))
    most = max((float(row["score_high"]) for row in rows), default=1) or 1
    least = min((float(row["score_low"]) for row in rows), default=0)
    start, span = min(0.0, least), max(most, 1.0 if most <= 1 else most) - min(0.0, least)
    return [_bar(material, row, start, span) for row in rows[:MOST]]


def _integral(material):
    rows = [row for row in material.result("integral.csv") if row["level"] == "total"]
    last = max((row["year"] for row in rows), default="")
    return [row for row in rows if row["year"] == last]


def _bar(material, row, start, span):
    low, high = float(row["score_low"]), float(row["score_high"])
    return {
        "cluster": row["cluster"],
        "name": material.names.get(row["cluster"], row["cluster"]),
        "grade": row.get("grade", ""),
        "ends": interval(low, high),
        "rank": interval(float(row["rank_best"]), float(row["rank_worst"])),
        "left": f"{100 * (low - start) / span:.4g}",
        "width": f"{100 * (high - low) / span:.4g}",
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


def leading(material):
    """Say who is first, and whether that is certain; nothing without scores."""
    rows = material.result("composite.csv") or _integral(material)
    first = [row for row in rows if row["rank_best"] in ("1", "1.0")]
    if len(rows) < 2 or not first:
        return ""
    sure = [row for row in first if row["rank_worst"] in ("1", "1.0")]
    if sure:
        names, others = _names(material, sure), len(first) - len(sure)
        verb = "is" if len(sure) == 1 else "are"
        level = f"; {counted(others, 'other')} could draw level" if others else ""
        return f"{names} {verb} first whatever is unknown{level}."
    return (
        f"No {material.nouns[0]} is certainly first; {len(first)} of {len(rows)} could be: "
        f"{_names(material, first)}."
    )


def _names(material, rows):
    return listed((material.names.get(row["cluster"], row["cluster"]) for row in rows), most=4)


def moving(material):
    """Say how many series rise or fall significantly, and how many of the values are plans."""
    trends = material.result("trends.csv")
    if not trends:
        return ""
    column = "q_two_sided" if "q_two_sided" in trends[0] and len(trends) > 1 else "p_two_sided"
    found = [row for row in trends if (figure_of(row[column]) or 0 if row[column] else 1) <= NEAR]
    rising = sum(float(row["s"]) > 0 for row in found)
    falling = sum(float(row["s"]) < 0 for row in found)
    total = counted(len(trends), "series", "series")
    words = f"{rising} of {total} rise significantly, {falling} fall"
    plans = "" if not unmeasured(material) else ", targets included"
    return f"{words}{plans}."


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
        yield (
            f"Whether what is not mentioned is there: {len(unknown):,} of {items} are unknown or "
            "not reported."
        )
    series = material.table("series")
    if gaps := len(series) - len(material.values):
        yield f"What stands in the gaps: {gaps:,} of {len(series):,} places have no value."
    without = len(material.clusters) - len({row["cluster"] for row in material.values})
    if material.values and without:
        clusters = counted(len(material.clusters), *material.nouns)
        yield f"How active {without} of {clusters} are: the source prints no indicator of them."
