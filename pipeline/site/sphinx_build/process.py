"""Run Sphinx in a process of its own that ends with its owner, and does not wait for the dead.

`build` is called by the owner; `start` before it lets the process import in the meantime. This
module, run with `-m`, is the process: its standard input is a pipe that tells it what to do, and
that closes when the owner is gone, however that ended: all of Sphinx ends with it.
"""

import atexit
import contextlib
import json
import multiprocessing
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time

from pipeline.errors import describe
from pipeline.kernels.garbage_collection import collect_less_often
from pipeline.site.sphinx_build.imports import import_early

NICENESS = 10  # of the early imports, so that the steps of the build run first
POLL_SECONDS, GRACE_SECONDS = 0.1, 1  # between checks of the workers; for Sphinx to report
ENDED = "a process was ended from outside, or for want of memory"
_early = []  # the process that was started before there was anything to do, if one was


def start(environment):
    """Start the process: it imports what it will need, and waits to be told what to do."""
    if _early:
        return
    with contextlib.suppress(OSError):  # `build` tries again, and says what is wrong
        _early.append(_begin(environment))
        atexit.register(dismiss)


def dismiss():
    """End a process that was started for nothing."""
    while _early:
        process, screen = _early.pop()
        with screen, process:
            process.kill()


def build(options, environment):
    """Run Sphinx's application with these arguments; return (exit status, what it said)."""
    if _early and _early[0][0].poll() is not None:
        dismiss()  # it was killed: another will do
    process, screen = _early.pop() if _early else _begin(environment)
    with screen, process:
        with contextlib.suppress(BrokenPipeError):  # its exit status tells
            process.stdin.write(json.dumps(options).encode() + b"\n")
        process.wait()
        _end_group(process.pid)  # where Sphinx was killed, its workers wait for it for ever
        screen.seek(0)
        return process.returncode, screen.read().decode("utf-8", "replace")


def _begin(environment):
    """Start the process; return it and the file that it writes on as its screen."""
    screen = tempfile.TemporaryFile()  # noqa: SIM115 -- `build` and `dismiss` close it
    process = subprocess.Popen(
        [sys.executable, "-m", __name__],
        env=environment,
        bufsize=0,  # nothing is left to be written to a process that is gone
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=screen,
        start_new_session=True,  # so that Sphinx and the workers it forks can be ended together
    )
    return process, screen


def main():
    """Be Sphinx, once the owner says with which arguments; return its exit status."""
    collect_less_often()  # what is imported lives to the end
    imports = threading.Thread(target=_import_patiently, daemon=True)
    imports.start()
    order = sys.stdin.buffer.readline()
    if not order:
        os._exit(0)
    for watch in (_end_with_owner, _end_with_workers):
        threading.Thread(target=watch, daemon=True).start()
    imports.join()
    collect_less_often()  # now without what was imported
    return _sphinx(json.loads(order))


def _import_patiently():
    """Import on a core that no step needs just now; Sphinx itself will not stand back."""
    if sys.platform == "linux":  # elsewhere the whole process would stand back, to its end
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), NICENESS)
    import_early()


def _sphinx(options):
    """Make pages with the arguments of Sphinx's application; return its exit status."""
    from sphinx.application import Sphinx
    from sphinx.errors import SphinxError
    from sphinx.util.console import nocolor
    from sphinx.util.docutils import docutils_namespace, patch_docutils

    nocolor()
    app = None
    try:
        with patch_docutils(options["confdir"]), docutils_namespace():
            app = Sphinx(**options, status=None, warning=sys.stderr)
            app.build()
        if _unread(app):
            print(ENDED, file=sys.stderr)
            return 1
        return app.statuscode
    except EOFError:  # a worker's pipe, closed before it has answered
        print(ENDED, file=sys.stderr)
        return 1
    except Exception as error:  # a full disk is a sentence
        print(error if isinstance(error, SphinxError) else describe(error), file=sys.stderr)
        # a document that a killed worker has not read is missing as a file, too
        if isinstance(error, SphinxError | FileNotFoundError) and _unread(app):
            print(ENDED, file=sys.stderr)
        return 2


def _unread(app):
    """Name the documents that no worker has read; Sphinx itself does not miss a killed one's."""
    return app.env.found_docs - set(app.env.all_docs) if app else set()


def _end_with_workers():
    """End when a worker of Sphinx was killed: it would be waited for, for ever."""
    workers = set()
    while not any(worker.exitcode and worker.exitcode < 0 for worker in workers):
        time.sleep(POLL_SECONDS)
        workers.update(multiprocessing.active_children())
    time.sleep(GRACE_SECONDS)  # after an error Sphinx terminates them itself, and reports it
    print(ENDED, file=sys.stderr, flush=True)
    os._exit(1)


def _end_with_owner():
    os.read(sys.stdin.fileno(), 1)
    _end_group(os.getpid())
    os._exit(1)


def _end_group(leader):
    if hasattr(os, "killpg"):  # elsewhere Sphinx has no workers
        with contextlib.suppress(ProcessLookupError):
            os.killpg(leader, signal.SIGKILL)


if __name__ == "__main__":
    status = main()
    sys.stderr.flush()
    os._exit(status)  # an ordinary exit takes half a second to free memory
