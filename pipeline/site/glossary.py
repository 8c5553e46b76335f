"""The glossary: its page, and links to it where a term first stands on a page."""

import re
from functools import cache
from html import escape
from pathlib import Path

from pipeline.notebooks.cells import in_words_of
from pipeline.site.page import Page
from pipeline.site.text import fill

SOURCE = Path("docs/glossary.md")
ENTRY = re.compile(r"^- \*\*(.+?)\*\* \((.+?)\): (.+)$", re.MULTILINE)
PROSE = re.compile(r"(<(?:p|li|dd)>)(.*?)(</(?:p|li|dd)>)", re.DOTALL)
ASIDE = re.compile(r"(<(a|code|pre|strong)\b.*?</\2>|<[^>]*>)", re.DOTALL)


@cache
def terms():
    """Return the terms: (term, spellings, what it is), in their order.

    >>> terms()[0][0]
    'component'
    """
    found = ENTRY.findall(SOURCE.read_text(encoding="utf-8"))
    return [(term, spellings.split(", "), words) for term, spellings, words in found]


def glossary_page(nouns):
    """Build the page of all terms; `nouns` is what the study compares, one and many."""
    entries = [(term, _place(term), in_words_of(words, nouns)) for term, _, words in terms()]
    return Page("glossary", "Glossary", fill("glossary.html", entries=sorted(entries)))


def with_terms(page, up):
    """Link each term where it first stands in the prose of a page; `up` leads to the front page.

    >>> with_terms("<article class='bd-article'><p>A target is a target.</p>", "../").count("<a ")
    1
    """
    places = {
        escape(s, quote=False): _place(term) for term, spellings, _ in terms() for s in spellings
    }
    left = dict(places)

    def link(found):
        place = left.get(found[0])
        if place is None:
            return found[0]
        for spelling in [s for s, other in left.items() if other == place]:
            del left[spelling]
        return f'<a class="term" href="{up}glossary.html#{place}">{found[0]}</a>'

    def prose(found):
        if not left:
            return found[0]
        parts = ASIDE.split(found[2])
        # of each split: text, what is left alone, the name of its tag
        parts[::3] = [_any_of(places).sub(link, part) for part in parts[::3]]
        return found[1] + "".join(p for at, p in enumerate(parts) if at % 3 != 2) + found[3]

    head, mark, article = page.partition("bd-article")
    return head + mark + PROSE.sub(prose, article)


_patterns = {}


def _any_of(places):
    """Give the pattern of all spellings, longest first, each as a word."""
    key = tuple(places)
    if key not in _patterns:
        words = "|".join(map(re.escape, sorted(places, key=len, reverse=True)))
        _patterns[key] = re.compile(rf"(?<![\w-])(?:{words})(?![\w-])")
    return _patterns[key]


def _place(term):
    return "term-" + re.sub(r"\W+", "-", term.lower()).strip("-")
