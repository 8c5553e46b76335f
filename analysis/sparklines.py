"""Small series in rows: a line of a picture per indicator, over one axis of years.

Read and drawn in a fraction of the time that a panel each takes: for a page on one cluster, with
its dozen of indicators. `panels.series_panels` shows the scales, too.
"""

import textwrap

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd

from analysis.panels import (
    BAND,
    MIDDLE,
    MOST_LINES,
    MOST_PANELS,
    STANDING_LOOKS,
    band_ends,
    draw_band,
    draw_by_standing,
    draw_lines,
    ends_in_words,
    labelled_years,
    standing_legend,
)
from analysis.pictures import INK, PALE, SMALL, Picture, bare, headed, not_drawn, shorten
from analysis.wording import brief_number

WIDTH, ROW = 7.0, 0.5  # inches of the picture, and of a row in it
NAMES, WORDS = 2.5, 1.7  # inches beside the lines: what they are, first and last value
HEAD, FOOT = 0.55, 1.0  # inches above them for a title, and below for years and legend
FILLED = 0.72  # part of a row from its least to its largest value


def series_rows(series, cluster, *, value="value", title=""):
    """Draw a row per indicator of one cluster, the other clusters pale behind it.

    Each row goes from zero, or its least value if that is below, to its largest. Filled dots are
    measured, pale ones the year under way, hollow ones targets; a dotted line leads to whatever
    was not measured. A gap stays a gap. At the right stand the first and the last value.

    Parameters
    ----------
    series : tidy DataFrame: cluster, indicator, year, value, standing, and label for the names
    cluster : the one in front; what it has no value of is left out
    value : the column to draw

    Returns the axes.

    >>> import pandas as pd
    >>> series = pd.DataFrame({"year": [1, 2], "value": [5.0, 9.0], "standing": "target"})
    >>> ax = series_rows(series.assign(cluster="a", indicator="jobs"), "a")
    >>> [text.get_text() for text in ax.texts]
    ['5 \N{RIGHTWARDS ARROW} 9']
    """
    names = series[series["cluster"] == cluster].drop_duplicates("indicator")
    names = names.set_index("indicator")
    total, names = len(names), names[:MOST_PANELS]
    own, others, rows = _in_rows(series, cluster, value, names.index)
    own = own.sort_values(["place", "year"], ascending=[False, True])
    looks = [STANDING_LOOKS[s] for s in STANDING_LOOKS if (own["standing"] == s).any()]
    ax = _axes(len(names), HEAD if title else 0.1)
    behind = _behind(ax, others)
    breaks = set(np.flatnonzero(own["place"].to_numpy()[1:] != own["place"].to_numpy()[:-1]) + 1)
    draw_by_standing(ax, own["year"], own["height"], own["standing"], breaks)
    _words(ax, names, own, value)
    least = "zero, or its least value below," if (rows["least"] < 0).any() else "zero"
    more = not_drawn(total, MOST_PANELS, "indicators")
    _years(ax, own, [f"each row from {least} to its largest value", behind, *more])
    standing_legend(ax.figure, looks, len(looks))
    ax.figure.rows = [f"{cluster}, from its first to its last value", *_in_words(names, own, value)]
    return headed(ax, title)


def _in_words(names, own, value):
    """Say of each row what it is, and its first and last value with their years."""
    labels = _labels(names)
    for indicator, label in labels.items():
        yield f"{label}: {ends_in_words(own[own['indicator'] == indicator], value)}"


def _in_rows(series, cluster, value, indicators):
    """Return (own points, what stands behind, rows): points with their place and height.

    Behind are the points of the others or, where these are many, the ends of a band year by year:
    what lies outside it asks for no room.
    """
    is_own, is_shown = series["cluster"] == cluster, series["indicator"].isin(indicators)
    own, others, into = series[is_own & is_shown], series[~is_own & is_shown], {"height": value}
    if others["cluster"].nunique() > MOST_LINES:
        others, into = band_ends(others, value, of=["indicator"]), {end: end for end in BAND}
    behind = others.set_index("indicator")
    rows = _rows(
        indicators, [own.set_index("indicator")[value], *(behind[name] for name in into.values())]
    )
    return _placed(own, rows, {"height": value}), _placed(others, rows, into), rows


def _rows(indicators, values):
    """Give each indicator its place, counted from below, its least value, and the span to its most.

    `values` are Series with the indicators as index.
    """
    values = pd.concat(values).groupby(level=0)
    least, most = values.min().clip(upper=0), values.max()
    rows = pd.DataFrame({"least": least, "span": (most - least).where(most > least, 1)})
    return rows.reindex(indicators).assign(place=range(len(indicators) - 1, -1, -1))


def _placed(points, rows, into):
    """Add each point's place and, for each new column of `into`, the height of the one it names."""
    points = points.copy()
    points["place"], least, span = (
        points["indicator"].map(rows[name]) for name in ("place", "least", "span")
    )
    for height, name in into.items():
        share = (points[name] - least) / span
        points[height] = points["place"] - FILLED / 2 + FILLED * share
    return points


def _axes(rows, head):
    """Make axes with room measured in inches: nothing has to be fitted as it is drawn."""
    height = head + ROW * max(rows, 1) + FOOT
    figure = plt.figure(figsize=(WIDTH, height), FigureClass=Picture)
    place = (NAMES / WIDTH, FOOT / height, 1 - (NAMES + WORDS) / WIDTH, 1 - (head + FOOT) / height)
    ax = figure.add_axes(place)
    ax.set_ylim(-0.6, max(rows, 1) - 0.4)
    return ax


def _behind(ax, others):
    """Draw the other clusters: as lines, or as a band where there are many; say which."""
    if BAND[0] in others:
        draw_band(ax, others, of=("place",))
        return f"pale: {MIDDLE} of the other clusters"
    draw_lines(ax, others, "height", of=("place", "cluster"))
    return "pale: other clusters" if len(others) else ""


def _words(ax, names, own, value):
    """Name each row at the left, and give its first and its last value at the right."""
    labels = _labels(names)
    words = [textwrap.fill(shorten(label, 70), 38) for label in labels]
    ax.set_yticks(range(len(names) - 1, -1, -1), words, fontsize=SMALL, color=INK)
    ax.hlines(np.arange(len(names)) - FILLED / 2, *_span(own), color=PALE, linewidth=0.6, zorder=-1)
    for place, known in own.dropna(subset=value).groupby("place")[value]:
        ends = [brief_number(known.iloc[at]) for at in (0, -1)][: len(known)]
        at = {"transform": ax.get_yaxis_transform(), "va": "center"}
        ax.text(1.02, place, " \N{RIGHTWARDS ARROW} ".join(ends), fontsize=SMALL, color=INK, **at)


def _labels(names):
    return names["label"] if "label" in names else names.index.to_series()


def _years(ax, own, words):
    shown = labelled_years(sorted(own["year"].unique()) or [0])
    ax.set_xticks(shown, [str(year) for year in shown], fontsize=SMALL)
    ax.set_xlim(*_span(own))
    ax.set_xlabel(";\n".join(filter(None, words)), fontsize=SMALL, color=INK, loc="left")
    bare(ax)


def _span(own):
    first, last = (own["year"].min(), own["year"].max()) if len(own) else (0, 0)
    room = 0.06 * max(last - first, 1)
    return first - room, last + room
