#!/usr/bin/env bash
# pymcdm 1.4.0: COPRAS rewards costs. Its term for the criteria to be minimised cancels down to
# their plain sum, which is then added: Q = S+ + S-. A unit whose cost falls from 7 to 1 loses score
# and comes last of four; by the formula of Zavadskas, Kaklauskas and Sarka (1994), which its docstring
# cites, Q = S+ + sum(S-) / (S- sum(1 / S-)), it comes first. One expects a lower cost never to lower
# a score.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder"
"$folder/bin/pip" install -q --disable-pip-version-check pymcdm==1.4.0 numpy==2.4.6
"$folder/bin/python" -W ignore - <<'PY'
import numpy as np
from pymcdm.methods import COPRAS

weights, types = np.array([0.4, 0.3, 0.2, 0.1]), np.array([1, 1, -1, 1])  # the third is a cost


def by_formula(matrix):
    shares = matrix / matrix.sum(axis=0) * weights
    gain, cost = shares[:, types > 0].sum(axis=1), shares[:, types < 0].sum(axis=1)
    score = gain + cost.sum() / (cost * (1 / cost).sum())
    return score / score.max()


for cost in (7.0, 1.0):
    matrix = np.array([[7, 9, 9, 3], [8, 7, 8, 5], [9, 6, 8, 4], [6, 7, cost, 8]])
    found = COPRAS()(matrix, weights, types)
    print(f"last unit's cost {cost:.0f}: pymcdm", found.round(3), "formula", by_formula(matrix).round(3))
    plain = (matrix / matrix.sum(axis=0) * weights).sum(axis=1)  # gains and costs added up
    assert np.allclose(found, plain / plain.max()), "the behaviour has changed"
assert found.argmin() == 3 and by_formula(matrix).argmax() == 3, "the behaviour has changed"
PY
