"""Matrices: what stands above their columns can be read, however long the names."""

import pandas as pd

from analysis.charts.integral import heat_map
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
