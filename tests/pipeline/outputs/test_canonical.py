"""Canonical bytes and whole files: same content, same bytes, never a part of a file."""

import csv
import os
import re
from pathlib import Path

import nbformat
import pandas as pd
import pytest

from pipeline.outputs.canonical import (
    canonical_notebook,
    content_of,
    csv_text,
    files_in,
    keep_foreign,
    list_files,
    remove_parts,
    replacing,
    write_bytes,
    write_csv,
    write_together,
)
from pipeline.outputs.formats import markdown


def executed(cell_id, started, address):
    cell = nbformat.v4.new_code_cell("x", id=cell_id, execution_count=1)
    cell.metadata = {"execution": {"start": started}, "papermill": {"start_time": started}}
    cell.outputs = [
        nbformat.v4.new_output("stream", text=f"<object at {address}>\n"),
        nbformat.v4.new_output(
            "execute_result", {"text/plain": f"<Axes at {address}>"}, execution_count=1
        ),
    ]
    injected = nbformat.v4.new_code_cell("a = 1", id=cell_id[::-1])
    injected.metadata = {"tags": ["injected-parameters"], "papermill": {}}
    return nbformat.v4.new_notebook(
        cells=[injected, cell], metadata={"papermill": {"start_time": started}}
    )


def test_two_runs_of_the_same_content_are_the_same_bytes():
    first = canonical_notebook(executed("a1b2c3d4", "10:00", "0x7f3a5c1d2e10"))
    second = canonical_notebook(executed("99ffee00", "11:11", "0x7fffffffffff"))
    assert nbformat.writes(first) == nbformat.writes(second)
    assert first.cells[0].id == "parameters-of-this-run"
    assert "papermill" not in first.metadata
    nbformat.validate(first)


def test_the_view_of_a_widget_goes_and_what_is_beside_it_stays():
    notebook = executed("a1b2c3d4", "10:00", "0x123456")
    view = {"text/plain": "VBox()", "application/vnd.jupyter.widget-view+json": {"model_id": "7f"}}
    notebook.cells[1].outputs.insert(0, nbformat.v4.new_output("display_data", view))
    notebook.metadata["widgets"] = {"state": {"7f": {}}}
    assert nbformat.writes(canonical_notebook(notebook)) == nbformat.writes(
        canonical_notebook(executed("a1b2c3d4", "10:00", "0x123456"))
    )


def test_a_different_output_stays_different():
    first, second = executed("a1b2c3d4", "1", "0x123456"), executed("a1b2c3d4", "1", "0x123456")
    second.cells[1].outputs[0].text = "other\n"
    assert nbformat.writes(canonical_notebook(first)) != nbformat.writes(canonical_notebook(second))


OF_A_STUDY = sorted(Path("notebooks").glob("[0-9c]*.ipynb"))


@pytest.mark.parametrize("path", OF_A_STUDY, ids=lambda path: path.stem)
def test_the_head_of_another_study_says_nothing_of_the_article(path):
    read = [nbformat.read(path, as_version=4) for _ in range(3)]
    head = canonical_notebook(read[0], of_another_study=True).cells[0].source
    ours = canonical_notebook(read[1]).cells[0].source
    assert "| Reads |" in head and "| See also |" in head
    assert not [word for word in ("Reproduces", "To change a parameter", "SET=") if word in head]
    assert ours == read[2].cells[0].source
    assert "Reproduces" in ours and "SET=" in ours


def test_a_failed_write_leaves_what_stood_and_nothing_beside_it(tmp_path):
    path = tmp_path / "a.csv"
    write_bytes(path, b"before")
    with pytest.raises(RuntimeError), replacing(path) as part:
        part.write_bytes(b"half")
        raise RuntimeError
    assert path.read_bytes() == b"before"
    assert [path.name for path in tmp_path.iterdir()] == ["a.csv"]


def test_a_file_gets_the_mode_that_the_umask_allows(tmp_path):
    before = os.umask(0o077)
    try:
        write_bytes(tmp_path / "a", b"")
    finally:
        os.umask(before)
    write_bytes(tmp_path / "b", b"")
    assert (tmp_path / "a").stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "b").stat().st_mode & 0o777 == 0o666 & ~before


def test_csv_is_plain(tmp_path):
    frame = pd.DataFrame({"a": [1.0, 0.1 + 0.2, float("nan")], "b": ["x", None, "«ü»"]})
    write_csv(tmp_path / "a.csv", frame)
    assert (tmp_path / "a.csv").read_bytes() == "a,b\n1.0,x\n0.3,\n,«ü»\n".encode()


def test_several_files_take_their_places_together_or_not_at_all(tmp_path):
    first, second = tmp_path / "a", tmp_path / "b"
    write_together({first: "1", second: "1"})
    with pytest.raises(UnicodeEncodeError):
        write_together({first: "\ud800", second: "2"})
    assert (first.read_text(), second.read_text()) == ("1", "1")
    write_together({first: "2", second: "2"})
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == {"a": "2", "b": "2"}


def test_what_a_killed_run_left_is_removed(tmp_path):
    (tmp_path / "figures").mkdir()
    for name in ("a.csv", ".part-x.csv", "figures/.part-y.svg"):
        (tmp_path / name).write_text("")
    remove_parts(tmp_path, tmp_path / "none")
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == ["a.csv"]


def test_a_large_amount_is_kept_to_the_cent_and_noise_is_not():
    amounts = [123456789012.35, 123456789013.35, 999999999999.0, 1e15, 0.1 + 0.2, 1 / 3, -2e11]
    table = pd.DataFrame({"value": amounts})
    wanted = [
        "123456789012.35", "123456789013.35", "999999999999", "1e+15", "0.3", "0.3333333333",
        "-200000000000",
    ]  # fmt: skip
    pointed = [f"{text}.0" if text.lstrip("-").isdigit() else text for text in wanted]
    assert csv_text(table).split()[1:] == pointed
    assert all(f"| {text} |" in " ".join(markdown(table, "t").split()) for text in wanted[:3])


def test_a_column_with_fractions_looks_so_from_its_first_row():
    table = pd.DataFrame({"a": [1.0, 0.5, None], "whole": [1.0, 2.0, None], "n": [1, 2, 3]})
    assert csv_text(table).split() == ["a,whole,n", "1.0,1,1", "0.5,2,2", ",,3"]
    assert csv_text(table, "%.15g") == csv_text(table)
    twice = pd.DataFrame([[1.0, 2.5], [0.5, 3.0]], columns=["a", "a"])
    assert csv_text(twice).split() == ["a,a", "1.0,2.5", "0.5,3.0"]
    assert table["a"].tolist()[:2] == [1.0, 0.5]  # the caller's table stays


def test_every_csv_of_the_results_has_one_kind_of_number_in_a_column(made):
    """What guesses types from the first rows, such as polars, needs no options to read them."""
    whole, fraction = re.compile(r"-?\d+"), re.compile(r"-?\d+(\.\d+)?(e[-+]\d+)?")
    paths = [path for path in made.rglob("*.csv") if "site" not in path.parts]
    assert len(paths) > 20
    for path in paths:
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        for name in rows[0] if rows else ():
            texts = [row[name] for row in rows if row[name]]
            numbers = texts and all(map(fraction.fullmatch, texts))
            assert (
                not numbers or whole.fullmatch(texts[0]) is None or all(map(whole.fullmatch, texts))
            ), f"{path}: {name}"


def test_a_notebook_that_is_only_saved_again_says_the_same():
    first, saved = executed("a1b2c3d4", "1", "0x123456"), executed("a1b2c3d4", "1", "0x123456")
    saved.cells[1].execution_count = 7
    saved.metadata["language_info"] = {"name": "python", "version": "3.99"}
    assert content_of(first) == content_of(saved)
    saved.cells[1].source += "  # a thought"
    assert content_of(first) != content_of(saved)


def test_files_of_somebody_else_go_along_to_a_folder_that_is_made_anew(tmp_path):
    old, new = tmp_path / "old", tmp_path / "new"
    for folder, names in ((old, ["page.html", "gone.html"]), (new, ["page.html"])):
        folder.mkdir()
        for name in names:
            (folder / name).write_text(folder.name)
        list_files(folder)
    (old / "own/deep").mkdir(parents=True)
    (old / "own/deep/notes.txt").write_text("mine")
    (old / "own/link").symlink_to("deep/notes.txt")
    keep_foreign(old, new)
    assert (new / "own/deep/notes.txt").read_text() == "mine"
    assert (new / "own/link").is_symlink()
    assert (new / "page.html").read_text() == "new" and not (new / "gone.html").exists()
    assert [path.name for path in files_in(new)] == [".files", "page.html"]
