"""Every notebook: short cells, no functions, computed prose, and one run per entry of the graph."""

import ast
import json
from pathlib import Path

import nbformat
import pytest

from pipeline.build.entries import entries
from pipeline.build.sources import sources_of
from pipeline.notebooks.pytest_plugin import BROWSER, DEAREST
from pipeline.outputs.canonical import canonical_notebook

NOTEBOOKS = sorted(Path("notebooks").glob("*.ipynb"))
names = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)


def code_cells(path):
    return [c for c in nbformat.read(path, as_version=4).cells if c.cell_type == "code"]


def test_every_notebook_is_run_and_every_run_has_its_notebook():
    runs = {run["notebook"] for run in entries("run")}
    assert {path.stem for path in NOTEBOOKS} == runs | {"welcome"}  # the door of `make lab`


def test_what_make_test_begins_with_is_there():
    assert [name for name in (*DEAREST, BROWSER) if not Path(name).exists()] == []


def test_the_welcome_page_leads_to_every_notebook_under_its_own_question():
    rows = "\n".join(
        f"| [{path.stem}]({path.name}) | {title(path)} |"
        for path in NOTEBOOKS
        if path.stem != "welcome"
    )
    cells = nbformat.read("notebooks/welcome.ipynb", as_version=4).cells
    assert any(rows in cell.source for cell in cells)


def title(path):
    first = nbformat.read(path, as_version=4).cells[0].source
    return first.splitlines()[0].removeprefix("# ")


@names
def test_it_opens_with_a_question_and_says_what_to_expect(path):
    first = nbformat.read(path, as_version=4).cells[0]
    title = first.source.splitlines()[0]
    assert first.cell_type == "markdown"
    assert title.startswith("# ")
    assert title.endswith("?")
    for word in ("Reproduces", "Reads", "See also", "To change a parameter"):
        assert f"| {word} |" in first.source


@names
def test_the_answer_comes_first_with_its_caveat(path):
    headings = [
        line
        for cell in nbformat.read(path, as_version=4).cells
        if cell.cell_type == "markdown"
        for line in cell.source.splitlines()
        if line.startswith("## ")
    ]
    assert headings[0] == "## The answer"
    assert headings[-1] == "## Limits"


@names
def test_cells_are_short_and_define_nothing(path):
    parameters, imports, *rest = code_cells(path)
    assert parameters.metadata["tags"] == ["parameters"]
    assert all(isinstance(node, ast.AnnAssign) for node in ast.parse(parameters.source).body)
    *tree, check = ast.parse(imports.source).body
    assert all(isinstance(node, ast.Import | ast.ImportFrom) for node in tree)
    assert ast.unparse(check) == "check_parameters(globals())"
    for cell in rest:
        lines = [line for line in cell.source.splitlines() if line.strip()]
        assert 1 <= len(lines) <= 6, cell.source
        kinds = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Import | ast.ImportFrom
        assert not any(isinstance(node, kinds) for node in ast.walk(ast.parse(cell.source)))


@names
def test_it_is_committed_in_canonical_form(path):
    text = path.read_text(encoding="utf-8")
    notebook = canonical_notebook(nbformat.reads(text, as_version=4))
    assert nbformat.writes(notebook) + "\n" == text
    metadata = json.loads(text)["metadata"]
    assert metadata["kernelspec"]["name"] == "python3"
    assert metadata["language_info"]["file_extension"] == ".py"  # `jupyter nbconvert --to script`
    assert metadata["language_info"]["mimetype"] == "text/x-python"
    assert all(cell.execution_count for cell in notebook.cells if cell.cell_type == "code")


@names
def test_it_never_parses_a_raw_file(path):
    code = "\n".join(cell.source for cell in code_cells(path))
    for forbidden in ("read_csv", "open(", "data/raw", "sys.path", "warnings"):
        assert forbidden not in code


def test_a_notebook_rests_on_the_modules_it_imports():
    files = {path.as_posix() for path in sources_of(Path("notebooks/04-trends.ipynb"))}
    assert {
        "analysis/trend/mann_kendall_test.py",
        "analysis/trend/kendall/kendall_null.py",
        "analysis/study/loading.py",
    } <= files
    assert not any(name.startswith(("article/", "pipeline/")) for name in files)


def test_what_the_package_exports_counts_as_its_own_module():
    files = {path.as_posix() for path in sources_of(Path("notebooks/welcome.ipynb"))}
    assert {
        "analysis/study/loading.py",
        "analysis/trend/mean_growth.py",
        "analysis/charts/intervals.py",
    } <= files
    assert "analysis/trend/mann_kendall_test.py" not in files


@names
def test_columns_of_years_are_put_in_order(path):
    sources = [cell.source for cell in code_cells(path)]
    for source in (source for source in sources if 'columns="year"' in source):
        assert source.count("sort_index(axis=1)") >= source.count('columns="year"'), source
