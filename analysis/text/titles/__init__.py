"""Titles of pictures: what each shows, in a few words computed from its data.

A title states one message; what explains how a picture is drawn stands below it, not in its title.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
