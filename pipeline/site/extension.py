"""What Sphinx has no option for: maths that needs no script, and large studies in less time."""

from functools import cache

from docutils import nodes
from docutils.utils.math.latex2mathml import tex2mathml
from sphinx.highlighting import PygmentsBridge
from sphinx.search.en import SearchEnglish

MOST_IN_MENU = 40


class Search(SearchEnglish):
    """English search that looks up each word's stem once: cases share most of their words."""

    def __init__(self, options):
        """Keep the stems found so far."""
        super().__init__(options)
        self.stem = cache(super().stem)


def drop_long_menu(app):
    """Where there are many cases, no page carries a menu of them all: the list has its own page."""
    cases = [f"cases/{path.stem}" for path in (app.srcdir / "cases").glob("*.ipynb")]
    if len(cases) > MOST_IN_MENU:
        app.config.html_sidebars |= {page: [] for page in ["cases", *cases]}


def inline_math(self, node):
    """Write a formula in a line as MathML."""
    self.body.append(tex2mathml(node.astext()))
    raise nodes.SkipNode


def block_math(self, node):
    """Write a formula of its own as MathML; a wide one scrolls in its own box."""
    formula = tex2mathml(node.astext(), as_block=True)
    self.body.append(f'<div class="wide math">{formula}</div>\n')
    raise nodes.SkipNode


def setup(app):
    """Tell Sphinx."""
    app.add_html_math_renderer("mathml", (inline_math, None), (block_math, None))
    app.add_search_language(Search)
    app.connect("builder-inited", drop_long_menu)
    PygmentsBridge.highlight_block = _once(PygmentsBridge.highlight_block)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def _once(highlight):
    """Colour a piece of code once: every case shows the same cells."""
    known = {}

    def highlight_block(self, source, lang, opts=None, force=False, location=None, **more):
        key = (self.dest, source, lang, repr(opts), force, repr(sorted(more.items())))
        if key not in known:
            known[key] = highlight(self, source, lang, opts, force, location, **more)
        return known[key]

    return highlight_block
