#!/usr/bin/env bash
# scipy 1.17.1: kendalltau of five years in which the last two values tie, and all others rise, has
# p = 0.023. Of the 60 orders of such values two are as extreme, so that no test on them can have a p
# below 2 / 60 = 0.033. Without a tie it is exact (2 / 120 = 0.017); a single tie turns
# method="auto" to the normal approximation at n = 5, where it claims more than the data can
# show. One expects a tie to cost evidence, and the exact p where all orders can be counted.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder"
"$folder/bin/pip" install -q --disable-pip-version-check scipy==1.17.1 numpy==2.4.6
"$folder/bin/python" -W ignore - <<'PY'
from itertools import permutations

from scipy.stats import kendalltau

years, values = range(5), (1, 2, 3, 4, 4)
found = kendalltau(years, values)
orders = set(permutations(values))
extreme = [one for one in orders if abs(kendalltau(years, one).statistic) >= found.statistic - 1e-9]
exact = len(extreme) / len(orders)
untied = kendalltau(years, (1, 2, 3, 4, 5)).pvalue
print(f"p {found.pvalue:.4f}, by all {len(orders)} orders {exact:.4f}, without the tie {untied:.4f}")
assert len(orders) == 60 and len(extreme) == 2, "the behaviour has changed"
assert found.pvalue < 0.025 < exact and abs(untied - 2 / 120) < 1e-12, "the behaviour has changed"
PY
