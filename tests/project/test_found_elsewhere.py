"""What archives, forges and other programs read of the project agrees with what it is."""

import json
import re
import subprocess
import tomllib
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = sorted(ROOT.glob("data/raw/datapackage.json")) + sorted(
    ROOT.glob("examples/*/datapackage.json")
)


def text(name):
    return (ROOT / name).read_text(encoding="utf-8")


def test_the_description_of_the_deposit_agrees_with_the_citation():
    deposit, cited = json.loads(text(".zenodo.json")), yaml.safe_load(text("CITATION.cff"))
    assert deposit["title"] == cited["title"]
    assert deposit["version"] == cited["version"]
    assert deposit["publication_date"] == str(cited["date-released"])
    assert [c["name"] for c in deposit["creators"]] == [a["name"] for a in cited["authors"]]
    assert deposit["license"] in cited["license"]
    assert cited["abstract"].strip() in re.sub("<[^>]+>", "", deposit["description"])
    assert deposit["upload_type"] == "software" and deposit["access_right"] == "open"


@pytest.mark.parametrize("path", PACKAGES, ids=lambda path: path.parent.name)
def test_the_data_are_a_data_package_of_the_second_version(path):
    from frictionless import Package

    descriptor = json.loads(path.read_text(encoding="utf-8"))
    standard = "https://datapackage.org/profiles/2.0"
    assert descriptor["$schema"] == f"{standard}/datapackage.json"
    for resource in descriptor["resources"]:
        assert resource["schema"]["$schema"] == f"{standard}/tableschema.json"
        assert resource["type"] == "table" and "profile" not in resource
    assert "profile" not in descriptor
    report = Package(str(path)).validate()
    assert report.valid, report.flatten(["title", "note"])[:3]


def test_binder_installs_the_lock_and_the_project_itself():
    script = text("binder/postBuild")
    subprocess.run(["bash", "-n", ROOT / "binder/postBuild"], check=True)
    assert (ROOT / "binder/postBuild").stat().st_mode & 0o100
    assert "--require-hashes -r requirements.lock" in script
    assert "--no-deps --no-build-isolation --no-index -e ." in script
    environment = yaml.safe_load(text("binder/environment.yml"))
    (python,) = [e for e in environment["dependencies"] if e.startswith("python")]
    assert python.split("=")[1].startswith("3.1")


def test_the_container_makes_the_study():
    container = json.loads(text(".devcontainer/devcontainer.json"))
    assert container["postCreateCommand"] == "make"
    assert re.search(r"python:3\.1\d", container["image"])
    setting = container["customizations"]["vscode"]["settings"]["python.defaultInterpreterPath"]
    assert setting.endswith("/.venv/bin/python")


def test_every_rule_of_the_standard_is_answered_and_its_links_lead_somewhere():
    page = text("docs/dcas.md")
    assert re.findall(r"^\| (\d+) ", page, re.MULTILINE) == [str(n) for n in range(1, 17)]
    for link in re.findall(r"\]\((?!https?:)([^)#]+)", page):
        assert (ROOT / "docs" / link).exists(), link
    for name in re.findall(r"`(pipeline/[\w/.]+)`", page):
        assert (ROOT / name).is_file(), name


def test_the_version_is_the_same_everywhere():
    versions = {
        tomllib.loads(text("pyproject.toml"))["project"]["version"],
        yaml.safe_load(text("CITATION.cff"))["version"],
        json.loads(text(".zenodo.json"))["version"],
    }
    newest = re.search(
        r"^## \[(?:Unreleased\] - )?(\d+\.\d+\.\d+)", text("CHANGELOG.md"), re.MULTILINE
    )
    assert versions == {newest[1]}
