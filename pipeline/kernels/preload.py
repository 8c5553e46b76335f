"""Warm up pandas and matplotlib when the fork server imports this: once for all its kernels.

The first table and the first figure take longer: fonts are searched for, compiled libraries are
loaded. Kernels inherit these caches. No solver is called here: it may start threads, and a process
that is forked must have only one.
"""

import io

import pandas as pd
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, findfont

from analysis.charts.matrices import component_matrix
from analysis.charts.style import SMALL, TEXT
from analysis.comparative.evidence import component_status

ITEMS = "cluster,component,item,status,alternative_status\na,x,i,present,\nb,x,i,planned,absent\n"


def draw_once():
    """Read a table, draw it, and look up the font of each size that figures use."""
    items = pd.read_csv(io.StringIO(ITEMS), dtype="str", na_values=[""], low_memory=False)
    figure = Figure()
    ax = figure.add_subplot()
    component_matrix(component_status(items), title="preload", ax=ax)
    FigureCanvasAgg(figure).print_png(io.BytesIO())
    for size in (None, SMALL, TEXT):
        findfont(FontProperties(size=size))
    findfont(FontProperties(size=TEXT + 1, weight="bold"))


draw_once()
