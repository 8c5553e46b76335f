"""What is built from what; runs notebooks; the only place that writes results.

To follow one notebook from make to its output, read these, in this order, under 300 lines in all:
`__main__.main`, `make.make`, `make._make_rest`, `make._make_stale`; `graph.study_steps` and
`graph._runs` (what makes it stale, which call makes it); `build.Build.run` and `build._Call` (does
what is stale); `runner.run_notebook` and `runner._execute` (checks parameters, executes);
`engine.prepared` and `engine.StudyEngine` (between papermill and us);
`piped.PipedKernelManager.start_kernel` and `warm.start_process` (how a kernel starts in
milliseconds; with FRESH=1 an ordinary one is started instead); `piped.PipedClient.ask`,
`piped.PipedClient.answered`, `piped_kernel.answer_requests` and `piped_kernel.answer` (how a cell
gets there and its output back); `canonical.canonical_notebook` (what is kept).
"""

import sys

# jsonschema would build a grammar of internationalised addresses at import, for two seconds;
# nothing here has such addresses
sys.modules.setdefault("rfc3987_syntax", None)
