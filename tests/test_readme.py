"""The README and the codebook say what is: generated parts agree, and every path named exists."""

import json
import re
from importlib import import_module
from pathlib import Path

import pytest

from pipeline.codebook import CODEBOOK, codebook
from pipeline.graph import entries
from pipeline.readme import PARTS, README, filled
from pipeline.results import composite

TEXT = README.read_text(encoding="utf-8")


def test_the_codebook_agrees_with_the_data_package():
    descriptor = json.loads(Path("data/raw/datapackage.json").read_text(encoding="utf-8"))
    assert CODEBOOK.read_text(encoding="utf-8") == codebook(descriptor)


def test_the_results_in_the_readme_are_those_of_the_study(study, tmp_path):
    composite(study, tmp_path)
    assert filled(TEXT, tmp_path) == TEXT
    for name in PARTS:
        assert f"<!-- begin: {name} -->\n|" in TEXT


@pytest.mark.parametrize("path", sorted(set(re.findall(r"\]\(([^)#]+)\)", TEXT))))
def test_every_link_leads_somewhere(path):
    assert Path(path).exists()


def test_every_notebook_and_data_file_is_listed():
    for run in entries("run"):
        assert f"notebooks/{run['notebook']}.ipynb" in TEXT
    for path in Path("data/raw").glob("*.csv"):
        assert f"`{path.name}`" in TEXT


def test_every_function_of_the_methods_table_exists():
    table = TEXT.split("## What the article announces")[1].split("\n## ")[0]
    named = re.findall(r"`(\w+)\.(\w+)`", table)
    assert len(named) >= 12
    for module, name in named:
        assert hasattr(import_module(f"analysis.{module}"), name)


def test_every_make_target_named_exists():
    targets = set(re.findall(r"^([a-z-]+):", Path("Makefile").read_text(), re.MULTILINE))
    named = set(re.findall(r"`make ([a-z-]+)", TEXT)) | set(
        re.findall(r"^make ([a-z-]+)", TEXT, re.M)
    )
    assert named <= targets


def test_every_table_of_results_is_listed():
    for result in entries("result"):
        for file in result.get("files", []):
            stem = Path(file).name.removesuffix(".csv")
            assert stem.startswith("table") or f"{stem}.csv" in TEXT
