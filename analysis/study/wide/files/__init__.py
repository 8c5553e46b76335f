"""Files as sheets of texts: csv and tsv in any encoding, xlsx as a person sees it, xls and ods.

No meaning is read into a cell here; nothing in a workbook is run.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
