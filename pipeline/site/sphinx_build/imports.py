"""What Sphinx imports for these pages, imported before it is told what to do."""

import contextlib
from importlib import import_module

# what Sphinx would import by itself as it starts, and with the first page
EARLY = (
    "sphinx.application",
    "sphinx.builders.html",
    "sphinx.domains.cpp",
    "sphinx.ext.doctest",
    "sphinx.search.en",
    "myst_parser.sphinx_ext.main",
    "pydata_sphinx_theme",
    "pygments.lexers.python",
    "pipeline.site.sphinx_build.extension",
)


def import_early():
    """Import what will be needed; what cannot be imported, Sphinx itself will report."""
    for module in EARLY:
        with contextlib.suppress(ImportError):
            import_module(module)
