#!/usr/bin/env bash
# IneqPy 0.4.1: its Theil index leaves out the units that have nothing, without a word: of 0, 1,
# 2, 3 it is 0.087, that of 1, 2, 3 alone. PySAL's inequality 1.1.2 gives 0.375, as the
# definition does, in which x log x goes to 0 and the mean is that of all four. One expects zero
# to be a value, the more so in a measure of who has nothing.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder"
"$folder/bin/pip" install -q --disable-pip-version-check IneqPy==0.4.1 inequality==1.1.2 numpy==2.4.6
"$folder/bin/python" -W ignore - <<'PY'
import numpy as np
from ineqpy.inequality import theil
from inequality.theil import Theil

values = np.array([0.0, 1, 2, 3])
found, without, pysal = theil(values), theil(values[1:]), Theil(values).T
print(f"IneqPy {found:.4f}, without the zero {without:.4f}; PySAL {pysal:.4f}")
assert abs(found - without) < 1e-12, "the behaviour has changed"
assert 0.374 < pysal < 0.376, "the behaviour has changed"
PY
