"""A notebook's run in the words of a study, and without what the study does not have."""

import nbformat
import pytest

from pipeline.notebooks.cells import (
    in_words_of,
    lacking_cells,
    without_sentences,
    worded_outputs,
)


@pytest.mark.parametrize(("text", "said"), [
    ("Clusters and a cluster", "Regions and a region"),
    ("`clusters.csv` of the cluster", "`clusters.csv` of the region"),
    ("clustered", "clustered"),
])  # fmt: skip
def test_static_words_are_those_of_the_study(text, said):
    assert in_words_of(text, ("region", "regions")) == said


def test_a_cell_needs_everything_that_its_tags_name():
    cell = nbformat.v4.new_markdown_cell(
        "x", metadata={"tags": ["needs-grades", "needs-second-year"]}
    )
    notebook = nbformat.v4.new_notebook(cells=[cell, nbformat.v4.new_markdown_cell("y")])
    assert lacking_cells(notebook, {"grades"}) == [0]
    assert lacking_cells(notebook, {"grades", "second year"}) == []


def test_a_sentence_on_what_is_not_there_is_left_out_and_the_rest_stays():
    text = "## Limits\n\nA target is a plan. An empty cell is missing."
    assert without_sentences(text, set()) == "## Limits\n\nAn empty cell is missing."
    assert without_sentences(text, {"targets"}) == text


def test_names_in_the_data_stay_as_they_are():
    output = nbformat.v4.new_output(
        "display_data", data={"text/markdown": "2 clusters; Wine cluster is first"}
    )
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("", outputs=[output])])
    worded_outputs(notebook, ("region", "regions"), ["Wine cluster"])
    assert output["data"]["text/markdown"] == "2 regions; Wine cluster is first"
