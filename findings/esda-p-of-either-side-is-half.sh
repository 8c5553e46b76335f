#!/usr/bin/env bash
# esda 2.8.2 (spatial autocorrelation, PySAL): Moran(..., two_tailed=True).p_sim counts the permutations that
# are as extreme on the side where the value lies, whichever that is, and does not double them. Of 1000
# maps of unrelated values about 10 % are significant at 5 %; of p_norm, beside it, about 5 %. The
# argument is for p_norm and p_rand only, and the alternative of p_sim is, in its documentation, a
# value that is "either extremely greater or extremely lower". One expects two_tailed to count.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder"
"$folder/bin/pip" install -q --disable-pip-version-check esda==2.8.2 libpysal==4.14.1 numpy==2.4.6 scipy==1.17.1
"$folder/bin/python" -W ignore - <<'PY'
import numpy as np
from esda.moran import Moran
from libpysal.weights import lat2W

neighbours, maps = lat2W(6, 6), 1000
below = {"p_sim": 0, "p_norm": 0}
largest = 0
for seed in range(maps):
    np.random.seed(seed)
    values = np.random.default_rng(seed).normal(size=36)
    moran = Moran(values, neighbours, permutations=199, two_tailed=True)
    largest = max(largest, moran.p_sim)
    for p in below:
        below[p] += getattr(moran, p) <= 0.05
print({p: f"{count / maps:.1%} at 5 %" for p, count in below.items()}, "largest p_sim", largest)
assert below["p_norm"] / maps < 0.06, "the behaviour has changed"
assert below["p_sim"] / maps > 0.08 and largest < 0.51, "the behaviour has changed"
PY
