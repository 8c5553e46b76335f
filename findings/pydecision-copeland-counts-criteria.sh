#!/usr/bin/env bash
# pyDecision 5.1.8: copeland_method adds up the criteria won and lost against all others, which
# is Borda's count in other numbers; Copeland's method counts the opponents beaten by a
# majority. Of three units the winner differs, and a score of 3 with two opponents is none of
# Copeland's. One expects the method of the name.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder"
"$folder/bin/pip" install -q --disable-pip-version-check pyDecision==5.1.8 numpy==2.4.6
"$folder/bin/python" -W ignore - <<'PY'
import numpy as np
from pyDecision.algorithm import copeland_method
from scipy.stats import rankdata

matrix = np.array([[4.0, 2, 4, 4, 3], [1, 8, 6, 3, 7], [5, 7, 4, 7, 4]])
found = copeland_method(matrix, ["max"] * 5, graph=False, verbose=False)
margins = np.sign(matrix[:, None] - matrix[None]).sum(axis=2)  # criteria won less those lost
pairs = np.sign(margins).sum(axis=1)
borda = 2 * rankdata(matrix, axis=0).sum(axis=1)
print("pyDecision", found, "opponents beaten less lost to", pairs)
assert np.allclose(found - found.mean(), borda - borda.mean()), "the behaviour has changed"
assert found.argmax() == 2 and pairs.argmax() == 1, "the behaviour has changed"
PY
