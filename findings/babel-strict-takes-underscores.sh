#!/usr/bin/env bash
# Babel 2.19.0: parse_decimal(..., strict=True) refuses numbers that are not grouped as the locale
# groups them, and still takes "1_000" as 1000 and "nan" as a number: what Python's Decimal accepts
# gets through. A cell with either in a table of regions is read as a value.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder"
"$folder/bin/pip" install -q --disable-pip-version-check Babel==2.19.0
"$folder/bin/python" -W ignore - <<'PY'
from babel.numbers import parse_decimal

for text in ("1_000", "nan"):
    print(text, "->", parse_decimal(text, locale="de", strict=True))
assert parse_decimal("1_000", locale="de", strict=True) == 1000, "the behaviour has changed"
assert parse_decimal("nan", locale="de", strict=True).is_nan(), "the behaviour has changed"
PY
