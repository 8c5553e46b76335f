#!/usr/bin/env bash
# pygini 1.0.1: gini(table, axis=0) is one coefficient a column, and a single negative value changes all of them: what
# is taken off to make it zero is taken off every column. Of 10, 20, 30 and 40 the coefficient is 0.25, and 0.216
# beside a column in which one of the regions made a loss of 4. Nothing is said. One expects the
# coefficient of a column to be that of its values.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder"
"$folder/bin/pip" install -q --disable-pip-version-check pygini==1.0.1 numpy==2.3.5
"$folder/bin/python" - <<'PY'
import numpy as np
from pygini import gini


def by_definition(values):  # the mean difference of all pairs over twice the mean
    return np.abs(np.subtract.outer(values, values)).mean() / (2 * values.mean())


profit, jobs = [1.0, 2, 3, -4], [10.0, 20, 30, 40]
alone = gini(np.array([jobs]).T, axis=0)[0]
beside = gini(np.array([profit, jobs]).T, axis=0)[1]
right = by_definition(np.array(jobs))
print(f"jobs: by definition {right:.3f}, pygini alone {alone:.3f}, beside a loss {beside:.3f}")
assert abs(alone - right) < 1e-6, "the behaviour has changed"
assert abs(beside - by_definition(np.array(jobs) + 4)) < 1e-6, "the behaviour has changed"
assert 0.215 < beside < 0.216, "the behaviour has changed"
PY
