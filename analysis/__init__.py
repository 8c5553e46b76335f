"""Comparative, trend, index, composite and robustness methods for small regional studies.

Five lines get you far; each name is a function whose `help` says what, with units and source:

>>> from analysis import evidence_bounds, evidence_score, load_study, series_panels, trend_table
>>> study = load_study()
>>> table = trend_table(study.series)
>>> chart = series_panels(study.series)
>>> scores = evidence_score(*evidence_bounds(study.components))

A function is imported when it is first asked for, so `import analysis` costs nothing.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
