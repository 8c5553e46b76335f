"""Large charts beside the same picture of one axes per panel, one text and one line per row.

`python -m benchmarks.charts`. Both sides make the figure and a png of it; processor time, in turns,
the least of several. The right-hand side is what matplotlib's `subplots`, `Axes.text` and ticks
give. When the library, too, had an axes per panel and a text per row, the ratios in this run were
0.74 and 0.99; the goal is half of that.
"""

import io
import time

import matplotlib
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.patheffects import withStroke
from matplotlib.ticker import MaxNLocator

from analysis.charts.intervals import interval_dots
from analysis.charts.panels import MOST_PANELS, series_panels
from analysis.charts.style import ACCENT, GREY, INK, MOST, PALE, SMALL

INDICATORS, YEARS, ROWS = 48, range(2010, 2020), 300
TIMES = 5


def main():
    """Print the ratios."""
    matplotlib.use("agg")
    series, ends = made_up()
    rows = {
        f"{INDICATORS} indicators in panels ({MOST_PANELS} shown)": (
            0.37,
            lambda: series_panels(series, columns=3),
            lambda: panels_one_by_one(series),
        ),
        f"{ROWS} intervals in rows ({MOST} shown)": (
            0.49,
            lambda: interval_dots(ends, label="score").figure,
            lambda: rows_one_by_one(ends),
        ),
    }
    print(f"{'ms':45}{'ours':>8}{'one by one':>12}{'ratio':>8}")
    for what, (goal, *sides) in rows.items():
        ours, theirs = timed(*sides)
        told = f"{1000 * ours:8.0f}{1000 * theirs:12.0f}{ours / theirs:8.2f}"
        print(f"{what:45}{told}  goal: at most {goal}")


def made_up():
    """Make up series of two units, and intervals of many."""
    rng = np.random.default_rng(1)
    keys = pd.MultiIndex.from_product([["a", "b"], range(INDICATORS), YEARS])
    series = keys.to_frame(index=False, name=["cluster", "indicator", "year"])
    names = "Indicator number " + series["indicator"].astype(str)
    series = series.assign(label=names, standing="outcome")
    series["value"] = rng.integers(10, 100, len(series)).astype(float)
    ends = pd.DataFrame({"low": rng.random(ROWS) / 2, "high": 0.5 + rng.random(ROWS) / 2})
    return series, ends.set_axis([f"region {row}" for row in range(ROWS)])


def timed(*sides):
    """Return the least processor time of each side, in seconds; they take turns."""
    spent = [[] for _ in sides]
    for _ in range(TIMES + 1):
        for own, draw in zip(spent, sides, strict=True):
            begin = time.process_time()
            figure = draw()
            figure.savefig(io.BytesIO(), format="png")
            own.append(time.process_time() - begin)
            plt.close(figure)
    return [min(own[1:]) for own in spent]  # the first also finds the fonts


def panels_one_by_one(series):
    """Draw the panels of `series_panels`, an axes each."""
    names = list(series["label"].unique()[:MOST_PANELS])
    figure, axes = plt.subplots(-(-len(names) // 3), 3, figsize=(5.4, 22.5))
    edge = [withStroke(linewidth=2.5, foreground="white")]
    for ax, name in zip(axes.flat, names, strict=True):
        own = series[series["label"] == name]
        for unit, colour, width in (("b", PALE, 0.8), ("a", GREY, 1.2)):
            points = own[own["cluster"] == unit]
            ax.plot(points["year"], points["value"], color=colour, linewidth=width)
        ax.plot(points["year"], points["value"], "o", color=ACCENT, clip_on=False)
        for year, value in zip(
            points["year"].iloc[[0, -1]], points["value"].iloc[[0, -1]], strict=True
        ):
            ax.text(year, value, f"{value:.0f}", fontsize=SMALL, ha="center", path_effects=edge)
        ax.set_title(f"{name}\na, and 1 other pale", fontsize=SMALL, loc="left", color=INK)
        _bare(ax, xticks=[2014, 2019])
        ax.yaxis.set_major_locator(MaxNLocator(4))
        ax.set_ylim(0, 120)
    return figure


def rows_one_by_one(ends):
    """Draw the rows of `interval_dots`, a line and a text each."""
    shown = ends.sort_values(["low", "high"]).tail(MOST)
    figure, ax = plt.subplots(figsize=(5.4, 13.1))
    for row, (low, high) in enumerate(shown.to_numpy()):
        ax.plot([low, high], [row, row], "|-", color=ACCENT, linewidth=2, markeredgewidth=2)
        word, place = f"{low:.3g} to {high:.3g}", ax.get_yaxis_transform()
        ax.text(1.02, row, word, va="center", fontsize=SMALL, color=ACCENT, transform=place)
    _bare(ax)
    ax.set_yticks(range(len(shown)), shown.index)
    return figure


def _bare(ax, **ticks):
    ax.set(**ticks)
    ax.tick_params(labelsize=SMALL, length=2)
    ax.spines[["top", "right"]].set_visible(False)


if __name__ == "__main__":
    main()
