"""Panels of series: every value that exists is seen."""

import numpy as np
import pandas as pd
import pytest

from analysis import load_study
from analysis.charts.panels import series_panels
from analysis.charts.sparklines import series_rows


def frame(**series):
    rows = [
        (name, year, value)
        for name, values in series.items()
        for year, value in zip(range(2018, 2018 + len(values)), values, strict=True)
    ]
    table = pd.DataFrame(rows, columns=["cluster", "year", "value"])
    return table.assign(indicator="x", standing="outcome", label="X", unit="n")


@pytest.mark.parametrize("draw", [series_panels, lambda table: series_rows(table, "a").figure])
@pytest.mark.parametrize(
    "values", [[5, None, 6, None], [None, 5, None, None], [5, None, 6, 7], [1, 2, 3, None]], ids=str
)
def test_each_value_of_the_others_is_seen(draw, values):
    figure = draw(frame(a=[1.0, 2.0, 3.0, 4.0], b=values))
    pale = [line for line in figure.axes[0].lines if line.get_zorder() == 0]
    seen = set()
    for line in pale:
        x = np.asarray(line.get_xdata(), float)
        there = ~np.isnan(x) & ~np.isnan(np.asarray(line.get_ydata(), float))
        dots = line.get_marker() == "."
        legs = np.zeros(len(x), bool)
        legs[1:] |= there[1:] & there[:-1]
        legs[:-1] |= there[1:] & there[:-1]
        seen |= set(x[there & (legs | dots)].tolist())
    assert seen == {2018.0 + k for k, value in enumerate(values) if value is not None}


def test_a_line_without_lonely_values_has_no_dots():
    figure = series_panels(frame(a=[1.0, 2.0], b=[3.0, 4.0]))
    assert [line.get_marker() for line in figure.axes[0].lines if line.get_zorder() == 0] == [
        "None"
    ]


def test_no_legend_and_no_title_of_a_panel_leaves_the_picture():
    levelled = load_study().series.assign(fitted=1.0)
    figure = series_panels(levelled, columns=3, line="fitted", title="All of them")
    figure.draw_without_rendering()
    edge = figure.bbox
    boxes = [ax.title.get_window_extent() for ax in figure.axes]
    boxes += [legend.get_window_extent() for legend in figure.legends]
    assert all(edge.x0 <= box.x0 and box.x1 <= edge.x1 for box in boxes)
