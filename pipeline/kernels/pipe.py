"""What both ends of the pipe to a kernel have in common: `piped.py`, `piped_kernel.py`."""

import asyncio

PUBLISHED, ANSWERED = "iopub", "shell"  # Jupyter's names of the channels of an answer's messages


async def receive(connection):
    """Return what comes through a pipe, other tasks going on; raises EOFError at its end."""
    loop, readable = asyncio.get_running_loop(), asyncio.Event()
    loop.add_reader(connection.fileno(), readable.set)
    try:
        await readable.wait()
    finally:
        loop.remove_reader(connection.fileno())
    return connection.recv()
