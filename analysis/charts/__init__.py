"""Charts: each takes a tidy table and axes, draws, and returns the axes.

No method and no file: what is drawn was computed elsewhere and is saved elsewhere.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
