"""Progress of a build on the screen, and its failures."""

import sys
import time

from doit.exceptions import UnmetDependency
from tqdm import tqdm


class Progress:
    """doit's reporter: a bar on a terminal, a line per step elsewhere, failures in full."""

    def __init__(self, total, stream=None):
        """Start a display for `total` stale steps, by default on standard output."""
        stream = stream or sys.stdout
        self.failed, self.done, self.total = {}, 0, total
        self.remember = lambda: None  # called after each step, in the main thread
        self._stream, self._began = stream, {}
        self._bar = tqdm(
            total=total,
            file=stream,
            disable=not stream.isatty() or not total,
            bar_format="{n_fmt}/{total_fmt} |{bar:30}| {elapsed} {postfix}",
            leave=False,
        )

    def get_status(self, task):
        """Show nothing while a step is checked."""

    def execute_task(self, task):
        """Show a step as started."""
        self._began[task.name] = time.monotonic()
        self._bar.set_postfix_str(task.name)

    def add_success(self, task):
        """Count a step as done."""
        self.remember()
        seconds = time.monotonic() - self._began.get(task.name, time.monotonic())
        self._step(f"{task.name} ({seconds:.1f} s)")

    def add_failure(self, task, fail):
        """Say why a step failed; the others go on."""
        self.remember()
        message = fail.message.strip()
        if isinstance(fail, UnmetDependency):
            message = f"not done, since it needs what failed: {message}"
        self.failed[task.name] = message
        self._step(f"{task.name}: FAILED\n{message}", always=True)

    def skip_uptodate(self, task):
        """Show nothing for an up-to-date step."""

    skip_ignore = teardown_task = skip_uptodate

    def cleanup_error(self, error):
        """Do nothing: no step has a clean-up action."""

    def runtime_error(self, message):
        """Record an error outside any step."""
        self.failed["build"] = message
        self._step(message, always=True)

    def complete_run(self):
        """End the display."""
        self._bar.close()

    def _step(self, text, always=False):
        self.done += 1
        self._bar.update()
        if self._bar.disable or always:
            line = f"[{self.done}/{self.total}] {text}"
            tqdm.write(line, file=self._stream)
            self._stream.flush()
