#!/usr/bin/env bash
# inequality 1.1.2 (PySAL): Gini_Spatial.wcg_share, "share of inequality in non-neighbor component", is not
# wcg in the sum of wcg and wg but in the denominator of the Gini coefficient. Where regions are equal
# within their groups and all inequality is between them, it is 0.4, the Gini coefficient, not 1;
# the shares of the two components add up to the Gini coefficient, whatever the map. One expects
# shares of inequality to add up to 1.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder"
"$folder/bin/pip" install -q --disable-pip-version-check inequality==1.1.2 libpysal==4.14.1 numpy==2.4.6
"$folder/bin/python" -W ignore - <<'PY'
import numpy as np
from inequality.gini import Gini_Spatial
from libpysal.weights import block_weights

values = np.array([1.0, 1, 1, 9, 9, 9])
found = Gini_Spatial(values, block_weights([0, 0, 0, 1, 1, 1]), permutations=0)
between = sum(abs(a - b) for a in values[:3] for b in values[3:]) * 2
total = abs(values[:, None] - values[None]).sum()
print("neighbours", found.wg, "others", found.wcg, "share", found.wcg_share, "by hand", between / total)
assert found.wg == 0 and found.wcg == between == total, "the behaviour has changed"
assert np.isclose(found.wcg_share, 0.4) and np.isclose(found.g, 0.4), "the behaviour has changed"
PY
