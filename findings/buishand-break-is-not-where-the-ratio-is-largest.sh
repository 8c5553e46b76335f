#!/usr/bin/env bash
# pyhomogeneity 1.1: buishand_likelihood_ratio_test reports V, the largest likelihood ratio over all places of a break,
# and as cp another place: that of the largest UNWEIGHTED partial sum, which favours the middle. Of twelve years
# of which the last is 32 after 15 to 23, the ratio is largest at 11 and cp is 10, and the two means that go with it
# are of years that belong together. Of 300 random series with a break before the last two years it is so in 113.
# One expects the break where the statistic that is reported has its maximum, as in the other tests of the package.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder"
"$folder/bin/pip" install -q --disable-pip-version-check pyhomogeneity==1.1 numpy==2.3.5 scipy==1.17.1
"$folder/bin/python" -W ignore - <<'PY'
import numpy as np
from pyhomogeneity import buishand_likelihood_ratio_test


def ratios(x):  # of a break after each of the first n - 1 values
    n, k = len(x), np.arange(1, len(x))
    return np.abs(x.cumsum()[:-1] - k * x.mean()) / (x.std() * np.sqrt(k * (n - k)))


def least_squares(x):  # the same break, by the sum of squares within its two parts
    return 1 + int(np.argmin([x[:k].var() * k + x[k:].var() * (len(x) - k) for k in range(1, len(x))]))


x = np.array([18.0, 21, 15, 22, 23, 19, 21, 21, 19, 17, 22, 32])
found = buishand_likelihood_ratio_test(x, sim=100)
print(f"cp {found.cp}, V {found.V:.4f}, means {found.avg.mu1:.2f} and {found.avg.mu2:.2f}")
print(f"ratio at 10: {ratios(x)[9]:.4f}, at 11: {ratios(x)[10]:.4f}; least squares: {least_squares(x)}")
assert found.cp == 10 and abs(found.V - ratios(x)[10]) < 1e-12, "the behaviour has changed"
assert ratios(x).argmax() + 1 == least_squares(x) == 11, "the behaviour has changed"
differ = 0
for seed in range(300):
    x = np.random.default_rng(seed).normal(20, 3, 12).round()
    x[-2:] += 8
    differ += buishand_likelihood_ratio_test(x, sim=1).cp != least_squares(x)
print(differ, "of 300 differ")
assert differ > 60, "the behaviour has changed"
PY
