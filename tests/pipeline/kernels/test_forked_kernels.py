"""Forked kernels do what ordinary ones do, need no port, and their end is named."""

import json
import os
import subprocess
import sys

import nbformat
import pytest

from pipeline.kernels import forkserver

# what the process and its programs write themselves is no output: others can make a kernel write
BELOW = "os.write(1, b'a'); print('é'); os.system('echo c');"
# (cell, what it shows), in one notebook
SHOWN = [
    ("import os, sys; print(1); print(2, file=sys.stderr); print(3)", ["1\n3\n", "2\n"]),
    (BELOW, ["é\n"]),
    ("from ipykernel.kernelapp import IPKernelApp as App; print(App.initialized() and App.instance().capture_fd_output)", [
        "False\n"
    ]),
    ("!echo d", ["d\r\n"]),
    ("display('old', display_id='x'); display(0)", ["'new'", "0"]),
    ("from IPython.display import *; update_display('new', display_id='x')", []),
    ("print('gone'); clear_output(wait=True); print('stays')", ["stays\n"]),
    ("print('before'); 3 + 4", ["before\n", "7"]),
    ("_ + 1, len(Out)", ["(8, 1)"]),
    ("import asyncio; later = asyncio.create_task(asyncio.sleep(0.01, 'done'))", []),
    ("await later", ["'done'"]),
    ("asyncio.get_running_loop().is_running()", ["True"]),
    ("try: input()\nexcept Exception as error: print(type(error).__name__)", [
        "StdinNotImplementedError\n"
    ]),
    ("get_ipython().kernel.shell is get_ipython()", ["True"]),
    ("%matplotlib inline\nfrom matplotlib import pyplot; pyplot.plot([1]); pyplot.show()", [
        "<Figure size 640x480 with 1 Axes>"
    ]),
    ("import signal\ntry: signal.raise_signal(signal.SIGINT)\nexcept KeyboardInterrupt: print(0)", [
        "0\n"
    ]),
    ("from threading import Thread; t = Thread(target=print, args=[5]); t.start(); t.join()", ["5\n"]),
    ("from multiprocessing import get_context; p = get_context('fork').Process(target=int)", []),
    ("p.start(); p.join(); p.exitcode", ["0"]),
    ("sys.stdout.isatty(), sys.stdout.encoding, __name__", ["(False, 'UTF-8', '__main__')"]),
    ("print('x' * 3_000)", ["x" * 3_000 + "\n"]),
]  # fmt: skip
# (cell, what is said of it), each in a notebook of its own
ENDS = [
    ("1 / 0", "ZeroDivisionError: division by zero"),
    ("sys.stdout.close(); print(1)", "ValueError: I/O operation on closed file"),
    ("await asyncio.sleep(nothing)", "NameError: name 'nothing' is not defined"),
    ("raise SystemExit(3)", "SystemExit: 3"),
    ("os._exit(0)", "the kernel ended: memory exhausted, or the code ended the process"),
    ("os.kill(os.getpid(), 9)", "the kernel ended: memory exhausted, or the code ended"),
    ("await asyncio.Event().wait()", "the cell ran longer than the limit of 1 seconds"),
    ("1 / 0", "ZeroDivisionError: division by zero"),
]
# in a process of its own: it would set the temporary folder of this one
OWNER = """
import json, os, sys
from pathlib import Path

from jupyter_client.provisioning.local_provisioner import LocalPortCache
from pipeline.kernels.preparing import prepare_kernels
from pipeline.notebooks import runner
from pipeline.errors import NotebookError

if not os.environ.get("FRESH"):
    LocalPortCache.find_available_port = None  # no port is needed

runner.NOTEBOOKS = folder = Path(sys.argv[1])
prepare_kernels(one=True)
said = []
for name in sys.argv[2:]:
    try:
        runner.run_notebook(name, folder / f"{name}-ran.ipynb", seconds=1 if name != "0" else 60)
    except NotebookError as error:
        said.append(str(error))
print(json.dumps(said))
"""


def run(folder, notebooks, **environment):
    """Run notebooks, given as lists of cells, one after the other; return what was said of them."""
    for name, sources in enumerate(notebooks):
        cells = [nbformat.v4.new_code_cell(source) for source in sources]
        nbformat.write(nbformat.v4.new_notebook(cells=cells), folder / f"{name}.ipynb")
    names = [str(name) for name in range(len(notebooks))]
    command = [sys.executable, "-c", OWNER, str(folder), *names]
    environment = os.environ | environment
    done = subprocess.run(command, env=environment, check=True, capture_output=True, text=True)
    assert done.stderr == ""
    return json.loads(done.stdout.splitlines()[-1])  # a fresh kernel writes there, too


def sources(pairs):
    return [source for source, _ in pairs]


def assert_shown(folder):
    executed = nbformat.read(folder / "0-ran.ipynb", as_version=4)
    for cell, (source, shown) in zip(executed.cells, SHOWN, strict=True):
        found = [o.get("text") or o.data["text/plain"] for o in cell.outputs]
        assert found == shown, source


@pytest.fixture(scope="module")
def forked(tmp_path_factory):
    """Run all notebooks in forked kernels; give their folder, and what was said of each end."""
    if not forkserver.AVAILABLE:
        pytest.skip("kernels are not forked here")
    folder, before = tmp_path_factory.mktemp("forked"), "import asyncio, os, sys"
    return folder, run(folder, [sources(SHOWN), *([before, one] for one in sources(ENDS))])


def test_cells_show_what_they_show_in_any_kernel(forked):
    assert_shown(forked[0])


@pytest.mark.long
def test_cells_show_the_same_in_an_ordinary_kernel(tmp_path):
    assert run(tmp_path, [sources(SHOWN)], FRESH="1") == []
    assert_shown(tmp_path)


def test_the_end_of_a_kernel_is_named_and_the_next_is_none_the_worse(forked):
    for (source, reason), words in zip(ENDS, forked[1], strict=True):
        assert "stopped in cell 2" in words, source
        assert reason in words, source
