#!/usr/bin/env bash
# price-parser 0.5.1: "0,125" and "0.125" are both the number 125. Three digits after a mark make it one of
# thousands, even if what stands before it is a single zero, which no group of thousands can begin
# with; 0,12 and 0,1250 are read as meant. In a column of shares those of three decimals so become a
# thousand times as large. One expects 0.125: nothing else is written so.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder"
"$folder/bin/pip" install -q --disable-pip-version-check price-parser==0.5.1
"$folder/bin/python" -W ignore - <<'PY'
from price_parser import Price

read = {text: float(Price.fromstring(text).amount) for text in ["0,12", "0,125", "0.125", "0,1250"]}
print(read)
assert read["0,12"] == 0.12 and read["0,1250"] == 0.125, "the behaviour has changed"
assert read["0,125"] == read["0.125"] == 125, "the behaviour has changed"
PY
