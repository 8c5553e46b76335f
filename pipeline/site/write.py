"""Write a study's web pages: have their sources gathered and Sphinx run, put them in place."""

import html
import json
import os
import shutil
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from pipeline.build.calls import call_in_process, has_processes
from pipeline.errors import StudyError
from pipeline.outputs.canonical import keep_foreign, list_files, replacing_folder
from pipeline.site.excerpts import finish_pages
from pipeline.site.page import PICTURES
from pipeline.site.sphinx_build.process import build, start

CONFIGURATION = Path(__file__).parent / "sphinx_build"
SOURCES = "pipeline.site.sources:write_sources"
REFERENCE = "pipeline.site.pages.reference:write_reference"
SUPERFLUOUS = (
    "_sources", ".buildinfo", "objects.inv", "webpack-macros.html", "*.map", "*.LICENSE.txt",
    "fa-brands*", "fa-regular*",
)  # fmt: skip
# a language that the machine does not have would stop Sphinx
ENVIRONMENT = {"PYTHONHASHSEED": "0", "SOURCE_DATE_EPOCH": "0", "LC_ALL": "C"}
# one more than there are cores, five at most: the first mostly hands out pages, and waits
PROCESSES = min(os.cpu_count() or 1, 4) + 1
ALONE = 500  # cases beyond which one process makes all pages: each would hold all that were read
SHORT = "Failed to copy"  # Sphinx only warns of a file that it could not write in full


class SiteError(StudyError):
    """Pages that Sphinx did not make."""


def prepare():
    """Let Sphinx import what it will need while other steps are done."""
    start(os.environ | ENVIRONMENT)


def make_site(places, made):
    """Write the pages of a study; say on the screen what Sphinx warned of."""
    warnings = write_site(places, made)
    if warnings.strip():
        print(f"Web pages: {warnings.strip()}", file=sys.stderr)


def write_site(places, made, processes=PROCESSES):
    """Write the pages of a study to `results/site`; what stood there stays until they are whole.

    Files that somebody else put there stay, too.

    Parameters
    ----------
    places : the study's folders
    made : the result files that its build made; pages show these and no others

    Returns what Sphinx warned of, as text. Raises SiteError where it failed.
    """
    with replacing_folder((places.results / "site").absolute()) as work:
        source, output = work / "source", work / "new"
        _write_sources(places, made, source)
        title = None if places.is_default else _title(source)
        is_large = len(list(source.glob("cases/*.md"))) > ALONE
        processes = 1 if is_large else processes
        warnings = _run_sphinx(source, output, work / "doctrees", processes, title)
        _strip(output)
        finish_pages(output)
        for folder in ("files", PICTURES):
            (source / folder).rename(output / folder)
        list_files(output)
        keep_foreign(places.results / "site", output)
    return warnings


def _write_sources(places, made, source):
    """Write what Sphinx reads, in two processes at a time: forked, most imports are done.

    In one process it is done one by one: in Python 3.11.2 two threads that parse code at a time
    end in a SystemError.
    """
    source.mkdir()
    calls = [(REFERENCE, source), (SOURCES, places, made, source)]
    with ThreadPoolExecutor(len(calls) if has_processes() else 1) as pool:
        for done in [pool.submit(call_in_process, *each) for each in calls]:
            done.result()


def _title(source):
    """Give the study's own title, which its pages bear in place of this project's."""
    return json.loads((source / "descriptions.json").read_text(encoding="utf-8"))[""]


def _run_sphinx(source, output, doctrees, processes, title=None):
    """Run Sphinx in a process of its own, which leaves nothing behind in this one."""
    logo = {"text": html.escape(title or "")}  # the theme takes this one as HTML
    named = {"project": title, "html_title": title, "html_theme_options.logo": logo}
    options = {
        "confoverrides": named if title else {},
        "srcdir": str(source),
        "confdir": str(CONFIGURATION),
        "outdir": str(output),
        "doctreedir": str(doctrees),
        "buildername": "html",
        "parallel": processes,
    }
    status, said = build(options, os.environ | ENVIRONMENT)
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
