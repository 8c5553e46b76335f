"""A study in one workbook: the file, its cells as texts, its sheets as the tables of a study.

Nothing is written here, and nothing in a workbook is run.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
