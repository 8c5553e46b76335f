"""Matrices and bars: what stands above and below them can be read, however long the names."""

import numpy as np
import pandas as pd
import pytest

from analysis.charts.integral import heat_map, stacked_contributions
from analysis.charts.labels import column_heads
from analysis.charts.matrices import count_matrix, coverage_matrix

NAMES = [
    "Internationalisation", "Labour productivity in manufacturing per person employed",
    "Überlandleitungsgesellschaften", "info-communication", "contradicted", "Firms",
]  # fmt: skip
LETTERS = 12  # that fit above a column


def test_heads_of_columns_fit_their_columns_and_broken_words_have_a_hyphen():
    heads = column_heads(NAMES)
    assert all(len(line) <= LETTERS for head in heads for line in head.split("\n"))
    assert [head.replace("-\n", "").replace("\n", " ") for head in heads[:1] + heads[2:3]] == [
        NAMES[0], NAMES[2],
    ]  # fmt: skip
    assert heads[3:] == ["info-\ncommuni-\ncation", "contradicted", "Firms"]


def test_matrices_draw_such_heads():
    counts = pd.DataFrame([[1] * len(NAMES)], index=["Kent"], columns=NAMES)
    coverage = pd.DataFrame(
        {"cluster": "Kent", "criterion": NAMES, "indicators": 1, "evidence": True}
    )
    for axes in (count_matrix(counts), coverage_matrix(coverage)):
        drawn = axes.texts[-1].words
        assert len(drawn) == len(NAMES)
        assert all(len(line) <= LETTERS for head in drawn for line in head.split("\n"))


def test_a_heat_map_parts_long_words_with_a_hyphen():
    values = pd.DataFrame([[1.0, 2.0], [2.0, 1.0]], index=["a", "b"], columns=[*NAMES[:1], "Jobs"])
    assert heat_map(values).texts[-1].words == ("Internatio-\nnalisation", "Jobs")


@pytest.mark.parametrize(("units", "parts"), [(2, 6), (5, 20), (60, 3)])
def test_a_legend_of_many_parts_hides_no_axis_and_takes_no_room_from_the_bars(units, parts):
    cells = np.arange(1.0, units * parts + 1).reshape(units, parts)
    table = pd.DataFrame(cells, columns=[f"Indicator number {at}" for at in range(parts)])
    ax = stacked_contributions(table, table)
    ax.figure.canvas.draw()
    legend, below = ax.get_legend().get_window_extent(), ax.xaxis.label.get_window_extent()
    assert legend.y1 <= below.y0
    assert ax.bbox.height / ax.figure.dpi / min(units, 60) > 0.1  # inches of a row


def test_the_lowest_value_of_a_heat_map_is_no_gap():
    ax = heat_map(pd.DataFrame({"jobs": [0.0, 100.0], "waste": [50.0, None]}))
    colours = ax.collections[0].get_facecolor()
    assert len(colours) == 3
    assert colours[:, 3].min() > 0.1  # of 1: no white
