"""Import the modules of the library and of the article; preloaded in the fork server.

One that cannot be imported, such as a user's half-written draft, is left out: what needs it says
what is wrong with it, and nothing else is stopped by it. So are those that read tables as an office
hands them out: `make import` does that, and no notebook.
"""

import contextlib
from importlib import import_module

from pipeline.places import PROJECT

WIDE = PROJECT / "analysis/study/wide"

for name in ("analysis", "article"):
    for path in sorted((PROJECT / name).rglob("[!_]*.py")):
        if path.is_relative_to(WIDE):
            continue
        with contextlib.suppress(Exception):
            import_module(".".join(path.relative_to(PROJECT).with_suffix("").parts))
