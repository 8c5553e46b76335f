#!/usr/bin/env bash
# inequality 1.1.2 (PySAL): wolfson, the index of bipolarization of Wolfson (1994), is half of what goes by that name:
# of two camps of equal size, one with nothing and one with all, it is 0.5. The index runs to 1, which is what those
# camps have: 2 (2 T - G) mean / median, with T = 0.5 - L(0.5) (Wolfson 1997; Ravallion and Chen 1996, as the
# World Bank computes it); here the first 2 is not in the formula. Next to a published value
# a country so looks half as divided as it is. One expects an index with its author's name to have his scale.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder"
"$folder/bin/pip" install -q --disable-pip-version-check inequality==1.1.2 numpy==2.4.6 pandas==3.1.1
"$folder/bin/python" -W ignore - <<'PY'
import numpy as np
from inequality.gini import Gini
from inequality.wolfson import wolfson


def world_bank(incomes):
    """2 (mean (1 - Gini) - mean of the poorer half) / median."""
    incomes = np.sort(np.asarray(incomes, dtype=float))
    poorer = incomes[: len(incomes) // 2].mean()
    return 2 * (incomes.mean() * (1 - Gini(incomes).g) - poorer) / np.median(incomes)


for incomes in ([0.0, 0, 2, 2], [1.0, 2, 3, 10], [6.0, 6, 8, 8, 10, 10, 12, 12]):
    own, other = float(wolfson(incomes)), float(world_bank(incomes))
    print(incomes, round(own, 4), "for", round(other, 4))
    assert abs(2 * own - other) < 1e-9, "the behaviour has changed"
assert float(wolfson([0.0, 0, 2, 2])) == 0.5, "the behaviour has changed"
PY
