#!/usr/bin/env bash
# pymcdm 1.4.0: critic_weights(matrix, types) takes the types and ignores them: a criterion to be
# minimised weighs what it would weigh if more were better. CRITIC (Diakoulaki, Mavrotas and
# Papayannakis 1995) scales every criterion from the worst to the best value, so that a cost turns the
# sign of its correlations, and scikit-criteria 0.10 does. Here a cost that weighs most of four by the
# formula weighs least in pymcdm. One expects an argument that is taken to be used, as merec_weights and
# cilos_weights beside it do.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder"
"$folder/bin/pip" install -q --disable-pip-version-check pymcdm==1.4.0 scikit-criteria==0.10 numpy==2.4.6
"$folder/bin/python" -W ignore - <<'PY'
import numpy as np
import skcriteria
from pymcdm.weights import critic_weights
from skcriteria.preprocessing.weighters import CRITIC

matrix = np.array([[1.0, 4, 1, 1], [6, 5, 5, 6], [8, 1, 7, 3], [7, 8, 9, 8], [6, 4, 3, 8]])
types = np.array([1, 1, -1, 1])


def by_formula(matrix, types):
    scaled = (matrix - matrix.min(axis=0)) / np.ptp(matrix, axis=0)
    scaled = np.where(types > 0, scaled, 1 - scaled)
    told = scaled.std(axis=0, ddof=1) * (1 - np.corrcoef(scaled.T)).sum(axis=0)
    return told / told.sum()


found, expected = critic_weights(matrix, types), by_formula(matrix, types)
frame = skcriteria.mkdm(matrix, [max, max, min, max])
criteria = CRITIC().transform(frame).weights.to_numpy()
print("pymcdm", found.round(3), "scikit-criteria", criteria.round(3))
assert np.allclose(criteria, expected), "the behaviour has changed"
assert np.allclose(found, by_formula(matrix, np.ones(4))), "the behaviour has changed"
assert expected.argmax() == found.argmin() == 2, "the behaviour has changed"
PY
