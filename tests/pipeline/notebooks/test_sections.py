"""The runs of the article: no section of a page stands empty."""

from pathlib import Path

import nbformat
import pytest

from pipeline.build.entries import entries
from pipeline.build.graph import NOTEBOOKS
from pipeline.notebooks import runner
from pipeline.notebooks.fit_to_study import fit_to_study

PROCESSED = Path("data/processed")
NAMES = sorted({entry["notebook"] for entry in entries("run")} - {"10-integral-robustness"})


def sections_of(notebook):
    """Return {heading: (number of code cells, number of outputs)}."""
    found, heading = {}, ""
    for cell in notebook.cells:
        if cell.cell_type == "markdown" and cell.source.startswith("## "):
            heading = cell.source.splitlines()[0]
            found[heading] = (0, 0)
        elif cell.cell_type == "code" and heading:
            cells, outputs = found[heading]
            found[heading] = cells + 1, outputs + len(cell.outputs)
    return found


@pytest.mark.parametrize("name", NAMES)
def test_every_section_with_code_shows_something(name):
    notebook = nbformat.read(NOTEBOOKS / f"{name}.ipynb", as_version=4)
    fit_to_study(notebook, PROCESSED)
    shown = sections_of(notebook)
    interactive = {"## Move the sliders"}  # what it shows is kept in no file
    assert [
        heading
        for heading, (cells, outputs) in shown.items()
        if cells and not outputs and heading not in interactive
    ] == []


def test_a_run_leaves_out_what_the_study_lacks_and_the_notebook_keeps_it(tmp_path, monkeypatch):
    monkeypatch.setattr(runner, "_execute", lambda name, source, *_: source)
    runner.run_notebook("03-comparison", tmp_path / "run.ipynb")
    run = nbformat.read(tmp_path / "run.ipynb", as_version=4)
    whole = nbformat.read(NOTEBOOKS / "03-comparison.ipynb", as_version=4)
    gone = sections_of(whole).keys() - sections_of(run).keys()
    assert gone == {"## Where each one stands", "## Do those behind catch up?"}
