"""Run the cells of a notebook in a process of their own, forked from the fork server."""

import multiprocessing
import os
from multiprocessing.connection import wait
from pathlib import Path

from pipeline.kernels.forkserver import ENVIRONMENT, start_process, wait_for

START_TIMEOUT = 60  # seconds for a kernel to start, as in nbclient


def execute_cells(sources, seconds):
    """Yield, for each cell as it is done, the messages that it published; a failed one is the last.

    Raises TimeoutError where a cell takes longer than `seconds`, EOFError where the process ended.
    """
    ours, theirs = multiprocessing.Pipe(duplex=False)
    environment, folder = os.environ | ENVIRONMENT, str(Path.cwd())
    process = start_process(_run_cells, theirs, sources, environment, folder)
    theirs.close()
    try:
        with ours:
            _received(ours, process, START_TIMEOUT)
            for _ in sources:
                yield _received(ours, process, seconds)
    finally:
        process.kill()
        wait_for(process)


def _run_cells(*arguments):
    """Become a kernel: the process that asks for one imports nothing of IPython."""
    from pipeline.kernels.forked_kernel import run_cells

    run_cells(*arguments)


def _received(pipe, process, seconds):
    """Wait for what comes through the pipe; a process that a cell has started may keep it open."""
    ready = wait([pipe, process.sentinel], seconds)
    if not ready:
        raise TimeoutError
    if pipe not in ready:
        raise EOFError
    return pipe.recv()
