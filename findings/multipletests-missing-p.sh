#!/usr/bin/env bash
# statsmodels 0.15.0: one missing p-value makes every corrected p-value of multipletests(...,
# method="fdr_bh") NaN, and yet the hypotheses are reported as rejected: True, True, False. One
# expects an error, or the missing one left out.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder"
"$folder/bin/pip" install -q --disable-pip-version-check statsmodels==0.15.0
"$folder/bin/python" -W ignore - <<'PY'
import numpy as np
from statsmodels.stats.multitest import multipletests

rejected, corrected, *_ = multipletests([0.01, 0.02, np.nan], method="fdr_bh")
print("rejected ", rejected)
print("corrected", corrected)
assert rejected.tolist() == [True, True, False], "the behaviour has changed"
assert np.isnan(corrected).all(), "the behaviour has changed"
PY
