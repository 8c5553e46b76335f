"""What Sphinx imports for these pages: what none of them needs, and the rest ahead of time."""

import contextlib
import sys
from importlib import import_module
from types import SimpleNamespace

# myst-nb would import clients for notebooks that it runs, and a database for what came out: here
# it runs none
CLIENTS = {
    "cache": "NotebookClientCache",
    "direct": "NotebookClientDirect",
    "inline": "NotebookClientInline",
}
# jsonschema would check web addresses and dates with them, if it has them; a notebook has none
CHECKS = ("rfc3987_syntax", "rfc3986_validator", "isoduration")
# what Sphinx would import by itself as it starts, and with the first page
EARLY = (
    "sphinx.cmd.build",
    "sphinx.builders.html",
    "sphinx.domains.cpp",
    "sphinx.ext.doctest",
    "sphinx.search.en",
    "myst_nb.sphinx_ext",
    "pydata_sphinx_theme",
    "pygments.lexers.python",
    "IPython.lib.lexers",
    "pipeline.site.sphinx_build.extension",
)


def leave_out():
    """Import nothing that no page needs; a name that is not asked for any more does no harm."""
    for module, client in CLIENTS.items():
        stand_in = SimpleNamespace(**{client: None})
        sys.modules.setdefault(f"myst_nb.core.execute.{module}", stand_in)
    for module in CHECKS:
        sys.modules.setdefault(module, None)


def import_early():
    """Import what will be needed; what cannot be imported, Sphinx itself will report."""
    leave_out()
    for module in EARLY:
        with contextlib.suppress(ImportError):
            import_module(module)
