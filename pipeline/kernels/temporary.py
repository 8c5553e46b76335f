"""One temporary folder for a run: sockets, connection files, IPython's profile and history.

It is removed when the run ends. Kernels do not read the user's own IPython profile, whose start-up
files could change a result, and write nothing to the user's history.
"""

import contextlib
import os
import shutil
import sys
import tempfile
from functools import cache
from multiprocessing.util import Finalize
from pathlib import Path

VARIABLE = "STUDY_TEMPORARY"  # the environment variable that holds its path
MAX_CHARACTERS = 50  # of the folder's path: that of a Unix socket in it may have at most 107


@cache
def use_one_temporary_folder():
    """Put all temporary files of this process, and of those it starts, into one folder."""
    folder = tempfile.mkdtemp(prefix="study-", dir=_short(tempfile.gettempdir()))
    tempfile.tempdir = os.environ["TMPDIR"] = os.environ[VARIABLE] = folder
    os.environ["IPYTHONDIR"] = str(Path(folder, "ipython"))
    os.environ["MPLCONFIGDIR"] = str(Path(_of_environment(folder), "matplotlib"))
    _at_home(folder)
    # after multiprocessing has removed its own folder in it, which has priority -100
    Finalize(None, remove, [folder], exitpriority=-200)


def remove(folder):
    """Remove the folder of a run, which is gone at once for a kernel that is just starting."""
    gone = f"{folder}.gone"
    with contextlib.suppress(OSError):  # it was renamed by a process that was killed then
        Path(folder).rename(gone)
    shutil.rmtree(gone, ignore_errors=True)


def _short(usual):
    """Return the usual folder for temporary files, or one with a shorter path."""
    return "/tmp" if len(usual) > MAX_CHARACTERS and os.access("/tmp", os.W_OK) else usual


def _of_environment(folder):
    """Return where matplotlib keeps its list of fonts: with the environment, else with the run.

    All environments of a user share one otherwise. Where it was written by one without matplotlib's
    own fonts, as while it was being made, pictures are drawn with the system's version of a font.
    """
    own = sys.prefix != sys.base_prefix and _is_writable(sys.prefix)
    return sys.prefix if own else folder


def _at_home(folder):
    """Set a home for the run if the user's is not writable: libraries cache files there."""
    for name in ("XDG_CACHE_HOME", "XDG_CONFIG_HOME"):
        path = Path(os.environ.get(name) or folder).absolute()
        nearest = next(one for one in (path, *path.parents) if one.exists())  # that exists
        if not _is_writable(nearest):
            del os.environ[name]
    if not _is_writable(os.path.expanduser("~")):  # noqa: PTH111 -- "~" where there is none
        os.environ["HOME"] = folder


def _is_writable(folder):
    """Tell whether files can be created in a folder; os.access alone is wrong for root in /proc."""
    try:
        with tempfile.TemporaryFile(dir=folder):
            return True
    except OSError:
        return False


def exists():
    """Tell, in a process of a run, whether the run's folder still exists."""
    return Path(os.environ[VARIABLE]).is_dir()
