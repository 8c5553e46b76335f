"""How a process forked from the fork server becomes an ordinary kernel.

IPython's own application is started in it, with the options that any kernel gets: what a notebook
sees is what it sees elsewhere.
"""

import logging
import os
import random
import tempfile

import numpy
from ipykernel.kernelapp import IPKernelApp
from traitlets.config import Config

from pipeline.kernels.forkserver import end_with_owner
from pipeline.kernels.options import OPTIONS

OWN_OPTIONS = {
    "transport": "ipc",  # channels are files in the run's own folder: nobody else can listen
    "matplotlib": "inline",  # pyplot was imported before IPython, and did not choose it
    "parent_handle": 0,  # it ends with its owner in another way
    "log_level": logging.CRITICAL,  # else it prints how to connect to it
    # else it makes a record of all it does, and then drops it
    "logging_config": {"loggers": {"KernelApp": {"level": logging.CRITICAL}}},
}
CONFIG = Config(OPTIONS | {"KernelApp": OWN_OPTIONS})


class KernelApp(IPKernelApp):
    """IPython's application, which takes its options as they are."""

    def parse_command_line(self, argv=None):
        """Read further options, if there are any: to prepare for some is a fifth of a start."""
        if argv:
            super().parse_command_line(argv)


def become_kernel(ready, arguments, environment, folder):
    """Turn a forked process into a kernel; its connection info is sent on the pipe `ready`."""
    end_with_owner()
    os.setsid()  # its own process group, as other kernels: Ctrl-C in the terminal does not reach it
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
    random.seed()
    numpy.random.seed()  # else all kernels would inherit one random state
    place = tempfile.mkdtemp(prefix="kernel-")
    app = KernelApp.instance(config=CONFIG, ip=f"{place}/ipc", connection_file=f"{place}/info")
    app.initialize(arguments)
    with ready:
        ready.send(app.get_connection_info())
    app.start()
