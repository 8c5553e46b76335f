"""The front page: the question, the answer with its numbers, what matters most, the way on."""

from analysis.tidy.standing import MEASURED
from article.claims import KEY_CLAIMS
from pipeline.site.page import Page
from pipeline.site.pages import answers
from pipeline.site.pages.claims import verdict_counts
from pipeline.site.text import fill, first_sentences

PICTURE = "figures/evidence-score.svg"
SCORES = "06-innovation-potential#the-answer"
REASON = 190  # characters of the reason behind a verdict


def front_page(material, menu):
    """Build the front page; `menu` lists the other pages: [(word, page, what it is)]."""
    own = "front_of_article.html" if material.places.is_default else "front.html"
    body = fill(
        own,
        facts=_facts(material),
        claims=_claims(material),
        scores=_scores(material),
        menu=menu,
        title=_title(material),
    )
    children = [(word, page) for word, page, _ in menu]
    return Page("index", _title(material), body, [], children, _description(material))


def _title(material):
    return material.about["title"]


def _description(material):
    return f"{_title(material)}: {answers.about(material)}"


def _facts(material):
    """What the first screen says, each number from a file of results."""
    verified = material.result("verification.csv")
    values = material.values
    return {
        "about": answers.about(material),
        "leading": answers.leading(material),
        "subjects": list(answers.subjects(material)),
        "standing": list(answers.standing(material)),
        "scored": answers.what_is_scored(material),
        "moving": answers.moving(material),
        "movements": list(answers.movements(material)),
        "unsayable": list(answers.unsayable(material)),
        "clusters": len(material.clusters),
        "noun": material.nouns[0],
        "nouns": material.nouns[1],
        "graded": bool(material.about["grades"]),
        "indicators": len({cell["indicator"] for cell in values}),
        "reproduced": sum(row["status"] == "equal" for row in verified),
        "published": len(verified),
        "measured": len({row["cluster"] for row in values}),
        "values": len(values),
        "outcomes": len(values) - answers.unmeasured(material),
        "targets": sum(row["standing"] == "target" for row in values),
        "cells": _cells(material),
        "verdicts": verdict_counts(material.result("claims.csv")),
    }


def _cells(material):
    """Count the cells of cluster and quantitative criterion, and those with a measured value."""
    criteria = {r["criterion"] for r in material.table("criteria") if r["kind"] == "quantitative"}
    measured = {
        (row["cluster"], row["criterion"])
        for row in material.values
        if row["standing"] in MEASURED and row.get("criterion") in criteria
    }
    return {"all": len(criteria) * len(material.clusters), "measured": len(measured)}


def _claims(material):
    """The claims that matter most, with verdict and the beginning of the reason."""
    rows = {row["id"]: row for row in material.result("claims.csv")}
    return [
        {**rows[key], "reason": material.named(first_sentences(rows[key]["explanation"], REASON))}
        for key in KEY_CLAIMS
        if key in rows
    ]


def _scores(material):
    """The rows of the picture, and where it was made; None without any score."""
    rows = answers.scores_of(material)
    if not rows:
        return None
    made = material.sections.url(SCORES) if material.sections.has(SCORES.split("#")[0]) else ""
    return {
        "rows": rows,
        "of": len(material.result("composite.csv") or rows),
        "graded": any(row["grade"] for row in rows),
        "linked": material.sections.has("case-study"),
        "made": made,
        "data": f"files/{PICTURE.removesuffix('.svg')}.csv" if material.has(PICTURE) else "",
    }
