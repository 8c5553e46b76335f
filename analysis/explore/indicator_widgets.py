"""Sliders for the weights of an integral indicator, with the ranks that follow while they move.

ipywidgets is imported when the panel is built, so nothing else needs it.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis.composite.chain.integral import integral_indicator, settings_with
from analysis.tidy.refusals import plain_reason
from analysis.tidy.showing import shown

if TYPE_CHECKING:
    from ipywidgets import VBox

    from analysis.composite.chain.integral import IntegralIndicator
    from analysis.composite.chain.of_study import NoIntegral

MAX_SLIDERS = 24  # weights that a person can keep in sight
MOST = 3.0  # a slider ends here, or at the largest weight given
LONGEST = 25  # units of the ranking that are shown
AGGREGATIONS = ("arithmetic", "geometric", "harmonic", "copeland")
NORMALISATIONS = ("minmax", "zscore", "rank", "percentile_rank", "distance_to_best")
FRAME = '<div class="jp-RenderedHTMLCommon">{}</div>'


def weighed_parts(result: IntegralIndicator) -> pd.Series:
    """Return the weights that sliders begin with: of the pillars, or else of the indicators.

    Of the pillars right below the total where there are some; index element.

    >>> from analysis.composite import indicator_matrix
    >>> data = pd.DataFrame({"jobs": [1.0, 2.0], "sales": [2.0, 1.0]}, index=["a", "b"])
    >>> weighed_parts(integral_indicator(indicator_matrix(data, direction="up"))).to_dict()
    {'jobs': 1.0, 'sales': 1.0}
    """
    table = result.weights
    parts = table.loc[table["parent"] == "total", "weight_in_parent"]
    return (parts * len(parts)).round(6).head(MAX_SLIDERS)


def ranking_under(
    result: IntegralIndicator,
    weights: pd.Series,
    *,
    normalisation: str = "minmax",
    aggregation: str = "arithmetic",
) -> tuple[pd.DataFrame, str]:
    """Rank anew under other weights of the parts; (ranking, why it makes no sense).

    Parameters
    ----------
    result : IntegralIndicator; weights : index element, numbers of 0 or more
    normalisation, aggregation : as in `Settings`

    >>> from analysis.composite import indicator_matrix
    >>> data = pd.DataFrame({"jobs": [1.0, 2.0], "sales": [2.0, 1.0]}, index=["a", "b"])
    >>> result = integral_indicator(indicator_matrix(data, direction="up"))
    >>> ranking_under(result, pd.Series({"jobs": 3.0, "sales": 1.0}))[0]["rank_best"].to_dict()
    {'b': 1, 'a': 2}
    """
    choices: dict[str, Any] = {"normalisation": normalisation, "aggregation": aggregation}
    if aggregation == "geometric":
        choices["scale"] = (1, 100)  # a mean of products takes no zero
    try:
        settings = settings_with(result.settings, choices | {"weights": weights.to_dict()})
        return integral_indicator(result.matrix, settings).ranking, ""
    except (ValueError, TypeError) as refusal:
        return pd.DataFrame(), str(refusal)


def indicator_panel(result: IntegralIndicator | NoIntegral) -> VBox | None:
    """Build the panel: a slider for each pillar or indicator, and the ranks that follow.

    Returns an ipywidgets box; None where the numbers carry no integral indicator.

    >>> from analysis.composite.chain.of_study import NoIntegral
    >>> indicator_panel(NoIntegral("the study has no indicators")) is None
    True
    """
    if not result:
        return None
    from ipywidgets import HTML, Dropdown, HBox, VBox

    sliders = _sliders(result)
    lists = {
        "normalisation": Dropdown(options=NORMALISATIONS, description="scale"),
        "aggregation": Dropdown(options=AGGREGATIONS, description="mean"),
    }
    ranks, labels = HTML(), _labels(result)

    def answer(_=None):
        weights = pd.Series({name: slider.value for name, slider in sliders.items()})
        words = {name: widget.value for name, widget in lists.items()}
        ranking, refused = ranking_under(result, weights, **words)
        said = f"<p>No ranking: {escape(plain_reason(refused, labels))}.</p>" if refused else ""
        ranks.value = FRAME.format(said or _table(ranking))

    for widget in [*sliders.values(), *lists.values()]:
        widget.observe(answer, names="value")
    answer()
    left = [HTML("<b>Weights</b>"), *sliders.values(), HTML("<b>Method</b>"), *lists.values()]
    return VBox([HBox([VBox(left), ranks])])


def _labels(result):
    """Give what indicators and pillars are called: {identifier: label}."""
    framework = result.matrix.framework
    return framework.indicators["label"].to_dict() | framework.pillars["label"].to_dict()


def _sliders(result):
    """Make a slider for each part, by its label."""
    from ipywidgets import FloatSlider, Layout

    labels, parts = _labels(result), weighed_parts(result)
    most = max(MOST, parts.max())
    look = {"style": {"description_width": "190px"}, "layout": Layout(width="430px")}
    return {
        name: FloatSlider(weight, max=most, step=0.05, description=labels.get(name, name), **look)
        for name, weight in parts.items()
    }


def _table(ranking):
    columns = ["name", "rank_best", "rank_worst", "score_low", "score_high"]
    return shown(ranking[columns].set_index("name"), longest=LONGEST)._repr_html_()
