"""Run times of the study beside papermill's command line: the same notebooks, one run, ratios.

`make bench NAME=notebooks`. Nothing of the project's own results is touched. The ratio
is to the first line. papermill's lines run the notebooks and nothing else; ours also write the
tables, the figures and the manifest.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from pipeline.build.graph import study_steps
from pipeline.places import Places

PROJECT = Path(__file__).resolve().parents[1]
PYTHON = [sys.executable, "-m"]


def main():
    """Measure and print."""
    os.chdir(PROJECT)
    folder = Path(tempfile.mkdtemp())
    try:
        rows = [*_ours(folder), *_papermill(folder)]
    finally:
        shutil.rmtree(folder)
    full = rows[0][1]
    print(f"{'what':52}{'seconds':>9}{'ratio':>8}")
    for what, seconds in rows:
        print(f"{what:52}{seconds:9.2f}{seconds / full:8.2f}")


def _ours(folder):
    variables = {"DATA": "data/raw", "OUT": str(folder / "forked")}
    everything = [*PYTHON, "pipeline", "all"]
    yield "everything, from nothing", timed(*everything, **variables)
    yield "everything again, nothing to do", timed(*everything, **variables)
    one = {"NAME": "04-trends", "SET": "base_year=2017", **variables}
    yield "one notebook, one changed parameter", timed(*PYTHON, "pipeline", "notebook", **one)
    tables = {"DATA": "data/raw", "OUT": str(folder / "tables")}
    yield "Tables 1-4 alone, from nothing", timed(*PYTHON, "pipeline", "tables", **tables)
    fresh = {"DATA": "data/raw", "OUT": str(folder / "fresh"), "FRESH": "1"}
    yield "everything, with fresh kernels", timed(*everything, **fresh)


def _papermill(folder):
    commands = _command_lines(folder)
    one = next(command for command in commands if "notebooks/04-trends.ipynb" in command)
    yield "papermill, the same one notebook", timed(*one, "-p", "base_year", "2017")
    makefile = folder / "Makefile"
    names = " ".join(f"run{number}" for number in range(len(commands)))
    rules = [f"all: {names}"]
    rules += [f"run{number}:\n\t{' '.join(c)}" for number, c in enumerate(commands)]
    makefile.write_text("\n".join(rules) + "\n")
    for name, jobs in (("command lines one by one", 1), ("make -j2", 2)):
        command = ("make", "-s", f"-j{jobs}", "-f", str(makefile))
        yield f"papermill, {len(commands)} notebooks, {name}", timed(*command)


def _command_lines(folder):
    """The runs of the study as papermill commands."""
    places = Places(Path("data/raw"), Path("data/processed"), folder, folder)
    steps, _ = study_steps(places)
    runs = [step for step in steps if step.outputs[0].suffix == ".ipynb"]
    return [_command(step, folder / f"{step.name}.ipynb") for step in runs]


def _command(step, output):
    name, _, value = step.name.partition("--")
    parameter = {"02": "table", "case": "cluster"}.get(name.split("-")[0])
    options = ["-p", parameter, value] if value else []
    return [*PYTHON, "papermill", f"notebooks/{name}.ipynb", str(output), "-k", "python3", *options]


def timed(*command, **variables):
    """Run a command with these variables in its environment; return the seconds it took."""
    start = time.perf_counter()
    environment = {**os.environ, **variables}
    subprocess.run(command, env=environment, check=True, capture_output=True)
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
