"""What Sphinx imports for these pages, imported before it is told what to do."""

import contextlib
from importlib import import_module

# what Sphinx would import by itself as it starts, and with the first page
EARLY = (
    "sphinx.search.en",
    "sphinx.jinja2glue",
    "myst_parser.sphinx_ext.main",
    "myst_parser.parsers.sphinx_",
    "pydata_sphinx_theme",
    "pygments.lexers.python",
    "pipeline.site.sphinx_build.extension",
)


def import_early():
    """Import what will be needed; what cannot be imported, Sphinx itself will report."""
    from sphinx.application import builtin_extensions  # its builders, domains, transforms

    for module in (*builtin_extensions, *EARLY):
        with contextlib.suppress(ImportError):
            import_module(module)
