"""What all pictures share: colours, sizes, axes for rows of a list, labels that fit and are safe.

One accent colour, greys, and shapes that differ without colour: every picture can be read in
greyscale.
"""

from __future__ import annotations

import re
import textwrap
from functools import cache
from operator import itemgetter
from typing import TYPE_CHECKING

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.collections import PathCollection
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, findfont, get_font
from matplotlib.lines import TICKDOWN, TICKLEFT, Line2D
from matplotlib.patheffects import withStroke
from matplotlib.textpath import TextPath
from matplotlib.ticker import NullLocator
from matplotlib.transforms import Affine2D, Bbox, ScaledTranslation

from analysis.tidy.records import check_columns
from analysis.tidy.wording import ABBREVIATED, LARGE

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from matplotlib.axes import Axes
    from matplotlib.axis import Axis
    from numpy.typing import ArrayLike

ACCENT, INK, GREY, PALE = "#1f5a94", "#222222", "#6b6b6b", "#c8c8c8"
SMALL, TEXT = 8, 9  # points
ROW, LEAST_ROW = 0.34, 0.2  # inches a row of a list takes, and takes where there are many
GAP = 3.5  # points between what is drawn and what is written beside it
MARKER = 7  # characters that the sample of a legend takes, with its gaps
MARK = 2  # points of a mark of a scale
PAD = 0.05  # inches around all that is drawn
USUAL, WIDEST = 5.4, 7.6  # inches of a picture's width: as narrow as a phone can show, and at most
LETTER, BOLD = 0.58, 0.63  # width of a letter, in parts of the size of the font
CAPITAL = 0.73  # height of a capital letter, in parts of the size of the font
MOST_SAID = 15  # rows that a picture tells in words
MANY, MOST = 25, 60  # rows: more than the one are narrow, more than the other are not drawn
LONG = 1e5  # in full it would not fit beside an axis
AT_TOP = (
    1.0  # of the axes: given, it is not computed at every drawing, which would take a tenth longer
)
PLAIN, SCORES = ("low", "high"), ("score_low", "score_high")  # what an interval runs between
# words along a side: their place in parts of the axes, the direction away from it, their alignment
SIDES = {
    "left": (0, (-1, 0), {"ha": "right", "va": "center_baseline"}),
    "right": (1, (1, 0), {"ha": "left", "va": "center_baseline"}),
    "bottom": (0, (0, -1), {"ha": "center", "va": "top"}),
    "top": (1, (0, 1), {"ha": "center", "va": "bottom"}),
}
UNKNOWN = "\N{WHITE SQUARE}"  # stands for a character that the font does not have


class Picture(Figure):
    """A figure that says in words what it shows, wherever the picture itself is not seen."""

    rows = ()  # each of its rows in words
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


def interval_ends(intervals: pd.DataFrame, ends: Sequence[str] | None) -> pd.DataFrame:
    """Name the two columns that intervals run between low and high, and refuse what is no number.

    Raises TypeError or KeyError that says what is wanted.

    >>> scores = pd.DataFrame({"score_low": [0.0], "score_high": [1.0]})
    >>> interval_ends(scores, None).columns.tolist()
    ['low', 'high']
    """
    if ends is None:  # those of scores where there are no others
        columns = set(getattr(intervals, "columns", ()))
        ends = SCORES if columns >= {*SCORES} and not columns & {*PLAIN} else PLAIN
    if isinstance(ends, str) or len(ends) != 2:
        raise TypeError(f"ends is {ends!r}; wanted two columns, such as {SCORES}")
    check_columns(intervals, list(ends), "intervals")
    for column in ends:
        if not pd.api.types.is_numeric_dtype(intervals[column]):
            raise TypeError(f"intervals, column {column!r} holds no numbers; wanted two that do")
    return intervals.rename(columns=dict(zip(ends, PLAIN, strict=True)))


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


def label_rows(ax: Axes, words: list[str], side: str = "left") -> None:
    """Write a word beside each row, at one side."""
    label_side(ax, side, range(len(words)), words)


def label_columns(ax: Axes, words: list[str], size: int = TEXT) -> None:
    """Write words above each column."""
    label_side(ax, "top", range(len(words)), words, size=size, gap=5)


def label_side(
    ax: Axes,
    side: str,
    places: Iterable[float],
    words: Iterable[str],
    *,
    size: int = TEXT,
    gap: float = 6,
) -> None:
    """Write words along a side of axes, each at its place; as labels of ticks they take far longer.

    `gap` is in points. Where there is no word, nothing is drawn.
    """
    edge, away, style = SIDES[side]
    off = offset_points(ax, *(gap * direction for direction in away))
    beside = away[0] != 0
    place = (ax.get_yaxis_transform() if beside else ax.get_xaxis_transform()) + off
    for at, word in filter(itemgetter(1), zip(places, words, strict=True)):
        x, y = (edge, at) if beside else (at, edge)
        ax.text(x, y, word, transform=place, fontsize=size, color=INK, **style)


def draw_scale(
    ax: Axes, side: str, places: Sequence[float], words: Iterable[str], size: int = SMALL
) -> None:
    """Write the scale at the left or the bottom of axes: a mark and a word at each place.

    Drawn as it is written: later limits of the axes do not choose other places.
    """
    upright = side == "left"
    axis, place = (
        (ax.yaxis, ax.get_yaxis_transform()) if upright else (ax.xaxis, ax.get_xaxis_transform())
    )
    edge = [0] * len(places)
    tick = TICKLEFT if upright else TICKDOWN
    style = {"marker": tick, "markersize": MARK, "markeredgewidth": 0.8}
    ends = (edge, places) if upright else (places, edge)
    marks = Line2D(*ends, linestyle="", color="black", clip_on=False, transform=place, **style)
    marks.set_in_layout(False)  # the words reach farther
    ax.add_artist(marks)
    axis.set_major_locator(NullLocator())
    label_side(ax, side, places, words, size=size, gap=MARK + GAP)


def offset_points(ax: Axes, right: float, up: float) -> ScaledTranslation:
    """Move what is drawn so many points: to be added to its transform."""
    return ScaledTranslation(right / 72, up / 72, ax.figure.dpi_scale_trans)


def hide_scales(ax: Axes, below: float = 8) -> None:
    """Leave nothing of the frame and its scales; what is written below keeps its place.

    `below` is how far from the axes it begins, in points.
    """
    hide_frame(ax)
    ax.set_xticks([])
    ax.set_yticks([])
    centre = ax.xaxis.label.get_position()[0]
    ax.xaxis.set_label_coords(centre, 0, ax.transAxes + offset_points(ax, 0, -below))
    ax.yaxis.set_label_coords(0, 0)  # there is none to find a place for


def mark_cells(
    ax: Axes, word: str, places: ArrayLike, colour: str, ground: str | None = None
) -> None:
    """Write one word in the middle of many places: drawn much faster than a text for each.

    `places` is an array of x and y, in the units of the axes; `ground` the colour of an edge
    around each letter, where it stands on a pattern.
    """
    outline = TextPath((0, 0), word, size=TEXT)
    middle = -outline.vertices[:, 0].max() / 2, -CAPITAL * TEXT / 2
    words = PathCollection(
        [outline.transformed(Affine2D().translate(*middle))],
        offsets=places,
        offset_transform=ax.transData,
        facecolor=colour,
        linewidth=0,
        zorder=3,
        path_effects=[withStroke(linewidth=4, foreground=ground)] if ground else None,
    )
    words.set_transform(Affine2D().scale(1 / 72) + ax.figure.dpi_scale_trans)
    ax.add_collection(words, autolim=False)


def shorten(text: str, width: int = 40) -> str:
    """Shorten a label to a width, at a word where that can be, with an ellipsis.

    >>> shorten("Cluster of manufacturers of furniture, woodworking and allied industries", 30)
    'Cluster of manufacturers of …'
    >>> shorten("cluster-of-manufacturers-of-furniture", 20)
    'cluster-of…furniture'
    """
    words = " ".join(str(text).split())
    if len(words) > width and " " not in words:  # an identifier: its end tells it from others
        return displayable(f"{words[: width // 2]}…{words[width // 2 + 1 - width :]}")
    short = words if len(words) <= width else textwrap.shorten(words, width, placeholder=" …")
    return displayable(words[: width - 1] + "…" if short.strip() == "…" else short)


def displayable(text: str) -> str:
    """Escape a text for a picture: no formulas, no character that the font lacks.

    >>> displayable("$5 for \N{CJK UNIFIED IDEOGRAPH-6728}")
    '\\\\$5 for □'
    """
    for character in set(text):
        text = text if _in_font(character) else text.replace(character, UNKNOWN)
    return text.replace("$", r"\$")


@cache
def _in_font(character):
    font = get_font(findfont(FontProperties()))
    return character.isspace() or font.get_char_index(ord(character)) != 0


def rows_left_out(total: int, most: int = MOST, what: str = "rows") -> list[str]:
    """Say in a list of one word or none that there are more rows than a picture can hold."""
    return [f"{most} of {total:,} {what}"] if total > most else []


def despine(ax: Axes) -> None:
    """Leave of the frame only what carries a scale."""
    ax.tick_params(length=MARK, labelsize=SMALL)
    for side in ("top", "right"):
        ax.spines[side].set_visible(False)
    for side in ("left", "bottom"):
        ax.spines[side].set_color(PALE)


def hide_frame(ax: Axes) -> None:
    """Leave nothing of the frame."""
    ax.tick_params(length=0)
    for spine in ax.spines.values():
        spine.set_visible(False)


def abbreviate_axis(axis: Axis, values: ArrayLike) -> None:
    """Write large numbers in millions or more: matplotlib would put a power of ten beside it."""
    most = np.fmax.reduce(np.abs(np.asarray(values, dtype=float)), axis=None, initial=0)
    if most >= LONG:
        size, word = next((unit for unit in LARGE if most >= unit[0]), LARGE[-1])
        short = ABBREVIATED[word]
        axis.set_major_formatter(lambda at, _: f"{at / size:.4g} {short}" if at else "0")
