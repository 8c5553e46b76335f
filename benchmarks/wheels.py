"""Ask the package index whether every locked package has a wheel: `python -m benchmarks.wheels`.

For each Python that pyproject.toml admits, on Linux, macOS and Windows. `make lock` asks it for the
new locks, named as arguments, before they take the place of the old.
"""

import re
import subprocess
import sys
import tempfile
import tomllib
from itertools import product
from pathlib import Path

SYSTEMS = ("linux", "macos", "windows")
UV = str(Path(sys.executable).with_name("uv"))
LOCKS = ("requirements.lock", "requirements-uv.lock")


def pythons():
    """List the Pythons that pyproject.toml admits.

    >>> pythons()[0]
    '3.11'
    """
    project = tomllib.loads(Path("pyproject.toml").read_text(encoding="utf-8"))["project"]
    oldest, beyond = map(int, re.findall(r"3\.(\d+)", project["requires-python"]))
    return [f"3.{minor}" for minor in range(oldest, beyond)]


def main(locks):
    """Ask for each; the exit status is 1 where a wheel is missing."""
    failed = [case for case in product(pythons(), SYSTEMS) if not _has_wheels(locks, *case)]
    sys.exit(1 if failed else 0)


def _has_wheels(locks, python, system):
    with tempfile.TemporaryDirectory() as target:
        command = [
            UV, "pip", "install", "-q", "--dry-run", "--only-binary", ":all:", "--require-hashes",
            "--python-version", python, "--python-platform", system, "--target", target,
            *(word for lock in locks for word in ("-r", lock)),
        ]  # fmt: skip
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    said = "" if done.returncode == 0 else f"\n{done.stderr.strip()}"
    print(f"Python {python} on {system}: {'no wheel' if said else 'wheels for all'}{said}")
    return not said


if __name__ == "__main__":
    main(sys.argv[1:] or LOCKS)
