"""A client of jupyter_client that starts without heartbeat and without a fixed wait."""

from queue import Empty
from time import monotonic

from jupyter_client.asynchronous import AsyncKernelClient

UNUSED = {"hb": False, "stdin": False, "control": False}  # channels that a run does not need


class QuickClient(AsyncKernelClient):
    """A client that is ready with the kernel's first message, and has no heartbeat.

    Whether the kernel is alive is asked of its process. A heartbeat takes one more thread per
    kernel; if another program has taken the kernel's port, that thread never ends, and shutting
    the notebook down waits for it.
    """

    def start_channels(self, **wanted):
        """Start the channels that a run needs: shell (requests) and iopub (outputs)."""
        super().start_channels(**(wanted | UNUSED))

    async def wait_for_ready(self, timeout=None):
        """Wait for the kernel's first message on iopub.

        jupyter_client's own method also requests kernel_info, and then waits for a fifth of a
        second until no more messages come. Raises RuntimeError if the kernel ended, or sent
        nothing within `timeout` seconds.
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
