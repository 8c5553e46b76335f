#!/usr/bin/env bash
# mapclassify 2.10.0 (classes of a choropleth map, PySAL): a missing value gets a class. In
# EqualInterval it is counted with the lowest; in Quantiles its limits are NaN and all regions fall
# into one class. No error. One expects the missing region to be left out, or refused, as
# NaturalBreaks of the same package refuses it.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder"
"$folder/bin/pip" install -q --disable-pip-version-check mapclassify==2.10.0 numpy==2.4.6
"$folder/bin/python" -W ignore - <<'PY'
import mapclassify
import numpy as np

values = np.array([1, 2, np.nan, 3, 4.0])
equal = mapclassify.EqualInterval(values, k=2)
halves = mapclassify.Quantiles(values, k=2)
print("EqualInterval", equal.yb.tolist(), "limits", equal.bins.tolist())
print("Quantiles    ", halves.yb.tolist(), "limits", halves.bins.tolist())
assert equal.yb[2] == 0 and equal.counts.sum() == 5, "the behaviour has changed"
assert halves.yb.tolist() == [0, 0, 0, 0, 0] and np.isnan(halves.bins[1]), "it has changed"
PY
