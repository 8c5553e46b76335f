"""What a study is: its data package, schema, rules and validation, workbook, and `load_study`.

No method and no picture: a study is loaded, checked and held.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
