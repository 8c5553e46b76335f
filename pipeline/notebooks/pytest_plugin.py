"""pytest's plugin for `make test`: every committed notebook is run again beside the other tests.

nbval makes a test of each cell and compares its output with the one committed, which a kernel of
`make` has shown; here they are ordinary ones, as in JupyterLab. To run these alone:
`python -m pytest --nbval -p pipeline.notebooks.pytest_plugin notebooks`.
"""

import sys

import pytest

# what takes longest, to be begun first: else one process ends long before the other
DEAREST = (
    "tests/browser",
    "notebooks",
    "tests/pipeline/site/test_escaping.py",
    "tests/pipeline/notebooks/test_runner.py",
    "tests/pipeline/own_study/test_little_data.py",
    "tests/pipeline/build/test_make.py",
    "tests/analysis/study/test_workbook.py",
    "tests/analysis/study/test_validation.py",
    "tests/pipeline/site/test_sphinx_process.py",
    "tests/pipeline/own_study/test_synthetic.py",
)
BROWSER = "tests/browser/"


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config, items):
    """Order the slowest tests first, and group them for workers."""
    items.sort(key=_turn)
    for item in items:
        item.add_marker(pytest.mark.xdist_group(_group(item)))
        if _is_cell(item):  # a warning is for whoever reads the notebook, no reason to fail
            item.add_marker(pytest.mark.filterwarnings("default"))


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item):
    """Set the environment of kernels before the first cell, in the process that runs it."""
    if _is_cell(item):
        from pipeline.kernels.preparing import prepare_environment

        prepare_environment()


def _turn(item):
    """Return the rank of an item's file among the slowest; the sort is stable."""
    starts = (item.nodeid.startswith(name) for name in DEAREST)
    return next((place for place, found in enumerate(starts) if found), len(DEAREST))


def _group(item):
    """Name what one process has to itself: a file, or all tests with a browser, which is one."""
    file = item.nodeid.partition("::")[0]
    return BROWSER if file.startswith(BROWSER) else file


def _is_cell(item):
    return item.path.suffix == ".ipynb"


def pytest_runtest_teardown():
    """Close the pictures that a test or a doctest has opened: many raise a warning."""
    if pyplot := sys.modules.get("matplotlib.pyplot"):
        pyplot.close("all")
