#!/usr/bin/env bash
# sdmx1 2.28.0: to_pandas(..., datetime="TIME_PERIOD") reads the months of SDMX's own notation, 2019-M01
# to 2019-M12, as seconds of the first of January: 2019-M03 is 2019-01-01 00:00:03. All months of a
# year fall into one day, without a warning; 2019-03 and 2019-Q1 are read as meant, and half-years
# (2019-S1) refused. One expects the reporting periods of the standard to be read by its reader.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder"
"$folder/bin/pip" install -q --disable-pip-version-check sdmx1==2.28.0 pandas==3.1.1
"$folder/bin/python" -W ignore - "$folder" <<'PY'
import sys
from pathlib import Path

import pandas as pd
import sdmx

V = "http://www.sdmx.org/resources/sdmxml/schemas/v2_1"


def months(periods):
    values = "".join(f'<Obs TIME_PERIOD="{period}" OBS_VALUE="1"/>' for period in periods)
    path = Path(sys.argv[1], "data.xml")
    path.write_text(f"""<?xml version="1.0"?>
<m:StructureSpecificData xmlns:m="{V}/message" xmlns:c="{V}/common" xmlns:s="{V}/data/structurespecific"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><m:Header><m:ID>x</m:ID><m:Test>false</m:Test>
<m:Prepared>2020-01-01T00:00:00</m:Prepared><m:Sender id="A"/><m:Structure structureID="S"
 dimensionAtObservation="TIME_PERIOD" namespace="urn:x"><c:Structure><Ref agencyID="A" id="D"
 version="1.0"/></c:Structure></m:Structure></m:Header><m:DataSet s:structureRef="S"
 xsi:type="S:DataSetType" s:dataScope="DataStructure" s:action="Replace"><Series FREQ="M" GEO="AT">
{values}</Series></m:DataSet></m:StructureSpecificData>""")
    data = sdmx.read_sdmx(path).data[0]
    return list(sdmx.to_pandas(data, datetime="TIME_PERIOD").index)


reporting, gregorian = months(["2019-M03", "2019-M12"]), months(["2019-03", "2019-12"])
print("2019-M03, 2019-M12:", *reporting)
print("2019-03,  2019-12: ", *gregorian)
assert gregorian == [pd.Timestamp(2019, 3, 1), pd.Timestamp(2019, 12, 1)], "the behaviour has changed"
day = pd.Timestamp(2019, 1, 1)
assert [(one - day).total_seconds() for one in reporting] == [3, 12], "the behaviour has changed"
PY
