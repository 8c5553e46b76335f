"""Talk to a kernel, forked or ordinary, without waiting for what never comes."""

from queue import Empty
from time import monotonic

from jupyter_client.asynchronous import AsyncKernelClient

UNUSED = {"hb": False, "stdin": False, "control": False}  # channels on which nothing is asked


class QuickClient(AsyncKernelClient):
    """A client that begins as soon as the kernel greets it, and listens for no heart beat.

    The kernel's process is asked whether it lives. A heartbeat is a thread of its own for each
    kernel; where the kernel's port went to another program it waits for ever, and whoever ends the
    notebook waits for it.
    """

    def start_channels(self, **wanted):
        """Start the channels that a run needs: requests, and what they show."""
        super().start_channels(**(wanted | UNUSED))

    async def wait_for_ready(self, timeout=None):
        """Wait for the kernel's greeting, the first message of the channel of what it shows.

        jupyter_client's own method asks for the kernel's version too, and then waits for a fifth of
        a second for messages that none came. Raises RuntimeError where the kernel ended, or does
        not greet in `timeout` seconds.
        """
        end = monotonic() + (timeout or float("inf"))
        while monotonic() < end:
            try:
                await self.get_iopub_msg(timeout=1)
            except Empty:
                if not await self.is_alive():
                    raise RuntimeError("it ended before it was ready") from None
            else:
                return
        raise RuntimeError(f"it was not ready in {timeout} seconds")
