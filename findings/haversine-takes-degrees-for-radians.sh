#!/usr/bin/env bash
# segregation 2.5.4 (PySAL): "If the projection ... is in degrees", says RelativeCentralization, metric "should be set to
# 'haversine'". That formula takes its sines of the degrees as if they were radians, so that 6 degrees east are nearer than
# 4, and the areas are sorted in an order that is none of distance. A group that thins out evenly from the
# centre, along 51 degrees north, has 0.24; on a projected map, and with metric="euclidean" of the same degrees,
# 0.59. One expects the setting for degrees to be the right one for degrees.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder"
"$folder/bin/pip" install -q --disable-pip-version-check segregation==2.5.4 geopandas==1.2.0 libpysal==4.14.1 numpy==2.3.5 pandas==3.1.1
"$folder/bin/python" -W ignore - <<'PY'
import geopandas as gpd
import numpy as np
from segregation.singlegroup import RelativeCentralization
from shapely.geometry import box

group = np.array([90, 80, 70, 60, 50, 40, 30, 20, 10])
squares = [box(10 + 2 * i, 50, 12 + 2 * i, 52) for i in range(9)]
areas = gpd.GeoDataFrame({"group": group, "all": 100}, geometry=squares, crs=4326)
in_degrees = RelativeCentralization(areas, "group", "all", center=0, metric="haversine").statistic
as_plane = RelativeCentralization(areas, "group", "all", center=0).statistic
projected = RelativeCentralization(areas.to_crs(3035), "group", "all", center=0).statistic
x, y = group.cumsum() / group.sum(), (100 - group).cumsum() / (100 - group).sum()  # from the centre outwards
right = (x[:-1] * y[1:] - x[1:] * y[:-1]).sum()
print(f"haversine {in_degrees:.3f}, euclidean {as_plane:.3f}, projected {projected:.3f}, by definition {right:.3f}")
east = np.arange(0, 18, 2)
wrong, degrees = [np.arcsin(np.abs(np.sin(part / 2) * np.cos(k))) for part, k in ((east, 51), (np.radians(east), np.radians(51)))]
print("order of the areas: in the formula", wrong.argsort().tolist(), "in radians", degrees.argsort().tolist())
assert np.allclose([as_plane, projected], abs(right)), "the behaviour has changed"
assert in_degrees < right / 2, "the behaviour has changed"
PY
