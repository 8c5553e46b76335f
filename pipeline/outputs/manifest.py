"""List everything that went into the results and everything that came out, with checksums."""

import json
import platform
import re
import tomllib
from importlib.metadata import version
from pathlib import Path

from pipeline.outputs.canonical import files_in, sha256, write_text


def write_manifest(places, inputs, outputs):
    """Write `manifest.json`: sha256 of every input and output, versions of the packages used."""
    manifest = {
        "inputs": {_read_from(path, places): sha256(path) for path in inputs},
        "outputs": {_named(p, places): sha256(p) for path in outputs for p in files_in(path)},
        "python": platform.python_version(),
        "packages": {name: version(name) for name in _packages()},
    }
    text = json.dumps(manifest, indent=1, ensure_ascii=False)
    write_text(places.results / "manifest.json", text + "\n")


def _named(path, places):
    """Outputs are named within the study's own folder, wherever that is."""
    return path.relative_to(places.results.parent).as_posix()


def _read_from(path, places):
    """Name an input within the project, or within the study's own folders, wherever these are."""
    if not path.is_absolute():
        return path.as_posix()
    homes = (places.results.parent, places.raw, path.parent)
    own = next(home for home in homes if path.is_relative_to(home))
    inside = path.relative_to(own).as_posix()
    return inside if own == places.results.parent else f"{own.name}/{inside}".removesuffix("/.")


def _packages():
    project = tomllib.loads(Path("pyproject.toml").read_text(encoding="utf-8"))["project"]
    return sorted(re.match(r"[\w.-]+", line)[0] for line in project["dependencies"])
