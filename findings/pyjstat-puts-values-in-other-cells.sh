#!/usr/bin/env bash
# pyjstat 2.4.0 (JSON-stat, the format of many statistical offices): a table of four rows comes back
# from JSON-stat with two values exchanged, without a word, when its rows are not in the order of its
# columns. The values are written as they stand, and read as if the last dimension ran fastest: in a
# table sorted by region, whose first column is the year, a of 2021 gets the value of b in 2020. One
# expects every value to keep the region and the year of its row.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder"
"$folder/bin/pip" install -q --disable-pip-version-check pyjstat==2.4.0 pandas==3.1.1
"$folder/bin/python" -W ignore - <<'PY'
import pandas as pd
from pyjstat import pyjstat

given = pd.DataFrame(
    {"year": ["2020", "2021"] * 2, "region": ["a", "a", "b", "b"], "value": [1, 2, 3, 4]}
)
back = pyjstat.Dataset.read(given).write("dataframe")
both = given.merge(back, on=["year", "region"], suffixes=(" given", " back"))
print(both.to_string(index=False))
assert both["value given"].tolist() == [1, 2, 3, 4], "the behaviour has changed"
assert both["value back"].tolist() == [1, 3, 2, 4], "the behaviour has changed"
PY
