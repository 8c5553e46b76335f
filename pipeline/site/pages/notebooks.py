"""Turn an executed notebook into a page: its title, words for its pictures, its prose made safe."""

import json
import re

from analysis.tidy.wording import escaped
from pipeline.site.cells import cell_html
from pipeline.site.text import markdown_html, markdown_text, raw_html

FIGURE = re.compile(r"<Figure size .*>")  # how a picture that says nothing of itself calls itself
CLAIM = re.compile(r"\b(F\d+)\b")
CLAIM_CELL = re.compile(r">(F\d+)</t(?=[hd]>)")  # alone in a cell of a table
LINK = re.compile(r"\]\(([\w-]+)\.ipynb(#[^)\s]*)?\)")  # to another notebook


def notebook_page(text, *, title="", kicker="", hide="", sections=None, claims=()):
    """Prepare an executed notebook for its page.

    Parameters
    ----------
    text : the notebook as JSON; it is never executed again
    title : what heads the page instead of the notebook's own question
    kicker : HTML of a line below the title
    hide : a folder of this machine, left out wherever the notebook names it
    sections : Sections, where computed prose links to other notebooks
    claims : ids of the claims that have a place on the page of claims

    Returns the page as Markdown, and its pictures: {name of a file: bytes}. Markdown that was
    computed from data becomes HTML with every raw tag escaped; every picture gets an alternative
    text.
    """
    text = text.replace(f"{hide}/", "").replace(hide, ".") if hide else text
    (_, [first]), *rest = _joined(json.loads(text)["cells"])
    head = _retitled(first, title, kicker)
    parts, pictures, section = [_claims_linked(CLAIM, head, claims)], {}, _last_heading(head)
    for cell, sources in rest:
        if cell["cell_type"] == "markdown":
            section = _last_heading(sources[0]) or section
            parts += sources
            continue
        outputs = [_safe(output, title, sections, claims) for output in cell["outputs"]]
        parts.append(
            raw_html(cell_html(sources, outputs, _alternative(outputs, section), pictures))
        )
    return "\n\n".join(parts) + "\n", pictures


def _joined(cells):
    """Put code that shows nothing with the code below it: one fold instead of a row of them.

    Returns (cell, the sources that stand in it) of each.
    """
    joined = []
    for cell in cells:
        sources = ["".join(cell["source"])]
        if joined and cell["cell_type"] == "code":
            before, above = joined[-1]
            if before["cell_type"] == "code" and not before["outputs"]:
                sources = [*above, *sources]
                joined.pop()
        joined.append((cell, sources))
    return joined


def _safe(output, title, sections, claims):
    """Turn computed Markdown into HTML; lead from ids of claims in tables to the claims."""
    data = output.get("data", {})
    if "text/markdown" in data:
        prose = _below_title("".join(data["text/markdown"]), title)
        html = {"text/html": markdown_html(_linked(prose, sections))} if prose.strip() else {}
        return {**output, "data": html}
    if "text/html" in data:
        table = _claims_linked(CLAIM_CELL, "".join(data["text/html"]), claims)
        return {**output, "data": {**data, "text/html": table}}
    return output


def _below_title(prose, title):
    """Take off the heading that is the title of the page once more."""
    first, _, rest = prose.partition("\n")
    return rest if title and first in (f"## {title}", f"## {escaped(title)}") else prose


def _claims_linked(pattern, text, claims):
    """Lead from the ids of claims to the claims."""

    def link(found):
        name = found[1]
        known = f'<a href="../claims.html#claim-{name}">{name}</a>'
        return found[0].replace(name, known) if name in claims else found[0]

    return pattern.sub(link, text)


def _linked(prose, sections):
    """Turn links to notebooks into links to their pages; every notebook's page is in a folder."""
    return LINK.sub(lambda link: f"](../{sections.url(link[1] + (link[2] or ''))})", prose)


def _alternative(outputs, section):
    """Say what a picture shows: the text it came with, else the section it stands in."""
    for output in outputs:
        data = output.get("data", {})
        words = " ".join("".join(data.get("text/plain", "")).split())
        if "image/png" in data and words and not FIGURE.fullmatch(words):
            return words
    return f"Picture: {section}" if section else "Picture"


def _last_heading(source):
    found = re.findall(r"^#+ (.+)$", source, re.MULTILINE)
    return found[-1].strip() if found else ""


def _retitled(source, title, kicker):
    if not title:
        return source
    rest = source.partition("\n")[2]
    below = f'\n\n<p class="kicker">{kicker}</p>\n' if kicker else "\n"
    return f"# {markdown_text(title)}{below}{rest}"
