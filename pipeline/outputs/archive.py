"""Pack the whole study into one zip that says what is in it: data, code, results, RO-Crate.

The same files give the same bytes: sorted names, fixed times. Unpacked in an empty folder it is
the project again, and `make` works.
"""

import json
import os
import zipfile
from pathlib import Path

from pipeline.build.graph import NOTEBOOKS, entries
from pipeline.build.up_to_date import make
from pipeline.errors import UsageError
from pipeline.notebooks.lab import WELCOME
from pipeline.outputs.canonical import ZIP_TIME, replacing
from pipeline.outputs.crate import METADATA, crate
from pipeline.places import places

DEFAULT = "dist/sme-cluster-study.zip"
# what the project is; whatever else lies about in its folders stays out
SOURCES = (
    ".ci/run", ".github/workflows/*.yml", ".gitignore", ".pre-commit-config.yaml",
    "AGENTS.md", "CHANGELOG.md", "CONTRIBUTING.md", "README.md",
    "CITATION.cff", "LICENSE", "Makefile", "environment.yml", "findings/*.sh", "findings/*.md",
    "analysis/py.typed", "article/py.typed",
    "pyproject.toml", "requirements-uv.lock", "requirements.lock",
    "analysis/**/*.py", "analysis/**/*.pyi", "analysis/study/schema.json", "article/**/*.py",
    "article/*.html", "benchmarks/**/*.py", "data/processed/*.csv", "data/processed/study.json",
    "data/raw/*.csv", "data/raw/datapackage.json", "docs/*.md", "docs/guides/*.md", "examples/*.md",
    "examples/*.py", "examples/synthetic/*.csv", "examples/synthetic/datapackage.json",
    "pipeline/**/*.py", "pipeline/build/graph.toml", "pipeline/outputs/matplotlibrc",
    "pipeline/kernels/jupyter/**/*.json",
    "pipeline/site/**/*.html", "pipeline/site/**/*.css", "tests/**/*.py", "tests/reference/*.*",
    "tests/stress/*.c",
)  # fmt: skip
PARTS = tuple(dict.fromkeys(Path(p).parts[0] for p in (*SOURCES, "notebooks", "results")))
LEFT_OUT = ("__pycache__", ".ipynb_checkpoints")
RUNS = (".ci/run",)  # files that are programs


def write_archive(environment=os.environ):
    """Write the zip OUT; return the exit status.

    What is stale is made first. Raises UsageError where that fails, for another study than the
    project's own, or where OUT lies inside what is packed.
    """
    if environment.get("DATA"):
        raise UsageError(
            "make archive packs this project with its own study; to hand on a study of your own, "
            "pack the folders DATA and OUT"
        )
    out = Path(environment.get("OUT", "") or DEFAULT)
    if out.suffix != ".zip" or any(out.resolve().is_relative_to(Path(p).resolve()) for p in PARTS):
        raise UsageError(f"OUT={out}: wanted a .zip outside of {', '.join(PARTS)}")
    if make(places({})) or not Path("results/manifest.json").is_file():
        raise UsageError("results/ is not whole, so there is nothing to pack")
    paths = packed()
    with replacing(out) as part, zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as archive:
        contents = {METADATA: crate(paths)} | {path.as_posix(): path.read_bytes() for path in paths}
        for name in sorted(contents):
            archive.writestr(_member(name), contents[name])
    print(f"{out} ({out.stat().st_size / 1e6:.1f} MB, {len(paths) + 1} files)")
    return 0


def packed():
    """List the files that the archive holds, sorted."""
    found = [path for pattern in SOURCES for path in Path().glob(pattern)]
    found = [path for path in found if path.is_file() and not _is_left_out(path)]
    return sorted({*found, *_notebooks(), *_results()})


def _notebooks():
    """The notebooks that the project runs or opens with: another one is somebody's own."""
    names = {run["notebook"] for run in entries("run")} | {Path(WELCOME).stem}
    return [NOTEBOOKS / f"{name}.ipynb" for name in names]


def _results():
    """What the last make made, and no run of one's own that lies beside it."""
    manifest = Path("results/manifest.json")
    outputs = json.loads(manifest.read_text(encoding="utf-8"))["outputs"]
    return [manifest, *map(Path, outputs)]


def _is_left_out(path):
    return any(name in LEFT_OUT or name.startswith(".part-") for name in path.parts)


def _member(name):
    member = zipfile.ZipInfo(name, ZIP_TIME)
    member.compress_type = zipfile.ZIP_DEFLATED
    member.external_attr = (0o100755 if name in RUNS else 0o100644) << 16
    return member
