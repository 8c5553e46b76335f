"""Fit a notebook to a study of one's own: its cells before it runs, its words after it."""

import csv
import os
from pathlib import Path

from analysis.tidy.wording import escaped
from pipeline.build.study_features import features_of
from pipeline.notebooks.cells import (
    in_words_of,
    lacking_cells,
    without_sentences,
    worded_outputs,
)
from pipeline.places import about_of


def fit_to_study(notebook, folder):
    """Leave out the cells that the study of a folder has no use for, and word the others."""
    if not (about := about_of(folder)):  # raw data: what they hold is seen only when they are read
        return
    nouns, have = _nouns(about), features_of(folder)
    gone = set(lacking_cells(notebook, have))
    for at, cell in enumerate(notebook.cells):
        cell.metadata["position"] = at
        if cell.cell_type == "markdown":
            cell.source = in_words_of(without_sentences(cell.source, have), nouns)
            if not cell.source.strip() or cell.source.strip() == "## Limits":
                gone.add(at)
    notebook.cells = [cell for at, cell in enumerate(notebook.cells) if at not in gone]


def word_as_study(notebook, folder):
    """Write the noun of another study into what was computed; what its data say stays."""
    about = about_of(folder)
    if (nouns := _nouns(about)) == ("cluster", "clusters"):
        return
    tables = ("clusters", "components", "indicators", "criteria", "pillars", "regional_context")
    texts = {title} if "cluster" in (title := about.get("title", "")).lower() else set()
    for name in tables:
        with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            cells = (cell for row in list(csv.reader(file))[1:] for cell in row)
            texts |= {cell for cell in cells if "cluster" in cell.lower()}
    kept = sorted(texts | {escaped(text) for text in texts}, key=len, reverse=True)
    worded_outputs(notebook, nouns, kept)


def _nouns(about):
    return about.get("unit_noun", "cluster"), about.get("unit_noun_plural", "clusters")


def portable(notebook, output, data):
    """Name the data of a study outside the project from where the notebook lies: no place of ours.

    Both lie in the study's own folder, which may go elsewhere as a whole.
    """
    if not Path(data).is_absolute():
        return notebook
    beside = Path(os.path.relpath(data, output.parent.resolve())).as_posix()
    return _renamed(notebook, {data: beside, Path(data).resolve().as_posix(): beside})


def _renamed(node, places):
    """Replace the names of places in all texts of a notebook."""
    if isinstance(node, str):
        for place, named in places.items():
            node = node.replace(place, named)
    elif isinstance(node, dict):
        for key, value in node.items():
            node[key] = _renamed(value, places)
    elif isinstance(node, list):
        node[:] = [_renamed(value, places) for value in node]
    return node
