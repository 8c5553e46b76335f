#!/usr/bin/env bash
# scipy 1.17.1: boxcox makes seven values of which some differ by a third all equal to the last digit:
# the fitted exponent is -13, and 60 and 95 both become 1/13. No warning. Whoever treats outliers
# with it loses the indicator: check that values which differed still do.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder"
"$folder/bin/pip" install -q --disable-pip-version-check scipy==1.17.1
"$folder/bin/python" -W ignore - <<'PY'
import warnings
import numpy as np
from scipy.stats import boxcox

values = np.array([60.0, 61, 60, 62, 61, 60, 95])
with warnings.catch_warnings(record=True) as said:
    warnings.simplefilter("always")
    treated, exponent = boxcox(values)
print("exponent", round(exponent, 2), "values", set(treated.round(12).tolist()), "warnings", len(said))
assert len(set(treated.round(12))) == 1 and not said, "the behaviour has changed"
PY
