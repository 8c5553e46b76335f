"""Surroundings other than usual: clocks, locales, places; skipped where missing."""

import locale
from pathlib import Path

import pytest

FAKETIME = sorted(Path("/usr/lib").rglob("libfaketimeMT.so.1"))
GERMAN = "de_DE.UTF-8"
FOLDER = "кластеры и данные 2017"


def clock(moment):
    """An environment whose clock starts at a moment; waiting still takes as long as it takes."""
    return {
        "LD_PRELOAD": str(FAKETIME[0]) if FAKETIME else "",
        "FAKETIME": f"@{moment}",
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        "NO_FAKE_STAT": "1",
    }


SURROUNDINGS = {
    "1970": clock("1970-01-02 00:00:00"),
    "2038": clock("2038-02-01 00:00:00"),
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
    if "FAKETIME" in surroundings and not FAKETIME:
        pytest.skip("libfaketime is not installed (apt-get install faketime)")
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
        wanted = known.get("LC_ALL")
        if (FAKETIME or "FAKETIME" not in known) and (wanted is None or has_locale(wanted)):
            joined |= known
    return joined
