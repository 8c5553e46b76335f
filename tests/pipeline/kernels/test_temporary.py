"""The folder of a run: short enough for sockets, and a home for who has none."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.errors import describe
from pipeline.kernels import forkserver

SCRIPT = """
import os
from pathlib import Path
from pipeline.kernels.temporary import use_one_temporary_folder
use_one_temporary_folder()
print(os.environ["TMPDIR"], Path.home(), os.environ.get("XDG_CACHE_HOME"), sep="\\n")
"""
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="these are ways of Linux")


def told(**variables):
    """Say where a run with these variables has its temporary files, its home and its cache."""
    environment = {k: v for k, v in os.environ.items() if k not in ("HOME", "XDG_CACHE_HOME")}
    run = subprocess.run(
        [sys.executable, "-c", SCRIPT], env=environment | variables, capture_output=True, text=True,
        check=True,
    )  # fmt: skip
    return run.stdout.splitlines()


def test_a_home_that_can_be_written_in_is_kept(tmp_path):
    own = str(tmp_path / "not/yet/there")
    temporary, home, cache = told(HOME=str(tmp_path), XDG_CACHE_HOME=own)
    assert (home, cache) == (str(tmp_path), own)
    assert temporary.startswith(os.environ.get("TMPDIR", "/tmp"))


def test_who_has_no_home_has_one_for_the_run(tmp_path):
    temporary, home, cache = told(HOME=str(tmp_path / "none"), XDG_CACHE_HOME="/proc/none")
    assert home == temporary
    assert cache == "None"


def test_a_long_way_to_temporary_files_is_cut_short(tmp_path):
    folder = tmp_path / ("x" * 90)
    folder.mkdir()
    temporary, *_ = told(TMPDIR=str(folder), HOME=str(tmp_path))
    assert len(temporary) < 70
    assert list(folder.iterdir()) == []


def test_of_two_names_the_one_that_was_to_be_written_is_named(tmp_path):
    (tmp_path / "part").write_text("x")
    (tmp_path / "target").mkdir()
    with pytest.raises(OSError) as error:
        (tmp_path / "part").replace(tmp_path / "target")
    assert describe(error.value).endswith("target")


ENDS_AT_ONCE = """
import os
from pipeline.kernels import forkserver, temporary
forkserver.start_server(one=True)
print(os.environ[temporary.VARIABLE])
"""


@pytest.mark.skipif(not forkserver.AVAILABLE, reason="nothing is forked here")
def test_a_run_that_ends_as_the_server_imports_leaves_no_folder_and_no_word():
    """Its output is read until the server, which has it too, has ended."""
    command = [sys.executable, "-c", ENDS_AT_ONCE]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stderr == ""
    folder = Path(done.stdout.strip())
    assert folder.name.startswith("study-") and not folder.exists()


TERMINATED = """
import os, signal
from pipeline.kernels import forkserver, temporary
forkserver.start_server(one=True)
forkserver.call(int)
print(os.environ[temporary.VARIABLE], flush=True)
os.killpg(0, signal.SIGTERM)
"""
WARNED_LATE = """
import warnings
from pipeline.kernels import forkserver
forkserver.start_server(one=True)
forkserver.call(exec, "import warnings; warnings.warn('in time')")
forkserver.call(exec, '''
import os, warnings
from pipeline.kernels import temporary
temporary.remove(os.environ[temporary.VARIABLE])
warnings.warn('late')
''')
"""


@pytest.mark.skipif(not forkserver.AVAILABLE, reason="nothing is forked here")
def test_a_group_that_is_terminated_leaves_no_folder():
    command = [sys.executable, "-c", TERMINATED]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, start_new_session=True)
    assert done.returncode == -signal.SIGTERM
    assert not Path(done.stdout.strip()).exists()


@pytest.mark.skipif(not forkserver.AVAILABLE, reason="nothing is forked here")
def test_nothing_is_warned_of_once_the_folder_of_the_run_is_gone():
    command = [sys.executable, "-c", WARNED_LATE]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stderr
    assert "UserWarning: in time" in said
    assert "late" not in said
