#!/usr/bin/env bash
# pymannkendall 1.4.3: three of its modified tests see no trend in a straight line, 0, 1, ...,
# 11. They take the trend out and look for autocorrelation in what is left, which is nothing: p
# is NaN in the tests of Hamed and Rao and of Yue and Wang, 1 in the trend-free pre-whitened
# one, and all three say 'no trend'. The unmodified test has p = 8e-6. One expects an error, or
# the surest trend there is.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder"
"$folder/bin/pip" install -q --disable-pip-version-check pymannkendall==1.4.3 numpy==2.4.6
"$folder/bin/python" -W ignore - <<'PY'
import math

import numpy as np
import pymannkendall

line = np.arange(12.0)
tests = ("original", "hamed_rao_modification", "yue_wang_modification",
         "trend_free_pre_whitening_modification")
found = {name: getattr(pymannkendall, f"{name}_test")(line) for name in tests}
for name, result in found.items():
    print(f"{name:40} {result.trend:12} p {result.p:.3g}")
plain, *modified = found.values()
assert plain.trend == "increasing" and plain.p < 1e-5, "the behaviour has changed"
assert all(result.trend == "no trend" for result in modified), "the behaviour has changed"
assert math.isnan(modified[0].p) and modified[2].p == 1, "the behaviour has changed"
PY
