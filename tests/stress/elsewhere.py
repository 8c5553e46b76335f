"""Surroundings other than usual: clocks, locales, places; without what a machine cannot offer."""

import locale
import os
import shutil
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

CLOCK = Path(__file__).with_name("clock.c")
GERMAN = "de_DE.UTF-8"
FOLDER = "кластеры и данные 2017"


def clock(day, folder):
    """An environment whose calendar begins at a day; waiting takes as long as ever.

    libfaketime moves the clock that Python sleeps by, too, and then no kernel starts.
    """
    library = folder / "clock.so"
    subprocess.run(["cc", "-shared", "-fPIC", "-o", library, CLOCK, "-ldl"], check=True)
    begin = datetime.fromisoformat(day).replace(tzinfo=UTC).timestamp() + 60
    moved = {"LD_PRELOAD": str(library), "CLOCK_SHIFT": str(int(begin - time.time()))}
    today = [sys.executable, "-c", "import datetime; print(datetime.date.today())"]
    run = subprocess.run(today, env=os.environ | moved, capture_output=True, text=True, check=True)
    assert run.stdout.strip() == day
    return moved


def settings(folder):
    """An environment with a user's own style for pictures, and own start of IPython."""
    start = folder / "ipython/profile_default/startup/mine.py"
    start.parent.mkdir(parents=True)
    start.write_text("import numpy; numpy.sqrt = numpy.abs")
    (folder / "matplotlibrc").write_text("figure.facecolor: red\nlines.linewidth: 9\n")
    modules = folder / "modules"  # another project's, of a name that is taken
    modules.mkdir()
    (modules / "random.py").write_text("raise SystemError")
    return {
        "MATPLOTLIBRC": str(folder / "matplotlibrc"),
        "IPYTHONDIR": str(folder / "ipython"),
        "PYTHONPATH": str(modules),
        "PYTHONWARNINGS": "error",
    }


def nowhere(folder):
    """An environment with no home, and a long way to the temporary files."""
    far = folder / ("x" * 90)
    far.mkdir()
    return {"HOME": "/proc/nobody", "TMPDIR": str(far)}


SURROUNDINGS = {
    "1970, no locale": {"clock": "1970-01-02", "LC_ALL": "C"},
    "2038, decimal commas": {"clock": "2038-02-01", "LC_ALL": GERMAN, "LANG": GERMAN},
    "far away, private, hashed at random": {
        "TZ": "Pacific/Kiritimati",
        "umask": "077",
        "PYTHONHASHSEED": "random",
    },
    "no home, no such language, far temporary files": {
        "nowhere": "yes",
        "LANG": "xx_XX.UTF-8",
        "LC_ALL": "xx_XX.UTF-8",
    },
    "spaces and Cyrillic, a user with settings": {"folder": FOLDER, "settings": "own"},
}


def has_locale(name):
    before = locale.setlocale(locale.LC_ALL)
    try:
        locale.setlocale(locale.LC_ALL, name)
    except locale.Error:
        return False
    finally:
        locale.setlocale(locale.LC_ALL, before)
    return True


def possible(name, folder):
    """Give (the environment, umask and folder of surroundings, what this machine cannot offer)."""
    wanted, lacking = dict(SURROUNDINGS[name]), []
    if wanted.pop("settings", None):
        wanted |= settings(folder)
    if wanted.pop("nowhere", None):
        wanted |= nowhere(folder)
    if day := wanted.pop("clock", None):
        if shutil.which("cc"):
            wanted |= clock(day, folder)
        else:
            lacking.append("no C compiler to move the calendar (apt-get install gcc libc6-dev)")
    if wanted.get("LC_ALL") == GERMAN and not has_locale(GERMAN):
        del wanted["LC_ALL"], wanted["LANG"]
        lacking.append(f"the locale {GERMAN} is not installed")
    return wanted, lacking
