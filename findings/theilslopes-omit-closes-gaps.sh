#!/usr/bin/env bash
# scipy 1.17.1: theilslopes(y, nan_policy="omit") without x numbers what is left AFTER the gaps were
# taken out: 1, gap, 3, 4, 5 rises by 1.167 a step, though every pair of points rises by exactly 1.
# Give x, and the slope is 1.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder"
"$folder/bin/pip" install -q --disable-pip-version-check scipy==1.17.1
"$folder/bin/python" -W ignore - <<'PY'
import numpy as np
from scipy.stats import theilslopes

series = [1, np.nan, 3, 4, 5]
without = theilslopes(series, nan_policy="omit").slope
given = theilslopes(series, np.arange(5), nan_policy="omit").slope
print("without x", without, "with x", given)
assert abs(without - 7 / 6) < 1e-12 and abs(given - 1) < 1e-12, "the behaviour has changed"
PY
