#!/usr/bin/env bash
# pyrepo-mcda 0.1.15: MULTIMOORA_FMF, one of the three rankings that MULTIMOORA is made of, is scored "using criteria
# weights" and does not depend on them. It multiplies each factor of a product by its weight, which multiplies all units
# alike; with 0.8 on any of three criteria the scores are in the same proportion and the same unit is first. As
# exponents the weights count, and another unit is first for each. One expects an argument of
# weights to weigh.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder"
"$folder/bin/pip" install -q --disable-pip-version-check pyrepo-mcda==0.1.15 numpy==2.3.5 scipy==1.17.1
"$folder/bin/python" -W ignore - <<'PY'
import numpy as np
from pyrepo_mcda.mcda_methods.multimoora import MULTIMOORA_FMF

matrix = np.array([[7.0, 120, 3], [9, 80, 5], [4, 100, 8], [6, 60, 2]])
types = np.array([1, -1, 1])  # the second is a cost
found, first = [], []
for weights in np.array([[0.8, 0.1, 0.1], [0.1, 0.8, 0.1], [0.1, 0.1, 0.8]]):
    score = MULTIMOORA_FMF()(matrix, weights, types)
    power = np.prod(matrix ** (weights * types), axis=1)
    found.append(score / score.max())
    first.append(power.argmax())
    print(weights, "pyrepo-mcda", found[-1].round(3), "as exponents", (power / power.max()).round(3))
assert np.allclose(found, found[0]), "the behaviour has changed"
assert len(set(first)) == 3, "the example does not show it any more"
PY
