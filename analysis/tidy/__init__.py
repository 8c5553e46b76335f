"""Tidy tables: series, observations, units, numbers in words, tables to look at.

No method, no file, no picture: everything else builds on this.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
