"""The set-up of the fork server of `forkserver.py`, preloaded there and nowhere else."""

import atexit
import os
import signal
import sys
from multiprocessing import forkserver

import __main__
from pipeline.kernels.garbage_collection import collect_less_often
from pipeline.kernels.temporary import VARIABLE, remove


def _report(kind, error, trace):
    """Report an error; an owner that ended during a request is none."""
    if not issubclass(kind, EOFError | ConnectionError):
        sys.__excepthook__(kind, error, trace)


def _end():
    """Clean up after the owner and all its children, even after a kill -9, and exit at once.

    To take apart all that was imported would take more than a second.
    """
    remove(os.environ[VARIABLE])
    os._exit(0)


if getattr(__main__, "main", None) is forkserver.main:  # not in a test that looks at all modules
    collect_less_often()  # imported modules live to the end
    sys.modules["debugpy"] = None  # a tenth of all imports, and nobody debugs a run
    for sent_to_all in (signal.SIGINT, signal.SIGTERM):  # both are for the owner; this ends last
        signal.signal(sent_to_all, signal.SIG_IGN)
    atexit.register(_end)
    sys.excepthook = _report
