"""Less frequent garbage collection, for processes in which most objects live to the end."""

import gc

THRESHOLDS = 50_000, 20, 50  # of gc.set_threshold: allocations, then collections of each generation


def collect_less_often():
    """Exempt all objects there are from collection, and collect new ones less often."""
    gc.freeze()
    gc.set_threshold(*THRESHOLDS)
