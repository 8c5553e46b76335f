#!/usr/bin/env bash
# pyrepo-mcda 0.1.15: cilos_weighting gives a table of whole numbers other weights than the same table with a decimal
# point. The scaled costs, 0.5 or 0.75, are put back into the table they came from, where they become 0:
# a cost that weighs most of three (0.46) then weighs least (0.21). pymcdm 1.4.0 has 0.46 for either. One expects
# 60 and 60.0 to be one number.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder"
"$folder/bin/pip" install -q --disable-pip-version-check pyrepo-mcda==0.1.15 pymcdm==1.4.0 numpy==2.3.5 scipy==1.17.1
"$folder/bin/python" -W ignore - <<'PY'
import numpy as np
from pymcdm.weights import cilos_weights
from pyrepo_mcda.weighting_methods import cilos_weighting

types = np.array([1, -1, 1])  # the second is a cost
whole = np.array([[7, 120, 3], [9, 80, 5], [4, 100, 8], [6, 60, 2]])
first, second = cilos_weighting(whole, types), cilos_weighting(whole.astype(float), types)
print("whole numbers      ", first.round(3))
print("with decimal point ", second.round(3))
print("pymcdm             ", cilos_weights(whole, types).round(3))
assert np.allclose(cilos_weights(whole, types), second), "the behaviour has changed"
assert first.argmin() == 1 and second.argmax() == 1, "the behaviour has changed"
# the weights are those of a cost of which only the least value, 60, is left
lost = np.array([[7, 0, 3], [9, 0, 5], [4, 0, 8], [6, 1, 2]], float)
assert np.allclose(first, cilos_weighting(lost, np.ones(3))), "the behaviour has changed"
PY
