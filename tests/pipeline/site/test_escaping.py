"""Names and notes are data: no output takes them for markup, a formula, a command or a path."""

import csv
import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import openpyxl
import pytest
from executed import executed
from markdown_it import MarkdownIt

from analysis.study.loading import load_study, read_raw
from analysis.study.package import BadDataError
from analysis.text.printed_tables import components_table
from analysis.tidy.wording import escaped
from article.claims import words
from article.claims.ledger import ledger
from examples.make_synthetic import write_study
from pipeline.outputs import figures, results
from pipeline.outputs.formats import latex
from pipeline.outputs.processed import write_processed
from pipeline.places import Places

NASTY = [
    "<script>alert(1)</script>",
    "=cmd|' /C calc'!A0",
    "../../etc/passwd",
    r"\input{/etc/passwd} \\ [1ex]",
    "[1ex] *all* & $5 and $6 % # _ ^ ~ {x}",
    "\"quoted\" and 'quoted' </td></tr>",
    "Кластер 木 🌍 | a | b",
    "[link](javascript:alert(1)) ![x](http://a.invalid/x.png) `code`",
    "@SUM(1) {{7*7}} %s {0}",
    "so" + " long" * 18,
]
WORDS = ("grade", "component", "activity_class", "activity_class_alternative")
# each notebook that shows words of the study
NOTEBOOKS = (
    "01-institutional-components", "02-quantitative-indicators", "03-comparison",
    "06-innovation-potential", "07-robustness", "case-study", "explore",
)  # fmt: skip


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    """A small study whose every free text is nasty."""
    folder = tmp_path_factory.mktemp("hostile")
    write_study(folder / "raw", clusters=10, indicators=10, years=4)
    descriptor = json.loads((folder / "raw/datapackage.json").read_text("utf-8"))
    words = iter(range(10**6))
    swap = {}
    for resource in descriptor["resources"]:
        for spec in resource["schema"]["fields"]:
            enum = spec.get("constraints", {}).get("enum", [])
            if spec["name"] in (
                "grade",
                "component",
                "activity_class",
                "activity_class_alternative",
            ):
                for word in enum:
                    swap.setdefault(word, NASTY[next(words) % len(NASTY)][:97] + str(len(swap)))
                spec["constraints"]["enum"] = [swap[word] for word in enum]
    descriptor["title"] = NASTY[0]
    free = {"name", "region", "detail", "item", "label", "label_reading", "unit", "concept", "note"}
    for resource in descriptor["resources"]:
        path = folder / "raw" / resource["path"]
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        for number, row in enumerate(rows):
            for column in row:
                nasty = NASTY[number % len(NASTY)]
                if column in free and row["unit" if "unit" in row else column] != "percent":
                    row[column] = nasty[:30] + str(number) if column == "unit" else nasty[:90]
                if column in WORDS:
                    row[column] = swap.get(row[column], row[column])
                if column in ("item", "region"):
                    row[column] = nasty[:90] + str(number)
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, rows[0].keys(), lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
    (folder / "raw/datapackage.json").write_text(json.dumps(descriptor), encoding="utf-8")
    write_processed(
        Places(folder / "raw", folder / "processed", folder / "results", folder / ".build")
    )
    return folder


@pytest.fixture(scope="module")
def written(hostile):
    """The tables and pictures of the hostile study."""
    study = load_study(hostile / "processed")
    for write in (results.tables, results.composite, figures.component_matrix,
                  figures.evidence_scores, figures.indicator_tables):  # fmt: skip
        write(study, hostile / "results")
    return hostile / "results"


class Reader(HTMLParser):
    """Collects the tags and the texts of cells of an HTML fragment."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.cells, self.attributes = set(), [], set()
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        if tag in ("td", "th"):
            self.cells.append("")

    def handle_data(self, data):
        if self.cells:
            self.cells[-1] += data.rstrip("\n")


TABLE_TAGS = {"meta", "table", "caption", "thead", "tbody", "tr", "td", "th", "p"}


def test_csv_gives_back_every_text(hostile, written):
    frame = components_table(load_study(hostile / "processed"))
    with (written / "tables/table1.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for column in ("cluster", "components", "level"):
        assert [row[column] for row in rows] == frame[column].tolist()
    assert {name for row in rows for name in [row["cluster"]]} == {nasty[:90] for nasty in NASTY}


def test_html_shows_every_text_and_nothing_else(hostile, written):
    for path in (written / "tables").glob("*.html"):
        page = Reader(path.read_text("utf-8"))
        assert page.tags <= TABLE_TAGS
        assert page.attributes <= {"style", "charset", "border", "cellpadding"}
    cells = Reader((written / "tables/table1.html").read_text("utf-8")).cells
    frame = components_table(load_study(hostile / "processed"))
    assert set(frame["components"]) | set(frame["cluster"]) <= set(cells)


def test_markdown_shows_every_text_and_nothing_else(hostile, written):
    render = MarkdownIt("commonmark").enable("table").render
    for path in (written / "tables").glob("*.md"):
        page = Reader(render(path.read_text("utf-8")))
        assert page.tags <= TABLE_TAGS | {"strong"}
    page = Reader(render((written / "tables/table1.md").read_text("utf-8")))
    frame = components_table(load_study(hostile / "processed"))
    assert {" ".join(text.split()) for text in frame["cluster"]} <= set(page.cells)


def test_latex_holds_no_command_of_the_data(written):
    known = r"\\(begin|end|toprule|midrule|bottomrule|linewidth|text\w+)\b|\\[&%$#_{}]|\\\\$"
    for path in (written / "tables").glob("*.tex"):
        comment, *lines = path.read_text("utf-8").splitlines()
        assert comment.startswith("%")
        body = re.sub(known, "", "\n".join(lines), flags=re.MULTILINE)
        assert "\\" not in body
        assert not re.search(r"[$#_%^~]", body)
        for line in lines:
            assert not line.lstrip().startswith(("[", "*"))


def test_latex_takes_no_text_for_an_option_of_a_row():
    import pandas as pd

    text = latex(pd.DataFrame({"a": ["[1ex]", "*"]}), "\\input{x}\n\\input{y}")
    assert text.splitlines()[0] == "% \\input{x} \\input{y}"
    assert r"{[}1ex{]}" in text
    assert "{*}" in text


def test_a_workbook_holds_texts_and_no_formulas(written):
    book = openpyxl.load_workbook(written / "tables/tables.xlsx")
    cells = [c for sheet in book for row in sheet.iter_rows() for c in row if c.value is not None]
    texts = [cell for cell in cells if isinstance(cell.value, str)]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    assert any(cell.value.startswith("=cmd") for cell in texts)
    assert all(cell.quotePrefix for cell in texts if cell.value[0] in "=+-@")
    assert all(cell.hyperlink is None for cell in cells)


def test_pictures_hold_no_script(written):
    for path in (written / "figures").glob("*.svg"):
        tags = {node.tag.rpartition("}")[2] for node in ElementTree.parse(path).iter()}
        assert not tags & {"script", "a", "foreignObject", "image"}, path


def test_notebooks_show_texts_as_texts(hostile, tmp_path):
    render = MarkdownIt("commonmark", {"linkify": False}).enable("table").render
    for name in NOTEBOOKS:
        cells = executed(name, {"data_folder": str(hostile / "processed")}, tmp_path).cells
        outputs = [output for cell in cells for output in cell.get("outputs", [])]
        assert not [o.text for o in outputs if o.get("name") == "stderr"]
        data = [output["data"] for output in outputs if "data" in output]
        for text in (d["text/html"] for d in data if "text/html" in d):
            page = Reader(text)
            assert page.tags <= TABLE_TAGS | {"div", "style"}
            assert page.attributes <= {"style", "scope", "scoped", "class", "border"}
        for text in (d["text/markdown"] for d in data if "text/markdown" in d):
            assert "$" not in text.replace(r"\$", "")
            assert Reader(render(text)).tags <= {"p", "strong", "em", "h2"}


def test_claims_are_read_as_texts(study):
    claims = study.claims.assign(
        claim=[f"{NASTY[n % len(NASTY)]} {n}" for n in range(len(study.claims))]
    )
    names = {cluster: NASTY[n % len(NASTY)] for n, cluster in enumerate(study.clusters.index)}
    clusters = study.clusters.assign(name=names, region=names)
    table = ledger(replace(study, claims=claims, clusters=clusters))
    reader = MarkdownIt("commonmark").enable("table")
    for section in words.first_section(table).unique():
        text = words.of_section(table, section)
        assert Reader(reader.render(text)).tags <= {"p", "ul", "li", "strong", "em", "br", "a"}
        links = re.findall(r'href="([^"]*)"', reader.render(text))
        assert not [link for link in links if not re.match(r"\d\d-[\w-]+\.ipynb#", link)]


def test_nothing_is_written_outside(hostile, written):
    names = {path.name for path in hostile.iterdir()}
    assert names == {"raw", "processed", "results"}
    assert not list(hostile.rglob("*passwd*"))


@pytest.mark.parametrize(
    "identifier", ["../x", "a/b", "a\\b", "/etc", "..", ".a", "a.", "", "-a", "a  b", "a?b", "a\n", "x" * 61]
)  # fmt: skip
def test_an_identifier_is_never_a_path(raw, identifier):
    places = [("clusters", "cluster"), ("indicators", "indicator")]
    for table, column in places:
        raw.set(table, 2, column, identifier)
    with pytest.raises(BadDataError) as error:
        read_raw(raw.path)
    for table, column in places:
        assert re.search(f"{table}.csv, row [23], column {column}", str(error.value))


def test_what_cannot_be_printed_is_refused(raw):
    raw.set("clusters", 2, "name", "bell\x07")
    with pytest.raises(BadDataError, match=r"column name: 'bell.x07' holds a control character"):
        read_raw(raw.path)


@pytest.mark.parametrize("text", NASTY)
def test_escaped_text_reads_the_same(text):
    page = Reader(f"<td>{MarkdownIt('commonmark').renderInline(escaped(text))}</td>")
    assert page.tags == {"td"}
    assert page.cells == [" ".join(text.split())]


def test_the_study_has_every_nasty_text(hostile):
    text = Path(hostile / "raw/clusters.csv").read_text("utf-8").replace('""', '"')
    assert [nasty for nasty in NASTY if nasty[:90] not in text] == []
