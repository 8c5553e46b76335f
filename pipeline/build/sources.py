"""The project's modules that a piece of code depends on, found by following its imports."""

import ast
import json
import re
from functools import cache
from pathlib import Path

PACKAGES = ("analysis", "article", "pipeline")
IMPORT = re.compile(
    r"^\s*(?:from\s+([\w.]+)\s+import\s+(\([^)]*\)|[^#\n]+)|import\s+([\w.]+))", re.MULTILINE
)


def sources_of(*entries):
    """List every file of the project that the entries import, themselves included, sorted.

    An entry is a module's dotted name or a notebook's path. Imports inside functions count.

    >>> [path.name for path in sources_of("analysis.comparative.evidence") if path.suffix == ".py"]
    ['__init__.py', '__init__.py', 'evidence.py', '__init__.py', 'records.py']
    """
    found, waiting = set(), []
    for entry in entries:
        path = Path(entry)
        is_notebook = path.suffix == ".ipynb"
        waiting += [*_imports(path)] if is_notebook else [*_with_packages(entry)]
    while waiting:
        module = waiting.pop()
        path = _file_of(module)
        if path is not None and path not in found:
            found.add(path)
            waiting += _imports(path)
    stubs = (path.with_suffix(".pyi") for path in found if path.name == "__init__.py")
    return sorted(found.union(filter(Path.is_file, stubs)))


@cache
def _imports(path):
    if not path.is_file():
        return []  # the step that reads it will say that it is missing
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".ipynb":
        text = "\n".join("".join(c["source"]) for c in json.loads(text)["cells"])
    names = []
    for module, imported, plain in IMPORT.findall(text):
        base = module or plain
        if base.split(".")[0] in PACKAGES:
            members = re.findall(r"(\w+)(?:\s+as\s+\w+)?\s*(?:,|$|\)|\n)", imported)
            names += _with_packages(base)
            for home in (_home(base, member) for member in members):
                # a whole room: any of its modules may be used
                names += [home, *(f"{home}.{module}" for module in _exports(home).values())]
    return names


@cache
def _home(package, name):
    """The module of a name that a package exports, as the package's stub says."""
    if (module := _exports(package).get(name)) is not None:
        return _home(f"{package}.{module}", name)
    is_package = Path(*package.split(".")).is_dir()
    return f"{package}.{name}" if is_package else package


@cache
def _exports(package):
    stub = Path(*package.split("."), "__init__.pyi")
    if not stub.is_file():
        return {}
    lines = ast.parse(stub.read_text(encoding="utf-8")).body
    return {name.name: line.module for line in lines for name in line.names}


def _with_packages(module):
    """A module and the packages it lies in, whose __init__ runs first."""
    parts = module.split(".")
    return [".".join(parts[: end + 1]) for end in range(len(parts))]


@cache
def _file_of(module):
    path = Path(*module.split("."))
    for candidate in (path.with_suffix(".py"), path / "__init__.py"):
        if candidate.is_file():
            return candidate
    return None
