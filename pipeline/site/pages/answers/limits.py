"""What the data cannot show, the weightiest first."""

from analysis.tidy.wording import counted
from pipeline.site.pages.answers.order import scored
from pipeline.site.pages.answers.study import unmeasured, with_values


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
    if len(material.clusters) > 1 and not scored(material):
        yield from _without_direction(material)
    if material.values and len({row["year"] for row in material.values}) == 1:
        yield "Whether anything rises or falls: that takes values of several years."
    yield "Why anything is as it is: the numbers tell what differs and what moved, not the cause."


def _without_direction(material):
    """Say for how many of the indicators that have values nobody said whether more is better."""
    rows = with_values(material)
    if count := sum(not row.get("direction") for row in rows):
        of = counted(len(rows), "indicator")
        yield (
            f"Who is ahead over all indicators: for {count} of {of} the data do not say whether "
            "more is better (column direction of indicators.csv)."
        )
