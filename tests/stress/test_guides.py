"""The guides, followed to the letter; where a guide makes everything, its tables are made."""

import csv
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import openpyxl
import pytest
from claims_of_the_guide import claims_of_the_guide

GUIDES = Path("docs/guides")
PROJECT = ("analysis", "article", "data", "notebooks", "pipeline", "Makefile", "pyproject.toml",
           "requirements.lock")  # fmt: skip


def text_of(guide):
    return (GUIDES / f"{guide}.md").read_text(encoding="utf-8")


def blocks(guide):
    """Give the lines of each block of code of a guide."""
    found = re.findall(r"^( *)```\w*\n(.*?)^ *```", text_of(guide), re.MULTILINE | re.DOTALL)
    return [[line.removeprefix(indent) for line in body.splitlines()] for indent, body in found]


@pytest.fixture
def project(tmp_path):
    """A copy of the project in which a guide may be followed."""
    for name in PROJECT:
        source = Path(name)
        copy = shutil.copytree if source.is_dir() else shutil.copy
        copy(source, tmp_path / name)
    return tmp_path


def follow(project, line):
    """Do one line of a guide, `make` with this environment's Python; return what was said."""
    kept = {k: v for k, v in os.environ.items() if k not in ("DATA", "OUT", "NAME", "SET")}
    environment = {key: value for key, value in kept.items() if not key.startswith("MAKE")}
    if line.startswith("make"):
        words = re.findall(r'(\w+)=(?:"([^"]*)"|(\S+))', line)
        environment |= {name: quoted or plain for name, quoted, plain in words}
        target = re.match(r"make (?!\w+=)([\w-]+)", line)
        call = [sys.executable, "-m", "pipeline", target[1] if target else "all"]
    else:
        call = line.split()
    run = subprocess.run(
        call, cwd=project, env=environment, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stdout + run.stderr
    return run.stdout


def commands(guide):
    return [line for block in blocks(guide) for line in block if line.startswith("make ")]


def test_change_a_parameter(project):
    (line,) = commands("change-a-parameter")
    follow(project, line)
    copy = nbformat.read(project / "results/notebooks/04-trends--own.ipynb", as_version=4)
    assert "base_year = 2017" in copy.cells[2].source
    assert "`results/notebooks/04-trends--own.ipynb`" in text_of("change-a-parameter")


def test_use_your_own_data(project):
    new_study, data, everything = commands("use-your-own-data")
    follow(project, new_study)
    book = openpyxl.load_workbook(project / "my-study/study.xlsx")
    for sheet, *rows in re.findall(
        r"\| `(\w+)` \| (.*?) \| (.*?) ?\|$", text_of("use-your-own-data"), re.M
    ):
        for number, row in enumerate(filter(None, rows), 2):
            for column, value in enumerate(row.split(","), 1):
                typed = {"FALSE": False}.get(value.strip(), value.strip() or None)
                is_number = isinstance(typed, str) and typed.isdigit()
                book[sheet].cell(number, column).value = int(typed) if is_number else typed
    book.save(project / "my-study/study.xlsx")
    follow(project, data)
    assert "north-port" in (project / "my-results/processed/series.csv").read_text("utf-8")
    follow(project, everything.replace("make ", "make tables "))
    assert (project / "my-results/results/tables/table2.csv").is_file()


def test_add_an_indicator(project):
    (copy,), (indicator,), series, (checksums, data, everything) = blocks("add-an-indicator")
    follow(project, copy)
    for table, lines in (("indicators", [indicator]), ("series", series)):
        with (project / f"my-study/{table}.csv").open("a", encoding="utf-8") as file:
            file.writelines(f"{line}\n" for line in lines)
    assert "2 of 8 checksums renewed" in follow(project, checksums)
    assert "Warning" not in follow(project, data)
    follow(project, everything.replace("make ", "make tables "))
    table = (project / "my-results/results/tables/table5.csv").read_text("utf-8")
    assert table == "indicator,2016,2017,2018\nPatents granted,4,,9\n"


def made_by(target):
    """Give the words with which the Makefile calls Python's `-m` for a target."""
    text = Path("Makefile").read_text(encoding="utf-8")
    return re.search(rf"^{target}: .*?\$\(PY\) -m (.*)$", text, re.M)[1].split()


def test_add_a_claim_to_the_last_line(tmp_path):
    """A claim in every section, as the guide says, and then lint and all tests."""
    project = tmp_path / "project"
    for name in subprocess.check_output(["git", "ls-files"], text=True).splitlines():
        (project / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(name, project / name)
    claims_of_the_guide(project)
    for line in commands("add-a-claim"):
        if line not in ("make lint", "make test", "make refresh"):
            follow(project, line)
    with (project / "results/claims.csv").open(encoding="utf-8", newline="") as file:
        verdicts = {claim["id"]: claim["verdict"] for claim in csv.DictReader(file)}
    assert verdicts["F100"] == "contradicted"
    for target in ("refresh", "codebook", "all", "readme"):  # what make refresh does
        follow(project, f"make {target}")
    author = ["-c", "user.name=A", "-c", "user.email=a@example.org"]
    for words in (["init", "-q"], ["add", "-A"], [*author, "commit", "-qm", "A claim"]):
        subprocess.run(["git", *words], cwd=project, check=True)
    tests = [*made_by("test"), "--ignore=tests/pipeline/test_environment.py"]
    lint = [["ruff", "check", "."], ["ruff", "format", "--check", "."], ["mypy"]]
    for call in (*lint, tests):
        run = subprocess.run(
            [sys.executable, "-m", *call], cwd=project, capture_output=True, text=True,
            check=False, env=os.environ | {"PYTHONPATH": str(project)},
        )  # fmt: skip
        assert run.returncode == 0, run.stdout[-3000:] + run.stderr


def test_add_a_notebook(project):
    (copy,), entry, (run, *_) = blocks("add-a-notebook")
    follow(project, copy)
    with (project / "pipeline/build/graph.toml").open("a", encoding="utf-8") as file:
        file.write("\n" + "\n".join(entry) + "\n")
    assert "11-my-question--own.ipynb" in follow(project, run)
    follow(project, "make why")
