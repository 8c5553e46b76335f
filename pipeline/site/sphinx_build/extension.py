"""What Sphinx has no option for: maths that needs no script, a menu that fits, a quick search."""

import json
import logging
import re
from functools import cache

from docutils import nodes
from docutils.utils.math.latex2mathml import tex2mathml
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
    cases = [f"cases/{path.stem}" for path in (app.srcdir / "cases").glob("*.md")]
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
    app.connect("builder-inited", add_words)
    # what is no warning is not shown: it need not be put in words
    logging.getLogger(NAMESPACE).setLevel(logging.WARNING)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
