"""Small panels of series: one per indicator, what is planned drawn as planned."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, NamedTuple

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.patheffects import withStroke
from matplotlib.ticker import MaxNLocator
from matplotlib.transforms import ScaledTranslation

from analysis.charts.labels import displayable, offset_points, rows_left_out, shorten
from analysis.charts.lines import (
    LINE_STYLE,
    MIDDLE,
    STANDING_STYLES,
    band_ends,
    draw_band,
    draw_by_standing,
    draw_lines,
    ends_in_words,
    standing_legend,
)
from analysis.charts.picture import AT_TOP, Picture, legend_columns, wrap_title
from analysis.charts.scales import abbreviate_axis, despine, draw_scale
from analysis.charts.style import GREY, INK, LETTER, PAD, PALE, SMALL, TEXT
from analysis.tidy.records import records
from analysis.tidy.wording import brief_number, year_ranges

if TYPE_CHECKING:
    from matplotlib.figure import Figure

MOST_PANELS = 30
MOST_LINES = 24  # of other clusters behind one; more of them are a blot, and slow to draw
WIDTH, HEIGHT = (
    2.7,
    1.35,
)  # inches of a panel with its labels, where two stand side by side, and inside
SHARED = 1.25  # of a shared scale's largest value: room above it for the number
NAME = 12  # characters: a name cut to fewer tells nothing, so it has a line of its own
FOOT, LINE = 0.35, 0.18  # inches of the legend, and of each further line of it or of a title
SIDE, HEAD, BELOW = 0.6, 0.5, 0.25  # inches for labels at the side, years and a gap, years alone
MOST_YEARS, YEAR = 6, 0.42  # labelled on an axis at most, and inches that each takes
CENTRED = 7  # characters of a number that may stand in the middle above its dot

NAMES = ("short", "label", "indicator")  # what names a panel: the first of these that there is


def series_panels(
    series: pd.DataFrame,
    *,
    value: str = "value",
    base: str | None = None,
    line: str | None = None,
    accent: str | None = None,
    columns: int = 2,
    shared: bool = False,
    title: str = "",
    figure: Figure | None = None,
) -> Figure:
    """Draw one panel per indicator: one cluster in the accent colour, the others pale behind.

    Filled dots are measured, pale ones the year under way, hollow ones targets; a dotted line
    leads to whatever was not measured. A gap stays a gap. First and last value are written.
    Where more than `MOST_LINES` others would stand behind, a band holds the middle 80 % of them.

    Parameters
    ----------
    series : tidy DataFrame: cluster, indicator, year, value, standing, and short or label for the
        title of its panel
    value : the column to draw
    base : for index numbers, the column with the year that is 100, to be named in each panel
    line : a column to draw as a thin line behind, such as a levelled series
    accent : the cluster to draw in front; default the first of each indicator
    shared : whether all panels have one scale; only where all values have one unit, as indices have
    title : what the panels show together, in a sentence

    Returns the figure.

    >>> import pandas as pd
    >>> jobs = {"cluster": "a", "indicator": "jobs", "label": "Jobs", "unit": "persons"}
    >>> series = pd.DataFrame({"year": [1, 2], "value": [5.0, 9.0], "standing": "target"} | jobs)
    >>> len(series_panels(series).axes)
    1
    """
    indicators = list(dict.fromkeys(series["indicator"]))
    total, indicators = len(indicators), indicators[:MOST_PANELS]
    if not indicators:
        return _no_panel(figure or plt.figure(figsize=(2 * WIDTH, 1), FigureClass=Picture))
    shown = series[series["indicator"].isin(indicators)]
    columns = min(columns, len(indicators))
    width = WIDTH if columns < 3 else 2 * WIDTH / columns
    limits = _limits(shown, value, line) if shared else None
    style = _Style(value, base, line, accent, limits, width, shown["cluster"].nunique() > 1)
    panels = [_Panel.of(shown[shown["indicator"] == name], style) for name in indicators]
    styles = _legend_styles(shown, line)
    figure, grid = _framed(figure, panels, columns, title, styles)
    figure.titled, figure.rows = True, [title] if title else []
    for place, panel in enumerate(panels):
        figure.rows += _draw(figure.add_subplot(grid[place]), panel, style)
    others = " ".join(rows_left_out(total, MOST_PANELS, "indicators"))
    figure.text(0.01, 0.005, others, fontsize=SMALL, color=GREY, va="bottom")
    return figure


def _framed(figure, panels, columns, title, styles):
    """Make a figure with room for so many panels, titles and words of the legend, by inches.

    Measured room, and so much faster than to have it found.
    """
    rows = -(-len(panels) // columns)
    wide = WIDTH * max(columns, 1) if columns < 3 else 2 * WIDTH
    above = HEAD + LINE * max(panel.title.count("\n") + 1 for panel in panels)
    ncols = 1 if columns == 1 else legend_columns([word for *_, word in styles], wide, 4)
    foot = FOOT + LINE * (-(-len(styles) // ncols) - 1)
    figure = figure or plt.figure(figsize=(wide, 1), FigureClass=Picture)
    head = _head(figure, title)
    high = (HEIGHT + above) * rows + foot + head
    figure.set_size_inches(wide, high)
    standing_legend(figure, styles, ncols)
    places = {
        "left": 0.8 * SIDE / wide,
        "right": 1 - 0.2 * SIDE / wide,
        "bottom": (foot + BELOW) / high,
        "top": 1 - (above - BELOW + head) / high,
        "wspace": SIDE / (wide / columns - SIDE),
        "hspace": above / HEIGHT,
    }
    return figure, figure.add_gridspec(rows, columns, **places)


def _legend_styles(series, line):
    """Give what the legend explains: the standings that occur, and the thin line."""
    known = set(series["standing"])
    styles = [style for word, style in STANDING_STYLES.items() if word in known]
    return styles + ([LINE_STYLE] if line is not None else [])


def _head(figure, title):
    """Write the title above all panels; return the inches that it takes."""
    if not title:
        return 0.0
    words = wrap_title(figure, displayable(title))
    style = {"fontsize": TEXT + 1, "fontweight": "bold", "color": INK}
    figure.text(0.01, 1, words, va="top", transform=_from_top(figure), **style)
    return 0.1 + 1.25 * (TEXT + 1) / 72 * (words.count("\n") + 1)


def _from_top(figure):
    return figure.transFigure + ScaledTranslation(0, -PAD, figure.dpi_scale_trans)


def _no_panel(figure):
    """Say that there is nothing to draw."""
    ax = figure.subplots()
    ax.set_axis_off()
    ax.set_title("No value to draw", loc="left", fontsize=SMALL, color=INK, y=0.4)
    return figure


class _Style(NamedTuple):
    """How every panel of a figure is drawn."""

    value: str  # columns: what is drawn, the year that is 100, a thin line behind
    base: str | None
    line: str | None
    accent: str | None  # the cluster in front
    limits: tuple | None  # of a scale that all share
    width: float  # inches
    several: bool  # whether the figure shows more than one cluster


class _Panel(NamedTuple):
    """What one panel shows."""

    points: pd.DataFrame
    front: str  # the cluster in the accent colour
    others: int  # clusters behind it
    name: str  # of the indicator
    below: list[str]  # lines of the title below the name
    title: str

    @classmethod
    def of(cls, points, style):
        """Choose the cluster in front, and write the title."""
        clusters = list(dict.fromkeys(points["cluster"]))
        front = style.accent if style.accent in clusters else clusters[0]
        name = str(points[next(name for name in NAMES if name in points)].iloc[0])
        room = style.width - 0.75 * SIDE  # from the axis to the end of the last panel of a row
        characters = int(72 * room / (LETTER * SMALL))  # in a line of the title
        below = _cluster_line(front, len(clusters) - 1, characters) if style.several else []
        title = textwrap.fill(shorten(name, 3 * characters), characters)
        below += _is_100(points, front, style.base) if style.base else []
        return cls(points, front, len(clusters) - 1, name, below, "\n".join([title, *below]))


def _draw(ax, panel, style):
    """Draw one panel; return what it shows in words, in a list of one."""
    points = panel.points
    chosen = points[points["cluster"] == panel.front]
    if panel.others:
        _behind(ax, points[points["cluster"] != panel.front], style.value, panel.others)
    if style.line is not None:
        ax.plot(chosen["year"], chosen[style.line], color=INK, linewidth=0.8, zorder=1)
    _line(ax, chosen, style.value)
    _end_labels(ax, chosen.dropna(subset=style.value), style.value)
    ax.set_title(panel.title, fontsize=SMALL, loc="left", color=INK, y=AT_TOP)
    _years(ax, sorted(points["year"].unique()), style.width)
    _scale(ax, points[style.value], style.limits or _limits(points, style.value, style.line))
    for axis in (ax.xaxis, ax.yaxis):
        axis.set_label_coords(0, 0)  # no label to find a place for: drawn in less time
    despine(ax)
    return [f"{'; '.join([panel.name, *panel.below])}: {ends_in_words(chosen, style.value)}"]


def _years(ax, years, width):
    shown = labelled_years(years, int((width - SIDE) / YEAR))
    draw_scale(ax, "bottom", shown, [str(year) for year in shown])
    room = 0.06 * max(years[-1] - years[0], 1)
    ax.set_xlim(years[0] - room, years[-1] + room)


def _cluster_line(front, others, characters):
    """Say whose series a panel shows, and how many others stand behind it."""
    if not others:
        return [shorten(front, characters)]
    behind = f", and {_others(others)}"
    room = characters - len(behind)
    if len(str(front)) > room < NAME:
        return [shorten(front, characters), f"and {_others(others)}"]
    return [shorten(front, room) + behind]


def labelled_years(years: list[int], most: int = MOST_YEARS) -> list[int]:
    """Choose the years to write below an axis: the last, and going back what leaves room.

    >>> labelled_years([2016, 2017, 2018, 2019, 2020]), labelled_years([2002, 2010, 2019, 2020])
    ([2016, 2017, 2018, 2019, 2020], [2002, 2010, 2020])
    """
    step = (years[-1] - years[0]) / min(max(most, 1), MOST_YEARS)
    shown = []
    for year in reversed(years):
        if not shown or shown[0] - year >= step:
            shown.insert(0, year)
    return shown


def _others(count):
    if count > MOST_LINES:
        return f"{MIDDLE} of {count} others"
    return f"{count} other{'' if count == 1 else 's'} pale"


def _is_100(points, front, base):
    """Say of which year the cluster in front is in per cent, and the others: a line, or none.

    A cluster that has no base year has no index either.
    """
    years = points.dropna(subset=base).drop_duplicates("cluster").set_index("cluster")[base]
    own, others = years.get(front), years.drop(front, errors="ignore").astype(int)
    if own is None:
        return []
    apart = f"; of others {year_ranges(others, most=3)}" if (others != own).any() else ""
    return [f"{own:.0f} = 100{apart}"]


def _behind(ax, points, value, count):
    """Draw the other clusters: as lines, or as a band where there are too many to tell apart."""
    if count <= MOST_LINES:
        draw_lines(ax, points, value)
    else:
        draw_band(ax, band_ends(points, value))


def _line(ax, points, value):
    points = points.sort_values("year")
    draw_by_standing(ax, points["year"], points[value], points["standing"])


def _end_labels(ax, known, value):
    """Write the first and the last value; long ones inwards, so that they stay in the panel."""
    points = list(records(known, "year", value))
    ends = points[:1] + [last for last in points[-1:] if last[0] != points[0][0]]
    style = {"transform": ax.transData + offset_points(ax, 0, 7), "fontsize": SMALL, "color": INK}
    # over the lines, with an edge that keeps these away from the letters
    style |= {"zorder": 4, "path_effects": [withStroke(linewidth=2.5, foreground="white")]}
    for (year, height), side in zip(ends, ("left", "right"), strict=False):
        text = brief_number(height)
        ax.text(year, height, text, ha="center" if len(text) <= CENTRED else side, **style)


def _limits(points, value, line=None):
    """Give the ends of a scale: from zero, or what lies below it, to the largest and above."""
    columns = [value, line] if line is not None else [value]
    known = points[columns].to_numpy(float)
    least = min(0.0, float(np.fmin.reduce(known, axis=None, initial=0)))
    most = float(np.fmax.reduce(known, axis=None, initial=0))
    span = most - least or 1
    return least - 0.12 * span * (least < 0), least + SHARED * span


def _scale(ax, values, limits):
    """Write the scale at the left; zero is a line of its own where values lie below it."""
    known = values.dropna()
    abbreviate_axis(ax.yaxis, known)
    ax.set_ylim(*limits)
    low, high = limits
    if low < 0:
        ax.axhline(0, color=PALE, linewidth=0.8, zorder=-1)
    places = MaxNLocator(4, integer=bool((known % 1 == 0).all())).tick_values(low, high)
    words = ax.yaxis.get_major_formatter().format_ticks(places)
    seen = {at: word for at, word in zip(places, words, strict=True) if low <= at <= high}
    draw_scale(ax, "left", list(seen), seen.values())
