"""Whoever ends - make, its pipeline, the fork server, a kernel - nothing of the run stays behind."""

import signal
from functools import partial

import pytest
from processes import SERVER, contents, difference, kill
from studies import SMALL

PAGES = "pipeline.site.sphinx_build.process"


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


def two_write_pages(run):
    return len(run.processes(PAGES)) > 1


def kill_pages(run):
    kill(run.processes(PAGES)[0])


def kill_waiting_pages(run):
    run.until(lambda: run.processes(PAGES), "Sphinx, as it waits for its turn")
    kill_pages(run)


def kill_a_writer_of_pages(run):
    kill(run.children(run.processes(PAGES)[0])[0])


@pytest.mark.parametrize("moment", ["as it starts", "between steps", "in a notebook"])
@pytest.mark.parametrize(
    "harm",
    [ctrl_c, kill_make, kill_pipeline, kill_server, kill_children, kill_waiting_pages],
    ids=lambda f: f.__name__,
)
def test_nothing_stays_behind(start, project, harm, moment):
    """That the next make is right all the same is what test_kills.py is about."""
    run = start(project, **SMALL)
    run.until(lambda: run.processes(SERVER), "the fork server")
    if moment == "between steps":
        run.until_said("[3/")
    if moment == "in a notebook":
        run.until(run.kernels, "a kernel")
    if moment != "as it starts":
        run.until(lambda: run.children(run.processes(SERVER)[0]), "a process that it forked")
    harm(run)
    status = run.finish()
    run.gone()
    assert run.left_behind() == []
    assert "Traceback" not in run.said
    if harm in (kill_server, kill_children):  # it falls back, or it fails with a sentence
        assert status == 0 or "failed:" in run.said
    elif harm is kill_waiting_pages:
        assert status == 0, run.said  # another is started when its turn comes
    else:
        assert status != 0


def test_nothing_stays_behind_as_pages_are_written(start, made, small, chance):
    project, out = made, made / "study/out/results"
    harms = [ctrl_c, kill_make, kill_pipeline, kill_pages, kill_a_writer_of_pages]
    for harm in chance.sample(harms, len(harms)):
        (out / "site/index.html").write_text("not ours")
        run = start(project, **SMALL)
        run.until(partial(two_write_pages, run), "Sphinx and a process it forked")
        harm(run)
        assert run.finish() != 0, harm
        run.gone(5)
        assert run.left_behind() == []
        assert "Traceback" not in run.said
        if harm in (kill_pages, kill_a_writer_of_pages):
            assert "ended from outside, or for want of memory" in run.said, (harm, run.said)
            assert (out / "site/index.html").read_text() == "not ours"  # what stood still stands
    run = start(project, **SMALL)
    assert run.finish() == 0
    assert difference(contents(out), small) == {}
