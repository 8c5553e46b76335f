"""Read and draw a little as this is imported: where kernels are forked from, once for them all.

For the first time it takes longer: fonts are looked for, compiled libraries find their functions.
Each kernel has from the rehearsal what it would have to find by itself. No solver is asked here:
it may start threads, and what kernels are forked from must have none.
"""

import io

import pandas as pd
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, findfont

from analysis.charts.rows import component_matrix
from analysis.charts.style import SMALL, TEXT, QuickAxes
from analysis.comparative.evidence import component_status

ITEMS = "cluster,component,item,status,alternative_status\na,x,i,present,\nb,x,i,planned,absent\n"


def rehearse():
    """Read a table, draw it, and find the font of each size that pictures are written in."""
    items = pd.read_csv(io.StringIO(ITEMS), dtype="str", na_values=[""], low_memory=False)
    figure = Figure()
    ax = figure.add_subplot(axes_class=QuickAxes)
    component_matrix(component_status(items), title="rehearsal", ax=ax)
    FigureCanvasAgg(figure).print_png(io.BytesIO())
    for size in (None, SMALL, TEXT):
        findfont(FontProperties(size=size))
    findfont(FontProperties(size=TEXT + 1, weight="bold"))


rehearse()
