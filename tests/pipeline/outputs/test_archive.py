"""The archive: the same bytes twice, everything that belongs to the project, and a valid crate."""

import json
import os
import re
import shutil
import subprocess
import zipfile
from hashlib import sha256
from pathlib import Path, PurePosixPath
from urllib.parse import unquote

import pytest

from pipeline.errors import UsageError
from pipeline.outputs.archive import packed, project_files, write_archive
from pipeline.outputs.canonical import ZIP_TIME


@pytest.fixture(scope="module")
def archive(tmp_path_factory, made):
    path = tmp_path_factory.mktemp("archive") / "study.zip"
    write_archive({"OUT": str(path)})
    return path


def test_the_same_project_gives_the_same_bytes(archive, tmp_path):
    write_archive({"OUT": str(tmp_path / "again.zip")})
    assert (tmp_path / "again.zip").read_bytes() == archive.read_bytes()
    members = zipfile.ZipFile(archive).infolist()
    assert [member.filename for member in members] == sorted(m.filename for m in members)
    assert {member.date_time for member in members} == {ZIP_TIME}


def test_everything_that_is_kept_under_version_control_is_in_it(archive):
    listed = subprocess.run(["git", "ls-files"], capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("this is no git checkout")
    names = set(zipfile.ZipFile(archive).namelist())
    assert set(listed.stdout.split()) - names == set()
    assert "results/manifest.json" in names
    for name in names:
        path = PurePosixPath(name)
        assert not path.is_absolute()
        assert not {"..", "__pycache__", ".venv", ".git"} & set(path.parts)


LEFTOVERS = (
    "results/notebooks/04-trends--own.ipynb", "results/stray.csv", "results/site/stray.html",
    "notebooks/Untitled.ipynb", "analysis/notes.txt", "data/raw/notes.docx", "data/mine/clusters.csv",
    "analysis/.ipynb_checkpoints/index-checkpoint.py", "docs/draft.md", "tests/test_mine.py", "TODO.md",
    "analysis/trend/mine.py",
)  # fmt: skip


PART = re.compile(
    r"(docs|examples|analysis/trend|results/tables)/|"
    r"(Makefile|CITATION\.cff|ro-crate-metadata\.json|results/(manifest\.json|claims\.csv))$"
)


@pytest.fixture(params=["a part of it"])
def lain_about(archive, tmp_path, monkeypatch, request):
    """An unpacked archive in which other things lie about; the names of what belongs to it.

    A part of it has a file of every kind, and is written and removed in a fifth of the time.
    """
    project, opened = tmp_path / "project", zipfile.ZipFile(archive)
    whole = request.param == "the whole"
    opened.extractall(project, [n for n in opened.namelist() if whole or PART.match(n)])
    monkeypatch.chdir(project)
    names = [path.as_posix() for path in packed()]
    assert len(names) > 50
    for name in LEFTOVERS:
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_bytes(b"left over")
    return names


def git(*arguments):
    if not shutil.which("git"):
        pytest.skip("git is not here")
    own = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    subprocess.run(["git", *arguments], check=True, capture_output=True, env=own)


@pytest.mark.parametrize("lain_about", ["the whole"], indirect=True)
def test_without_git_what_the_crate_lists_is_packed_and_nothing_else(lain_about, archive):
    assert [path.as_posix() for path in packed()] == lain_about
    assert set(lain_about) == set(zipfile.ZipFile(archive).namelist()) - {"ro-crate-metadata.json"}


def test_what_git_does_not_track_is_not_packed_and_named(lain_about, capsys):
    names = [name for name in lain_about if not name.startswith("results/")]
    git("init", "--quiet")
    git("add", "--force", *names)
    Path("ro-crate-metadata.json").unlink()
    assert [path.as_posix() for path in packed()] == lain_about
    assert "git does not track it: TODO.md, " in capsys.readouterr().out


def test_what_differs_from_its_commit_is_named(lain_about, capsys):
    git("init", "--quiet")
    git("add", "--force", *(name for name in lain_about if not name.startswith("results/")))
    own = ("-c", "user.name=a", "-c", "user.email=a@b.c", "-c", "commit.gpgsign=false")
    git(*own, "commit", "--quiet", "--no-verify", "-m", "all")
    project_files()
    assert "not as committed" not in capsys.readouterr().out
    Path("docs/methods.md").write_text("edited")
    Path("CITATION.cff").unlink()
    project_files()
    said = capsys.readouterr().out
    assert "Packed as it stands, not as committed: CITATION.cff and docs/methods.md\n" in said


def test_no_link_is_followed(lain_about, tmp_path, capsys):
    (tmp_path / "secret").write_text("outside")
    for name in ("docs/methods.md", "results/claims.csv"):
        Path(name).unlink()
        Path(name).symlink_to(tmp_path / "secret")
    shutil.move("examples", tmp_path / "examples")
    Path("examples").symlink_to(tmp_path / "examples")
    left = {name for name in lain_about if name.startswith("examples/")}
    left |= {"docs/methods.md", "results/claims.csv"}
    assert {path.as_posix() for path in packed()} == set(lain_about) - left
    assert "no link is followed: docs/methods.md, " in capsys.readouterr().out


def test_where_nothing_says_what_the_project_is_nothing_is_packed(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UsageError, match="in a git clone, or in an unpacked archive"):
        project_files()


def test_all_that_make_made_is_in_it(made, archive):
    folder = {
        path.relative_to(made.parent).as_posix() for path in made.rglob("*") if path.is_file()
    }
    listed = json.loads((made / "manifest.json").read_text("utf-8"))["outputs"]
    in_it = {n for n in zipfile.ZipFile(archive).namelist() if n.startswith("results/")}
    assert in_it == {*listed, "results/manifest.json"}
    assert in_it <= folder


def test_the_crate_describes_every_file(archive):
    opened = zipfile.ZipFile(archive)
    crate = json.loads(opened.read("ro-crate-metadata.json"))
    assert crate["@context"] == "https://w3id.org/ro/crate/1.3/context"
    entities = {entity["@id"]: entity for entity in crate["@graph"]}
    assert len(entities) == len(crate["@graph"])
    about = entities["ro-crate-metadata.json"]
    assert about["conformsTo"] == {"@id": "https://w3id.org/ro/crate/1.3"}
    root = entities[about["about"]["@id"]]
    assert root["@type"] == "Dataset"
    assert all(root[key] for key in ("name", "description", "datePublished", "license", "author"))
    assert re.fullmatch(r"\d{4}-\d{2}-\d{2}", root["datePublished"])
    assert f"date-released: {root['datePublished']}\n" in Path("CITATION.cff").read_text("utf-8")
    parts = {unquote(part["@id"]) for part in root["hasPart"]}
    assert parts == set(opened.namelist()) - {"ro-crate-metadata.json"}
    for entity in crate["@graph"]:
        for value in entity.values():
            links = value if isinstance(value, list) else [value]
            for link in (link["@id"] for link in links if isinstance(link, dict)):
                assert link in entities or link == "https://w3id.org/ro/crate/1.3"
        if entity["@type"] == "File":
            content = opened.read(unquote(entity["@id"]))
            assert entity["sha256"] == sha256(content).hexdigest()
            assert entity["contentSize"] == str(len(content))


def test_every_key_is_a_term_of_the_context(archive):
    crate = json.loads(zipfile.ZipFile(archive).read("ro-crate-metadata.json"))
    known = set(Path("tests/reference/ro-crate-terms.txt").read_text("utf-8").split())
    assert len(known) == 3069
    for entity in crate["@graph"]:
        kinds = entity["@type"] if isinstance(entity["@type"], list) else [entity["@type"]]
        assert {*kinds, *entity} - {"@id", "@type"} <= known, entity["@id"]


def test_the_crate_tells_of_the_run(archive):
    opened = zipfile.ZipFile(archive)
    crate = json.loads(opened.read("ro-crate-metadata.json"))
    manifest = json.loads(opened.read("results/manifest.json"))
    entities = {entity["@id"]: entity for entity in crate["@graph"]}
    root = entities["./"]
    profile = entities[root["conformsTo"]["@id"]]
    assert profile["@id"] == "https://w3id.org/ro/wfrun/process/0.5"
    assert "Profile" in profile["@type"]
    run = entities[root["mentions"]["@id"]]
    assert run["@type"] == "CreateAction"
    names = set(opened.namelist())  # a module that git does not track yet is no part of it
    for key, listed in (("object", "inputs"), ("result", "outputs")):
        assert {unquote(file["@id"]) for file in run[key]} == set(manifest[listed]) & names
    software = entities[run["instrument"]["@id"]]
    used = [entities[link["@id"]] for link in software["softwareRequirements"]]
    assert {package["name"]: package["version"] for package in used} == {
        "Python": manifest["python"],
        **manifest["packages"],
    }
    assert all(package["url"].startswith("https://") for package in used)


def test_the_article_is_named_without_a_doi_and_without_a_licence(archive):
    crate = json.loads(zipfile.ZipFile(archive).read("ro-crate-metadata.json"))
    (article,) = (e for e in crate["@graph"] if e["@type"] == "ScholarlyArticle")
    assert "Korchagina" in article["name"]
    assert set(article) == {"@id", "@type", "name"}


@pytest.mark.parametrize("out", ["results/x.zip", "data/x.zip", "study.tar", "README.md"])
def test_it_is_never_written_into_what_it_packs(out):
    with pytest.raises(UsageError, match=r"wanted a \.zip outside of"):
        write_archive({"OUT": out})


def test_another_study_is_refused_before_anything_is_done():
    with pytest.raises(UsageError, match="packs this project with its own study"):
        write_archive({"DATA": "a/study", "OUT": "b"})
