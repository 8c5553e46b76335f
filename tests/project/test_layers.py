"""Imports only point down the layers, and nothing of this one article is wired into the library."""

import csv
import inspect
import re
from functools import reduce
from importlib import import_module
from pathlib import Path

import pytest

import pipeline
from pipeline.sources import IMPORT, PACKAGES

LAYERS = [
    (
        "analysis.wording",
        "analysis.units",
        "analysis.tidy.kinds",
        "analysis.package",
        "analysis.row_rules",
        "analysis.rules",
        "analysis.records",
        "analysis.descriptor",
        "analysis.file_state",
        "analysis.workbook",
    ),
    ("analysis.showing", "analysis.validation", "analysis.data", "analysis.evidence"),
    ("analysis.",),  # the methods, then what is built on them: see the next list
    ("article",),
    ("pipeline",),
]
TOP = (
    "charts",
    "conclusions",
    "panels",
    "portrait",
    "pictures",
    "findings",
    "explore",
    "controls",
    "robustness",
    "sensitivity",
    "sparklines",
    "statements",
)
MODULES = sorted(
    path
    for name in PACKAGES
    for path in Path(name).rglob("*.py")
    if "__pycache__" not in path.parts
)


def layer(module):
    if module.startswith("analysis.") and module.split(".")[1] in TOP:
        return 2.5
    for depth, prefixes in enumerate(LAYERS):
        if any(module == p or module.startswith(p) for p in prefixes):
            return depth
    return 0  # the package analysis itself


def imports(path):
    for module, names, plain in IMPORT.findall(path.read_text(encoding="utf-8")):
        base = module or plain
        if base.split(".")[0] in PACKAGES:
            if base in PACKAGES:
                yield from (f"{base}.{name}" for name in re.findall(r"\w+", names))
            else:
                yield base


@pytest.mark.parametrize("path", MODULES, ids=str)
def test_imports_point_down(path):
    module = ".".join(path.with_suffix("").parts).removesuffix(".__init__")
    wrong = [name for name in imports(path) if layer(name) > layer(module)]
    assert wrong == []


@pytest.mark.parametrize("path", MODULES, ids=str)
def test_modules_are_small(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 330


def words_of_the_article():
    """Identifiers, regions and grades that only this study has."""
    rows = {}
    for table in ("clusters", "indicators"):
        with Path(f"data/raw/{table}.csv").open(encoding="utf-8", newline="") as file:
            rows[table] = list(csv.DictReader(file))
    words = {row["cluster"] for row in rows["clusters"]} | {
        row["region"] for row in rows["clusters"]
    }
    return words | {row["indicator"] for row in rows["indicators"] if "-" in row["indicator"]}


def test_no_cluster_region_or_indicator_is_wired_into_the_library():
    docstring = re.compile(r'"""(?:[^"]|"(?!""))*"""')
    for path in MODULES:
        if path.parts[0] == "analysis":
            code = docstring.sub("", path.read_text(encoding="utf-8"))
            found = [word for word in words_of_the_article() if word in code]
            assert not found, f"{path}: {found}"


def test_no_year_is_wired_into_the_library_or_the_notebooks():
    import nbformat

    docstring = re.compile(r'"""(?:[^"]|"(?!""))*"""')
    texts = {
        p: docstring.sub("", p.read_text(encoding="utf-8"))
        for p in MODULES
        if p.parts[0] == "analysis"
    }
    for path in Path("notebooks").glob("*.ipynb"):
        cells = nbformat.read(path, as_version=4).cells
        texts[path] = "\n".join(c.source for c in cells if c.cell_type == "code")
    for path, text in texts.items():
        assert not re.search(r"\b20(1[4-9]|20)\b", text), path


def test_one_notebook_can_be_followed_from_make_to_its_output_in_300_lines():
    route = re.findall(r"`(\w+)\.([\w.]+)`", pipeline.__doc__)
    read = [
        reduce(getattr, names.split("."), import_module(f"pipeline.{module}"))
        for module, names in route
    ]
    assert len(read) > 12
    assert sum(len(inspect.getsource(each).splitlines()) for each in read) < 300
