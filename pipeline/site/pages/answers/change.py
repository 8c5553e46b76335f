"""What moved: series that rise or fall, the fastest, and whether those behind catch up."""

from analysis.comparative.convergence import APART, UP
from analysis.tidy.wording import counted, number
from pipeline.site.pages.answers.study import label, name_of, unmeasured
from pipeline.site.text import figure_of

NEAR = 0.05  # the largest p or q called significant


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
    labels = {row["indicator"]: label(row) for row in material.table("indicators")}

    def said(rate):
        """Name the series with a rate of growth, and count those that have the same."""
        same = [row for row in rows if float(row["cagr_pct"]) == rate]
        row, more = same[0], len(same) - 1
        return (
            f"{labels.get(row['indicator'], row['indicator'])}, {name_of(material, row)}"
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
