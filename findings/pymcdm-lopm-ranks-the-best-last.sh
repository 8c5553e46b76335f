#!/usr/bin/env bash
# pymcdm 1.4.0: LoPM().rank puts the unit that is best in every criterion last. The less its merit, the
# better a unit meets the limits (Farag 2020), and the class says so, reverse_ranking = False; what rank
# reads is _reverse_ranking, as the other classes write it, which stays True. VIKOR, of the same package
# and also the less the better, is ranked right. One expects rank 1 for who has most of what is wanted and
# least of what is not.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder"
"$folder/bin/pip" install -q --disable-pip-version-check pymcdm==1.4.0 numpy==2.4.6
"$folder/bin/python" -W ignore - <<'PY'
import numpy as np
from pymcdm.methods import VIKOR, LoPM

# jobs (the more the better) and waste (the less the better); the third unit is best in both
matrix, weights, types = np.array([[20.0, 7], [15, 6], [30, 4], [25, 5]]), np.array([0.5, 0.5]), np.array([1, -1])
ranks = {}
for method in (LoPM(), VIKOR()):
    scores = method(matrix, weights, types)
    assert scores.argmin() == 2, "the behaviour has changed"
    ranks[type(method).__name__] = method.rank(scores).tolist()
print(ranks)
assert ranks["LoPM"][2] == 4, "the behaviour has changed"
assert ranks["VIKOR"][2] == 1, "the behaviour has changed"
PY
