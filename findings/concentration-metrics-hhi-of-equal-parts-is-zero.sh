#!/usr/bin/env bash
# concentrationMetrics 0.6.0: the Herfindahl-Hirschman index hhi() is rescaled, by default, from 1/n..1 to
# 0..1: three equal parts give 0, not 1/3, and one half, three tenths and two tenths give 0.07, not 0.38,
# which common thresholds (0.15, 0.25) call unconcentrated. Its own hk() at order 2, which is the same
# index by definition, gives 0.38.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder"
"$folder/bin/pip" install -q --disable-pip-version-check concentrationMetrics==0.6.0 numpy==2.4.6 pandas==3.1.1
"$folder/bin/python" -W ignore - <<'PY'
import numpy as np
from concentrationMetrics import Index

index, parts = Index(), np.array([0.5, 0.3, 0.2])
hhi, order_2, equal = index.hhi(parts), index.hk(parts, 2), index.hhi(np.ones(3) / 3)
print("hhi", round(hhi, 4), "hk of order 2", round(order_2, 4), "sum of squares", round((parts**2).sum(), 4), "equal parts", round(equal, 4))
assert np.allclose([hhi, order_2, equal], [0.07, 0.38, 0.0]), "the behaviour has changed"
PY
