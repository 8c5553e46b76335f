"""What is done to pages when Sphinx is through: names of folds, texts for the hits of a search.

Sphinx would fetch each page that was found, which a browser forbids for local files.
"""

import json
import re
from html import unescape

from pipeline.site.glossary import with_terms

MOST = 300_000  # characters of all texts together
PLAIN = ("glossary", "reference", "codebook", "search", "guides")  # pages without links to terms
MISNAMED = ' aria-label="Toggle hidden content"'  # of a fold that says in words what it is
LONGEST = 3000  # characters of one page
LEFT_OUT = re.compile(r"<(script|style|details|math)\b.*?</\1>|<[^>]+>|\s+", re.DOTALL)


def finish_pages(output):
    """Name folds of code as they are labelled; write the texts of all pages as a script.

    `_static/excerpts.js` holds the beginning of the text of every page in the folder.
    """
    pages = sorted(path for path in output.rglob("*.html") if "_static" not in path.parts)
    most, texts = min(LONGEST, MOST // max(1, len(pages))), {}
    for path in pages:
        name = path.relative_to(output).with_suffix("").as_posix()
        page = path.read_text(encoding="utf-8").replace(MISNAMED, "")
        if not name.startswith(PLAIN):
            page = with_terms(page, "../" * name.count("/"))
        path.write_text(page, encoding="utf-8")
        texts[name] = page_text(page)[:most]
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
