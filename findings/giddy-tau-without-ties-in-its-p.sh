#!/usr/bin/env bash
# giddy 2.3.8 (rank mobility of regions, PySAL): giddy.rank.Tau corrects tau for ties but not its p:
# with ten regions in three classes tau is SciPy's to the last digits (0.594), p is 0.017 where the
# variance under ties gives 0.047. One expects the p that belongs to the tau.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder"
"$folder/bin/pip" install -q --disable-pip-version-check giddy==2.3.8 scipy==1.17.1 numpy==2.4.6
"$folder/bin/python" -W ignore - <<'PY'
from giddy.rank import Tau
from scipy.stats import kendalltau

before = [1, 1, 1, 1, 2, 2, 2, 3, 3, 3]
after = [1, 1, 2, 2, 1, 2, 2, 2, 3, 3]
giddy, scipy = Tau(before, after), kendalltau(before, after, method="asymptotic")
print(f"giddy tau {giddy.tau:.6f} p {giddy.tau_p:.6f}")
print(f"scipy tau {scipy.statistic:.6f} p {scipy.pvalue:.6f}")
assert abs(giddy.tau - scipy.statistic) < 1e-12, "the behaviour has changed"
assert giddy.tau_p < 0.02 < 0.04 < scipy.pvalue, "the behaviour has changed"
PY
