#!/usr/bin/env bash
# tablib 3.10.0: export("latex") leaves the cell of a 0 empty, as it leaves that of a missing value; so does
# export("jira"). A region in which nothing was built reads in the printed table as one that did not report. In csv,
# HTML and reStructuredText, of the same data, 0 is 0 and only what is missing is empty. One expects a number to be
# printed, whichever it is.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder"
"$folder/bin/pip" install -q --disable-pip-version-check tablib==3.10.0
"$folder/bin/python" - <<'PY'
import tablib

table = tablib.Dataset(("a", 7), ("b", 0), ("c", None), headers=["region", "built"])
latex = [line.strip() for line in table.export("latex").splitlines() if line.strip().endswith(r"\\")][1:]
print("LaTeX", latex)
print("Jira ", table.export("jira").splitlines()[1:])
print("csv  ", table.export("csv").splitlines()[1:])
assert latex == [r"a & 7 \\", r"b &  \\", r"c &  \\"], "the behaviour has changed"
assert table.export("jira").splitlines()[1:] == ["|a|7|", "|b| |", "|c| |"], "the behaviour has changed"
assert table.export("csv").splitlines()[1:] == ["a,7", "b,0", "c,"], "the behaviour has changed"
assert "<td>b</td><td>0</td>" in table.export("html"), "the behaviour has changed"
PY
