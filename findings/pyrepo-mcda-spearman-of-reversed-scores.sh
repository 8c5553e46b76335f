#!/usr/bin/env bash
# pyrepo-mcda 0.1.15: spearman(R, Q) of five scores and the same scores in reverse is 0.92, not -1. It puts the values
# themselves into 1 - 6 sum(d^2) / (n (n^2 - 1)), which holds for ranks; scores between 0 and 1 differ by so little
# that any two methods agree almost perfectly. "First vector containing values", says its documentation; the
# function of that name in pymcdm 1.4.0 and SciPy's rank what they are given. One expects a rank correlation to rank.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder"
"$folder/bin/pip" install -q --disable-pip-version-check pyrepo-mcda==0.1.15 pymcdm==1.4.0 numpy==2.3.5 scipy==1.17.1
"$folder/bin/python" -W ignore - <<'PY'
import numpy as np
from pymcdm.correlations import spearman as of_pymcdm
from pyrepo_mcda.correlations import spearman
from scipy.stats import rankdata, spearmanr

topsis = np.array([0.9, 0.7, 0.5, 0.3, 0.1])
other = topsis[::-1]
found, of_ranks = spearman(topsis, other), spearman(rankdata(topsis), rankdata(other))
print(f"pyrepo-mcda {found:.2f}, of the ranks {of_ranks:.2f}; pymcdm {of_pymcdm(topsis, other):.2f}, SciPy {spearmanr(topsis, other)[0]:.2f}")
assert abs(found - 0.92) < 1e-9, "the behaviour has changed"
assert np.allclose([of_ranks, of_pymcdm(topsis, other), spearmanr(topsis, other)[0]], -1), "the behaviour has changed"
PY
