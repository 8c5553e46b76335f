"""Which page, and which place on it, belongs to a notebook and its sections."""

import re

from docutils.nodes import make_id

from pipeline.errors import StudyError

CASE = "case-study--"


class DeadLinkError(StudyError):
    """A place that no page has."""


def page_of(run):
    """Name the page of one executed notebook.

    >>> page_of("03-comparison"), page_of("case-study--penza-it")
    ('notebooks/03-comparison', 'cases/penza-it')
    """
    return f"cases/{run.removeprefix(CASE)}" if run.startswith(CASE) else f"notebooks/{run}"


class Sections:
    """The sections of every executed notebook, and the address of each."""

    def __init__(self, outlines, is_fitted=False):
        """Keep the headings of executed notebooks, {run: Outline}.

        `is_fitted`: they leave out the sections that the study has nothing for.
        """
        self._is_fitted = is_fitted
        self._runs = {run: _anchors(outline.headings) for run, outline in outlines.items()}

    def url(self, place):
        """Give the address, from the front page, of `NOTEBOOK` or `NOTEBOOK#section`.

        A notebook with several runs and none of its own name stands for the first of them. The
        section is its heading in small letters with hyphens. Of a section that a fitted notebook
        leaves out, the address is that of its page.

        Raises DeadLinkError where there is no such notebook or section.
        """
        name, _, section = place.partition("#")
        run = next((r for r in self._runs if r == name or r.startswith(f"{name}--")), None)
        if run is None:
            raise DeadLinkError(f"{place}: no notebook {name}; there are {', '.join(self._runs)}")
        if not section or (self._is_fitted and section.lower() not in self._runs[run]):
            return f"{page_of(run)}.html"
        anchor = self._runs[run].get(section.lower())
        if anchor is None:
            known = ", ".join(dict.fromkeys(self._runs[run].values()))
            raise DeadLinkError(f"{place}: notebook {run} has no such section; it has {known}")
        return f"{page_of(run)}.html#{anchor}"

    def of(self, run):
        """List the anchors of one run's sections; none where it was not run."""
        return list(dict.fromkeys(self._runs.get(run, {}).values()))

    def has(self, name):
        """Tell whether a notebook was run."""
        return any(run == name or run.startswith(f"{name}--") for run in self._runs)


def _anchors(headings):
    """Every spelling of a section's name, with the anchor that its heading has on the page."""
    return {
        spelling: make_id(heading)
        for heading in headings
        for spelling in (make_id(heading), _hyphened(heading))
    }


def _hyphened(heading):
    """Write a heading as JupyterLab and code hosts do in an address."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")
