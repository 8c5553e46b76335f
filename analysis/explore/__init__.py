"""Widgets for a person at a notebook, and the answers behind them.

No method of its own: the answers are the library's, made quick to look at.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
