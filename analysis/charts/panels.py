"""Small panels of series: one per indicator, what is planned drawn as planned."""

import textwrap

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator

from analysis.charts.style import (
    ACCENT,
    AT_TOP,
    GREY,
    INK,
    PALE,
    SMALL,
    Picture,
    QuickAxes,
    lighten,
    not_drawn,
    plain_axis,
    shift,
    shorten,
    write_scale,
)
from analysis.tidy.records import records
from analysis.tidy.wording import brief_number, year_ranges

MOST_PANELS = 30
MOST_LINES = 24  # of other clusters behind one; more of them are a blot, and slow to draw
BAND = (0.1, 0.9)  # the quantiles that stand for so many
MIDDLE = "the middle 80 %"  # what lies between them
WIDTH, HEIGHT = 3.1, 2.3  # inches of a panel with its labels
FOOT, LINE = 0.35, 0.18  # inches of the legend, and of each further line of it or of a title
SIDE, HEAD = 0.65, 0.85  # inches of it for the labels at the side, and for title and years
MOST_YEARS = 6  # labelled on an axis
CENTRED = 7  # signs of a number that may stand in the middle above its dot

# marker fill, style of the line that leads to the point, word in the legend
STANDING_LOOKS = {
    "outcome": (ACCENT, "-", "measured"),
    "base": (ACCENT, "-", "base year"),
    "unfinished": (PALE, ":", "year under way"),
    "target": ("white", ":", "target, not an outcome"),
}

# what is said in words of a value
NOT_MEASURED = {"outcome": "", "base": "", "unfinished": " (year under way)", "target": " (target)"}


def series_panels(
    series, *, value="value", base=None, line=None, accent=None, columns=3, figure=None
):
    """Draw one panel per indicator: one cluster in the accent colour, the others pale behind.

    Filled dots are measured, pale ones the year under way, hollow ones targets; a dotted line
    leads to whatever was not measured. A gap stays a gap. First and last value are written.
    Where more than `MOST_LINES` others would stand behind, a band holds the middle 80 % of them.

    Parameters
    ----------
    series : tidy DataFrame: cluster, indicator, year, value, standing, and label for the title
    value : the column to draw
    base : for index numbers, the column with the year that is 100, to be named in each panel
    line : a column to draw as a thin line behind, such as a levelled series
    accent : the cluster to draw in front; default the first of each indicator

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
    columns = min(columns, len(indicators))
    rows = -(-len(indicators) // columns)
    looks = [STANDING_LOOKS[s] for s in STANDING_LOOKS if (series["standing"] == s).any()]
    abreast = len(looks) if columns > 2 else 2 * columns - 1  # no wider than the panels
    foot = FOOT + LINE * (-(-len(looks) // abreast) - 1)
    more = LINE if base else 0
    size = (WIDTH * columns, (HEIGHT + more) * rows + foot)
    figure = figure or plt.figure(figsize=size, FigureClass=Picture)
    grid = figure.add_gridspec(rows, columns, **_grid(rows, columns, more, foot))
    figure.titled, figure.rows = True, []
    for place, indicator in enumerate(indicators):
        ax = figure.add_subplot(grid[place], axes_class=QuickAxes)
        points = series[series["indicator"] == indicator]
        figure.rows += _panel(ax, points, value, base, line, accent)
    standing_legend(figure, looks, abreast)
    others = " ".join(not_drawn(total, MOST_PANELS, "indicators"))
    figure.text(0.01, 0.005, others, fontsize=SMALL, color=GREY, va="bottom")
    return figure


def _no_panel(figure):
    """Say that there is nothing to draw."""
    ax = figure.subplots()
    ax.set_axis_off()
    ax.set_title("No value to draw", loc="left", fontsize=SMALL, color=INK, y=0.4)
    return figure


def _grid(rows, columns, more, foot):
    """Place the panels by inches: measured room for titles and labels, and so much faster."""
    width, height = WIDTH * columns, (HEIGHT + more) * rows + foot
    inner_width, inner_height = WIDTH - SIDE, HEIGHT - HEAD
    return {
        "left": 0.8 * SIDE / width,
        "right": 1 - 0.2 * SIDE / width,
        "bottom": (foot + 0.25) / height,
        "top": 1 - (HEAD + more - 0.25) / height,
        "wspace": SIDE / inner_width,
        "hspace": (HEAD + more) / inner_height,
    }


def _panel(ax, points, value, base, line, accent):
    """Draw one panel; return what it shows in words, in a list of one."""
    clusters = list(dict.fromkeys(points["cluster"]))
    front = accent if accent in clusters else clusters[0]
    chosen = points[points["cluster"] == front]
    if len(clusters) > 1:
        _behind(ax, points[points["cluster"] != front], value, len(clusters) - 1)
    if line is not None:
        ax.plot(chosen["year"], chosen[line], color=INK, linewidth=0.8, zorder=1)
    _line(ax, chosen, value)
    _end_labels(ax, chosen.dropna(subset=value), value)
    name = points["label" if "label" in points else "indicator"].iloc[0]
    below = [f"{shorten(front, 22)}, and {_others(len(clusters) - 1)}"] if clusters[1:] else []
    title = textwrap.fill(shorten(name, 74 if below else 110), 38)
    below += _is_100(points, front, base) if base else []
    title = "\n".join([title, *below])
    ax.set_title(title, fontsize=SMALL, loc="left", color=INK, y=AT_TOP)
    years = sorted(points["year"].unique())
    shown = labelled_years(years)
    write_scale(ax, "bottom", shown, [str(year) for year in shown])
    room = 0.06 * max(years[-1] - years[0], 1)
    ax.set_xlim(years[0] - room, years[-1] + room)
    _scale(ax, points[value])
    for axis in (ax.xaxis, ax.yaxis):
        axis.set_label_coords(0, 0)  # no label to find a place for: drawn in less time
    lighten(ax)
    return [f"{'; '.join([str(name), *below])}: {ends_in_words(chosen, value)}"]


def labelled_years(years):
    """Choose the years to write below an axis: the last, and going back what leaves room.

    >>> labelled_years([2016, 2017, 2018, 2019, 2020]), labelled_years([2002, 2010, 2019, 2020])
    ([2016, 2017, 2018, 2019, 2020], [2002, 2010, 2020])
    """
    step = (years[-1] - years[0]) / MOST_YEARS
    shown = []
    for year in reversed(years):
        if not shown or shown[0] - year >= step:
            shown.insert(0, year)
    return shown


def ends_in_words(points, value):
    """Say the first and the last value of one series with their years, and what was not measured.

    >>> import pandas as pd
    >>> points = pd.DataFrame({"year": [1, 2], "value": [5.0, 9.0], "standing": ["base", "target"]})
    >>> ends_in_words(points, "value")
    '5 in 1 to 9 in 2 (target)'
    """
    known = points.dropna(subset=value).sort_values("year")
    ends = known.iloc[[0, -1]] if len(known) > 1 else known
    return said_in_words(zip(ends[value], ends["year"], ends["standing"], strict=True))


def said_in_words(ends):
    """Say the (value, year, standing) of the ends of one series."""
    said = [f"{brief_number(number)} in {year}{NOT_MEASURED[word]}" for number, year, word in ends]
    return " to ".join(said) or "no value"


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


def draw_lines(ax, points, value, of=("cluster",)):
    """Draw a pale line for each value of the columns `of`; dotted to what was not measured.

    A value between two gaps, to and from which no line leads, is a pale dot.
    """
    points = points.sort_values([*of, "year"], kind="stable")
    starts = np.flatnonzero(~points.duplicated(list(of)))
    for style, x, y in _legs(points["year"], points[value], points["standing"], starts):
        ax.plot(x, y, linestyle=style, color=PALE, linewidth=0.8, zorder=0)
    alone = _stands_alone(points[value].to_numpy(float), starts)
    if alone.any():
        dots = points[alone]
        ax.plot(dots["year"], dots[value], ".", color=PALE, markersize=4, zorder=0)


def _stands_alone(values, starts):
    """Tell which values no leg leads to or from; a line begins at each of `starts`."""
    known = ~np.isnan(values)
    led_to = np.zeros(len(values), dtype=bool)
    led_to[1:] = known[1:] & known[:-1]
    led_to[starts] = False
    leads_on = np.append(led_to[1:], False)
    return known & ~led_to & ~leads_on


def band_ends(points, value, of=()):
    """Return the quantiles of `BAND`, a column each, of each year, and of each value of `of`."""
    return points.groupby([*of, "year"])[value].quantile(list(BAND)).unstack().reset_index()


def draw_band(ax, ends, of=()):
    """Draw a pale band, year by year, between the ends that `band_ends` found.

    With columns `of`, one for each of their values.
    """
    breaks = np.flatnonzero(~ends.duplicated(list(of)))[1:] if of else []
    drawn = (np.insert(ends[name].to_numpy(float), breaks, np.nan) for name in ("year", *BAND))
    ax.fill_between(*drawn, color=PALE, alpha=0.5, linewidth=0, zorder=0)


def _line(ax, points, value):
    points = points.sort_values("year")
    draw_by_standing(ax, points["year"], points[value], points["standing"])


def draw_by_standing(ax, years, values, standings, breaks=()):
    """Draw a line with its dots, each point by its standing; no leg leads to a point in `breaks`.

    All are columns of one table, in the order of the line.
    """
    for style, x, y in _legs(years, values, standings, breaks):
        ax.plot(x, y, linestyle=style, color=GREY, linewidth=1.2)
    points = list(zip(years, values, standings, strict=True))
    for standing, (fill, *_) in STANDING_LOOKS.items():
        if own := [(x, y) for x, y, its in points if its == standing]:
            look = {"markerfacecolor": fill, "markeredgecolor": ACCENT, "markersize": 6}
            ax.plot(*zip(*own, strict=True), "o", clip_on=False, zorder=3, **look)


def _legs(years, values, standings, breaks):
    """Yield the style of a line and what it goes through: each leg by itself, a gap behind it."""
    years, values = np.asarray(years, float), np.asarray(values, float)
    styles = [STANDING_LOOKS[standing][1] for standing in standings]  # of the point it leads to
    breaks = set(breaks)
    for style in dict.fromkeys(look[1] for look in STANDING_LOOKS.values()):
        legs = [at for at in range(1, len(values)) if styles[at] == style and at not in breaks]
        if legs:
            x, y = ([(v[at - 1], v[at], np.nan) for at in legs] for v in (years, values))
            yield style, np.ravel(x), np.ravel(y)


def _end_labels(ax, known, value):
    """Write the first and the last value; long ones inwards, so that they stay in the panel."""
    points = list(records(known, "year", value))
    ends = points[:1] + [last for last in points[-1:] if last[0] != points[0][0]]
    look = {"transform": ax.transData + shift(ax, 0, 7), "fontsize": SMALL, "color": INK}
    for (year, height), side in zip(ends, ("left", "right"), strict=False):
        text = brief_number(height)
        ax.text(year, height, text, ha="center" if len(text) <= CENTRED else side, **look)


def _scale(ax, values):
    """From zero, with room for the labels; a series below zero keeps its own scale."""
    ax.margins(y=0.2)
    known = values.dropna()
    plain_axis(ax.yaxis, known)
    if len(known) and known.min() >= 0:
        ax.set_ylim(0, 1.25 * known.max() or 1)
    low, high = ax.get_ylim()
    places = MaxNLocator(4, integer=bool((known % 1 == 0).all())).tick_values(low, high)
    words = ax.yaxis.get_major_formatter().format_ticks(places)
    seen = {at: word for at, word in zip(places, words, strict=True) if low <= at <= high}
    write_scale(ax, "left", list(seen), seen.values())


def standing_legend(figure, looks, abreast):
    """Say below a figure what dots and lines mean, so many words abreast."""
    handles = [
        Line2D(
            [],
            [],
            marker="o",
            linestyle=style,
            color=GREY,
            markerfacecolor=fill,
            markeredgecolor=ACCENT,
            label=word,
        )
        for fill, style, word in looks
    ]
    place = {"loc": "lower center", "ncols": abreast}
    figure.legend(handles=handles, frameon=False, fontsize=SMALL, **place)
