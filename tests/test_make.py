"""make as a user calls it: exit status, what is said, and that nothing that stands is lost."""

import os
import subprocess
import sys

import pytest

from pipeline.errors import UsageError
from pipeline.places import places


def make(target, **variables):
    environment = {k: v for k, v in os.environ.items() if k not in ("DATA", "OUT", "MAKELEVEL")}
    return subprocess.run(
        [sys.executable, "-m", "pipeline", target],
        env=environment | {key: str(value) for key, value in variables.items()},
        capture_output=True,
        text=True,
        check=False,
    )


def contents(folder):
    return {p.relative_to(folder): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_bad_data_end_in_status_2_and_touch_nothing(raw, tmp_path):
    out = tmp_path / "out"
    assert make("tables", DATA=raw.path, OUT=out).returncode == 0
    before = contents(out / "processed") | contents(out / "results")
    assert len(before) > 20
    raw.set("series", 2, "value", "many")
    raw.set("clusters", 2, "grade", "top")
    run = make("tables", DATA=raw.path, OUT=out)
    assert run.returncode == 2
    assert "2 problems in the data:" in run.stdout
    assert "series.csv, row 2, column value: 'many' wrong type" in run.stdout
    assert "Traceback" not in run.stdout + run.stderr
    assert contents(out / "processed") | contents(out / "results") == before


def test_an_edited_value_is_a_warning_and_a_difference(raw, tmp_path):
    raw.set("series", 2, "value", "56")
    run = make("tables", DATA=raw.path, OUT=tmp_path / "out")
    assert run.returncode == 1
    assert "Warning: series.csv: the checksum differs" in run.stdout
    assert "80 of 81 reproduced" in run.stdout
    assert "Table 2, row 1, 2016: published 55, regenerated 56" in run.stdout


def test_make_data_writes_exactly_what_is_committed(tmp_path):
    run = make("data", DATA="data/raw", OUT=tmp_path)
    assert run.returncode == 0, run.stderr
    from pathlib import Path

    assert contents(tmp_path / "processed") == contents(Path("data/processed"))


@pytest.mark.parametrize(
    ("variables", "said"),
    [
        ({"DATA": "x"}, "DATA and OUT go together"),
        ({"OUT": "x"}, "DATA and OUT go together"),
        ({"DATA": "x", "OUT": "."}, "would write over other files"),
        ({"DATA": "x", "OUT": "x"}, "would write over other files"),
        ({"DATA": "x", "OUT": "a{b}"}, "may hold no {"),
        ({"DATA": "a\nb", "OUT": "y"}, "signs that cannot be printed"),
        ({"DATA": "x", "OUT": "a\udce9"}, "signs that cannot be printed"),
    ],
)
def test_a_call_that_cannot_be_carried_out_is_refused(variables, said):
    with pytest.raises(UsageError, match=said):
        places(variables)


def test_a_refused_call_ends_in_status_2():
    run = make("all", DATA="x")
    assert (run.returncode, run.stdout) == (2, "")
    assert "DATA and OUT go together" in run.stderr


def test_a_folder_that_is_not_there_is_named(tmp_path):
    run = make("data", DATA=tmp_path / "none", OUT=tmp_path / "out")
    assert run.returncode == 2
    assert "there is no such folder" in run.stdout
