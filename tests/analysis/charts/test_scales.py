"""The scales of a chart: numbers that can be read, and that follow the limits."""

import matplotlib.pyplot as plt
import pandas as pd
import pytest
from matplotlib.lines import TICKDOWN

from analysis.charts.intervals import interval_dots
from analysis.charts.scales import scale_of_numbers
from analysis.charts.unit_dots import value_dots


@pytest.fixture(autouse=True)
def _closed():
    yield
    plt.close("all")


def below(ax):
    """Give the numbers of the horizontal scale, and the marks where they stand."""
    (words,) = [text.words for text in ax.texts if text.get_va() == "top"]
    (marks,) = [line.get_xdata() for line in ax.lines if line.get_marker() == TICKDOWN]
    return list(words), list(marks)


@pytest.mark.parametrize(("values", "first", "last"), [
    ([2e-6, 3e-6], "2e-06", "3e-06"), ([2e6, 3e6], "2 m", "3 m"), ([20000, 30000], "20000", "30000")
])  # fmt: skip
def test_a_scale_has_no_power_of_ten_beside_it(values, first, last):
    ax = value_dots(pd.Series(values, index=["a", "b"]))
    words, _ = below(ax)
    assert (words[0], words[-1]) == (first, last)
    ax.figure.draw_without_rendering()
    assert ax.xaxis.get_offset_text().get_text() == ""


def test_small_numbers_of_a_panel_are_written_as_they_are():
    assert list(scale_of_numbers(0, 1.1e-6, [9e-7]).values()) == ["0", "3e-07", "6e-07", "9e-07"]


def test_a_scale_follows_limits_that_are_set_later():
    ax = interval_dots(pd.DataFrame({"low": [0.1], "high": [0.9]}, index=["a"]))
    ax.set_xlim(0, 50)
    words, marks = below(ax)
    assert words == ["0", "10", "20", "30", "40", "50"]
    assert marks == [0, 10, 20, 30, 40, 50]
