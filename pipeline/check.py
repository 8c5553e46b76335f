"""Run every committed notebook again and compare each output with the one committed (nbval)."""

import sys

import pytest

from pipeline.graph import NOTEBOOKS
from pipeline.runner import kernel_name, prepare


def check(_places=None):
    """Return pytest's exit status: 0 when every cell gives what is committed."""
    prepare()
    return pytest.main(
        [
            "--nbval",
            f"--nbval-kernel-name={kernel_name()}",
            "-q",
            "-p no:cacheprovider",
            "-p no:xdist",
            "-W default",
            "-o=addopts=",
            str(NOTEBOOKS),
        ]
    )


if __name__ == "__main__":
    sys.exit(check())
