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


def years_of(figure, inches):
    """Give the years at places in the panel of the indicator x."""
    to_years = (figure.axes[0].transData - figure.panels["x"]).transform
    return to_years([(x, 0) for x in inches])[:, 0].round(6).tolist()


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
    if figure.panels:
        seen = set(years_of(figure, seen))
    assert seen == {2018.0 + k for k, value in enumerate(values) if value is not None}


def test_a_line_without_lonely_values_has_no_dots():
    figure = series_panels(frame(a=[1.0, 2.0], b=[3.0, 4.0]))
    pale = [line for line in figure.axes[0].lines if line.get_zorder() == 0]
    assert [line.get_marker() for line in pale] == ["None"]


def test_what_is_drawn_into_a_panel_stands_where_its_values_are():
    one = frame(a=[1.0, 2.0, 4.0])
    figure = series_panels(pd.concat([one, one.assign(indicator="y", value=one["value"] * 1000)]))
    (ax,) = figure.axes
    (dots,) = [line for line in ax.lines if line.get_marker() == "o"]
    drawn = ax.transData.transform(dots.get_xydata())
    for first, name, scale in ((0, "x", 1), (3, "y", 1000)):
        values = [(2018, 1 * scale), (2019, 2 * scale), (2020, 4 * scale)]
        wanted = figure.panels[name].transform(values)
        assert np.allclose(drawn[first : first + 3], wanted)
    left, right = (figure.panels[name].transform((2018, 0)) for name in "xy")
    assert left[1] == right[1] and left[0] < right[0]


def test_lines_of_neighbouring_panels_are_not_joined():
    figure = series_panels(pd.concat([frame(a=[1.0, 2.0]).assign(indicator=n) for n in "xyz"]))
    (line,) = [line for line in figure.axes[0].lines if line.get_linewidth() == 1.2]
    assert np.isnan(line.get_ydata()).sum() == 3 and len(line.get_xdata()) == 9


def test_no_legend_and_no_title_of_a_panel_leaves_the_picture():
    levelled = load_study().series.assign(fitted=1.0)
    figure = series_panels(levelled, columns=3, line="fitted", title="All of them")
    figure.draw_without_rendering()
    edge = figure.bbox
    boxes = [text.get_window_extent() for text in figure.axes[0].texts]
    boxes += [legend.get_window_extent() for legend in figure.legends]
    assert all(edge.x0 <= box.x0 and box.x1 <= edge.x1 for box in boxes)
