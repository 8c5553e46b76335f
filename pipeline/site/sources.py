"""Write what Sphinx reads: generated pages, executed notebooks, and files to hand on."""

import json
import shutil

from pipeline.site.glossary import glossary_page
from pipeline.site.links import CASE, page_of
from pipeline.site.material import Material
from pipeline.site.page import PICTURES
from pipeline.site.pages import reference
from pipeline.site.pages.audit import audit_page
from pipeline.site.pages.claims import claims_page
from pipeline.site.pages.codebook import codebook_page
from pipeline.site.pages.documents import TITLES, write_documents
from pipeline.site.pages.footer import footer
from pipeline.site.pages.front import front_page
from pipeline.site.pages.menus import cases_page, menu_word, notebooks_page
from pipeline.site.pages.notebooks import notebook_page
from pipeline.site.pages.tables import sources_of_clusters, tables_page
from pipeline.site.text import fill

LINES = {
    "tables": "the tables as printed, every value with its source",
    "claims": "what the source says, and whether its own data support it",
    "audit": "where the source contradicts itself",
    "methods": "formulas, assumptions, references",
    "notebooks": "the computations, question by question",
    "cases": "one page per cluster, by grade and by region",
    "codebook": "every table and column of the data",
    "glossary": "some terms, in a sentence each",
    "reference": "the Python library behind it",
    "guides/index": "change a parameter, bring your own data, add to it",
}


def write_sources(places, made, folder):
    """Write the sources of a study's pages, which show the result files `made`, to a folder.

    All but those of the library, which `write_reference` writes meanwhile.
    """
    material = Material(places, made)
    pages = [
        tables_page(material),
        claims_page(material),
        audit_page(material),
        notebooks_page(material),
        cases_page(material),
        codebook_page(material),
        glossary_page(material.nouns),
    ]
    pages = {page.name: page for page in pages if page is not None}
    titles = TITLES | {reference.NAME: reference.TITLE}
    titles |= {name: page.title for name, page in pages.items()}
    top = [name for name in LINES if name in titles]
    lines = LINES | _own_lines(material)
    front = front_page(material, [(titles[name], name, lines[name]) for name in top])
    for page in [front, *pages.values()]:
        page.write(folder)
    (folder / "footer.html").write_text(footer(material), encoding="utf-8")
    _describe(material, folder, [front, *pages.values()])
    known = {*pages, *reference.reference_names(), *_run_pages(material)}
    write_documents(folder, known, material.nouns, material.places.is_default)
    _write_notebooks(material, folder)
    _hand_on(material, folder / "files")


def _describe(material, folder, pages):
    """Write a sentence on each page, for whoever finds it by a search: {page: sentence}."""
    said = {page.name: page.description for page in pages}
    said |= {page_of(run): outline.answer for run, outline in material.outlines.items()}
    title = material.about["title"]
    (folder / "descriptions.json").write_text(
        json.dumps({"": title, **{name: text for name, text in said.items() if text}}),
        encoding="utf-8",
    )


def _own_lines(material):
    """What the menu says of pages that a study words by what it has."""
    if material.places.is_default:
        return {}
    groups = [
        ("grade", material.about["grades"]),
        ("region", "region" in material.columns("clusters")),
    ]
    by = " and ".join(f"by {word}" for word, there in groups if there)
    lines = {"cases": f"one page per {material.nouns[0]}" + (f", {by}" if by else "")}
    if not material.is_printed:
        lines["tables"] = "every value, indicator by indicator"
    return lines


def _run_pages(material):
    return [page_of(path.stem) for path in material.notebooks]


def _write_notebooks(material, folder):
    """Write the executed notebooks as sources of pages, and their pictures beside."""
    claims = {claim["id"] for claim in material.result("claims.csv")}
    headings, places = _headings(material), material.places
    hide = places.processed.as_posix() if places.processed.is_absolute() else ""
    (folder / PICTURES).mkdir()
    for path in material.notebooks:
        title, kicker = headings[path.stem]
        words, pictures = notebook_page(
            path.read_text(encoding="utf-8"),
            title=title,
            kicker=kicker,
            hide=hide,
            sections=material.sections,
            claims=claims,
        )
        page = folder / f"{page_of(path.stem)}.md"
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(words, encoding="utf-8")
        for name, content in pictures.items():
            (folder / PICTURES / name).write_bytes(content)


def _headings(material):
    """What heads the page of each run, and the line below: {run: (title, HTML)}."""
    names = {row["cluster"]: row["name"] for row in material.clusters}
    sources, headings = sources_of_clusters(material), {}
    for run, outline in material.outlines.items():
        title, kicker = "", ""
        if run.startswith(CASE):
            cluster = run.removeprefix(CASE)
            title, origins = names[cluster], sources.get(cluster, [])
            kicker = fill("kicker.html", question=outline.question, origins=origins)
        elif "--" in run:
            title = f"{outline.question} ({menu_word(run)})"
        headings[run] = title, kicker
    return headings


def _hand_on(material, folder):
    """Copy the results that pages show or offer: tables, and pictures as svg."""
    results = material.places.results
    for path in sorted(material.made):
        if path.suffix in (".csv", ".svg") or path.parent.name == "tables":
            target = folder / path.relative_to(results)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)
