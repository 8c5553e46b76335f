"""Small panels of series: one per indicator, what is planned drawn as planned."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, NamedTuple

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.lines import TICKDOWN, TICKLEFT
from matplotlib.transforms import Affine2D

from analysis.charts.labels import rows_left_out, shorten, write_at
from analysis.charts.lines import (
    MIDDLE,
    band_ends,
    draw_band,
    draw_by_standing,
    draw_lines,
    label_ends,
    legend_styles,
    line_ends,
    said_in_words,
    standing_legend,
)
from analysis.charts.picture import Picture, legend_columns, write_head
from analysis.charts.scales import from_zero, labelled_years, scale_of_numbers
from analysis.charts.style import GAP, GREY, INK, LETTER, MARK, PALE, SMALL
from analysis.tidy.records import records
from analysis.tidy.wording import year_ranges

if TYPE_CHECKING:
    from matplotlib.figure import Figure

MOST_PANELS = 30
MOST_LINES = 24  # of other clusters behind one; more of them are a blot, and slow to draw
WIDTH, HEIGHT = 2.7, 1.35  # inches of a panel: with its labels, where two are side by side; inside
NAME = 12  # characters: a name cut to fewer tells nothing, so it has a line of its own
FOOT, LINE = 0.35, 0.18  # inches of the legend, and of each further line of it or of a title
SIDE, HEAD, BELOW = 0.6, 0.5, 0.25  # inches for labels at the side, years and a gap, years alone
TITLE = 6  # points of a title above its panel
YEAR = 0.42  # inches that the label of a year takes

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

    Returns the figure. All panels are in one axes, measured in inches; `figure.panels` holds for
    each indicator the transform from year and value, to draw more into its panel.

    >>> import pandas as pd
    >>> jobs = {"cluster": "a", "indicator": "jobs", "label": "Jobs", "unit": "persons"}
    >>> series = pd.DataFrame({"year": [1, 2], "value": [5.0, 9.0], "standing": "target"} | jobs)
    >>> figure = series_panels(series)
    >>> (median,) = figure.axes[0].plot([1, 2], [7.0, 7.0], transform=figure.panels["jobs"])
    """
    indicators = list(dict.fromkeys(series["indicator"]))
    total, indicators = len(indicators), indicators[:MOST_PANELS]
    if not indicators:
        return _no_panel(figure or plt.figure(figsize=(2 * WIDTH, 1), FigureClass=Picture))
    shown = series[series["indicator"].isin(indicators)]
    columns = min(columns, len(indicators))
    width = WIDTH if columns < 3 else 2 * WIDTH / columns
    limits = from_zero(shown[[value] if line is None else [value, line]]) if shared else None
    style = _Style(value, base, line, accent, limits, width, shown["cluster"].nunique() > 1)
    groups = shown.groupby("indicator", sort=False, observed=True)
    panels = [_Panel.of(points, style) for _, points in groups]
    ax, corners = _framed(figure, panels, columns, title, legend_styles(shown, line))
    places = list(map(_place, panels, corners, [width - SIDE] * len(panels)))
    ends = _draw(ax, shown, panels, places, style)
    figure = ax.figure
    figure.titled, figure.rows = True, [*filter(None, [title]), *_in_words(panels, ends)]
    figure.panels = dict(zip(indicators, (place + ax.transData for place in places), strict=True))
    more = " ".join(rows_left_out(total, MOST_PANELS, "indicators"))
    figure.text(0.01, 0.005, more, fontsize=SMALL, color=GREY, va="bottom")
    return figure


def _draw(ax, series, panels, places, style):
    """Draw all panels, each kind of line at once; return the ends of the lines in front."""
    own, others = _in_inches(series, panels, places, style)
    _behind(ax, others)
    _front(ax, own, style)
    _scales_and_titles(ax, panels, places)
    ends = line_ends(own, len(panels))
    label_ends(ax, ends)
    return ends


def _in_words(panels, ends):
    """Say of each panel what it is, and its first and last value with their years."""
    said = [said_in_words((end.value, end.when, end.standing) for end in its) for its in ends]
    pairs = zip(panels, said, strict=True)
    return [f"{'; '.join([panel.name, *panel.under])}: {words}" for panel, words in pairs]


def _framed(figure, panels, columns, title, styles):
    """Make axes of inches with room for so many panels, titles and words of the legend.

    Returns the axes, and the lower left corner of each panel. Measured room, and so much faster
    than to have it found.
    """
    rows = -(-len(panels) // columns)
    wide = WIDTH * max(columns, 1) if columns < 3 else 2 * WIDTH
    above = HEAD + LINE * max(panel.title.count("\n") + 1 for panel in panels)
    ncols = 1 if columns == 1 else legend_columns([word for *_, word in styles], wide, 4)
    foot = FOOT + LINE * (-(-len(styles) // ncols) - 1)
    figure = figure or plt.figure(figsize=(wide, 1), FigureClass=Picture)
    head = write_head(figure, title)
    high = (HEIGHT + above) * rows + foot + head
    figure.set_size_inches(wide, high)
    standing_legend(figure, styles, ncols)
    ax = figure.add_axes((0, 0, 1, 1), xlim=(0, wide), ylim=(0, high))
    ax.set_axis_off()
    first = high - head - above + BELOW - HEIGHT
    corners = [
        (0.8 * SIDE + at % columns * wide / columns, first - at // columns * (HEIGHT + above))
        for at in range(len(panels))
    ]
    return ax, corners


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

    front: str  # the cluster in the accent colour
    others: int  # clusters behind it
    name: str  # of the indicator
    under: list[str]  # lines of the title below the name
    title: str
    years: tuple  # first and last, with room at the sides
    limits: tuple  # of the values
    below: dict  # the years that are written below, and their words
    beside: dict  # the values that are written at the left, and their words

    @classmethod
    def of(cls, points, style):
        """Choose the cluster in front, write the title and find the scales."""
        clusters = list(dict.fromkeys(points["cluster"]))
        front = style.accent if style.accent in clusters else clusters[0]
        name = str(points[next(name for name in NAMES if name in points)].iloc[0])
        room = style.width - 0.75 * SIDE  # from the axis to the end of the last panel of a row
        characters = int(72 * room / (LETTER * SMALL))  # in a line of the title
        below = _cluster_line(front, len(clusters) - 1, characters) if style.several else []
        title = textwrap.fill(shorten(name, 3 * characters), characters)
        below += _is_100(points, front, style.base) if style.base else []
        words = name, below, "\n".join([title, *below])
        return cls(front, len(clusters) - 1, *words, *_scales(points, style))


def _scales(points, style):
    """Find the ends of both scales of a panel, and what is written along them."""
    years = np.unique(points["year"]).tolist()
    room = 0.06 * max(years[-1] - years[0], 1)
    shown = labelled_years(years, int((style.width - SIDE) / YEAR))
    drawn = [style.value] if style.line is None else [style.value, style.line]
    limits = style.limits or from_zero(points[drawn])
    numbers = scale_of_numbers(*limits, points[style.value].dropna().to_numpy(float))
    return (years[0] - room, years[-1] + room), limits, {at: str(at) for at in shown}, numbers


def _place(panel, corner, inside):
    """Give the transform from year and value to inches."""
    (first, last), (low, high) = panel.years, panel.limits
    place = Affine2D().translate(-first, -low).scale(inside / (last - first), HEIGHT / (high - low))
    return place.translate(*corner)


def _in_inches(series, panels, places, style):
    """Return the points of the clusters in front, in the order of their lines, and all others.

    Years and heights are in inches; `value` and `when` of those in front are what they were.
    """
    at = pd.factorize(series["indicator"])[0]
    matrix = np.array([place.get_matrix() for place in places])[at]
    fronts, others = (np.array([panel[k] for panel in panels], object)[at] for k in (0, 1))
    columns = {"panel": at, "others": others, "when": series["year"].to_numpy()}
    columns |= {name: series[name].to_numpy() for name in ("cluster", "standing")}
    columns |= {"year": matrix[:, 0, 0] * columns["when"] + matrix[:, 0, 2]}
    columns |= {"value": series[style.value].to_numpy(float)}
    for name, column in {"height": style.value, "line_height": style.line}.items():
        if column is not None:
            columns[name] = matrix[:, 1, 1] * series[column].to_numpy(float) + matrix[:, 1, 2]
    points, front = pd.DataFrame(columns), series["cluster"].to_numpy() == fronts
    return points[front].sort_values(["panel", "year"], kind="stable"), points[~front]


def _behind(ax, others):
    """Draw the other clusters: as lines, or as a band where there are too many to tell apart."""
    many = (others["others"] > MOST_LINES).to_numpy(bool)
    if not many.all():
        draw_lines(ax, others[~many], "height", of=("panel", "cluster"))
    if many.any():
        draw_band(ax, band_ends(others[many], "height", of=["panel"]), of=("panel",))


def _front(ax, own, style):
    """Draw the lines of the clusters in front, and the thin lines behind them."""
    breaks = np.flatnonzero(~own.duplicated("panel"))
    if style.line is not None:
        x, y = (np.insert(own[name].to_numpy(), breaks, np.nan) for name in ("year", "line_height"))
        ax.plot(x, y, color=INK, linewidth=0.8, zorder=1)
    draw_by_standing(ax, own["year"], own["height"], own["standing"], breaks)


def _scales_and_titles(ax, panels, places):
    """Draw the scales of all panels with their marks and words, and write the titles."""
    frames, zeros, heads, beside, below = ([] for _ in range(5))
    for panel, place in zip(panels, places, strict=True):
        (first, last), (low, high), gap = panel.years, panel.limits, (np.nan, np.nan)
        frames.append(place.transform([(first, high), (first, low), (last, low), gap]))
        zeros += [place.transform([(first, 0), (last, 0), gap])] if low < 0 else []
        heads.append(place.transform([(first, high)]))
        beside.append(place.transform([(first, at) for at in panel.beside]))
        below.append(place.transform([(at, low) for at in panel.below]))
    for lines, zorder in ((frames, 2.5), (zeros, -1)):
        for x, y in [np.concatenate(lines).T] if lines else []:
            ax.plot(x, y, color=PALE, linewidth=0.8, zorder=zorder)
    marks = {"linestyle": "", "color": "black", "markersize": MARK, "markeredgewidth": 0.8}
    ax.plot(*np.concatenate(beside).T, marker=TICKLEFT, **marks)
    ax.plot(*np.concatenate(below).T, marker=TICKDOWN, **marks)
    titles = [panel.title for panel in panels]
    write_at(ax, np.concatenate(heads), titles, (0, TITLE), ha="left", va="baseline")
    words = [word for panel in panels for word in panel.beside.values()]
    write_at(ax, np.concatenate(beside), words, (-MARK - GAP, 0), ha="right", va="center_baseline")
    words = [word for panel in panels for word in panel.below.values()]
    write_at(ax, np.concatenate(below), words, (0, -MARK - GAP), ha="center", va="top")


def _cluster_line(front, others, characters):
    """Say whose series a panel shows, and how many others stand behind it."""
    if not others:
        return [shorten(front, characters)]
    behind = f", and {_others(others)}"
    room = characters - len(behind)
    if len(str(front)) > room < NAME:
        return [shorten(front, characters), f"and {_others(others)}"]
    return [shorten(front, room) + behind]


def _others(count):
    if count > MOST_LINES:
        return f"{MIDDLE} of {count} others"
    return f"{count} other{'' if count == 1 else 's'} pale"


def _is_100(points, front, base):
    """Say of which year the cluster in front is in per cent, and the others: a line, or none.

    A cluster that has no base year has no index either.
    """
    years = {}  # of each cluster the first that is given
    for cluster, year in records(points.dropna(subset=base), "cluster", base):
        years.setdefault(cluster, int(year))
    own = years.pop(front, None)
    if own is None:
        return []
    apart = (
        f"; of others {year_ranges(years.values(), most=3)}" if {*years.values()} - {own} else ""
    )
    return [f"{own} = 100{apart}"]
