"""Charts of an integral indicator: what a score is made of, and what it rests on."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from matplotlib.collections import PolyCollection
from matplotlib.colors import to_rgb
from matplotlib.transforms import ScaledTranslation, blended_transform_factory

from analysis.charts.labels import (
    column_heads,
    label_columns,
    label_rows,
    label_side,
    rows_left_out,
    shorten,
)
from analysis.charts.matrices import BOX
from analysis.charts.picture import add_title, legend_columns, new_axes, wrap_below
from analysis.charts.scales import (
    abbreviate_axis,
    despine,
    draw_scale,
    draw_scale_below,
    hide_scales,
)
from analysis.charts.style import ACCENT, GAP, GREY, INK, MOST, PALE, SMALL, TEXT
from analysis.tidy.wording import interval, number

if TYPE_CHECKING:
    from matplotlib.axes import Axes

TONES = ("#1f5a94", "#7fa8cf", "#b9d0e6", "#6b6b6b", "#a8a8a8", "#dcdcdc")
HATCHES = ("", "////", "....", "xxxx")
BELOW, LINE = 0.4, 0.17  # inches from an axis to below its label, and of each line more
NARROW = 28  # columns of a heat map from which names are written upright


def stacked_contributions(
    low: pd.DataFrame, high: pd.DataFrame, *, title: str = "", ax: Axes | None = None
) -> Axes:
    """Draw what each part adds to a unit's score: bars that add up to it, the best on top.

    Parameters
    ----------
    low, high : DataFrames, units x parts, what each part adds at least and at most; what a gap
        leaves open is drawn pale at the end of the bar

    >>> parts = pd.DataFrame({"jobs": [30.0, 10.0], "waste": [20.0, 45.0]}, index=["a", "b"])
    >>> len(stacked_contributions(parts, parts).patches)
    4
    """
    order = low.sum(axis=1).add(high.sum(axis=1)).sort_values(kind="stable").index[-MOST:]
    low, high = low.loc[order], high.loc[order]
    ax = ax or new_axes(len(order) + 1)
    start = np.zeros(len(order))
    for at, part in enumerate(low.columns):
        style = {"color": TONES[at % len(TONES)], "edgecolor": "white", "linewidth": 0.4}
        style["hatch"] = HATCHES[at // len(TONES) % len(HATCHES)]
        ax.barh(range(len(order)), low[part], left=start, height=0.7, label=shorten(part), **style)
        start = start + low[part].to_numpy()
    open_part = (high - low).sum(axis=1).to_numpy()
    if open_part.max(initial=0) > 0:
        style = {"color": "white", "edgecolor": GREY, "linestyle": ":"}
        style |= {"label": "left open by gaps"}
        ax.barh(range(len(order)), open_part, left=start, height=0.7, **style)
    draw_scale(ax, "left", range(len(order)), [shorten(key) for key in order])
    ax.set_ylim(-0.6, len(order) - 0.4)
    ax.set_xlabel("\n".join(["points of the score", *rows_left_out(len(low))]), fontsize=TEXT)
    despine(ax)
    draw_scale_below(ax)
    _legend_below(ax)
    ends = zip(order[::-1], start[::-1], (start + open_part)[::-1], strict=True)
    ax.figure.rows = [f"{key} {interval(a, b)}" for key, a, b in ends]
    return add_title(ax, title)


def _legend_below(ax):
    """Explain the styles below what runs along the axis, where they hide nothing."""
    words, figure = ax.get_legend_handles_labels()[1], ax.figure
    columns = legend_columns(words, figure.get_figwidth(), 3)
    more = ceil(len(words) / columns) - 2  # lines for which a picture has no room of its own
    figure.set_figheight(figure.get_figheight() + LINE * max(more, 0))
    inches = BELOW + LINE * ax.get_xlabel().count("\n")
    down = ScaledTranslation(0, -inches, figure.dpi_scale_trans)
    ax.legend(
        loc="upper left",
        bbox_to_anchor=(0, 0),
        bbox_transform=blended_transform_factory(figure.transFigure, ax.transAxes) + down,
        ncols=columns,
        fontsize=SMALL,
        frameon=False,
    )


def heat_map(
    values: pd.DataFrame,
    *,
    marked: pd.DataFrame | None = None,
    title: str = "",
    ax: Axes | None = None,
) -> Axes:
    """Draw values on one scale, units x indicators: the darker, the higher; a gap stays white.

    `marked`, of the same shape, tells which cells were filled or moved: they get a dot.

    >>> values = pd.DataFrame({"jobs": [0.0, 100.0], "waste": [50.0, None]}, index=["a", "b"])
    >>> [text.words for text in heat_map(values).texts]
    [('a', 'b'), ('jobs', 'waste')]
    """
    total, values = len(values), values.head(MOST)
    columns = values.shape[1]
    ax = ax or new_axes(len(values) + 2, width=max(4.5, 2.4 + min(0.6, 9 / columns) * columns))
    least, span = np.nanmin(values), np.ptp(values.to_numpy()[values.notna().to_numpy()]) or 1.0
    places = np.argwhere(values.notna().to_numpy())
    tones = (values.to_numpy()[tuple(places.T)] - least) / span
    colours = [(*to_rgb(ACCENT), 0.15 + 0.85 * tone) for tone in tones]
    boxes = places[:, None, ::-1] + BOX
    ax.add_collection(PolyCollection(boxes, facecolor=colours, edgecolor=PALE, linewidth=0.3))
    if marked is not None and marked.to_numpy().any():
        y, x = np.nonzero(marked.loc[values.index].to_numpy())
        ax.plot(x, y, "o", color=INK, markersize=2.5, markerfacecolor="white")
    ax.set_xlim(-0.5, columns - 0.5)
    ax.set_ylim(len(values) - 0.5, -0.5)
    label_rows(ax, [shorten(row) for row in values.index])
    _name_columns(ax, list(values.columns))
    words = ["the darker, the better; white is a gap", *rows_left_out(total)]
    words += ["a dot: filled or moved"] if marked is not None and marked.to_numpy().any() else []
    ax.set_xlabel(
        wrap_below(ax, "   ".join(words), SMALL, 90), fontsize=SMALL, color=GREY, loc="left"
    )
    hide_scales(ax)
    ax.figure.rows = [_best_and_worst(name, row.dropna()) for name, row in values.iterrows()]
    return add_title(ax, title, lines=_lines(values.columns))


def _best_and_worst(name, row):
    """Say of one row of a heat map where it is highest and where it is lowest."""
    if row.empty:
        return f"{name}: no value"
    top, bottom = row.idxmax(), row.idxmin()
    ends = number(row[top]), number(row[bottom])
    return f"{name}: highest in {top} ({ends[0]}), lowest in {bottom} ({ends[1]})"


def _name_columns(ax, names):
    """Write names above columns: broken into lines where there are few, upright where many."""
    if len(names) < NARROW // 2:
        return label_columns(ax, [_in_column(name) for name in names], SMALL)
    place = ax.get_xaxis_transform()
    for at, name in enumerate(names):
        style = {"rotation": 90, "ha": "center", "va": "bottom", "fontsize": SMALL, "color": INK}
        ax.text(at, 1.01, shorten(name, 24), transform=place, **style)
    return None


def _in_column(name):
    return column_heads([shorten(name, 30)])[0]


def _lines(names):
    if len(names) < NARROW // 2:
        return max(_in_column(name).count("\n") + 1 for name in names)
    return max(len(shorten(name, 24)) for name in names) * 0.45


def weight_dots(weights: pd.DataFrame, *, title: str = "", ax: Axes | None = None) -> Axes:
    """Draw what each indicator counts by its weight (ring) and what it carries (dot), in per cent.

    `weights` is what `effective_weights` returns: index indicator, columns nominal, effective.

    >>> table = pd.DataFrame({"nominal": [0.5, 0.5], "effective": [0.8, 0.2]}, index=["a", "b"])
    >>> [text.words for text in weight_dots(table).texts][0]
    ('b', 'a')
    """
    shown = weights.sort_values("effective", kind="stable").tail(MOST)
    ax = ax or new_axes(len(shown))
    rows = range(len(shown))
    ends = 100 * shown[["nominal", "effective"]].to_numpy()
    ax.hlines(rows, ends.min(axis=1), ends.max(axis=1), color=PALE, linewidth=2, zorder=0)
    ax.plot(ends[:, 0], rows, "o", color=GREY, markerfacecolor="white", label="weight given")
    ax.plot(ends[:, 1], rows, "o", color=ACCENT, label="importance: share of squared correlations")
    draw_scale(ax, "left", rows, [shorten(key) for key in shown.index])
    ax.set_xlim(left=0)
    ax.set_ylim(-0.6, len(shown) - 0.4)
    ax.set_xlabel("\n".join(["per cent", *rows_left_out(len(weights))]), fontsize=TEXT)
    despine(ax)
    draw_scale_below(ax)
    _legend_below(ax)
    pairs = list(zip(shown.index, ends, strict=True))[::-1]
    ax.figure.rows = [f"{key}: weight {number(w)}, importance {number(i)}" for key, (w, i) in pairs]
    return add_title(ax, title)


def shift_dots(left_out: pd.DataFrame, *, title: str = "", ax: Axes | None = None) -> Axes:
    """Draw how far ranks move when one indicator or pillar is left out: mean (dot), most (bar).

    `left_out` has the columns left_out, mean_abs_rank_shift, max_rank_shift, most_moved.

    >>> table = pd.DataFrame({"left_out": ["a"], "mean_abs_rank_shift": [0.5],
    ...     "max_rank_shift": [3], "most_moved": ["x"]})
    >>> [text.words for text in shift_dots(table).texts][:2]
    [('a',), ('x',)]
    """
    shown = left_out.sort_values("mean_abs_rank_shift", kind="stable").tail(MOST)
    ax = ax or new_axes(len(shown))
    rows = range(len(shown))
    most = shown["max_rank_shift"].to_numpy(dtype=float)
    ax.hlines(rows, 0, most, color=PALE, linewidth=2, zorder=0)
    ax.plot(most, rows, "|", color=GREY, markersize=9, markeredgewidth=2, label="the most moved")
    ax.plot(shown["mean_abs_rank_shift"], rows, "o", color=ACCENT, label="on average")
    draw_scale(ax, "left", rows, [shorten(key) for key in shown["left_out"]])
    label_side(ax, "right", rows, [shorten(key, 28) for key in shown["most_moved"]], size=SMALL)
    ax.set_xlim(left=0)
    ax.set_ylim(-0.6, len(shown) - 0.4)
    ax.set_xlabel("\n".join(["ranks moved", *rows_left_out(len(left_out))]), fontsize=TEXT)
    despine(ax)
    draw_scale_below(ax)
    _legend_below(ax)
    ax.figure.rows = [
        f"without {row.left_out}: {number(row.mean_abs_rank_shift)} on average, at most "
        f"{number(row.max_rank_shift)}{f' ({row.most_moved})' if row.most_moved else ''}"
        for row in shown[::-1].itertuples()
    ]
    return add_title(ax, title)


def profile_bars(
    unit: pd.Series, median: pd.Series, *, name: str = "", title: str = "", ax: Axes | None = None
) -> Axes:
    """Draw one unit's normalised values as bars, and the median of all as a mark on each.

    `unit` and `median` have the index indicator; what is a gap has no bar.

    >>> unit = pd.Series({"jobs": 80.0, "waste": 20.0})
    >>> len(profile_bars(unit, pd.Series({"jobs": 50.0, "waste": 50.0})).patches)
    2
    """
    order = (unit - median).sort_values(kind="stable", na_position="first").index[-MOST:]
    ax = ax or new_axes(len(order))
    rows = np.arange(len(order))
    ahead = unit[order].to_numpy() >= median[order].to_numpy()
    colours = np.where(ahead, ACCENT, "#9bb7d3")
    ax.barh(rows, unit[order].fillna(0), height=0.6, color=colours, label=name or None)
    ax.plot(median[order], rows, "|", color=INK, markersize=12, markeredgewidth=1.6, label="median")
    draw_scale(ax, "left", rows, [shorten(key) for key in order])
    texts = ["gap" if value != value else number(value) for value in unit[order]]
    label_side(ax, "right", rows, texts, size=SMALL, gap=GAP)
    ax.set_ylim(-0.6, len(order) - 0.4)
    ax.set_xlabel("normalised: the more, the better", fontsize=TEXT)
    abbreviate_axis(ax.xaxis, unit.to_numpy())
    despine(ax)
    draw_scale_below(ax)
    triples = zip(order[::-1], texts[::-1], median[order[::-1]], strict=True)
    ax.figure.rows = [f"{key}: {own}, median {number(middle)}" for key, own, middle in triples]
    return add_title(ax, title)


def no_chart(words: str) -> Axes:
    """Say in a picture's place why there is none.

    >>> no_chart("No weights.").get_title(loc="left")
    'No weights.'
    """
    ax = new_axes(1)
    hide_scales(ax)
    return add_title(ax, words)
