"""pytest's plugin for `make test`: every committed notebook is run again beside the other tests.

nbval makes a test of each cell and compares its output with the one committed; the kernels are
those that `make` uses. `python -m pytest --nbval -p pipeline.check notebooks` runs these alone.
"""

import pytest
from xdist.scheduler import LoadFileScheduling

from pipeline.runner import kernel_name, prepare_kernels


class NotebooksTogether(LoadFileScheduling):
    """Give each file to one process, and all notebooks to one: kernels need one warm parent."""

    def _split_scope(self, nodeid):
        file = super()._split_scope(nodeid)
        return "notebooks" if file.endswith(".ipynb") else file


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    """Share the tests out to the processes of a run."""
    return NotebooksTogether(config, log)


def pytest_collection_modifyitems(config, items):
    """Say which kernels run the cells, and let their warnings be."""
    config.option.nbval_kernel_name = kernel_name()
    for item in items:
        if _is_cell(item):  # a warning is for whoever reads the notebook, no reason to fail
            item.add_marker(pytest.mark.filterwarnings("default"))


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item):
    """Get kernels ready before the first cell, in the process that runs it."""
    if _is_cell(item):
        prepare_kernels()


def _is_cell(item):
    return item.path.suffix == ".ipynb"
