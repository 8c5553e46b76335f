"""The tables of a sheet: where they are, and what their rows, columns and headings mean.

No value is read here, and no question is left unsaid: what is in doubt goes to the report.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
