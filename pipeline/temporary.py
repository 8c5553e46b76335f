"""One folder for what a run puts aside: sockets, connection files, what IPython keeps.

It goes at the end. Kernels read nothing of the user's own IPython, whose start-up files could
change a result, and leave nothing in its history of what was typed.
"""

import os
import shutil
import tempfile
from functools import cache
from multiprocessing.util import Finalize
from pathlib import Path

NAME = "STUDY_TEMPORARY"  # of the variable that tells the processes of a run


@cache
def keep_together():
    """Put all temporary files of this process, and of those it starts, into one folder."""
    folder = tempfile.mkdtemp(prefix="study-")
    tempfile.tempdir = os.environ["TMPDIR"] = os.environ[NAME] = folder
    os.environ["IPYTHONDIR"] = str(Path(folder, "ipython"))
    # after multiprocessing has removed its own folder in it, which has priority -100
    Finalize(None, shutil.rmtree, [folder], {"ignore_errors": True}, exitpriority=-200)


def is_there():
    """Tell, in a process of a run, whether the run still keeps its folder."""
    return Path(os.environ[NAME]).is_dir()
