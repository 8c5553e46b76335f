"""A report as a Word document: styles to edit, header rows, notes at the foot of the page."""

import re
import tempfile
from functools import cache
from pathlib import Path

from pipeline.outputs.canonical import fixed_zip
from pipeline.reports.pandoc import converted, run

SHEET = (
    '<w:sectPr><w:footnotePr><w:numRestart w:val="continuous"/></w:footnotePr>'
    '<w:pgSz w:w="11906" w:h="16838"/>'  # A4, in twentieths of a point
    '<w:pgMar w:top="800" w:right="1250" w:bottom="800" w:left="1250" '
    'w:header="600" w:footer="600" w:gutter="0"/></w:sectPr>'
)
# sizes in half points, of the styles that pandoc uses
SIZES = {"Title": 34, "Heading1": 26, "Heading2": 22, "FootnoteText": 17}
TEXT_SIZE, TABLE_SIZE = 20, 17
# what stays on the page of what follows: text before a table or picture, and both with their words
KEPT = ("FirstParagraph", "TableCaption", "CaptionedFigure")
LINES = (
    '<w:tblBorders><w:bottom w:val="single" w:sz="4" w:color="808080"/>'
    '<w:insideH w:val="single" w:sz="2" w:color="B0B0B0"/></w:tblBorders>'
)


def as_word(document):
    """Return the document as the bytes of a .docx, the same every time."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "reference.docx").write_bytes(_reference())
        converted(document, folder, "docx", "--reference-doc=reference.docx", "--output=made.docx")
        return fixed_zip(Path(folder, "made.docx").read_bytes())


@cache
def _reference():
    """pandoc's own pattern of a document, for A4 and with ruled tables in smaller letters."""
    pattern = run(["--print-default-data-file", "reference.docx"])
    edits = {"styles.xml": _styles, "document.xml": _sheet, "theme/theme1.xml": _letters}
    return fixed_zip(pattern, {f"word/{name}": edit for name, edit in edits.items()})


def _sheet(xml):
    return re.sub(rb"<w:sectPr.*?</w:sectPr>", SHEET.encode(), xml, flags=re.DOTALL)


def _letters(xml):
    """Name letters that every word processor has, or has a match for."""
    return re.sub(rb'(<a:latin typeface=")Aptos[^"]*"', rb'\g<1>Calibri"', xml)


def _styles(xml):
    """Set fonts and sizes of the styles that pandoc uses."""
    text = xml.decode()
    text = re.sub(
        r'(<w:rPrDefault>.*?<w:szC?s? w:val=")24"', rf'\g<1>{TEXT_SIZE}"', text, flags=re.S
    )
    for style, size in SIZES.items():
        text = _in_style(text, style, lambda found, size=size: _sized(found, size))
    for style in KEPT:
        text = _in_style(text, style, _kept)
    text = _in_style(text, "Title", lambda found: found.replace('"center"', '"left"'))
    text = _in_style(text, "BodyText", lambda found: found.replace('"180"', '"80"'))
    text = _in_style(
        text, "Heading1", lambda found: found.replace('w:before="360"', 'w:before="160"')
    )
    return _in_style(text, "Table", _ruled).encode()


def _in_style(text, style, edit):
    """Edit the definition of one style."""
    pattern = rf'<w:style [^>]*w:styleId="{style}".*?</w:style>'
    return re.sub(pattern, lambda found: edit(found[0]), text, flags=re.DOTALL)


def _sized(style, size):
    if "<w:sz " in style:
        return re.sub(r'(<w:sz(?:Cs)? w:val=")\d+"', rf'\g<1>{size}"', style)
    letters = f'<w:rPr><w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr>'
    return style.replace("</w:style>", f"{letters}</w:style>")


def _kept(style):
    if "<w:pPr>" in style:
        return style.replace("<w:pPr>", "<w:pPr><w:keepNext/>", 1)
    return style.replace("</w:style>", "<w:pPr><w:keepNext/></w:pPr></w:style>")


def _ruled(style):
    letters = f'<w:rPr><w:sz w:val="{TABLE_SIZE}"/><w:szCs w:val="{TABLE_SIZE}"/></w:rPr>'
    style = style.replace("<w:tblPr>", f"{letters}<w:tblPr>", 1)
    style = re.sub(r"(<w:tblInd [^>]*/>)", rf"\1{LINES}", style)
    first = '<w:tblStylePr w:type="firstRow">'
    return style.replace(first, f"{first}<w:rPr><w:b/></w:rPr>")
