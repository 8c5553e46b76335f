#!/usr/bin/env bash
# pymannkendall 1.4.3: sens_slope and original_test take a pandas Series and ignore its index. Values
# of 2001, 2002, 2008 and 2009 that rise by exactly 1 a year get a slope of 3.08: it is per position.
# A missing value is dropped and the gap closed, too.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder"
"$folder/bin/pip" install -q --disable-pip-version-check pymannkendall==1.4.3 pandas==3.1.1
"$folder/bin/python" -W ignore - <<'PY'
import pandas as pd
import pymannkendall

series = pd.Series([1.0, 2.0, 8.0, 9.0], index=[2001, 2002, 2008, 2009])
slope = pymannkendall.sens_slope(series).slope
print("slope", slope, "where every pair of years gives 1")
assert abs(slope - 37 / 12) < 1e-12, "the behaviour has changed"
PY
