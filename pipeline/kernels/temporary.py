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
LONGEST = 50  # signs of the folder's name: a socket's name, which begins with it, has at most 107


@cache
def keep_together():
    """Put all temporary files of this process, and of those it starts, into one folder."""
    folder = tempfile.mkdtemp(prefix="study-", dir=_short(tempfile.gettempdir()))
    tempfile.tempdir = os.environ["TMPDIR"] = os.environ[NAME] = folder
    os.environ["IPYTHONDIR"] = str(Path(folder, "ipython"))
    _at_home(folder)
    # after multiprocessing has removed its own folder in it, which has priority -100
    Finalize(None, shutil.rmtree, [folder], {"ignore_errors": True}, exitpriority=-200)


def _short(usual):
    """Return the usual folder for temporary files, or one with a shorter name."""
    return "/tmp" if len(usual) > LONGEST and os.access("/tmp", os.W_OK) else usual


def _at_home(folder):
    """Let a user who has no home to write in have one for the run: libraries keep things there."""
    for name in ("XDG_CACHE_HOME", "XDG_CONFIG_HOME"):
        path = Path(os.environ.get(name) or folder).absolute()
        nearest = next(one for one in (path, *path.parents) if one.exists())  # it would be made
        if not _is_writable(nearest):
            del os.environ[name]
    if not _is_writable(os.path.expanduser("~")):  # noqa: PTH111 -- "~" where there is none
        os.environ["HOME"] = folder


def _is_writable(folder):
    """Tell whether files can be made in a folder: of /proc, root is only told so."""
    try:
        with tempfile.TemporaryFile(dir=folder):
            return True
    except OSError:
        return False


def is_there():
    """Tell, in a process of a run, whether the run still keeps its folder."""
    return Path(os.environ[NAME]).is_dir()
