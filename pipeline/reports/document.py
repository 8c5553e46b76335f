"""What a report says, whatever form it takes, and its form as a web page.

Tables have header rows, pictures alternative texts, notes their marks (`role="doc-noteref"`): what
the other forms are made from.
"""

import base64
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

TEMPLATES = Path(__file__).with_name("templates")
LANGUAGE = "en-GB"


@dataclass(frozen=True)
class Document:
    """What a report says: HTML below the title, with pictures by name and notes by number."""

    title: str
    body: Markup  # sections begin with h2; note k is marked by `mark(k)`
    notes: list = field(default_factory=list)  # HTML of each note
    images: dict = field(default_factory=dict)  # name: (bytes of a PNG, what it shows)
    description: str = ""


def mark(number):
    """Mark the place that note `number`, from 1, is about.

    >>> mark(1)
    Markup('<a href="#note-1" id="mark-1" role="doc-noteref">1</a>')
    """
    return Markup('<a href="#note-{0}" id="mark-{0}" role="doc-noteref">{0}</a>').format(number)


def notes_of(document, *, back=True):
    """List the notes as HTML, with the way `back` to their marks."""
    way = ' <a href="#mark-{0}" role="doc-backlink" aria-label="Back to the text">↩</a>'
    line = f'<li id="note-{{0}}">{{1}}{way * back}</li>'
    numbered = enumerate(document.notes, 1)
    return Markup("\n").join(Markup(line).format(number, Markup(n)) for number, n in numbered)


def as_page(document):
    """Return the document as one web page that needs nothing beside it."""
    body = str(document.body)
    for name, (data, _) in document.images.items():
        inside = f"data:image/png;base64,{base64.b64encode(data).decode()}"
        body = body.replace(f'src="{name}"', f'src="{inside}"')
    notes = notes_of(document)
    said = {"document": document, "body": Markup(body), "language": LANGUAGE, "notes": notes}
    return template("page.html").render(said)


@cache
def template(name):
    """Give a template of this folder, or of the article's; what it is filled with is escaped."""
    environment = Environment(
        loader=FileSystemLoader([TEMPLATES, Path("article")]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template(name)
