"""Run Sphinx in a process of its own that ends with its owner, and does not wait for the dead.

`build` is called by the owner. This module, run with `-m`, is the process: its standard input is a
pipe that closes when the owner is gone, however that ended, and all of Sphinx ends with it.
"""

import contextlib
import os
import signal
import subprocess
import sys
import tempfile
import threading

from pipeline.errors import describe


def build(options, environment):
    """Run Sphinx with these options; return (exit status, what it said)."""
    command = [sys.executable, "-m", __name__, *options]
    with tempfile.TemporaryFile() as screen:
        process = subprocess.Popen(
            command,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=screen,
            start_new_session=True,  # so that Sphinx and the workers it forks can be ended together
        )
        with process:
            process.wait()
            _end_group(process.pid)  # where Sphinx was killed, its workers wait for it for ever
        screen.seek(0)
        return process.returncode, screen.read().decode("utf-8", "replace")


def main(options):
    """Be Sphinx; return its exit status."""
    from sphinx._cli.util import errors
    from sphinx.cmd.build import main as sphinx
    from sphinx.util.parallel import ParallelTasks

    threading.Thread(target=_end_with_owner, daemon=True).start()
    errors.handle_exception = _say
    ParallelTasks._join_one = _not_waiting_for_the_dead(ParallelTasks._join_one)
    return sphinx(options)


def _say(error, *, stderr, **_):
    """A full disk is a sentence; Sphinx would print a traceback and ask for a report."""
    from sphinx.errors import SphinxError

    print(error if isinstance(error, SphinxError) else describe(error), file=stderr)


def _end_with_owner():
    os.read(sys.stdin.fileno(), 1)
    _end_group(os.getpid())
    os._exit(1)


def _end_group(leader):
    if hasattr(os, "killpg"):  # elsewhere Sphinx has no workers
        with contextlib.suppress(ProcessLookupError):
            os.killpg(leader, signal.SIGKILL)


def _not_waiting_for_the_dead(join_one):
    """Sphinx waits for ever for a worker that was killed before it could answer."""

    def join_one_living(self):
        ended = [self._procs[number].exitcode for number in self._precvs]
        if any(status and status < 0 for status in ended):
            sys.exit("a process was ended from outside, or for want of memory")
        return join_one(self)

    return join_one_living


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
