"""Under each table of a notebook stands a sentence on what to see, also where a table is empty."""

import ast
from pathlib import Path

import nbformat
import pandas as pd
import pytest

from analysis import shown
from analysis.text.table_notes import extremes, flagged, many

NOTEBOOKS = sorted(Path("notebooks").glob("*.ipynb"))


def without_note(source):
    """Give the calls of `shown` in a cell that have no note."""
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    tables = [call for call in calls if getattr(call.func, "id", "") == "shown"]
    return [ast.unparse(c) for c in tables if "note" not in {k.arg for k in c.keywords}]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_every_table_says_what_to_see(path):
    cells = nbformat.read(path, as_version=4).cells
    found = [call for c in cells if c.cell_type == "code" for call in without_note(c.source)]
    assert found == []


def test_a_table_without_rows_is_its_sentence():
    empty = shown(pd.DataFrame({"a": []}), note="No values are missing.")
    assert empty._repr_html_() == "<p>No values are missing.</p>"
    assert repr(empty) == "No values are missing."
    assert "Nothing to list" in shown(pd.DataFrame())._repr_html_()


def test_sentences_on_tables_without_columns_say_nothing_wrong():
    nothing = pd.DataFrame()
    assert extremes(nothing, "score", "Score") == ""
    assert flagged(nothing, "holds", "hold", "holds") == ""
    assert many(nothing, "pair is", "pairs are", "flagged") == "No pairs are flagged."


def test_a_column_without_any_value_is_not_shown_but_a_year_is():
    table = pd.DataFrame({"a": [1.0, None], "reason": ["", None], "2020": [None, None]})
    page = shown(table, note="n")._repr_html_()
    assert "why empty" not in page
    assert "2020" in page
    assert "why empty" in shown(table.assign(reason=["", "zero base"]), note="n")._repr_html_()
    assert "reason" in shown(table[["reason"]], note="n").frame  # else nothing would be left
