"""pytest's plugin for `make test`: every committed notebook is run again beside the other tests.

nbval makes a test of each cell and compares its output with the one committed; the kernels are
those that `make` uses. `python -m pytest --nbval -p pipeline.check notebooks` runs these alone.
"""

import pytest

from pipeline.runner import kernel_name, prepare


def pytest_collection_modifyitems(config, items):
    """Get kernels ready in each process that has cells to run."""
    cells = [item for item in items if item.path.suffix == ".ipynb"]
    for cell in cells:  # a warning is for whoever reads the notebook, no reason to fail
        cell.add_marker(pytest.mark.filterwarnings("default"))
    if cells:
        prepare()
        config.option.nbval_kernel_name = kernel_name()
