"""Import the modules of the library and of the article; preloaded in the fork server.

One that cannot be imported, such as a user's half-written draft, is left out: what needs it says
what is wrong with it, and nothing else is stopped by it. So are those that read workbooks or tables
as an office hands them out: they bring openpyxl, and notebooks do not need them.
"""

import contextlib
from importlib import import_module

from pipeline.places import PROJECT

READERS = {PROJECT / "analysis/study/wide", PROJECT / "analysis/study/workbook"}

for name in ("analysis", "article"):
    for path in sorted((PROJECT / name).rglob("[!_]*.py")):
        if READERS & {*path.parents}:
            continue
        with contextlib.suppress(Exception):
            import_module(".".join(path.relative_to(PROJECT).with_suffix("").parts))
