"""Call a function by its name: in this process, or in one of its own."""

import sys
from importlib import import_module


def call(target, *arguments):
    """Call `module:function`, imported only now."""
    module, _, function = target.partition(":")
    return getattr(import_module(module), function)(*arguments)


def call_in_process(target, *arguments):
    """Call in a process of its own if the build has a fork server, else in this one."""
    forkserver = sys.modules.get("pipeline.kernels.forkserver")
    if forkserver is not None and forkserver.started:
        forkserver.call(call, target, *arguments)
    else:
        call(target, *arguments)
