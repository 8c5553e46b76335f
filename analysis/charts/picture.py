"""A figure that says in words what it shows: its size, title, legend and source."""

from __future__ import annotations

import re
import textwrap
from types import MappingProxyType
from typing import TYPE_CHECKING

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure
from matplotlib.transforms import Bbox, ScaledTranslation

from analysis.charts.labels import displayable
from analysis.charts.style import (
    BOLD,
    GREY,
    INK,
    LEAST_ROW,
    LETTER,
    MANY,
    PAD,
    ROW,
    SMALL,
    TEXT,
    USUAL,
    WIDEST,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from matplotlib.axes import Axes


MARKER = 7  # characters that the sample of a legend takes, with its gaps


MOST_SAID = 15  # rows that a picture tells in words


AT_TOP = (
    1.0  # of the axes: given, it is not computed at every drawing, which would take a tenth longer
)


class Picture(Figure):
    """A figure that says in words what it shows, wherever the picture itself is not seen."""

    rows = ()  # each of its rows in words
    panels: Mapping = MappingProxyType({})  # of `series_panels`: from year and value, by indicator
    titled = False  # whether these say the titles of its parts, too

    def __repr__(self):
        """Give the titles of its parts, with what runs along them, and its rows."""
        titles = [] if self.titled else [ax.get_title(loc="left") for ax in self.axes]
        words = [_on_one_line(text) for text in titles + [ax.get_xlabel() for ax in self.axes]]
        words += self.rows[:MOST_SAID]
        words += [f"and {len(self.rows) - MOST_SAID} more"] if self.rows[MOST_SAID:] else []
        texts = "; ".join(dict.fromkeys(filter(None, words)))
        return f"Picture: {texts}" if texts else super().__repr__()


def _on_one_line(text):
    r"""Undo the breaking into lines, which may be behind a hyphen.

    >>> _on_one_line("sakha-\ntourism\nand\nothers")
    'sakha-tourism and others'
    """
    return re.sub(r"(?<=\w-)\n(?=\w)", "", text).replace("\n", " ")


def add_title(ax: Axes, title: str, lines: int = 0) -> Axes:
    """Put the finding above a picture and so many lines of names, and everything in its place."""
    words, pad = wrap_title(ax.figure, displayable(title)) if title else "", 10 + 1.3 * TEXT * lines
    style = {"fontsize": TEXT + 1, "fontweight": "bold", "color": INK, "pad": pad}
    head = ax.set_title(words, loc="left", y=AT_TOP, **style)
    if getattr(ax.figure, "to_fit", False):
        _fit(ax)
    if title:
        place = ax.get_position()
        head.set_x((PAD / ax.figure.get_figwidth() - place.x0) / place.width)
    return ax


def with_source(figure: Figure, source: str) -> Bbox:
    """Write a line below a picture, in room of its own; return what to save, in inches.

    The result is a `Bbox`, for `bbox_inches` of `Figure.savefig`.

    >>> figure = plt.figure(figsize=(5, 3))
    >>> [f"{with_source(figure, source).y0:.3f}" for source in ("", "Source: Table 2.")]
    ['0.000', '-0.176']
    """
    width, height = figure.get_size_inches()
    room = int(72 * (width - 2 * PAD) / (LETTER * (SMALL - 1)))
    lines = textwrap.wrap(displayable(source), room)
    below = 0.05 + 1.3 * (SMALL - 1) / 72 * len(lines)
    place = {"x": PAD / width, "y": -0.03 / height, "va": "top", "fontsize": SMALL - 1}
    figure.text(s="\n".join(lines), color=GREY, **place)
    return Bbox.from_extents(0, -below if lines else 0, width, height)


def write_head(figure: Figure, title: str) -> float:
    """Write a title at the top of a figure; return the inches that it takes."""
    if not title:
        return 0.0
    words = wrap_title(figure, displayable(title))
    style = {"fontsize": TEXT + 1, "fontweight": "bold", "color": INK}
    figure.text(0.01, 1, words, va="top", transform=_from_top(figure), **style)
    return 0.1 + 1.25 * (TEXT + 1) / 72 * (words.count("\n") + 1)


def _from_top(figure):
    return figure.transFigure + ScaledTranslation(0, -PAD, figure.dpi_scale_trans)


def wrap_title(figure: Figure, title: str) -> str:
    """Break a title into lines that go across a whole picture."""
    room = 72 * (figure.get_figwidth() - 2 * PAD) / (BOLD * (TEXT + 1))
    return "\n".join(textwrap.fill(line, max(12, int(room))) for line in title.split("\n"))


def wrap_below(ax: Axes, text: str, size: int, most: int) -> str:
    """Break a text into lines for which a picture has room beside the names of its rows."""
    figure = ax.figure  # of the axes only the words: a scale is removed, and takes long to measure
    left = min((word.get_window_extent().x0 for word in ax.texts), default=ax.bbox.x0)
    names = (ax.bbox.x0 - left) / figure.dpi
    room = 72 * (figure.get_figwidth() - names - 2 * PAD) / (LETTER * size)
    most = int(np.clip(room, 12, most))
    return "\n".join(textwrap.fill(line, most) for line in text.split("\n"))


def legend_columns(words: list[str], width: float, most: int) -> int:
    """Find how many columns a legend has room for in a picture of so many inches.

    All of them where they fit, else so many as columns of the longest allow.

    >>> legend_columns(["base year", "target"], 5.4, 4)
    2
    >>> legend_columns(["Diffusion of recent innovations", "Diffusion of old innovations"], 4, 3)
    1
    """
    room, longest = 72 * width / (LETTER * SMALL), max(map(len, words), default=0)
    if len(words) <= most and sum(map(len, words)) + MARKER * len(words) <= room:
        return max(len(words), 1)
    return int(np.clip(room / (longest + MARKER), 1, most))


def figure_width(*sides: Sequence[str], inside: float = 2.2) -> float:
    """Find the width of a picture whose words at its sides are so long: lists of texts."""
    characters = sum(max(map(len, words), default=0) for words in sides)
    return float(np.clip(inside + LETTER * SMALL * (characters + 4) / 72, USUAL, WIDEST))


def new_axes(rows: int, width: float = USUAL) -> Axes:
    """Make axes for a list of so many rows."""
    each = ROW if rows <= MANY else LEAST_ROW
    figure = plt.figure(figsize=(width, each * rows + 1.1), FigureClass=Picture)
    figure.to_fit = True
    return figure.add_subplot()


def _fit(ax):
    """Give the axes what their labels leave of the picture: once, and not with every drawing."""
    figure, inner, outer = ax.figure, ax.bbox, ax.get_tightbbox()
    width, height = figure.bbox.size
    pad = PAD * figure.dpi
    left, right = inner.x0 - outer.x0 + pad, outer.x1 - inner.x1 + pad
    below, above = inner.y0 - outer.y0 + pad, outer.y1 - inner.y1 + pad
    inside = (max(width - left - right, pad) / width, max(height - below - above, pad) / height)
    ax.set_position((left / width, below / height, *inside))
    ax.set_xlim(ax.get_xlim(), auto=None)  # as they are: a scale is drawn anew for this width
