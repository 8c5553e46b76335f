"""Call what a step names: here, or in a process of its own."""

import sys
from importlib import import_module


def call(target, *arguments):
    """Call `module:function`, imported only when a step is really done."""
    module, _, function = target.partition(":")
    return getattr(import_module(module), function)(*arguments)


def apart(target, *arguments):
    """Call in a process of its own where the build has a fork server for it."""
    forkserver = sys.modules.get("pipeline.kernels.forkserver")
    if forkserver is not None and forkserver.started:
        forkserver.call(call, target, *arguments)
    else:
        call(target, *arguments)
