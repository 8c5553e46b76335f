"""The parts of the web pages: what comes from data stays text, every link has an address."""

import json
import re
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path

import pytest
from docutils.utils.math.latex2mathml import tex2mathml
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from analysis.tidy.wording import escaped
from pipeline.site.links import DeadLinkError, Sections
from pipeline.site.material import Material
from pipeline.site.outline import outline
from pipeline.site.page import Page
from pipeline.site.pages.claims import VERDICTS, linked_tables, verdict_counts
from pipeline.site.pages.codebook import codebook_page
from pipeline.site.pages.documents import docs_page
from pipeline.site.pages.menus import cases_page
from pipeline.site.pages.notebooks import notebook_page
from pipeline.site.pages.reference import (
    doc_blocks,
    reference_names,
    reference_of,
    reference_pages,
)
from pipeline.site.pages.tables import origin, tables_page
from pipeline.site.sensitivity import Sensitivity
from pipeline.site.text import fill, markdown_html, markdown_text, raw_html
from pipeline.site.write import SiteError, write_site
from tests.small_study import EVIL, small_study, table_file, write

HEADINGS = ["the-answer", "mann-kendall-and-sen-s-slope"]


# --- one text


@given(st.text())
def test_markdown_shows_any_text_as_it_is(text):
    [inline] = [t for t in MarkdownIt().parse(f"# x{markdown_text(text)}") if t.type == "inline"]
    shown = "".join(child.content for child in inline.children)
    assert {child.type for child in inline.children} <= {"text", "text_special"}
    assert shown.replace("\ufffd", "") == f"x{' '.join(text.split())}".strip().replace(
        "\0", ""
    ).replace("\ufffd", "")


@pytest.mark.parametrize("source", [
    "<script>alert(1)</script>", "x <img src=x onerror=alert(1)> y", "[a](javascript:alert(1))",
    "![a](http://x.example/a.png)", "<http://x.example/onerror=>", "| a |\n| - |\n| <b onclick=x> |",
])  # fmt: skip
def test_computed_markdown_brings_in_nothing_of_its_own(source):
    assert not re.search(r"<(script|img|b)\b|href=\"javascript", markdown_html(source))


def test_a_template_escapes_and_misses_nothing():
    groups = [("<b>", "<b>", ["<b>"])]
    assert "<b>" not in fill("claims_head.html", groups=groups, total="<b>")
    with pytest.raises(Exception, match="total"):
        fill("claims_head.html", groups=groups)


def test_a_page_holds_no_data_but_escaped_headings(tmp_path):
    Page("p", EVIL, "<i>x</i>", [(EVIL, "<i>y</i>")], [("", "q")]).write(tmp_path)
    text = (tmp_path / "p.md").read_text(encoding="utf-8")
    assert text.count("```") == 6
    assert "<script" not in text.replace("\\<script", "")
    assert html_in(text) == ["<i>x</i>", "<i>y</i>"]


@pytest.mark.parametrize(
    "body", [EVIL, f"<p>{EVIL}</p>", "`" * 9, ":file: /etc/passwd", "---\na: b"]
)
def test_html_stays_as_it_is_within_markdown(body):
    text = f"{raw_html(body)}\n\n# next"
    (html,) = html_in(text)
    assert re.sub(r"\s", "", html) == re.sub(r"\s", "", body)
    assert MarkdownIt().parse(text)[-2].content == "next"
    assert not text.splitlines()[1].startswith((":", "---"))  # no option of the directive


@pytest.mark.parametrize(("html", "words"), [
    ("<tr><th>Water</th><td>2</td></tr><tr><td>3<br>of 4</td></tr>", ["Water", "2", "3", "of", "4"]),
    ("<dl><dt>a</dt><dd><p>b</p>c</dd></dl>", ["a", "b", "c"]),
    ("<pre><span>to</span><span>gether</span></pre>", ["together"]),
])  # fmt: skip
def test_a_search_reads_the_words_of_two_blocks_apart(html, words):
    without_tags = re.sub(r"<[^<]+?>", "", *html_in(raw_html(html)))  # as Sphinx does
    assert without_tags.split() == words


def html_in(text):
    """The HTML that a page's Markdown holds, without the comment in front of plain text."""
    fences = [token for token in MarkdownIt().parse(text) if token.type == "fence"]
    return [
        fence.content.strip().removeprefix("<!-- -->") for fence in fences if "html" in fence.info
    ]


# --- links


@pytest.fixture
def sections(tmp_path):
    cells = [
        {"cell_type": "markdown", "source": ["# Title\n", "## The answer\n"]},
        {"cell_type": "markdown", "source": "text\n## Mann-Kendall and Sen's slope"},
        {"cell_type": "code", "source": "## no heading"},
    ]
    paths = [tmp_path / f"{run}.ipynb" for run in ("03-comparison", "02-x--2", "case-study--a")]
    for path in paths:
        path.write_text(json.dumps({"cells": cells}), encoding="utf-8")
    return Sections({path.stem: outline(path) for path in paths})


@pytest.mark.parametrize(("place", "url"), [
    ("03-comparison", "notebooks/03-comparison.html"),
    ("03-comparison#the-answer", "notebooks/03-comparison.html#the-answer"),
    ("03-comparison#The-answer", "notebooks/03-comparison.html#the-answer"),
    ("03-comparison#mann-kendall-and-sens-slope", f"notebooks/03-comparison.html#{HEADINGS[1]}"),
    (f"02-x#{HEADINGS[1]}", f"notebooks/02-x--2.html#{HEADINGS[1]}"),
    ("case-study--a#the-answer", "cases/a.html#the-answer"),
])  # fmt: skip
def test_a_section_has_an_address(sections, place, url):
    assert sections.url(place) == url


@pytest.mark.parametrize(("place", "named"), [
    ("03-comparison#no-heading", "no such section; it has the-answer"),
    ("04-trends", "no notebook 04-trends"),
])  # fmt: skip
def test_a_place_that_is_not_there_is_refused(sections, place, named):
    with pytest.raises(DeadLinkError, match=named):
        sections.url(place)


def test_a_section_that_a_study_has_nothing_for_is_its_page(tmp_path):
    path = tmp_path / "03-comparison.ipynb"
    cells = [{"cell_type": "markdown", "source": ["# Title\n", "## The answer\n"]}]
    path.write_text(json.dumps({"cells": cells}), encoding="utf-8")
    fitted = Sections({path.stem: outline(path)}, is_fitted=True)
    assert fitted.url("03-comparison#the-answer") == "notebooks/03-comparison.html#the-answer"
    assert fitted.url("03-comparison#left-out") == "notebooks/03-comparison.html"
    with pytest.raises(DeadLinkError):
        fitted.url("04-trends")


def test_a_document_links_to_pages_and_only_names_other_files():
    text = "[t](../analysis/trend/mann_kendall_test.py) [n](../notebooks/03-comparison.ipynb) [g](../pipeline/build/graph.toml)"
    pages = {"reference/analysis.trend", "notebooks/03-comparison"}
    linked = "[t](reference/analysis.trend.md) [n](notebooks/03-comparison.md) g"
    assert docs_page(text, pages) == linked


# --- notebooks


def computed(**data):
    output = {"output_type": "display_data", "metadata": {}, "data": data}
    cells = [
        {"cell_type": "markdown", "source": "# One cluster"},
        {"cell_type": "code", "source": "show", "outputs": [output]},
    ]
    return json.dumps({"cells": cells})


@pytest.mark.parametrize("name", ["Kent", "Kent & *Medway* [1]"])
@pytest.mark.parametrize("below", ["", "\n\nSouth East · grade: **high**"])
def test_a_case_has_its_name_once(name, below):
    page, _ = notebook_page(computed(**{"text/markdown": f"## {escaped(name)}{below}"}), title=name)
    assert "<h2>" not in page
    assert page.count("Kent") == 1
    assert ("grade" in page) == bool(below)


def test_colours_of_a_terminal_are_not_on_a_page():
    printed = {"output_type": "stream", "name": "stdout", "text": "\x1b[1;31mred\x1b[0m & [0m"}
    cells = [{"cell_type": "markdown", "source": "# A"},
             {"cell_type": "code", "source": "show", "outputs": [printed]}]  # fmt: skip
    page, _ = notebook_page(json.dumps({"cells": cells}))
    assert "red &amp; [0m" in page
    assert "\x1b" not in page
    plain, _ = notebook_page(computed(**{"text/plain": "\x1b[32mgreen\x1b[0m"}))
    assert "green" in plain
    assert "[32m" not in plain


# --- parts of pages


def notebook(outputs, source="show()"):
    code = {"cell_type": "code", "metadata": {}, "source": source, "outputs": outputs}
    head = {"cell_type": "markdown", "metadata": {}, "source": "# Why?\n\ntext\n\n## Part one"}
    return json.dumps({"cells": [head, code]})


def picture(words):
    return {"output_type": "display_data", "data": {"image/png": "UE5H", "text/plain": words}}


@pytest.mark.parametrize(("words", "alt"), [
    ("Picture: 1 of 11\n show all", "Picture: 1 of 11 show all"),
    ("<Figure size 720x518 with 1 Axes>", "Picture: Part one"),
    ("", "Picture: Part one"),
])  # fmt: skip
def test_a_picture_says_what_it_shows(words, alt):
    page, pictures = notebook_page(notebook([picture(words)]))
    name = sha256(b"PNG").hexdigest()
    assert f'<img alt="{alt}" src="../_images/{name}.png" />' in page
    assert pictures == {f"{name}.png": b"PNG"}


def test_a_page_does_not_name_the_machine():
    text = notebook([], 'data_folder = "/home/me/out/processed"')
    assert "/home" not in notebook_page(text, hide="/home/me/out/processed")[0]


def test_a_case_is_headed_by_its_cluster():
    page, _ = notebook_page(notebook([]), title="A <b>", kicker="<em>Why?</em>")
    assert page.startswith('# A \\<b\\>\n\n<p class="kicker"><em>Why?</em></p>\n\ntext')


def test_what_a_cell_printed_is_text_and_code_stays_code():
    outputs = [{"output_type": "stream", "name": "stdout", "text": text} for text in ("<b>", EVIL)]
    shown = {"output_type": "execute_result", "data": {"text/plain": f"x{EVIL}"}}
    (html,) = html_in(notebook_page(notebook([*outputs, shown], f"'{EVIL}'"))[0])
    assert html.count('<div class="output stream">') == 2
    page = HTMLReader(html)
    assert "script" not in page.tags and "img" not in page.tags
    assert f"<b>{EVIL}" in page.text and f"x{EVIL}" in page.text and f"'{EVIL}'" in page.text


def test_of_several_forms_of_an_output_html_is_shown_and_no_script():
    data = {"text/html": "<i>y</i>", "text/plain": "plain", "application/javascript": "alert(1)"}
    page, _ = notebook_page(notebook([{"output_type": "display_data", "data": data}]))
    assert '<div class="output text_html"><i>y</i></div>' in page
    assert "plain" not in page and "alert" not in page


class HTMLReader(HTMLParser):
    """Collects the tags and the text of HTML."""

    def __init__(self, html):
        super().__init__()
        self.tags, self.text = set(), ""
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)

    def handle_data(self, data):
        self.text += data


@pytest.mark.parametrize(("arguments", "words"), [
    (("2", "6", "2018", {}, "target"), "Table 2, row 6, 2018 (target)"),
    (("2", "6", "2018", {("2", "6", "2018"): {"published": "72", "status": "equal"}}, "target"),
     "Table 2, row 6, 2018 (target): published 72, equal when regenerated"),
])  # fmt: skip
def test_a_value_names_its_origin(arguments, words):
    assert origin(*arguments) == words


@pytest.mark.parametrize(("evidence", "links"), [
    ("T3 row 1 gives counts", [("table-3-row-1", "Table 3 row 1")]),
    ("T1-T4", [("table-1", "Table 1"), ("table-4", "Table 4")]),
    ("T2 rows 6, 8; T9", [("table-2-row-6", "Table 2 rows 6")]),
    ("none in TABLE or AT4", []),
])  # fmt: skip
def test_evidence_leads_to_its_tables(evidence, links):
    html = linked_tables(evidence, {"2", "3", "4"})
    assert re.findall(r'<a href="tables\.html#([\w-]+)">([^<]*)</a>', html) == links


def test_evidence_is_escaped():
    assert "<b>" not in linked_tables("T1 <b> T2 <b>", {"2"})


@pytest.fixture
def moves(tmp_path):
    places, made = small_study(tmp_path / "study")
    return Sensitivity(Material(places, made))


def test_a_value_says_what_depends_on_it_and_a_verdict_on_which_cells(moves):
    effects = moves.effects("table 2, row 1, 2030")
    assert effects.startswith("If it were") and effects.endswith("the figure of F2 would move")
    assert moves.effects("table 2, row 1, 2031") == ""
    ((cell, verdict),) = moves.turning("F1")
    assert (cell["words"], cell["url"]) == ("Table 2, row 1, 2030", "tables.html#table-2-row-1")
    assert verdict and moves.turning("F2") == []
    assert moves.cells[0] is cell  # what turns a verdict comes first


def test_ids_of_claims_lead_to_the_claims_and_others_do_not():
    table = {"text/html": "<td>F1</td><td>F10</td><td>F1 and more</td>"}
    text = notebook([{"output_type": "display_data", "data": table}]).replace("Why?", "On F1, F10?")
    page, _ = notebook_page(text, claims={"F1"})
    link = '<a href="../claims.html#claim-F1">F1</a>'
    assert page.startswith(f"# On {link}, F10?")
    shown = f"<td>{link}</td><td>F10</td><td>F1 and more</td>"
    assert f'<div class="output text_html">{shown}</div>' in page.replace("</td>\n", "</td>")


def test_verdicts_are_counted_in_their_order():
    claims = [{"verdict": v} for v in ("new", "not shown", "supported", "not shown")]
    assert verdict_counts(claims) == [("supported", 1), ("not shown", 2), ("new", 1)]
    assert len(VERDICTS) == 6


def test_a_docstring_is_cut_into_its_blocks():
    blocks = doc_blocks(
        "Do it.\n\nParameters\n----------\nx : float\n    how much,\n    or more\ny : int\n\n"
        "Returns `z`.\n\n>>> f(1)\n2"
    )
    assert blocks == [
        ("text", "Do it."),
        ("heading", "Parameters"),
        ("entries", [("x", "float", "how much, or more"), ("y", "int", "")]),
        ("text", "Returns `z`."),
        ("code", ">>> f(1)\n2"),
    ]


@pytest.fixture(scope="module")
def reference():
    """The pages of the library, for which each of its modules is read."""
    return list(reference_pages())


def test_the_pages_of_the_library_are_named_without_reading_it(reference):
    assert reference_names() == [page.name for page in reference]


def test_a_study_without_results_of_its_own_leaves_pages_out(tmp_path):
    from pipeline.site.sources import write_sources

    places, made = small_study(tmp_path / "study")
    kept = [
        path for path in made if path.name not in ("claims.csv", "audit.csv", "verification.csv")
    ]
    write_sources(places, kept, tmp_path / "source")
    written = {path.name for path in (tmp_path / "source").glob("*.md")}
    assert {"index.md", "tables.md", "cases.md"} <= written
    assert not {"claims.md", "audit.md"} & written
    assert "published values" not in (tmp_path / "source" / "index.md").read_text()


@pytest.mark.parametrize(("gone", "head", "scored"), [
    ("composite.csv", "2 in all: its peers, its indicators.</p>", 0),
    ("series.csv", "said of it, its peers, what the next grade would need. The score is", 2),
])  # fmt: skip
def test_the_list_of_cases_speaks_of_no_score_and_no_indicator_that_is_not_there(
    tmp_path, gone, head, scored
):
    places, made = small_study(tmp_path / "study")
    (places.processed / gone).unlink(missing_ok=True)
    page = cases_page(Material(places, [path for path in made if path.name != gone]))
    assert head in page.body
    for _, table in page.sections:
        assert table.count("evidence score") == scored / 2
        assert table.count("<td>0 to 1</td>") == scored


def test_the_reference_names_every_public_function(reference):
    pages = {page.name: [name for name, _ in page.sections] for page in reference}
    assert {"MannKendall", "mann_kendall", "sen_slope"} <= set(pages["reference/analysis.trend"])
    for path in Path("analysis").rglob("*.py"):
        public = re.findall(r"^def ([a-z]\w*)", path.read_text(encoding="utf-8"), re.MULTILINE)
        assert set(public) <= set(pages.get(reference_of(path), []))


def test_every_formula_of_the_methods_is_understood():
    text = Path("docs/methods.md").read_text(encoding="utf-8")
    formulas = re.findall(r"\$\$(.+?)\$\$", text, re.DOTALL)
    formulas += re.findall(r"(?<!\$)\$([^$]+)\$(?!\$)", text)
    assert len(formulas) > 30
    for formula in formulas:
        assert "</math>" in tex2mathml(formula.strip())


def test_a_failure_is_reported_and_leaves_the_old_pages(tmp_path, monkeypatch):
    places, made = small_study(tmp_path / "study")
    (places.results / "site").mkdir()
    (places.results / "site" / "index.html").write_text("old")
    monkeypatch.setattr("pipeline.site.write.CONFIGURATION", tmp_path)
    with pytest.raises(SiteError, match="could not be made"):
        write_site(places, made, processes=1)
    assert (places.results / "site" / "index.html").read_text() == "old"


def test_each_value_keeps_its_own_standing_and_each_row_its_own_page(tmp_path):
    places, made = small_study(tmp_path / "study")
    write(places.processed / "clusters.csv", [
        {"cluster": c, "no": n, "name": "The same", "region": "R", "grade": "low"}
        for n, c in enumerate(("a-b", "c"), 1)
    ])  # fmt: skip
    write(places.processed / "series.csv", [
        {"table": 2, "row": row, "cluster": c, "indicator": "i", "year": year, "value": 1.5,
         "standing": standing, "label": "Net profit, million roubles"}
        for row, c, last in ((1, "a-b", "target"), (2, "c", "outcome"))
        for year, standing in ((2030, "outcome"), (2031, last))
    ])  # fmt: skip
    table_file(places.results, 1, [
        {"no": n, "cluster": "The same", "components": "", "level": "low"} for n in (1, 2)
    ])  # fmt: skip
    page = tables_page(Material(places, made))
    components, indicators = (words for _, words in page.sections)
    assert re.findall(r"cases/([\w-]+)\.html", components) == ["a-b", "c"]
    assert "<small>target / outcome</small>" in indicators
    assert '<th scope="row">Net profit, million roubles</th>' in indicators
    assert 'title="Table 2, row 1, 2031 (target)' in indicators
    assert 'title="Table 2, row 2, 2031 (outcome)' in indicators


def test_tables_without_title_components_or_claims_do_not_speak_of_them(tmp_path):
    places, made = small_study(tmp_path / "study")
    full = tables_page(Material(places, made))
    assert "which claims depend on it" in full.body
    assert all("<caption>A &lt;b&gt; table</caption>" in words for _, words in full.sections)
    assert "<th>components</th>" in full.sections[0][1]
    table_file(places.results, 1, [{"no": 1, "cluster": "C", "components": "", "level": "low"}])
    for number in (1, 2):
        path = places.results / "tables" / f"table{number}.html"
        path.write_text(f"<caption>Table {number}</caption>", encoding="utf-8")
    bare = tables_page(Material(places, [path for path in made if path.name != "claims.csv"]))
    assert bare.body and "claims" not in bare.body
    assert not [words for _, words in bare.sections if "<caption>" in words]
    assert "components" not in bare.sections[0][1]
    assert bare.sections[0][1].count("<td") == 2  # number and grade; the name is a heading


def test_a_file_that_was_copied_in_part_is_a_failure(tmp_path, monkeypatch):
    places, made = small_study(tmp_path / "study")
    said = "WARNING: Failed to copy a file in the theme's 'static' directory: a.css: File too large"
    monkeypatch.setattr("pipeline.site.write.build", lambda *_: (0, said))
    with pytest.raises(SiteError, match="File too large"):
        write_site(places, made)
    assert not (places.results / "site").exists()


# --- the codebook


def test_the_codebook_of_a_workbook_has_the_words_of_the_study(tmp_path):
    places, made = small_study(tmp_path)
    about = {
        "title": "x",
        "grades": ["low", "high"],
        "component_names": [],
        "activity_classes": ["a"],
    }
    (places.processed / "study.json").write_text(json.dumps(about), encoding="utf-8")
    page = codebook_page(Material(places, made))
    text = "".join(body for _, body in page.sections)
    assert "one of: low, high" in text
    assert not re.search("one of: *(<|;)", text)


def test_the_codebook_reads_a_descriptor_with_a_mark_in_front(tmp_path):
    places, made = small_study(tmp_path)
    places.raw.mkdir()
    text = Path("data/raw/datapackage.json").read_text(encoding="utf-8")
    (places.raw / "datapackage.json").write_text(text, encoding="utf-8-sig")
    shown = [heading for heading, _ in codebook_page(Material(places, made)).sections]
    assert shown[0] == "Clusters (clusters.csv)"
    assert len(shown) == 4  # of tables that have no rows it says nothing
