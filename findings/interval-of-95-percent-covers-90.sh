#!/usr/bin/env bash
# concentrationMetrics 0.6.0: compute(..., ci=0.95) gives the bounds of 90 %. It takes the bootstrap values at
# 5 % and at 95 %, where an interval of 95 % has 2.5 % on either side: of the 2000 values that it drew itself
# 90 % lie between its bounds. Two regions so differ more often than they should. One expects ci to be what
# lies within.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder"
"$folder/bin/pip" install -q --disable-pip-version-check concentrationMetrics==0.6.0 numpy==1.26.4 pandas==1.5.3
"$folder/bin/python" -W ignore - <<'PY'
import numpy as np
from concentrationMetrics import Index

index, incomes = Index(), np.random.default_rng(1).lognormal(size=50)
np.random.seed(0)
low, value, high = index.compute(incomes, ci=0.95, samples=2000, index="gini")
np.random.seed(0)
again = [index.gini(np.random.choice(incomes, size=50, replace=True)) for _ in range(2000)]
within = np.mean([low <= one <= high for one in again])
print(f"Gini {value:.3f}, ci=0.95: {low:.3f} to {high:.3f}, of its own values within: {within:.1%}")
print("2.5 % and 97.5 % of them:", np.quantile(again, [0.025, 0.975]).round(3))
assert abs(within - 0.90) < 0.005, "the behaviour has changed"
PY
