"""pyproject.toml, the lock and environment.yml say the same; no address of an index anywhere."""

import os
import re
import shutil
import signal
import subprocess
import sys
import tomllib
from pathlib import Path
from subprocess import PIPE
from types import SimpleNamespace

import pytest
import yaml
from packaging.markers import Marker
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


PYTHONS = [f"3.{minor}" for minor in range(11, 16)]
ENTRY = re.compile(r"([a-z0-9_.-]+)==([^\s;]+)(?: ; ([^\\\n]+))?")


def entries(lock):
    """Every entry of a lock as text, a package with its hashes."""
    text = (ROOT / lock).read_text(encoding="utf-8")
    return re.split(r"^(?=[a-z0-9_.-]+==)", text, flags=re.MULTILINE)[1:]


def locked(lock, python):
    """Every version that a lock gives to a Python on Linux: {name: [versions]}."""
    machine = {"python_version": python, "python_full_version": f"{python}.0"}
    machine |= {"sys_platform": "linux", "platform_system": "Linux", "os_name": "posix"}
    found = {}
    for entry in entries(lock):
        name, version, marker = ENTRY.match(entry).groups()
        if marker is None or Marker(marker).evaluate(machine):
            found.setdefault(name, []).append(version)
    return found


def conda_entries():
    content = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
    conda = [entry for entry in content["dependencies"] if isinstance(entry, str)]
    pip = next(entry["pip"] for entry in content["dependencies"] if isinstance(entry, dict))
    return conda, pip


@pytest.mark.parametrize("python", PYTHONS)
def test_the_locks_hold_what_pyproject_asks_for(python):
    versions = {name: found for lock in LOCKS for name, found in locked(lock, python).items()}
    wrong = {
        name: versions.get(name)
        for name, spec in required().items()
        if versions.get(name, [""])[0] not in spec
    }
    assert wrong == {}


def test_every_python_that_is_admitted_is_locked_and_no_other():
    admitted = SpecifierSet(project()["requires-python"])
    assert [f"3.{minor}" for minor in range(9, 20) if f"3.{minor}" in admitted] == PYTHONS


@pytest.mark.parametrize("python", PYTHONS)
@pytest.mark.parametrize("lock", LOCKS)
def test_every_locked_package_has_hashes_and_one_version(lock, python):
    assert all("--hash=sha256:" in entry for entry in entries(lock))
    assert {name: found for name, found in locked(lock, python).items() if len(found) > 1} == {}


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


def program(path, *lines):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(["#!/bin/sh", *lines]) + "\n")
    path.chmod(0o755)


SUMS = " ".join(f"1 2 {name}" for name in ("pyproject.toml", "requirements.lock", "uv.lock"))


@pytest.fixture
def place(tmp_path, monkeypatch):
    """A folder in which environments are made; `ran` are the commands, and `fails` stops one."""
    folder = tmp_path / "a place"
    folder.mkdir()
    monkeypatch.chdir(folder)
    ran, fails = [], []

    def run(command):
        ran.append(command)
        if any(word in command for word in fails):
            raise environment.StepError("  no answer from the index")
        if "venv" in command:
            program(environment.BIN / "python")

    monkeypatch.setattr(environment, "_run", run)
    return SimpleNamespace(folder=folder, ran=ran, fails=fails)


def stands(place, ready):
    program(environment.BIN / "python")
    program(environment.BIN / "jupyter")
    (environment.BIN / "jupyter").write_text(f"#!{place}/.venv/bin/python\n")
    environment.READY.write_text(ready)
    (environment.VENV / "stood").touch()


def test_an_environment_is_made_and_says_for_what(place):
    environment.main(f"{place.folder} {SUMS}", may_choose=False)
    assert environment.READY.read_text() == f"{place.folder} {SUMS}"
    assert [sys.executable, "-m", "venv", ".venv"] in place.ran
    assert any("-e" in command for command in place.ran)
    assert [*Path().iterdir()] == [Path(".venv")]


def test_a_copied_environment_is_mended_without_an_index(place, capsys):
    stands("/an/old place", f"/an/old place {SUMS}")
    environment.main(f"{place.folder} {SUMS}", may_choose=True)
    assert "copied or moved" in capsys.readouterr().out
    assert place.ran == [environment.PROJECT, environment.RELATIVE]
    assert (environment.BIN / "jupyter").read_text() == f"#!{place.folder}/.venv/bin/python\n"
    assert environment.READY.read_text() == f"{place.folder} {SUMS}"


def test_one_that_cannot_be_mended_is_made_anew(place):
    stands("/old", f"/old {SUMS}")
    run, environment_run = environment._run, []

    def only_the_first_fails(command):
        environment_run.append(command)
        if len(environment_run) == 1:
            raise environment.StepError("no")
        run(command)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(environment, "_run", only_the_first_fails)
        environment.main(f"{place.folder} {SUMS}", may_choose=False)
    assert not (environment.VENV / "stood").exists()
    assert environment.READY.read_text() == f"{place.folder} {SUMS}"


def test_without_an_index_what_stood_works_on(place, capsys):
    stands(place.folder, f"{place.folder} {SUMS}")
    place.fails.append("requirements.lock")
    environment.main(f"{place.folder} {SUMS.replace('2 uv', '3 uv')}", may_choose=False)
    said = capsys.readouterr()
    assert "no answer from the index" in said.err
    assert "What stood works on" in said.out
    assert (environment.VENV / "stood").exists()
    assert environment.READY.read_text() == f"{place.folder} {SUMS}"  # the next make tries again
    assert [*Path().iterdir()] == [Path(".venv")]


def test_without_an_index_a_copy_of_another_lock_runs_its_own_code(place, capsys, monkeypatch):
    stands("/an/old place", f"/an/old place {SUMS}")
    place.fails.append("requirements.lock")
    environment.main(f"{place.folder} {SUMS.replace('2 uv', '3 uv')}", may_choose=False)
    assert "What stood works on" in capsys.readouterr().out
    assert place.ran[-2:] == [environment.PROJECT, environment.RELATIVE]
    assert (environment.BIN / "jupyter").read_text() == f"#!{place.folder}/.venv/bin/python\n"
    assert environment.READY.read_text() == f"{place.folder} {SUMS}"  # the next make tries again


def test_what_stood_is_not_said_to_work_where_its_python_is_gone(place, capsys):
    stands(place.folder, f"{place.folder} {SUMS}")
    (environment.BIN / "python").unlink()
    place.fails.append("requirements.lock")
    with pytest.raises(SystemExit, match="The one that stood does not run here"):
        environment.main(f"{place.folder} {SUMS.replace('2 uv', '3 uv')}", may_choose=False)
    assert "works on" not in capsys.readouterr().out
    assert (environment.VENV / "stood").exists()


def test_a_mend_that_was_killed_is_finished_where_the_old_path_ends_the_new(place):
    stands("/place", f"/place {SUMS}")
    here = f"#!{place.folder}/place/.venv/bin/python\n"
    inside = place.folder / "place"
    shutil.copytree(environment.VENV, inside / ".venv")
    (inside / environment.BIN / "jupyter").write_text(here)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(inside)
        environment.main(f"{inside} {SUMS}", may_choose=False)
    assert (inside / environment.BIN / "jupyter").read_text() == here


def _listen():
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a run in the background ignores it


@pytest.mark.parametrize("kill", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_run_says_so_and_leaves_what_stood(tmp_path, kill):
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    (tmp_path / "pipeline").mkdir()
    shutil.copy(ROOT / "pipeline/environment.py", tmp_path / "pipeline")
    (tmp_path / ".venv").mkdir()
    (tmp_path / ".venv/ready").write_text(f"{tmp_path} {SUMS}")
    environ = os.environ | {"ENVIRONMENT_WANTED": f"{tmp_path} {SUMS.replace('2 uv', '3 uv')}"}
    command = [sys.executable, "-I", "-u", "pipeline/environment.py"]
    with subprocess.Popen(
        command, cwd=tmp_path, env=environ, text=True, stdout=PIPE, preexec_fn=_listen
    ) as run:
        assert "Making the environment" in run.stdout.readline()
        run.send_signal(kill)
        said = run.stdout.read()
    assert (said, run.returncode) == (
        "\nInterrupted: the environment that stood stands, the next make tries again.\n",
        130,
    )
    assert (tmp_path / ".venv/ready").read_text() == f"{tmp_path} {SUMS}"
    assert not (tmp_path / ".venv-before").exists()


def test_a_copy_of_a_folder_and_its_environment_imports_its_own_code(tmp_path):
    first, copy = tmp_path / "first", tmp_path / "a copy"
    (first / "analysis").mkdir(parents=True)
    (first / "analysis/__init__.py").touch()
    venv = [sys.executable, "-m", "venv", "--without-pip", str(first / ".venv")]
    subprocess.run(venv, check=True)
    subprocess.run(environment.RELATIVE, cwd=first, check=True)
    shutil.copytree(first, copy, symlinks=True)
    asked = [copy / environment.PYTHON, "-I", "-c", "import analysis; print(analysis.__file__)"]
    said = subprocess.run(asked, cwd="/", capture_output=True, text=True, check=True).stdout
    assert Path(said.strip()) == copy / "analysis/__init__.py"


def test_where_none_stood_and_none_can_be_made_nothing_is_left(place):
    place.fails.append("requirements.lock")
    with pytest.raises(SystemExit) as end:
        environment.main(f"{place.folder} {SUMS}", may_choose=False)
    assert end.value.code == 1
    assert not environment.READY.exists()


def test_what_stood_comes_back_after_a_run_that_was_killed(place):
    stands(place.folder, f"{place.folder} {SUMS}")
    environment.VENV.rename(environment.OLD)
    program(environment.BIN / "python")  # half of a new one
    place.fails.append("requirements.lock")
    environment.main(f"{place.folder} {SUMS.replace('2 uv', '3 uv')}", may_choose=False)
    assert (environment.VENV / "stood").exists()
    assert not environment.OLD.exists()


def test_an_environment_of_another_folder_that_a_link_leads_to_is_left_alone(place, tmp_path):
    (tmp_path / "other").mkdir()
    environment.VENV.symlink_to(tmp_path / "other")
    (tmp_path / "other/ready").write_text(f"/other {SUMS}")
    environment.main(f"{place.folder} {SUMS}", may_choose=False)
    assert (tmp_path / "other/ready").read_text() == f"/other {SUMS}"
    assert not environment.VENV.is_symlink() and [*Path().iterdir()] == [Path(".venv")]


@pytest.mark.parametrize(
    ("version", "said"),
    [
        ((3, 9, 1), r"^Python 3\.11 or newer is needed .* this is 3\.9\.1$"),
        ((3, 99, 0), r"^The locked packages are for Python 3\.11 to 3\.\d+; this is 3\.99\.0"),
    ],
)
def test_a_python_without_a_lock_is_told_what_to_do_before_anything_is_made(
    place, monkeypatch, version, said
):
    monkeypatch.setattr(sys, "version_info", version)
    with pytest.raises(SystemExit, match=said):
        environment.main(f"{place.folder} {SUMS}", may_choose=True)
    assert [*Path().iterdir()] == []


@pytest.mark.parametrize("name", ["a{b}", "a$b", "a\nb"])
def test_a_folder_that_no_package_can_be_built_in_is_named(place, monkeypatch, name):
    (place.folder / name).mkdir()
    monkeypatch.chdir(place.folder / name)
    with pytest.raises(SystemExit, match="The name of this folder holds a character"):
        environment.main(f"x {SUMS}", may_choose=False)


@pytest.fixture
def checkout(tmp_path):
    """A folder with a space in its name that make takes for a checkout with its environment."""
    folder = tmp_path / "check out"
    (folder / ".venv/bin").mkdir(parents=True)
    for name in ("Makefile", "pyproject.toml", "requirements.lock", "requirements-uv.lock"):
        shutil.copy(ROOT / name, folder)
    program(folder / ".venv/bin/python")
    locks = "pyproject.toml requirements.lock requirements-uv.lock"
    command = f'printf %s "$(echo $(pwd -P; cksum {locks}))" > .venv/ready'
    subprocess.run(["sh", "-c", command], cwd=folder, check=True)
    return folder


# by the make that runs the tests
SAID_BEFORE = ("PYTHON", "MAKEFLAGS", "MAKEOVERRIDES", "ENVIRONMENT_WANTED")


def would_run(folder, *given):
    clean = {name: value for name, value in os.environ.items() if name not in SAID_BEFORE}
    command = ["make", "-n", "--no-print-directory", "all", *given]
    done = subprocess.run(
        command, cwd=folder, env=clean, capture_output=True, text=True, check=True
    )
    return [line.rstrip() for line in done.stdout.splitlines()]


def test_an_environment_that_fits_is_no_matter_whatever_the_dates(checkout):
    (checkout / "pyproject.toml").touch()
    assert would_run(checkout) == [".venv/bin/python -m pipeline all"]


@pytest.mark.parametrize("change", ["content", "place", "no python"])
def test_every_target_notices_another_content_place_or_a_python_that_is_gone(checkout, change):
    if change == "content":
        (checkout / "requirements.lock").write_text("another")
    elif change == "place":
        checkout = checkout.rename(checkout.with_name("moved"))
    else:
        (checkout / ".venv/bin/python").unlink()
    assert would_run(checkout)[0].startswith("python3 -I pipeline/environment.py --choose")


@pytest.mark.parametrize("given", ["PYTHON=python3.12", "PYTHON=py -3"])
def test_a_python_that_was_named_is_the_one_taken(checkout, given):
    (checkout / "requirements.lock").write_text("another")
    python = given.removeprefix("PYTHON=")
    assert would_run(checkout, given)[0] == f"{python} -I pipeline/environment.py"


@pytest.mark.parametrize("wheels", ["all there", "one missing"])
def test_new_locks_take_the_place_of_the_old_only_if_all_is_well(checkout, wheels):
    program(checkout / ".venv/bin/uv", 'for last; do :; done; echo new > "$last"')
    ends = f'case "$*" in *wheels*) exit {int(wheels == "one missing")};; esac'
    program(checkout / ".venv/bin/python", ends)
    locks = [checkout / name for name in LOCKS]
    locks[1].write_text("old")
    before = [lock.read_text() for lock in locks]
    command = ["make", "--no-print-directory", "lock"]
    environ = {k: v for k, v in os.environ.items() if k not in SAID_BEFORE}
    done = subprocess.run(command, cwd=checkout, env=environ, capture_output=True, check=False)
    after = [lock.read_text() for lock in locks]
    if wheels == "all there":
        assert (done.returncode, after) == (0, ["new\n", "new\n"]), done.stderr
    else:
        assert (done.returncode, after) == (2, before)


def test_clean_keeps_edited_notebooks_and_nothing_else_of_the_results(checkout):
    kept = Path("results/notebooks/edited/04-trends.ipynb")
    for path in (kept, Path("results/claims.csv"), Path(".build/state.db")):
        (checkout / path).parent.mkdir(parents=True, exist_ok=True)
        (checkout / path).write_text("mine")
    environ = {k: v for k, v in os.environ.items() if k not in SAID_BEFORE}
    command = ["make", "--no-print-directory", "clean"]
    done = subprocess.run(command, cwd=checkout, env=environ, capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (0, "Kept: results/notebooks/edited\n")
    left = [path.relative_to(checkout) for path in (checkout / "results").rglob("*.*")]
    assert left == [kept] and not (checkout / ".build").exists()
