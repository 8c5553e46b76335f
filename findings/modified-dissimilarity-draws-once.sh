#!/usr/bin/env bash
# segregation 2.5.4 (PySAL): the 500 iterations of ModifiedDissim are one and the same: every one of them sets the same seed
# before it draws. What is taken off the index of dissimilarity as that of chance is a single draw, and the result
# of one table lies anywhere between -0.2 and 0.1; with 500 different draws it is 0.01, and stays there. More
# iterations change nothing. ModifiedGini does the same. One expects a mean of 500 to be steadier than one.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder"
"$folder/bin/pip" install -q --disable-pip-version-check segregation==2.5.4 geopandas==1.2.0 libpysal==4.14.1 numpy==2.3.5 pandas==3.1.1
"$folder/bin/python" -W ignore - <<'PY'
import numpy as np
import pandas as pd
from segregation.singlegroup import Dissim, ModifiedDissim

table = pd.DataFrame({"group": [3, 8, 5, 2, 9, 4], "all": [30, 40, 25, 30, 45, 20]})
share = table["group"].sum() / table["all"].sum()
observed = Dissim(table, "group", "all").statistic


def corrected(chance):
    return (observed - chance) / (1 - chance if observed >= chance else chance)


def drawn(seed):
    group = np.random.RandomState(seed).binomial(table["all"], share)
    return Dissim(table.assign(group=group), "group", "all").statistic


found, right, one_draw = [], [], []
for start in range(8):
    np.random.seed(start)
    found.append(ModifiedDissim(table, "group", "all", iterations=500, n_jobs=1).statistic)
    seed = np.random.RandomState(start).randint(0, 10_000_000)
    one_draw.append(corrected(drawn(seed)))
    right.append(corrected(np.mean([drawn(seed + i) for i in range(500)])))
print("segregation   ", np.round(found, 3).tolist())
print("one draw      ", np.round(one_draw, 3).tolist())
print("500 draws     ", np.round(right, 3).tolist())
assert np.allclose(found, one_draw), "the behaviour has changed"
assert np.ptp(found) > 0.2 and np.ptp(right) < 0.1, "the behaviour has changed"
PY
