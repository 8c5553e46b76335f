"""The pages that lead to others: the notebooks, and the cases by grade and by region."""

from pipeline.build.entries import entries
from pipeline.site.links import CASE, page_of
from pipeline.site.page import Page
from pipeline.site.text import fill


def notebooks_page(material):
    """List the executed notebooks with the question that each answers."""
    entries = [
        {"word": menu_word(run), "page": page_of(run), "question": outline.question}
        for run, outline in material.outlines.items()
        if not run.startswith(CASE)
    ]
    children = [(entry["word"], entry["page"]) for entry in entries]
    return Page("notebooks", "Notebooks", fill("notebooks.html", entries=entries), [], children)


def cases_page(material):
    """List the clusters by grade, best first, and by region."""
    with_page = {path.stem.removeprefix(CASE) for path in material.notebooks}
    clusters = [row for row in material.clusters if row["cluster"] in with_page]
    if not clusters:
        return None
    scores = {row["cluster"]: row for row in material.result("composite.csv")}
    grades, (noun, nouns) = [*reversed(material.about["grades"])], material.nouns
    sections = [
        (f"By {word}", _cases(group, scores, noun, word, "region" if word == "grade" else "grade"))
        for word, group in _groups(clusters, grades).items()
        if group
    ]
    children = [("", f"cases/{row['cluster']}") for row in clusters]
    body = fill(
        "cases_head.html",
        count=len(clusters),
        noun=noun,
        scored=bool(scores),
        graded=bool(grades),
        indicators=bool(material.table("series")),
    )
    if not sections:
        body += _cases({"": clusters}, scores, noun, "", "")
    title = "Cases" if material.places.is_default else nouns[:1].upper() + nouns[1:]
    return Page("cases", title, body, sections, children)


def _groups(clusters, grades):
    """Group the clusters by grade and by region; no groups where there is one region alone."""
    regions = sorted({c["region"] for c in clusters if c["region"]})
    by_grade = {grade: [c for c in clusters if c["grade"] == grade] for grade in grades}
    by_region = {region: [c for c in clusters if c["region"] == region] for region in regions}
    by_region |= {"": rest} if regions and (rest := _without(clusters, "region")) else {}
    return {"grade": by_grade, "region": by_region if len(regions) > 1 else {}}


def _without(clusters, column):
    return [cluster for cluster in clusters if not cluster[column]]


def _cases(groups, scores, noun, word, other):
    """A table of pages; a column is there where any row has a word in it."""
    rows = [row for group in groups.values() for row in group]
    other = other if other and any(row[other] for row in rows) else ""
    return fill("cases.html", groups=groups, scores=scores, noun=noun, word=word, other=other)


def menu_word(run):
    """Name a run in a menu.

    >>> menu_word("03-comparison"), menu_word("02-quantitative-indicators--3")
    ('03 Comparison', '02 Quantitative indicators: table 3')
    """
    each = {entry["notebook"]: entry["each"] for entry in entries("run") if "each" in entry}
    name, _, value = run.partition("--")
    number, _, words = name.partition("-")
    if not number.isdigit():
        number, words = "", name
    words = words.replace("-", " ").capitalize()
    words = f"{number} {words}".strip()
    return f"{words}: {each[name]['parameter']} {value}" if value else words


def named(place):
    """Name a section of a notebook as a person would.

    >>> named("03-comparison#classes-of-activity"), named("08-claims")
    ('03 Comparison, classes of activity', '08 Claims')
    """
    run, _, section = place.partition("#")
    return f"{menu_word(run)}, {section.replace('-', ' ')}" if section else menu_word(run)
