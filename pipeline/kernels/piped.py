"""Kernels that papermill asks through a pipe: forked like others, without sockets and threads.

What a cell does is up to the ordinary kernel, what its messages mean to nbclient. Only the way
between them is ours: one request, and one answer of all messages that belong to it. Five sockets
and the threads that look after them ask more of a run than what most notebooks compute.
"""

import asyncio
import os
from multiprocessing import Pipe
from pathlib import Path
from queue import Empty

from jupyter_client.client import KernelClient
from jupyter_client.manager import KernelManager
from nbclient.exceptions import DeadKernelError

from pipeline.build.calls import call
from pipeline.kernels.forkserver import ENVIRONMENT, start_process
from pipeline.kernels.pipe import ANSWERED, PUBLISHED, receive

KERNEL = "pipeline.kernels.piped_kernel:answer_requests"  # imported where it is called


class PipedKernelManager(KernelManager):
    """Fork a kernel, and end it."""

    process = connection = None

    def start_kernel(self, *, extra_arguments=()):
        """Fork a kernel that gets the arguments of an ordinary one."""
        environment, folder = os.environ | ENVIRONMENT, str(Path.cwd())
        self.connection, theirs = Pipe()
        given = theirs, extra_arguments, environment, folder
        self.process = start_process(call, KERNEL, *given)
        theirs.close()

    @property
    def has_kernel(self):
        """Tell whether a kernel was started."""
        return self.process is not None

    def is_alive(self):
        """Tell whether the kernel's process is alive."""
        return self.process.is_alive()

    def shutdown_kernel(self, *, now):
        """End the kernel at once: it keeps nothing that it would have to put away."""
        self.process.kill()

    def cleanup_resources(self):
        """Wait until the kernel has ended."""
        self.process.join()

    def client(self):
        """Return what asks the kernel."""
        return PipedClient(parent=self)


class PipedClient(KernelClient):
    """Ask a kernel through its pipe, the next request when the last one is answered."""

    _coming = None  # the answer to the request that was sent, for whichever channel waits first

    def __init__(self, **kwargs):
        """Take the pipe of the manager that forked the kernel."""
        super().__init__(**kwargs)
        self._connection = self.parent.connection
        self._channels = {name: _Channel(self) for name in (PUBLISHED, ANSWERED)}

    def start_channels(self):
        """Have nothing to do: the pipe is there."""

    async def stop_channels(self):
        """Wait for no answer any more, and close the pipe."""
        if self._coming is not None:
            self._coming.cancel()
            await asyncio.gather(self._coming, return_exceptions=True)
        self._connection.close()

    def wait_for_ready(self, timeout=None):
        """Have nothing to do: a request waits in the pipe until the kernel is ready."""

    def is_alive(self):
        """Tell whether the kernel is alive."""
        return self.parent.is_alive()

    @property
    def shell_channel(self):
        """Return the channel of requests and replies."""
        return self._channels[ANSWERED]

    @property
    def iopub_channel(self):
        """Return the channel of what a cell shows."""
        return self._channels[PUBLISHED]

    def ask(self, request):
        """Send a request; raises DeadKernelError where the kernel has ended."""
        try:
            self._connection.send(request)
        except ConnectionError:
            raise DeadKernelError("the kernel ended") from None

    async def answered(self, seconds):
        """Wait for the answer, no longer than so many seconds; raises Empty then."""
        if self._coming is None:
            self._coming = asyncio.ensure_future(self._receive())
        try:
            await asyncio.wait_for(asyncio.shield(self._coming), seconds)
        except TimeoutError:
            raise Empty from None

    async def _receive(self):
        try:
            for channel, message in await receive(self._connection):
                self._channels[channel].messages.append(message)
        except (EOFError, ConnectionError):
            raise DeadKernelError("the kernel ended") from None
        self._coming = None


class _Channel:
    """One of the two ways on which nbclient looks for messages."""

    def __init__(self, client):
        self._client, self.messages = client, []

    def send(self, request):
        self._client.ask(request)

    async def get_msg(self, timeout=None):
        while not self.messages:
            await self._client.answered(timeout)
        return self.messages.pop(0)
