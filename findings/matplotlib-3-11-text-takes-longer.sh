#!/usr/bin/env bash
# matplotlib 3.11.2 beside 3.10.9, one after the other in one run: a picture of sixty labels
# takes about twice as long, since each glyph is rendered and drawn by a call of its own;
# hinting, antialiasing and the fallback font change little. The same axes without labels take
# nearly as long in both. One expects a picture of the same words not to cost twice as much in a
# minor release.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
for version in 3.10.9 3.11.2; do
  python3 -m venv "$folder/$version"
  "$folder/$version/bin/pip" install -q --disable-pip-version-check matplotlib==$version numpy==2.4.6
done
cat > "$folder/draw.py" <<'PY'
import io
from time import process_time

from matplotlib.figure import Figure


def seconds(labels):
    start = process_time()
    for _ in range(5):
        figure = Figure(figsize=(7, 5))
        axes = figure.add_subplot()
        for place in range(labels):
            axes.text(0.1, place / labels, f"A label of some words, no. {place}")
        figure.savefig(io.BytesIO(), format="png")
    return process_time() - start


seconds(3)
print(min(seconds(0) for _ in range(3)), min(seconds(60) for _ in range(3)))
PY
export MPLBACKEND=agg MPLCONFIGDIR=$folder
read -r bare_old old < <("$folder/3.10.9/bin/python" "$folder/draw.py")
read -r bare_new new < <("$folder/3.11.2/bin/python" "$folder/draw.py")
python3 - "$bare_old" "$old" "$bare_new" "$new" <<'PY'
import sys

bare_old, old, bare_new, new = map(float, sys.argv[1:])
print(f"axes alone {bare_new / bare_old:.2f} times, with sixty labels {new / old:.2f} times")
assert new / old > 1.3, "the behaviour has changed"
PY
