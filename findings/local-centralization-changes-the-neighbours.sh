#!/usr/bin/env bash
# segregation 2.5.4 (PySAL): LocalRelativeCentralization(..., w=w) makes every area a neighbour of itself in the weights it
# is given, and once more at every call: the same call on the same data gives the corner of a map -0.31, then
# -0.73. Whatever uses w afterwards, a spatial lag or Moran's I, counts an area among its own neighbours. One
# expects a second call to give what the first gave.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder"
"$folder/bin/pip" install -q --disable-pip-version-check segregation==2.5.4 geopandas==1.2.0 libpysal==4.14.1 numpy==2.3.5 pandas==3.1.1
"$folder/bin/python" -W ignore - <<'PY'
import geopandas as gpd
from libpysal.weights import Queen
from segregation.local import LocalRelativeCentralization
from shapely.geometry import box

group = [5, 90, 30, 60, 20, 70, 80, 10, 40, 15, 65, 35, 25, 95, 45, 55]
squares = [box(i, j, i + 1, j + 1) for i in range(4) for j in range(4)]
areas = gpd.GeoDataFrame({"group": group, "all": 100}, geometry=squares, crs=3857)
weights, fresh = [Queen.from_dataframe(areas, use_index=False) for _ in range(2)]
print("neighbours of the corner:", weights.neighbors[0])
found = []
for w in (weights, weights, fresh):
    found.append(LocalRelativeCentralization(areas, "group", "all", w=w).statistics[0])
    print(f"corner {found[-1]:.3f}, its neighbours afterwards: {w.neighbors[0]}")
assert found[0] == found[2], "the behaviour has changed"
assert abs(found[0] - found[1]) > 0.3, "the behaviour has changed"
assert weights.neighbors[0] == [1, 4, 5, 0, 0], "the behaviour has changed"
PY
