"""Turn an executed notebook into a page: its title, words for its pictures, its prose made safe."""

import json
import re

from pipeline.site.text import markdown_html, markdown_text

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

    Returns the page as JSON. Markdown that was computed from data becomes HTML with every raw tag
    escaped; every picture gets an alternative text.
    """
    notebook = json.loads(text)
    notebook["cells"] = _joined(notebook["cells"])
    section = ""
    for cell in notebook["cells"]:
        if cell["cell_type"] == "markdown":
            section = _last_heading(cell) or section
            continue
        _safe_outputs(cell, title, sections, claims)
        words = _alternative(cell, section)
        cell["metadata"]["mystnb"] = {"image": {"alt": words}}
        cell["metadata"]["tags"] = [*cell["metadata"].get("tags", []), "hide-input"]
    if title:
        _retitle(notebook["cells"][0], title, kicker)
    first = notebook["cells"][0]
    first["source"] = _claims_linked(CLAIM, "".join(first["source"]), claims)
    page = json.dumps(notebook, ensure_ascii=False, sort_keys=True)
    return page.replace(f"{hide}/", "").replace(hide, ".") if hide else page


def question_of(text):
    """Return the question that heads a notebook."""
    first = "".join(json.loads(text)["cells"][0]["source"]).splitlines()[0]
    return first.removeprefix("# ").strip()


def answer_of(text, most=155):
    """Return the first sentences that a notebook computed as its answer, as plain text."""
    for cell in json.loads(text)["cells"]:
        for output in cell.get("outputs", []):
            words = "".join(output.get("data", {}).get("text/markdown", ""))
            if words and not words.startswith("#"):
                plain = re.sub(r"[*`\\]|&\w+;", "", " ".join(words.split()))
                return plain if len(plain) <= most else f"{plain[:most].rpartition(' ')[0]} ..."
    return ""


def _joined(cells):
    """Put code that shows nothing with the code below it: one fold instead of a row of them."""
    joined = []
    for cell in cells:
        before = joined[-1] if joined else None
        if before and cell["cell_type"] == before["cell_type"] == "code" and not before["outputs"]:
            cell["source"] = "".join(before["source"]).rstrip() + "\n\n" + "".join(cell["source"])
            joined.pop()
        joined.append(cell)
    return joined


def _safe_outputs(cell, title, sections, claims):
    for output in cell["outputs"]:
        data = output.get("data", {})
        if "text/markdown" in data:
            prose = "".join(data["text/markdown"]).removeprefix(f"## {title}\n")
            output["data"] = {"text/html": markdown_html(_linked(prose, sections))}
        elif "text/html" in data:
            data["text/html"] = _claims_linked(CLAIM_CELL, "".join(data["text/html"]), claims)


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


def _alternative(cell, section):
    """Say what a picture shows: the text it came with, else the section it stands in."""
    for output in cell["outputs"]:
        data = output.get("data", {})
        words = " ".join("".join(data.get("text/plain", "")).split())
        if "image/png" in data and words and not FIGURE.fullmatch(words):
            return words
    return f"Picture: {section}" if section else "Picture"


def _last_heading(cell):
    found = re.findall(r"^#+ (.+)$", "".join(cell["source"]), re.MULTILINE)
    return found[-1].strip() if found else ""


def _retitle(cell, title, kicker):
    rest = "".join(cell["source"]).partition("\n")[2]
    below = f'\n\n<p class="kicker">{kicker}</p>\n' if kicker else "\n"
    cell["source"] = f"# {markdown_text(title)}{below}{rest}"
