"""Intervals in rows: one line per row from its low to its high end, with its numbers beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from matplotlib.ticker import MaxNLocator

from analysis.charts.labels import rows_left_out, shorten, write_beside
from analysis.charts.picture import add_title, figure_width, new_axes
from analysis.charts.scales import abbreviate_axis, despine, draw_scale, draw_scale_below
from analysis.charts.style import ACCENT, GREY, INK, MOST, SMALL, TEXT
from analysis.tidy.records import check_columns
from analysis.tidy.wording import interval

if TYPE_CHECKING:
    from collections.abc import Collection, Hashable, Sequence
    from typing import Literal

    from matplotlib.axes import Axes


PLAIN, SCORES = ("low", "high"), ("score_low", "score_high")  # what an interval runs between
PART = 26  # characters of each part of a name that is put together


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


def interval_dots(
    intervals: pd.DataFrame,
    *,
    ends: Sequence[str] | None = None,
    label: str = "",
    groups: pd.Series | None = None,
    accent: Collection[Hashable] | None = None,
    best: Literal["high", "low"] = "high",
    longest: int = 40,
    title: str = "",
    ax: Axes | None = None,
) -> Axes:
    """Draw one interval per row, sorted, with its numbers in a right-hand column.

    Parameters
    ----------
    intervals : DataFrame, index of rows, with the columns `ends`; optionally middle, a dot
    ends : the columns that the intervals run from and to; default low and high, or where there are
        none score_low and score_high, as `evidence_score` returns them
    label : quantity and unit
    groups : Series, optional: a word per row, printed behind its numbers
    accent : index labels of the rows to draw in the accent colour; default all
    best : "high" or "low": the end of the order to draw where there are too many rows for one
        picture
    longest : characters of a row's name that are shown

    Raises TypeError or KeyError that names the columns that are wanted.

    >>> scores = pd.DataFrame({"low": [0.5, 0.0], "high": [0.5, 1.0]}, index=["a", "b"])
    >>> ax = interval_dots(scores, label="evidence score")
    >>> [text.words for text in ax.texts]
    [('b', 'a'), ('0 to 1', '0.5'), ('0.0', '0.2', '0.4', '0.6', '0.8', '1.0')]
    """
    intervals = interval_ends(intervals, ends)
    best_first = intervals.sort_values(["low", "high"], ascending=best == "low", kind="stable")
    best_first = best_first.head(MOST)
    order = best_first.index[::-1]  # drawn from below
    names, words = [shorten(key, longest) for key in order], _numbers_and_groups(best_first, groups)
    ax = ax or new_axes(len(order), width=figure_width(names, words))
    draw_scale(ax, "left", range(len(order)), names)
    colours = [ACCENT if accent is None or key in accent else GREY for key in order]
    _draw_rows(ax, best_first.iloc[::-1], colours)
    write_beside(ax, range(len(order)), words[::-1], colours)
    ax.set_ylim(-0.6, len(order) - 0.4)
    ax.set_xlabel("\n".join([label, *rows_left_out(len(intervals))]), fontsize=TEXT)
    abbreviate_axis(ax.xaxis, intervals[["low", "high"]].to_numpy())
    if best == "low":
        ax.xaxis.set_major_locator(MaxNLocator(8, integer=True))  # ranks
    despine(ax)
    draw_scale_below(ax)
    ax.figure.rows = _rows_in_words(best_first, groups)
    return add_title(ax, title)


def _numbers_and_groups(intervals, groups):
    """Write for each row what stands at its right: its ends, and its group."""
    given = {} if groups is None else groups.dropna()
    return [
        interval(low, high) + (f"   {shorten(given[key])}" if key in given else "")
        for key, low, high in _ends(intervals)
    ]


def _rows_in_words(intervals, groups):
    """Say each row: its name, its ends, and its group."""
    given = {} if groups is None else groups.dropna()
    return [
        f"{key} {interval(low, high)}" + (f", {given[key]}" if key in given else "")
        for key, low, high in _ends(intervals)
    ]


def _ends(intervals):
    """Iterate over the rows: label, low, high."""
    return zip(intervals.index, intervals["low"].tolist(), intervals["high"].tolist(), strict=True)


def _draw_rows(ax, intervals, colours):
    """Draw all intervals: those of one colour as one line with gaps, and their dots."""
    rows, gaps = np.arange(len(intervals)), np.full(len(intervals), np.nan)
    low, high = intervals["low"].to_numpy(float), intervals["high"].to_numpy(float)
    ends = {"markersize": 9, "markeredgewidth": 2}
    for colour in dict.fromkeys(colours):
        own = np.array([its == colour for its in colours])
        x, y = np.c_[low, high, gaps][own], np.c_[rows, rows, gaps][own]
        ax.plot(x.ravel(), y.ravel(), "|-", color=colour, linewidth=2, **ends)
        if "middle" in intervals:
            ax.plot(intervals["middle"][own], rows[own], "o", color=colour, markersize=6)


def regional_scale(
    scale: pd.DataFrame, *, threshold: float | None = None, title: str = "", ax: Axes | None = None
) -> Axes:
    """Draw the first and last value of each series as per cent of its region's figure.

    Parameters
    ----------
    scale : what `analysis.comparative.regional_scale` returns; rows without a share are left out
    threshold : per cent at which to draw a line
    title : above the picture; ax : axes to draw on, default new ones

    Returns the axes.

    >>> from analysis.comparative import regional_scale as compared
    >>> from analysis.study.loading import load_study
    >>> study = load_study()
    >>> table = compared(study.series, study.clusters, study.indicators, study.context)
    >>> regional_scale(table, threshold=1).get_xlabel()
    "per cent of the region's figure, first and last year"
    """
    known = scale.dropna(subset="share_low_pct")
    ends = known.groupby(["cluster", "indicator"], sort=False).nth([0, -1])
    names = _names_of_ends(ends)
    shares = ends[["share_low_pct", "share_high_pct"]].set_axis(["low", "high"], axis=1)
    drawn = interval_dots(
        shares.set_axis(names),
        label="per cent of the region's figure, first and last year",
        groups=ends["certainty"].set_axis(names) + " figure",
        longest=4 * PART,
        title=title,
        ax=ax,
    )
    if threshold is not None:
        reference_line(drawn, threshold, f"{threshold:g} %")
    if len(shares):
        most = max(shares["high"].max(), threshold or 0)
        drawn.set_xlim(min(0, shares["low"].min()), 1.06 * most or 1)
    return drawn


def _names_of_ends(ends):
    """Name each row by cluster, year and standing, and by what else tells it from the others."""
    when = ends["year"].astype(str) + " (" + ends["standing"] + ")"
    parts = {name: ends[name].astype(str) for name in ("cluster", "indicator", "period")}
    short = {name: texts.map(lambda text: shorten(text, PART)) for name, texts in parts.items()}
    for words in (short, parts):  # short ones, as long as they differ
        for several in (["cluster"], ["cluster", "indicator"], [*parts]):
            names = when
            for name in reversed(several):
                names = words[name] + ", " + names
            if names.is_unique:
                return names
    return names


def reference_line(ax: Axes, value: float, words: str, *, vertical: bool = True) -> Axes:
    """Draw one labelled reference line, at `value` in the units of its axis; return the axes.

    >>> from matplotlib.figure import Figure
    >>> ax = reference_line(Figure().add_subplot(), 50, "half")
    >>> [text.get_text() for text in ax.texts], len(ax.lines)
    (['half '], 1)
    """
    draw = ax.axvline if vertical else ax.axhline
    draw(value, color=INK, linewidth=0.8, linestyle="--", zorder=0)
    where = (value, 0.0) if vertical else (1.0, value)
    transform = ax.get_xaxis_transform() if vertical else ax.get_yaxis_transform()
    side = {"ha": "right"} if vertical else {}
    ax.text(
        *where, f"{words} ", fontsize=SMALL, color=INK, va="bottom", transform=transform, **side
    )
    return ax
