"""Seek garbage seldom: where most of what is made stays, to look through it takes long."""

import gc

SELDOM = 50_000, 20, 50  # how much is made before it is sought, and sought further


def seek_seldom():
    """Leave alone what this process holds now, and look through what it makes less often."""
    gc.freeze()
    gc.set_threshold(*SELDOM)
