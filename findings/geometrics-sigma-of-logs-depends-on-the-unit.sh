#!/usr/bin/env bash
# geometrics 0.1.3: analyze_sigma_convergence gives the coefficient of variation and the Gini index of the
# LOGARITHMS of the values. Regions that all grow by 5 % a year keep their dispersion (its std is
# constant, and so are the usual coefficient of variation and Gini), yet both fall every year; and in
# thousands instead of units the same incomes have another coefficient of variation. One expects two measures
# without a unit, constant here.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder"
"$folder/bin/pip" install -q --disable-pip-version-check geometrics==0.1.3 numpy==2.3.5 pandas==3.1.1
"$folder/bin/python" -W ignore - <<'PY'
import geometrics
import numpy as np
import pandas as pd

rows = [
    (f"r{n}", year, 1000.0 * (n + 2) * 1.05 ** (year - 2000)) for n in range(8) for year in range(2000, 2008)
]
data = pd.DataFrame(rows, columns=["region", "year", "income"])
usual = data.groupby("year")["income"].agg(lambda values: values.std() / values.mean())
found = {
    unit: geometrics.analyze_sigma_convergence(
        data.assign(income=data["income"] / size), "income", entity="region", time="year"
    ).df
    for unit, size in (("units", 1), ("thousands", 1000))
}
print("usual", usual.round(4).unique(), "std", found["units"]["std"].round(4).unique())
for unit, table in found.items():
    print(unit, "cv", table["cv"].round(4).tolist(), "gini", table["gini"].round(4).tolist())
assert np.ptp(usual) < 1e-12 and np.ptp(found["units"]["std"]) < 1e-12, "the behaviour has changed"
assert (found["units"][["cv", "gini"]].diff().dropna() < 0).all(axis=None), "the behaviour has changed"
assert (found["thousands"]["cv"] > 2 * found["units"]["cv"]).all(), "the behaviour has changed"
PY
