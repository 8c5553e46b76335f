#!/usr/bin/env bash
# openpyxl 3.1.5: a float is written to the file with 16 significant digits, so the number read back
# can be another one: 0.1 + 0.2 comes back as 0.3. A float needs up to 17; csv and pandas' to_csv keep
# them.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder"
"$folder/bin/pip" install -q --disable-pip-version-check openpyxl==3.1.5
cd "$folder"
bin/python -W ignore - <<'PY'
import openpyxl

book = openpyxl.Workbook()
book.active["A1"] = 0.1 + 0.2
book.save("one.xlsx")
back = openpyxl.load_workbook("one.xlsx").active["A1"].value
print("written", 0.1 + 0.2, "read", back)
assert back == 0.3 != 0.1 + 0.2, "the behaviour has changed"
PY
