"""The process that makes the pages: started ahead of time, it ends with its owner or does its work."""

import os
import select
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sphinx.search.en import SearchEnglish

from pipeline.site import write
from pipeline.site.sphinx_build import process as sphinx_process
from pipeline.site.sphinx_build.extension import Search
from pipeline.site.write import prepare, write_site
from tests.carried_out import contents
from tests.small_study import small_study

OWNER = """
import sys
from pipeline.site.sphinx_build import process as sphinx_process
from pipeline.site.write import prepare
prepare()
print(sphinx_process._early[0][0].pid, flush=True)
sys.stdin.readline()
"""
LONGEST = 60  # seconds; a process that does not end would otherwise hold up all tests


@pytest.fixture
def early():
    """The process, started before there is anything to do."""
    prepare()
    yield sphinx_process._early[0][0]
    sphinx_process.dismiss()


@pytest.mark.skipif(not hasattr(os, "pidfd_open"), reason="no way to wait for another's process")
@pytest.mark.parametrize("how", ["in peace", signal.SIGTERM, signal.SIGKILL])
def test_a_process_that_was_never_called_ends_with_its_owner(how):
    command = [sys.executable, "-c", OWNER]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as owner:
        waiting = os.pidfd_open(int(owner.stdout.readline()))
        assert select.select([waiting], [], [], 0)[0] == []
        owner.stdin.close() if how == "in peace" else owner.send_signal(how)
        assert select.select([waiting], [], [], LONGEST)[0] == [waiting]
    os.close(waiting)


@pytest.mark.parametrize("killed", [True, pytest.param(False, marks=pytest.mark.long)])
def test_the_early_process_makes_the_pages_or_another_where_it_was_killed(early, killed, tmp_path):
    if killed:
        early.kill()
        early.wait()
    (tmp_path / "index.rst").write_text("A page\n======\n")
    folders = {"srcdir": tmp_path, "outdir": tmp_path / "new", "doctreedir": tmp_path / "trees"}
    options = {name: str(path) for name, path in folders.items()}
    options |= {"confdir": None, "buildername": "text"}
    assert sphinx_process.build(options, os.environ) == (0, "")
    assert (tmp_path / "new/index.txt").read_text().startswith("A page\n")
    assert early.returncode == (-signal.SIGKILL if killed else 0)


@pytest.mark.long
def test_the_early_process_makes_a_whole_site_and_several_make_the_same(
    early, tmp_path, monkeypatch
):
    monkeypatch.setattr("pipeline.site.pages.reference.PACKAGE", Path("analysis/composite"))
    places, made = small_study(tmp_path / "study")
    assert write_site(places, made, processes=1) == ""
    assert early.returncode == 0
    alone = contents(places.results / "site")
    assert Path("index.html") in alone
    assert write_site(places, made, processes=3) == ""
    assert contents(places.results / "site") == alone


def test_one_that_dies_as_it_is_called_is_a_status(early):
    early.kill()
    early.wait()
    early.poll = lambda: None  # it seemed to live
    assert sphinx_process.build({}, os.environ) == (-signal.SIGKILL, "")


def test_it_is_started_once_and_dismissed(early):
    prepare()
    assert [process for process, _ in sphinx_process._early] == [early]
    sphinx_process.dismiss()
    assert early.returncode is not None
    assert sphinx_process._early == []


def test_a_process_that_cannot_be_started_early_is_no_failure(monkeypatch):
    def full(_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(sphinx_process, "_begin", full)
    prepare()
    assert sphinx_process._early == []
    with pytest.raises(OSError, match="No space left"):
        sphinx_process.build({}, os.environ)


@pytest.mark.long
def test_early_imports_bring_what_sphinx_needs():
    code = (
        "import sys; from pipeline.site.sphinx_build.imports import EARLY, import_early; import_early(); "
        "print(*[name in sys.modules for name in EARLY])"
    )
    command = [sys.executable, "-c", code]
    run = subprocess.run(command, capture_output=True, text=True, check=True)
    assert {*run.stdout.split()} == {"True"}


@given(st.from_regex(r"\w+", fullmatch=True) | st.sampled_from(["Tables", "10ths", "x1", "İ", "K"]))
def test_a_word_has_the_stem_that_sphinx_gives_it(word):
    assert Search({}).stem(word) == SearchEnglish({}).stem(word)


@pytest.mark.parametrize(("processes", "threads"), [(False, 1), (True, 2)])
def test_sources_are_written_two_at_a_time_only_where_there_are_processes(
    processes, threads, monkeypatch, tmp_path
):
    pools, called = [], []

    class Pool(ThreadPoolExecutor):
        def __init__(self, most):
            pools.append(most)
            super().__init__(most)

    monkeypatch.setattr(write, "ThreadPoolExecutor", Pool)
    monkeypatch.setattr(write, "has_processes", lambda: processes)
    monkeypatch.setattr(write, "call_in_process", lambda target, *_: called.append(target))
    write._write_sources(None, [], tmp_path / "source")
    assert (pools, sorted(called)) == ([threads], sorted([write.REFERENCE, write.SOURCES]))
