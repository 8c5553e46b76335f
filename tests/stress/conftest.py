"""What the stress tests share: minutes that bound them all, copies of the project, a summary.

`STRESS_MINUTES` (15) bounds the whole, `STRESS_SEED` (drawn and printed) repeats its random choices.
A test that the minutes or the machine do not allow is skipped, and the summary says why.
"""

import os
import random
import secrets
import shutil
import signal
import sys
import time
from collections import defaultdict
from pathlib import Path

import pytest
from filelock import FileLock
from processes import Run, contents, make_command, project_copy
from settings import number, refuse_what_is_no_number
from studies import SMALL, edit, in_hand, leave_few_steps, small_study

MINUTES = number("STRESS_MINUTES")
ORDER = (
    "test_no_code_from_data", "test_cells", "test_disk", "test_surroundings", "test_network",
    "test_owner", "test_both_ways", "test_whole_studies", "test_guides", "test_long",
    "test_bad_data", "test_workbook", "test_bad_parameters", "test_kills",
)  # fmt: skip
RESERVE = 20  # seconds kept for the end: a summary, and processes that have to be stopped


def pytest_configure(config):
    refuse_what_is_no_number()
    config.addinivalue_line("markers", "seconds(n): how long this test may go on drawing examples")
    # set once, before the workers start, which inherit it
    os.environ.setdefault("STRESS_DEADLINE", str(time.monotonic() + 60 * MINUTES - RESERVE))
    # begun in the background, tests would ignore Ctrl-C, and so would all that they start
    signal.signal(signal.SIGINT, signal.default_int_handler)
    if not os.environ.get("STRESS_SEED"):  # make hands over an empty one
        os.environ["STRESS_SEED"] = str(secrets.randbelow(2**32))


def pytest_collection_modifyitems(items):
    """The kills last: on a slow machine there are fewer, and everything else has had its turn."""
    items.sort(key=lambda item: ORDER.index(item.path.stem))


def pytest_runtest_setup(item):
    if sys.platform != "linux":
        pytest.skip("needs Linux: processes are followed in /proc")
    if time.monotonic() > _deadline():
        pytest.skip(f"the {MINUTES:g} minutes of make stress were over")


def _deadline():
    return float(os.environ["STRESS_DEADLINE"])


@pytest.fixture
def deadline(request):
    """Until when a test may go on drawing examples: its own seconds, scaled, or the end of all."""
    marker = request.node.get_closest_marker("seconds")
    own = marker.args[0] * MINUTES / 15 if marker else float("inf")
    return min(time.monotonic() + own, _deadline())


@pytest.fixture
def chance(request):
    """A random generator of this test's own, repeated by STRESS_SEED."""
    return random.Random(f"{os.environ['STRESS_SEED']} {request.node.nodeid}")


@pytest.fixture
def start():
    """Start commands in a project; whatever they leave running is ended with the test."""
    runs = []

    def start(project, target="all", prefix=(), command=None, **variables):
        command = [*prefix, *(command or make_command(target))]
        variables = {name: str(value) for name, value in variables.items()}
        runs.append(Run(project, command, _deadline(), variables))
        return runs[-1]

    yield start
    for run in runs:
        run.clear()


@pytest.fixture(scope="session")
def shared(tmp_path_factory, worker_id):
    """A folder that all workers share."""
    base = tmp_path_factory.getbasetemp()
    return base if worker_id == "master" else base.parent


@pytest.fixture(scope="session")
def copy_of_project(shared):
    """Copy the project as it was when the tests began, with the small study in a folder of it.

    It has few steps of each kind: a build is short. `whole_copy` gives the project as it is.
    """

    def take(folder):
        project = project_copy(folder / "project")
        leave_few_steps(project)
        small_study(project / SMALL["DATA"])

    snapshot = _once(shared / "cut", take) / "project"
    return lambda folder: shutil.copytree(snapshot, folder, symlinks=True)


@pytest.fixture
def project(tmp_path, copy_of_project):
    """A copy of the project of one's own, with few steps and the small study."""
    return copy_of_project(tmp_path / "project")


@pytest.fixture(scope="session")
def small_project(shared, copy_of_project):
    """A project in which the small study was made undisturbed; to be copied or read only."""

    def build(folder):
        _undisturbed(copy_of_project(folder / "project"), **SMALL)

    return _once(shared / "small", build) / "project"


@pytest.fixture(scope="session")
def small(small_project):
    """What an undisturbed make of the small study gives: {path: bytes}."""
    return contents(small_project / SMALL["OUT"] / "results")


@pytest.fixture(scope="session")
def edited(shared, copy_of_project):
    """What the study's user has in hand of the small study after `edit`: {path: bytes}."""

    def build(folder):
        project = copy_of_project(folder / "project")
        edit(project / SMALL["DATA"])
        _undisturbed(project, **SMALL)

    return in_hand(_once(shared / "edited", build) / "project" / SMALL["OUT"])


@pytest.fixture
def made(tmp_path, small_project):
    """A project of one's own in which the small study was made."""
    return shutil.copytree(small_project, tmp_path / "project", symlinks=True)


@pytest.fixture(scope="session")
def whole_copy(shared):
    """Copy the whole project as it was when the tests began."""
    snapshot = _once(shared / "snapshot", lambda folder: project_copy(folder / "project"))
    return lambda folder: shutil.copytree(snapshot / "project", folder, symlinks=True)


@pytest.fixture
def whole_project(tmp_path, whole_copy):
    """A copy of the whole project of one's own."""
    return whole_copy(tmp_path / "project")


@pytest.fixture(scope="session")
def made_project(shared, whole_copy):
    """A copy of the project in which make has run undisturbed; to be read only."""

    def build(folder):
        began = time.monotonic()
        _undisturbed(whole_copy(folder / "project"))
        (folder / "seconds").write_text(str(time.monotonic() - began))

    return _once(shared / "whole", build) / "project"


@pytest.fixture(scope="session")
def whole(made_project):
    """What an undisturbed make of the article's study gives: {path: bytes}."""
    return contents(made_project / "results")


def _undisturbed(project, **variables):
    variables = {name: str(value) for name, value in variables.items()}
    run = Run(project, make_command("all"), _deadline(), variables)
    status = run.finish()
    run.clear()
    assert status == 0, run.said


def _once(folder, build):
    """Build a folder in whichever worker comes first; the others wait for it."""
    with FileLock(f"{folder}.lock"):
        done = Path(f"{folder}.done")
        if not done.exists():
            shutil.rmtree(folder, ignore_errors=True)  # of a build that failed
            folder.mkdir()
            build(folder)
            done.touch()
    return folder


def pytest_terminal_summary(terminalreporter):
    """Say what ran, how much of it, and what did not and why."""
    groups = defaultdict(list)
    for outcome in ("passed", "failed", "error", "skipped"):
        for report in terminalreporter.stats.get(outcome, []):
            if report.when == "call" or outcome != "passed":
                test = report.nodeid.rpartition("::")[2].partition("[")[0].removeprefix("test_")
                groups[test.replace("_", " "), outcome].append(report)
    terminalreporter.section("make stress")
    for (test, outcome), reports in sorted(groups.items()):
        notes = dict.fromkeys(note for report in reports for note in _notes(report))
        count = f" x {len(reports)}" if len(reports) > 1 else ""
        terminalreporter.line(f"{outcome:8}{test}{count}")
        for note in notes:
            terminalreporter.line(f"            {note}")
    terminalreporter.line(f"STRESS_SEED={os.environ['STRESS_SEED']} repeats the random choices.")


def _notes(report):
    """What a test says of what it did, or why it did nothing."""
    if report.skipped:
        yield report.longrepr[2].removeprefix("Skipped: ")
    yield from (text for name, text in report.user_properties if name == "ran")
