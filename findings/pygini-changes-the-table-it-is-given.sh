#!/usr/bin/env bash
# pygini 1.0.1: gini(table, axis=0) changes the table: afterwards the least value is 0 where a region had a loss, and a
# mean growth of 0.5 per cent is 4.5. Every call adds 0.00000001 to all values, too. Without axis it works on a
# copy, and its documentation says nothing of either. One expects a statistic to leave its data alone: whatever is
# computed after it is of other numbers.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder"
"$folder/bin/pip" install -q --disable-pip-version-check pygini==1.0.1 numpy==2.3.5
"$folder/bin/python" - <<'PY'
import numpy as np
from pygini import gini

growth = np.array([[1.0, 2, 3, -4]]).T
gini(growth)
kept = growth.mean()
gini(growth, axis=0)
print("mean growth: given 0.5, after gini(growth)", kept, "and after gini(growth, axis=0)", growth.mean().round(6))
print("values", growth.ravel().round(6).tolist())
assert kept == 0.5, "the behaviour has changed"
assert np.allclose(growth.ravel(), [5, 6, 7, 0], atol=1e-6), "the behaviour has changed"
jobs = np.array([[10.0, 20, 30, 40]]).T
gini(jobs, axis=0)
print("10 after a call without a loss:", jobs[0, 0])
assert jobs[0, 0] == 10 + 1e-8, "the behaviour has changed"
PY
