"""Running notebooks: what goes wrong is named by notebook, cell, code and what to do next."""

import gc
import math
import os
import shutil
import socket
import subprocess
import sys
from copy import copy
from functools import cache
from threading import Thread

import nbformat
import pytest
from jupyter_client.channels import HBChannel
from jupyter_client.provisioning.local_provisioner import LocalPortCache
from matplotlib import font_manager

from pipeline.errors import NotebookError, ParameterError, UsageError
from pipeline.kernels import forkserver
from pipeline.kernels.preparing import CELL_SECONDS, cell_seconds
from pipeline.notebooks import runner

PARAMETERS = "a = 1  # from 0 to 9: a number"


def notebook(*sources):
    cells = [nbformat.v4.new_markdown_cell("# Why?")]
    cells.append(nbformat.v4.new_code_cell(PARAMETERS, metadata={"tags": ["parameters"]}))
    cells += [nbformat.v4.new_code_cell(source) for source in sources]
    return nbformat.v4.new_notebook(cells=cells)


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Run a made-up notebook; ordinary kernels: forked ones are compared with them elsewhere."""
    monkeypatch.setattr(runner, "NOTEBOOKS", tmp_path)

    def run(*sources, parameters=None, seconds=60):
        nbformat.write(notebook(*sources), tmp_path / "made-up.ipynb")
        output = tmp_path / "out.ipynb"
        runner.run_notebook("made-up", output, parameters, kernel="python3", seconds=seconds)
        return nbformat.read(output, as_version=4)

    run.folder = tmp_path
    return run


@pytest.fixture(scope="module")
def watched(tmp_path_factory):
    """One run for what is asked of any: its notebook, and what was called meanwhile."""
    folder, calls = tmp_path_factory.mktemp("watched"), []
    nbformat.write(notebook("print(a + 1)"), folder / "made-up.ipynb")
    writes = nbformat.writes
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(runner, "NOTEBOOKS", folder)
        patch.setattr(nbformat, "writes", lambda *a, **k: calls.append("writes") or writes(*a, **k))
        patch.setattr(HBChannel, "start", lambda _: calls.append("a heartbeat is listened to"))
        runner.run_notebook("made-up", folder / "out.ipynb", {"a": 4}, kernel="python3", seconds=60)
    return nbformat.read(folder / "out.ipynb", as_version=4), calls


def test_parameters_are_injected_and_outputs_kept(watched):
    executed, _ = watched
    assert executed.cells[3].outputs[0].text == "5\n"
    assert executed.cells[2].id == "parameters-of-this-run"


def test_a_run_is_written_as_text_once(watched):
    assert watched[1].count("writes") == 1


def test_no_thread_waits_for_the_heart_of_a_kernel(watched):
    """It would wait for ever where the kernel's port went to another program, and so would make."""
    assert "a heartbeat is listened to" not in watched[1]


# in a process of its own: it would set the temporary folder of this one
ALONE = """
import sys
from threading import Thread
from pathlib import Path
from pipeline.notebooks import runner

runner.NOTEBOOKS = Path(sys.argv[1])
runner.prepare()
runner.run_notebook("made-up", Path(sys.argv[1]) / "out.ipynb")
"""


SHOWN = """
import math, matplotlib
from matplotlib.font_manager import findfont
font = findfont("DejaVu Sans").replace(matplotlib.get_data_path(), "its own")
print(math.pi, matplotlib.rcParams['figure.facecolor'], font)
"""
LOOK = """
import sys
from threading import Thread
before = set(sys.modules)
"""
DRAW = """
import matplotlib.pyplot as plt
import pandas as pd
from analysis import interval_dots, shown
ends = pd.DataFrame({"low": [0.0], "high": [1.0]}, index=["one"])
print(shown(ends.reset_index()))
interval_dots(ends)
plt.show()
"""
SAID = "print(sorted(name for name in set(sys.modules) - before))"


@pytest.fixture(scope="module")
def alone(tmp_path_factory):
    """Run a notebook beside settings of the user: alone("1") with an ordinary kernel, "" a forked one.

    Gives the notebook, and the files then beside the user's settings and what they were.
    """

    @cache  # what is asked of the same kernel is asked in one process
    def run(fresh):
        folder = tmp_path_factory.mktemp("alone")
        profile, own = folder / "own/profile_default", _settings_of_the_user(folder)
        nbformat.write(notebook(SHOWN, LOOK, DRAW, SAID), folder / "made-up.ipynb")
        environment = os.environ | {
            "IPYTHONDIR": str(profile.parent),
            "FRESH": fresh,
            "JUPYTER_PATH": str(folder),
            "MATPLOTLIBRC": str(profile / "matplotlibrc"),
            "MPLCONFIGDIR": str(_fonts_of_the_user(folder)),
        }
        subprocess.run([sys.executable, "-c", ALONE, str(folder)], check=True, env=environment)
        executed = nbformat.read(folder / "out.ipynb", as_version=4)
        left = {str(p.relative_to(profile)) for p in profile.rglob("*") if p.is_file()}
        return executed, left, own

    return run


def _fonts_of_the_user(folder):
    """Write a list of fonts as one without those of matplotlib itself is: another file of that name."""
    listed, place = copy(font_manager.fontManager), folder / "fonts"
    place.mkdir()
    shutil.copy(font_manager.findfont("DejaVu Sans"), place / "DejaVuSans.ttf")
    listed.ttflist = [font_manager.ttfFontProperty(font_manager.get_font(place / "DejaVuSans.ttf"))]
    version = font_manager.FontManager.__version__
    font_manager.json_dump(listed, place / f"fontlist-v{version}.json")
    return place


def _settings_of_the_user(folder):
    own = {"startup/mine.py": "import math; math.pi = 3", "matplotlibrc": "figure.facecolor: red"}
    files = {f"own/profile_default/{name}": text for name, text in own.items()}
    kernel = '{"argv": ["false"], "display_name": "of the user", "language": "python"}'
    for name, text in {**files, "kernels/python3/kernel.json": kernel}.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    return set(own)


@pytest.mark.parametrize("fresh", ["", pytest.param("1", marks=pytest.mark.long)])
def test_the_settings_of_the_user_are_neither_read_nor_written(alone, fresh):
    executed, left, own = alone(fresh)
    said = f"{math.pi} white its own/fonts/ttf/DejaVuSans.ttf\n"
    assert executed.cells[2].outputs[0].text == said
    assert left == own


def test_a_kernel_has_imported_what_the_first_table_and_picture_need(alone):
    """Each run would import it anew: what is loaded while a notebook runs is loaded every time."""
    executed, _, _ = alone("")
    assert [output.output_type for output in executed.cells[4].outputs][-1] == "display_data"
    assert executed.cells[5].outputs[0].text == "[]\n"


@pytest.fixture
def taken(monkeypatch):
    """Give the first port that is asked for to somebody else."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        ports, choose = [other.getsockname()[1]], LocalPortCache.find_available_port
        find = lambda *given: ports.pop() if ports else choose(*given)  # noqa: E731
        monkeypatch.setattr(LocalPortCache, "find_available_port", find)
        yield ports


@pytest.mark.long  # a forked kernel has no port
def test_a_kernel_whose_port_was_taken_is_asked_for_again(run, taken):
    assert run("print(a)").cells[2].outputs[0].text == "1\n"
    assert taken == []


def test_a_wrong_parameter_is_refused_and_nothing_is_written(run):
    with pytest.raises(ParameterError, match="b is no parameter of this notebook; it has: a"):
        run("print(a)", parameters={"b": 4})
    assert not (run.folder / "out.ipynb").exists()


def test_the_line_that_failed_is_shown_not_the_first_of_its_cell(run):
    with pytest.raises(NotebookError) as error:
        run("x = 1\ny = 2\nz = nothing\nw = 3")
    assert "stopped in cell 3\n    z = nothing\n" in str(error.value)


def test_a_failing_cell_is_named(run):
    (run.folder / "out.ipynb").write_text("what stood before")
    with pytest.raises(NotebookError) as error:
        run("x = 1", "y = x +\\\n  nothing", parameters={"a": 4})
    said = str(error.value)
    assert "made-up.ipynb with a=4 stopped in cell 4" in said
    assert "y = x +" in said
    assert "NameError: name 'nothing' is not defined" in said
    assert "make lab" in said
    assert (run.folder / "out.ipynb").read_text() == "what stood before"


@pytest.mark.long  # of kernels that are forked, test_forked_kernels.py says the same sooner
@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("import os; os._exit(3)", "the kernel ended: memory exhausted, or the code ended"),
        (
            "import threading; threading.Event().wait()",
            "the cell ran longer than the limit of 2 seconds",
        ),
    ],
    ids=["the kernel ends", "a cell that hangs"],
)
# nbclient leaves the loop of a thread open; that is no matter of this test
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_sudden_end_is_named(run, source, said, caplog):
    errors = []

    def in_a_thread():  # as steps are done: its event loop ends with it
        with pytest.raises(NotebookError) as error:
            run("x = 1", source, seconds=2)
        errors.append(str(error.value))

    thread = Thread(target=in_a_thread)
    thread.start()
    thread.join()
    gc.collect()
    assert caplog.messages == []
    assert said in errors[0]
    assert "stopped in cell 4" in errors[0]
    assert source.splitlines()[0] in errors[0]


def test_the_time_limit_of_a_cell_is_set_by_the_environment(monkeypatch):
    monkeypatch.setenv("CELL_SECONDS", "20")
    assert cell_seconds() == 20
    monkeypatch.setenv("CELL_SECONDS", "")
    assert cell_seconds() == CELL_SECONDS


@pytest.mark.parametrize("text", ["0", "-1", "soon", "1.5", "²", "1000001", "9" * 400, "9" * 5000])
def test_another_time_limit_is_refused(monkeypatch, text):
    monkeypatch.setenv("CELL_SECONDS", text)
    with pytest.raises(UsageError, match="no number of seconds; wanted 1 to 1,000,000"):
        runner.prepare()


@pytest.mark.parametrize("one", [True, False])
def test_for_one_notebook_the_server_imports_only_what_every_kernel_needs(monkeypatch, one):
    imported = []
    monkeypatch.setattr(forkserver, "started", False)
    monkeypatch.setattr(forkserver.multiprocessing, "set_forkserver_preload", imported.extend)
    monkeypatch.setattr("multiprocessing.forkserver.ensure_running", lambda: None)
    forkserver.start_server(one=one)
    assert set(forkserver.KERNEL) <= set(imported)
    assert ("scipy.special" in imported, "pipeline.kernels.project_modules" in imported) == (
        not one,
        not one,
    )
