"""What a study is about: what it compares, its components and indicators, its source."""

from collections import Counter

from analysis.tidy.standing import MEASURED
from analysis.tidy.wording import counted, listed, year_ranges

NAMED = 4  # units that a sentence names


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
    labels = [label(row) for row in with_values(material)]
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


def with_values(material):
    """Give the rows of the indicators that have a value."""
    used = {row["indicator"] for row in material.values}
    return [row for row in material.table("indicators") if row["indicator"] in used]


def label(row):
    """Name an indicator."""
    return row.get("short") or row["label"]


def name_of(material, row):
    """Name the unit that a row is about."""
    return material.names.get(row["cluster"], row["cluster"])


def names_of(material, rows):
    """Name the units that rows are about, the first ones."""
    return listed((name_of(material, row) for row in rows), most=NAMED)


def unmeasured(material):
    """Count the values that were not measured."""
    return sum(row["standing"] not in MEASURED for row in material.values)
