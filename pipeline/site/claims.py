"""The pages of the claims and of the audit: each finding with its rule, its source and its way."""

from collections import Counter

from pipeline.site.page import Page
from pipeline.site.text import fill

VERDICTS = (
    "supported", "partly supported", "contradicted", "not shown", "not testable", "not empirical",
)  # fmt: skip
NUMBERS = {
    "value": "value",
    "low": "low end",
    "high": "high end",
    "p_value": "p-value",
    "at_half_threshold": "at half the threshold",
    "at_double_threshold": "at twice the threshold",
    "break_even": "verdict turns at",
}
MOST_ROWS = 200


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
    sections = {}
    for claim in claims:
        words = fill("claim.html", claim=_read(material, claim, evidence.get(claim["id"], "")))
        sections.setdefault(claim["section"], []).append(words)
    body = fill("claims_head.html", counts=verdict_counts(claims), total=len(claims))
    parts = [(name[:1].upper() + name[1:], "\n".join(parts)) for name, parts in sections.items()]
    return Page("claims", "Claims", body, parts)


def audit_page(material):
    """Build the page of the source's own contradictions; None where the study has no audit."""
    findings = material.result("audit.csv")
    if not findings:
        return None
    for finding in findings:
        finding["url"] = material.sections.url(finding["notebook"]) if finding["notebook"] else ""
    kinds = {}
    for finding in findings:
        kinds.setdefault(finding["kind"], []).append(fill("finding.html", finding=finding))
    body = fill("audit_head.html", total=len(findings))
    sections = [(kind[:1].upper() + kind[1:], "\n".join(parts)) for kind, parts in kinds.items()]
    moves = material.result("sensitivity.csv")
    if moves:
        words = fill("moves.html", moves=moves[:MOST_ROWS], more=len(moves) - MOST_ROWS)
        sections.append(("What a single changed cell would move", words))
    return Page("audit", "Audit", body, sections)


def _read(material, claim, evidence):
    """Add to a claim what its card shows beside its columns."""
    numbers = [(words, claim[name]) for name, words in NUMBERS.items() if claim.get(name)]
    place = claim["notebook"]
    return {
        **claim,
        "numbers": numbers,
        "evidence": evidence,
        "url": material.sections.url(place) if place else "",
        "mark": claim["verdict"].replace(" ", "-"),
    }
