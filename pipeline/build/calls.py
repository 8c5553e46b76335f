"""Call a function by its name: in this process, or in one of its own."""

import os
import sys
from importlib import import_module
from threading import BoundedSemaphore

# more processes than cores would wait for each other, and each reads the study once more
AT_A_TIME = BoundedSemaphore(os.cpu_count() or 1)


def call(target, *arguments):
    """Call `module:function`, imported only now."""
    module, _, function = target.partition(":")
    return getattr(import_module(module), function)(*arguments)


def has_processes():
    """Tell whether the build has a fork server, so that calls get processes of their own."""
    forkserver = sys.modules.get("pipeline.kernels.forkserver")
    return forkserver is not None and forkserver.started


def call_in_process(target, *arguments):
    """Call in a process of its own if the build has a fork server, else in this one."""
    if has_processes():
        with AT_A_TIME:
            sys.modules["pipeline.kernels.forkserver"].call(call, target, *arguments)
    else:
        call(target, *arguments)
