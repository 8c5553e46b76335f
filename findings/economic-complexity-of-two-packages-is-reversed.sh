#!/usr/bin/env bash
# economic-complexity 0.3.0 and ecomplexity 0.5.3: of the same table of six regions and eight industries the
# region that is first by one index of economic complexity is last by the other, and so on down. The
# index is an eigenvector, whose sign is free: the second package turns it by its correlation with the
# number of specialisations, here all of 0.03, the first takes the sign that iterating leaves. Neither
# says so, or that the choice was close. One expects high to be complex in both.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder"
"$folder/bin/pip" install -q --disable-pip-version-check economic-complexity==0.3.0 ecomplexity==0.5.3 numpy==1.26.4 pandas==2.3.3
"$folder/bin/python" -W ignore - <<'PY'
import pandas as pd
from economic_complexity import complexity, rca
from ecomplexity import ecomplexity

jobs = pd.DataFrame(
    [
        [24, 2, 5, 7, 5, 24, 26, 17],
        [1, 2, 9, 12, 18, 14, 7, 4],
        [20, 22, 0, 3, 13, 11, 26, 15],
        [12, 12, 19, 17, 5, 22, 22, 28],
        [23, 8, 9, 19, 19, 20, 26, 8],
        [28, 0, 2, 29, 28, 8, 4, 9],
    ],
    index=list("ABCDEF"),
    columns=list("stuvwxyz"),
)
first, _ = complexity(rca(jobs))
long = jobs.stack().rename_axis(["region", "industry"]).rename("jobs").reset_index().assign(year=2020)
names = {"time": "year", "loc": "region", "prod": "industry", "val": "jobs"}
second = ecomplexity(long, names, verbose=False).groupby("region").eci.first()
quotient = (jobs.div(jobs.sum(axis=1), axis=0)).div(jobs.sum() / jobs.to_numpy().sum())
table = pd.DataFrame({"first": first, "second": second, "specialisations": (quotient >= 1).sum(axis=1)})
print(table.round(2).to_string())
print(table.corr().round(2).to_string())
assert table.corr().loc["first", "second"] < -0.99, "the behaviour has changed"
assert table.corr().loc["first", "specialisations"] < 0, "the behaviour has changed"
PY
