"""Imports only point down the layers, and nothing of this one article is wired into the library."""

import ast
import csv
import inspect
import re
from functools import reduce
from importlib import import_module
from pathlib import Path

import pytest

import pipeline
from pipeline.build.sources import IMPORT, PACKAGES

# a room's modules import from its own and from the rooms of the lines above it, never from below
ARROWS = [
    ("analysis.tidy",),
    ("analysis.study", "analysis.trend", "analysis.index", "analysis.composite", "analysis.charts"),
    ("analysis.comparative",),
    ("analysis.robustness",),
    ("analysis.text", "analysis.explore"),
    ("article",),
    ("pipeline",),
]
LEVEL = {room: level for level, rooms in enumerate(ARROWS) for room in rooms}
MAX_MODULES = 13  # beside its __init__, in one folder
# what only a type checker reads is no import
TYPES_ALONE = re.compile(r"^if TYPE_CHECKING:\n(?: {4}.*\n|\n)+", re.MULTILINE)
METHODS = ("trend", "index", "comparative", "composite", "robustness")
MODULES = sorted(
    path
    for name in PACKAGES
    for path in Path(name).rglob("*.py")
    if "__pycache__" not in path.parts
)


def room_of(module):
    """The room of the table that a module lies in; None outside all of them."""
    parts = module.split(".")
    starts = (".".join(parts[:end]) for end in range(len(parts), 0, -1))
    return next((room for room in starts if room in LEVEL), None)


def imports(source):
    source = TYPES_ALONE.sub("", source)
    for module, names, plain in IMPORT.findall(source):
        base = module or plain
        if base.split(".")[0] in PACKAGES:
            if base in PACKAGES:
                yield from (f"{base}.{name}" for name in re.findall(r"\w+", names))
            else:
                yield base


def forbidden(module, source):
    """What a module imports though it lies above it or beside it in the table."""
    own = room_of(module)
    for name in imports(source):
        room = room_of(name)
        if room != own and not (room and LEVEL[room] < LEVEL[own]):
            yield name


def dotted(path):
    return ".".join(path.with_suffix("").parts).removesuffix(".__init__")


@pytest.mark.parametrize("path", MODULES, ids=str)
def test_imports_point_down(path):
    if path == Path("analysis/__init__.py"):  # its stub names what is exported, from any room
        return
    assert room_of(dotted(path)), f"{path} lies in no room of the table ARROWS"
    assert list(forbidden(dotted(path), path.read_text(encoding="utf-8"))) == []


def test_a_forbidden_import_and_a_module_outside_are_found():
    up = "from analysis.robustness.choices import only\n"
    beside = "    from analysis.index.base_and_chain import index_table\n"
    assert [*forbidden("analysis.trend.growth", up)] == ["analysis.robustness.choices"]
    assert [*forbidden("analysis.trend.growth", beside)] == ["analysis.index.base_and_chain"]
    assert [*forbidden("analysis.trend.growth", "from analysis import shown\n")] == [
        "analysis.shown"
    ]
    assert [*forbidden("analysis.text.findings", up + beside)] == []
    assert room_of("analysis.wording") is None


@pytest.mark.parametrize("folder", sorted({path.parent for path in MODULES}), ids=str)
def test_rooms_are_small_and_say_what_is_in_them(folder):
    assert len([*folder.glob("[!_]*.py")]) <= MAX_MODULES
    said = ast.get_docstring(ast.parse((folder / "__init__.py").read_text(encoding="utf-8")))
    assert len([line for line in said.splitlines() if line]) >= 2, "what is in it, what may not be"


@pytest.mark.parametrize("room", METHODS)
def test_methods_open_no_file_draw_nothing_and_keep_no_cache(room):
    code = "".join(p.read_text(encoding="utf-8") for p in Path("analysis", room).rglob("*.py"))
    assert not re.search(r"\bopen\(|read_csv|to_csv|pathlib|matplotlib|file_state", code)


@pytest.mark.parametrize("path", MODULES, ids=str)
def test_modules_are_small(path):
    """A generous bound: where a module nears it, split it by what it is about."""
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 450


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


def test_one_notebook_can_be_followed_from_make_to_its_output_in_250_lines():
    route = re.findall(r"`([\w.]+)/([\w.]+)`", pipeline.__doc__)
    read = [
        reduce(getattr, names.split("."), import_module(f"pipeline.{module}"))
        for module, names in route
    ]
    assert len(read) > 12
    assert sum(len(inspect.getsource(each).splitlines()) for each in read) < 250


def public_functions(tree, owner=""):
    for node in tree.body:
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
            yield from public_functions(node, f"{node.name}.")
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
            yield owner + node.name, node


def lacking_annotations(source):
    for name, node in public_functions(ast.parse(source)):
        given = node.args
        every = [*given.posonlyargs, *given.args, *given.kwonlyargs, given.vararg, given.kwarg]
        bare = [a.arg for a in every if a and a.arg not in ("self", "cls") and not a.annotation]
        yield from (f"{name}({argument})" for argument in bare)
        if node.returns is None:
            yield f"{name} ->"


TYPED = [p for p in MODULES if p.parts[0] == "analysis"] + [
    Path("article/claims/registry.py"), Path("article/claims/yardsticks.py"),
]  # fmt: skip


@pytest.mark.parametrize("path", TYPED, ids=str)
def test_public_functions_are_annotated(path):
    assert list(lacking_annotations(path.read_text(encoding="utf-8"))) == []


def test_a_bare_argument_and_a_missing_result_are_found():
    found = lacking_annotations("def f(a: int, b=1): pass\ndef _g(c): pass\n")
    assert list(found) == ["f(b)", "f ->"]
