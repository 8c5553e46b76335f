#!/usr/bin/env bash
# ruptures 1.1.10: PELT, and the exact dynamic programming beside it, look for a break only after 5,
# 10, 15, ... values unless jump=1 is given. Thirteen years whose level moves after the seventh are cut
# after the fifth and the tenth, or after the fifth; both give 7 with jump=1, at a lower cost. Their
# documentation says that they minimise the sum of approximation errors. One expects the minimum from
# methods that are chosen because they find it; short annual series are hit hardest.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder"
"$folder/bin/pip" install -q --disable-pip-version-check ruptures==1.1.10 numpy==2.4.6
"$folder/bin/python" -W ignore - <<'PY'
import numpy as np
import ruptures

levels = np.array([1.1, 0.9, 1.0, 1.2, 0.8, 1.0, 1.1, 6.0, 6.2, 5.9, 6.1, 5.8, 6.0])
jump_of_five = ruptures.Pelt(model="l2").fit(levels).predict(pen=1)
exact = ruptures.Pelt(model="l2", jump=1).fit(levels).predict(pen=1)
dynamic = ruptures.Dynp(model="l2").fit(levels).predict(n_bkps=1)
dynamic_exact = ruptures.Dynp(model="l2", jump=1).fit(levels).predict(n_bkps=1)
print("Pelt", jump_of_five, "jump=1", exact, "| Dynp", dynamic, "jump=1", dynamic_exact)


def cost(breaks):
    return sum(part.var() * len(part) for part in np.split(levels, breaks[:-1])) + len(breaks) - 1


best = min(([k, 13] for k in range(2, 12)), key=cost)  # every single break, by hand
print(f"cost with penalty: {cost(jump_of_five):.2f}, jump=1 {cost(exact):.2f}, by hand {best}")
assert best == exact == dynamic_exact == [7, 13], "the behaviour has changed"
assert jump_of_five == [5, 10, 13] and dynamic == [5, 13], "the behaviour has changed"
PY
