#!/usr/bin/env bash
# papermill 2.7.0: the notebook declares `region: str = "01"`, `--help-notebook` shows it as a str, and
# `-p region 02` still runs it with the number 2; 1E2, a code of the classification, becomes 100.0. The
# type that was read is not used, and what selects by the code then finds nothing or another region.
# -r passes a text. One expects the declared type to decide, the more so as papermill reads it.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder"
"$folder/bin/pip" install -q --disable-pip-version-check papermill==2.7.0 ipykernel==7.4.0 nbformat==5.11.1
export JUPYTER_PATH="$folder/share/jupyter" IPYTHONDIR="$folder/ipython" PATH="$folder/bin:$PATH"
cd "$folder"
python - <<'PY'
import nbformat

cells = [
    nbformat.v4.new_code_cell('region: str = "01"', metadata={"tags": ["parameters"]}),
    nbformat.v4.new_code_cell("print(repr(region))"),
]
spec = {"name": "python3", "display_name": "Python 3", "language": "python"}
language = {"name": "python"}
metadata = {"kernelspec": spec, "language_info": language}
nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata=metadata), "study.ipynb")
PY
papermill --help-notebook study.ipynb 2>/dev/null | grep 'region: str (default "01")'
run() {
    papermill study.ipynb out.ipynb "$@" 2>/dev/null
    python -c 'import nbformat; print(nbformat.read("out.ipynb", 4).cells[-1].outputs[0].text)'
}
found=()
for given in "-p 02" "-p 1E2" "-r 02"; do
    found[${#found[@]}]=$(run ${given% *} region "${given#* }")
    echo "$given gives ${found[-1]}"
done
[ "${found[*]}" = "2 100.0 '02'" ] || { echo "the behaviour has changed"; exit 1; }
