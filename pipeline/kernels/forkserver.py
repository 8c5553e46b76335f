"""Start kernels and steps in milliseconds: fork them from one server that has imported everything.

The server is the standard library's fork server. It imports the scientific stack once and has one
thread; each kernel and each step is a process of its own, forked from it. All of them end with the
process that owns them, however that ends; the server, as the last, removes their temporary files.

papermill and nbval use it through the kernel name "warm". `jupyter_client` finds `WarmProvisioner`
by the entry point "warm-fork", named in `jupyter/kernels/warm/kernel.json`; the engine that `make`
gives to papermill asks its kernels in a shorter way, `piped.py`.
"""

import contextlib
import gc
import multiprocessing
import os
import signal
import sys
import threading
from multiprocessing.connection import wait
from pathlib import Path

from jupyter_client.provisioning import LocalProvisioner

from pipeline.errors import ProcessEndedError
from pipeline.kernels import temporary
from pipeline.places import PROJECT

KERNEL_NAME = "warm"
STUDY = "STUDY_OF_KERNELS"  # of the variable that tells the server which study to read
JUPYTER_PATH = str(Path(__file__).with_name("jupyter"))
# Apple's frameworks forbid forking after they were used
AVAILABLE = "forkserver" in multiprocessing.get_all_start_methods() and sys.platform != "darwin"
# it stays set: a server that is killed is started again with it
ENVIRONMENT = {
    "OPENBLAS_NUM_THREADS": "1",  # the server must have one thread when it forks
    "OMP_NUM_THREADS": "1",
    "MPLBACKEND": "module://matplotlib_inline.backend_inline",
    # for glibc: a run takes memory in large pieces and keeps it; page by page it costs a tenth more
    "MALLOC_TOP_PAD_": "16777216",
    "MALLOC_MMAP_THRESHOLD_": "33554432",
    "MALLOC_TRIM_THRESHOLD_": "268435456",
}
# what every kernel imports as it starts, or with its first table and picture
KERNEL = (
    "pipeline.kernels.server",
    "pandas",
    "matplotlib.pyplot",
    "pipeline.kernels.piped_kernel",
    "ipykernel.debugger",
    "IPython.core.completerlib",
    "IPython.core.debugger",
    "IPython.core.logger",
    "IPython.core.oinspect",
    "IPython.core.pylabtools",
    "IPython.extensions.storemagic",
    "PIL.JpegImagePlugin",
    "PIL.GifImagePlugin",
    "PIL.BmpImagePlugin",
    "PIL.PpmImagePlugin",
    "matplotlib.backends.backend_agg",
    "pandas.core.reshape.reshape",
    "pandas.io.formats.string",
    "pipeline.kernels.warm_up",
    "psutil",
    "tornado.platform.asyncio",
)
# what only some notebooks and steps import, beside the project's own modules
SOME = ("scipy.optimize", "pipeline.outputs.results")

started = False
_held = []  # our end of the pipe at which the server waits for data


def start_server(*, one=False, study=None):
    """Start the fork server of this process; the caller goes on while the server imports.

    For `one` notebook it imports what every kernel needs: the rest would be waited for, and the
    notebook itself imports what it takes of it. A `study`, the folder of its processed tables, it
    reads as the last, when it is first asked for a process: before, they may not be written.
    """
    global started
    if started:
        return
    temporary.keep_together()
    modules = [*KERNEL] if one else [*KERNEL, *SOME, *_project()]
    if study is not None:
        os.environ[STUDY] = str(study)
        os.mkfifo(_pipe())
        _held.append(os.open(_pipe(), os.O_RDWR))  # to write only, it would wait for a reader
        modules.append("pipeline.kernels.ahead")
    multiprocessing.set_forkserver_preload(modules)
    os.environ.update(ENVIRONMENT)
    multiprocessing.forkserver.ensure_running()
    started = True


def _process(target, *arguments):
    """Ask the server for a process."""
    with contextlib.suppress(IndexError):
        os.close(_held.pop())  # who asks for the first one has the data
    context = multiprocessing.get_context("forkserver")
    return context.Process(target=_owned, args=(target, *arguments), daemon=True)


def wait_for_data():
    """Wait, in the server, until its owner asks for a process, or ends."""
    with contextlib.suppress(FileNotFoundError):  # it ended, and took its folder along
        pipe = os.open(_pipe(), os.O_RDONLY | os.O_NONBLOCK)  # its other end may be closed already
        os.set_blocking(pipe, True)
        os.read(pipe, 1)
        os.close(pipe)


def _pipe():
    return Path(os.environ[temporary.NAME], "data")


def _project():
    return [
        ".".join(path.relative_to(PROJECT).with_suffix("").parts)
        for name in ("analysis", "article")
        for path in sorted((PROJECT / name).rglob("[!_]*.py"))
    ]


def call(function, *arguments):
    """Call a function in a process of its own and wait; an exception there is raised here.

    Raises ProcessEndedError when the process ended without an answer.
    """
    ours, theirs = multiprocessing.Pipe(duplex=False)
    process = _process(_answer, theirs, function, arguments)
    try:
        process.start()
        theirs.close()
        error = ours.recv()
    except (EOFError, ConnectionError):
        error = ProcessEndedError("its process was ended from outside, or for want of memory")
    if process.pid:
        process.join()
    if error is not None:
        raise error


def start_process(target, *arguments):
    """Start a process that calls a function, and return it."""
    process = _process(target, *arguments)
    process.start()
    return process


class WarmProvisioner(LocalProvisioner):
    """Provide kernels to jupyter_client by forking them from the server."""

    async def launch_kernel(self, cmd, **kwargs):
        """Start a kernel for the connection file that ends the command."""
        environment = {**kwargs.get("env", os.environ), **ENVIRONMENT}
        folder = str(kwargs.get("cwd") or Path.cwd())
        process = start_process(_become_kernel, cmd[3:], environment, folder)
        self.process, self.pid, self.pgid = _WarmProcess(process), process.pid, None
        return self.connection_info


class _WarmProcess:
    """A forked process with the few methods of Popen that LocalProvisioner needs."""

    stdin = stdout = stderr = None

    def __init__(self, process):
        self.process, self.pid = process, process.pid

    def poll(self):
        return self.process.exitcode

    def wait(self):
        self.process.join()
        return self.process.exitcode

    def send_signal(self, number):
        if self.process.is_alive():
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, number)

    def kill(self):
        self.send_signal(signal.SIGKILL)

    def terminate(self):
        self.send_signal(signal.SIGTERM)


def _owned(target, *arguments):
    """Call in a forked process; what fails since its owner is ending is nothing to report."""
    owner = multiprocessing.parent_process().sentinel
    try:
        target(*arguments)
    except BaseException:
        if wait([owner], 0) or not temporary.is_there():
            os._exit(1)
        raise


def _answer(connection, function, arguments):
    _begin()
    try:
        function(*arguments)
    except Exception as error:
        connection.send(error)
    else:
        connection.send(None)


def _become_kernel(options, environment, folder):
    """Turn a forked process into an ordinary kernel."""
    from ipykernel.kernelapp import IPKernelApp
    from matplotlib_inline.backend_inline import _enable_matplotlib_integration

    begin_kernel(environment, folder)
    app = IPKernelApp.instance()
    app.initialize([*options, "--log-level=50", "--IPKernelApp.parent_handle=0"])
    # pyplot came before IPython and could not know it: without this every picture is lost
    _enable_matplotlib_integration()
    app.start()


def begin_kernel(environment, folder):
    """Be, in a forked process, as one that was started for a notebook: in its environment."""
    import random

    import numpy

    _begin()
    os.setsid()  # as other kernels: Ctrl-C does not reach it while it lets a cell be interrupted
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
    random.seed()
    numpy.random.seed()  # a kernel's chance is its own, not its siblings'
    # a notebook may start processes of its own, as it could in a fresh kernel
    multiprocessing.current_process()._config["daemon"] = False


def _begin():
    """Be a process of one's own, which ends with its owner."""
    gc.freeze()  # what is inherited is not looked through, nor copied, whenever garbage is sought
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the owner
    owner = multiprocessing.parent_process().sentinel
    threading.Thread(target=lambda: wait([owner]) and os._exit(1), daemon=True).start()
