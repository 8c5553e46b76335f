"""The texts of all pages, for the excerpts below the hits of a search.

Sphinx would fetch each page that was found, which a browser forbids for local files.
"""

import json
import re
from html import unescape

MOST = 300_000  # characters of all texts together
LONGEST = 3000  # characters of one page
LEFT_OUT = re.compile(r"<(script|style|details|math)\b.*?</\1>|<[^>]+>|\s+", re.DOTALL)


def write_excerpts(output):
    """Write `_static/excerpts.js`: the beginning of the text of every page in a folder."""
    pages = sorted(path for path in output.rglob("*.html") if "_static" not in path.parts)
    most = min(LONGEST, MOST // max(1, len(pages)))
    texts = {
        path.relative_to(output).with_suffix("").as_posix(): page_text(
            path.read_text(encoding="utf-8")
        )[:most]
        for path in pages
    }
    script = f"window.pageTexts = {json.dumps(texts, ensure_ascii=False)};\n"
    (output / "_static" / "excerpts.js").write_text(script, encoding="utf-8")


def page_text(page):
    """Take the text of the article out of a page.

    >>> page_text('<nav>x</nav><article class="bd-article"><p>Why &amp; <b>how</b></p></article>')
    'Why & how'
    """
    _, _, article = page.partition('<article class="bd-article"')
    text = LEFT_OUT.sub(" ", article.partition(">")[2].partition("</article>\n")[0])
    return " ".join(unescape(text).replace("#", " ").split())
