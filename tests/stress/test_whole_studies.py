"""Whole builds: the synthetic study, a tiny one, and the unpacked archive."""

import re
import subprocess
import zipfile
from pathlib import Path

from elsewhere import possible
from processes import contents, difference

from examples.make_synthetic import write_study
from pipeline.places import PROJECT
from tests.carried_out import naming

# as far from here as one environment can be
FAR = "far away, private, hashed at random"
CLUSTERS = 50  # of the synthetic study


def test_a_tiny_study_is_made_whole(start, project):
    write_study(project / "tiny/raw", clusters=2, indicators=1, years=2)
    run = start(project, DATA=project / "tiny/raw", OUT=project / "tiny/out")
    assert run.finish() == 0, run.said
    assert naming(project / "tiny/out/results", project, PROJECT) == []


def test_a_folder_may_have_any_name(start, project, small):
    name = '-rf a\'b "c" $x `b` %s -- %(x)s ё\u0301 日本 #1;2'
    (project / "study").rename(project / name)
    run = start(project, DATA=f"{name}/raw", OUT=f"{name}/out")
    assert run.finish() == 0, run.said
    assert "Traceback" not in run.said
    found = contents(project / name / "out/results")
    assert found.keys() == small.keys()


def archive(start, project, path):
    """Write the archive of a project that is made, in a git clone; return its bytes."""
    for arguments in (["init", "--quiet"], ["add", "--all"]):
        subprocess.run(["git", *arguments], cwd=project, check=True, capture_output=True)
    run = start(project, "archive", OUT=path)
    assert run.finish() == 0, run.said
    return path.read_bytes()


def test_the_archive_gives_the_same_study_elsewhere(
    start, made_project, whole, tmp_path, record_property
):
    """Packed twice, unpacked in an empty folder with an odd name, and made there."""
    packed = archive(start, made_project, tmp_path / "study.zip")
    assert archive(start, made_project, tmp_path / "again.zip") == packed
    unpacked = tmp_path / "кластеры и данные 2017"
    zipfile.ZipFile(tmp_path / "study.zip").extractall(unpacked)
    assert difference(contents(unpacked / "results"), whole) == {}
    (unpacked / ".venv").symlink_to((made_project / ".venv").resolve())
    surroundings, _ = possible(FAR, tmp_path)
    umask = ["sh", "-c", f'umask {surroundings.pop("umask")}; exec "$@"', "sh"]
    run = start(unpacked, prefix=umask, **surroundings)
    assert run.finish() == 0, run.said
    assert "81 of 81 reproduced" in run.said
    assert len(re.findall(r"^\[\d+/\d+\] ", run.said, re.M)) > 40  # nothing was taken as done
    assert difference(contents(unpacked / "results"), whole) == {}
    record_property("ran", ", ".join(f"{k}={v}" for k, v in surroundings.items() if v))


def test_the_synthetic_study_is_made_whole(start, whole_project):
    run = start(whole_project, DATA="examples/synthetic", OUT="made/synthetic")
    assert run.finish() == 0, run.said
    results = whole_project / "made/synthetic/results"
    assert "Left out           verification: the study has no published" in run.said
    assert len(list((results / "notebooks").glob("case-study--*.ipynb"))) == CLUSTERS
    assert len(list((results / "site/cases").glob("*.html"))) == CLUSTERS
    assert (results / "manifest.json").is_file()
    foreign = Path("data/raw/clusters.csv").read_text(encoding="utf-8").splitlines()[1:]
    foreign = [line.partition(",")[0] for line in foreign]
    for page in (results / "site").rglob("*.html"):
        if page.parent.name not in ("reference", "guides"):
            words = page.read_text(encoding="utf-8")
            assert not [cluster for cluster in foreign if cluster in words], page
