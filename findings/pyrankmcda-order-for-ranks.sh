#!/usr/bin/env bash
# pyRankMCDA 2.1.8: three judges agree that a is second, b third and c first. Its Kemeny, footrule
# and page rank return and print these ranks; its Borda, Copeland, Schulze and median return the
# order of the candidates in the same place (first the third one) and print it as ranks: "a1 = 3".
# With numbers one cannot tell the two from each other. One expects nine ways to pool unanimous
# votes to give these votes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder"
"$folder/bin/pip" install -q --disable-pip-version-check pyrankmcda==2.1.8 numpy==2.4.6 pandas==3.1.1
"$folder/bin/python" -W ignore - <<'PY'
import contextlib
import io

import numpy as np
from pyRankMCDA.algorithm import rank_aggregation

votes = np.array([[2, 2, 2], [3, 3, 3], [1, 1, 1]])  # a row per candidate, a column per judge
pool = rank_aggregation(votes)
names = "kemeny_young footrule_rank_aggregation page_rank borda_method copeland_method".split()
names += ["schulze_method", "median_rank_aggregation"]
found = {name: list(map(int, getattr(pool, name)(verbose=False))) for name in names}
for name, ranks in found.items():
    print(f"{name:26s}", ranks)
assert all(found[name] == [2, 3, 1] for name in names[:3]), "the behaviour has changed"
assert all(found[name] == [3, 1, 2] for name in names[3:]), "the behaviour has changed"
with contextlib.redirect_stdout(io.StringIO()) as printed:
    pool.borda_method()
assert "a1 = 3" in printed.getvalue(), "the behaviour has changed"
PY
