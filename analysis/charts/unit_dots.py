"""One dot per unit: all units by the value of one indicator, and one unit over all indicators."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

import matplotlib.pyplot as plt
import numpy as np

from analysis.charts.intervals import reference_line
from analysis.charts.labels import rows_left_out, shorten, write_beside
from analysis.charts.picture import Picture, add_title, figure_width, new_axes
from analysis.charts.scales import abbreviate_axis, despine, draw_scale, draw_scale_below
from analysis.charts.style import ACCENT, GREY, INK, PALE, TEXT
from analysis.tidy.records import records
from analysis.tidy.wording import brief_number

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

NAMED = 60  # units up to which each has a row and a name
ENDS = 3  # units named at either end where there are more
LONGEST = 34  # characters of a name
LINE = 48  # characters of a line below the axes
LINE_HEIGHT = 0.03  # of the height of a page with many units, that a name takes
MOST_ROWS = 40  # indicators of one unit


def value_dots(
    values: pd.Series, *, accent: str | None = None, label: str = "", title: str = ""
) -> Axes:
    """Draw all units as dots in the order of their values, one of them in the accent colour.

    Up to `NAMED` units each has a row with its name and value; of more, those at both ends and the
    chosen one are named. A line marks the median.

    Parameters
    ----------
    values : Series of float, index the names of the units; the first is drawn at the top
    accent : the name of the unit to mark
    label : quantity and unit

    Returns the axes.

    >>> import pandas as pd
    >>> ax = value_dots(pd.Series({"a": 3.0, "b": 2.0, "c": 1.0}), accent="b")
    >>> len(ax.collections)
    1
    """
    values = values.dropna()
    few = len(values) <= NAMED
    shown = set(values.index) if few else {*values.index[:ENDS], *values.index[-ENDS:], accent}
    rows = np.arange(len(values))[::-1]  # the first at the top
    named = [(row, n) for row, n in zip(rows, values.index, strict=True) if n in shown]
    names = _distinct([str(name) for _, name in named], LONGEST)
    words = [brief_number(values[name]) for _, name in named]
    ax = _axes(len(values), few, figure_width(names, words))
    colours = [ACCENT if name == accent or accent is None else GREY for name in values.index]
    sizes = [44 if name == accent else 26 if few else 9 for name in values.index]
    ax.scatter(values.to_numpy(), rows, s=sizes, c=colours, zorder=3)
    places = [row for row, _ in named] if few else _spread([row for row, _ in named], len(values))
    draw_scale(ax, "left", places, names)
    write_beside(ax, places, words, [ACCENT if name == accent else INK for _, name in named])
    reference_line(ax, float(values.median()), f"median {brief_number(values.median())}")
    ax.set_ylim(-0.02 * len(values) - 0.6, len(values) * 1.02 - 0.4)
    ax.set_xlabel(textwrap.fill(shorten(label, 2 * LINE), LINE), fontsize=TEXT)
    abbreviate_axis(ax.xaxis, values.to_numpy())
    despine(ax)
    draw_scale_below(ax)
    texts = [f"{name} {brief_number(values[name])}" for _, name in named]
    ax.figure.rows = texts if few else [*texts, f"{len(values) - len(named)} more without a name"]
    return add_title(ax, title)


def _distinct(names, width):
    """Shorten names at their end; where that makes some alike, in their middle.

    >>> _distinct(["District of the upper valley 1", "District of the upper valley 2"], 18)
    ['District…valley 1', 'District…valley 2']
    """
    short = [shorten(name, width) for name in names]
    if len(set(short)) == len(set(names)):
        return short
    half = width // 2 - 1
    return [
        name if len(name) <= width else f"{name[:half].rstrip()}…{name[-half:].lstrip()}"
        for name in names
    ]


def _spread(rows, count):
    """Move the places of names apart where rows are too many: from both ends towards the middle.

    >>> _spread([99, 98, 50, 1, 0], 100)
    [99, 96.0, 50, 3.0, 0]
    """
    step, found = max(1.0, count * LINE_HEIGHT), list(rows)
    for at in range(1, len(found)):
        if found[at] >= count / 2:
            found[at] = min(found[at], found[at - 1] - step)
    for at in range(len(found) - 2, -1, -1):
        if found[at] < count / 2:
            found[at] = max(found[at], found[at + 1] + step)
    return found


def _axes(count, few, width):
    """Make axes for so many rows; many units share the height of a page."""
    if few:
        return new_axes(count, width=width)
    figure = plt.figure(figsize=(width, 7.5), FigureClass=Picture)
    figure.to_fit = True
    return figure.add_subplot()


def standing_dots(standing: pd.DataFrame, *, title: str = "") -> Axes:
    """Draw where one unit stands in each indicator: the share of the others it is ahead of.

    Parameters
    ----------
    standing : DataFrame, index the names of the indicators, with percentile, rank, n and year

    Rows go from the best place to the worst. Returns the axes.

    >>> import pandas as pd
    >>> own = pd.DataFrame({"percentile": [75.0], "rank": 2, "n": 5, "year": 2020}, index=["Jobs"])
    >>> standing_dots(own).get_xlabel()
    'per cent of the others it is ahead of'
    """
    ordered = standing.sort_values("percentile", ascending=False, kind="stable")
    drawn = ordered.head(MOST_ROWS).iloc[::-1]
    names = _distinct([str(name) for name in drawn.index], 44)
    words = [f"{rank} of {n} ({year})" for rank, n, year in records(drawn, "rank", "n", "year")]
    ax = new_axes(len(drawn), width=figure_width(names, words))
    rows = range(len(drawn))
    ax.hlines(rows, 0, 100, color=PALE, linewidth=1, zorder=1)
    ax.scatter(drawn["percentile"], rows, s=44, c=ACCENT, zorder=3)
    draw_scale(ax, "left", rows, names)
    write_beside(ax, rows, words, [INK] * len(words))
    reference_line(ax, 50, "half of the others")
    ax.set_ylim(-0.6, len(drawn) - 0.4)
    ax.set_xlim(-3, 103)
    note = rows_left_out(len(standing), MOST_ROWS, "indicators")
    ax.set_xlabel("\n".join(["per cent of the others it is ahead of", *note]), fontsize=TEXT)
    despine(ax)
    draw_scale_below(ax)
    ax.figure.rows = [f"{n}: {w}" for n, w in zip(drawn.index[::-1], words[::-1], strict=True)]
    return add_title(ax, title)
