"""Reports: what they say, that they can be heard, and that a wrong call is answered in a sentence."""

import io
import json
import re
import shutil
import zipfile
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup
from small_study import small_study

from pipeline.errors import UsageError
from pipeline.places import places as find_places
from pipeline.reports.commands import _chosen, report
from pipeline.reports.conclusions import may, may_not
from pipeline.reports.document import Document, as_page
from pipeline.reports.memo import memo, memo_of_region, run_of
from pipeline.reports.sources import sources_of
from pipeline.reports.summary import summary
from pipeline.site.material import Material

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
VERDICTS = ("supported", "partly supported", "contradicted", "not shown", "not testable")


@pytest.fixture(scope="module")
def material(made):
    outputs = json.loads((made / "manifest.json").read_text(encoding="utf-8"))["outputs"]
    return Material(find_places({}), map(Path, outputs))


@pytest.fixture(scope="module")
def page(study, material):
    return BeautifulSoup(as_page(summary(study, material)), "html.parser")


def memo_of(material, cluster):
    row = next(row for row in material.clusters if row["cluster"] == cluster)
    return memo(run_of(material, cluster), row, sources_of(material, cluster))


@pytest.fixture(scope="module")
def vologda(material):
    return memo_of(material, "vologda-wood")


def written(document, form):
    """The document in another form; without the extra `report` the test says so."""
    for name in ("pypandoc", "typst"):
        pytest.importorskip(name, reason="make report installs what writes Word and PDF")
    from pipeline.reports.pdf import as_pdf
    from pipeline.reports.word import as_word

    return {"word": as_word, "pdf": as_pdf}[form](document)


def test_the_page_has_what_whoever_decides_asks_for(page, material):
    headings = [heading.get_text() for heading in page.find_all("h2")]
    assert headings == [
        "Question", "Data", "Five results", "What one may conclude", "What one may not conclude",
        "What to ask for", "Sources",
    ]  # fmt: skip
    rows = [[c.get_text() for c in row.find_all("td")] for row in page.select("tbody tr")]
    ledger = {row["id"]: row for row in material.result("claims.csv")}
    assert len(rows) == 5
    for claim, verdict, why in rows:
        own = ledger[re.search(r"\((F\d+)\)$", claim)[1]]
        assert claim.startswith(own["claim"]) and verdict == own["verdict"]
        assert verdict in VERDICTS and 10 < len(why) <= 200
    assert "Korchagina" in page.find("section").get_text()


def test_its_numbers_are_those_of_the_results(study, material):
    counts = str(summary(study, material).body)
    known = study.series["value"].notna()
    assert f"with {known.sum()} values of 3 clusters, 2016–2020: at most 13 measured" in counts
    fewer = study.series.drop(study.series.index[known & (study.series["year"] == 2016)][:1])
    assert "66 values" in str(summary(replace(study, series=fewer), material).body)


def test_names_stand_for_identifiers(page):
    text = page.get_text()
    assert "Vologda wood" in text
    assert "vologda-wood" not in text and "studies-certifications" not in text


def test_a_study_without_claims_shows_the_answers_of_its_notebooks(study, material):
    places = replace(material.places, raw=Path("elsewhere"))
    other = Material(places, [path for path in material.made if path.name != "claims.csv"])
    body = str(summary(study, other).body)
    assert "<h2>Results</h2>" in body and "Five results" not in body
    assert len(re.findall(r"<p><strong>[^<]+\?</strong></p>", body)) == 5  # questions
    assert "article" not in body and "The article says" not in body
    assert "Caveat" not in body


def test_a_memo_has_no_code_and_everything_in_it_has_words(vologda):
    page = BeautifulSoup(as_page(vologda), "html.parser")
    assert page.html["lang"] == "en-GB"
    assert (
        page.h1.get_text()
        == "Cluster of wooden house-building and woodworking in the Vologda region"
    )
    assert page.title.get_text() == page.h1.get_text()
    levels = [int(h.name[1]) for h in page.find_all(re.compile("^h[1-6]$"))]
    assert levels[0] == 1 and set(levels[1:]) == {2}
    text = page.get_text()
    assert not [w for w in ("load_study", "import ", "SET=", "¶", "data_folder") if w in text]
    for picture in page.find_all("img"):
        assert len(picture["alt"]) > 20 and not picture["alt"].startswith("Picture")
        assert picture.find_parent("figure").figcaption.get_text().startswith("Figure ")
    tables = page.find_all("table")
    assert [t.caption.get_text().split(".")[0] for t in tables] == [
        f"Table {number}" for number in range(1, len(tables) + 1)
    ]
    for table in tables:
        assert {cell["scope"] for cell in table.select("thead th")} == {"col"}
        assert "_" not in table.thead.get_text()


def test_its_notes_are_marked_in_their_order_and_name_the_sources(vologda):
    page = BeautifulSoup(as_page(vologda), "html.parser")
    marks = [mark["href"] for mark in page.find_all(attrs={"role": "doc-noteref"})]
    notes = [f"#{note['id']}" for note in page.select("section li")]
    assert marks == notes == [f"#note-{number}" for number in range(1, len(notes) + 1)]
    text = page.find("section").get_text()
    assert all(
        words in text for words in ("Korchagina", "Table 1, coded", "Tables 2-4", "Vologda.")
    )


def test_a_region_has_a_chapter_for_each_of_its_clusters(material):
    rows, region = _chosen(material, "novgorod")
    runs = [(run_of(material, row["cluster"]), row) for row in rows]
    document = memo_of_region(region, runs, sources_of(material, rows[0]["cluster"]))
    page = BeautifulSoup(as_page(document), "html.parser")
    assert page.h1.get_text() == "Novgorod"
    assert [h.get_text() for h in page.find_all("h2")][:-1] == [row["name"] for row in rows]
    numbers = [c.get_text().split(".")[0] for c in page.find_all("caption")]
    assert len(set(numbers)) == len(numbers) > 9


@pytest.mark.parametrize(
    ("wanted", "cluster"),
    [
        ("penza-it", "penza-it"),
        ("Penza IT", "penza-it"),
        ("it cluster of the penza REGION", "penza-it"),
    ],
)
def test_a_cluster_goes_by_its_identifier_or_a_name(material, wanted, cluster):
    assert [row["cluster"] for row in _chosen(material, wanted)[0]] == [cluster]


def test_an_unknown_cluster_is_told_what_is_allowed(material):
    with pytest.raises(UsageError) as refusal:
        _chosen(material, "penza-its")
    said = str(refusal.value)
    assert said.startswith("CLUSTER=penza-its is no cluster of this study (did you mean penza-it?)")
    assert "allowed: vologda-wood, penza-it, " in said and "or a region: Vologda, Penza" in said


def test_hostile_words_of_a_study_stay_words(tmp_path):
    places, made = small_study(tmp_path)
    document = memo_of(Material(places, made), "a-b")
    page = BeautifulSoup(as_page(document), "html.parser")
    assert not page.find_all(["script", "iframe"])
    assert not [t for t in page.find_all(True) if set(t.attrs) & {"onerror", "onload", "onclick"}]
    assert not [a for a in page.find_all("a") if a.get("href", "").startswith("javascript")]


def test_word_has_header_rows_alternative_texts_notes_and_a_language(vologda):
    package = zipfile.ZipFile(io.BytesIO(written(vologda, "word")))
    body = ElementTree.fromstring(package.read("word/document.xml"))
    tables = body.findall(f".//{W}tbl")
    assert len(tables) == str(vologda.body).count("<table")
    for table in tables:
        assert table.find(f"{W}tr/{W}trPr/{W}tblHeader") is not None
    told = [p.get("descr") for p in body.iter() if p.tag.endswith("}docPr")]
    assert told == [words for _, words in vologda.images.values()]
    notes = list(body.iter(f"{W}footnoteReference"))
    assert len(notes) == len(vologda.notes)
    properties = package.read("docProps/core.xml").decode()
    assert f"<dc:title>{vologda.title}</dc:title>" in properties
    assert re.search(r'<w:lang [^>]*w:val="en-GB"', package.read("word/styles.xml").decode())
    styles = {s.get(f"{W}val") for s in body.iter(f"{W}pStyle")}
    assert {"Title", "Heading1"} <= styles


def test_the_pdf_is_tagged_and_says_so(vologda):
    pdf = written(vologda, "pdf")
    for sign in (b"pdfuaid:part>1<", b"/MarkInfo", b"/StructTreeRoot", b"/Lang(en-GB)"):
        assert sign in pdf
    assert vologda.title.encode() in pdf


@pytest.mark.parametrize("form", ["word", "pdf"])
def test_the_same_report_gives_the_same_bytes(vologda, form):
    assert written(vologda, form) == written(vologda, form)


def test_a_picture_without_words_is_no_pdf_for_all(vologda):
    from pipeline.reports.pandoc import ReportError

    silent = replace(vologda, images={n: (data, "") for n, (data, _) in vologda.images.items()})
    with pytest.raises(ReportError, match="alt text"):
        written(silent, "pdf")


def test_a_character_that_no_font_has_is_reported_and_the_rest_is_written(capsys):
    assert written(Document("A", "<p>\u0378</p>"), "pdf").startswith(b"%PDF")
    assert "Warning: A: the PDF is not PDF/UA" in capsys.readouterr().out


def test_signs_of_typesetting_in_the_data_stay_signs():
    document = Document('#let "x" \\ $', "<p>#import a; *b* $c$ &lt;b&gt; \\[d\\]</p>")
    assert written(document, "pdf").startswith(b"%PDF")


def test_make_report_writes_three_forms_of_the_page(made, tmp_path, monkeypatch, capsys):
    written(Document("A", "<p>a</p>"), "pdf")
    stood = {path: path.read_bytes() for path in made.glob("summary.*")}
    try:
        assert report(find_places({}), {}) == 0
        assert {path.suffix for path in made.glob("summary.*")} == {".html", ".docx", ".pdf"}
        assert "results/summary.docx" in capsys.readouterr().out
    finally:
        for path in made.glob("summary.*"):
            path.unlink() if path not in stood else path.write_bytes(stood[path])
        shutil.rmtree(made / "reports", ignore_errors=True) if not stood else None


def test_without_the_extra_the_call_says_how_to_get_it(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "typst", None)
    with pytest.raises(UsageError, match=r"is not installed: `make report` does it"):
        report(find_places({}), {})


class Results:
    """Results of a study as tables of texts, as a summary reads them."""

    def __init__(self, **tables):
        self.tables = tables

    def result(self, name):
        return self.tables.get(name.removesuffix(".csv"), [])


@pytest.mark.parametrize(
    ("p_min", "q", "may_say", "may_not_say"),
    [
        (("0.01", "0.01"), ("0.9", "0.9"), "None of 2 series rises or falls steadily, by more than "
         "chance explains.", ""),
        (("0.01", "0.3"), ("0.02", "1"), "1 of 2 series rises or falls steadily, by more than chance "
         "explains; 1 is too short, or has too many equal values, to show it.", ""),
        (("0.3", ""), ("1", ""), "", "That anything rose or fell, or that nothing did: all 2 series "
         "are too short, or have too many equal values, to show it."),
    ],
)  # fmt: skip
def test_what_no_series_could_show_is_not_concluded(study, p_min, q, may_say, may_not_say):
    rows = [
        {"p_min": least, "q_two_sided": chance, "p_two_sided": chance}
        for least, chance in zip(p_min, q, strict=True)
    ]
    measured = replace(study, series=study.series.assign(standing="outcome"))
    told = list(may(measured, Results(trends=rows), {}))
    assert told == ([may_say] if may_say else [])
    assert (may_not_say in list(may_not(measured, Results(trends=rows), {}))) == bool(may_not_say)
