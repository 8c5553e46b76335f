"""Start notebook kernels in milliseconds: fork them from one parent that has imported everything.

One parent process imports the scientific stack, then serves requests on a socket: start a kernel,
tell how one ended. Each kernel is a process of its own. The parent ends when its owner's end of
the socket closes, however that happens, and takes its kernels along.

`jupyter_client` finds `WarmProvisioner` by the entry point "warm-fork", named in
`jupyter/kernels/warm/kernel.json`; papermill and nbval use it through the kernel name "warm".
"""

import atexit
import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import threading
from pathlib import Path

from jupyter_client.provisioning import LocalProvisioner

KERNEL_NAME = "warm"
JUPYTER_PATH = str(Path(__file__).with_name("jupyter"))
# One BLAS thread: the parent must be single-threaded when it forks.
PARENT_ENVIRONMENT = {
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "MPLBACKEND": "module://matplotlib_inline.backend_inline",
}
AVAILABLE = hasattr(os, "fork") and sys.platform != "darwin"  # Apple's frameworks forbid the fork


class WarmParent:
    """The owner's side: a parent process and the socket to it."""

    def __init__(self):
        """Start the parent; it imports while the owner goes on."""
        self._lock = threading.Lock()
        ours, theirs = socket.socketpair()
        self._stream = ours.makefile("rw", encoding="utf-8")
        self.process = subprocess.Popen(
            [sys.executable, "-m", "pipeline.warm", str(theirs.fileno())],
            pass_fds=[theirs.fileno()],
            env={**os.environ, **PARENT_ENVIRONMENT},
            stdin=subprocess.DEVNULL,
            start_new_session=True,  # Ctrl-C is for the owner, who ends the parent by closing
        )
        ours.close()
        theirs.close()

    def ask(self, **request):
        """Send one request and return the answer; ConnectionError when the parent is gone."""
        with self._lock:
            try:
                self._stream.write(json.dumps(request) + "\n")
                self._stream.flush()
                answer = self._stream.readline()
            except (OSError, ValueError) as error:
                raise ConnectionError(f"the warm parent is gone ({error})") from None
        if not answer:
            raise ConnectionError("the warm parent is gone")
        return json.loads(answer)

    def close(self):
        """Let the parent and its kernels end."""
        with contextlib.suppress(OSError, ValueError):
            self._stream.close()
        self.process.wait()


class WarmProcess:
    """A forked kernel, with the few methods of Popen that LocalProvisioner needs."""

    stdin = stdout = stderr = None

    def __init__(self, parent, pid):
        """Remember whose child it is."""
        self.parent, self.pid, self.returncode = parent, pid, None

    def poll(self):
        """Return the exit status, or None while the kernel lives."""
        if self.returncode is None:
            try:
                self.returncode = self.parent.ask(ended=self.pid)["status"]
            except ConnectionError:
                self.returncode = -signal.SIGKILL
        return self.returncode

    wait = poll  # LocalProvisioner polls until the end before it waits

    def send_signal(self, number):
        """Send a signal, unless the kernel has ended."""
        if self.poll() is None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, number)

    def kill(self):
        """End the kernel at once."""
        self.send_signal(signal.SIGKILL)

    def terminate(self):
        """Ask the kernel to end."""
        self.send_signal(signal.SIGTERM)


class WarmProvisioner(LocalProvisioner):
    """Provide kernels for jupyter_client by asking the warm parent for a fork."""

    _parent = None
    _parent_lock = threading.Lock()

    @classmethod
    def parent_process(cls):
        """Return the living parent, starting one where there is none."""
        with cls._parent_lock:
            if cls._parent is None or cls._parent.process.poll() is not None:
                cls._parent = WarmParent()
                atexit.register(cls._parent.close)
            return cls._parent

    async def launch_kernel(self, cmd, **kwargs):
        """Start a kernel for the connection file that ends the command."""
        parent = self.parent_process()
        environment = {**kwargs.get("env", os.environ), **PARENT_ENVIRONMENT}
        cwd = str(kwargs.get("cwd") or Path.cwd())
        answer = parent.ask(connection_file=cmd[-1], environment=environment, cwd=cwd)
        self.process = WarmProcess(parent, answer["pid"])
        self.pid, self.pgid = answer["pid"], None
        return self.connection_info


def use_warm_kernels():
    """Let jupyter_client of this process and its children find the warm kernel."""
    paths = os.environ.get("JUPYTER_PATH", "").split(os.pathsep)
    if JUPYTER_PATH not in paths:
        os.environ["JUPYTER_PATH"] = os.pathsep.join(filter(None, [JUPYTER_PATH, *paths]))


def serve(connection):
    """The parent's life: import, then answer until the owner is gone."""
    _import_everything()
    if threading.active_count() != 1:
        raise RuntimeError("the warm parent must have one thread before it forks")
    children = {}
    with connection, connection.makefile("rw", encoding="utf-8") as stream:
        for line in stream:
            request = json.loads(line)
            if "ended" in request:
                answer = {"status": _reap(children, request["ended"])}
            else:
                pid = os.fork()
                if pid == 0:
                    os.close(connection.fileno())
                    _become_kernel(request)
                children[pid] = None
                answer = {"pid": pid}
            stream.write(json.dumps(answer) + "\n")
            stream.flush()
    for pid, status in children.items():
        if status is None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)


def _import_everything():
    # pyplot is left to the kernel: imported before IPython exists it would lose all pictures
    import scipy.optimize
    import scipy.stats  # noqa: F401
    from ipykernel import ipkernel, kernelapp  # noqa: F401


def _reap(children, pid):
    if children.get(pid) is None and pid in children:
        done, status = os.waitpid(pid, os.WNOHANG)
        if done:
            children[pid] = os.waitstatus_to_exitcode(status)
    return children.get(pid, -signal.SIGKILL)


def _become_kernel(request):
    """Turn a forked child into an ordinary kernel; never returns."""
    import random

    import numpy
    from ipykernel.kernelapp import IPKernelApp

    os.environ.clear()
    os.environ.update(request["environment"])
    os.chdir(request["cwd"])
    random.seed()
    numpy.random.seed()  # a kernel's chance is its own, not its siblings'
    sys.argv = ["ipykernel_launcher", "-f", request["connection_file"]]
    # ipykernel polls this id and ends the kernel when the parent is gone
    sys.argv += [f"--IPKernelApp.parent_handle={os.getppid()}", "--log-level=50"]
    IPKernelApp.launch_instance()
    os._exit(0)


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    serve(socket.socket(fileno=int(sys.argv[1])))
