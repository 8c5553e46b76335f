"""Matrices: a mark per cell, of components, criteria, categories or ranks of every unit."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from matplotlib.colors import PowerNorm, to_rgb
from matplotlib.patches import PathPatch
from matplotlib.path import Path

from analysis.charts.labels import (
    column_heads,
    label_columns,
    label_rows,
    label_side,
    mark_cells,
    rows_left_out,
    shorten,
)
from analysis.charts.picture import add_title, new_axes, wrap_below
from analysis.charts.scales import hide_scales
from analysis.charts.style import ACCENT, GAP, GREY, INK, MANY, MOST, PALE, SMALL, TEXT
from analysis.tidy.records import records
from analysis.tidy.wording import listed, whole_percent

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

LEAST = 4.5  # inches: less would leave no room for a title
BESIDE = 2.3  # inches of a matrix for the names of its rows, and what stands at their ends
# fill, edge, hatch, mark: five statuses that differ by mark and tone, not by hue
STATUS_STYLES = {
    "present": (ACCENT, ACCENT, "", "yes"),
    "planned": ("white", ACCENT, "////", "plan"),
    "unknown": ("#e4e4e4", GREY, "", "?"),
    "absent": ("white", INK, "", "no"),
    "not reported": ("white", PALE, "", "\N{EN DASH}"),
}
BOX = np.array([(-0.46, -0.4), (0.46, -0.4), (0.46, 0.4), (-0.46, 0.4)])  # around a cell's middle


def component_matrix(
    summed: pd.DataFrame,
    *,
    grades: pd.Series | None = None,
    title: str = "",
    ax: Axes | None = None,
) -> Axes:
    """Draw cluster x component statuses as labelled cells, with the grade at the right.

    Parameters
    ----------
    summed : DataFrame as `evidence.component_status` returns it
    grades : ordered categorical Series, optional: published grade of each cluster; sorts the rows
    title : above the picture; ax : axes to draw on, default new ones

    Returns the axes. Raises KeyError for a status that is none.

    >>> import pandas as pd
    >>> summed = pd.DataFrame({"cluster": "a", "component": ["board", "services"],
    ...     "status": ["present", "planned"], "partly_open": False, "arguable": False})
    >>> [text.words for text in component_matrix(summed).texts]
    [('plan',), ('yes',), ('a',), ('board', 'services')]
    """
    clusters = list(summed["cluster"].unique())
    if grades is not None:
        codes = dict(zip(grades.index, grades.cat.codes, strict=True))
        clusters.sort(key=lambda cluster: -codes[cluster])
    total, clusters = len(clusters), clusters[:MOST]
    summed = summed[summed["cluster"].isin(clusters)]
    components = list(summed["component"].unique())
    ax = ax or new_axes(len(clusters) + 1, width=max(LEAST, BESIDE + 0.8 * len(components)))
    for status, alike in _by_status(summed, components, clusters):
        _status_cells(ax, status, alike)
    if grades is not None:
        given = grades[clusters]
        label_rows(ax, [shorten(g) if g == g else "no grade" for g in given], "right")
    words = column_heads(components, 13, longest=13)
    legend = _status_legend(summed, rows_left_out(total))
    ax.figure.rows = _statuses_in_words(summed, clusters, grades)
    return _named(ax, clusters, words, title=title, below=legend)


def _statuses_in_words(summed, clusters, grades):
    """Say each row of a matrix of components: the cluster, its grade, and every status."""
    told = {cluster: [] for cluster in clusters}
    for cluster, component, status in records(summed, "cluster", "component", "status"):
        told[cluster].append(f"{component} {status}")
    given = {} if grades is None else grades.dropna()
    named = {key: f"{key} ({given[key]})" if key in given else str(key) for key in told}
    return [f"{named[cluster]}: {', '.join(its)}" for cluster, its in told.items()]


def _counts_in_words(counts):
    """Say each row of a matrix of counts: its name, and every count above zero."""
    return [
        f"{name}: {listed((f'{key} {count}' for key, count in row[row > 0].items()), most=12)}"
        for name, row in counts.iterrows()
    ]


def _named(ax, rows, columns, *, title, below="", size=SMALL):
    """Name the rows and columns of a matrix of boxes."""
    ax.set_xlim(-0.5, max(len(columns), 1) - 0.5)
    ax.set_ylim(max(len(rows), 1) - 0.5, -0.5)
    label_rows(ax, [shorten(row) for row in rows])
    label_columns(ax, columns, size)
    ax.set_xlabel(wrap_below(ax, below, SMALL, 90), fontsize=SMALL, color=GREY, loc="left")
    hide_scales(ax)
    return add_title(ax, title, lines=max((word.count("\n") + 1 for word in columns), default=0))


def _by_status(summed, columns, rows):
    """Return (status, {word: places of its cells}) of each status, in the order of their names."""
    x, y = ({name: at for at, name in enumerate(names)} for names in (columns, rows))
    found = {}
    cells = records(summed, "status", "component", "cluster", "partly_open", "arguable")
    for status, component, cluster, open_too, arguable in cells:
        word = STATUS_STYLES[status][-1] + " + ?" * open_too + "*" * arguable
        found.setdefault(status, {}).setdefault(word, []).append((x[component], y[cluster]))
    return sorted(found.items())


def _status_cells(ax, status, alike):
    fill, edge, hatch, _ = STATUS_STYLES[status]
    places = [place for some in alike.values() for place in some]
    _boxes(ax, places, facecolor=fill, edgecolor=edge, hatch=hatch)
    colour = {"present": "white", "not reported": GREY}.get(status, INK)
    words = [word for word, some in alike.items() for _ in some]
    mark_cells(ax, words, places, colour, ground="white" if hatch else None)


def _boxes(ax, places, **style):
    """Draw the boxes of cells, each given by the (x, y) of its middle: all as one path."""
    boxes = Path.make_compound_path_from_polys(np.asarray(places)[:, None, :] + BOX)
    patch = PathPatch(boxes, zorder=1, linewidth=1, snap=True, **style)
    patch.set_transform(ax.transData)
    ax.add_artist(patch)


def _status_legend(summed, more):
    marks = {status: style[-1] for status, style in STATUS_STYLES.items()}
    words = [f"{mark}: {status}" for status, mark in marks.items()]
    words += ["*: can be coded otherwise"] if summed["arguable"].any() else []
    words += ["+ ?: another item is unknown"] if summed["partly_open"].any() else []
    kept = [word.replace(" ", "\N{NO-BREAK SPACE}") for word in words]  # each on one line
    return "   ".join(kept + more)


def coverage_matrix(coverage: pd.DataFrame, *, title: str = "", ax: Axes | None = None) -> Axes:
    """Draw cluster x criterion: how many indicators serve it, nothing where none does.

    `coverage` is what `analysis.comparative.criteria_coverage` returns: cluster, criterion,
    indicators (their number), evidence (bool). Returns the axes.

    >>> import pandas as pd
    >>> coverage = pd.DataFrame({"cluster": ["a", "b"], "criterion": "new-products",
    ...     "indicators": [2, 1], "evidence": [True, False]})
    >>> [text.words for text in coverage_matrix(coverage).texts]
    [('2',), ('a', 'b'), ('new products',)]
    """
    total, criteria = coverage["cluster"].nunique(), list(coverage["criterion"].unique())
    clusters = list(coverage["cluster"].unique()[:MOST])
    ax = ax or new_axes(len(clusters) + 1, width=max(LEAST, BESIDE - 0.7 + 0.75 * len(criteria)))
    drawn = coverage[coverage["cluster"].isin(clusters)]
    cells = drawn.assign(
        x=drawn["criterion"].map(criteria.index), y=drawn["cluster"].map(clusters.index)
    )
    for count, alike in cells.groupby(cells["indicators"].where(cells["evidence"], 0)):
        places = alike[["x", "y"]].to_numpy()
        fill, edge = (ACCENT, ACCENT) if count else ("white", PALE)
        _boxes(ax, places, facecolor=fill, edgecolor=edge)
        if count:
            mark_cells(ax, [str(count)] * len(places), places, "white")
    words = column_heads(criterion.replace("-", " ") for criterion in criteria)
    told = (
        drawn["indicators"]
        .where(drawn["evidence"], 0)
        .set_axis([drawn["cluster"], drawn["criterion"].str.replace("-", " ")], axis=0)
    )
    ax.figure.rows = _counts_in_words(told.unstack().loc[clusters])
    return _named(ax, clusters, words, title=title, below=" ".join(rows_left_out(total)))


def count_matrix(counts: pd.DataFrame, *, title: str = "", ax: Axes | None = None) -> Axes:
    """Draw counts as a matrix: a number in each cell, its tone by size, nothing for zero.

    `counts` is a DataFrame of whole numbers: index rows, columns categories in their order.
    Returns the axes.

    >>> import pandas as pd
    >>> counts = pd.DataFrame({"supported": [2, 0]}, index=["method", "results"])
    >>> [text.words for text in count_matrix(counts).texts]
    [('2',), ('method', 'results'), ('supported',)]
    """
    ax = ax or new_axes(len(counts) + 1, width=max(LEAST, BESIDE - 1 + 0.75 * counts.shape[1]))
    most = max(1, int(counts.to_numpy().max(initial=0)))
    for count in np.unique(counts):
        places = np.argwhere(counts.to_numpy() == count)[:, ::-1]
        tone = 0.15 + 0.85 * count / most if count else 0.0
        _boxes(ax, places, facecolor=(*to_rgb(ACCENT), tone), edgecolor=PALE)
        if count:
            words = [str(count)] * len(places)
            mark_cells(ax, words, places, "white" if tone > 0.65 else INK)
    words = column_heads(counts.columns, 11)
    ax.figure.rows = _counts_in_words(counts)
    return _named(ax, list(counts.index), words, title=title)


def rank_matrix(
    distribution: pd.DataFrame,
    *,
    grades: pd.Series | None = None,
    title: str = "",
    ax: Axes | None = None,
) -> Axes:
    """Draw how often each cluster has each rank: the darker, the oftener; shares in per cent.

    `distribution` is what `robustness.rank_distribution` returns; rows go by mean rank.

    >>> import pandas as pd
    >>> ranks = {"cluster": ["a", "a", "b", "b"], "rank": [1, 2, 1, 2]}
    >>> shares = pd.DataFrame(ranks | {"share": [0.0, 1.0, 1.0, 0.0]})
    >>> [text.words for text in rank_matrix(shares).texts]
    [('b', 'a'), ('1', '2'), ('100', '100')]
    """
    wide = distribution.pivot(index="cluster", columns="rank", values="share")
    wide = wide.loc[(wide * wide.columns).sum(axis=1).sort_values(kind="stable").index]
    total, wide = len(wide), wide.head(MOST)
    few, ranks = total <= MANY, len(wide.columns)
    ax = ax or new_axes(len(wide), width=max(LEAST, 2.4 + (0.29 * ranks if few else 5.2)))
    # where there are many ranks few combinations fall on each: small shares must show too
    norm = PowerNorm(1 if few else 0.4, vmin=0, vmax=1)
    ax.imshow(wide, cmap="Greys", norm=norm, aspect="auto")
    words = [
        c if grades is None else f"{shorten(c, 28)} ({shorten(grades[c])})" for c in wide.index
    ]
    label_side(ax, "left", range(len(wide)), words, size=SMALL, gap=GAP)
    every = slice(None, None, 1 if few else -(-ranks // 10))
    columns = wide.columns[every].astype(str)
    label_side(ax, "bottom", range(ranks)[every], columns, size=SMALL, gap=GAP)
    for colour, some in (("white", wide > 0.5), (INK, (wide >= 0.005) & (wide <= 0.5))):
        places = np.argwhere(some.to_numpy() & few)
        words = [f"{100 * wide.iat[row, column]:.0f}" for row, column in places]
        mark_cells(ax, words, places[:, ::-1], colour, size=SMALL)
    label = "rank; share of combinations in per cent" if few else "rank; the darker, the oftener"
    words = wrap_below(ax, "\n".join([label, *rows_left_out(total)]), TEXT, 90)
    ax.set_xlabel(words, fontsize=TEXT)
    hide_scales(ax, below=GAP + SMALL + 4)
    ax.figure.rows = [_likeliest(name, row) for name, row in wide.iterrows()]
    return add_title(ax, title)


def _likeliest(name, row):
    """Say of one row of a matrix of ranks which rank it has most often, and between which it is."""
    some = row[row > 0]
    if some.empty:
        return f"{name}: no rank"
    most = f"most often rank {some.idxmax()} ({whole_percent(some.max())})"
    return f"{name}: {most}, from {some.index.min()} to {some.index.max()}"
