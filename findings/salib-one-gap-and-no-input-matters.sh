#!/usr/bin/env bash
# SALib 1.6.0: one missing output of 4096 makes every Sobol index 0, and its interval 0 to 0: no input
# matters, and for certain. Without the gap the indices of a + 2b are 0.2 and 0.8, as var(a) = 1/12 and
# var(2b) = 4/12 say. rbd_fast, of the same package, gives NaN. A composite indicator that cannot be
# computed for one choice of weights so looks robust. One expects NaN, or an error.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder"
"$folder/bin/pip" install -q --disable-pip-version-check SALib==1.6.0 numpy==2.4.6 scipy==1.17.1 pandas==3.1.1
"$folder/bin/python" -W ignore - <<'PY'
import numpy as np
from SALib.analyze import sobol
from SALib.sample import sobol as sample

problem = {"num_vars": 2, "names": ["a", "b"], "bounds": [[0, 1], [0, 1]]}
inputs = sample.sample(problem, 1024, calc_second_order=False, seed=1)
output = inputs[:, 0] + 2 * inputs[:, 1]
whole = sobol.analyze(problem, output, calc_second_order=False, seed=1)
output[5] = np.nan
gap = sobol.analyze(problem, output, calc_second_order=False, seed=1)
print("whole", whole["S1"].round(3), whole["ST"].round(3), "one missing", gap["S1"], gap["ST"], gap["ST_conf"])
assert np.allclose(whole["S1"], [0.2, 0.8], atol=0.01), "the behaviour has changed"
assert not gap["S1"].any() and not gap["ST"].any() and not gap["ST_conf"].any(), "the behaviour has changed"
PY
