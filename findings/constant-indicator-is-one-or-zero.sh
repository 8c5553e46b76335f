#!/usr/bin/env bash
# pymcdm 1.4.0 and scikit-criteria 0.10: an indicator in which all units are equal becomes 1 for all
# in the min-max normalisation of the first, also as a cost, and 0 for all in that of the second. A
# score of equal weights so differs by the whole weight of that indicator, and neither says a word.
# One expects the same of two packages for the same formula, or a refusal of 0/0.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder"
"$folder/bin/pip" install -q --disable-pip-version-check pymcdm==1.4.0 scikit-criteria==0.10 numpy==2.4.6
"$folder/bin/python" -W ignore - <<'PY'
import numpy as np
import skcriteria
from pymcdm.normalizations import minmax_normalization
from skcriteria.preprocessing.scalers import MinMaxScaler

matrix = np.array([[1.0, 5.0], [2.0, 5.0], [3.0, 5.0]])
decision = skcriteria.mkdm(matrix, [max, max])
first = [minmax_normalization(matrix[:, 1], cost=cost) for cost in (False, True)]
second = MinMaxScaler("matrix").transform(decision).matrix.to_numpy()[:, 1]
print("pymcdm", first[0], "as a cost", first[1])
print("scikit-criteria", second)
assert all((column == 1).all() for column in first), "the behaviour has changed"
assert (second == 0).all(), "the behaviour has changed"
PY
