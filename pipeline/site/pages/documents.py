"""The pages that stand in `docs/`: methods and guides, with their links led to other pages."""

import re
from pathlib import Path

from pipeline.site.links import page_of
from pipeline.site.pages.reference import reference_of

METHODS = Path("docs/methods.md")
BESIDE = (Path("docs/critical-values.md"),)  # pages that methods lead to
GUIDES = Path("docs/guides")
FIRST = "README"  # of the guides: lists the others
TITLES = {METHODS.stem: "Methods", f"{GUIDES.name}/index": "Guides"}
LINK = re.compile(r"\[([^\]]+)\]\((?:\.\./)+([^)#]+)\)")  # to a file elsewhere in the project


def write_documents(folder, pages):
    """Write the pages' sources; `pages` names the pages that they may lead to."""
    words = docs_page(METHODS.read_text(encoding="utf-8"), pages) + _menu(p.stem for p in BESIDE)
    (folder / METHODS.name).write_text(words, encoding="utf-8")
    for path in BESIDE:
        words = docs_page(path.read_text(encoding="utf-8"), pages)
        (folder / path.name).write_text(words, encoding="utf-8")
    guides = sorted(GUIDES.glob("*.md"))
    (folder / GUIDES.name).mkdir(parents=True, exist_ok=True)
    for path in guides:
        words = docs_page(path.read_text(encoding="utf-8"), pages, up="../")
        if path.stem == FIRST:
            others = re.findall(r"\]\(([\w-]+)\.md\)", words)
            words += _menu(others)
        name = "index.md" if path.stem == FIRST else path.name
        (folder / GUIDES.name / name).write_text(words, encoding="utf-8")


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
        suffix = path.suffix if path.suffix == ".ipynb" else ".md"
        return f"[{word}]({up}{page}{suffix})" if page in pages else word

    return LINK.sub(linked, text)
