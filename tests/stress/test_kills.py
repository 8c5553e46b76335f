"""kill -9 at random moments, then a rerun: the same bytes as if nothing had happened."""

import re
import shutil
import subprocess
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from processes import contents, difference, kill
from studies import CLUSTERS, SMALL, leave_few_steps, read_rows, small_study, write_rows

KILLS, PARTS, WHOLE = 49, 4, 1
STEPS = ("tables", "case-study")  # the fewer, and the fewer clusters, the more kills
FORGED, EDITED = b"forged", "notebooks/edited"
STATES = ["nothing made", "no memory", "files missing", "files forged", "other data"]


@dataclass
class Site:
    """Where a study is made again and again, and what has to come of it."""

    start: object
    project: Path
    places: dict
    raw: Path
    results: Path
    memory: Path
    wanted: dict
    forged: list = field(default_factory=list)

    def build(self):
        """Make what is missing; it must be as if nothing had happened."""
        run = self.start(self.project, **self.places)
        assert run.finish() == 0, run.said
        run.clear()
        self.forged_ones_were_kept()
        assert difference(contents(self.results), self.wanted) == {}

    def forged_ones_were_kept(self):
        """A notebook that was written over is kept in a folder of its own; nothing else is there."""
        aside = contents(self.results / EDITED)
        stems = Counter(re.sub(r"-\d$", "", Path(name).stem) for name in aside)
        assert set(aside.values()) <= {FORGED}, aside.keys()
        assert stems == Counter(self.forged)
        shutil.rmtree(self.results / EDITED, ignore_errors=True)
        self.forged.clear()

    def kill_and_rerun(self, chance, longest):
        """Disturb one run at a moment drawn over its whole length, and run again."""
        state, moment = chance.choice(STATES), chance.uniform(0.05, 1) * longest
        kept = self.raw / "components.csv"
        before = kept.read_bytes()
        self.spoil(state, chance)
        killed = self.disturb(chance, moment)
        kept.write_bytes(before)
        try:
            self.build()
        except AssertionError as error:
            raise AssertionError(f"{state}, {killed} after {moment:.2f} s: {error}") from error
        return f"{moment:.1f} s"

    def disturb(self, chance, moment):
        """Kill make, or any one process of the run, after so many seconds; say which."""
        run, victim = self.start(self.project, **self.places), "nothing killed"
        try:
            run.process.wait(moment)
        except subprocess.TimeoutExpired:
            victim = run.process.pid if chance.random() < 0.5 else chance.choice(run.processes())
            name = Path(f"/proc/{victim}/cmdline").read_bytes()[:60].replace(b"\0", b" ").decode()
            kill(victim)
            run.finish()
            victim = f"killed {name}"
        run.gone()
        run.clear()
        return victim

    def spoil(self, state, chance):
        """Leave the study in one of the states that a make may meet."""
        if state == "other data":
            header, first, *rest = read_rows(self.raw / "components.csv")
            status = header.index("status")
            first[status] = "absent" if first[status] == "present" else "present"
            write_rows(self.raw / "components.csv", [header, first, *rest])
        if state == "nothing made":
            shutil.rmtree(self.results, ignore_errors=True)
        if state in ("nothing made", "no memory"):
            shutil.rmtree(self.memory, ignore_errors=True)
        if state.startswith("files"):
            files = sorted(path for path in self.results.rglob("*") if path.is_file())
            for path in chance.sample(files, chance.randint(1, len(files) // 2)):
                path.unlink() if state == "files missing" else path.write_bytes(FORGED)
                if state == "files forged" and path.parent == self.results / "notebooks":
                    self.forged.append(path.stem)


def kill_again_and_again(site, longest, times, chance, deadline, record_property):
    moments = []
    while len(moments) < times and time.monotonic() < deadline:
        try:
            moments.append(site.kill_and_rerun(chance, longest))
        except pytest.skip.Exception:  # the minutes are over; what was seen so far counts
            break
    short = "" if len(moments) == times else f" (of {times}: no time for more)"
    record_property("ran", f"{len(moments)} kills{short}, at {', '.join(moments)}")
    if not moments:
        pytest.skip("no time for a single kill")


@pytest.mark.parametrize("part", range(PARTS))
def test_a_small_study_killed_at_random_moments(
    part, start, project, chance, deadline, record_property
):
    leave_few_steps(project, STEPS)
    study = project / "study"
    small_study(study / "raw", clusters=CLUSTERS[:2])
    folders = study / "raw", study / "out/results", study / "out/.build"
    began, run = time.monotonic(), start(project, **SMALL)
    assert run.finish() == 0, run.said
    longest, undisturbed = time.monotonic() - began, contents(study / "out/results")
    site = Site(start, project, SMALL, *folders, undisturbed)
    times = KILLS // PARTS + (part < KILLS % PARTS)
    kill_again_and_again(site, longest, times, chance, deadline, record_property)


@pytest.mark.seconds(120)
def test_the_whole_study_killed_at_random_moments(
    start, made_project, tmp_path, whole, chance, deadline, record_property
):
    longest = float((made_project.parent / "seconds").read_text())
    project = shutil.copytree(made_project, tmp_path / "project", symlinks=True)
    folders = [project / name for name in ("data/raw", "results", ".build")]
    site = Site(start, project, {}, *folders, whole)
    kill_again_and_again(site, longest, WHOLE, chance, deadline, record_property)
