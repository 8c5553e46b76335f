#!/usr/bin/env bash
# pycountry 26.2.16: search_fuzzy("Niger") puts Nigeria first and Niger second, although
# lookup("Niger") is Niger. The points of an exact name (50) are outdone by those of a state of that
# name (49) together with those for names that contain it. One expects the country of that very name
# first: its first priority is "exact matches on country names".
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder"
"$folder/bin/pip" install -q --disable-pip-version-check pycountry==26.2.16
"$folder/bin/python" -W ignore - <<'PY'
import pycountry

exact = pycountry.countries.lookup("Niger").alpha_3
found = [one.alpha_3 for one in pycountry.countries.search_fuzzy("Niger")]
print("lookup", exact, "search_fuzzy", found)
assert exact == "NER" and found[:2] == ["NGA", "NER"], "the behaviour has changed"
PY
