"""What is built from what; runs notebooks; the only place that writes results.

To follow one notebook from make to its output, read in this order: `__main__.main`, `make.make`,
`graph._runs` (what makes it stale, which call makes it), `build.Build.run` (does what is stale),
`runner.run_notebook` (checks parameters, executes, keeps canonical bytes) and `engine.py`. How a
kernel starts in milliseconds is in `warm.py`; with FRESH=1 an ordinary one is started instead.
"""

import sys

# jsonschema would build a grammar of internationalised addresses at import, for two seconds;
# nothing here has such addresses
sys.modules.setdefault("rfc3987_syntax", None)
