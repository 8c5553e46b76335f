"""Composite indicators: normalise, weigh, aggregate, rank, and say what the gaps leave open.

No file is opened, nothing is drawn or kept: methods take matrices and return tables.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
