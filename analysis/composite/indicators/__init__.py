"""Indicators of numbers: the matrix of one year from a study or a frame, divided and screened.

What is said of indicators and pillars is checked as a whole, and everything wrong is told at once.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
