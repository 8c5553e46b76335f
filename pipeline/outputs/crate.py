"""Describe an archive of the study for machines: RO-Crate 1.1, files with authors and licences."""

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
CONTEXT = "https://w3id.org/ro/crate/1.1/context"
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


def crate(paths):
    """Return the metadata of these files, paths from the project's root, as JSON in bytes."""
    graph = [
        {
            "@id": METADATA,
            "@type": "CreativeWork",
            "conformsTo": {"@id": "https://w3id.org/ro/crate/1.1"},
            "about": {"@id": "./"},
        },
        _root(paths),
        *map(_file, paths),
        {"@id": AUTHORS, "@type": "Organization", "name": _project()["authors"][0]["name"]},
        *({"@id": i, "@type": "CreativeWork", "name": name} for i, name in LICENCES.items()),
        *_sources(),
    ]
    text = json.dumps({"@context": CONTEXT, "@graph": graph}, indent=1, ensure_ascii=False)
    return (text + "\n").encode()


def _root(paths):
    return {
        "@id": "./",
        "@type": "Dataset",
        "name": _package()["title"],
        "description": _project()["description"],
        "version": _project()["version"],
        "datePublished": _date(),
        "author": {"@id": AUTHORS},
        "license": [{"@id": licence} for licence in LICENCES],
        "citation": [{"@id": source["@id"]} for source in _sources()],
        "hasPart": [{"@id": quote(path.as_posix())} for path in paths],
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
        "license": [{"@id": licence} for licence in licences],
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
