"""The steps of a build: run the stale ones only, keep their state, say why one is stale.

doit decides by content: a step is done again when a file it reads or its parameters changed, or
when a file it wrote is gone or was changed since.
"""

import contextlib
import hashlib
import os
import shutil
import stat
from dataclasses import dataclass, field
from pathlib import Path

from doit.control import TaskControl
from doit.dependency import Dependency, MD5Checker
from doit.exceptions import TaskFailed
from doit.runner import MThreadRunner
from doit.task import Stream, Task
from doit.tools import config_changed
from filelock import FileLock, Timeout

from pipeline.build.state import StateDatabase, is_sound
from pipeline.errors import describe
from pipeline.outputs.canonical import files_in, sha256

WORKERS = (os.cpu_count() or 1) + 1  # one more: each process that ends has its output still written


@dataclass(frozen=True)
class Step:
    """One step of the build: its inputs, its outputs and its function."""

    name: str
    make: object  # called without arguments; raises when it cannot
    inputs: list[Path]
    outputs: list[Path]
    settings: dict = field(default_factory=dict)  # what else decides the content


class _Snapshot(MD5Checker):
    """Fingerprints of files, cached: the state recorded is that before the step ran.

    A folder stands for all files in it.
    """

    def __init__(self):
        self._seen = {}

    def get_state(self, dep, current_state=None):
        if dep not in self._seen:
            is_folder = Path(dep).is_dir()
            self._seen[dep] = fingerprint(dep) if is_folder else super().get_state(dep, None)
        return self._seen[dep]

    def note(self, path):
        """Record the state of a file now, if it exists."""
        if path not in self._seen and Path(path).is_file():
            self.get_state(path)

    def forget(self):
        """Clear the cache: files may change during a run."""
        self._seen.clear()

    def check_modified(self, file_path, file_stat, state):
        if stat.S_ISDIR(file_stat.st_mode):
            return state != fingerprint(file_path)
        return super().check_modified(file_path, file_stat, state)


def _action(step):
    """Return what doit calls for a step; the step's exception becomes its failure."""

    def call():
        try:
            step.make()
        except BaseException as error:  # doit would wait for ever for a thread that ended
            return TaskFailed(describe(error))
        return True

    return call


class Build:
    """The build of one study, with the state of past runs."""

    def __init__(self, memory):
        """Open the state database in a folder; create a new one if it cannot be read."""
        self.file = Path(memory) / "state.db"
        self.file.parent.mkdir(parents=True, exist_ok=True)
        self._state = self._open()

    def _open(self):
        if not is_sound(self.file):  # forgetting only costs time
            self.file.unlink(missing_ok=True)
        return Dependency(StateDatabase, str(self.file), checker_cls=_Snapshot)

    def run(self, steps, progress):
        """Run the stale steps; return {name: failure text} of those that failed."""
        control = self._control(steps)
        progress.remember = self._state.backend.dump
        runner = MThreadRunner(
            self._state, progress, continue_=True, stream=Stream(0), num_process=WORKERS
        )
        runner.run_all(control.task_dispatcher())
        return progress.failed

    def stale(self, steps):
        """Return {name: [reasons]} of the stale steps."""
        control, found, pending = self._control(steps), {}, set()
        for task in control.tasks.values():  # a step stands behind those it needs
            status = self._state.get_status(task, control.tasks, get_log=True)
            waits = sorted(pending.intersection(task.file_dep))
            if status.status != "up-to-date" or waits:
                found[task.name] = _reasons(status) or [f"needs {', '.join(waits[:3])}"]
                pending.update(task.targets)
        return found

    def forget_others(self, steps):
        """Remove what steps wrote that are no longer part of the study, and forget them."""
        kept = {str(path) for step in steps for path in step.outputs}
        for name in self._state.backend.names() - {step.name for step in steps}:
            for output in self._state.get_values(name).get("outputs", {}):
                if output not in kept:
                    _remove(Path(output))
            self._state.remove(name)

    def __enter__(self):
        """Enter the context of one run."""
        return self

    def __exit__(self, *_):
        """Write and close the state database."""
        self._state.close()
        self._state.backend.close()

    def _control(self, steps):
        self._state.checker.forget()
        control = TaskControl([self._task(step) for step in steps])
        control.process(None)
        return control

    def _task(self, step):
        return Task(
            step.name,
            actions=[_action(step)],
            io={"capture": False},  # what a step writes is its own
            file_dep=[str(path) for path in step.inputs],
            targets=[str(path) for path in step.outputs],
            uptodate=[config_changed(step.settings), self._is_undisturbed],
        )

    def _is_undisturbed(self, task, values):
        """Record the inputs' state; return whether the step's outputs are unchanged."""
        for path in task.file_dep:
            self._state.checker.note(path)
        task.value_savers.append(lambda: {"outputs": _fingerprints(task)})
        return values.get("outputs") == _fingerprints(task)


@contextlib.contextmanager
def alone(memory, say):
    """Lock the folder: a second build in the same folder says so and waits."""
    Path(memory).mkdir(parents=True, exist_ok=True)
    lock = FileLock(Path(memory) / "lock")
    try:
        lock.acquire(timeout=0)
    except Timeout:
        say("another make is at work in this folder: waiting for it to end ...")
        lock.acquire()
    try:
        yield
    finally:
        lock.release()


def fingerprint(path):
    """Return the sha256 of a file, or of the names and contents of all files in a folder."""
    path = Path(path)
    if path.is_file():
        return sha256(path)
    lines = [f"{file.relative_to(path).as_posix()} {sha256(file)}" for file in files_in(path)]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def _fingerprints(task):
    return {target: fingerprint(target) for target in task.targets if Path(target).exists()}


def _remove(path):
    """Remove what a step wrote; a notebook that was edited since is moved aside."""
    if path.suffix == ".ipynb":
        from pipeline.notebooks.edited import move_edited_aside  # only where one is left over

        move_edited_aside(path)
    shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)


def _reasons(status):
    words = {
        "missing_target": "missing",
        "changed_file_dep": "changed",
        "added_file_dep": "new input",
        "removed_file_dep": "no longer an input",
        "missing_file_dep": "missing input",
    }
    lines = [
        f"{words[reason]}: {', '.join(sorted(map(str, files)))}"
        for reason, files in status.reasons.items()
        if reason in words
    ]
    if status.reasons.get("uptodate_false"):
        lines.append("settings or written files changed since, or never made")
    return lines
