"""What a text of a table says: a number, a period, a unit, a role, a name with its notes.

Single texts and columns of them; what a text means by its place in a table is not asked here.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
