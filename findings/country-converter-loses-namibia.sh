#!/usr/bin/env bash
# country_converter 1.3.2 (the newest, which asks for pandas >= 1.0) and pandas 3.1.1: no country can
# be converted. It reads its own table with `converters={"ISO2": str}`, which kept Namibia's code, NA, as
# a text up to pandas 3.0.0; 3.1.1 makes it a missing value, and setting up the converter fails. One
# expects a column that a converter has made text to stay so, and codes of countries to be read.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder"
"$folder/bin/pip" install -q --disable-pip-version-check country_converter==1.3.2 pandas==3.1.1
"$folder/bin/python" -W ignore - <<'PY'
from io import StringIO

import country_converter
import pandas as pd

codes = pd.read_csv(StringIO("code,no\nNA,1\nAT,2\n"), converters={"code": str})["code"]
print("codes read:", codes.tolist())
assert codes.isna().tolist() == [True, False], "the behaviour has changed"

try:
    print(country_converter.convert("Austria", to="ISO3"))
except TypeError as error:
    print("convert('Austria'):", error)
else:
    raise SystemExit("the behaviour has changed")
PY
