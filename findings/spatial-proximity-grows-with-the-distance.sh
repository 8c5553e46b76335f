#!/usr/bin/env bash
# segregation 2.5.4 (PySAL): its measures of clustering weigh a pair of areas by 1 - exp(-distance), which grows with the
# distance; Massey and Denton (1988), whom they cite, weigh by the proximity exp(-distance). SpatialProximity of a
# row of ten areas so is higher (1.22) for a group in every other one than for one that has a half to itself
# (1.04), where the definition gives 0.98 and 1.48. AbsoluteClustering and the two measures of distance decay use
# the same weights. One expects more of a measure of clustering where the group is clustered.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder"
"$folder/bin/pip" install -q --disable-pip-version-check segregation==2.5.4 geopandas==1.2.0 libpysal==4.14.1 numpy==2.3.5 pandas==3.1.1
"$folder/bin/python" -W ignore - <<'PY'
import geopandas as gpd
import numpy as np
from segregation.singlegroup import SpatialProximity
from shapely.geometry import box

squares = [box(i, 0, i + 1, 1) for i in range(10)]
distance = np.abs(np.subtract.outer(np.arange(10.0), np.arange(10)))
np.fill_diagonal(distance, 0.6**0.5)  # within an area (Massey and Denton 1988, p. 294)


def by_definition(group):
    x, t = np.array(group, float), np.full(10, 100.0)
    proximity = [a @ np.exp(-distance) @ a / a.sum() for a in (x, t - x, t)]
    return (proximity[0] + proximity[1]) / proximity[2]


found, right = [], []
for name, group in {"half to itself": [90] * 5 + [10] * 5, "every other one": [90, 10] * 5}.items():
    areas = gpd.GeoDataFrame({"group": group, "all": 100}, geometry=squares, crs=3857)
    found.append(SpatialProximity(areas, "group", "all").statistic)
    right.append(by_definition(group))
    print(f"{name}: segregation {found[-1]:.3f}, by definition {right[-1]:.3f}")
assert right[0] > 1.4 > 1 > right[1], "the definition is not what it was"
assert 1 < found[0] < 1.1 < 1.2 < found[1], "the behaviour has changed"
PY
