"""Which verdicts moved since the last release, and why: the rule, the data or the code.

`verdicts.csv` beside this module keeps the verdict of every claim at each release, with what it
rested on, and three columns for a person who read the claim beside its sentence: `signed_by`,
`signed_on`, `agrees` (yes or no). They are empty until somebody signs.

`python -m article.claims.history` compares; with a release as argument it records that one.
"""

import csv
import hashlib
import json
import re
import sys
from collections import Counter
from pathlib import Path

from analysis.study.loading import load_study
from article.claims.ledger import ledger
from article.claims.registry import CHECKS

RECORD = Path(__file__).with_name("verdicts.csv")
CHANGES = Path("CHANGELOG.md")
RAW = Path("data/raw")
COLUMNS = ("release", "id", "verdict", "rule", "data", "signed_by", "signed_on", "agrees")
# the files that a table of the study is made from, and their columns that checks go by
FILES = {"series": ("series", "indicators"), "context": ("regional_context",)}
READ = {
    "clusters": ("cluster", "no", "region", "activity_class", "activity_class_alternative",
                 "grade"),
    "components": ("cluster", "component", "item", "status", "alternative_status"),
    "indicators": ("indicator", "label", "unit", "kind", "concept", "criterion",
                   "criterion_alternative", "scale_measure"),
    "series": ("table", "row", "cluster", "indicator", "year", "value", "standing"),
    "criteria": ("criterion", "kind", "component"),
    "regional_context": ("region", "period", "measure", "value", "low", "high", "unit"),
}  # fmt: skip


def now(study, hashes):
    """Return each claim's verdict with what it rests on: {id: {verdict, rule, data}}.

    `hashes` are those of the raw files, {name: hash}, see `hashes_of`.
    """
    return {
        row.id: {
            "verdict": row.verdict,
            "rule": short_hash(row.rule),
            "data": short_hash(*(hashes[file] for file in files_of(CHECKS[row.id].uses))),
        }
        for row in ledger(study).itertuples()
    }


def files_of(uses):
    """Return the files that some tables of a study are made from, in order, each once.

    >>> files_of(("series", "clusters"))
    ['clusters', 'indicators', 'series']
    """
    return sorted({file for table in uses for file in FILES.get(table, (table,))})


def hashes_of(folder):
    """Hash the raw files of a folder by the columns that checks go by: {name: hash}."""
    hashes = {}
    for name, columns in READ.items():
        cells = [
            [row.get(column) or "" for column in columns] for row in _rows(folder / f"{name}.csv")
        ]
        hashes[name] = short_hash(json.dumps(cells, ensure_ascii=False))
    return hashes


def short_hash(*texts):
    """Hash texts to twelve digits: enough to tell whether they changed."""
    return hashlib.sha256("\n".join(texts).encode("utf-8")).hexdigest()[:12]


def moved(before, after):
    """List the claims whose verdict moved: (id, from, to, why).

    Why is what changed of rule and data; where neither did, it is the code.

    >>> was, now = ({"F1": {"verdict": v, "rule": r, "data": "d"}} for v, r in ("ab", "cd"))
    >>> moved(was, now)
    [('F1', 'a', 'c', 'rule')]
    """
    rows = []
    for claim, found in after.items():
        was = before.get(claim)
        if was and was["verdict"] != found["verdict"]:
            changed = [part for part in ("rule", "data") if was[part] != found[part]]
            rows.append((claim, was["verdict"], found["verdict"], " and ".join(changed) or "code"))
    return rows


def unnamed(rows, changes, release):
    """Return the ids of moved claims that the changes since a release do not name.

    >>> unnamed([("F1",), ("F2",)], "## [0.2.0]\\n- F2 moved\\n## [0.1.0]\\n- F1", "0.1.0")
    ['F1']
    """
    since = re.split(rf"^## \[{re.escape(release)}\]", changes, flags=re.MULTILINE)[0]
    named = set(re.findall(r"\bF\d+\b", since))
    return [row[0] for row in rows if row[0] not in named]


def main(arguments):
    """Print which verdicts moved, or record a release; return the exit status."""
    recorded = _rows(RECORD)
    releases = list(dict.fromkeys(row["release"] for row in recorded))
    found = now(load_study(RAW), hashes_of(RAW))
    if release := next(filter(None, arguments), ""):
        return _record(recorded, release, found)
    if not releases:
        print("no release is recorded: make verdicts RELEASE=0.1.0")
        return 1
    before = {row["id"]: row for row in recorded if row["release"] == releases[-1]}
    return _report(before, found, releases[-1])


def _report(before, found, release):
    rows = moved(before, found)
    new, gone = ([c for c in one if c not in other] for one, other in
                 ((found, before), (before, found)))  # fmt: skip
    for claim, was, verdict, why in rows:
        print(f"{claim}: {was} -> {verdict} ({why})")
    why = Counter(row[3] for row in rows)
    reasons = ", ".join(f"{count} by {what}" for what, count in why.items()) or "none"
    print(f"Since {release}: {len(rows)} of {len(before)} verdicts moved ({reasons}); "
          f"{len(new)} claims are new, {len(gone)} are gone")  # fmt: skip
    signed = sum(bool(row["signed_by"]) for row in before.values())
    print(f"Signed by a person who read the sentence: {signed} of {len(before)}")
    unexplained = unnamed(rows, CHANGES.read_text(encoding="utf-8"), release)
    if unexplained or gone:
        print(f"{CHANGES} does not say why they moved: {', '.join(unexplained)}" if unexplained else
              f"claims.csv lacks {', '.join(gone)}")  # fmt: skip
        return 1
    return 0


def _record(recorded, release, found):
    if any(row["release"] == release for row in recorded):
        print(f"{RECORD.name} has the release {release} already; wanted: a new one")
        return 1
    rows = [{"release": release, "id": claim} | about for claim, about in found.items()]
    with RECORD.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows([*recorded, *rows])
    print(f"{len(rows)} verdicts of {release} written to {RECORD.name}")
    return 0


def _rows(path):
    if not path.is_file():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
