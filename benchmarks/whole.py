"""Whole runs: the article's study, the tests, and made-up studies of more and more clusters.

`make bench NAME=whole`. The ratio is to the first line. Made-up studies have ten indicators and
fifteen years. The last columns are what a cluster costs, in seconds, and the most memory that all
processes of the run took together. With `CLUSTERS=1000`, that many clusters and no other.
"""

import os
import shutil
import subprocess
import tempfile
import threading
import time
from pathlib import Path

import psutil

from benchmarks.notebooks import PROJECT, PYTHON, timed
from examples.make_synthetic import write_study

EVERYTHING = [*PYTHON, "pipeline", "all"]
SIZES = (10, 100, 300)
SLOWER, MOST = 1.0, 1000  # goals: cost of a cluster beside that at 100; MB of all processes
LOOK = 0.2  # seconds between two looks at the memory


def main():
    """Measure and print."""
    os.chdir(PROJECT)
    folder = Path(tempfile.mkdtemp())
    try:
        own = {"DATA": "data/raw", "OUT": str(folder / "own")}
        first = timed(*EVERYTHING, **own)
        print(f"{'what':40}{'seconds':>9}{'ratio':>8}{'a cluster':>11}{'MB':>7}")
        _row("make, from nothing", first, first)
        wanted = os.environ.get("CLUSTERS", "")
        if not wanted:
            _row("make test", timed("make", "test"), first)
        for size in [int(wanted)] if wanted else SIZES:
            seconds, memory = _made(folder, size)
            _row(f"make, {size} clusters", seconds, first, f"{seconds / size:11.2f}{memory:7.0f}")
        print(f"goals: a cluster costs at most {SLOWER} of its cost at 100; under {MOST:,} MB")
    finally:
        shutil.rmtree(folder)


def _made(folder, size):
    """Make a made-up study; return its seconds, and the most MB of all its processes together."""
    raw, out = folder / f"raw{size}", folder / f"out{size}"
    write_study(raw, clusters=size, indicators=10, years=15)
    environment = os.environ | {"DATA": str(raw), "OUT": str(out)}
    begin, seen = time.perf_counter(), [0.0]
    run = subprocess.Popen(EVERYTHING, env=environment, stdout=subprocess.DEVNULL)
    watch = threading.Thread(target=_watch, args=(run, seen), daemon=True)
    watch.start()
    status, seconds = run.wait(), time.perf_counter() - begin
    watch.join()
    if status:
        raise SystemExit(f"make of {size} clusters ended with {status}")
    shutil.rmtree(out)
    return seconds, max(seen) / 1e6


def _watch(run, seen):
    """Note the memory of a process and all its children until it ends; shared pages count once."""
    root = psutil.Process(run.pid)
    while run.poll() is None:
        seen.append(sum(map(_memory, [root, *root.children(recursive=True)])))
        time.sleep(LOOK)


def _memory(process):
    try:
        return process.memory_full_info().pss
    except psutil.Error:  # it ended meanwhile
        return 0


def _row(what, seconds, first, each=""):
    print(f"{what:40}{seconds:9.2f}{seconds / first:8.2f}{each}", flush=True)


if __name__ == "__main__":
    main()
