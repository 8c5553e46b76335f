"""A study that shares no word with the article goes through; nothing of the article is wired in."""

import ast
import csv
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from executed import executed

from analysis.study.loading import load_study
from examples.make_synthetic import write_study
from pipeline.build.graph import entries, study_steps
from pipeline.outputs import figures, results
from pipeline.outputs.processed import write_processed
from pipeline.places import PROJECT, Places
from pipeline.places import places as find_places
from pipeline.site.pages.notebooks import notebook_page
from tests.carried_out import contents, naming

SYNTHETIC = Path("examples/synthetic")
# one run of each notebook, each with a value that only this study has
RUNS = {run["notebook"]: {} for run in entries("run") if "claims" not in run["needs"]}
RUNS |= {
    "02-quantitative-indicators": {"table": 13},
    "04-trends": {"base_year": 2005, "significance": 0.01},
    "05-indices": {"base_year": 2006},
    "06-innovation-potential": {"planned_credit": 0.5, "weights": "entropy"},
    "case-study": {"cluster": "oysters-027"},
}


@pytest.fixture(scope="module")
def processed(tmp_path_factory):
    folder = tmp_path_factory.mktemp("synthetic")
    places = Places(SYNTHETIC, folder / "processed", folder / "results", folder / ".build")
    write_processed(places)
    return places.processed


def test_only_notebooks_of_another_study_are_told_where_its_data_are(processed):
    folders = Places(SYNTHETIC, processed, processed / "results", processed / ".build")
    told = f"'data_folder': {processed.as_posix()!r}"
    for places, is_told in ((folders, True), (find_places({}), False)):
        steps, _ = study_steps(places, ["03-comparison", "case-study"])
        assert len(steps) > 11
        assert {told in step.settings["parameters"] for step in steps} == {is_told}


def test_the_script_writes_exactly_what_is_committed(tmp_path):
    assert contents(write_study(tmp_path)) == contents(SYNTHETIC)


def test_it_says_that_it_is_made_up():
    assert "made up" in json.loads((SYNTHETIC / "datapackage.json").read_text("utf-8"))["title"]
    assert "**made up**" in Path("examples/README.md").read_text("utf-8")


def test_it_shares_nothing_with_the_article(processed, study):
    other = load_study(processed)
    assert (len(other.clusters), len(other.years)) == (50, 12)
    assert not set(other.years) & set(study.years)
    assert not set(other.grades) & set(study.grades)
    assert not set(other.component_names) & set(study.component_names)
    assert not set(other.activity_classes) & set(study.activity_classes)
    assert not set(other.clusters.index) & set(study.clusters.index)
    assert not set(other.clusters["region"]) & set(study.clusters["region"])
    assert not set(other.indicators.index) & set(study.indicators.index)
    assert not other.has("claims")
    assert not other.has("published")


@pytest.mark.long
def test_results_and_pictures(processed, tmp_path):
    other = load_study(processed)
    writers = (results.growth, results.trends, results.indices, results.composite, results.ranks)
    for write in (*writers, figures.rank_shares, figures.base_indices):
        write(other, tmp_path)
    for name in ("growth", "trends", "indices", "composite", "ranks", "figures/base-index"):
        with (tmp_path / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        assert {row["cluster"] for row in rows} <= set(other.clusters.index)
        assert len(rows) >= 50
        assert not [row for row in rows if "inf" in row.values()]
    drawn = {}  # the last rows are those of the picture of base indices
    for row in rows:
        drawn.setdefault((row["cluster"], row["indicator"]), set()).add(row["base_index"] != "")
    assert {True, False} in drawn.values(), "a gap is drawn as a gap"
    assert {False} not in drawn.values(), "a series without an index has no line"


@pytest.mark.long
def test_a_kernel_runs_a_notebook_of_it(tmp_path):
    own = {"DATA": str(SYNTHETIC), "OUT": str(tmp_path), "NAME": "01-institutional-components"}
    command = [sys.executable, "-m", "pipeline", "notebook"]
    run = subprocess.run(command, env=os.environ | own, capture_output=True, text=True, check=False)
    assert (run.returncode, run.stderr) == (0, "")
    assert naming(tmp_path / "results", tmp_path, PROJECT) == []
    made = nbformat.read(Path(run.stdout.splitlines()[-1]), as_version=4)
    shown = [out for cell in made.cells for out in cell.get("outputs", [])]
    assert {"image/png", "text/markdown"} <= {kind for out in shown for kind in out.get("data", {})}


@pytest.mark.long
def test_one_run_of_every_notebook(processed, study, tmp_path):
    for name, own in RUNS.items():
        notebook = executed(name, {"data_folder": processed.as_posix()} | own, tmp_path)
        outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
        assert len(outputs) >= 5
        assert not [output for output in outputs if output.get("name") == "stderr"]
        page, _ = notebook_page(nbformat.writes(notebook))
        assert not [cluster for cluster in study.clusters.index if cluster in page], name


def words_of_the_article():
    rows = {}
    for table in ("clusters", "indicators", "components"):
        with Path(f"data/raw/{table}.csv").open(encoding="utf-8", newline="") as file:
            rows[table] = list(csv.DictReader(file))
    words = {row[column] for row in rows["clusters"] for column in ("cluster", "name", "region")}
    words |= {row[column] for row in rows["indicators"] for column in ("indicator", "label")}
    return words | {row["component"] for row in rows["components"]} - {"services"}


def strings(code):
    """Every text and name in a piece of code, but for docstrings, which may give examples."""
    tree = ast.parse(code)
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and ast.get_docstring(
            node
        ):
            node.body[0].value.value = ""
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant):
            yield str(node.value)
        elif isinstance(node, ast.Name | ast.arg):
            yield node.id if isinstance(node, ast.Name) else node.arg


def sources():
    for package in ("analysis", "pipeline"):
        for path in Path(package).rglob("*.py"):
            yield path, path.read_text(encoding="utf-8")
    for path in Path("notebooks").glob("*.ipynb"):
        cells = nbformat.read(path, as_version=4).cells
        yield path, "\n".join(cell.source for cell in cells if cell.cell_type == "code")


def test_nothing_of_the_article_is_wired_in():
    words = "|".join(map(re.escape, words_of_the_article()))
    whole = re.compile(rf"(?<![\w-])({words})(?![\w-])")
    years = {str(year) for year in range(2016, 2021)}
    grades = {"insufficient", "average", "highest"}  # one of them is a plain word, two are a scale
    for path, code in sources():
        texts = set(strings(code))
        assert not [text for text in texts if whole.search(text)], path
        assert not texts & years, path
        assert len(grades & texts) < 2, path
