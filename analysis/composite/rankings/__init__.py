"""Rankings: by pairwise comparison, by each unit's best weights, and within score intervals.

No score is taken for more exact than it is: equal but for rounding is equal.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
