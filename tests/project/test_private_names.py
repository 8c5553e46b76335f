"""Whatever of another package is used is what it documents; the list of exceptions is complete.

Names that begin with an underscore are another package's own business, and so is what is put in
the place of one of its names. The list is in pipeline/kernels/README.md.
"""

import ast
import importlib
import inspect
import re
from pathlib import Path

import pytest

ROOTS = ("analysis", "article", "pipeline", "tests", "benchmarks", "examples")
FILES = sorted(p for root in ROOTS for p in Path(root).rglob("*.py"))
# documented in spite of their underscore
DOCUMENTED = {
    "_exit",  # os
    "_make", "_fields", "_replace", "_asdict",  # collections.namedtuple
    "_repr_html_", "_repr_mimebundle_", "_ipython_display_",  # IPython's display protocol
}  # fmt: skip
LISTED = re.compile(r"^\| `([\w.]+)` \|", re.MULTILINE)


def is_private(name):
    return name.startswith("_") and name.strip("_") and not name.endswith("__")


def names_given_in(tree):
    """The names that a module gives: to functions, classes, arguments, variables, attributes."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.arg):
            yield node.arg
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id
        elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
            yield from [node.attr] if ast.unparse(node.value) in ("self", "cls") else []


def foreign_names(tree, own=()):
    """Give the private names of other packages that a module uses, imports or sets."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and is_private(node.attr):
            if node.attr not in own and node.attr not in DOCUMENTED:
                yield node.attr
        elif isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] not in ROOTS:
            parts = [*(node.module or "").split("."), *(alias.name for alias in node.names)]
            yield from filter(is_private, parts)
        elif isinstance(node, ast.Import):
            parts = [part for alias in node.names for part in alias.name.split(".")]
            yield from filter(is_private, parts)


def overridden(module):
    """Give the private methods of other packages' classes that a module's classes override."""
    for _, kind in inspect.getmembers(module, inspect.isclass):
        if kind.__module__ == module.__name__:
            bases = [
                base for base in kind.__mro__[1:] if base.__module__.split(".")[0] not in ROOTS
            ]
            own = {name for name, value in vars(kind).items() if inspect.isfunction(value)}
            for name in filter(is_private, own - DOCUMENTED):
                if any(name in vars(base) for base in bases):
                    yield name


def listed():
    return set(LISTED.findall(Path("pipeline/kernels/README.md").read_text(encoding="utf-8")))


def test_no_private_name_is_used_that_is_not_listed():
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in FILES]
    own = {name for tree in trees for name in names_given_in(tree)}
    found = {name for tree in trees for name in foreign_names(tree, own)}
    assert found <= {name.rpartition(".")[2] for name in listed()}


@pytest.mark.parametrize("root", ["analysis", "article", "pipeline"])
def test_no_private_method_is_overridden_that_is_not_listed(root):
    modules = [
        ".".join(path.with_suffix("").parts)
        for path in FILES
        if path.parts[0] == root and path.stem not in ("__init__", "__main__", "conf")
    ]
    found = {name for module in modules for name in overridden(importlib.import_module(module))}
    assert found <= {name.rpartition(".")[2] for name in listed()}


def test_the_scan_finds_what_it_looks_for():
    assert [*foreign_names(ast.parse("from sphinx._cli.util import errors"))] == ["_cli"]
    assert [*foreign_names(ast.parse("ax._left_title.get_text()"))] == ["_left_title"]
    assert [*foreign_names(ast.parse("ParallelTasks._join_one = None"))] == ["_join_one"]
    assert [*foreign_names(ast.parse("import _hypothesis_pytestplugin, os; os._exit(0)"))] == [
        "_hypothesis_pytestplugin"
    ]
    assert [*foreign_names(ast.parse("self.__init__(); Point._make([1])"))] == []
