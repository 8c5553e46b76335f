"""Scales and frames: ticks drawn as they are asked for, frames without what carries no scale."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from matplotlib.lines import TICKDOWN, TICKLEFT, Line2D
from matplotlib.ticker import FuncFormatter, MaxNLocator, NullLocator, ScalarFormatter

from analysis.charts.labels import label_side, offset_points
from analysis.charts.style import GAP, MARK, PALE, SMALL
from analysis.tidy.wording import ABBREVIATED, LARGE

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from matplotlib.artist import Artist
    from matplotlib.axes import Axes
    from matplotlib.axis import Axis
    from numpy.typing import ArrayLike


MOST_YEARS = 6  # labelled on an axis at most
ABOVE = 1.25  # of the span of a scale: room above the largest value for its number
TINY = 1e-4  # below it, zeros in full would not fit either
LONG = 1e5  # in full it would not fit beside an axis


def draw_scale(
    ax: Axes, side: str, places: Sequence[float], words: Iterable[str], size: int = SMALL
) -> list[Artist]:
    """Write the scale at the left or the bottom of axes: a mark and a word at each place.

    Drawn as it is written: later limits of the axes do not choose other places. Returns what is
    drawn.
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
    written = label_side(ax, side, places, words, size=size, gap=MARK + GAP)
    return [marks, *written]


def hide_scales(ax: Axes, below: float = 8) -> None:
    """Leave nothing of the frame and its scales; what is written below keeps its place.

    `below` is how far from the axes it begins, in points.
    """
    hide_frame(ax)
    ax.set_xticks([])
    ax.set_yticks([])
    _label_below(ax, below)


def _label_below(ax, below):
    """Give the label of the horizontal axis its place: none is to be found by measuring."""
    centre = ax.xaxis.label.get_position()[0]
    ax.xaxis.set_label_coords(centre, 0, ax.transAxes + offset_points(ax, 0, -below))
    ax.yaxis.set_label_coords(0, 0)  # there is none to find a place for


def draw_scale_below(ax: Axes) -> None:
    """Draw the horizontal scale where matplotlib would, and anew when the limits are set.

    Without ticks, which take as long as all the rest of a chart.

    >>> from matplotlib.figure import Figure
    >>> ax = Figure().add_subplot()
    >>> draw_scale_below(ax)
    >>> _ = ax.set_xlim(0, 3)
    >>> [text.words for text in ax.texts]
    [('0.0', '0.5', '1.0', '1.5', '2.0', '2.5', '3.0')]
    """
    locator, formatter = ax.xaxis.get_major_locator(), ax.xaxis.get_major_formatter()
    drawn = []

    def draw(ax):
        while drawn:
            drawn.pop().remove()
        low, high = sorted(ax.get_xlim())
        places = [at for at in locator.tick_values(low, high) if low <= at <= high]
        drawn.extend(draw_scale(ax, "bottom", places, formatter.format_ticks(places)))

    draw(ax)
    ax.callbacks.connect("xlim_changed", draw)
    _label_below(ax, 2 * GAP + MARK + SMALL)


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


def from_zero(values: ArrayLike) -> tuple[float, float]:
    """Give the ends of a scale: from zero, or what lies below it, to the largest and above.

    >>> from_zero([[2.0, 4.0], [float("nan"), 3.0]])
    (0.0, 5.0)
    """
    known = np.asarray(values, dtype=float)
    least = min(0.0, float(np.fmin.reduce(known, axis=None, initial=0)))
    most = float(np.fmax.reduce(known, axis=None, initial=0))
    span = most - least or 1
    return least - 0.12 * span * (least < 0), least + ABOVE * span


def scale_of_numbers(low: float, high: float, values: ArrayLike) -> dict[float, str]:
    """Choose some round numbers between two limits; return each with its word.

    Whole ones where all `values` are whole.

    >>> scale_of_numbers(0, 12.5, [3, 10])
    {0.0: '0', 4.0: '4', 8.0: '8', 12.0: '12'}
    >>> list(scale_of_numbers(0, 1.2e6, [1e6]).values())
    ['0', '0.3 m', '0.6 m', '0.9 m', '1.2 m']
    """
    values = np.asarray(values, dtype=float)
    places = MaxNLocator(4, integer=bool((values % 1 == 0).all())).tick_values(low, high)
    formatter = _formatter(values)
    formatter.create_dummy_axis()
    words = formatter.format_ticks(places)
    return {at: word for at, word in zip(places.tolist(), words, strict=True) if low <= at <= high}


def abbreviate_axis(axis: Axis, values: ArrayLike) -> None:
    """Write large numbers in millions or more: matplotlib would put a power of ten beside it."""
    axis.set_major_formatter(_formatter(values))


def _formatter(values):
    """Return what writes the numbers of a scale: large ones in millions, tiny ones in short."""
    most = np.fmax.reduce(np.abs(np.asarray(values, dtype=float)), axis=None, initial=0)
    if most >= LONG:
        size, word = next((unit for unit in LARGE if most >= unit[0]), LARGE[-1])
        short = ABBREVIATED[word]
        return FuncFormatter(lambda at, _: f"{at / size:.4g} {short}" if at else "0")
    if 0 < most < TINY:
        return FuncFormatter(lambda at, _: f"{at:.4g}")
    formatter = ScalarFormatter(useOffset=False)
    formatter.set_scientific(False)
    return formatter
