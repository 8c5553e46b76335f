"""A small study cut out of the article's data package, and few steps of each kind to make it."""

import csv
import json
import re
from pathlib import Path

from processes import contents

from analysis.study.package import sha256

RAW = Path(__file__).resolve().parents[2] / "data" / "raw"
# where it lies in a copy of the project: executed notebooks name their data folder
SMALL = {"DATA": "study/raw", "OUT": "study/out"}
CLUSTERS = ("vologda-wood", "penza-it", "novgorod-agro")
TABLES = ("clusters", "components", "criteria")
# results and notebooks: an entry of each kind
STEPS = (
    "tables", "composite", "evidence-score",
    "01-institutional-components", "06-innovation-potential", "case-study",
)  # fmt: skip
ALL = tuple(sorted(path.stem for path in RAW.glob("*.csv")))


def small_study(folder, clusters=CLUSTERS, tables=TABLES):
    """Write a data package of these clusters and tables; return the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    descriptor = json.loads((RAW / "datapackage.json").read_text(encoding="utf-8"))
    descriptor["title"] = "A small study"
    descriptor["resources"] = [r for r in descriptor["resources"] if r["name"] in tables]
    for resource in descriptor["resources"]:
        header, *rows = read_rows(RAW / resource["path"])
        if "cluster" in header:
            place = header.index("cluster")
            rows = [row for row in rows if row[place] in clusters]
        write_rows(folder / resource["path"], [header, *rows])
        resource["hash"] = sha256(folder / resource["path"])
    text = json.dumps(descriptor, ensure_ascii=False)
    (folder / "datapackage.json").write_text(text, encoding="utf-8")
    return folder


def edit(raw):
    """Change one status of a small study, as an analyst may."""
    header, first, *rest = read_rows(raw / "components.csv")
    first[header.index("status")] = "planned"
    write_rows(raw / "components.csv", [header, first, *rest])


def in_hand(out):
    """Read what a study's user has in hand: its processed tables and its results."""
    return {
        f"{folder}/{name}": content
        for folder in ("processed", "results")
        for name, content in contents(out / folder).items()
    }


def leave_few_steps(project, steps=STEPS):
    """Cut the build graph of a copy of the project, and most of its standing pages, for speed."""
    graph = project / "pipeline/build/graph.toml"
    entries = re.split(r"^(?=\[\[)", graph.read_text(encoding="utf-8"), flags=re.MULTILINE)
    kept = [entry for entry in entries if any(f'= "{name}"\n' in entry for name in steps)]
    assert len(kept) == len(steps)
    graph.write_text("".join(kept), encoding="utf-8")
    reference = project / "pipeline/site/pages/reference.py"
    text = reference.read_text(encoding="utf-8")
    fewer = text.replace('PACKAGE = Path("analysis")', 'PACKAGE = Path("examples")')
    assert 'PACKAGE = Path("examples")' in fewer
    reference.write_text(fewer, encoding="utf-8")
    (project / "examples/__init__.py").write_text('"""Examples."""\n', encoding="utf-8")
    for guide in (project / "docs/guides").glob("*.md"):
        guide.write_text("# Guides\n") if guide.stem == "README" else guide.unlink()


def read_rows(path):
    """Read a csv file as lists of text, the header first."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def write_rows(path, rows):
    """Write lists of text as a csv file."""
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)
