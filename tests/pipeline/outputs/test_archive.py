"""The archive: the same bytes twice, everything that belongs to the project, and a valid crate."""

import json
import re
import subprocess
import zipfile
from hashlib import sha256
from pathlib import Path, PurePosixPath
from urllib.parse import unquote

import pytest

from pipeline.errors import UsageError
from pipeline.outputs.archive import PARTS, packed, write_archive
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
        assert path.parts[0] in (*PARTS, "ro-crate-metadata.json")
        assert not path.is_absolute()
        assert not {"..", "__pycache__", ".venv", ".git"} & set(path.parts)


LEFTOVERS = (
    "results/notebooks/04-trends--own.ipynb", "results/stray.csv", "results/site/stray.html",
    "notebooks/Untitled.ipynb", "analysis/notes.txt", "data/raw/notes.docx", "data/mine/clusters.csv",
    "analysis/.ipynb_checkpoints/index-checkpoint.py", "docs/draft.odt", "tests/run.log",
)  # fmt: skip


def test_what_else_lies_about_is_not_packed(made, tmp_path, monkeypatch):
    names = [path.as_posix() for path in packed()]
    for name in (*names, *LEFTOVERS):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(Path(name).read_bytes() if name in names else b"left over")
    monkeypatch.chdir(tmp_path)
    assert [path.as_posix() for path in packed()] == names


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
    assert crate["@context"] == "https://w3id.org/ro/crate/1.1/context"
    entities = {entity["@id"]: entity for entity in crate["@graph"]}
    assert len(entities) == len(crate["@graph"])
    about = entities["ro-crate-metadata.json"]
    assert about["conformsTo"] == {"@id": "https://w3id.org/ro/crate/1.1"}
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
                assert link in entities or link == "https://w3id.org/ro/crate/1.1"
        if entity["@type"] == "File":
            content = opened.read(unquote(entity["@id"]))
            assert entity["sha256"] == sha256(content).hexdigest()
            assert entity["contentSize"] == str(len(content))


def test_the_article_is_cited_without_a_doi_and_without_a_licence(archive):
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
