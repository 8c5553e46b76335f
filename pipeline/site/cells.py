"""HTML of a notebook's code cells: the code in a fold and, below it, what the cell showed."""

import base64
from functools import cache
from hashlib import sha256

from markupsafe import Markup
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer

from pipeline.site.page import PICTURES
from pipeline.site.text import fill

SUFFIXES = {"image/png": "png", "image/jpeg": "jpg", "image/gif": "gif", "image/svg+xml": "svg"}
LEXER, FORMATTER = PythonLexer(stripnl=False), HtmlFormatter(nowrap=True)


def cell_html(sources, outputs, alt, pictures):
    """Write a code cell with its outputs; nothing is executed or fetched.

    Parameters
    ----------
    sources : pieces of code, the cell's own last
    outputs : its outputs, as in the notebook's file; of several forms of one, HTML comes first
    alt : what a picture of it shows, in words
    pictures : where its pictures are added, {name of a file: bytes}
    """
    code = "\n\n".join(map(highlighted, sources))
    shown = [_shown(output, alt, pictures) for output in _merged(outputs)]
    return fill("cell.html", code=Markup(code), shown=[s for s in shown if s])


@cache
def highlighted(source):
    """Mark the parts of Python code: once where many notebooks hold the same cell.

    >>> highlighted("1")
    '<span class="mi">1</span>'
    """
    return highlight(source, LEXER, FORMATTER).rstrip()


def _merged(outputs):
    """Join what was printed in several pieces, one kind of stream after another."""
    printed = {}
    for output in outputs:
        if output["output_type"] == "stream":
            printed.setdefault(output["name"], []).append("".join(output["text"]))
    streams = [{"printed": "".join(pieces)} for pieces in printed.values()]
    return streams + [output for output in outputs if output["output_type"] != "stream"]


def _shown(output, alt, pictures):
    """Give one output as what its template shows; nothing where it has no form that a page has."""
    data = output.get("data", {})
    if "text/html" in data:
        return {"html": Markup("".join(data["text/html"]))}
    for kind, suffix in SUFFIXES.items():
        if kind in data:
            content = _bytes("".join(data[kind]), kind)
            name = f"{sha256(content).hexdigest()}.{suffix}"
            pictures[name] = content
            return {"picture": f"../{PICTURES}/{name}", "alt": alt}
    words = _uncoloured(output.get("printed") or "".join(data.get("text/plain", "")))
    return {"text": words} if words else None


def _uncoloured(words):
    """Take out the codes by which a terminal colours what is printed: a page would show them."""
    if "\x1b" not in words:
        return words
    from nbconvert.filters.ansi import strip_ansi  # slow to import: only where needed

    return strip_ansi(words)


def _bytes(text, kind):
    return text.encode() if kind.endswith("xml") else base64.b64decode(text)
