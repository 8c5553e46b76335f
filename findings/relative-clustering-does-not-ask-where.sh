#!/usr/bin/env bash
# segregation 2.5.4 (PySAL): RelativeClustering multiplies the number in each area with itself, x_j x_j c_ij, where Massey
# and Denton (1988), whom it cites, multiply it with that in the other area, x_i x_j c_ij. Who lives beside whom is so
# left out: a group in three areas side by side has 2.10, one in the first, the middle and the last of ten 2.11.
# With the product, and its own weights c, they have 0.40 and 0.88. SpatialProximity, beside it, has the product. One
# expects a measure of clustering to depend on where the group is.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder"
"$folder/bin/pip" install -q --disable-pip-version-check segregation==2.5.4 geopandas==1.2.0 libpysal==4.14.1 numpy==2.3.5 pandas==3.1.1
"$folder/bin/python" -W ignore - <<'PY'
import geopandas as gpd
import numpy as np
from segregation.singlegroup import RelativeClustering
from shapely.geometry import box

squares = [box(i, 0, i + 1, 1) for i in range(10)]
distance = np.abs(np.subtract.outer(np.arange(10.0), np.arange(10)))
weights = np.exp(-distance / distance.sum(axis=1))  # as the package has them
np.fill_diagonal(weights, np.exp(-(0.6**0.5)))
weights = 1 - weights


def index(group, product):
    x, y = np.array(group, float), 100 - np.array(group, float)
    share = [(product(a) * weights).sum() / a.sum() ** 2 for a in (x, y)]
    return share[0] / share[1] - 1


found, right = [], []
for group in ([50, 50, 50, 0, 0, 0, 0, 0, 0, 0], [50, 0, 0, 0, 50, 0, 0, 0, 0, 50]):
    areas = gpd.GeoDataFrame({"group": group, "all": 100}, geometry=squares, crs=3857)
    found.append(RelativeClustering(areas, "group", "all").statistic)
    right.append(index(group, lambda a: np.outer(a, a)))
    print(group, f"segregation {found[-1]:.3f}, with the product {right[-1]:.3f}")
    assert abs(found[-1] - index(group, lambda a: a * a)) < 1e-9, "the behaviour has changed"
assert abs(found[0] - found[1]) < 0.02, "the behaviour has changed"
assert abs(right[0] - right[1]) > 0.4, "the definition is not what it was"
PY
