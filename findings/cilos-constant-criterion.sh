#!/usr/bin/env bash
# pymcdm 1.4.0: a criterion that is the same for all alternatives gets ALL the weight from
# cilos_weights, and without a warning. One expects none: it tells the alternatives apart in no way,
# and entropy_weights of the same package gives it 0.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder"
"$folder/bin/pip" install -q --disable-pip-version-check pymcdm==1.4.0 numpy==2.4.6
"$folder/bin/python" -W ignore - <<'PY'
import numpy as np
from pymcdm.weights import cilos_weights, entropy_weights

matrix = np.array([[1.0, 5, 3], [2, 5, 1], [3, 5, 2], [5, 5, 4]])  # the second is constant
types = np.array([1, 1, 1])
print("entropy", entropy_weights(matrix, types).round(3))
weights = cilos_weights(matrix, types)
print("cilos  ", weights.round(3))
assert np.allclose(weights, [0, 1, 0]), "the behaviour has changed"
PY
