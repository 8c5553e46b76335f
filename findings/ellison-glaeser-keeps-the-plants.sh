#!/usr/bin/env bash
# concentrationMetrics 0.6.0: its index of Ellison and Glaeser (1997), "as in equation (5)", leaves out what
# the index is known for, the concentration that comes of few plants: (G - (1 - sum x^2) H) over
# (1 - sum x^2)(1 - H) is without its second term, so that each value is too large by H / (1 - H). An
# industry of four plants, one in each area and one of them large, has 0.35, where its authors call 0.05
# very agglomerated; the formula gives -0.74. One expects about 0 for plants that are placed at random.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder"
"$folder/bin/pip" install -q --disable-pip-version-check concentrationMetrics==0.6.0 numpy==1.26.4 pandas==1.5.3
"$folder/bin/python" -W ignore - <<'PY'
import numpy as np
import pandas as pd
from concentrationMetrics import Index

plants = pd.DataFrame(
    {
        "Exposure": [70.0, 10, 10, 10] + [25] * 8,
        "Area": [0, 1, 2, 3] + [0, 0, 1, 1, 2, 2, 3, 3],
        "Industry": [0] * 4 + [1] * 8,
    }
)
x = plants.groupby("Area").Exposure.sum() / plants.Exposure.sum()
found = Index().ellison_glaeser(plants, 4, 2)
for industry, of_it in plants.groupby("Industry"):
    z = of_it.Exposure / of_it.Exposure.sum()
    s = z.groupby(of_it.Area).sum()
    herfindahl, apart = (z**2).sum(), 1 - (x**2).sum()
    g = ((s - x) ** 2).sum()
    formula = (g - apart * herfindahl) / (apart * (1 - herfindahl))
    print(industry, "concentrationMetrics", round(found[industry], 3), "formula", round(formula, 3))
    too_large = herfindahl / (1 - herfindahl)
    assert np.isclose(found[industry] - formula, too_large), "the behaviour has changed"
assert round(found[0], 2) == 0.35, "the behaviour has changed"
PY
