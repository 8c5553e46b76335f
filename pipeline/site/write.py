"""Write a study's web pages: gather their sources, have Sphinx make them, put them in place."""

import os
import shutil
import sys
from pathlib import Path

from pipeline.canonical import replacing_folder
from pipeline.errors import StudyError
from pipeline.site.audit import audit_page
from pipeline.site.claims import claims_page
from pipeline.site.codebook import codebook_page
from pipeline.site.documents import TITLES, write_documents
from pipeline.site.front import front_page
from pipeline.site.links import CASE, page_of
from pipeline.site.material import Material
from pipeline.site.menus import cases_page, menu_word, notebooks_page
from pipeline.site.notebooks import notebook_page, question_of
from pipeline.site.reference import reference_pages
from pipeline.site.sphinx_process import build
from pipeline.site.tables import sources_of_clusters, tables_page
from pipeline.site.text import fill

HERE = Path(__file__).parent
LINES = {
    "tables": "the tables as printed, every value with its source",
    "claims": "what the source says, and what its own data bear out",
    "audit": "where the source is at odds with itself",
    "methods": "formulas, assumptions, references",
    "notebooks": "the computations, question by question",
    "cases": "one page per cluster, by grade and by region",
    "codebook": "every table and column of the data",
    "reference": "the Python library behind it",
    "guides/index": "change a parameter, bring your own data, add to it",
}
SUPERFLUOUS = (
    "_sources", ".buildinfo", "objects.inv", "webpack-macros.html", "*.map", "*.LICENSE.txt",
    "fa-brands*", "fa-regular*",
)  # fmt: skip
# a language that the machine does not have would stop Sphinx
ENVIRONMENT = {"PYTHONHASHSEED": "0", "SOURCE_DATE_EPOCH": "0", "LC_ALL": "C"}
SHORT = "Failed to copy"  # Sphinx only warns of a file that it could not write in full


class SiteError(StudyError):
    """Pages that Sphinx did not make."""


def make_site(places, made):
    """Write the pages of a study; say on the screen what Sphinx warned of."""
    warnings = write_site(places, made)
    if warnings.strip():
        print(f"Web pages: {warnings.strip()}", file=sys.stderr)


def write_site(places, made, processes=2):
    """Write the pages of a study to `results/site`; what stood there stays until they are whole.

    Parameters
    ----------
    places : the study's folders
    made : the result files that its build made; pages show these and no others

    Returns what Sphinx warned of, as text. Raises SiteError where it failed.
    """
    with replacing_folder((places.results / "site").absolute()) as work:
        source, output = work / "source", work / "new"
        write_sources(Material(places, made), source)
        warnings = _run_sphinx(source, output, work / "doctrees", processes)
        _strip(output)
        shutil.copytree(source / "files", output / "files")
    return warnings


def write_sources(material, folder):
    """Write what Sphinx reads: generated pages, executed notebooks, and files to hand on."""
    pages = [
        tables_page(material),
        claims_page(material),
        audit_page(material),
        notebooks_page(material),
        cases_page(material),
        codebook_page(material),
        *reference_pages(),
    ]
    pages = {page.name: page for page in pages if page is not None}
    top = [name for name in LINES if name in pages or name in TITLES]
    titles = TITLES | {name: page.title for name, page in pages.items()}
    front = front_page(material, [(titles[name], name, LINES[name]) for name in top])
    for page in [front, *pages.values()]:
        page.write(folder)
    write_documents(folder, {*pages, *_run_pages(material)})
    _write_notebooks(material, folder)
    _hand_on(material, folder / "files")


def _run_pages(material):
    return [page_of(path.stem) for path in material.notebooks]


def _write_notebooks(material, folder):
    names = {row["cluster"]: row["name"] for row in material.clusters}
    claims = {claim["id"] for claim in material.result("claims.csv")}
    sources, places = sources_of_clusters(material), material.places
    hide = places.processed.as_posix() if places.processed.is_absolute() else ""
    for path in material.notebooks:
        text, run = path.read_text(encoding="utf-8"), path.stem
        title, kicker = "", ""
        if run.startswith(CASE):
            cluster = run.removeprefix(CASE)
            origins = sources.get(cluster, [])
            title = names[cluster]
            kicker = fill("kicker.html", question=question_of(text), origins=origins)
        elif "--" in run:
            title = f"{question_of(text)} ({menu_word(run)})"
        page = folder / f"{page_of(run)}.ipynb"
        page.parent.mkdir(parents=True, exist_ok=True)
        words = notebook_page(
            text,
            title=title,
            kicker=kicker,
            hide=hide,
            sections=material.sections,
            claims=claims,
            own=not places.is_default,
        )
        page.write_text(words, encoding="utf-8")


def _hand_on(material, folder):
    """Copy the results that pages show or offer: tables, and pictures as svg."""
    results = material.places.results
    for path in sorted(material.made):
        if path.suffix in (".csv", ".svg") or path.parent.name == "tables":
            target = folder / path.relative_to(results)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)


def _run_sphinx(source, output, doctrees, processes):
    """Run Sphinx in a process of its own, which leaves nothing behind in this one."""
    options = ["-q", "-b", "html", "-j", str(processes), "-c", str(HERE), "-d", str(doctrees)]
    status, said = build([*options, str(source), str(output)], os.environ | ENVIRONMENT)
    said = said.replace(f"{source}{os.sep}", "").strip()
    if status < 0 and not said:
        said = "the process was ended from outside, or for want of memory"
    if status or SHORT in said:
        raise SiteError(f"The web pages could not be made:\n{said}")
    return said


def _strip(output):
    """Remove what Sphinx keeps for itself and what no page loads."""
    for pattern in SUPERFLUOUS:
        for path in sorted(output.rglob(pattern)):
            shutil.rmtree(path) if path.is_dir() else path.unlink()
