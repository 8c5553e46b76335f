#!/usr/bin/env bash
# pyanp 0.3.1 (AHP and ANP): of a judge who holds a twice as important as b and b as c, and has not compared a with c,
# Pairwise.priority makes weights of 0.51, 0.36 and 0.13: a is 1.4 times b, b 2.8 times c. The comparison that was not
# made is a 0 in the matrix, and counts as one. The inconsistency, of the same matrix, is 0, as Harker's method
# (1987) is used for that alone. One expects 4 : 2 : 1, the only weights that say what the judge said, or an error.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder"
"$folder/bin/pip" install -q --disable-pip-version-check pyanp==0.3.1 numpy==2.3.5 pandas==3.1.1
"$folder/bin/python" -W ignore - <<'PY'
from pyanp.pairwise import Pairwise
from pyanp.priority import incon_std, pri_eigen

judge = Pairwise(["a", "b", "c"])
judge.vote("judge", "a", "b", 2)
judge.vote("judge", "b", "c", 2)
found, matrix = judge.priority("judge"), judge.matrix("judge")
print("weights      ", found.round(3).to_dict(), f"a / b {found.a / found.b:.2f}, b / c {found.b / found.c:.2f}")
print("inconsistency", round(incon_std(matrix), 6))
print("by Harker    ", pri_eigen(matrix, use_harker=True).round(3))
print("4 : 2 : 1    ", [round(part / 7, 3) for part in (4, 2, 1)])
assert abs(incon_std(matrix)) < 1e-6, "the behaviour has changed"
assert abs(pri_eigen(matrix, use_harker=True) - [4 / 7, 2 / 7, 1 / 7]).max() < 1e-6, "the behaviour has changed"
assert abs(found.a / found.b - 2**0.5) < 1e-6 and abs(found.b / found.c - 8**0.5) < 1e-6, "the behaviour has changed"
PY
