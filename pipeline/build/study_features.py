"""The features of a study (tables, columns, kinds of data), as results and notebooks name them."""

import csv
from pathlib import Path

from analysis.tidy.kinds import admits
from pipeline.places import about_of, distinct_values

# features that are columns of a table: {feature: (table, column)}
COLUMNS = {
    "grades": ("clusters", "grade"),
    "activity classes": ("clusters", "activity_class"),
    "printed tables": ("series", "table"),
    "published tables": ("published", "table"),
    "published results": ("published", "file"),
    "ratios": ("indicators", "per"),
    "directions": ("indicators", "direction"),
    "criteria of indicators": ("indicators", "criterion"),
}
PLANNED = {"unfinished", "target"}
SHARED = {"common indicator": ("indicator",), "shared indicator": ("indicator", "year")}
INTEGRAL = "integral indicator"


def features_of(processed):
    """Return the features of a study, read from the folder of its processed tables: a set of str.

    Tables that have rows, by name; the words of `COLUMNS`; "quantitative criteria" and
    "institutional criteria"; "targets" where a value is planned or of a year under way; "second
    year" and "second cluster" where series have more than one; "index numbers" where any of their
    kinds has ratios; "common indicator" where two clusters have a value of one indicator, "shared
    indicator" where they have it in one year; "integral indicator" where the numbers carry one.

    >>> sorted({"claims", "pillars", "targets", "grades"} & features_of("data/processed"))
    ['claims', 'grades', 'targets']
    """
    folder = Path(processed)
    have = {path.stem for path in folder.glob("*.csv") if _has_rows(path)}
    have |= {word for word, place in COLUMNS.items() if any(distinct_values(folder, *place))}
    have |= {f"{kind} criteria" for kind in distinct_values(folder, "criteria", "kind")}
    have |= {f"second {c}" for c in ("year", "cluster") if len(_series(folder, c)) > 1}
    if "second year" in have and _has_ratios(folder):
        have.add("index numbers")
    if PLANNED & {*_series(folder, "standing")}:
        have.add("targets")
    have |= {word for word, key in SHARED.items() if _is_shared(folder / "series.csv", key)}
    if not about_of(folder).get("why_no_integral", ""):
        have.add(INTEGRAL)
    return have


def _series(folder, column):
    return distinct_values(folder, "series", column)


def _has_ratios(folder):
    kinds = _series(folder, "kind") or [""]
    return any(admits(kind or None, "ratio") for kind in kinds)


def _has_rows(path):
    with path.open(encoding="utf-8") as file:
        return sum(1 for _, _ in zip(range(2), file, strict=False)) == 2


def _is_shared(path, key):
    """Tell whether two clusters have a value at the same key: an indicator, an indicator's year."""
    first = {}
    if path.is_file():
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                place = tuple(row[column] for column in key)
                if row["value"] and first.setdefault(place, row["cluster"]) != row["cluster"]:
                    return True
    return False
