#!/usr/bin/env bash
# inequality 1.1.2 (PySAL): Schutz(...).coefficient, "the original Schutz coefficient", adds up ten times the
# slope of the Lorenz curve above 1 over the units, whatever their number: ten is the per cent of a decile,
# and it is right for ten units alone. Of incomes 1, 2, 3 and 10 it is 15, of each of them twice
# 30, and of each thirty times 450; the distance beside it is 0.375 for all. One expects a measure in
# per cent that a country has whichever way it is cut: 37.5, the hundredfold of the distance.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder"
"$folder/bin/pip" install -q --disable-pip-version-check inequality==1.1.2 numpy==2.4.6 pandas==3.1.1
"$folder/bin/python" -W ignore - <<'PY'
import pandas as pd
from inequality.schutz import Schutz

found = {times: Schutz(pd.DataFrame({"income": [1.0, 2.0, 3.0, 10.0] * times}), "income") for times in (1, 2, 30)}
print({times: (round(float(one.coefficient), 9), round(float(one.distance), 9)) for times, one in found.items()})
assert all(abs(one.distance - 0.375) < 1e-9 for one in found.values()), "the behaviour has changed"
assert [round(float(one.coefficient), 6) for one in found.values()] == [15, 30, 450], "the behaviour has changed"
ten = Schutz(pd.DataFrame({"income": [1.0, 2, 3, 4, 5, 6, 7, 8, 9, 10]}), "income")
assert abs(ten.coefficient - 100 * ten.distance) < 1e-9, "the behaviour has changed"
PY
