"""Clock, locale, time zone, place, umask and hash seed: other surroundings, the same bytes."""

import locale
from pathlib import Path

import pytest
from processes import contents, difference
from studies import SMALL

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
    "decimal commas": {"LC_ALL": GERMAN, "LANG": GERMAN},
    "no locale": {"LC_ALL": "C"},
    "far away": {"TZ": "Pacific/Kiritimati"},
    "private files": {"umask": "077"},
    "random hashes": {"PYTHONHASHSEED": "random"},
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


def make_in(surroundings, start, copy_of_project, tmp_path, **places):
    """Run make in other surroundings, from a copy of the project; return that copy."""
    variables = dict(surroundings)
    folder = tmp_path / variables.pop("folder", "project")
    umask = variables.pop("umask", None)
    copy_of_project(folder)
    prefix = ["sh", "-c", f'umask {umask}; exec "$@"', "sh"] if umask else []
    run = start(folder, prefix=prefix, **places, **variables)
    assert run.finish() == 0, run.said
    run.gone()
    assert run.left_behind() == []
    return folder


@pytest.mark.parametrize("name", SURROUNDINGS)
def test_the_same_bytes(name, start, copy_of_project, small, tmp_path):
    needs(SURROUNDINGS[name])
    out = make_in(SURROUNDINGS[name], start, copy_of_project, tmp_path, **SMALL) / "study/out"
    assert difference(contents(out / "results"), small) == {}
    if name == "private files":
        assert {path.stat().st_mode & 0o077 for path in out.rglob("*") if path.is_file()} == {0}


def test_the_whole_study_with_everything_different_at_once(
    start, copy_of_project, whole, tmp_path, record_property
):
    possible = {}
    for name, surroundings in SURROUNDINGS.items():
        absent = "FAKETIME" in surroundings and not FAKETIME
        if not absent and name not in ("1970", "no locale"):
            possible |= surroundings
    if possible["LC_ALL"] == GERMAN and not has_locale(GERMAN):
        possible |= {"LC_ALL": "C", "LANG": "C"}
    project = make_in(possible, start, copy_of_project, tmp_path)
    assert difference(contents(project / "results"), whole) == {}
    record_property("ran", ", ".join(f"{k}={v}" for k, v in possible.items() if k != "LD_PRELOAD"))
