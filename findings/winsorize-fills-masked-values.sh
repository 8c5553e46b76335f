#!/usr/bin/env bash
# scipy 1.17.1: stats.mstats.winsorize turns missing values into the largest one it keeps. Of 1, 2, 3,
# 4, 50 and one masked value, a fifth at each end, it returns 2, 2, 3, 4, 4 and 4, and nothing is
# masked any more: six values where there were five. trim, beside it, leaves the masked one masked. Its
# documentation says "Masked values are skipped". One expects missing to stay missing.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder"
"$folder/bin/pip" install -q --disable-pip-version-check scipy==1.17.1 numpy==2.4.6
"$folder/bin/python" -W ignore - <<'PY'
import numpy as np
from scipy.stats.mstats import trim, winsorize

values = np.ma.array([1.0, 2, 3, 4, 50, 0], mask=[False] * 5 + [True])
found = winsorize(values, limits=(0.2, 0.2))
trimmed = trim(values, (0.2, 0.2), relative=True)
print("before", values, "winsorized", found, "trimmed", trimmed)
assert "Masked values are skipped" in winsorize.__doc__, "the behaviour has changed"
assert trimmed.compressed().tolist() == [2, 3, 4], "the behaviour has changed"
assert found.compressed().tolist() == [2, 2, 3, 4, 4, 4], "the behaviour has changed"
PY
