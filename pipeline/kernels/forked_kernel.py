"""How a process forked from the fork server becomes an ordinary kernel.

IPython's own application is started in it, with the options that any kernel gets: what a notebook
sees is what it sees elsewhere.
"""

import os
import random
import tempfile
from pathlib import Path

import numpy
from ipykernel.kernelapp import IPKernelApp

from pipeline.kernels.forkserver import end_with_owner

OPTIONS = (
    "--transport=ipc",  # channels are files in the run's own folder: nobody else can listen
    "--matplotlib=inline",  # pyplot was imported before IPython, and did not choose it
    "--IPKernelApp.parent_handle=0",  # it ends with its owner in another way
    "--log-level=CRITICAL",  # else it prints how to connect to it
)


def become_kernel(ready, options, environment, folder):
    """Turn a forked process into a kernel; its connection info is sent on the pipe `ready`."""
    end_with_owner()
    os.setsid()  # its own process group, as other kernels: Ctrl-C in the terminal does not reach it
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
    random.seed()
    numpy.random.seed()  # else all kernels would inherit one random state
    place = Path(tempfile.mkdtemp(prefix="kernel-"))
    app = IPKernelApp.instance()
    app.initialize([*options, *OPTIONS, f"--ip={place / 'ipc'}", "-f", str(place / "connection")])
    with ready:
        ready.send(app.get_connection_info())
    app.start()
