#!/usr/bin/env bash
# pymannkendall 1.4.3: the correction of Hamed and Rao for autocorrelation, made to widen the
# variance, can shrink it to almost nothing: twelve rising values with small, alternating
# departures from a line have z = 57 and p = 0, where even a series in perfect order has an
# exact p of 2 / 12! = 4e-9. One expects no p below that of the best possible order.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder"
"$folder/bin/pip" install -q --disable-pip-version-check pymannkendall==1.4.3 numpy==2.4.6
"$folder/bin/python" -W ignore - <<'PY'
from math import factorial

import numpy as np
import pymannkendall

departures = [0, 0.3, -0.2, 0.1, 0.4, -0.3, 0.2, 0, 0.1, -0.1, 0.3, -0.2]
values = np.arange(12.0) + departures
result = pymannkendall.hamed_rao_modification_test(values)
least = 2 / factorial(12)
print(f"z {result.z:.1f}, p {result.p:.3g}; least possible {least:.2g}")
assert result.p < least and result.z > 50, "the behaviour has changed"
PY
