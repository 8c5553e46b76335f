"""pyproject.toml, the lock and environment.yml say the same; no address of an index anywhere."""

import os
import re
import subprocess
import sys
import tomllib
from math import inf
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet

from pipeline import environment

ROOT = Path(__file__).resolve().parents[2]


def project():
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def required(without=""):
    """Every package of pyproject.toml, but for those of one extra: {name: SpecifierSet}."""
    extras = project()["optional-dependencies"]
    extras = [lines for extra, lines in extras.items() if extra != without]
    lines = project()["dependencies"] + [line for extra in extras for line in extra]
    return {r.name.lower(): r.specifier for r in map(Requirement, lines)}


LOCKS = ["requirements.lock", "requirements-report.lock"]


def locked():
    """Every version in the locks: {name: version}."""
    text = "".join((ROOT / name).read_text(encoding="utf-8") for name in LOCKS)
    return dict(re.findall(r"^([a-z0-9_.-]+)==([^\s;]+)", text, re.MULTILINE))


def conda_entries():
    content = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
    conda = [entry for entry in content["dependencies"] if isinstance(entry, str)]
    pip = next(entry["pip"] for entry in content["dependencies"] if isinstance(entry, dict))
    return conda, pip


def test_the_lock_holds_what_pyproject_asks_for():
    versions = locked()
    wrong = {
        n: versions.get(n) for n, spec in required().items() if versions.get(n, "") not in spec
    }
    assert wrong == {}


@pytest.mark.parametrize("lock", LOCKS)
def test_every_locked_package_has_hashes_and_one_version(lock):
    text = (ROOT / lock).read_text(encoding="utf-8")
    blocks = re.split(r"^(?=[a-z0-9_.-]+==)", text, flags=re.MULTILINE)[1:]
    assert all("--hash=sha256:" in block for block in blocks)
    names = [block.split("==")[0] for block in blocks]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("name", [*LOCKS, "requirements-uv.lock"])
def test_no_lock_names_an_index(name):
    text = (ROOT / name).read_text(encoding="utf-8")
    assert not re.search(r"://|--index|--find-links|@ ", text)


def test_every_conda_entry_parses_and_agrees():
    from rattler import MatchSpec

    conda, pip = conda_entries()
    specs = {
        MatchSpec(entry).name.normalized: str(MatchSpec(entry).version or "") for entry in conda
    }
    found = {name: SpecifierSet(version) for name, version in specs.items()}
    found |= {r.name.lower(): r.specifier for r in map(Requirement, pip)}
    python = found.pop("python")
    del found["pip"]
    assert python == SpecifierSet(project()["requires-python"])
    assert found == required(without="report")  # conda brings a pandoc of its own


@pytest.fixture
def path(tmp_path, monkeypatch):
    """A PATH that leads to what a test writes there as the Python of this version."""
    monkeypatch.setenv("PATH", str(tmp_path))
    return tmp_path / "python{}.{}".format(*sys.version_info)


def program(path, *lines):
    path.write_text("\n".join(["#!/bin/sh", *lines]) + "\n")
    path.chmod(0o755)


def test_another_python_of_the_path_is_known_by_where_it_stands(path):
    program(path, "echo /opt/other/python")
    assert environment.others() == ["/opt/other/python"]


def test_a_name_that_leads_to_this_python_is_no_other(path):
    program(path, f'exec "{sys.executable}" "$@"')
    assert environment.others() == []


def test_a_python_that_cannot_start_is_no_other(path):
    program(path, "exit 1")
    assert environment.others() == []


@pytest.mark.parametrize("line", ["exit 1", "echo", "exec /not/there"])
def test_a_python_that_cannot_make_environments_is_never_the_fastest(path, line, monkeypatch):
    monkeypatch.setattr(environment, "ROUNDS", 1)
    program(path, line)
    assert environment.fastest([sys.executable, str(path)], environment.seconds) == sys.executable


def test_turns_are_taken_and_what_most_of_them_say_counts():
    pace = [1, 1, 3, 3, 1, 9, 9]  # of the machine, from turn to turn
    here = iter([4 * slow for slow in pace])
    there = iter([3 * slow for slow in pace])
    lucky = iter([5 * slow for slow in pace[:-2]] + [1, 1])
    paces = {"here": here, "there": there, "lucky": lucky}
    found = environment.fastest(list(paces), lambda python: next(paces[python]))
    assert found == "there"


def test_where_this_one_cannot_make_environments_another_does():
    assert environment.fastest(["here", "there"], {"here": inf, "there": 3.0}.get) == "there"
    assert environment.fastest(["here", "there"], lambda _: inf) == "here"


def test_one_python_alone_is_not_measured():
    assert environment.fastest(["here"], None) == "here"


def test_an_old_python_is_told_what_is_needed(monkeypatch):
    monkeypatch.setattr(sys, "version_info", (3, 9, 1))
    with pytest.raises(SystemExit, match=r"^Python 3\.11 or newer is needed"):
        environment.main(may_choose=True)


@pytest.mark.parametrize("name", ["a{b}", "a$b", "a\nb"])
def test_a_folder_that_no_package_can_be_built_in_is_named(tmp_path, monkeypatch, name):
    (tmp_path / name).mkdir()
    monkeypatch.chdir(tmp_path / name)
    with pytest.raises(SystemExit, match="The name of this folder holds a sign"):
        environment.main(may_choose=False)


@pytest.mark.parametrize(
    ("given", "choice"), [([], " --fastest"), (["PYTHON=python3.12"], ""), (["PYTHON=py -3"], "")]
)
def test_a_python_that_was_named_is_not_chosen_again(given, choice):
    command = ["make", "-n", "-W", "requirements.lock", ".venv/ready", *given]
    said_before = ("PYTHON", "MAKEFLAGS", "MAKEOVERRIDES")  # by the make that tests
    clean = {name: value for name, value in os.environ.items() if name not in said_before}
    said = subprocess.run(command, cwd=ROOT, env=clean, capture_output=True, text=True, check=True)
    python = given[0].removeprefix("PYTHON=") if given else "python3"
    assert f"{python} -I pipeline/environment.py{choice}\n" in said.stdout.replace(" \n", "\n")
