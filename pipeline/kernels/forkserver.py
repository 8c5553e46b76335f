"""Start processes in milliseconds: forked from a fork server that has imported everything.

The server is the standard library's (`multiprocessing`, start method "forkserver"). It imports the
scientific stack once and has one thread; each kernel and each step is a process of its own, forked
from it. All of them end with the process that owns them, however that ends; the server, as the
last, removes their temporary files.
"""

import atexit
import contextlib
import gc
import multiprocessing
import os
import signal
import sys
import threading
import warnings
from multiprocessing import forkserver
from multiprocessing.connection import wait

from pipeline.errors import ProcessEndedError
from pipeline.kernels import temporary

# Apple's frameworks forbid forking after they were used
AVAILABLE = "forkserver" in multiprocessing.get_all_start_methods() and sys.platform != "darwin"
# it stays set: a server that is killed is started again with it
ENVIRONMENT = {
    "OPENBLAS_NUM_THREADS": "1",  # the server must have one thread when it forks
    "OMP_NUM_THREADS": "1",
    "MPLBACKEND": "module://matplotlib_inline.backend_inline",
    # for glibc: allocate memory in large chunks and keep it; page by page takes a tenth longer
    "MALLOC_TOP_PAD_": "16777216",
    "MALLOC_MMAP_THRESHOLD_": "33554432",
    "MALLOC_TRIM_THRESHOLD_": "67108864",
}
# what every kernel imports as it starts, or with its first table and picture
KERNEL = (
    "pipeline.kernels.server",
    "pandas",
    "matplotlib.pyplot",
    "pipeline.kernels.forked_kernel",
    "ipykernel.debugger",
    "IPython.core.completerlib",
    "IPython.core.logger",
    "IPython.core.magics.execution",
    "IPython.core.oinspect",
    "IPython.core.pylabtools",
    "IPython.extensions.storemagic",
    "matplotlib_inline.backend_inline",
    "encodings.utf_8_sig",
    "pandas.core.methods.to_dict",
    "pandas.core.reshape.reshape",
    "pandas.io.formats.string",
    "tornado.platform.asyncio",
    "pipeline.kernels.preload",
)
# what only some notebooks and steps import; scipy.optimize and scipy.stats so few that they are not
# here: every process would be forked with three hundred modules more
SOME = (
    "scipy.special",
    "scipy.sparse.csgraph",
    "pipeline.outputs.results",
    "pipeline.kernels.project_modules",
)

IDLE = 3  # seconds that a worker waits for its next call
LARGE = 60_000  # kB that a worker may have grown by and still wait for a call

started = False
_running = set()  # processes that nobody has waited for yet
_idle = []  # (process, pipe) of the workers that wait for a call


def start_server(*, one=False):
    """Start the fork server of this process, without waiting for its imports.

    For `one` notebook it imports what every kernel needs: the rest would be waited for, and the
    notebook itself imports what it takes of it.
    """
    global started
    if started:
        return
    temporary.use_one_temporary_folder()
    multiprocessing.set_forkserver_preload([*KERNEL] if one else [*KERNEL, *SOME])
    os.environ.update(ENVIRONMENT)
    forkserver.ensure_running()
    atexit.register(_kill_the_running)  # multiprocessing would wait for them
    started = True


def call(function, *arguments):
    """Call a function in another process and wait; its exception is raised here.

    A process that has answered is asked again: what it has read and imported serves the next call.
    One that has taken much memory ends, since it would not give it back.
    Raises ProcessEndedError when the process ended without an answer.
    """
    process, connection = _idle_worker() or _new_worker()
    try:
        connection.send((function, arguments))
        error, is_large = connection.recv()
    except (EOFError, ConnectionError):
        wait_for(process)
        error = ProcessEndedError("its process was ended from outside, or for want of memory")
    else:
        settle = _end if is_large else _keep
        settle((process, connection))
    if error is not None:
        raise error


def _keep(worker):
    """Keep a worker for the next call; where none comes soon, its memory is needed elsewhere."""
    _idle.append(worker)
    timer = threading.Timer(IDLE, _dismiss, [worker])
    timer.daemon = True
    timer.start()


def _dismiss(worker):
    """End a worker unless it is at work: it ends when its pipe is closed."""
    try:
        _idle.remove(worker)
    except ValueError:  # it was asked again
        return
    _end(worker)


def _end(worker):
    process, connection = worker
    connection.close()
    wait_for(process)


def _idle_worker():
    """Return an idle worker and its pipe, or None."""
    while _idle:
        with contextlib.suppress(IndexError):  # another thread took it
            worker = _idle.pop()
            if worker[0].is_alive():
                return worker
    return None


def _new_worker():
    ours, theirs = multiprocessing.Pipe()
    process = start_process(_answer_calls, theirs)
    theirs.close()
    return process, ours


def start_process(target, *arguments):
    """Start a process that calls a function, and return it; the caller must wait for it."""
    context = multiprocessing.get_context("forkserver")
    process = context.Process(target=_owned, args=(target, *arguments))
    process.start()
    _running.add(process)
    return process


def wait_for(process):
    """Wait for a process to end; return its exit code."""
    process.join()
    _running.discard(process)
    return process.exitcode


def _kill_the_running():
    for process in list(_running):
        process.kill()


def _owned(target, *arguments):
    """Call in a forked process; errors and warnings as its owner is ending are not reported."""
    owner = multiprocessing.parent_process().sentinel

    def is_over():
        return wait([owner], 0) or not temporary.exists()

    def unless_over(report):
        return lambda *told, **named: None if is_over() else report(*told, **named)

    threading.excepthook = unless_over(threading.excepthook)
    warnings.showwarning = unless_over(warnings.showwarning)
    try:
        target(*arguments)
    except BaseException:
        if is_over():
            os._exit(1)
        raise


def _answer_calls(connection):
    """The loop of a worker: execute calls; answer each with its exception or None, and if it grew.

    Only where there is a fork server: `resource` is a module of Unix.
    """
    end_with_owner()
    most = _most_memory() + LARGE
    with contextlib.suppress(EOFError):
        while True:
            function, arguments = connection.recv()
            failure = None
            try:
                function(*arguments)
            except Exception as error:
                failure = error
            connection.send((failure, _most_memory() > most))


def _most_memory():
    """Return the most memory that this process has had at a time, in kB."""
    import resource  # not on Windows

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def end_with_owner():
    """Detach a forked process and end it with its owner."""
    gc.freeze()  # the garbage collector then neither scans nor copies inherited pages
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the owner
    signal.signal(signal.SIGTERM, signal.SIG_DFL)  # the server ignores it
    owner = multiprocessing.parent_process().sentinel
    threading.Thread(target=lambda: wait([owner]) and os._exit(1), daemon=True).start()
