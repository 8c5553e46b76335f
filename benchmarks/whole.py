"""Whole runs: the article's study, the tests, and made-up studies of more and more clusters.

`make bench NAME=whole`. The ratio is to the first line. Made-up studies have ten indicators and
fifteen years; the last column is what a cluster costs, which should not rise with their number.
"""

import os
import shutil
import tempfile
from pathlib import Path

from benchmarks.notebooks import PROJECT, PYTHON, timed
from examples.make_synthetic import write_study

EVERYTHING = [*PYTHON, "pipeline", "all"]
SIZES = (10, 100, 300)


def main():
    """Measure and print."""
    os.chdir(PROJECT)
    folder = Path(tempfile.mkdtemp())
    try:
        own = {"DATA": "data/raw", "OUT": str(folder / "own")}
        first = timed(*EVERYTHING, **own)
        print(f"{'what':40}{'seconds':>9}{'ratio':>8}{'a cluster':>11}")
        _row("make, from nothing", first, first)
        _row("make test", timed("make", "test"), first)
        for size in SIZES:
            raw = folder / f"raw{size}"
            write_study(raw, clusters=size, indicators=10, years=15)
            out = {"DATA": str(raw), "OUT": str(folder / f"out{size}")}
            seconds = timed(*EVERYTHING, **out)
            _row(f"make, {size} clusters", seconds, first, f"{seconds / size:11.2f}")
            shutil.rmtree(folder / f"out{size}")
    finally:
        shutil.rmtree(folder)


def _row(what, seconds, first, each=""):
    print(f"{what:40}{seconds:9.2f}{seconds / first:8.2f}{each}", flush=True)


if __name__ == "__main__":
    main()
