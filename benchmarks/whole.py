"""Whole runs: the article's study, the tests, and made-up studies of more and more clusters.

`make bench NAME=whole`. The ratio is to the first line. Made-up studies have ten indicators and
fifteen years; the last column is what a cluster costs, which should not rise with their number.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from examples.make_synthetic import write_study

PROJECT = Path(__file__).resolve().parents[1]
SIZES = (10, 100, 300)
TESTS = "pytest -q -n 3 --dist loadfile --nbval -p pipeline.check"


def main():
    """Measure and print."""
    os.chdir(PROJECT)
    folder = Path(tempfile.mkdtemp())
    try:
        own = {"DATA": "data/raw", "OUT": str(folder / "own")}
        first = _timed("pipeline", "all", **own)
        print(f"{'what':40}{'seconds':>9}{'ratio':>8}{'a cluster':>11}")
        _row("make, from nothing", first, first)
        _row("make test", _timed(*TESTS.split()), first)
        for size in SIZES:
            raw = folder / f"raw{size}"
            write_study(raw, clusters=size, indicators=10, years=15)
            out = {"DATA": str(raw), "OUT": str(folder / f"out{size}")}
            seconds = _timed("pipeline", "all", **out)
            _row(f"make, {size} clusters", seconds, first, f"{seconds / size:11.2f}")
            shutil.rmtree(folder / f"out{size}")
    finally:
        shutil.rmtree(folder)


def _row(what, seconds, first, each=""):
    print(f"{what:40}{seconds:9.2f}{seconds / first:8.2f}{each}", flush=True)


def _timed(*arguments, **variables):
    start = time.perf_counter()
    environment = {**os.environ, **variables}
    command = [sys.executable, "-m", *arguments]
    subprocess.run(command, env=environment, check=True, capture_output=True)
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
