"""A target carried out as make calls it, and what is then in a folder: for several test modules."""

import contextlib
import io
import os
import subprocess
import sys
import zipfile
from types import SimpleNamespace

import pytest

from pipeline.__main__ import main
from pipeline.places import PROJECT

NOT_HANDED_ON = ("DATA", "OUT", "MAKELEVEL")  # of the make that runs the tests


def make(target, **variables):
    """Carry out a target as the Makefile calls it, in a process that has to import everything."""
    environment = {k: v for k, v in os.environ.items() if k not in NOT_HANDED_ON}
    return subprocess.run(
        [sys.executable, "-m", "pipeline", target],
        env=environment | {key: str(value) for key, value in variables.items()},
        capture_output=True,
        text=True,
        check=False,
    )


def make_here(target, **variables):
    """Carry out a target in this process, and give what `make` gives: for what it does."""
    out, err = io.StringIO(), io.StringIO()
    with (
        pytest.MonkeyPatch.context() as patch,
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
    ):
        patch.chdir(PROJECT)
        for name in NOT_HANDED_ON:
            patch.delenv(name, raising=False)
        for name, value in variables.items():
            patch.setenv(name, str(value))
        status = main([target])
    return SimpleNamespace(returncode=status, stdout=out.getvalue(), stderr=err.getvalue())


def contents(folder):
    """Give {path: bytes} of all files in a folder."""
    return {p.relative_to(folder): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def naming(folder, *texts):
    """List the files of a folder that hold one of some texts, in the parts of a zip file too."""
    wanted = [str(text).encode() for text in texts]
    return [
        path
        for path, content in contents(folder).items()
        if any(text in part for part in _parts(content) for text in wanted)
    ]


def _parts(content):
    yield content
    if zipfile.is_zipfile(io.BytesIO(content)):
        with zipfile.ZipFile(io.BytesIO(content)) as opened:
            yield from map(opened.read, opened.namelist())
