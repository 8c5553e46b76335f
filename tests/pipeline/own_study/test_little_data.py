"""Studies with as little as a beginner has: every result and every notebook still comes out."""

import ast
import csv
import json
from importlib import import_module
from pathlib import Path

import matplotlib.pyplot as plt
import pytest

from analysis.study.loading import load_study
from pipeline.build.graph import entries, lacking, study_steps
from pipeline.outputs.processed import write_processed
from pipeline.own_study.new_study import new_study
from pipeline.places import Places

STATUSES = ("present", "planned", "absent", "unknown", "not reported")
PARTS = ("organisation", "support", "joint work", "network")
LITTLE = {
    "one cluster, one year, a zero": {
        "clusters": 1, "years": [2020], "value": lambda cluster, year: 0,
    },
    "all have one thing, and no value": {
        "status": lambda cluster, part: STATUSES[cluster % 5 if part else 0],
        "value": lambda cluster, year: "",
    },
    "nothing is known, and only plans": {
        "status": lambda cluster, part: "not reported", "standing": "target",
    },
    "no component is coded, and a gap comes first": {
        "parts": (), "years": range(2020, 2024),
        "value": lambda cluster, year: "" if (cluster, year) == (1, 2021) else cluster + year,
    },
    "only components are coded": {"years": ()},
}  # fmt: skip
COLUMNS = {
    "clusters": "cluster no name region activity_class activity_class_alternative grade",
    "components": "cluster component item status alternative_status detail",
    "indicators": "indicator label label_reading unit unit_is_ours kind stock_or_flow concept "
    "criterion criterion_alternative direction per increase_per scale_measure",
    "series": "table row cluster indicator year value standing",
    "criteria": "criterion kind name results_opening component",
}
COLUMNS = {table: names.split() for table, names in COLUMNS.items()}
GRADE = COLUMNS["clusters"].index("grade")
FEW = ["one cluster, one year, a zero", "only components are coded"]
MORE = [case for case in LITTLE if case not in FEW]


def begin(
    folder,
    *,
    clusters=3,
    status=None,
    value=None,
    standing="outcome",
    years=(2020, 2021),
    parts=PARTS,
):
    """Fill in a new study."""
    status = status or (lambda cluster, part: STATUSES[(cluster + part) % 5])
    value = value or (lambda cluster, year: 10 * cluster + year)
    new_study({"NAME": str(folder / "raw")})
    numbers = range(1, clusters + 1)
    rows = {
        "clusters": [
            (f"c-{n}", n, f"C {n}", "R", "trade", "", ["low", "high"][n % 2]) for n in numbers
        ],
        "components": [
            (f"c-{n}", part, "x", status(n, place), "", "")
            for n in numbers
            for place, part in enumerate(parts)
        ],
        "series": [
            (n + 1, 1, f"c-{n}", "i", y, value(n, y), standing) for n in numbers for y in years
        ],
    }
    if rows["series"]:
        words = ("people", "true", "count", "stock", "jobs", "jobs", "", "up", "", "", "")
        rows["indicators"] = [("i", "I", "", *words)]
        rows["criteria"] = [("jobs", "quantitative", "Jobs", "", "")]
    for table, lines in rows.items():
        with (folder / f"raw/{table}.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows([COLUMNS[table], *lines])
    descriptor = json.loads((folder / "raw/datapackage.json").read_text(encoding="utf-8"))
    descriptor["resources"][0]["schema"]["fields"][GRADE]["constraints"]["enum"] = ["low", "high"]
    (folder / "raw/datapackage.json").write_text(json.dumps(descriptor), encoding="utf-8")
    places = Places(folder / "raw", folder / "processed", folder / "results", folder / ".build")
    write_processed(places)
    return places


def run(notebook, **parameters):
    """Run the code of a notebook here and show what cells end in, sooner than a kernel; its names."""
    names = {}
    for cell in json.loads(Path(f"notebooks/{notebook}.ipynb").read_text(encoding="utf-8"))[
        "cells"
    ]:
        if cell["cell_type"] == "code":
            tree = ast.parse("".join(cell["source"]))
            last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
            exec(compile(tree, notebook, "exec"), names)
            if "parameters" in cell["metadata"].get("tags", []):
                names |= parameters
            shown = (
                eval(compile(ast.Expression(last.value), notebook, "eval"), names) if last else ""
            )
            getattr(shown, "_repr_html_", lambda shown=shown: repr(shown))()
    plt.close("all")
    return names


@pytest.mark.parametrize("case", FEW + [pytest.param(c, marks=pytest.mark.long) for c in MORE])
def test_everything_comes_out(case, tmp_path):
    places = begin(tmp_path, **LITTLE[case])
    kinds = [f"{kind} criteria" for kind in places.values("criteria", "kind")]
    have, study = {*places.tables(), *kinds}, load_study(places.processed)
    for entry in entries("result"):
        if not lacking(entry, have):
            module, _, function = entry["make"].partition(":")
            getattr(import_module(module), function)(study, places.results)
    for entry in entries("run"):
        if not lacking(entry, have):
            run(entry["notebook"], data_folder=str(places.processed))
    assert (places.results / "composite.csv").is_file() == ("components" in have)
    assert (places.results / "questions.csv").is_file()


@pytest.mark.parametrize(("case", "left_out"), [
    ("no component is coded, and a gap comes first", False), ("only components are coded", False),
    ("neither", True),
])  # fmt: skip
def test_a_cluster_has_its_page_where_anything_is_told_of_it(case, left_out, tmp_path):
    places = begin(tmp_path, **LITTLE.get(case, {"parts": (), "years": ()}))
    steps, without = study_steps(places, ["case-study", "questions"])
    assert len(steps) == (0 if left_out else 1 + len(places.values("clusters", "cluster")))
    said = "the study has no components or series"
    assert without == [f"{name}: {said}" for name in ("questions", "case-study") if left_out]
