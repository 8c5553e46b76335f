#!/usr/bin/env bash
# SALib 1.6.0: a sample drawn without second-order terms (calc_second_order=False) and analysed with the
# defaults gives Sobol indices of something else, without a word, where the counts happen to divide: of
# 3 inputs and 1024 draws, 5120 outputs are read as 640 blocks of 8. Of a + 2b + 3c the first-order
# indices come out below zero; they are 1/14, 4/14 and 9/14. The other way round the mistake is refused,
# as one expects here, too.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder"
"$folder/bin/pip" install -q --disable-pip-version-check SALib==1.6.0 numpy==2.4.6 scipy==1.17.1 pandas==3.1.1
"$folder/bin/python" -W ignore - <<'PY'
import numpy as np
from SALib.analyze import sobol
from SALib.sample import sobol as sample

problem = {"num_vars": 3, "names": list("abc"), "bounds": [[0, 1]] * 3}
weights = np.array([1, 2, 3])
first_order = sample.sample(problem, 1024, calc_second_order=False, seed=1) @ weights
alike = sobol.analyze(problem, first_order, calc_second_order=False, seed=1)
by_default = sobol.analyze(problem, first_order, seed=1)
print("outputs", len(first_order), "alike", alike["S1"].round(3), "by default", by_default["S1"].round(3), by_default["ST"].round(3))
assert np.allclose(alike["S1"], weights**2 / 14, atol=0.01), "the behaviour has changed"
assert (by_default["S1"] < 0).all() and by_default["ST"][2] > 1, "the behaviour has changed"
second_order = sample.sample(problem, 1024, seed=1) @ weights
try:
    sobol.analyze(problem, second_order, calc_second_order=False, seed=1)
except RuntimeError as refusal:
    print("the other way round:", " ".join(str(refusal).split())[:50])
else:
    raise AssertionError("the behaviour has changed")
PY
