"""When nothing changed, make looks at the states of files only; any change leaves it to the build."""

import json
import os
import shutil
from types import SimpleNamespace

import pytest

from pipeline.build import up_to_date as unchanged
from pipeline.build.steps import Step
from pipeline.places import Places

LINES = ["Claims 75", "Warning: none"]


@pytest.fixture
def study(tmp_path):
    """A made study of one step, as it is remembered: its places."""
    folders = {name: tmp_path / name for name in ("raw", "processed", "results", "memory")}
    for folder in folders.values():
        folder.mkdir()
    places = Places(*folders.values())
    (places.raw / "a.csv").write_text("1\n")
    (places.results / "site" / "pages").mkdir(parents=True)
    for name in ("index.html", "pages/one.html"):
        (places.results / "site" / name).write_text("made\n")
    step = Step("site", None, [places.raw / "a.csv"], [places.results / "site"])
    unchanged.remember(places, unchanged.look([step]), LINES)
    return places


def made(monkeypatch, places):
    """Tell whether make left it to the build."""
    called = []
    build = SimpleNamespace(make=lambda _: called.append("build") or 7)
    monkeypatch.setattr(unchanged, "import_module", lambda _: build)
    assert unchanged.make(places) == (7 if called else 0)
    return bool(called)


def test_earlier_messages_are_repeated(study, monkeypatch, capsys):
    assert not made(monkeypatch, study)
    assert capsys.readouterr().out.splitlines() == LINES


def rewrite(path):
    """Other content of the same length, with the time of the old: only the system can tell."""
    before, text = path.stat(), path.read_text().swapcase().replace("1", "2")
    while path.stat().st_ctime_ns == before.st_ctime_ns:  # the system's own times have steps
        path.write_text(text)
        os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


CHANGES = {
    "an input edited": lambda s: (s.raw / "a.csv").write_text("22\n"),
    "an input rewritten with its time": lambda s: rewrite(s.raw / "a.csv"),
    "an input gone": lambda s: (s.raw / "a.csv").unlink(),
    "an input beside": lambda s: (s.raw / "b.csv").write_text("1\n"),
    "a page forged": lambda s: rewrite(s.results / "site/pages/one.html"),
    "a page gone": lambda s: (s.results / "site/pages/one.html").unlink(),
    "a page put there": lambda s: (s.results / "site/pages/two.html").write_text("made\n"),
    "all pages gone": lambda s: shutil.rmtree(s.results / "site"),
    "a page that may not be read": lambda s: (s.results / "site/index.html").chmod(0),
    "state gone": lambda s: (s.state_folder / unchanged.FILE).unlink(),
    "state cut short": lambda s: (s.state_folder / unchanged.FILE).write_text('{"data": '),
    "state of nothing": lambda s: (s.state_folder / unchanged.FILE).write_text(
        json.dumps({"data": str(s.raw), "seen": {}, "lines": ["all is well"]})
    ),
    "state of another kind": lambda s: (s.state_folder / unchanged.FILE).write_text("[1]"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_any_change_is_left_to_the_build(change, study, monkeypatch):
    CHANGES[change](study)
    assert made(monkeypatch, study)


def test_other_data_for_the_same_results_are_left_to_the_build(study, monkeypatch):
    other = Places(study.raw.parent / "other", study.processed, study.results, study.state_folder)
    assert made(monkeypatch, other)
