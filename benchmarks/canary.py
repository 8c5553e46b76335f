"""Try the study with the newest versions of all packages: which outputs move, and what changed.

`make canary` makes an environment without the lock in a temporary folder, runs the whole study
there and compares every output with those of the locked environment in `results/`. It needs a
network, and ends in status 1 when an output moves or the study fails.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import numpy as np
import pandas as pd

ROOT = Path(__file__).resolve().parents[1]
LEFT_OUT = (".git", ".venv", ".build", "results", ".hypothesis", ".pytest_cache", "*.egg-info")
FREEZE = "import importlib.metadata as m; [print(d.name, d.version) for d in m.distributions()]"


def main():
    """Run the study twice over and print what moves; return the exit status."""
    subprocess.run([sys.executable, "-m", "pipeline", "all"], cwd=ROOT, check=True)
    with tempfile.TemporaryDirectory(prefix="canary-") as folder:
        project = Path(folder) / "project"
        shutil.copytree(ROOT, project, ignore=shutil.ignore_patterns(*LEFT_OUT))
        python = newest_environment(Path(folder) / "newest", project)
        print(*newer_packages(python), sep="\n")
        run = subprocess.run([python, "-m", "pipeline", "all"], cwd=project, check=False)
        moves = moved(ROOT / "results", project / "results")
    print("\n".join(moves) or "No output moves.")
    if run.returncode:
        print(f"The study ended in status {run.returncode} with the newest packages.")
    return 1 if moves or run.returncode else 0


def newest_environment(folder, project):
    """Make an environment of the newest releases, whatever upper bounds pyproject.toml names."""
    uv = Path(sys.executable).with_name("uv")
    python = folder / Path(sys.executable).relative_to(sys.prefix)
    subprocess.run([uv, "venv", "-q", "--python", sys.executable, folder], check=True)
    names = unbounded(tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8")))
    install = [uv, "pip", "install", "-q", "--python", python]
    subprocess.run([*install, "--upgrade", *names], check=True)
    subprocess.run([*install, "--no-deps", "--no-build-isolation", "-e", project], check=True)
    return python


def unbounded(pyproject):
    """List what the project needs with its lower bounds only.

    >>> unbounded({"project": {"dependencies": ["numpy>=2.4,<3", "doit"]}})
    ['numpy>=2.4', 'doit']
    """
    project = pyproject["project"]
    extras = [line for lines in project.get("optional-dependencies", {}).values() for line in lines]
    return [re.sub(r",?<=?[\d.]+", "", line) for line in [*project["dependencies"], *extras]]


def newer_packages(python):
    """Say which packages differ from those of this environment."""
    run = subprocess.run([python, "-c", FREEZE], capture_output=True, text=True, check=True)
    for name, newest in sorted(line.split() for line in run.stdout.splitlines()):
        if (locked := _locked(name)) != newest:
            yield f"{name:30} {locked:>12} -> {newest}"


def _locked(name):
    try:
        return version(name)
    except PackageNotFoundError:
        return "none"


def moved(before, after):
    """List the outputs that differ between two results folders; for a table, by how much."""
    names = {
        path.relative_to(folder).as_posix()
        for folder in (before, after)
        for path in folder.rglob("*")
        if path.is_file() and path.name != "manifest.json"  # it lists the versions themselves
    }
    return [
        f"moves: {name} ({_how(before / name, after / name)})"
        for name in sorted(names)
        if not (before / name).is_file()
        or not (after / name).is_file()
        or (before / name).read_bytes() != (after / name).read_bytes()
    ]


def _how(before, after):
    if not before.is_file() or not after.is_file():
        return "there only with the newest" if after.is_file() else "gone with the newest"
    if before.suffix != ".csv":
        return "other bytes"
    one, two = pd.read_csv(before), pd.read_csv(after)
    if one.shape != two.shape or list(one) != list(two):
        return f"{one.shape[0]} rows before, {two.shape[0]} after"
    numbers = one.select_dtypes("number").columns.intersection(two.select_dtypes("number").columns)
    gap = np.abs(one[numbers] - two[numbers]).to_numpy()
    changed = (one.astype(str) != two.astype(str)).to_numpy().sum()
    largest = np.nanmax(gap) if np.isfinite(gap).any() else 0
    return f"{changed} cells, numbers by at most {largest:.3g}"


if __name__ == "__main__":
    os.chdir(ROOT)
    sys.exit(main())
