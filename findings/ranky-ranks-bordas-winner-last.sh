#!/usr/bin/env bash
# ranky 1.0.0: `borda` returns the mean rank, of which the least is the best, and `copeland` the
# pairs won, of which the most is; `rank` ranks either from the most. rank(borda(m)) so puts the
# worst candidate first, and rank(copeland(m)) the best. One expects two ways to pool the same
# votes to point in the same direction.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder"
"$folder/bin/pip" install -q --disable-pip-version-check ranky==1.0.0 numpy==2.4.6 pandas==3.1.1
"$folder/bin/python" -W ignore - <<'PY'
import pandas as pd
import ranky

judges = pd.DataFrame(
    {"first": [0.9, 0.5, 0.1], "second": [0.8, 0.6, 0.1], "third": [0.7, 0.9, 0.5]}, list("abc")
)
for pool in (ranky.borda, ranky.copeland):
    pooled = pool(judges)
    print(pool.__name__, pooled.round(2).to_dict(), ranky.rank(pooled).to_dict())
borda, copeland = (ranky.rank(pool(judges)) for pool in (ranky.borda, ranky.copeland))
assert borda.idxmin() == "c" and copeland.idxmin() == "a", "the behaviour has changed"
PY
