"""The integral indicator of numbers: gaps, outliers, scale, weights, means, and every step shown.

No step changes a number unless it was asked to, and what it changed is listed.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
