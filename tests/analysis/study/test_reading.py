"""A study is read once, by whoever looks first, and anew as soon as a file of it was written."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from analysis.study import loading as data
from analysis.study.loading import load_study
from pipeline.kernels import forkserver as warm
from pipeline.kernels import temporary


@pytest.fixture
def folder(tmp_path):
    shutil.copytree("data/processed", tmp_path / "study")
    return tmp_path / "study"


@pytest.fixture
def read(monkeypatch):
    """The names of the tables that are read from files."""
    names, read_csv = [], data.pd.read_csv
    monkeypatch.setattr(
        data.pd, "read_csv", lambda path, **how: names.append(path.stem) or read_csv(path, **how)
    )
    return names


def test_tables_that_did_not_change_are_read_once(folder, read):
    first = load_study(folder)
    assert sorted(read) == sorted({*read}) and "series" in read
    second = load_study(str(folder) + os.sep)
    assert len(read) == len({*read})
    assert second.series.equals(first.series) and second.source == str(folder) + os.sep


@pytest.mark.parametrize("how", ["put in its place", "written in place"])
def test_a_table_that_was_written_anew_is_read_anew(folder, how):
    load_study(folder)
    path = folder / "series.csv"
    look = path.stat()
    text = path.read_text(encoding="utf-8")
    new = folder / "new" if how == "put in its place" else path
    new.write_text(text.replace(",55,", ",56,", 1), encoding="utf-8")
    os.utime(new, ns=(look.st_atime_ns, look.st_mtime_ns))  # as long, and of the same moment
    new.replace(path)
    assert load_study(folder).series["value"].tolist()[0] == 56


def test_what_was_read_ahead_is_for_the_next_alone(folder, read):
    data.read_ahead(folder)
    times = len(read)
    first = load_study(folder)
    assert len(read) == times
    first.components["item"].array[0] = "mine"
    assert "mine" not in {*load_study(folder).components["item"]}
    data.read_ahead(folder)
    (folder / "series.csv").write_bytes((folder / "series.csv").read_bytes() + b"\n")
    assert load_study(folder).series.equals(first.series)
    assert read.count("series") == 4  # twice ahead, and anew for each of the others


def test_a_study_that_is_gone_is_not_found_in_memory(folder):
    load_study(folder)
    (folder / "clusters.csv").unlink()
    with pytest.raises(FileNotFoundError, match="clusters"):
        load_study(folder)


def test_what_is_done_to_a_study_is_not_done_to_the_next(folder):
    one, whole = load_study(folder), load_study("data/processed")
    one.series.loc[0, "value"] = -1
    one.series["new"] = 0
    one.clusters.index.name = "mine"
    one.clusters.columns = one.clusters.columns.str.upper()
    one.components.attrs["mine"] = True
    one.components["item"].array[0] = "mine"  # behind the back of pandas
    one.indicators.iloc[:, 0] = "mine"
    next_one = load_study(folder)
    for name in ("series", "clusters", "components", "indicators"):
        assert getattr(next_one, name).equals(getattr(whole, name))
        assert getattr(next_one, name).attrs == {}
    assert next_one.clusters.index.name == "cluster"


# in a process of its own: it would set the temporary folder of this one
OWNER = """
import shutil, sys
from pipeline.kernels import forkserver as warm

warm.start_server(one=True, study=sys.argv[1])
if sys.argv[2] == "written":
    shutil.copytree("data/processed", sys.argv[1])
warm.call(exec, sys.argv[3], {})
"""
IN_MEMORY = """
import os
import pandas
from analysis.study.loading import load_study

tasks = f"/proc/{os.getppid()}/task"
assert not os.path.exists(tasks) or len(os.listdir(tasks)) == 1, "the server has threads"
pandas.read_csv = None
assert len(load_study(FOLDER).clusters) == 11
"""
STILL_THERE = "import os; assert not os.path.exists(FOLDER)"


@pytest.mark.skipif(not warm.AVAILABLE, reason="kernels are not forked here")
@pytest.mark.parametrize(
    ("study", "code"),
    [("written", IN_MEMORY), pytest.param("missing", STILL_THERE, marks=pytest.mark.long)],
)
def test_what_kernels_are_forked_from_reads_the_study_once_it_is_written(tmp_path, study, code):
    folder = str(tmp_path / "study")
    code = code.replace("FOLDER", repr(folder))
    command = [sys.executable, "-c", OWNER, folder, study, code]
    done = subprocess.run(command, capture_output=True, text=True, cwd=Path.cwd())
    assert (done.returncode, done.stderr) == (0, "")


def test_nothing_is_waited_for_where_the_owner_is_gone(monkeypatch, tmp_path):
    monkeypatch.setenv(temporary.NAME, str(tmp_path / "gone"))
    warm.wait_for_data()
