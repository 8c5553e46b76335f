#!/usr/bin/env bash
# reliabilipy 0.0.36: Cronbach's alpha of a data set is computed of the ABSOLUTE correlations. Six indicators of which
# three point the other way have 0.85, where the definition gives -1.26, and twelve regions of random numbers 0.61
# where it gives -2.58: what alpha is there to find, an indicator whose sign was forgotten or that measures something
# else, cannot be seen. Of the correlation matrix of the same data it gives what the definition does. One expects one
# alpha for both; its documentation says nothing of signs.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder"
"$folder/bin/pip" install -q --disable-pip-version-check reliabilipy==0.0.36 factor-analyzer==0.5.1 scikit-learn==1.5.2 numpy==1.26.4 pandas==2.3.3
"$folder/bin/python" -W ignore - <<'PY'
import numpy as np
import pandas as pd
from reliabilipy import reliability_analysis


def by_definition(data):  # of the values divided by their standard deviations
    z, k = data / data.std(), data.shape[1]
    return k / (k - 1) * (1 - z.var().sum() / z.sum(axis=1).var())


def alphas(data):
    of_data = reliability_analysis(raw_dataset=data, is_corr_matrix=False)
    of_matrix = reliability_analysis(correlations_matrix=data.corr())
    of_data.fit(), of_matrix.fit()
    return round(of_data.alpha_cronbach, 3), round(of_matrix.alpha_cronbach, 3), round(by_definition(data), 3)


random = np.random.default_rng(0)
common = random.normal(size=(200, 1))
indicators = pd.DataFrame(common + random.normal(size=(200, 6)))
reversed_ = indicators * [1, 1, 1, -1, -1, -1]
noise = pd.DataFrame(random.normal(size=(12, 6)))
found = {}
for name, data in {"indicators": indicators, "three reversed": reversed_, "noise": noise}.items():
    found[name] = alphas(data)
    print(f"{name}: of the data {found[name][0]}, of their correlations {found[name][1]}, by definition {found[name][2]}")
    assert found[name][1] == found[name][2], "the behaviour has changed"
assert found["three reversed"][0] == found["indicators"][0] == found["indicators"][2], "the behaviour has changed"
assert found["noise"][0] > 0.4 and found["noise"][2] < 0, "the behaviour has changed"
PY
