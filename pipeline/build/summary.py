"""The summary of a build: what was reproduced, and where to look next."""

import csv
from collections import Counter

from article.claims.registry import VERDICTS


def summarise(places, steps, left_out):
    """Return the closing lines of a build and whether every published value was reproduced."""
    results, lines = places.results, []
    statuses = _counts(results / "verification.csv", "status")
    reproduced = not statuses or set(statuses) == {"equal"}
    if statuses:
        count, total = statuses["equal"], sum(statuses.values())
        lines.append(
            f"Published values   {count} of {total} reproduced ({results}/verification.csv)"
        )
        lines += [f"  {line}" for line in _differences(results / "verification.csv")]
    if verdicts := _counts(results / "claims.csv", "verdict"):
        lines.append(f"Claims             {_tally(verdicts)} ({results}/claims.csv)")
    runs = sum(path.suffix == ".ipynb" for step in steps for path in step.outputs)
    lines.append(f"Notebooks          {runs} run ({results}/notebooks/)")
    lines.append(f"Tables             {results}/tables/ (csv, md, tex, html, xlsx)")
    has_site = any(path == results / "site" for step in steps for path in step.outputs)
    if has_site:
        lines.append(f"Web pages          {results}/site/index.html (open it in a browser)")
    lines += [f"Left out           {line}" for line in _grouped(left_out)]
    if look := _look_next(places, steps, has_site):
        lines.append(f"Look next          {look}")
    return lines, reproduced


def _look_next(places, steps, has_site):
    """Name where to continue: a place where edits survive the next make."""
    first = next((path for s in steps for path in s.outputs if path.suffix == ".ipynb"), None)
    if first and not first.is_absolute():
        notebook = f"notebooks/{first.stem.partition('--')[0]}.ipynb"
        there = "" if places.is_default else f", set data_folder to {places.processed}"
        return f"make lab, then open {notebook}{there}; edits there are safe"
    if has_site:  # JupyterLab shows the project's folder, and no other
        return f"open {places.results}/site/index.html in a browser"
    return ""


def _grouped(left_out):
    """Join what is left out for one reason: a study without components has one line for them.

    >>> _grouped(["ranks: the study has no components", "claims: the study has no claims",
    ...           "explore: the study has no components"])
    ['ranks, explore: the study has no components', 'claims: the study has no claims']
    """
    found = {}
    for line in left_out:
        name, _, reason = line.partition(": ")
        found.setdefault(reason, []).append(name)
    return [f"{', '.join(names)}: {reason}" for reason, names in found.items()]


def _counts(path, column):
    if not path.is_file():
        return Counter()
    with path.open(encoding="utf-8", newline="") as file:
        return Counter(row[column] for row in csv.DictReader(file))


def _tally(verdicts):
    """Count the verdicts, in the order of `VERDICTS`."""
    known = [verdict for verdict in VERDICTS if verdicts[verdict]]
    return ", ".join(f"{verdicts[verdict]} {verdict}" for verdict in known)


def _differences(path):
    with path.open(encoding="utf-8", newline="") as file:
        return [
            f"{_place(row)}, {row['column']}: published "
            f"{row['published'] or 'nothing'}, regenerated {row['regenerated'] or 'nothing'}"
            for row in csv.DictReader(file)
            if row["status"] != "equal"
        ]


def _place(row):
    """Say where a published value stands: in a table of the source, or in a file of the results."""
    if "file" in row:
        return f"{row['file']}, {row['key']}"
    return f"Table {row['table']}, row {row['row']}"
