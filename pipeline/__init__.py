"""The build: what is built from what; runs notebooks; the only place that writes results.

To follow one notebook from make to its output, read these, in this order, under 250 lines in all:
`__main__/main`, `build.make/make`, `build.make/_make_rest`, `build.make/_make_stale`;
`build.graph/_runs` (what makes it stale, which call makes it); `build.steps/Build.run` and
`build.steps/_action` (does what is stale); `notebooks.runner/run_notebook` and
`notebooks.runner/_execute` (checks parameters, executes);
`notebooks.engine/_execute_forked` (what papermill's engine does; with FRESH=1 it is another, which
asks an ordinary kernel); `kernels.execute/execute_cells`, `kernels.forkserver/start_process`,
`kernels.forked_kernel/run_cells` and `kernels.forked_kernel/_run_all` (how a kernel starts in
milliseconds, and runs the cells);
`outputs.canonical/canonical_notebook` (what is kept).
"""

import sys

# jsonschema would build a grammar of internationalised addresses at import, for two seconds;
# nothing here has such addresses
sys.modules.setdefault("rfc3987_syntax", None)
