"""What Sphinx has no option for: maths that needs no script, and large studies in less time."""

import json
import logging
import re
from functools import cache
from types import SimpleNamespace

import sphinx.util.docutils
from docutils import frontend, nodes
from docutils.utils.math.latex2mathml import tex2mathml
from sphinx import builders
from sphinx.highlighting import PygmentsBridge
from sphinx.search.en import SearchEnglish
from sphinx.util.logging import NAMESPACE

MOST_IN_MENU = 40
LETTER = re.compile("[a-z]")


class Search(SearchEnglish):
    """English search that looks up each word's stem once: cases share most of their words."""

    def __init__(self, options):
        """Keep the stems found so far."""
        super().__init__(options)
        self.stem = cache(self.stem)

    def stem(self, word):
        """Find the stem of a word; of a figure, or in another script, it is the word itself."""
        small = word.lower()
        return super().stem(small) if LETTER.search(small) else small


def drop_long_menu(app):
    """Where there are many cases, no page carries a menu of them all: the list has its own page."""
    cases = [f"cases/{path.stem}" for path in (app.srcdir / "cases").glob("*.ipynb")]
    if len(cases) > MOST_IN_MENU:
        app.config.html_sidebars |= {page: [] for page in ["cases", *cases]}


def add_words(app):
    """Read what stands below every page, and a description of each, as they were written."""
    footer, said = app.srcdir / "footer.html", app.srcdir / "descriptions.json"
    words = footer.read_text(encoding="utf-8") if footer.is_file() else ""
    app.config.html_context["study_footer"] = words
    known = json.loads(said.read_text(encoding="utf-8")) if said.is_file() else {}
    app.connect("html-page-context", lambda *page: _describe(known, *page))


def _describe(known, app, page, template, context, tree):
    own = known.get(page) or " - ".join(filter(None, [context.get("title"), known.get("")]))
    context["page_description"] = re.sub(r"<[^>]*>", "", own)


def read_in_large_pieces(app):
    """Have each process read its share at once: behind each piece it sends back all it knows."""
    usual = builders.make_chunks
    app.connect("env-before-read-docs", lambda *_: setattr(builders, "make_chunks", _shares))
    app.connect("env-updated", lambda *_: setattr(builders, "make_chunks", usual))


def _shares(pages, processes):
    return [pages[first::processes] for first in range(processes)]


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
    from myst_nb import sphinx_  # brings a database, unless `leave_out` was called before

    app.add_html_math_renderer("mathml", (inline_math, None), (block_math, None))
    app.add_search_language(Search)
    app.connect("builder-inited", drop_long_menu)
    app.connect("builder-inited", add_words)
    read_in_large_pieces(app)
    PygmentsBridge.highlight_block = _once(PygmentsBridge.highlight_block)
    # where Sphinx and docutils look it up; were it elsewhere, pages would only take longer
    frontend.OptionParser = sphinx.util.docutils.OptionParser = _kept(frontend.OptionParser)
    # beside each page it would write a copy of its notebook, which nobody asks for
    sphinx_.nbformat = SimpleNamespace(writes=lambda notebook: "")
    # what is no warning is not shown: it need not be put in words
    logging.getLogger(NAMESPACE).setLevel(logging.WARNING)
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


def _kept(parser):
    """Make a parser of docutils' options once: each page asks one for the same ninety defaults."""
    known = {}

    def parser_of(components=(), defaults=None, read_config_files=False):
        kinds = [part if isinstance(part, type) else type(part) for part in components]
        key = (*kinds, repr(defaults), read_config_files)
        if key not in known:
            known[key] = parser(components, defaults, read_config_files)
            known[key].defaults.pop("record_dependencies", None)  # a list of each page's own
        return known[key]

    return parser_of
