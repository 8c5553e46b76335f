"""The pages that lead to others: the notebooks, and the cases by grade and by region."""

from pipeline.build.graph import entries
from pipeline.site.links import CASE, page_of
from pipeline.site.page import Page
from pipeline.site.pages.notebooks import question_of
from pipeline.site.text import fill


def notebooks_page(material):
    """List the executed notebooks with the question that each answers."""
    runs = [path for path in material.notebooks if not path.stem.startswith(CASE)]
    entries = [
        {"word": menu_word(path.stem), "page": page_of(path.stem), "question": _question(path)}
        for path in runs
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
    grades = [*reversed(material.about["grades"])]
    by_grade = {grade: [c for c in clusters if c["grade"] == grade] for grade in grades}
    by_region = {
        region: [c for c in clusters if c["region"] == region]
        for region in sorted({c["region"] for c in clusters})
    }
    sections = [
        ("By grade", fill("cases.html", groups=by_grade, scores=scores, other="region")),
        ("By region", fill("cases.html", groups=by_region, scores=scores, other="grade")),
    ]
    children = [("", f"cases/{row['cluster']}") for row in clusters]
    indicators = bool(material.table("series"))
    body = fill("cases_head.html", count=len(clusters), scored=bool(scores), indicators=indicators)
    return Page("cases", "Cases", body, sections, children)


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


def _question(path):
    return question_of(path.read_text(encoding="utf-8"))
