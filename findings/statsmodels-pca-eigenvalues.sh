#!/usr/bin/env bash
# statsmodels 0.15.0: PCA standardises its columns by default, and its eigenvalues are those of the
# correlation matrix times the number of rows: of 40 regions and 4 unrelated indicators they add up to
# 160, and all are far above 1. Kaiser's rule, keep what is above 1, which the Handbook on Constructing
# Composite Indicators gives, so keeps everything. scikit-learn has them on the scale of the
# correlations. One expects "eigenvalues" of standardised data to add up to the number of indicators.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder"
"$folder/bin/pip" install -q --disable-pip-version-check statsmodels==0.15.0 numpy==2.4.6 pandas==3.1.1 scikit-learn==1.8.0
"$folder/bin/python" -W ignore - <<'PY'
import numpy as np
from sklearn.decomposition import PCA as SklearnPCA
from statsmodels.multivariate.pca import PCA

table = np.random.default_rng(0).normal(size=(40, 4))
found = PCA(table).eigenvals
correlation = np.linalg.eigvalsh(np.corrcoef(table.T))[::-1]
standardised = (table - table.mean(axis=0)) / table.std(axis=0, ddof=1)
sklearn = SklearnPCA().fit(standardised).explained_variance_
print("statsmodels", found.round(2), "sum", found.sum().round(2))
print("correlation", correlation.round(2), "scikit-learn", sklearn.round(2))
assert np.allclose(sklearn, correlation), "the behaviour has changed"
assert np.allclose(found, 40 * correlation), "the behaviour has changed"
print("kept by Kaiser's rule:", (found > 1).sum(), "instead of", (correlation > 1).sum())
assert (found > 1).all() and (correlation > 1).sum() == 2, "the behaviour has changed"
PY
