"""Data never becomes code: nothing in the project runs, unpickles or evaluates what it has read."""

import ast
from pathlib import Path

import nbformat
import pytest

FOLDERS = ("analysis", "article", "pipeline")
MODULES = sorted(path for folder in FOLDERS for path in Path(folder).rglob("*.py"))
NOTEBOOKS = sorted(Path("notebooks").glob("*.ipynb"))
# as a function, or as a method of whatever object
CALLS = {
    "eval", "exec", "compile", "__import__", "execfile", "system", "popen", "read_pickle",
    "to_pickle", "unsafe_load", "full_load",
}  # fmt: skip
PACKAGES = {"pickle", "cPickle", "dill", "cloudpickle", "joblib", "marshal", "shelve", "subprocess"}
# Sphinx, pandoc, git and Pythons that the PATH leads to, without a shell and with options of our own;
# typst sets text in which pandoc has quoted what is data, and reads no file outside its folder
ALLOWED = {
    Path("pipeline/outputs/archive.py"): ["subprocess"],
    Path("pipeline/reports/pandoc.py"): ["subprocess"],
    Path("pipeline/reports/pdf.py"): [
        "typst.compile(str(source), pdf_standards=standards, timestamp=EPOCH, **options)"
    ],
    Path("pipeline/site/sphinx_build/process.py"): ["subprocess"],
    Path("pipeline/environment.py"): ["subprocess"],
}
LITERAL = {"query"}  # an expression that is only safe while it is typed, not composed


def trees(path):
    if path.suffix == ".py":
        return [ast.parse(path.read_text(encoding="utf-8"))]
    cells = nbformat.read(path, as_version=4).cells
    return [ast.parse(cell.source) for cell in cells if cell.cell_type == "code"]


def offences(tree):
    """List what could turn data into code."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (a.name for a in node.names if a.name.split(".")[0] in PACKAGES)
        elif isinstance(node, ast.ImportFrom):
            yield from [node.module] if (node.module or "").split(".")[0] in PACKAGES else []
        elif isinstance(node, ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            regex = ast.unparse(node.func) == "re.compile"
            if name in CALLS and not regex:
                yield ast.unparse(node)
            if name in LITERAL and not isinstance(node.args[0], ast.Constant):
                yield ast.unparse(node)
            if any(k.arg in ("shell", "allow_pickle") for k in node.keywords):
                yield ast.unparse(node)


@pytest.mark.parametrize("path", [*MODULES, *NOTEBOOKS], ids=str)
def test_nothing_runs_what_it_reads(path):
    found = [line for tree in trees(path) for line in offences(tree)]
    assert found == ALLOWED.get(path, [])


@pytest.mark.parametrize(
    "code",
    ["eval(x)", "import pickle", "pd.read_pickle(x)", "f.query(x)", "os.system(x)", "run(shell=1)"],
)
def test_what_it_looks_for_is_found(code):
    assert list(offences(ast.parse(code)))
