#!/usr/bin/env bash
# pyDecision 5.1.8: idocriw_method returns the entropy weights. IDOCRIW (Zavadskas and Podvezko 2016)
# multiplies them by the weights of CILOS, the solution of a linear system; here that is sought by
# minimising a sum which is zero for whatever weights, so that the search stays where it begins, at
# ones. pymcdm 1.4.0 has the product. One expects the method of the name.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder"
"$folder/bin/pip" install -q --disable-pip-version-check pyDecision==5.1.8 pymcdm==1.4.0 numpy==2.4.6
"$folder/bin/python" -W ignore - <<'PY'
import numpy as np
from pyDecision.algorithm import idocriw_method
from pymcdm.weights import idocriw_weights
from scipy.linalg import null_space

matrix = np.array([[7.0, 9, 9, 3], [8, 7, 8, 5], [9, 6, 8, 4], [6, 7, 7, 8]])  # more is better
shares = matrix / matrix.sum(axis=0)
entropy = 1 + (shares * np.log(shares)).sum(axis=0) / np.log(len(matrix))
entropy /= entropy.sum()
best = shares[shares.argmax(axis=0)]  # row j: the unit that is best in criterion j
losses = 1 - best / np.diag(best)
system = null_space(losses - np.diag(losses.sum(axis=0))).ravel()
expected = entropy * system / (entropy * system).sum()
found = idocriw_method(matrix, ["max"] * 4)
print("pyDecision", found.round(4), "entropy", entropy.round(4), "both", expected.round(4))
assert np.allclose(idocriw_weights(matrix, np.ones(4)), expected), "the behaviour has changed"
assert np.allclose(found, entropy) and not np.allclose(found, expected), "the behaviour has changed"
PY
