"""The page of the source's own contradictions, and of what a single changed cell would move."""

from pipeline.site.page import Page
from pipeline.site.pages.menus import named
from pipeline.site.sensitivity import Sensitivity
from pipeline.site.text import fill

DELIVERED = "delivered"  # how the kinds begin that are no contradiction
MOST_CELLS = 60
# headings of the points that stand apart from their kind, by how much they weigh
HEADINGS = {"matters most": "what matters most", "minor": "minor points"}


def audit_page(material):
    """Build the page; None where the study has no audit."""
    findings = material.result("audit.csv")
    if not findings:
        return None
    kinds = {}
    for finding in findings:
        place = finding["notebook"]
        is_made = place and material.sections.has(place.partition("#")[0])
        url = material.sections.url(place) if is_made else ""
        made = {"url": url, "made": named(place)} if url else {"url": ""}
        said = {key: material.named(finding[key]) for key in ("computed", "explanation")}
        words = fill("finding.html", finding={**finding, **said, **made})
        kinds.setdefault(HEADINGS.get(finding.get("weight"), finding["kind"]), []).append(words)
    delivered = sum(finding["kind"].startswith(DELIVERED) for finding in findings)
    body = fill("audit_head.html", at_odds=len(findings) - delivered, delivered=delivered)
    sections = [(kind[:1].upper() + kind[1:], "\n".join(parts)) for kind, parts in kinds.items()]
    return Page("audit", "Audit", body, sections + _moves(Sensitivity(material).cells))


def _moves(cells):
    """The section on single cells; none where none was changed."""
    if not cells:
        return []
    effective = [cell for cell in cells if cell["turned"] or cell["shifted"]]
    words = fill(
        "moves.html", cells=effective[:MOST_CELLS], moving=len(effective), total=len(cells)
    )
    return [("What a single changed cell would move", words)]
