"""The guides name targets and files that exist; tests/stress follows them to the letter."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from claims_of_the_guide import blocks, claims_of_the_guide, modules

from analysis.study.loading import load_study
from article.claims.registry import CHECKS
from article.tables_named import NotNamedError

GUIDES = Path("docs/guides")


@pytest.mark.parametrize("guide", sorted(path.stem for path in GUIDES.glob("*.md")))
def test_every_target_and_link_exists(guide):
    text = (GUIDES / f"{guide}.md").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):", Path("Makefile").read_text("utf-8"), re.MULTILINE))
    assert set(re.findall(r"make ([a-z][a-z-]+)(?!\S*=)", text)) <= targets
    for link in re.findall(r"\]\(([^)]+)\)", text):
        assert (GUIDES / link.partition("#")[0]).exists()


SCRIPT = """
import csv, sys
sys.path[:0] = [sys.argv[1], sys.argv[1] + "/tests/article/claims", "."]
from dataclasses import replace
import pandas as pd
from turns import TURNS
from analysis.study.loading import load_study
from article.claims.ledger import checks, ledger
study = load_study()
claims = pd.read_csv(sys.argv[1] + "/data/raw/claims.csv", keep_default_na=False)
for row in ledger(replace(study, claims=claims)).itertuples():
    if row.id in sys.argv[2:]:
        told = [checks()[row.id].on(data(study)).verdict for data in TURNS[row.id]]
        print(row.id, row.verdict, *told, sep=";")
"""
TOUCHED = ("article", "data/raw", "tests/article/claims")
ROOTS = ["analysis", "article", "pipeline", "tests"]


@pytest.fixture(scope="module")
def with_claims(tmp_path_factory):
    """A copy of what the guide on claims touches, with its claim and one in every section."""
    project = tmp_path_factory.mktemp("guide") / "project"
    for folder in TOUCHED:
        shutil.copytree(folder, project / folder, ignore=shutil.ignore_patterns("__pycache__"))
    return project, claims_of_the_guide(project)


def test_a_claim_in_every_section_gets_its_verdict(with_claims):
    project, added = with_claims
    assert len(added) == len(set(modules())) > 8
    call = [sys.executable, "-P", "-c", SCRIPT, str(project), *added]
    run = subprocess.run(call, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    told = dict(line.split(";", 1) for line in run.stdout.splitlines())
    assert sorted(told) == sorted(added)
    assert told[added[0]] == "contradicted;supported;contradicted"
    assert {told[claim] for claim in added[1:]} == {"supported;supported;contradicted"}


def test_the_guides_code_is_as_ruff_has_it(with_claims):
    project, _ = with_claims
    changed = [
        *project.glob("article/claims/checks/*.py"),
        project / "tests/article/claims/turns.py",
    ]
    ours = f"lint.isort.known-first-party = {ROOTS}"  # of which the copy has not all
    settings = ["--config", str(Path("pyproject.toml").absolute()), "--config", ours]
    for words in (["check", "-q"], ["format", "-q", "--check"]):
        call = [sys.executable, "-m", "ruff", *words, "--no-cache", *settings, *map(str, changed)]
        run = subprocess.run(call, cwd=project, capture_output=True, check=False)
        assert run.returncode == 0, run.stdout


def test_a_check_that_names_too_few_tables_fails_with_the_cure(with_claims):
    _, check, *_ = blocks()
    assert 'uses=("series",)' in check
    space = {}
    source = check.replace('uses=("series",)', 'uses=("clusters",)').replace("F100", "F999")
    exec("from article.claims.checks.table2 import *", space)
    exec(source, space)
    try:
        with pytest.raises(NotNamedError, match="F999 reads the table 'series', which its uses="):
            CHECKS["F999"].on(load_study())
    finally:
        CHECKS.pop("F999")
