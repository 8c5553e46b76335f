"""pyproject.toml, the lock and environment.yml say the same; no address of an index anywhere."""

import re
import tomllib
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from rattler import MatchSpec

ROOT = Path(__file__).resolve().parents[1]


def project():
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def required():
    """Every package of pyproject.toml: {name: SpecifierSet}."""
    extras = project()["optional-dependencies"].values()
    lines = project()["dependencies"] + [line for extra in extras for line in extra]
    return {r.name.lower(): r.specifier for r in map(Requirement, lines)}


def locked():
    """Every version in the lock: {name: version}."""
    text = (ROOT / "requirements.lock").read_text(encoding="utf-8")
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


def test_every_locked_package_has_hashes_and_one_version():
    text = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    blocks = re.split(r"^(?=[a-z0-9_.-]+==)", text, flags=re.MULTILINE)[1:]
    assert all("--hash=sha256:" in block for block in blocks)
    names = [block.split("==")[0] for block in blocks]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-uv.lock"])
def test_no_lock_names_an_index(name):
    text = (ROOT / name).read_text(encoding="utf-8")
    assert not re.search(r"://|--index|--find-links|@ ", text)


def test_every_conda_entry_parses_and_agrees():
    conda, pip = conda_entries()
    specs = {
        MatchSpec(entry).name.normalized: str(MatchSpec(entry).version or "") for entry in conda
    }
    found = {name: SpecifierSet(version) for name, version in specs.items()}
    found |= {r.name.lower(): r.specifier for r in map(Requirement, pip)}
    python = found.pop("python")
    del found["pip"]
    assert python == SpecifierSet(project()["requires-python"])
    assert found == required()
