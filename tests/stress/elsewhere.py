"""Surroundings other than usual: clocks, locales, places; skipped where missing."""

import locale
import os
import shutil
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

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


SURROUNDINGS = {
    "1970": {"clock": "1970-01-02"},
    "2038": {"clock": "2038-02-01"},
    "no locale": {"LC_ALL": "C"},
    "decimal commas": {"LC_ALL": GERMAN, "LANG": GERMAN},
    "far away, private, hashed at random": {
        "TZ": "Pacific/Kiritimati",
        "umask": "077",
        "PYTHONHASHSEED": "random",
    },
    "spaces and Cyrillic": {"folder": FOLDER},
}


def needs(surroundings):
    """Skip what this machine cannot offer, with the reason."""
    if "clock" in surroundings and not shutil.which("cc"):
        pytest.skip("no C compiler to make a moved clock (apt-get install gcc libc6-dev)")
    if surroundings.get("LC_ALL") == GERMAN and not has_locale(GERMAN):
        pytest.skip(f"the locale {GERMAN} is not installed")


def has_locale(name):
    before = locale.setlocale(locale.LC_ALL)
    try:
        locale.setlocale(locale.LC_ALL, name)
    except locale.Error:
        return False
    finally:
        locale.setlocale(locale.LC_ALL, before)
    return True


def possible(*names):
    """Join several surroundings, without what this machine cannot offer."""
    joined = {}
    for name in names:
        known = SURROUNDINGS[name]
        if "LC_ALL" not in known or has_locale(known["LC_ALL"]):
            joined |= known
    return joined
