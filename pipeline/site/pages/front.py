"""The front page: what the study asks, the numbers that matter, the picture that tells most."""

from pipeline.site.page import Page
from pipeline.site.pages.claims import verdict_counts
from pipeline.site.text import fill

PICTURE = "figures/evidence-score.svg"
SCORES = "06-innovation-potential#the-answer"


def front_page(material, menu):
    """Build the front page; `menu` lists the other pages: [(word, page, what it is)]."""
    own = "front_of_article.html" if material.places.is_default else "front.html"
    facts = _facts(material)
    body = fill(own, facts=facts, picture=_picture(material), menu=menu, title=_title(material))
    children = [(word, page) for word, page, _ in menu]
    return Page("index", _title(material), body, [], children)


def _title(material):
    return material.about["title"]


def _facts(material):
    """The numbers of the front page, each from a file of results."""
    verified = material.result("verification.csv")
    values = [cell for cell in material.table("series") if cell["value"]]
    scores = material.result("composite.csv")
    return {
        "clusters": len(material.clusters),
        "reproduced": sum(row["status"] == "equal" for row in verified),
        "published": len(verified),
        "measured": len({cell["cluster"] for cell in values}),
        "values": len(values),
        "outcomes": sum(cell["standing"] in ("outcome", "base") for cell in values),
        "targets": sum(cell["standing"] == "target" for cell in values),
        "ranked": sum(row["rank_best"] == row["rank_worst"] for row in scores),
        "scored": len(scores),
        "verdicts": verdict_counts(material.result("claims.csv")),
    }


def _picture(material):
    """Address and alternative text of the picture; None where the study has none."""
    if not material.has(PICTURE):
        return None
    names = {row["cluster"]: row["name"] for row in material.clusters}
    scores = material.result("composite.csv")
    scores.sort(key=lambda row: (-float(row["score_low"]), -float(row["score_high"])))
    return {
        "url": f"files/{PICTURE}",
        "data": f"files/{PICTURE.removesuffix('.svg')}.csv",
        "made": material.sections.url(SCORES)
        if material.sections.has(SCORES.split("#")[0])
        else "",
        "scores": [{**row, "name": names[row["cluster"]]} for row in scores],
    }
