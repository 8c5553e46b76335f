#!/usr/bin/env bash
# wquantiles 0.6: the weighted median of 1 with weight 3 and 10 with weight 1 is 3.25, a value between the
# two; the median of 1, 1, 1 and 10 is 1, and so says weightedstats 0.4.1. Three quarters of the people
# live in the region with 1. With equal weights the two packages and numpy agree, so that a first try
# shows nothing. Multiplying all weights by ten changes nothing, so these are no counts of a sample.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder"
"$folder/bin/pip" install -q --disable-pip-version-check wquantiles==0.6 weightedstats==0.4.1 numpy==2.4.6
"$folder/bin/python" -W ignore - <<'PY'
import numpy as np
import weightedstats
import wquantiles

values, people = np.array([1.0, 10.0]), np.array([3.0, 1.0])
median, more = (wquantiles.median(values, people * size) for size in (1, 10))
other = weightedstats.weighted_median(values.tolist(), people.tolist())
repeated = float(np.median(np.repeat(values, people.astype(int))))
print("wquantiles", median, more, "weightedstats", other, "repeated", repeated)
assert (median, more, other, repeated) == (3.25, 3.25, 1, 1), "the behaviour has changed"
four = np.array([1.0, 2.0, 4.0, 8.0])
equal = [wquantiles.median(four, np.ones(4)), weightedstats.weighted_median(four.tolist(), [1] * 4), float(np.median(four))]
print("equal weights", equal)
assert equal == [3.0, 3.0, 3.0], "the behaviour has changed"
PY
