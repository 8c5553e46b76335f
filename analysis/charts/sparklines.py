"""Small series in rows: a line of a picture per indicator, over one axis of years.

Read and drawn in a fraction of the time that a panel each takes: for a page on one cluster, with
its dozen of indicators. `panels.series_panels` shows the scales, too.
"""

from __future__ import annotations

import textwrap
from math import isnan
from typing import TYPE_CHECKING, NamedTuple

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd

from analysis.charts.labels import label_side, rows_left_out, shorten
from analysis.charts.lines import (
    BAND,
    MIDDLE,
    STANDING_STYLES,
    band_ends,
    draw_band,
    draw_by_standing,
    draw_lines,
    said_in_words,
    standing_legend,
)
from analysis.charts.panels import MOST_LINES, MOST_PANELS, NAMES
from analysis.charts.picture import Picture, add_title, wrap_below
from analysis.charts.scales import hide_scales, labelled_years
from analysis.charts.style import GAP, INK, LETTER, PALE, SMALL, USUAL
from analysis.tidy.records import factorize_runs, records
from analysis.tidy.wording import brief_number

if TYPE_CHECKING:
    from matplotlib.axes import Axes

WIDTH, ROW = USUAL, 0.5  # inches of the picture, and of a row in it
BEFORE, WORDS = 2.0, 1.2  # inches beside the lines: what they are, first and last value
LINE = int(72 * BEFORE / (LETTER * SMALL))  # characters in a line of what they are
HEAD, FOOT = 0.55, 1.0  # inches above them for a title, and below for years and legend
ARROW = "\N{RIGHTWARDS ARROW}"
FILLED = 0.72  # part of a row from its least to its largest value


def series_rows(
    series: pd.DataFrame, cluster: str, *, value: str = "value", name: str = "", title: str = ""
) -> Axes:
    """Draw a row per indicator of one cluster, the other clusters pale behind it.

    Each row goes from zero, or its least value if that is below, to its largest. Filled dots are
    measured, pale ones the year under way, hollow ones targets; a dotted line leads to whatever
    was not measured. A gap stays a gap. At the right stand the first and the last value.

    Parameters
    ----------
    series : tidy DataFrame: cluster, indicator, year, value, standing, and label for the names
    cluster : the one in front; what it has no value of is left out
    value : the column to draw
    name : what the cluster is called, default as in the table

    Returns the axes.

    >>> import pandas as pd
    >>> series = pd.DataFrame({"year": [1, 2], "value": [5.0, 9.0], "standing": "target"})
    >>> ax = series_rows(series.assign(cluster="a", indicator="jobs"), "a")
    >>> [text.words for text in ax.texts]
    [('jobs',), ('5 \N{RIGHTWARDS ARROW} 9',), ('1', '2')]
    """
    is_own = series["cluster"].isin([cluster]).to_numpy()
    names = _names(series[is_own])
    total, names = len(names), dict(list(names.items())[:MOST_PANELS])
    own, others, below = _in_rows(series, is_own, value, list(names))
    ends = [_ends(own, row) for row in range(len(names))]
    ax = _axes(len(names), HEAD if title else 0.1)
    behind = _behind(ax, others)
    _line(ax, own)
    _words(ax, list(names.values()), ends)
    least = "zero, or its least value below," if below else "zero"
    more = rows_left_out(total, MOST_PANELS, "indicators")
    _years(ax, own, len(names), [f"each row from {least} to its largest value", behind, *more])
    texts = map(_in_words, names.values(), ends)
    ax.figure.rows = [f"{name or cluster}, from its first to its last value", *texts]
    return add_title(ax, title)


class _Point(NamedTuple):
    """A value of the cluster in front; rows are counted from above, heights from below."""

    row: int
    year: int
    value: float
    height: float
    standing: str


def _names(own):
    """Give each indicator its label, in the order of the table."""
    names = {}
    column = next(name for name in NAMES if name in own)
    for indicator, name in records(own, "indicator", column):
        names.setdefault(indicator, name)
    return names


def _ends(own, row):
    """Give the first and the last point of a row that are known, or the only one."""
    known = [point for point in own if point.row == row and not isnan(point.value)]
    return [known[0], known[-1]] if len(known) > 1 else known


def _in_words(label, ends):
    """Say of a row what it is, and its first and last value with their years."""
    texts = said_in_words((point.value, point.year, point.standing) for point in ends)
    return f"{label}: {texts}"


def _in_rows(series, is_own, value, indicators):
    """Return (own points in the order of the lines, what stands behind, is a row below zero).

    Behind are the points of the others or, where these are many, the ends of a band year by year:
    what lies outside it asks for no room.
    """
    series = series[[*dict.fromkeys(["cluster", "indicator", "year", value, "standing"])]]
    is_shown, columns = series["indicator"].isin(indicators).to_numpy(), {"height": value}
    own, others = series[is_own & is_shown], series[~is_own & is_shown]
    if len(factorize_runs(others["cluster"])[1]) > MOST_LINES:
        others, columns = band_ends(others, value, of=["indicator"]), {end: end for end in BAND}
    rows, rows_behind = (pd.Index(indicators).get_indexer(t["indicator"]) for t in (own, others))
    values = own[value].to_numpy(float)
    behind = [(rows_behind, others[name].to_numpy(float)) for name in columns.values()]
    below, heights, *heights_behind = _heights(len(indicators), [(rows, values), *behind])
    points = zip(rows, own["year"], values, heights, own["standing"], strict=True)
    others = others.copy()
    for name, height in zip(columns, heights_behind, strict=True):
        others[name] = height
    return sorted(map(_Point._make, points), key=lambda point: point[:2]), others, below


def _heights(count, columns):
    """Return whether a row goes below zero, and the heights of each (rows, values) of `columns`.

    A row goes from zero, or the least of its values if that is below, to the largest.
    """
    least, most = np.zeros(count), np.full(count, -np.inf)
    for rows, values in columns:
        np.fmin.at(least, rows, values)
        np.fmax.at(most, rows, values)
    span = np.where(most > least, most - least, 1)
    bottom = np.arange(count)[::-1] - FILLED / 2
    shares = ((rows, (values - least[rows]) / span[rows]) for rows, values in columns)
    return (least < 0).any(), *(bottom[rows] + FILLED * share for rows, share in shares)


def _axes(rows, head):
    """Make axes with room measured in inches: nothing has to be fitted as it is drawn."""
    height = head + ROW * max(rows, 1) + FOOT
    figure = plt.figure(figsize=(WIDTH, height), FigureClass=Picture)
    place = (
        BEFORE / WIDTH,
        FOOT / height,
        1 - (BEFORE + WORDS) / WIDTH,
        1 - (head + FOOT) / height,
    )
    ax = figure.add_axes(place)
    ax.set_ylim(-0.6, max(rows, 1) - 0.4)
    return ax


def _behind(ax, others):
    """Draw the other clusters: as lines, or as a band where there are many; say which."""
    if BAND[0] in others:
        draw_band(ax, others, of=("indicator",))
        return f"pale: {MIDDLE} of the others"
    draw_lines(ax, others, "height", of=("indicator", "cluster"))
    return "pale: the others" if len(others) else ""


def _line(ax, own):
    """Draw the line of each row with its dots, and say below what they mean."""
    rows, years, _, heights, standings = zip(*own, strict=True) if own else [()] * 5
    breaks = [at for at in range(1, len(rows)) if rows[at] != rows[at - 1]]
    draw_by_standing(ax, years, heights, standings, breaks)
    styles = [STANDING_STYLES[standing] for standing in STANDING_STYLES if standing in standings]
    standing_legend(ax.figure, styles, len(styles))


def _words(ax, labels, ends):
    """Name each row at the left, and give its first and its last value at the right."""
    places = range(len(labels) - 1, -1, -1)
    words = [textwrap.fill(shorten(label, 2 * LINE), LINE) for label in labels]
    label_side(ax, "left", places, words, size=SMALL, gap=GAP)
    ends = [f" {ARROW} ".join(brief_number(point.value) for point in row) for row in ends]
    label_side(ax, "right", places, ends, size=SMALL, gap=GAP)


def _years(ax, own, rows, words):
    """Draw the foot of so many rows; write the years below them, and below these what they are."""
    years = sorted({point.year for point in own}) or [0]
    shown = labelled_years(years)
    label_side(ax, "bottom", shown, map(str, shown), size=SMALL, gap=GAP)
    room = 0.06 * max(years[-1] - years[0], 1)
    span = years[0] - room, years[-1] + room
    ax.hlines(np.arange(rows) - FILLED / 2, *span, color=PALE, linewidth=0.6, zorder=-1)
    ax.set_xlim(*span)
    below = wrap_below(ax, ";\n".join(filter(None, words)), SMALL, 90)
    ax.set_xlabel(below, fontsize=SMALL, color=INK, loc="left")
    hide_scales(ax, below=GAP + SMALL + 4)
