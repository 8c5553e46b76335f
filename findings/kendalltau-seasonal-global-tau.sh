#!/usr/bin/env bash
# scipy 1.17.1: stats.mstats.kendalltau_seasonal divides the sum of S within the seasons by the
# number of ALL pairs, those of different seasons too, which that sum leaves out. Four seasons that
# rise in each of six years have tau 1 each and a 'global tau' of 0.217, the most it can be. The
# one it calls 'global tau (alt)' is 1, as pymannkendall 1.4.3 has it. One expects perfect agreement
# to be 1, and a summary to lie between what it sums up.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder"
"$folder/bin/pip" install -q --disable-pip-version-check scipy==1.17.1 pymannkendall==1.4.3 numpy==2.4.6
"$folder/bin/python" -W ignore - <<'PY'
import numpy as np
import pymannkendall
from scipy.stats.mstats import kendalltau_seasonal

rising = np.arange(1.0, 7)[:, None] + [0, 10, 20, 30]  # six years, four seasons
found = kendalltau_seasonal(rising)
tau = pymannkendall.seasonal_test(rising.ravel(), period=4).Tau
print("seasons", found["seasonal tau"], "pymannkendall", tau)
print("global tau", found["global tau"], "global tau (alt)", found["global tau (alt)"])
within, all_pairs = 4 * 6 * 5 / 2, 24 * 23 / 2
assert tau == found["global tau (alt)"] == 1, "the behaviour has changed"
assert np.isclose(found["global tau"], within / all_pairs), "the behaviour has changed"
PY
