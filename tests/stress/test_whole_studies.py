"""Whole builds of other studies, and of the project unpacked from its archive."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from examples.make_synthetic import write_study
from pipeline.archive import write_archive


def build(folder, **variables):
    kept = {k: v for k, v in os.environ.items() if k not in ("DATA", "OUT", "MAKELEVEL")}
    return subprocess.run(
        [sys.executable, "-m", "pipeline", "all"],
        cwd=folder,
        env=kept | {key: str(value) for key, value in variables.items()},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_synthetic_study_is_made_whole(tmp_path):
    run = build(".", DATA="examples/synthetic", OUT=tmp_path)
    assert run.returncode == 0, run.stderr
    assert "Left out           verification: the study has no published" in run.stdout
    assert len(list((tmp_path / "results/notebooks").glob("case-study--*.ipynb"))) == 50


def test_a_small_study_is_made_whole(tmp_path):
    write_study(tmp_path / "raw", clusters=2, indicators=1, years=2)
    run = build(".", DATA=tmp_path / "raw", OUT=tmp_path / "out")
    assert run.returncode == 0, run.stderr


def test_the_archive_unpacked_in_an_empty_folder_is_made_again(tmp_path):
    if not Path("results/manifest.json").is_file():
        pytest.skip("packs results/: run make first")
    write_archive({"OUT": str(tmp_path / "study.zip")})
    zipfile.ZipFile(tmp_path / "study.zip").extractall(tmp_path / "unpacked")
    manifest = tmp_path / "unpacked/results/manifest.json"
    before = manifest.read_bytes()
    kept = {k: v for k, v in os.environ.items() if k not in ("DATA", "OUT", "MAKELEVEL")}
    call = ["make", f"PYTHON={sys.executable}"]
    folder = tmp_path / "unpacked"
    run = subprocess.run(call, cwd=folder, env=kept, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    assert "81 of 81 reproduced" in run.stdout
    assert manifest.read_bytes() == before
