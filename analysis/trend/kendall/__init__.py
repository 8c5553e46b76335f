"""The exact distribution of Kendall's S under ties: counts, tails, critical values.

No series is tested here, and no file is opened: `mann_kendall_test.py` asks these modules.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
