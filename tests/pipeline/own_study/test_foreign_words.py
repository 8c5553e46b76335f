"""A study of one's own speaks of its own things: no cluster, no article, no printed table."""

import re
from importlib import import_module
from pathlib import Path

import pytest
from executed import executed
from openpyxl import load_workbook

from analysis.study.loading import load_study
from pipeline.build.graph import entries, lacking
from pipeline.build.study_features import features_of
from pipeline.notebooks.fit_to_study import word_as_study
from pipeline.outputs.processed import write_processed
from pipeline.own_study.import_study import import_study
from pipeline.places import Places
from pipeline.site import write
from pipeline.site.glossary import glossary_page
from pipeline.site.pages.documents import write_documents

FOREIGN = re.compile(
    r"\bclusters?\b|\bthe article|\bTable [1-4]\b|innovative potential|\bSMEs?\b|\bKorchagina",
    re.IGNORECASE,
)
CODE = re.compile(r"```.*?```|`[^`]*`|\]\([^)]*\)", re.DOTALL)  # code and addresses are no words
TAG = re.compile(r"<(style|script|code).*?</\1>|<[^>]*>", re.DOTALL)
WIDE = """Region,Year,Jobs (persons),"Exports (mln EUR)",Waste (tonnes)
Alder,2018,10,1.5,7
Birch,2018,20,2.5,6
Cedar,2018,30,3.5,
Alder,2019,12,1.5,5
Birch,2019,21,2.25,6
Cedar,2019,29,3.5,9
Alder,2020,15,1.75,5
Birch,2020,21,2,7
Cedar,2020,28,4,8
"""
SETTINGS = """title = "Work in three valleys"
unit_noun = "valley"
[directions]
"Jobs" = "up"
"Exports" = "up"
"Waste" = "down"
"""


@pytest.fixture(scope="module")
def places(tmp_path_factory):
    """A study that came in through the import, with all results that it has."""
    folder = tmp_path_factory.mktemp("valleys")
    (folder / "raw").mkdir()
    (folder / "raw/import.toml").write_text(SETTINGS, encoding="utf-8")
    (folder / "valleys.csv").write_text(WIDE, encoding="utf-8")
    import_study({"FROM": str(folder / "valleys.csv"), "NAME": str(folder / "raw")})
    made = Places(folder / "raw", folder / "processed", folder / "results", folder / ".build")
    write_processed(made)
    study, have = load_study(made.processed), features_of(made.processed)
    for entry in entries("result"):
        if not lacking(entry, have) and "figure" not in entry["make"]:
            module, _, function = entry["make"].partition(":")
            getattr(import_module(module), function)(study, made.results)
    return made


def found(text):
    text = TAG.sub(" ", CODE.sub(" ", text))
    return [text[max(0, at.start() - 40) : at.end() + 40] for at in FOREIGN.finditer(text)]


def test_no_result_speaks_of_the_article(places):
    said = {}
    for path in sorted(places.results.rglob("*.*")):
        if path.suffix == ".csv":  # names of columns are the same in every study
            said[path.name] = found(path.read_text(encoding="utf-8").partition("\n")[2])
        elif path.suffix in (".md", ".tex", ".html"):
            said[path.name] = found(path.read_text(encoding="utf-8"))
        elif path.suffix == ".xlsx":
            book = load_workbook(path, read_only=True)
            cells = [str(c) for sheet in book for row in sheet.values for c in row if c is not None]
            said[path.name] = found("\n".join([*book.sheetnames, *cells]))
    assert len(said) > 10
    assert {name: lines for name, lines in said.items() if lines} == {}


def test_no_page_of_methods_terms_or_guides_does(places, tmp_path):
    write_documents(tmp_path, set(), ("valley", "valleys"), is_article=False)
    glossary_page(("valley", "valleys")).write(tmp_path)
    pages = {path.name: path.read_text(encoding="utf-8") for path in tmp_path.rglob("*.*")}
    assert "add-a-claim.md" not in pages
    assert "a valley" in pages["methods.md"]
    assert {name: found(text) for name, text in pages.items() if found(text)} == {}


@pytest.mark.parametrize(
    "name", ["02-quantitative-indicators", "03-comparison", "04-trends", "05-indices", "case-study"]
)
def test_no_notebook_does(places, name, tmp_path):
    told = {"data_folder": places.processed.as_posix()}
    notebook = executed(name, told, tmp_path, study=places.processed)
    word_as_study(notebook, places.processed)
    texts = [cell.source for cell in notebook.cells if cell.cell_type == "markdown"]
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            data = output.get("data", {})
            texts += [str(text) for kind, text in data.items() if kind.startswith("text/")]
    assert len(texts) > 5
    assert [line for text in texts for line in found(text)] == []


def test_the_site_has_the_title_of_the_study(places, monkeypatch):
    told = {}

    def build(options, _):
        Path(options["outdir"]).mkdir()
        Path(options["srcdir"], "files").mkdir(exist_ok=True)
        told.update(options)
        return 0, ""

    monkeypatch.setattr(write, "build", build)
    monkeypatch.setattr(write, "finish_pages", lambda _: None)
    write.write_site(places, [])
    assert told["confoverrides"]["project"] == "Work in three valleys"
