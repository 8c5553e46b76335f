"""Sliders and lists before the answers of `explore`, for a notebook that a person works in.

ipywidgets is imported when a panel is built, so nothing else needs it.
"""

from __future__ import annotations

from dataclasses import replace
from html import escape
from typing import TYPE_CHECKING

from analysis.comparative.evidence import STATUSES
from analysis.composite.weights import weight_values
from analysis.explore.answers import (
    AGGREGATIONS,
    NORMALISATIONS,
    Setting,
    open_cell,
    what_if,
)
from analysis.study.names import cluster_names
from analysis.tidy.wording import listed, number

if TYPE_CHECKING:
    from ipywidgets import VBox

    from analysis.study.loading import Study

WEIGHT = "weight of "  # begins the key of a component's slider
MANY = 60  # clusters; beyond it the monotone rule takes longer than a slider can wait
MOST = 3.0  # a weight's slider ends here, or at the largest weight given
# JupyterLab's look for tables; elsewhere the class means nothing
FRAME = '<div class="jp-RenderedHTMLCommon">{}</div>'


def panel(
    study: Study,
    setting: Setting | None = None,
    *,
    cluster: str = "",
    component: str = "",
    status: str = "present",
) -> VBox:
    """Build the panel: sliders for the choices, the ranks that follow, and one cell to change.

    Arguments are the initial state, as in `explore.what_if`. Returns an ipywidgets box. An answer
    takes a few hundredths of a second, so that the ranks follow a slider while it moves. Raises
    ValueError for weights that do not match the components.

    >>> from analysis.study.loading import load_study
    >>> box = panel(load_study())
    >>> type(box).__name__
    'VBox'
    """
    from ipywidgets import HTML, HBox, Layout, VBox

    choices = _choice_widgets(study, setting or Setting())
    cell = _cell_widgets(study, (*open_cell(study, cluster, component), status))
    ranks, change, names = HTML(), HTML(), cluster_names(study)

    def answer(_=None):
        chosen = _setting(choices)
        picked = {name: widget.value for name, widget in cell.items()}
        changed = what_if(study, chosen, **picked, with_rule=len(study.clusters) <= MANY)
        changed = changed.named(names)
        ranked = replace(changed.before, accent=changed.cluster)
        ranks.value = FRAME.format(ranked._repr_html_() + _shares(study, chosen))
        # one refusal is enough
        change.value = "" if ranked.refused else FRAME.format(changed._repr_html_())

    for widget in [*choices.values(), *cell.values()]:
        widget.observe(answer, names="value")
    answer()
    credit, *weights, normalisation, aggregation = choices.values()
    left = [HTML("<b>What counts</b>"), credit, HTML("<b>Weights</b>"), *weights]
    left += [HTML("<b>Method</b>"), normalisation, aggregation]
    right = [HTML("<b>If one cell were different</b>"), *cell.values(), change]
    beside = VBox(right, layout=Layout(flex="1 1 400px", width="auto"))
    return VBox([HBox([VBox(left), beside], layout=Layout(flex_flow="row wrap")), ranks])


def _choice_widgets(study, setting):
    """Make the widgets of a setting, by the name of its field or of the weight."""
    from ipywidgets import Dropdown, FloatSlider

    names = study.components["component"].unique()
    weights = list(setting.weights) or [1.0] * len(names)
    weight_values(weights, names)
    most = max(MOST, *weights)
    credit = FloatSlider(setting.planned_credit, max=1.0, step=0.05, **_named("planned component"))
    sliders = {
        WEIGHT + name: FloatSlider(weight, max=most, step=0.05, **_named(name))
        for name, weight in zip(names, weights, strict=True)
    }
    lists = {"normalisation": NORMALISATIONS, "aggregation": list(AGGREGATIONS)}
    return (
        {"planned_credit": credit}
        | sliders
        | {
            name: Dropdown(options=options, value=getattr(setting, name), **_named(name))
            for name, options in lists.items()
        }
    )


def _cell_widgets(study, cell):
    """Make the lists that choose a cell and its status."""
    from ipywidgets import Dropdown

    options = {
        "cluster": study.components["cluster"].unique().tolist(),
        "component": study.components["component"].unique().tolist(),
        "status": STATUSES,
    }
    return {
        name: Dropdown(options=options[name], value=value, **_named(name))
        for name, value in zip(options, cell, strict=True)
    }


def _named(name):
    """Place the name before a widget, with room for a component's."""
    from ipywidgets import Layout

    style = {"description_width": "170px"}
    return {"description": name, "style": style, "layout": Layout(width="400px")}


def _setting(choices):
    """Read the setting off its widgets."""
    values = {name: widget.value for name, widget in choices.items()}
    weights = tuple(value for name, value in values.items() if name.startswith(WEIGHT))
    plain = {name: value for name, value in values.items() if not name.startswith(WEIGHT)}
    return Setting(weights=weights, **plain)


def _shares(study, setting):
    """Say what the weights are once they sum to 1; nothing where none is positive."""
    names = study.components["component"].unique()
    if not any(setting.weights):
        return ""
    shares = weight_values(setting.weights, names)
    words = [f"{name} {number(100 * s)} %" for name, s in zip(names, shares, strict=True)]
    return f"<p>Shares of weight: {escape(listed(words))}.</p>"
