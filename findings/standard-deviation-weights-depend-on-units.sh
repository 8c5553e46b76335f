#!/usr/bin/env bash
# pymcdm 1.4.0 and scikit-criteria 0.10: weights by standard deviation are taken of the values as they are: a share
# written as 0.5 weighs 0.001 beside output in thousands, and 0.451 written per mille. The entropy and Gini
# weights of pymcdm, in the same place, do not depend on the unit. Diakoulaki, Mavrotas and Papayannakis (1995),
# who put this weighting beside CRITIC, scale every criterion from 0 to 1 first. One expects a weight of
# an indicator, not of the unit that an office prints it in.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder"
"$folder/bin/pip" install -q --disable-pip-version-check pymcdm==1.4.0 scikit-criteria==0.10 numpy==2.4.6
"$folder/bin/python" -W ignore - <<'PY'
import numpy as np
import skcriteria
from pymcdm import weights
from skcriteria.preprocessing.weighters import StdWeighter

share = np.array([[1200.0, 0.5, 3], [900, 0.7, 2], [1500, 0.2, 9], [1100, 0.4, 5]])  # output, share, patents
per_mille = share * [1, 1000, 1]


def of(matrix):
    other = StdWeighter().transform(skcriteria.mkdm(matrix, [max] * 3)).weights
    return [float(w.round(3)) for w in (weights.standard_deviation_weights(matrix)[1], other.iloc[1])]


print("weight of the share:", of(share), "and per mille:", of(per_mille))
assert of(share) == [0.001, 0.001], "the behaviour has changed"
assert of(per_mille) == [0.451, 0.451], "the behaviour has changed"
for method in (weights.entropy_weights, weights.gini_weights):
    assert np.allclose(method(share), method(per_mille)), "the behaviour has changed"
PY
