"""Comparative, trend, index, composite and robustness methods for small regional studies.

Five lines get you far; each name is a function whose `help` says what, with units and source:

>>> from analysis import evidence_bounds, evidence_score, load_study, series_panels, trend_table
>>> study = load_study()
>>> table = trend_table(study.series)
>>> chart = series_panels(study.series)
>>> scores = evidence_score(*evidence_bounds(study.components))

A function is imported when it is first asked for, so `import analysis` costs nothing.
"""

from importlib import import_module

_EXPORTED = {
    "choices": "draw_weights evidence_choices",
    "charts": "interval_dots rank_matrix",
    "comparative": "dominance fisher_exact nearest_peers prevalence",
    "composite": "benefit_of_the_doubt contributions copeland correlations cronbach_alpha "
    "evidence_score first_under_any_weights kemeny levels minmax percentile_rank power_mean "
    "rank_interval zscore",
    "controls": "panel",
    "data": "load_study",
    "decomposition": "aggregate_dynamics composition factor_split factor_splits",
    "enumeration": "run_choices",
    "evidence": "component_matrix component_status evidence_bounds",
    "explore": "rank_clusters what_if",
    "grading": "agreement equal_evidence equal_evidence_pairs",
    "growth": "growth_summary growth_table",
    "index": "base_indices chain_indices fisher index_table jevons laspeyres paasche value_index",
    "indicator_sets": "criteria_coverage jaccard",
    "levelling": "moving_average",
    "monotone_rule": "best_monotone_rule lifts_to_next_grade",
    "panels": "series_panels",
    "progression": "pattern",
    "robustness": "probability_ahead rank_distribution rank_summary rank_table",
    "scale": "break_even regional_scale",
    "sensitivity": "sobol_indices",
    "showing": "shown",
    "sparklines": "series_rows",
    "tables": "components_table indicator_table",
    "trend": "mann_kendall sen_slope trend_table",
}
# exported name: the module it is in; a name that is also a module's cannot be exported
HOMES = {name: module for module, names in _EXPORTED.items() for name in names.split()}
__all__ = sorted(HOMES)


def __getattr__(name):
    """Import an exported function when it is first asked for (PEP 562)."""
    if name not in HOMES:
        raise AttributeError(f"module 'analysis' has no attribute {name!r}")
    value = getattr(import_module(f"analysis.{HOMES[name]}"), name)
    globals()[name] = value
    return value


def __dir__():
    """List what is exported, for tab completion."""
    return [*__all__, *(name for name in globals() if name.startswith("__"))]
