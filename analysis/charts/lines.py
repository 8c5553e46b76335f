"""Lines of series: measured, under way and planned told apart, in a picture and in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from matplotlib.lines import Line2D

from analysis.charts.labels import write_at
from analysis.charts.style import ACCENT, GREY, INK, PALE, SMALL
from analysis.tidy.records import factorize_runs, records, run_starts, sorted_in_groups
from analysis.tidy.wording import brief_number

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

BAND = (0.1, 0.9)  # the quantiles that stand for so many
CENTRED = 7  # characters of a number that may stand in the middle above its dot
MIDDLE = "the middle 80 %"  # what lies between them

# marker fill, style of the line that leads to the point, word in the legend
STANDING_STYLES = {
    "outcome": (ACCENT, "-", "measured"),
    "base": (ACCENT, "-", "base year"),
    "unfinished": (PALE, ":", "year under way"),
    "target": ("white", ":", "target, not an outcome"),
}

LINE_STYLE = (None, "-", "levelled (least squares)")  # a line without dots

# what is said in words of a value
NOT_MEASURED = {"outcome": "", "base": "", "unfinished": " (year under way)", "target": " (target)"}


def draw_lines(
    ax: Axes, points: pd.DataFrame, value: str, of: Sequence[str] = ("cluster",)
) -> None:
    """Draw a pale line for each value of the columns `of`; dotted to what was not measured.

    A value between two gaps, to and from which no line leads, is a pale dot.

    Parameters
    ----------
    points : DataFrame: year, standing, the columns `value` and `of`; rows in any order
    value : the column to draw
    of : the columns that tell one line from another

    Raises KeyError for a column that is not there.

    >>> from matplotlib.figure import Figure
    >>> import pandas as pd
    >>> points = pd.DataFrame({"cluster": "a", "year": [1, 2, 3], "value": [5.0, 6.0, 9.0]})
    >>> ax = Figure().add_subplot()
    >>> draw_lines(ax, points.assign(standing=["base", "outcome", "target"]), "value")
    >>> [line.get_linestyle() for line in ax.lines]  # to what was measured; to the target
    ['-', ':']
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


def band_ends(points: pd.DataFrame, value: str, of: Sequence[str] = ()) -> pd.DataFrame:
    """Return the quantiles of `BAND`, a column each, of each year, and of each value of `of`.

    `points` is a DataFrame with year, `value` and the columns `of`; gaps do not count. Quantiles
    interpolate linearly between the ordered values.

    >>> import pandas as pd
    >>> points = pd.DataFrame({"year": 1, "value": [0.0, 5.0, 10.0]})
    >>> band_ends(points, "value").to_dict("list")
    {'year': [1], 0.1: [1.0], 0.9: [9.0]}
    """
    keys, values, group = [*of, "year"], points[value].to_numpy(float), np.zeros(len(points), int)
    for key in keys:
        numbers, names = factorize_runs(points[key])
        group = group * len(names) + names.argsort().argsort()[numbers]
    order = sorted_in_groups(values, group)
    first = run_starts(group[order])
    known = np.add.reduceat(~np.isnan(values[order]), first, dtype=int) if len(first) else first
    ends = points[keys].iloc[order[first]].reset_index(drop=True)
    for share in BAND:
        ends[share] = _quantile(values[order], first, known, share)
    return ends


def _quantile(values, first, known, share):
    """Interpolate a quantile of each run of sorted values: where it begins, and how many it has."""
    at = share * np.maximum(known - 1, 0)
    below = first + at.astype(int)
    above = np.minimum(below + 1, first + np.maximum(known - 1, 0))
    least = values[below]
    return least + (values[above] - least) * (at % 1)


def draw_band(ax: Axes, ends: pd.DataFrame, of: Sequence[str] = ()) -> None:
    """Draw a pale band, year by year, between the ends that `band_ends` found.

    With columns `of`, one for each of their values.

    >>> from matplotlib.figure import Figure
    >>> import pandas as pd
    >>> ax = Figure().add_subplot()
    >>> draw_band(ax, pd.DataFrame({"year": [1, 2], 0.1: [1.0, 2.0], 0.9: [9.0, 8.0]}))
    >>> len(ax.collections)
    1
    """
    breaks = np.flatnonzero(~ends.duplicated(list(of)))[1:] if of else []
    drawn = (np.insert(ends[name].to_numpy(float), breaks, np.nan) for name in ("year", *BAND))
    ax.fill_between(*drawn, color=PALE, alpha=0.5, linewidth=0, zorder=0)


def draw_by_standing(
    ax: Axes,
    years: Sequence[int] | pd.Series,
    values: Sequence[float] | pd.Series,
    standings: Iterable[str],
    breaks: Iterable[int] = (),
) -> None:
    """Draw a line with its dots, each point by its standing; no leg leads to a point in `breaks`.

    All are columns of one table, in the order of the line; `standings` holds words of
    `STANDING_STYLES`, `breaks` positions. Raises KeyError for another word.

    >>> from matplotlib.figure import Figure
    >>> ax = Figure().add_subplot()
    >>> draw_by_standing(ax, [1, 2, 3], [5.0, 6.0, 9.0], ["base", "outcome", "target"])
    >>> len(ax.lines)  # a line to what was measured, one to the target, three kinds of dots
    5
    """
    for style, x, y in _legs(years, values, standings, breaks):
        ax.plot(x, y, linestyle=style, color=GREY, linewidth=1.2)
    points = list(zip(years, values, standings, strict=True))
    for standing, (fill, *_) in STANDING_STYLES.items():
        if own := [(x, y) for x, y, its in points if its == standing]:
            look = {"markerfacecolor": fill, "markeredgecolor": ACCENT, "markersize": 6}
            ax.plot(*zip(*own, strict=True), "o", clip_on=False, zorder=3, **look)


def _legs(years, values, standings, breaks):
    """Yield the style of a line and what it goes through: each leg by itself, a gap behind it."""
    years, values = np.asarray(years, float), np.asarray(values, float)
    styles = [STANDING_STYLES[standing][1] for standing in standings]  # of the point it leads to
    breaks = set(breaks)
    for style in dict.fromkeys(look[1] for look in STANDING_STYLES.values()):
        legs = [at for at in range(1, len(values)) if styles[at] == style and at not in breaks]
        if legs:
            x, y = ([(v[at - 1], v[at], np.nan) for at in legs] for v in (years, values))
            yield style, np.ravel(x), np.ravel(y)


def legend_styles(series: pd.DataFrame, line: str | None = None) -> list:
    """Return what a legend explains: the standings that occur, and the thin line if there is one.

    >>> import pandas as pd
    >>> [word for *_, word in legend_styles(pd.DataFrame({"standing": ["target", "base"]}))]
    ['base year', 'target, not an outcome']
    """
    known = set(series["standing"])
    styles = [style for word, style in STANDING_STYLES.items() if word in known]
    return styles + ([LINE_STYLE] if line is not None else [])


def standing_legend(figure: Figure, styles: list, columns: int) -> None:
    """Explain below a figure what dots and lines mean, in so many columns.

    `styles` holds (fill of the marker or None for a line, style of the line, word), as
    `STANDING_STYLES` does.

    >>> from matplotlib.figure import Figure
    >>> figure = Figure()
    >>> standing_legend(figure, [STANDING_STYLES["target"], LINE_STYLE], 2)
    >>> [text.get_text() for text in figure.legends[0].get_texts()]
    ['target, not an outcome', 'levelled (least squares)']
    """
    handles = [
        Line2D([], [], linestyle=style, color=INK, linewidth=0.8, label=word)
        if fill is None
        else Line2D(
            [],
            [],
            marker="o",
            linestyle=style,
            color=GREY,
            markerfacecolor=fill,
            markeredgecolor=ACCENT,
            label=word,
        )
        for fill, style, word in styles
    ]
    # by the figure's own transform, which holds when more than the figure is saved
    place = {"bbox_to_anchor": (0.5, 0), "bbox_transform": figure.transFigure}
    place |= {"loc": "lower center", "ncols": columns}
    figure.legend(handles=handles, frameon=False, fontsize=SMALL, **place)


class LineEnd(NamedTuple):
    """The first or the last value of a line that is drawn."""

    panel: int  # the number of its line
    year: float  # where it is drawn
    height: float
    value: float
    when: int
    standing: str


def line_ends(points: pd.DataFrame, count: int) -> list[list[LineEnd]]:
    """Return a list for each of so many lines: its first and its last value, the only one, or none.

    `points` is a DataFrame with a column for each field of `LineEnd`, in the order of the lines.

    >>> import pandas as pd
    >>> points = pd.DataFrame({"panel": 0, "year": [0.1, 0.2, 0.3], "value": [5.0, 6.0, None]})
    >>> points = points.assign(height=0.0, when=[2016, 2017, 2018], standing="base")
    >>> [[(end.value, end.when) for end in ends] for ends in line_ends(points, 2)]
    [[(5.0, 2016), (6.0, 2017)], []]
    """
    known = points.dropna(subset="value")
    inner = known.duplicated("panel") & known.duplicated("panel", keep="last")
    found = [[] for _ in range(count)]
    for end in map(LineEnd._make, records(known[~inner], *LineEnd._fields)):
        found[end.panel].append(end)
    return found


def label_ends(ax: Axes, ends: Iterable[list[LineEnd]]) -> None:
    """Write the first and the last value; long ones inwards, so that they stay in the picture."""
    labels = [
        (end, text := brief_number(end.value), "center" if len(text) <= CENTRED else side)
        for both in ends
        for end, side in zip(both, ("left", "right"), strict=False)
    ]
    for side in dict.fromkeys(side for *_, side in labels):
        texts = [text for _, text, its in labels if its == side]
        spots = [(end.year, end.height) for end, _, its in labels if its == side]
        # over the lines, with an edge that keeps these away from the letters
        write_at(ax, spots, texts, (0, 7), ha=side, zorder=4, ground="white")


def ends_in_words(points: pd.DataFrame, value: str) -> str:
    """Say the first and the last value of one series with their years, and what was not measured.

    >>> import pandas as pd
    >>> points = pd.DataFrame({"year": [1, 2], "value": [5.0, 9.0], "standing": ["base", "target"]})
    >>> ends_in_words(points, "value")
    '5 in 1 to 9 in 2 (target)'
    """
    known = points.dropna(subset=value).sort_values("year")
    ends = known.iloc[[0, -1]] if len(known) > 1 else known
    return said_in_words(zip(ends[value], ends["year"], ends["standing"], strict=True))


def said_in_words(ends: Iterable | Iterator) -> str:
    """Write the (value, year, standing) of the ends of one series in words.

    >>> said_in_words([(5.0, 2016, "base"), (9.0, 2020, "target")]), said_in_words([])
    ('5 in 2016 to 9 in 2020 (target)', 'no value')
    """
    texts = [f"{brief_number(number)} in {year}{NOT_MEASURED[word]}" for number, year, word in ends]
    return " to ".join(texts) or "no value"
