#!/usr/bin/env bash
# pymcdm 1.4.0 and pyDecision 5.1.8: TOPSIS with all defaults names another winner of the same three
# units under equal weights. pymcdm scales by minimum and maximum unless told otherwise, pyDecision by
# the length of the column, as Hwang and Yoon (1981); told so, pymcdm gives pyDecision's numbers. One
# expects a method that is known by its name to be one method.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder"
"$folder/bin/pip" install -q --disable-pip-version-check pymcdm==1.4.0 pyDecision==5.1.8 numpy==2.4.6
"$folder/bin/python" -W ignore - <<'PY'
import numpy as np
from pyDecision.algorithm import topsis_method
from pymcdm.methods import TOPSIS
from pymcdm.normalizations import vector_normalization

matrix = np.array([[11.0, 18.0, 6.0], [16.0, 13.0, 1.0], [8.0, 17.0, 11.0]])
weights, types = np.ones(3) / 3, np.ones(3)
default = TOPSIS()(matrix, weights, types)
by_length = TOPSIS(vector_normalization)(matrix, weights, types)
other = topsis_method(matrix, [1 / 3] * 3, ["max"] * 3, graph=False, verbose=False)
print("pymcdm, default   ", default.round(4))
print("pyDecision        ", np.round(other, 4))
print("pymcdm, by length ", by_length.round(4))
assert default.argmax() == 0 and np.argmax(other) == 2, "the behaviour has changed"
assert np.allclose(other, by_length), "the behaviour has changed"
PY
