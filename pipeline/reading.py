"""Read a study as this is imported: where kernels are forked from, once for them all.

Each of them finds it in memory: `load_study` reads files again only where one has changed.
"""

import contextlib
import os

from analysis.data import load_study
from pipeline.warm import STUDY, wait_for_data


def read():
    """Wait until the data are written, and read them."""
    wait_for_data()
    with contextlib.suppress(Exception):  # who needs the study says what is wrong with it
        load_study(os.environ[STUDY])


if STUDY in os.environ:  # not in a test that looks at all modules
    read()
