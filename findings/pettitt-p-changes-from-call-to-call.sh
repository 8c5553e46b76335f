#!/usr/bin/env bash
# pyhomogeneity 1.1: the p of pettitt_test is simulated, without a seed or an argument for one. Five
# calls on the same twenty values give p from about 0.09 to 0.10, so that a notebook that runs again
# prints another table. One expects one p of one series, or a seed to be taken.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder"
"$folder/bin/pip" install -q --disable-pip-version-check pyhomogeneity==1.1 numpy==2.4.6
"$folder/bin/python" -W ignore - <<'PY'
import numpy as np
from pyhomogeneity import pettitt_test

values = np.r_[
    np.random.default_rng(3).normal(size=10), np.random.default_rng(4).normal(0.8, 1, size=10)
]
found = sorted({pettitt_test(values).p for _ in range(5)})
print("p of the same values:", *(f"{p:.5f}" for p in found))
assert len(found) > 1, "the behaviour has changed"
PY
