"""Trend analysis: the Mann-Kendall test with its exact null, Sen's slope, growth rates, levelling.

No file is opened, nothing is drawn or kept: methods take tidy tables and return tidy tables.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
