#!/usr/bin/env bash
# sdmx1 2.28.0 reads SDMX-ML 2.1 and 3.0, and SDMX-CSV, but of that only version 2.0, which goes with
# SDMX 3.0. A file of version 1.0 (first column DATAFLOW, as Eurostat hands it out) is refused as an
# invalid one of 2.0; pysdmx 1.21.0 reads it. One expects the csv that belongs to SDMX 2.1 as well.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder"
"$folder/bin/pip" install -q --disable-pip-version-check sdmx1==2.28.0 "pysdmx[data]==1.21.0"
"$folder/bin/python" -W ignore - "$folder" <<'PY'
import sys
from pathlib import Path

import sdmx
from pysdmx.io import read_sdmx

text = """DATAFLOW,freq,geo,TIME_PERIOD,OBS_VALUE,OBS_FLAG
ESTAT:DEMO(1.0),A,AT,2019,1.5,p
"""
path = Path(sys.argv[1], "data.csv")
path.write_text(text)
try:
    sdmx.read_sdmx(path)
except ValueError as error:
    print("sdmx1: ", error)
else:
    raise SystemExit("the behaviour has changed")
table = read_sdmx(text, validate=False).data[0].data
print("pysdmx:", table.iloc[0].to_dict())
assert table["OBS_VALUE"].tolist() == ["1.5"], "the behaviour has changed"
PY
