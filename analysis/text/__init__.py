"""Sentences composed from results: findings, conclusions, portraits, questions, printed tables.

Nothing is computed here that a method could compute, and no sentence states a typed number.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
