"""The pages that stand in `docs/`: methods and guides, with their links led to other pages."""

import re
from pathlib import Path

from pipeline.notebooks.cells import in_words_of
from pipeline.site.links import page_of
from pipeline.site.pages.reference import reference_of
from pipeline.site.text import markdown_html, raw_html

METHODS = Path("docs/methods.md")
BESIDE = (Path("docs/critical-values.md"),)  # pages that methods lead to
GUIDES = Path("docs/guides")
SECTIONS_OF_ARTICLE = ("## Verdicts",)
OF_ARTICLE = ("add-a-claim",)  # guides on what only the article has
FIRST = "README"  # of the guides: lists the others
TITLES = {METHODS.stem: "Methods", f"{GUIDES.name}/index": "Guides"}
TABLE = re.compile(r"^(?:\|.*\n)+", re.MULTILINE)
LINK = re.compile(r"\[([^\]]+)\]\((?:\.\./)+([^)#]+)\)")  # to a file elsewhere in the project


def write_documents(folder, pages, nouns, is_article):
    """Write the pages' sources.

    Parameters
    ----------
    folder : where to write
    pages : names of the pages that they may lead to
    nouns : what the study compares, in the singular and the plural
    is_article : whether the study is the article's; else guides on the article are left out
    """

    def page(path, up=""):
        text = path.read_text(encoding="utf-8")
        text = text if is_article else without_sections(text)
        return in_words_of(docs_page(text, pages, up), nouns)

    (folder / METHODS.name).write_text(
        page(METHODS) + _menu(p.stem for p in BESIDE), encoding="utf-8"
    )
    for path in BESIDE:
        (folder / path.name).write_text(tables_as_html(page(path)), encoding="utf-8")
    guides = [p for p in sorted(GUIDES.glob("*.md")) if is_article or p.stem not in OF_ARTICLE]
    (folder / GUIDES.name).mkdir(parents=True, exist_ok=True)
    for path in guides:
        words = page(path, up="../")
        if path.stem == FIRST:
            words = "\n".join(line for line in words.split("\n") if is_article or not _leads(line))
            others = re.findall(r"\]\(([\w-]+)\.md\)", words)
            words += _menu(others)
        name = "index.md" if path.stem == FIRST else path.name
        (folder / GUIDES.name / name).write_text(words, encoding="utf-8")


def tables_as_html(text):
    """Set the tables of a document as HTML: Sphinx would take each cell for a paragraph.

    Links in them are not led to other pages.

    >>> '<td style="text-align:right">3</td>' in tables_as_html("| n |\\n| ---: |\\n| 3 |\\n")
    True
    """

    def table(found):
        html = markdown_html(found[0]).replace("<table>", '<table class="table">')
        return raw_html(f'<div class="wide">{html}</div>') + "\n"

    return TABLE.sub(table, text)


def without_sections(text):
    """Leave out the sections of a document that only the article needs.

    >>> without_sections("# Methods\\n## Verdicts\\nOn claims.\\n## Growth\\nOf values.")
    '# Methods\\n## Growth\\nOf values.'
    """
    parts = re.split(r"(?m)^(?=## )", text)
    return "".join(part for part in parts if not part.startswith(SECTIONS_OF_ARTICLE))


def _leads(line):
    """Tell whether a line leads to a guide on the article alone."""
    return any(f"({name}.md)" in line for name in OF_ARTICLE)


def _menu(pages):
    return "\n".join(["", "```{toctree}", ":hidden:", "", *pages, "```", ""])


def docs_page(text, pages, up=""):
    """Turn the links of a document in `docs/` to files of the project into links to their pages.

    `up` leads from the document's page to the front page. A file that has no page among `pages`
    is named without a link.

    >>> docs_page("[a](../analysis/trend/sen.py) [b](../Makefile)", ["reference/analysis.trend"])
    '[a](reference/analysis.trend.md) b'
    """

    def linked(match):
        word, path = match[1], Path(match[2])
        page = page_of(path.stem) if path.suffix == ".ipynb" else reference_of(path)
        return f"[{word}]({up}{page}.md)" if page in pages else word

    return LINK.sub(linked, text)
