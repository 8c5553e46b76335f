#!/usr/bin/env bash
# pandas 3.1.1: an unordered categorical with three categories of which one occurs is written to .dta
# with all three value labels, and read_stata gives back one category, and calls it ordered. The
# labels are in the file (pyreadstat 1.3.7 reads all three).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder"
"$folder/bin/pip" install -q --disable-pip-version-check pandas==3.1.1 pyreadstat==1.3.7
cd "$folder"
bin/python -W ignore - <<'PY'
import pandas as pd
import pyreadstat

grades = pd.Categorical(["low"], categories=["low", "middle", "high"])
pd.DataFrame({"grade": grades}).to_stata("one.dta", write_index=False, version=118)
back = pd.read_stata("one.dta")["grade"].cat
labels = pyreadstat.read_dta("one.dta")[1].value_labels["grade"]
print("pandas", back.categories.tolist(), "ordered", back.ordered, "- in the file", labels)
assert back.categories.tolist() == ["low"] and back.ordered, "the behaviour has changed"
assert len(labels) == 3, "the behaviour has changed"
PY
