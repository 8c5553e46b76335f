"""What is done once, where kernels are forked from, as this is imported: a kernel, a study read.

It is imported last: where there is a kernel, libraries are imported as for a person who watches.
"""

import contextlib
import os

from analysis.study.loading import read_ahead
from pipeline.kernels.forkserver import STUDY, wait_for_data
from pipeline.kernels.piped_kernel import make_ahead


def read():
    """Wait until the data are written, and read them."""
    wait_for_data()
    with contextlib.suppress(Exception):  # who needs the study says what is wrong with it
        read_ahead(os.environ[STUDY])


if STUDY in os.environ:  # not in a test that looks at all modules
    make_ahead()
    read()
