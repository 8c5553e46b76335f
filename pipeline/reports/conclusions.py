"""What one may conclude from the results of a study, and what not: sentences, each computed."""

from collections import Counter

from analysis.comparative.evidence import evidence_bounds
from analysis.tidy.standing import MEASURED
from analysis.tidy.wording import counted, listed, whole_percent

MOST = 5  # places told of one order
SIGNIFICANT = 0.05  # largest p or q called significant


def may(study, material, names):
    """What follows from the results, whatever is silent."""
    verified = Counter(row["status"] for row in material.result("verification.csv"))
    if verified and set(verified) == {"equal"}:
        count = verified["equal"]
        yield f"The tables were copied correctly: all {count} published values are reproduced."
    if verdicts := Counter(row["verdict"] for row in material.result("claims.csv")):
        empirical = verdicts.total() - verdicts["not empirical"]
        yield (
            f"Of {empirical} claims that data could decide, the source's own data support "
            f"{verdicts['supported']} in full and {verdicts['partly supported']} in part."
        )
    yield from _order(material, names)
    yield from _first_places(material, names)
    yield from _measured_trends(study, material)


def _order(material, names):
    """Say who is certainly first on the evidence, and how many pairs have a certain order."""
    rows = material.result("composite.csv")
    if len(rows) < 2:
        return
    ends = [(float(row["score_low"]), float(row["score_high"])) for row in rows]
    sure = sum(low > high for low, _ in ends for _, high in ends)
    pairs = len(rows) * (len(rows) - 1) // 2
    first = [names.get(row["cluster"], row["cluster"]) for row in rows if _is_first(row)]
    none = f"none can have more evidence than {listed(first, most=4)}, whatever is unknown; "
    order = f"of {pairs:,} pairs {sure:,} {'has' if sure == 1 else 'have'} a certain order."
    lead = f"As the components are coded, {none if first else ''}"
    yield lead + order


def _first_places(material, names):
    """Say who takes the first places under every combination of choices of an integral indicator.

    So many of them as share these places among themselves, and no more than five.
    """
    rows = material.result("integral_ranks.csv")
    for places in range(1, min(MOST, len(rows) - 1) + 1):
        held = [row for row in rows if float(row["rank_worst"]) <= places]
        if len(held) == places:
            who = listed(names.get(row["cluster"], row["cluster"]) for row in held)
            place = "the first place" if places == 1 else f"the first {places} places"
            verb = "takes" if places == 1 else "take"
            many = counted(int(float(rows[0]["combinations"])), "combination")
            yield f"{who} {verb} {place} under each of the {many} of methods that were tried."
            return


def _is_first(row):
    return float(row["rank_worst"]) == 1


def _measured_trends(study, material):
    """Count the series that rise or fall, where all that is tested was measured."""
    rows = material.result("trends.csv")
    known = study.series.dropna(subset="value")
    if not rows or not known["standing"].isin(MEASURED).all():
        return
    chance = [row.get("q_two_sided") or row["p_two_sided"] for row in rows]
    moved = sum(bool(q) and float(q) <= SIGNIFICANT for q in chance)
    short = _too_short(rows)
    rest = f"; {_are_too_short(short)}" if short else ""
    if short < len(rows):
        yield (
            f"{moved or 'None'} of {counted(len(rows), 'series', 'series')} "
            f"{'rises or falls' if moved < 2 else 'rise or fall'} steadily, by more than chance "
            f"explains{rest}."
        )


def _too_short(rows):
    """Count the series that cannot show a trend, whatever their order."""
    return sum(not row["p_min"] or float(row["p_min"]) > SIGNIFICANT for row in rows)


def _are_too_short(count):
    one = count == 1
    return (
        f"{count:,} {'is' if one else 'are'} too short, or {'has' if one else 'have'} too many "
        "equal values, to show it"
    )


def may_not(study, material, names):
    """What does not follow, and why."""
    if study.has("series"):
        known = study.series.dropna(subset="value")
        measured = known[known["standing"].isin(MEASURED)]
        if len(measured) < len(known):
            most = measured.groupby(["cluster", "indicator"]).size().max() if len(measured) else 0
            rest = len(known) - len(measured)
            yield (
                f"That anything was reached: {rest:,} of {len(known):,} values are plans or of "
                f"a year under way; no series has more than {most} measured."
            )
        bare = len(study.clusters) - known["cluster"].nunique()
        if bare > 0:
            yield (
                f"That little is done: for {bare} of {study.counted(len(study.clusters))} no "
                "number is printed, and thin evidence is not low activity."
            )
    if study.has("components"):
        low, high = evidence_bounds(study.components)
        if (cells := int((low < high).to_numpy().sum())) > 0:
            yield (
                f"That what is not mentioned is absent: for {cells} of {low.size} cells the source "
                "leaves open whether the component is there. Nor that a component works because it "
                "is named."
            )
    yield from _by_the_method(material, names)
    yield from _unseen_trends(study, material)
    yield from _untested(material)
    yield "That one thing brought about another: the tables show what moved, not why."


def _unseen_trends(study, material):
    """Say where no series could show a trend: that none is seen then means nothing."""
    if not study.has("series"):
        return
    rows = material.result("trends.csv")
    if study.series.dropna(subset="value")["year"].nunique() == 1:
        yield "That anything rose or fell: all values are of one year."
    elif rows and (short := _too_short(rows)) == len(rows):
        all_of = f"all {short:,} series are" if short > 1 else "the one series is"
        yield (
            f"That anything rose or fell, or that nothing did: {all_of} too short, or "
            f"{'have' if short > 1 else 'has'} too many equal values, to show it."
        )


def _by_the_method(material, names):
    """Say that who is first depends on choices of method, where it does."""
    rows = [row for row in material.result("integral_ranks.csv") if float(row["p_first"])]
    if len(rows) < 2:
        return
    rows.sort(key=lambda row: -float(row["p_first"]))
    who = [
        f"{names.get(row['cluster'], row['cluster'])} in {whole_percent(float(row['p_first']))}"
        for row in rows
    ]
    yield (
        f"Who is first: that depends on the method. Of the combinations tried, first is "
        f"{listed(who, most=4)}; shares can add up to more than all, as places are shared."
    )


def _untested(material):
    verdicts = Counter(row["verdict"] for row in material.result("claims.csv"))
    if verdicts:
        yield (
            f"That a claim is wrong because it is not shown ({verdicts['not shown']}) or not "
            f"testable ({verdicts['not testable']}); {verdicts['contradicted']} "
            f"{'is' if verdicts['contradicted'] == 1 else 'are'} contradicted by the data."
        )
