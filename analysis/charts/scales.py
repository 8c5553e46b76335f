"""Scales and frames: ticks drawn as they are asked for, frames without what carries no scale."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from matplotlib.lines import TICKDOWN, TICKLEFT, Line2D
from matplotlib.ticker import NullLocator

from analysis.charts.labels import label_side, offset_points
from analysis.charts.style import GAP, MARK, PALE, SMALL
from analysis.tidy.wording import ABBREVIATED, LARGE

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from matplotlib.axes import Axes
    from matplotlib.axis import Axis
    from numpy.typing import ArrayLike


LONG = 1e5  # in full it would not fit beside an axis


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
