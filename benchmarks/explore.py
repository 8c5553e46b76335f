"""Time the answers of the explore panel: `python -m benchmarks.explore`. Goal: 0.3 s each.

An answer is everything the kernel does when a widget moves: ranks, the one changed cell, and the
HTML of both. Once more beside it the same by redrawing a matplotlib chart, which it avoids.
"""

from dataclasses import replace
from time import perf_counter, process_time

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd

from analysis.charts.intervals import interval_dots
from analysis.comparative.evidence import STATUSES
from analysis.explore.answers import Setting, rank_clusters, what_if
from analysis.explore.widgets import MANY, panel
from analysis.study.loading import load_study

MANY_TIMES = 7


def made_up(study, clusters, seed=1):
    """Make up a study of so many clusters with statuses and grades at random."""
    rng = np.random.default_rng(seed)
    names = [f"c{place}" for place in range(clusters)]
    cells = pd.MultiIndex.from_product(
        [names, study.component_names], names=["cluster", "component"]
    )
    statuses = {"item": "any", "status": rng.choice(STATUSES, len(cells))}
    grades = pd.Categorical(rng.choice(study.grades, clusters), study.grades, ordered=True)
    return replace(
        study,
        components=cells.to_frame(index=False).assign(
            **statuses, alternative_status=None, detail=None
        ),
        clusters=pd.DataFrame({"grade": grades}, index=names),
    )


def sliders(box):
    """Find the widgets that have a name, by it."""
    found, waiting = {}, [box]
    while waiting:
        widget = waiting.pop()
        waiting += getattr(widget, "children", ())
        if getattr(widget, "description", ""):
            found[widget.description] = widget
    return found


def moved(widget, values):
    """Return the median time of an answer, and of it the processor's, in seconds."""
    spent = []
    for value in values:
        start, busy = perf_counter(), process_time()
        widget.value = value
        spent.append((perf_counter() - start, process_time() - busy))
    return np.median(spent, axis=0)


def drawn(study):
    """Return the shortest time of scores and a matplotlib chart of them, in seconds."""
    spent = []
    for _ in range(MANY_TIMES):
        start = perf_counter()
        ax = interval_dots(rank_clusters(study).scores, ends=("score_low", "score_high"))
        ax.figure.canvas.draw()
        plt.close(ax.figure)
        spent.append(perf_counter() - start)
    return min(spent)


def main():
    """Print the times."""
    study = load_study()
    component = study.component_names[0]
    credits = np.linspace(0.05, 0.95, MANY_TIMES)
    print(f"{'seconds an answer takes (median)':50}{'clock':>8}{'processor':>11}")
    for one in (study, made_up(study, 50), made_up(study, 300)):
        for normalisation in ("goalposts", "percentile_rank"):
            widgets = sliders(panel(one, Setting(normalisation=normalisation)))
            number = len(one.clusters)
            for what, name, values in (
                ("weight", component, credits),
                ("planned credit", "planned component", credits),
                ("status of a cell", "status", STATUSES[1:]),
            ):
                told = f"{number} clusters, {normalisation}, {what}"
                print("{:50}{:8.3f}{:11.3f}".format(told, *moved(widgets[name], values)))
    print(f"{'11 clusters, as a matplotlib chart':50}{drawn(study):8.3f}")
    start = perf_counter()
    what_if(made_up(study, 300, seed=2))
    told = f"300 clusters, with the rule (not asked above {MANY})"
    print(f"{told:50}{perf_counter() - start:8.3f}")


if __name__ == "__main__":
    main()
