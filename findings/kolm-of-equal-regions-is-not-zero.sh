#!/usr/bin/env bash
# concentrationMetrics 0.6.0: Kolm's index of inequality of four regions that all have 100 is -99.75; of
# unequal ones it is negative as well. The definition (Kolm 1976), ln(mean(exp(a (mean - x)))) / a, is 0
# for equals and never below. Here the mean of the values is taken off their SHARES, and with the sign
# turned. One expects no inequality among equals, of this measure above all: that is what it is made for.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder"
"$folder/bin/pip" install -q --disable-pip-version-check concentrationMetrics==0.6.0 numpy==1.26.4 pandas==1.5.3
"$folder/bin/python" -W ignore - <<'PY'
import numpy as np
from concentrationMetrics import Index


def kolm(values, a):
    return np.log(np.exp(a * (values.mean() - values)).mean()) / a


found = {}
for name, values in {"equal": np.full(4, 100.0), "unequal": np.array([10.0, 50, 140, 200])}.items():
    found[name] = Index().kolm(values, 0.01)
    print(name, "concentrationMetrics", round(found[name], 4), "definition", round(kolm(values, 0.01), 4))
assert kolm(np.full(4, 100.0), 0.01) == 0, "the definition"
assert abs(found["equal"] + 99.75) < 1e-9, "the behaviour has changed"
assert found["unequal"] < -99, "the behaviour has changed"
PY
