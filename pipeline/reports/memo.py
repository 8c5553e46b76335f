"""The memo of one cluster: its executed notebook without code, numbered, with its sources."""

import base64
import re
from pathlib import Path

import nbformat
from bs4 import BeautifulSoup
from markupsafe import Markup
from nbconvert import HTMLExporter

from pipeline.reports.document import Document, mark

FIGURE = re.compile(r"<Figure size .*>")  # how a picture that says nothing of itself calls itself
ACTIVE = ["script", "style", "iframe", "object", "embed", "form", "input", "link", "meta"]
# what a memo is written in; the words inside any other tag stay
KNOWN = (
    "a", "b", "blockquote", "br", "code", "col", "colgroup", "caption", "dd", "dl", "dt", "em",
    "figcaption", "figure", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "i", "img", "li", "ol", "p",
    "pre", "small", "strong", "sub", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "tr",
    "ul",
)  # fmt: skip
PICTURE = "data:image/png;base64,"
LINE = 100  # characters of a table's line
LEAST = 8  # characters of a picture's words that can be a caption
# which table of the study a table of the memo shows, by the columns that tell it
TABLES = (
    ("claims", {"claim", "verdict"}),
    ("components", {"item", "status"}),
    ("series", {"indicator"}),
)


def memo(path, cluster, sources):
    """Turn the executed notebook of one cluster into a Document.

    Parameters
    ----------
    path : the notebook, as a run left it; it is not executed again
    cluster : mapping with the cluster's name
    sources : {table of the study: HTML of where it is from}; "" is the study as a whole
    """
    parts = _Parts(sources)
    title = cluster["name"]
    body = parts.chapter(path, title)
    return Document(title, body, parts.notes, parts.images, _description(body))


def memo_of_region(region, runs, sources):
    """Put the memos of a region's clusters in one Document, a chapter each: [(path, cluster)]."""
    parts, chapters = _Parts(sources), []
    for path, cluster in runs:
        soup = BeautifulSoup(parts.chapter(path, cluster["name"]), "html.parser")
        for heading in reversed(soup.find_all(re.compile("^h[2-5]$"))):
            heading.name = f"h{int(heading.name[1]) + 1}"
        chapters.append(Markup("<h2>{}</h2>\n{}").format(cluster["name"], Markup(str(soup))))
    body = Markup("\n").join(chapters)
    return Document(region, body, parts.notes, parts.images, _description(chapters[0]))


class _Parts:
    """What chapters of one document count together: pictures, tables and notes."""

    def __init__(self, sources):
        self.sources, self.notes, self.images = sources, [], {}
        self._noted = set()
        self._figures = self._tables = 0

    def chapter(self, path, title):
        """Return the HTML of one notebook; headings begin at the second level."""
        body = BeautifulSoup(_exported(path), "html.parser")
        for tag in body.find_all(ACTIVE):
            tag.decompose()
        for tag in body.find_all(lambda tag: tag.name not in KNOWN):
            tag.unwrap()
        for table in body.find_all("table"):
            if table.find("thead") and not table.select_one("tbody tr"):
                table.decompose()
        lead = _headed(body, title)
        shown = {_shows(table): table for table in reversed(body.find_all("table"))}
        for name in self.sources:  # what no table below shows is noted at the top
            if name not in shown:
                lead.append(self._marked(name))
        for picture in body.find_all("img"):
            self._figure(picture) if PICTURE in picture.get("src", "") else picture.decompose()
        for table in body.find_all("table"):
            self._table(table)
        _plain(body)
        return Markup(str(body).strip())

    def _marked(self, table):
        """Refer to where a table of the study is from; nothing where that was said before."""
        if table not in self.sources or table in self._noted:
            return ""
        self._noted.add(table)
        self.notes.append(self.sources[table])
        return BeautifulSoup(mark(len(self.notes)), "html.parser")

    def _figure(self, picture):
        self._figures += 1
        data = picture["src"].partition(PICTURE)[2]
        name = f"figure-{self._figures}.png"
        words = picture.get("alt", "")
        self.images[name] = base64.b64decode(data), words
        soup = BeautifulSoup("<figure><figcaption></figcaption></figure>", "html.parser")
        figure = soup.figure
        shown = _tag(soup, "img", "")
        shown["src"], shown["alt"] = name, words
        figure.insert(0, shown)
        figure.figcaption.string = f"Figure {self._figures}. {_caption(words, picture)}"
        (picture.parent if picture.parent.name == "p" else picture).replace_with(figure)

    def _table(self, table):
        self._tables += 1
        heading = table.find_previous(re.compile("^h[2-5]$"))
        caption = table.caption or _tag(BeautifulSoup("", "html.parser"), "caption", "")
        words = caption.get_text() or (heading.get_text().strip() if heading else "")
        caption.string = f"Table {self._tables}. {words}"
        table.insert(0, caption)
        caption.append(self._marked(_shows(table)))
        for row, scope in (("thead", "col"), ("tbody", "row")):
            for cell in table.select(f"{row} th"):
                if cell.get_text().strip():
                    cell["scope"] = scope
                else:
                    cell.name = "td"
        for cell in table.select("thead th"):
            cell.string = cell.get_text().replace("_", " ")
        caption.insert_after(_widths(table))


def _headed(body, title):
    """Leave out what only a notebook needs - what it reads, its title - and return the first line.

    The notebook's question becomes that line.
    """
    question = body.find("h1")
    words = question.get_text().strip() if question else ""
    if question:
        below = question.find_next_sibling(["table", "h2"])
        if below is not None and below.name == "table":
            below.decompose()
        question.decompose()
    first = body.find("h2")
    if first and first.get_text().strip() == title:
        first.decompose()
    lead = body.new_tag("p")
    lead.append(_tag(body, "em", words))
    body.insert(0, lead)
    return lead


def _shows(table):
    """Name the table of the study that a table of the memo shows; "-" where it is none."""
    head = {cell.get_text().strip() for cell in table.select("thead th")}
    return next((name for name, columns in TABLES if columns <= head), "-")


def _exported(path):
    """Export a notebook as its page would be printed: no code, no marks of the program."""
    notebook = nbformat.read(path, as_version=4)
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            data = output.get("data", {})
            if "image/png" in data:
                _with_alternative(output, data)
    exporter = HTMLExporter(
        template_name="basic",
        exclude_input=True,
        exclude_input_prompt=True,
        exclude_output_prompt=True,
        exclude_anchor_links=True,
    )
    return exporter.from_notebook_node(notebook)[0]


def _with_alternative(output, data):
    own = output.get("metadata", {}).get("image/png", {}).get("alt", "")
    words = own or " ".join(data.get("text/plain", "").split()).removeprefix("Picture: ")
    words = "" if FIGURE.fullmatch(words) else words
    output.setdefault("metadata", {}).setdefault("image/png", {})["alt"] = words or "Picture"


def _caption(words, picture):
    """Take a picture's title from what it says of itself, else from the section it stands in."""
    first = re.split(r"[;:]", words)[0].strip()
    if len(first) >= LEAST:
        return first[:1].upper() + first[1:]
    heading = picture.find_previous(re.compile("^h[2-5]$"))
    return heading.get_text().strip() if heading else "What is known"


def _plain(body):
    """Leave out what is left of the notebook's page: empty headings, styles, ids, wrappers."""
    for tag in body.find_all(True):
        style = tag.attrs.get("style", "")
        if tag.name == "col":
            continue
        kept = {"src", "alt", "href", "id", "role", "scope", "colspan", "rowspan"}
        tag.attrs = {name: value for name, value in tag.attrs.items() if name in kept}
        if tag.name in ("td", "th"):
            side = "right" if "text-align: right" in style else "left"
            tag["style"] = f"text-align: {side}"
        if re.fullmatch("h[1-6]", tag.name):
            tag.attrs.pop("id", None)
        if tag.name == "a" and not tag.get("href", "").startswith(("#", "https://", "http://")):
            tag.unwrap()  # to a file that does not come along


def _widths(table):
    """Say how wide each column of a table is: a line of text holds so many characters."""
    rows = [
        [cell.get_text() for cell in row.find_all(["th", "td"])] for row in table.find_all("tr")
    ]
    columns = [column for column in zip(*rows, strict=False) if column]
    wanted = [_wanted(texts) for texts in columns]
    share = 100 / max(LINE, sum(wanted))
    lines = "".join(f'<col style="width: {width * share:.1f}%">' for width in wanted)
    return BeautifulSoup(f"<colgroup>{lines}</colgroup>", "html.parser")


def _wanted(texts):
    """Say how many characters wide a column should be: a long text may take several lines.

    >>> _wanted(["n", "12"]), _wanted(["a question", "word " * 20])
    (6, 44.0)
    """
    longest = max(map(len, texts))
    word = max((len(word) for text in texts for word in text.split()), default=1)
    return max(word, min(longest, 4 * longest**0.5)) + 4


def _tag(soup, name, words):
    tag = soup.new_tag(name)
    if words:
        tag.string = words
    return tag


def _description(body):
    """Describe a memo by its first paragraph that says something."""
    paragraphs = BeautifulSoup(body, "html.parser").find_all("p")
    texts = [
        " ".join(p.get_text().split()) for p in paragraphs if not p.find("em", recursive=False)
    ]
    return next((text for text in texts if len(text) > LEAST), "")[:300]


def run_of(material, cluster):
    """Return the executed notebook of one cluster; None where the study has none."""
    path = material.places.results / "notebooks" / f"case-study--{cluster}.ipynb"
    return path if Path(path) in material.made else None
