"""What several test modules share: the project's root, and a study that may be damaged."""

import csv
import gc
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import settings
from offline import cut_network

from pipeline.kernels.garbage_collection import collect_less_often

# the same few examples every time, so that a result can be repeated and is soon there
settings.register_profile(
    "repeatable", max_examples=20, derandomize=True, deadline=None, database=None
)
# those of `make stress`, which draws new ones
settings.register_profile("new", max_examples=100, deadline=None, database=None)
settings.load_profile("repeatable")

NETWORK = "STUDY_TESTS_NETWORK"  # handed on to the processes that share the work
ROOT = Path(__file__).resolve().parents[1]


def pytest_configure():
    """Tests, and whatever they start, do without a network: `make` and all it makes, too."""
    collect_less_often()  # to seek garbage as often as is usual takes a fourth longer
    if NETWORK not in os.environ:
        os.environ[NETWORK] = cut_network()


def pytest_collection_finish():
    collect_less_often()  # what was imported since then stays, too


def pytest_unconfigure():
    """Let pytest look through all that is left once at the end, instead of five times."""
    gc.collect()
    collect_less_often()


def pytest_terminal_summary(terminalreporter):
    terminalreporter.line(f"While they ran, {os.environ[NETWORK]}.")


class Folder:
    """A copy of a data package, with the edits a careless or busy analyst makes."""

    def __init__(self, path):
        self.path = path

    def rows(self, table):
        with (self.path / f"{table}.csv").open(encoding="utf-8", newline="") as file:
            return list(csv.reader(file))

    def write(self, table, rows):
        with (self.path / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows(rows)

    def set(self, table, row, column, value):
        """Put a value in one cell; row 1 is the header."""
        rows = self.rows(table)
        rows[row - 1][rows[0].index(column)] = value
        self.write(table, rows)

    def get(self, table, row, column):
        rows = self.rows(table)
        return rows[row - 1][rows[0].index(column)]

    def descriptor(self):
        return json.loads((self.path / "datapackage.json").read_text(encoding="utf-8"))

    def write_descriptor(self, descriptor):
        text = json.dumps(descriptor, ensure_ascii=False)
        (self.path / "datapackage.json").write_text(text, encoding="utf-8")


@pytest.fixture
def raw(tmp_path):
    """A fresh copy of the article's data package."""
    shutil.copytree(ROOT / "data" / "raw", tmp_path / "raw")
    return Folder(tmp_path / "raw")


@pytest.fixture(scope="session")
def study():
    """The article's study, from its processed tables."""
    from analysis.study.loading import load_study

    return load_study()


@pytest.fixture(scope="session")
def made():
    """The folder of results of the article's study, after a make: it does what is stale, if any."""
    environment = {k: v for k, v in os.environ.items() if k not in ("DATA", "OUT")}
    command = [sys.executable, "-m", "pipeline", "all"]
    subprocess.run(command, check=True, env=environment, cwd=ROOT, stdout=subprocess.DEVNULL)
    return ROOT / "results"
