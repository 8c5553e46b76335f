"""The page of the claims: each with its verdict, rule, figure, source and way to its origin."""

import re
from collections import Counter

from markupsafe import Markup

from analysis.tidy.wording import counted, interval
from article.claims.words import SECTIONS
from pipeline.site.page import Page
from pipeline.site.pages.menus import named
from pipeline.site.sensitivity import Sensitivity
from pipeline.site.text import figure_of, fill, short

VERDICTS = {
    "supported": "the source's own data support it",
    "partly supported": "they support a part of it, or all of it in one coding",
    "contradicted": "they say otherwise",
    "not shown": "there are data, but they do not establish it; it may be true",
    "not testable": "there are no data; each entry names those that would be needed",
    "not empirical": "a norm, a forecast, a theory or a report of the literature",
}
LEDGER = "08-claims"  # the notebook in which all claims are read
TABLE = re.compile(r"\bT(\d+)(?: rows? (\d+))?")
ABBREVIATIONS = ((re.compile(r"\bM\b"), "the method section"), (re.compile(r"\bT(?=\d)"), "Table "))
MOST_TURNING = 6


def verdict_counts(claims):
    """Count claims by verdict, in the order of the verdicts' strength: [(verdict, count)]."""
    counts = Counter(claim["verdict"] for claim in claims)
    order = [*VERDICTS, *sorted(set(counts) - set(VERDICTS))]
    return [(verdict, counts[verdict]) for verdict in order if counts[verdict]]


def claims_page(material):
    """Build the page of claims by section of the source; None where the study has none."""
    claims = material.result("claims.csv")
    if not claims:
        return None
    evidence = {row["id"]: row.get("evidence", "") for row in material.table("claims")}
    sensitivity, sections = Sensitivity(material), {}
    order = sorted(dict.fromkeys(map(_section, claims)), key=_place)
    for claim in claims:
        read = _read(material, claim, evidence.get(claim["id"], ""), sensitivity)
        number = order.index(_section(claim)) + 1
        sections.setdefault(_section(claim), []).append(
            fill("claim.html", claim=read, number=number)
        )
    points = [row for row in material.result("audit.csv") if row.get("weight") == "matters most"]
    body = fill(
        "claims_head.html", groups=_groups(claims), total=len(claims), tally=_tally(claims),
        points=points, sections=order,
    )  # fmt: skip
    return Page("claims", "Claims", body, [(name, "\n".join(sections[name])) for name in order])


def _section(claim):
    """Name the section in which a claim stands first."""
    name = claim["section"].partition(";")[0].strip()
    return name[:1].upper() + name[1:]


def _place(section):
    known = [name.capitalize() for name in SECTIONS]
    return known.index(section) if section in known else len(known)


def _tally(claims):
    """Say in a sentence how many of the empirical claims the source's data support."""
    counts = Counter(claim["verdict"] for claim in claims)
    empirical = len(claims) - counts["not empirical"]
    return (
        f"Of {counted(empirical, 'empirical claim')} the source's own data support "
        f"{counts['supported']} in full and {counts['partly supported']} in part; they contradict "
        f"{counts['contradicted']} and do not establish {counts['not shown']}. For "
        f"{counts['not testable']} the data that would be needed are not there."
    )


def _groups(claims):
    """List the claims of each verdict: [(verdict, what it means, ids)]."""
    return [
        (verdict, VERDICTS.get(verdict, ""), [c["id"] for c in claims if c["verdict"] == verdict])
        for verdict, _ in verdict_counts(claims)
    ]


def _read(material, claim, evidence, sensitivity):
    """Add to a claim what its card shows beside its columns."""
    turning = sensitivity.turning(claim["id"])
    return {
        **dict.fromkeys(("place", "hedge"), ""),
        **claim,
        "explanation": material.named(claim["explanation"]),
        "figure": _figure(claim),
        "turns_at": short(claim["break_even"]),
        "evidence": linked_tables(evidence, {cell["table"] for cell in material.table("series")}),
        "tried": [
            (short(claim[f"{side}_threshold"]), claim[f"at_{side}_threshold"])
            for side in ("lower", "higher")
            if claim.get(f"{side}_threshold")
        ],
        "turning": turning[:MOST_TURNING],
        "more": len(turning) - MOST_TURNING,
        "origins": _origins(material, claim, evidence),
    }


def _figure(claim):
    """Write the statistic's value, its range where it has one, and its p-value.

    >>> _figure({"value": "0.25", "low": "0.25", "high": "1", "p_value": ""})
    '0.25 (from 0.25 to 1)'
    """
    ends = figure_of(claim["low"]), figure_of(claim["high"])
    has_range = None not in ends and ends[0] != ends[1]
    chance = f", p = {short(claim['p_value'])}" if claim["p_value"] else ""
    return short(claim["value"]) + (f" (from {interval(*ends)})" if has_range else "") + chance


def _origins(material, claim, evidence):
    """Link the section that made the number, and the one in which the claim is read."""
    place, section = claim["notebook"], _section(claim).lower()
    first = TABLE.search(evidence)
    if place and first:  # of a notebook with a run for each table, the run of the table it is about
        name, hash_, heading = place.partition("#")
        run = f"{name}--{first[1]}"
        place = f"{run}{hash_}{heading}" if material.sections.has(run) else place
    places = [place] if place and material.sections.has(place.partition("#")[0]) else []
    places += [f"{LEDGER}#{s}" for s in material.sections.of(LEDGER) if section in s.split("-")]
    return [(named(place), material.sections.url(place)) for place in places]


def linked_tables(evidence, tables):
    """Lead from the tables that a claim's evidence names to where they stand on the pages.

    >>> linked_tables("T3 row 1 <", {"3"})
    Markup('<a href="tables.html#table-3-row-1">Table 3 row 1</a> &lt;')
    """
    parts, end = [], 0
    for found in TABLE.finditer(evidence):
        if found[1] not in {"1", *tables}:
            continue
        row = f"-row-{found[2]}" if found[2] else ""
        link = Markup('<a href="tables.html#table-{}{}">{}</a>')
        parts += [
            _in_full(evidence[end : found.start()]),
            link.format(found[1], row, _in_full(found[0])),
        ]
        end = found.end()
    return Markup("").join([*parts, _in_full(evidence[end:])])


def _in_full(text):
    for pattern, words in ABBREVIATIONS:
        text = pattern.sub(words, text)
    return text
