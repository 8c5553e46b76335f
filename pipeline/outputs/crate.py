"""Describe an archive of the study for machines: an RO-Crate 1.3 that is a Process Run Crate.

Every file with author, licence and checksum, and the run that made the results: by which software,
from which files, into which. <https://w3id.org/ro/wfrun/process/0.5>

roc-validator 0.13.0, given a context from a file, finds nothing that RO-Crate 1.3 requires missing
(`--profile-identifier ro-crate-1.3`). Its profile process-run-crate takes crates of RO-Crate 1.1
only: findings/roc-validator-process-run-crate.sh.
"""

import json
import re
import tomllib
from functools import cache
from mimetypes import guess_type
from pathlib import Path
from urllib.parse import quote

from pipeline.errors import UsageError
from pipeline.outputs.canonical import sha256

METADATA = "ro-crate-metadata.json"
SPECIFICATION = "https://w3id.org/ro/crate/1.3"
CONTEXT = f"{SPECIFICATION}/context"
PROFILE = "https://w3id.org/ro/wfrun/process/0.5"
RUN, SOFTWARE = "#make", "#software"
INDEX = "https://pypi.org/project/"
CODE, TEXT = "https://spdx.org/licenses/MIT", "https://spdx.org/licenses/CC-BY-4.0"
LICENCES = {CODE: "MIT License", TEXT: "Creative Commons Attribution 4.0 International"}
AUTHORS, SOURCE = "#contributors", "#source"
OURS = ("data", "docs", "examples", "results")  # codings, texts and what comes of them
CODE_SUFFIXES = (".py", ".toml", ".lock")
TYPES = {
    ".ipynb": "application/x-ipynb+json",
    ".toml": "application/toml",
    ".md": "text/markdown",
    ".cff": "application/yaml",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".tex": "application/x-tex",
}


def crate(paths, manifest):
    """Return the metadata of these files, paths from the project's root, as JSON in bytes.

    manifest : what `results/manifest.json` says of the run that made the results
    """
    graph = [
        {
            "@id": METADATA,
            "@type": "CreativeWork",
            "conformsTo": {"@id": SPECIFICATION},
            "about": {"@id": "./"},
        },
        _root(paths),
        *map(_file, paths),
        {"@id": AUTHORS, "@type": "Organization", "name": _project()["authors"][0]["name"]},
        *({"@id": i, "@type": "CreativeWork", "name": name} for i, name in LICENCES.items()),
        {"@id": PROFILE, "@type": ["CreativeWork", "Profile"], "name": "Process Run Crate"}
        | {"version": "0.5"},
        *_sources(),
        *_run(paths, manifest),
    ]
    text = json.dumps({"@context": CONTEXT, "@graph": graph}, indent=1, ensure_ascii=False)
    return (text + "\n").encode()


def _run(paths, manifest):
    """The run: an action whose instrument is the project, with the packages it ran with."""
    packed = {path.as_posix() for path in paths}
    python = "https://www.python.org/downloads/release/python-" + manifest["python"].replace(
        ".", ""
    )
    used = {
        f"{INDEX}{name}/{version}/": (name, version)
        for name, version in manifest["packages"].items()
    }
    software = [
        {"@id": url, "@type": "SoftwareApplication", "name": name, "version": version, "url": url}
        for url, (name, version) in ({python: ("Python", manifest["python"])} | used).items()
    ]
    yield {
        "@id": RUN,
        "@type": "CreateAction",
        "name": "make",
        "description": "Every table, figure, notebook and page, made from the data by one command.",
        "agent": {"@id": AUTHORS},
        "instrument": {"@id": SOFTWARE},
        "object": _references(name for name in manifest["inputs"] if name in packed),
        "result": _references(name for name in manifest["outputs"] if name in packed),
        "actionStatus": "http://schema.org/CompletedActionStatus",
    }
    yield {
        "@id": SOFTWARE,
        "@type": "SoftwareApplication",
        "name": _project()["name"],
        "version": _project()["version"],
        "description": _project()["description"],
        "url": {"@id": "README.md"},
        "softwareRequirements": [{"@id": package["@id"]} for package in software],
    }
    yield from software


def _one_or_all(values):
    """A list of one is written as its one, as RO-Crate recommends."""
    return values[0] if len(values) == 1 else values


def _references(names):
    return [{"@id": quote(name)} for name in names]


def _root(paths):
    return {
        "@id": "./",
        "@type": "Dataset",
        "conformsTo": {"@id": PROFILE},
        "name": _package()["title"],
        "description": _project()["description"],
        "version": _project()["version"],
        "datePublished": _date(),
        "author": {"@id": AUTHORS},
        "publisher": {"@id": AUTHORS},
        "license": [{"@id": licence} for licence in LICENCES],
        # no citation: that has to be an address on the web, and the article is named by its pages
        "isBasedOn": _one_or_all([{"@id": source["@id"]} for source in _sources()]),
        "hasPart": _references(path.as_posix() for path in paths),
        "mentions": {"@id": RUN},
    }


def _date():
    """The day of release, the same at every packing: RO-Crate wants a day, not a year."""
    text = Path("CITATION.cff").read_text(encoding="utf-8")
    found = re.search(r"^date-released: [\"']?(\d{4}-\d{2}-\d{2})\b", text, re.M)
    if not found:
        raise UsageError("CITATION.cff names no day of release; wanted date-released: YYYY-MM-DD")
    return found[1]


def _file(path):
    titles = {resource["path"]: resource["title"] for resource in _package()["resources"]}
    is_table = path.parent == Path("data/raw") and path.name in titles
    guess = TYPES.get(path.suffix) or guess_type(path.name)[0] or "text/plain"
    is_text = path.suffix == ".md" or (path.parts[0] in OURS and path.suffix not in CODE_SUFFIXES)
    licences = [CODE, TEXT] if path.suffix == ".ipynb" else [TEXT if is_text else CODE]
    return {
        "@id": quote(path.as_posix()),
        "@type": "File",
        "name": titles[path.name] if is_table else path.name,
        "encodingFormat": guess,
        "contentSize": str(path.stat().st_size),
        "sha256": sha256(path),
        "author": {"@id": AUTHORS},
        "license": _one_or_all([{"@id": licence} for licence in licences]),
    }


def _sources():
    """What the data were taken from: cited, and no part of the archive."""
    return [
        {"@id": f"{SOURCE}-{number}", "@type": "ScholarlyArticle", "name": source["title"]}
        for number, source in enumerate(_package().get("sources", []), 1)
    ]


@cache
def _package():
    return json.loads(Path("data/raw/datapackage.json").read_text(encoding="utf-8"))


@cache
def _project():
    return tomllib.loads(Path("pyproject.toml").read_text(encoding="utf-8"))["project"]
