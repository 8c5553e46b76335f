"""Begin the environment .venv; `make` calls this file with whichever Python there is.

Nothing is installed when it runs, and an old Python must understand enough of it to say that it is
too old.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from statistics import median

OLDEST = (3, 11)
ROUNDS = 7
WORTH = 0.92  # another Python is taken where it needs less than this share of the time
WHERE = "import sys; print(sys.executable)"  # what stands on the PATH may only lead to it
# what notebooks mostly do: calls, attributes, dictionaries, texts; a Python that cannot make
# environments ends with an error
PROBE = """
import ensurepip, sqlite3, ssl, timeit, venv

class Row:
    def __init__(self, name, values):
        self.name, self.values = name, values

    def total(self, factor=1):
        return sum(value * factor for value in self.values if isinstance(value, int))

def work():
    rows = [Row(str(number), [number, number + 1, None]) for number in range(500)]
    found = {row.name: row.total(factor=2) for row in rows}
    return ", ".join(sorted(name for name, total in found.items() if total % 3))

print(min(timeit.repeat(work, number=5, repeat=6)))
"""


def main(may_choose):
    """Make .venv anew, with this Python, or the fastest of its version where that may be chosen."""
    if sys.version_info < OLDEST:
        version = sys.version.split()[0]
        sys.exit("Python 3.11 or newer is needed (make PYTHON=path/to/python); this is " + version)
    here = str(Path.cwd())
    if re.search("[{}$\n\r\udc80-\udcff]", here):
        what = "The name of this folder holds a sign that Python packages cannot be built with"
        sys.exit(what + ": " + ascii(here))
    print("Making the environment .venv (once) ...", flush=True)
    python = fastest([sys.executable, *others()], seconds) if may_choose else sys.executable
    if python != sys.executable:
        print(f"with {python}, which is faster than {sys.executable} (PYTHON= decides)", flush=True)
    sys.exit(subprocess.call([python, "-m", "venv", "--clear", ".venv"]))


def others():
    """List the other Pythons of this version that the PATH leads to."""
    name = "python{}.{}".format(*sys.version_info)
    found = [shutil.which(name, path=folder) for folder in os.get_exec_path()]
    real = [os.path.realpath(_asked(path, WHERE) or sys.executable) for path in found if path]
    return sorted(set(real) - {os.path.realpath(sys.executable)})


def fastest(pythons, measured):
    """Choose the Python that is measured fastest; the first where no other is clearly faster.

    They take turns, and each is compared with the first in the same turn, since a machine's pace
    changes from moment to moment. One built with the profile of a run, as distributions build
    theirs, needs three quarters of the time.

    >>> fastest(["here", "there"], {"here": 4.0, "there": 3.0}.get)
    'there'
    >>> fastest(["here", "there"], {"here": 4.0, "there": 3.9}.get)
    'here'
    """
    first, *rest = pythons
    if not rest:
        return first
    turns = [[measured(python) for python in pythons] for _ in range(ROUNDS)]
    shares = {
        python: median(turn[place] / turn[0] for turn in turns)
        for place, python in enumerate(rest, 1)
    }
    best = min(shares, key=shares.get)
    return best if shares[best] < WORTH else first


def seconds(python):
    """Measure a Python; one that cannot make environments never ends."""
    return float(_asked(python, PROBE) or "inf")


def _asked(python, code):
    """Return what a Python prints; nothing where it fails."""
    try:
        command = [python, "-I", "-c", code]
        said = subprocess.run(command, capture_output=True, timeout=60, check=True, text=True)
    except (OSError, ValueError, subprocess.SubprocessError):
        return ""
    return said.stdout.strip()


if __name__ == "__main__":
    main(may_choose="--fastest" in sys.argv)
