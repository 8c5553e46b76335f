"""Reading of wide tables: from a file as an office hands it out to tidy rows.

The stages, a module each: `files` reads cells as a person sees them; `header` and `layout` find the
tables with their titles and notes; `roles` and `context` decide what rows, columns, headings and
sheets mean; `numbers`, `periods` and `blocks` read values and years exactly; `totals` finds rows
that may be sums of others; `tidy` joins it all; `report` and `understood` say what was understood,
left out, and what only a person can know. No stage guesses in silence: it says or asks.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
