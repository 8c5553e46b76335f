"""How a process forked from the fork server becomes a kernel and runs the cells of a notebook.

The kernel is ipykernel's own for use within a process, with the options that any kernel gets: what
a notebook sees is what it sees elsewhere. It has no port and no thread; what a cell publishes goes
through a pipe when the cell is done.
"""

import asyncio
import logging
import os
import random
import sys
from types import SimpleNamespace

import numpy
from ipykernel.inprocess.ipkernel import InProcessKernel
from ipykernel.inprocess.socket import DummySocket
from ipykernel.iostream import IOPubThread
from jupyter_client.session import Session
from traitlets.config import Config

from pipeline.kernels.forkserver import end_with_owner
from pipeline.kernels.options import OPTIONS

REQUEST = {
    "silent": False,
    "store_history": True,
    "user_expressions": {},
    "allow_stdin": False,
    "stop_on_error": False,  # no others wait that could be given up
}
# where a cell awaits, ipykernel looks at this, which its kernel within a process does not have
NO_THREAD = SimpleNamespace(parent_thread=None)


def run_cells(pipe, sources, environment, folder):
    """Run cells to the first that fails; send None when ready, then what each cell published."""
    end_with_owner()
    os.setsid()  # its own process group, as other kernels: Ctrl-C in the terminal does not reach it
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
    sys.path.insert(0, "")  # as in any kernel
    random.seed()
    numpy.random.seed()  # else all kernels would inherit one random state
    with pipe:
        kernel, published = start_kernel()
        pipe.send(None)
        asyncio.run(_run_all(kernel, sources, published, pipe))


def start_kernel():
    """Start a kernel; return it, and the list that it adds the messages to which it publishes."""
    published, socket = [], DummySocket()
    session = Session(key=b"")  # nothing is signed: it stays in this process
    kernel = InProcessKernel.instance(
        session=session,
        iopub_thread=IOPubThread(socket, session=session),  # not started, so it publishes at once
        shell_channel_thread=NO_THREAD,
        config=Config(OPTIONS),
        log=logging.getLogger(__name__),
    )
    kernel.shell.enable_matplotlib("inline")  # pyplot was imported before, and did not choose it
    kernel.shell.extension_manager.load_extension("storemagic")

    def keep(_):
        message = session.recv(socket, copy=False)[1]
        published.append(message | {"buffers": [bytes(one) for one in message["buffers"]]})

    socket.observe(keep, "message_sent")
    return kernel, published


async def _run_all(kernel, sources, published, pipe):
    for source in sources:
        request = kernel.session.msg("execute_request", REQUEST | {"code": source})
        kernel.set_parent(b"", request)
        kernel.pre_handler_hook()  # Ctrl-C is an exception
        await kernel.execute_request(kernel.shell_stream, b"", request)
        kernel.post_handler_hook()
        pipe.send(published)
        if any(message["msg_type"] == "error" for message in published):
            return
        published.clear()
