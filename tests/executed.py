"""Notebooks executed in this process: what they show, without the start of a kernel for each."""

from contextlib import contextmanager

import matplotlib.pyplot as plt
import nbformat
from IPython.core.interactiveshell import InteractiveShell
from IPython.core.pylabtools import select_figure_formats
from IPython.utils.capture import capture_output
from traitlets.config import Config

from pipeline.build.graph import NOTEBOOKS
from pipeline.kernels.options import PICTURE
from pipeline.notebooks.engine import prepared
from pipeline.notebooks.fit_to_study import fit_to_study
from pipeline.notebooks.parameters import check_parameters
from pipeline.outputs.canonical import canonical_notebook

INLINE = "module://matplotlib_inline.backend_inline"
CONFIG = Config({"HistoryManager": {"enabled": False}})


def executed(name, parameters, folder, study=None):
    """Run a notebook over another study as `run_notebook` does; IPython's own files go to folder.

    `study` is the folder of the study whose tables tell which cells are left out.
    """
    source = nbformat.read(NOTEBOOKS / f"{name}.ipynb", as_version=4)
    if study is not None:
        fit_to_study(source, study)
    check_parameters(name, source, parameters)
    notebook = prepared(source, parameters, "python3")
    with _shell(folder) as shell:
        for cell in notebook.cells:
            if cell.cell_type == "code":
                cell.outputs = _outputs(shell, cell.source)
    return canonical_notebook(notebook, of_another_study=True)


@contextmanager
def _shell(folder):
    """An IPython that draws as in a kernel, and of which nothing is left."""
    shell = InteractiveShell.instance(config=CONFIG, ipython_dir=str(folder))
    backend = plt.get_backend()
    plt.switch_backend(INLINE)
    select_figure_formats(shell, {"png"}, **PICTURE)
    try:
        yield shell
    finally:
        plt.close("all")
        plt.switch_backend(backend)
        shell.restore_sys_module_state()
        InteractiveShell.clear_instance()


def _outputs(shell, source):
    # the trap first: a cell would set it again, and what it ends in would be printed
    with shell.display_trap, capture_output() as caught:
        result = shell.run_cell(source, store_history=False)
    result.raise_error()
    streams = {"stdout": caught.stdout, "stderr": caught.stderr}
    return [
        nbformat.v4.new_output("stream", name=name, text=text)
        for name, text in streams.items()
        if text
    ] + [
        nbformat.v4.new_output("display_data", data=shown.data, metadata=shown.metadata or {})
        for shown in caught.outputs
    ]
