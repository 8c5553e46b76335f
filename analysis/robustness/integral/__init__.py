"""Robustness of an integral indicator of numbers: choices of every step, weights, one part less.

All choices that are listed count alike, and what makes no sense is listed first, never skipped.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
