#!/usr/bin/env bash
# jupytext 1.19.6: a line of a notebook that counts in a variable called cat (category, catch, cattle) is commented
# out in its .py file, "# cat += 1", as a shell command would be. So are ls, cp, cd, rm, mv and others
# before "+=", "*" or "if"; "cat = 0" is not, so that the script runs through and says 0 where the notebook
# says 5. Reading the file back gives the notebook as it was. One expects a line that is Python to stay one.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder"
"$folder/bin/pip" install -q --disable-pip-version-check jupytext==1.19.6 nbformat==5.10.4
"$folder/bin/python" - <<'PY'
import ast
import contextlib
import io

import jupytext
from nbformat.v4 import new_code_cell, new_notebook

source = "cat = 0\nfor grade in ('high', 'low', 'high', 'high', 'low'):\n    pass\ncat += 5\nprint(cat)"
ast.parse(source)  # it is Python, without any magic
notebook = new_notebook(cells=[new_code_cell(source)])


def printed(code):
    with contextlib.redirect_stdout(io.StringIO()) as out:
        exec(code, {})
    return out.getvalue().strip()


script = jupytext.writes(notebook, fmt="py:percent")
print("the notebook prints", printed(source), "- its script", printed(script), "-",
      next(line for line in script.splitlines() if "+=" in line))
assert printed(source) == "5", "the behaviour has changed"
assert printed(script) == "0", "the behaviour has changed"
assert jupytext.reads(script, fmt="py:percent").cells[0].source == source, "the behaviour has changed"
PY
