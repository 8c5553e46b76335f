#!/usr/bin/env bash
# cffconvert 2.0.0: two licences, as CFF 1.2.0 allows and --validate finds valid, become one address
# that leads nowhere in schema.org and CodeMeta: "https://spdx.org/licenses/['MIT', 'CC-BY-4.0']",
# which is how Python prints a list. Code under one licence and data under another is what a
# replication archive has. One expects two addresses, which both vocabularies allow.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder"
"$folder/bin/pip" install -q --disable-pip-version-check cffconvert==2.0.0 "setuptools<81"
cat > "$folder/CITATION.cff" <<'CFF'
cff-version: 1.2.0
message: Please cite this.
title: A study
authors:
  - name: Contributors
license: [MIT, CC-BY-4.0]
CFF
cd "$folder"
bin/cffconvert --validate
for format in schema.org codemeta; do
    bin/cffconvert -f "$format" >"$format.json"
    bin/python - "$format" <<'PY'
import json
import sys

found = json.load(open(f"{sys.argv[1]}.json"))["license"]
print(sys.argv[1], found)
assert found == "https://spdx.org/licenses/['MIT', 'CC-BY-4.0']", "the behaviour has changed"
PY
done
