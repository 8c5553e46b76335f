"""Whoever ends - make, its pipeline, the warm parent, a kernel - nothing of the run stays behind."""

import signal

import pytest
from processes import contents, difference, kill
from studies import SMALL

SERVER = "multiprocessing.forkserver"


def ctrl_c(run):
    run.signal_all(signal.SIGINT)


def kill_make(run):
    kill(run.process.pid)


def kill_pipeline(run):
    kill(run.processes("-m pipeline")[0])


def kill_server(run):
    kill(run.processes(SERVER)[0])


def kill_children(run):
    for pid in run.children(run.processes(SERVER)[0]):
        kill(pid)


@pytest.mark.parametrize("moment", ["as it starts", "between steps", "in a notebook"])
@pytest.mark.parametrize(
    "harm", [ctrl_c, kill_make, kill_pipeline, kill_server, kill_children], ids=lambda f: f.__name__
)
def test_nothing_stays_behind(start, project, small, harm, moment):
    run = start(project, **SMALL)
    run.until(lambda: run.processes(SERVER), "the warm parent")
    if moment != "as it starts":
        run.until_said("[3/" if moment == "between steps" else "01-institutional-components")
        run.until(lambda: run.children(run.processes(SERVER)[0]), "a kernel")
    harm(run)
    status = run.finish()
    run.gone()
    assert run.left_behind() == []
    assert "Traceback" not in run.said
    if harm in (kill_server, kill_children):  # it falls back, or it fails with a sentence
        assert status == 0 or "failed:" in run.said
    else:
        assert status != 0
    again = start(project, **SMALL)
    assert again.finish() == 0, again.said
    assert difference(contents(project / "study/out/results"), small) == {}
