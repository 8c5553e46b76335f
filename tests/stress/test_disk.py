"""A full disk, a read-only folder, two makes at once: a sentence, and what stood before stands."""

import os
import shutil
import subprocess

import pytest
from processes import contents, difference
from studies import SMALL, edit, in_hand

SIZE = 40 << 20  # bytes of the small disk
FULL = ("No space left on device", "disk is full")
MANIFEST = (
    "results/manifest.json"  # stands only beside results that are whole: goes as a run begins
)


def mounted(folder, *options):
    """Mount at a folder; skip where that is not allowed."""
    run = subprocess.run(
        ["mount", *options, str(folder)], capture_output=True, text=True, check=False
    )
    if run.returncode:
        pytest.skip(f"cannot mount here (needs root): {run.stderr.strip()}")


@pytest.fixture
def mount():
    """Mount folders, and unmount them after the test, the last one first."""
    folders = []

    def mount(folder, *options):
        folder.mkdir(exist_ok=True)
        mounted(folder, *options)
        folders.append(folder)
        return folder

    yield mount
    for folder in reversed(folders):
        subprocess.run(["umount", "-l", str(folder)], check=True)


def ended_with_a_sentence(run, *words):
    status = run.finish()
    run.gone()
    assert status != 0
    assert any(word in run.said for word in words), run.said
    assert "Traceback" not in run.said, run.said


@pytest.mark.parametrize("free", [0, 2 << 20])
def test_a_full_disk(start, made, mount, edited, free):
    study = made / "study"
    (study / "out").rename(study / "whole")
    disk = mount(study / "out", "-t", "tmpfs", "-o", f"size={SIZE}", "none")
    shutil.copytree(study / "whole", disk, dirs_exist_ok=True)
    before = in_hand(disk)
    edit(study / "raw")
    ballast = disk / "ballast"
    with ballast.open("wb") as file:
        os.posix_fallocate(file.fileno(), 0, max(shutil.disk_usage(disk).free - free, 1))
    ended_with_a_sentence(start(made, **SMALL), *FULL)
    after = in_hand(disk)
    assert set(before) - set(after) <= {MANIFEST}
    for name, content in after.items():  # the one from before or the new one, whole
        assert content in (before.get(name), edited.get(name)), name
    ballast.unlink()
    assert start(made, **SMALL).finish() == 0
    assert difference(in_hand(disk), edited) == {}


def test_a_disk_that_is_too_small(start, project, small, mount):
    disk = mount(project / "study/out", "-t", "tmpfs", "-o", "size=256k", "none")
    ended_with_a_sentence(start(project, **SMALL), *FULL)
    assert all(small[name] == content for name, content in contents(disk / "results").items())
    mounted(disk, "-o", f"remount,size={SIZE}")
    assert start(project, **SMALL).finish() == 0
    assert difference(contents(disk / "results"), small) == {}


@pytest.mark.parametrize("folder", ["results", "processed", ".build"])
def test_a_read_only_folder(start, made, mount, folder):
    out = made / "study/out"
    before = in_hand(out)
    edit(made / "study/raw")
    if os.geteuid():
        for path in [out / folder, *(p for p in (out / folder).rglob("*") if p.is_dir())]:
            path.chmod(0o555)
    else:  # root writes whatever the permissions say
        mount(out / folder, "--bind", str(out / folder))
        mounted(out / folder, "-o", "remount,ro,bind")
    words = "Permission denied" if os.geteuid() else "Read-only file system"
    ended_with_a_sentence(start(made, **SMALL), words)
    changed = difference(in_hand(out), before)
    # the data come first and whole: they may be the new ones, the results are those from before
    assert folder != "processed" or changed == {}
    assert all(name.startswith("processed/") for name in changed)


def test_two_makes_at_once(start, project, small):
    runs = [start(project, **SMALL), start(project, **SMALL)]
    assert [run.finish() for run in runs] == [0, 0]
    said = [run.said for run in runs]
    assert sum("another make is at work in this folder" in text for text in said) == 1
    # the one that waited found everything done
    assert sum("[3/" in text for text in said) == 1
    assert difference(contents(project / "study/out/results"), small) == {}
