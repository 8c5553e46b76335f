"""The build: only what is stale, nothing half-written taken for good, failures in sentences."""

import contextlib
import io
import sqlite3
from asyncio import CancelledError

import pytest

from pipeline.build.progress import Progress
from pipeline.build.steps import Build, Step


class Kitchen:
    """Two steps in a chain, and a count of how often each was done."""

    def __init__(self, folder):
        self.folder, self.done = folder, []
        (folder / "in.txt").write_text("1")

    def steps(self, settings=None, fail=()):
        first = Step(
            "first",
            lambda: self.make("first", fail),
            [self.folder / "in.txt"],
            [self.folder / "mid.txt"],
            settings or {},
        )
        second = Step(
            "second",
            lambda: self.make("second", fail),
            [self.folder / "mid.txt"],
            [self.folder / "out.txt"],
        )
        return [first, second]

    def make(self, name, fail):
        self.done.append(name)
        if name in fail:
            raise OSError(28, "No space left on device", "somewhere")
        source, target = {"first": ("in", "mid"), "second": ("mid", "out")}[name]
        text = (self.folder / f"{source}.txt").read_text()
        (self.folder / f"{target}.txt").write_text(text)

    def run(self, **options):
        self.done.clear()
        with Build(self.folder / "memory") as build:
            return build.run(self.steps(**options), Progress(2, io.StringIO()))

    def stale(self, **options):
        with Build(self.folder / "memory") as build:
            return build.stale(self.steps(**options))


@pytest.fixture
def kitchen(tmp_path):
    return Kitchen(tmp_path)


def test_everything_is_done_once(kitchen):
    assert kitchen.run() == {}
    assert kitchen.done == ["first", "second"]
    kitchen.run()
    assert kitchen.done == []
    assert kitchen.stale() == {}


def test_a_changed_input_makes_what_rests_on_it_stale(kitchen):
    kitchen.run()
    (kitchen.folder / "in.txt").write_text("2")
    stale = kitchen.stale()
    assert list(stale) == ["first", "second"]
    assert stale["first"] == [f"changed: {kitchen.folder / 'in.txt'}"]
    assert stale["second"] == [f"needs {kitchen.folder / 'mid.txt'}"]
    kitchen.run()
    assert kitchen.done == ["first", "second"]
    assert (kitchen.folder / "out.txt").read_text() == "2"


def test_what_was_looked_at_before_a_run_is_looked_at_again_in_it(kitchen):
    kitchen.run()
    (kitchen.folder / "in.txt").write_text("2")
    with Build(kitchen.folder / "memory") as build:
        assert list(build.stale(kitchen.steps())) == ["first", "second"]
        build.run(kitchen.steps(), Progress(2, io.StringIO()))
    assert kitchen.stale() == {}


def folder_steps(kitchen):
    """A step that writes a folder, and one that reads it."""
    site, out = kitchen.folder / "site", kitchen.folder / "out.txt"

    def write():
        kitchen.done.append("site")
        (site / "deep").mkdir(parents=True, exist_ok=True)
        for name in ("a.html", "deep/b.html"):
            (site / name).write_text((kitchen.folder / "in.txt").read_text())

    def read():
        kitchen.done.append("reader")
        out.write_text((site / "deep" / "b.html").read_text())

    return [
        Step("site", write, [kitchen.folder / "in.txt"], [site]),
        Step("reader", read, [site], [out]),
    ]


@pytest.mark.parametrize("harm", ["delete", "edit", "add", "change the input"])
def test_a_folder_stands_for_all_files_in_it(kitchen, harm):
    def run():
        kitchen.done.clear()
        with Build(kitchen.folder / "memory") as build:
            build.run(folder_steps(kitchen), Progress(2, io.StringIO()))

    run()
    run()
    assert kitchen.done == []
    inner = kitchen.folder / "site" / "deep" / "b.html"
    if harm == "delete":
        inner.unlink()
    elif harm == "edit":
        inner.write_text("forged")
    elif harm == "add":
        inner.with_name("c.html").write_text("forged")
    else:
        (kitchen.folder / "in.txt").write_text("2")
    run()
    assert kitchen.done[0] == "site"
    assert (kitchen.folder / "out.txt").read_text() == (kitchen.folder / "in.txt").read_text()


def test_a_folder_that_is_no_longer_made_goes(kitchen):
    steps = folder_steps(kitchen)
    with Build(kitchen.folder / "memory") as build:
        build.run(steps, Progress(2, io.StringIO()))
        build.forget_others([])
    assert not (kitchen.folder / "site").exists()


def test_a_touched_input_is_not_changed(kitchen):
    kitchen.run()
    (kitchen.folder / "in.txt").write_text("1")
    kitchen.run()
    assert kitchen.done == []


@pytest.mark.parametrize("harm", ["delete", "edit"])
def test_an_output_that_was_harmed_is_made_again(kitchen, harm):
    kitchen.run()
    out = kitchen.folder / "out.txt"
    out.unlink() if harm == "delete" else out.write_text("forged")
    assert list(kitchen.stale()) == ["second"]
    kitchen.run()
    assert kitchen.done == ["second"]
    assert out.read_text() == "1"


def test_changed_settings_make_a_step_stale(kitchen):
    kitchen.run()
    kitchen.run(settings={"a": 1})
    assert kitchen.done[0] == "first"


def test_a_failure_is_a_sentence_and_is_tried_again(kitchen):
    failed = kitchen.run(fail=("first",))
    assert failed["first"] == "No space left on device: somewhere"
    assert "second" in failed
    kitchen.run()
    assert kitchen.done == ["first", "second"]


def test_a_failing_step_does_not_stop_the_others(kitchen):
    kitchen.run()
    (kitchen.folder / "out.txt").unlink()
    failed = kitchen.run(settings={"a": 1}, fail=("first",))
    assert list(failed) == ["first", "second"]
    assert (kitchen.folder / "mid.txt").read_text() == "1"


@pytest.mark.parametrize("ending", [CancelledError, SystemExit, GeneratorExit])
def test_whatever_ends_a_step_is_a_failure(tmp_path, ending):
    """These are no Exceptions: the step's thread would end, and the run wait for ever."""

    def end():
        raise ending("the kernel is gone")

    with Build(tmp_path / "memory") as build:
        step = Step("first", end, [], [tmp_path / "out.txt"])
        failed = build.run([step], Progress(1, io.StringIO()))
    assert "the kernel is gone" in failed["first"]


def test_a_broken_memory_costs_time_and_nothing_else(kitchen):
    kitchen.run()
    (kitchen.folder / "memory" / "state.db").write_bytes(b"not a database at all, by far")
    kitchen.run()
    assert kitchen.done == ["first", "second"]


def test_what_is_no_longer_made_is_removed(kitchen):
    kitchen.run()
    with Build(kitchen.folder / "memory") as build:
        build.forget_others(kitchen.steps()[:1])
    assert not (kitchen.folder / "out.txt").exists()
    assert (kitchen.folder / "mid.txt").exists()


def test_an_input_changed_while_a_step_runs_is_seen_next_time(kitchen):
    steps = kitchen.steps()
    slow = Step(
        "first",
        lambda: (kitchen.make("first", ()), (kitchen.folder / "in.txt").write_text("9")),
        steps[0].inputs,
        steps[0].outputs,
    )
    with Build(kitchen.folder / "memory") as build:
        build.run([slow], Progress(1, io.StringIO()))
    assert "first" in kitchen.stale()


def test_a_memory_of_another_form_is_begun_anew(kitchen):
    kitchen.run()
    file = kitchen.folder / "memory" / "state.db"
    file.unlink()
    with contextlib.closing(sqlite3.connect(file)) as connection:
        connection.execute("create table doit (x integer)")
    kitchen.run()
    assert kitchen.done == ["first", "second"]
