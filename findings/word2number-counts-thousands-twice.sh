#!/usr/bin/env bash
# word2number 1.1: "two million three hundred thousand" is 2301300. After a million the hundreds before
# "thousand" are counted once as 300 thousand, and again as what is left, 1300 with it; "five hundred thousand"
# alone is 500000. Amounts and jobs that a report gives in words come out too large by a little, so
# that no check of magnitude finds it. One expects 2300000.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder"
"$folder/bin/pip" install -q --disable-pip-version-check word2number==1.1
"$folder/bin/python" -W ignore - <<'PY'
from word2number import w2n

amounts = {
    "five hundred thousand": 500_000,
    "two million three hundred thousand": 2_300_000,
    "one billion five hundred million": 1_500_000_000,
}
read = {words: w2n.word_to_num(words) for words in amounts}
for words, meant in amounts.items():
    print(f"{words}: {read[words]}, meant {meant}")
assert list(read.values()) == [500_000, 2_301_300, 1_501_000_500], "the behaviour has changed"
PY
