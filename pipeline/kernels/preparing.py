"""What all kernels have in common, and the start of the server that they are forked from.

It imports little: the server's own imports take as long as all that is done meanwhile.
"""

import os

from pipeline.errors import UsageError
from pipeline.kernels import forkserver
from pipeline.kernels.temporary import use_one_temporary_folder
from pipeline.places import PROJECT

FORKED, ORDINARY = "forked", "python3"  # kinds of kernels: the second is Jupyter's name of it
CELL_SECONDS = 300  # a cell of this study takes a second; one that hangs must end
MAX_SECONDS, MAX_DIGITS = 1_000_000, 80  # more than eleven days are no limit
ENVIRONMENT = {
    "PYTHONHASHSEED": "0",
    "SOURCE_DATE_EPOCH": "0",
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "JUPYTER_PATH": "",  # the environment's kernel, not the user's own of that name
    "JUPYTER_PREFER_ENV_PATH": "1",
    "MATPLOTLIBRC": str(PROJECT / "pipeline/outputs/matplotlibrc"),  # not the user's own style
}


def kernel_name():
    """Name the kernel to use: one forked from the fork server, or an ordinary one under FRESH."""
    return ORDINARY if os.environ.get("FRESH") or not forkserver.AVAILABLE else FORKED


def cell_seconds():
    """Return the time limit of a cell: the environment variable CELL_SECONDS, or the default."""
    text = os.environ.get("CELL_SECONDS") or str(CELL_SECONDS)
    is_number = text.isascii() and text.isdigit() and len(text) <= MAX_DIGITS
    if not (is_number and 0 < int(text) <= MAX_SECONDS):
        allowed = f"wanted 1 to {MAX_SECONDS:,}, in digits"
        raise UsageError(f"CELL_SECONDS={text[:MAX_DIGITS]} is no number of seconds; {allowed}")
    return int(text)


def prepare_environment():
    """Set the environment variables of all kernels, and their temporary folder."""
    os.environ.update(ENVIRONMENT)
    use_one_temporary_folder()


def prepare_kernels(*, one=False):
    """Set the environment of all kernels, and start the fork server.

    Raises UsageError for a CELL_SECONDS that is no number of seconds.
    """
    cell_seconds()
    prepare_environment()
    if kernel_name() == FORKED:
        forkserver.start_server(one=one)
