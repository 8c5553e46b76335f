#!/usr/bin/env bash
# agate 1.14.2, as in csvkit 2.2.0: a column of size classes of firms, 5-9 and 10-19 employees, becomes
# one of dates, 2001-05-09 and 2001-10-19: both halves fit a month and a day, and the year is made up.
# With a class of 20-49 beside them the column stays text, so the same table is read otherwise after a
# filter. One expects text, of the tool that one takes instead of a spreadsheet for this reason.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder"
"$folder/bin/pip" install -q --disable-pip-version-check csvkit==2.2.0 agate==1.14.2
"$folder/bin/python" -W ignore - <<'PY'
import io

import agate


def classes(text):
    return list(agate.Table.from_csv(io.StringIO(text)).columns["class"])


small, all_of_them = "class,firms\n5-9,12\n10-19,7\n", "class,firms\n5-9,12\n10-19,7\n20-49,3\n"
read = [str(value) for value in classes(small)]
print("5-9 and 10-19:", *read, "; with 20-49:", *classes(all_of_them))
assert classes(all_of_them) == ["5-9", "10-19", "20-49"], "the behaviour has changed"
assert read == ["2001-05-09", "2001-10-19"], "the behaviour has changed"
PY
