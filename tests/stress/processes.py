"""Start make as a user does, know every process that comes of it, and see that none stays behind.

Every process started here carries a mark of its own in its environment, which its children and
theirs inherit; whoever bears the mark in /proc belongs to the run, whatever became of its parent.
"""

import contextlib
import io
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import uuid
from pathlib import Path

import pytest

from pipeline.__main__ import main

ROOT = Path(__file__).resolve().parents[2]
MARK = "STRESS_MARK"
SERVER = "multiprocessing.forkserver"
LONGEST = 600  # seconds: no single command of these tests takes as long
# what the caller of the tests has in its environment and a user's make would not
OURS = ("DATA", "OUT", "FRESH", "NAME", "SET", "CELL_SECONDS", "MAKELEVEL", "MAKEFLAGS", "MFLAGS")
LEFT_OUT = (
    ".git", ".venv", ".build", "results", ".hypothesis", ".pytest_cache", ".ruff_cache",
)  # fmt: skip


class Run:
    """One command, all the processes that come of it, and the temporary files they make."""

    def __init__(self, project, command, deadline, variables):
        self.deadline, self.mark = deadline, uuid.uuid4().hex
        self.base = Path(tempfile.mkdtemp(prefix="s-"))  # short: a socket's path must be
        self.temporary, self.runtime = self.base / "t", self.base / "r"
        self.temporary.mkdir()
        self.runtime.mkdir()
        self._cleared = None
        with (self.base / "screen").open("wb") as screen:
            self.process = subprocess.Popen(
                [str(part) for part in command],
                cwd=project,
                env=_environment() | variables | self._own_places(),
                stdout=screen,
                stderr=subprocess.STDOUT,
                stdin=subprocess.DEVNULL,
                start_new_session=True,
            )

    def _own_places(self):
        return {
            MARK: self.mark,
            "TMPDIR": str(self.temporary),
            "JUPYTER_RUNTIME_DIR": str(self.runtime),
        }

    @property
    def said(self):
        """Everything on its screen so far."""
        if self._cleared is not None:
            return self._cleared
        return (self.base / "screen").read_text(encoding="utf-8", errors="replace")

    def processes(self, words=""):
        """List the living processes of this run, those whose command line holds the words."""
        wanted, found = f"{MARK}={self.mark}".encode(), []
        for path in Path("/proc").glob("[0-9]*"):
            try:
                if wanted in (path / "environ").read_bytes().split(b"\0"):
                    line = (path / "cmdline").read_bytes().replace(b"\0", b" ").decode()
                    found += [int(path.name)] if words in line else []
            except OSError:
                continue  # ended while we looked
        return found

    def children(self, parent):
        """List the living processes of this run whose parent is the one named."""
        return [pid for pid in self.processes() if _parent(pid) == parent]

    def kernels(self):
        """List the kernels that were forked: as no other children, each leads a session."""
        server = next(iter(self.processes(SERVER)), 0)
        return [pid for pid in self.children(server) if _session(pid) == pid]

    def until(self, seen, what, seconds=LONGEST):
        """Wait until `seen()` is true; fail when that takes too long or the run ends before."""
        end = min(time.monotonic() + seconds, self.deadline)
        while not (found := seen()):
            if time.monotonic() > end:
                self.clear()
                _over(self.deadline, f"waited in vain for {what}:\n{self.said}")
            time.sleep(0.01)
        return found

    def until_said(self, words):
        """Wait until the words stand on the screen, or the run has ended."""
        self.until(lambda: words in self.said or self.process.poll() is not None, words)

    def finish(self, seconds=LONGEST):
        """Wait for the end and return the exit status."""
        try:
            self.process.wait(max(min(seconds, self.deadline - time.monotonic()), 0.1))
        except subprocess.TimeoutExpired:
            self._show_where_it_waits()
            self.clear()
            _over(self.deadline, f"it did not end in {seconds} s:\n{self.said}")
        return self.process.returncode

    def _show_where_it_waits(self):
        """Have the pipeline write the stack of each of its threads on the screen."""
        for pid in self.processes("-m pipeline"):
            os.kill(pid, signal.SIGUSR1)
        time.sleep(1)

    def signal_all(self, number):
        """Send a signal to the whole foreground group, as a terminal does for Ctrl-C."""
        os.killpg(self.process.pid, number)

    def gone(self, seconds=20):
        """Wait until no process of the run is left; fail when one stays."""
        self.until(lambda: not self.processes(), "the run's processes to end", seconds)

    def left_behind(self):
        """List what the run left in its temporary folders."""
        return sorted(
            str(path.relative_to(folder))
            for folder in (self.temporary, self.runtime)
            for path in folder.rglob("*")
        )

    def clear(self):
        """End what may still live and remove its temporary files."""
        for pid in self.processes():
            kill(pid)
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        self._cleared = self.said
        shutil.rmtree(self.base, ignore_errors=True)


def kill(pid):
    """kill -9; True where the process still was there."""
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return False
    return True


def project_copy(folder):
    """Copy the project, without what is made, beside the same environment; return the folder."""
    shutil.copytree(ROOT, folder, ignore=shutil.ignore_patterns(*LEFT_OUT), symlinks=True)
    (folder / ".venv").symlink_to(sys.prefix)
    return folder


def make_command(target):
    """The command line of make; it must never renew the environment that all tests share."""
    return ["make", "-o", ".venv/ready", target]


def make_here(target, **variables):
    """Run a target in this process; return (status, what it said)."""
    said, before = io.StringIO(), dict(os.environ)
    os.environ.update(variables)
    os.environ.pop("MAKELEVEL", None)
    try:
        with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
            status = main([target])
    finally:
        os.environ.clear()
        os.environ.update(before)
    return status, said.getvalue()


def contents(folder):
    """Read a folder: {path: bytes} of every file, leftovers included."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(Path(folder).rglob("*"))
        if path.is_file()
    }


def difference(found, wanted):
    """Say which files of two folders differ; empty when none does."""
    return {
        name: "missing" if name not in found else "extra" if name not in wanted else "differs"
        for name in sorted(found.keys() | wanted.keys())
        if found.get(name) != wanted.get(name)
    }


def _environment():
    """The environment of the tests without what pytest and the make around them put there."""
    dropped = ("PYTEST_", "HYPOTHESIS_", "COV_", "STRESS_", "JUPYTER_")
    return {
        name: value
        for name, value in os.environ.items()
        if name not in OURS and not name.startswith(dropped)
    }


def _parent(pid):
    try:
        return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
    except OSError:
        return 0


def _session(pid):
    try:
        return os.getsid(pid)
    except ProcessLookupError:
        return 0


def _over(deadline, reason):
    if time.monotonic() >= deadline:
        pytest.skip("the minutes of make stress were over while it ran")
    pytest.fail(reason)
