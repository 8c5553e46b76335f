#!/usr/bin/env bash
# pymcdm 1.4.0: Kendall's tau of a ranking that has a tie with ITSELF is 0.833, not 1: it is tau-a,
# whose denominator counts tied pairs. Rankings with ties are then never in full agreement.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder"
"$folder/bin/pip" install -q --disable-pip-version-check pymcdm==1.4.0 numpy==2.4.6 scipy==1.17.1
"$folder/bin/python" -W ignore - <<'PY'
import numpy as np
from pymcdm.correlations import kendall_tau
from scipy.stats import kendalltau

ranking = np.array([1, 2, 2, 4])
print("scipy (tau-b)", kendalltau(ranking, ranking).statistic)
print("pymcdm       ", kendall_tau(ranking, ranking))
assert abs(kendall_tau(ranking, ranking) - 5 / 6) < 1e-12, "the behaviour has changed"
PY
