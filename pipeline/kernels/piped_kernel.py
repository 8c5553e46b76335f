"""The kernel at the other end of the pipe of `piped.py`: IPython's own, in a forked process."""

import asyncio
import contextlib
import io
import logging
import os
import sys
import tempfile
from types import SimpleNamespace

from ipykernel.ipkernel import IPythonKernel
from ipykernel.kernelapp import IPKernelApp
from jupyter_client.session import Session
from matplotlib_inline.backend_inline import _enable_matplotlib_integration
from traitlets.config import Config
from traitlets.config.loader import KeyValueConfigLoader

from pipeline.kernels.forkserver import begin_kernel
from pipeline.kernels.pipe import ANSWERED, PUBLISHED, receive

IN_NO_THREAD = SimpleNamespace(parent_thread=None)  # for cells that await: no sockets, no threads
_ahead = []  # a kernel that was made before the fork, where one was


class Answer(Session):
    """Put together what an ordinary kernel sends through several sockets."""

    def __init__(self):
        """Begin with no message; none is signed, as none leaves the two processes."""
        super().__init__(key=b"")
        self.messages = []

    def send(self, stream, msg_or_type, content=None, parent=None, ident=None, **more):
        """Put a message for a channel into the answer, and return it."""
        message = msg_or_type
        if not isinstance(message, dict):
            message = self.msg(message, content, parent, metadata=more.get("metadata"))
        self.messages.append((stream, message))
        return message

    def taken(self):
        """Return what was put together, and begin anew."""
        taken, self.messages = self.messages, []
        return taken


class Output(io.TextIOWrapper):
    """An output of the process, whoever writes to it: it becomes part of the answer."""

    def __init__(self, number, name, kernel):
        """Take the place of the process's own output of that number."""
        file = tempfile.TemporaryFile(buffering=0)  # noqa: SIM115 -- the process keeps it
        os.dup2(file.fileno(), number)
        super().__init__(file, encoding="UTF-8", errors="backslashreplace", write_through=True)
        self._name, self._kernel, self._seen = name, kernel, 0

    def flush(self):
        """Publish what was written since the last time."""
        if self.closed:
            return
        super().flush()
        new = os.pread(self.fileno(), os.fstat(self.fileno()).st_size - self._seen, self._seen)
        self._seen += len(new)
        if new:
            content = {"name": self._name, "text": new.decode(errors="replace")}
            asked = self._kernel.get_parent(ANSWERED)
            self._kernel.session.send(PUBLISHED, "stream", content, parent=asked)


def make_ahead():
    """Make, before the fork, the kernel that each process forked from here takes for its own."""
    _ahead.append(_kernel())


def _kernel():
    kernel = IPythonKernel(
        session=Answer(),
        iopub_socket=PUBLISHED,
        shell_channel_thread=IN_NO_THREAD,
        config=Config({"HistoryManager": {"enabled": False}}),  # all would write in one file
        log=logging.getLogger(__name__),
    )
    app = IPKernelApp.instance(kernel=kernel)
    app.shell = kernel.shell
    app.init_extensions()
    return kernel


def answer_requests(connection, arguments, environment, folder):
    """Be a kernel, in a forked process, until its owner ends it."""
    begin_kernel(environment, folder)
    kernel = _ahead.pop() if _ahead else _kernel()
    kernel.shell.update_config(KeyValueConfigLoader(arguments).load_config())
    IPKernelApp.instance().init_path()
    sys.stdout, sys.stderr = Output(1, "stdout", kernel), Output(2, "stderr", kernel)
    # pyplot came before IPython and could not know it: without this every picture is lost
    _enable_matplotlib_integration()
    asyncio.run(_answer_all(kernel, connection))


async def _answer_all(kernel, connection):
    with contextlib.suppress(EOFError):
        while True:
            await answer(kernel, await receive(connection))
            connection.send(kernel.session.taken())


async def answer(kernel, request):
    """Let the kernel do what is asked of it, in its own way."""
    request["content"]["stop_on_error"] = False  # no others wait that could be given up
    kernel.set_parent(b"", request)
    kernel.pre_handler_hook()
    await kernel.shell_handlers[request["msg_type"]](ANSWERED, b"", request)
    kernel.post_handler_hook()
    kernel.session.send(PUBLISHED, "status", {"execution_state": "idle"}, parent=request)
