"""A report as PDF/UA-1: tagged, with a title, a language and words for every picture."""

import re
import tempfile
from itertools import pairwise
from pathlib import Path

from pipeline.reports.document import TEMPLATES
from pipeline.reports.pandoc import EPOCH, ReportError, converted

IMAGE = re.compile(r'image\("([^"]+)"')
UNSEEN = "could not be displayed"  # what typst says of a character that no font has
STANDARD = "ua-1"


def as_pdf(document):
    """Return the document as the bytes of a PDF.

    In the fonts that come with typst, so that the machine's do not matter; for characters that
    these lack, in the machine's; for those that none has, without the standard, which wants all
    characters shown: that is said on the screen. Raises ReportError where typst refuses.
    """
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "report.typ")
        text = converted(document, folder, "typst").decode()
        source.write_text(_typeset(document, text), encoding="utf-8")
        try:
            return _set(source, [STANDARD], ignore_system_fonts=True)
        except UnseenError:
            pass
        try:
            return _set(source, [STANDARD])
        except UnseenError as error:
            print(f"Warning: {document.title[:80]}: the PDF is not PDF/UA, since {error}")
            return _set(source, [])


class UnseenError(ReportError):
    """A character that no font has."""


def _set(source, standards, **options):
    import typst

    try:
        return typst.compile(str(source), pdf_standards=standards, timestamp=EPOCH, **options)
    except typst.TypstError as error:
        kind = UnseenError if UNSEEN in str(error) else ReportError
        raise kind(f"typst: {error}") from error


def _typeset(document, text):
    """Put the frame around what pandoc wrote, and what pandoc leaves out: what pictures show."""

    def described(found):
        return f"{found[0]}, alt: {_literal(document.images[found[1]][1])}"

    frame = (TEMPLATES / "report.typ").read_text(encoding="utf-8")
    for name, value in (("TITLE", document.title), ("DESCRIPTION", document.description)):
        frame = frame.replace(f'"{name}"', _literal(value))
    return frame + IMAGE.sub(described, _kept_together(text))


def _kept_together(text):
    r"""Keep a paragraph on the page of the picture or table that follows it.

    >>> print(_kept_together("= Jobs\n<jobs>\nAs below.\n\n#figure(1)"))
    = Jobs
    <jobs>
    #block(sticky: true, spacing: 0.85em)[
    As below.
    ]
    <BLANKLINE>
    #figure(1)
    """
    parts = text.split("\n\n")
    for at, (part, after) in enumerate(pairwise(parts)):
        lines = part.split("\n")
        end = next((n for n, line in enumerate(lines) if line[:1] not in ("=", "<")), len(lines))
        words = "\n".join(lines[end:])
        if after.startswith("#figure(") and words and not words.startswith("#figure("):
            held = ["#block(sticky: true, spacing: 0.85em)[", words, "]"]
            parts[at] = "\n".join([*lines[:end], *held])
    return "\n\n".join(parts)


def _literal(text):
    r"""Write a text as typst's code does.

    >>> print(_literal('a "b" \\ c'))
    "a \"b\" \\ c"
    """
    return '"' + " ".join(str(text).split()).replace("\\", "\\\\").replace('"', '\\"') + '"'
