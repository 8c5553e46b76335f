"""Robustness: every combination of choices, Sobol indices, rank distributions.

No file is opened, nothing is drawn or kept: methods take tables of choices and return tables.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
