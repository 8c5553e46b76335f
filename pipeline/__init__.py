"""The build: what is built from what; runs notebooks; the only place that writes results.

To follow one notebook from make to its output, read these, in this order, under 300 lines in all:
`__main__/main`, `build.make/make`, `build.make/_make_rest`, `build.make/_make_stale`;
`build.graph/study_steps` and `build.graph/_runs` (what makes it stale, which call makes it);
`build.steps/Build.run` and `build.steps/_Call` (does what is stale);
`notebooks.runner/run_notebook` and `notebooks.runner/_execute` (checks parameters, executes);
`notebooks.engine/prepared` and `notebooks.engine/StudyEngine` (between papermill and us);
`kernels.piped/PipedKernelManager.start_kernel` and `kernels.forkserver/start_process` (how a kernel
starts in milliseconds; with FRESH=1 an ordinary one is started instead);
`kernels.piped/PipedClient.ask`, `kernels.piped/PipedClient.answered`,
`kernels.piped_kernel/answer_requests` and `kernels.piped_kernel/answer` (how a cell gets there and
its output back); `outputs.canonical/canonical_notebook` (what is kept).
"""

import sys

# jsonschema would build a grammar of internationalised addresses at import, for two seconds;
# nothing here has such addresses
sys.modules.setdefault("rfc3987_syntax", None)
