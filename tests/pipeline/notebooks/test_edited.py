"""What a user wrote into a notebook that was made is never lost."""

import nbformat
import pytest

from pipeline.build.steps import _remove
from pipeline.errors import StudyError
from pipeline.kernels.preparing import prepare_kernels
from pipeline.notebooks.edited import marked, move_edited_aside
from pipeline.notebooks.runner import run_notebook


@pytest.fixture
def made_notebook(tmp_path):
    """A notebook as it was made, and a function that writes it again with another cell."""
    path = tmp_path / "notebooks/a.ipynb"
    path.parent.mkdir()

    def write(source, is_made=True):
        notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source, id="a")])
        output = nbformat.v4.new_output(
            "display_data", {"image/png": "aGk=\n", "text/html": "<b>\nx"}
        )
        notebook.cells[0].outputs = [output]
        path.write_text(nbformat.writes(marked(notebook) if is_made else notebook))
        return path

    write("1")
    return write


def edit(path, source):
    notebook = nbformat.read(path, as_version=4)
    notebook.cells[0].source = source
    path.write_text(nbformat.writes(notebook))


def test_one_that_is_as_it_was_made_stays_where_it_is(made_notebook, capsys):
    path = made_notebook("1")
    move_edited_aside(path)
    assert path.is_file()
    assert [p.name for p in path.parent.iterdir()] == ["a.ipynb"]
    assert capsys.readouterr().err == ""


def test_an_edited_one_is_moved_aside_with_a_message(made_notebook, capsys):
    path = made_notebook("1")
    edit(path, "1 + 1")
    move_edited_aside(path)
    aside = path.parent / "edited/a.ipynb"
    assert not path.exists() and nbformat.read(aside, as_version=4).cells[0].source == "1 + 1"
    assert capsys.readouterr().err == f"Edited, so moved aside: {path} is now {aside}\n"


def test_a_second_edit_leaves_the_first_alone(made_notebook):
    for source in ("first", "second", "third"):
        path = made_notebook("1")
        edit(path, source)
        move_edited_aside(path)
    read = [nbformat.read(p, as_version=4) for p in sorted(path.parent.glob("edited/*.ipynb"))]
    assert sorted(notebook.cells[0].source for notebook in read) == ["first", "second", "third"]


@pytest.mark.parametrize("text", ["", "{", "[]", '{"cells": []}'])
def test_what_is_no_notebook_of_ours_is_moved_aside_too(made_notebook, text):
    path = made_notebook("1", is_made=False)
    if text:
        path.write_text(text)
    move_edited_aside(path)
    assert not path.exists() and (path.parent / "edited/a.ipynb").is_file()


def test_one_of_a_run_that_is_no_longer_part_of_the_study_is_kept_when_edited(made_notebook):
    path = made_notebook("1")
    edit(path, "mine")
    _remove(path)
    assert not path.exists() and (path.parent / "edited/a.ipynb").is_file()
    _remove(made_notebook("1"))
    assert [p.name for p in path.parent.iterdir()] == ["edited"]


def test_where_it_cannot_be_moved_nothing_is_written(made_notebook):
    path = made_notebook("1")
    edit(path, "mine")
    (path.parent / "edited").write_text("a file in the way")
    with pytest.raises(StudyError, match="was edited and cannot be moved aside"):
        move_edited_aside(path)
    assert path.is_file()


def test_a_run_keeps_what_was_written_into_the_last_one(tmp_path, capsys):
    prepare_kernels()
    output = tmp_path / "welcome.ipynb"
    run_notebook("welcome", output)
    run_notebook("welcome", output)
    assert "Edited" not in capsys.readouterr().err
    edit(output, "# my own words")
    run_notebook("welcome", output)
    assert "Edited, so moved aside: " in capsys.readouterr().err
    assert "# my own words" in (tmp_path / "edited/welcome.ipynb").read_text()
    assert "# my own words" not in output.read_text()
