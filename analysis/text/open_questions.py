"""What to ask a cluster for: the cells that a study leaves open, as questions.

A question about a component says by how much its answer shrinks the range of the cluster's evidence
score; one about numbers, which criterion or which planned value it would settle.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

import pandas as pd

from analysis.comparative.evidence import MISSING_STATUSES, evidence_bounds
from analysis.comparative.indicator_sets import criteria_coverage
from analysis.tidy.records import records
from analysis.tidy.standing import MEASURED
from analysis.tidy.wording import listed, year_ranges

if TYPE_CHECKING:
    from analysis.study.loading import Study

COLUMNS = ["cluster", "about", "subject", "written", "question", "closes"]


def questions(study: Study, cluster: str | None = None) -> pd.DataFrame:
    """List what to ask each cluster for, what shrinks the range of its score most first.

    Parameters
    ----------
    study : Study
    cluster : identifier of one cluster, default all of them

    Returns a DataFrame, one row per question: cluster, about ("component", "plan", "reading",
    "series" or "criterion"), subject, written (what the source says now), question, closes (by how
    much the answer can shrink the range of the evidence score under equal weights, in [0, 1]; NaN
    for numbers, which the score does not count).

    >>> from analysis.study.loading import load_study
    >>> asked = questions(load_study(), "penza-it")
    >>> asked.loc[0, "subject"], float(asked.loc[0, "closes"])
    ('special projects', 0.25)
    """
    if cluster is not None:
        study = _only(study, study.cluster(cluster).name)
    asked = [
        *_open_components(study),
        *_plans(study),
        *_readings(study),
        *_outcomes(study),
        *_criteria(study),
    ]
    order = {name: place for place, name in enumerate(study.clusters.index)}
    asked.sort(key=lambda row: (order[row[0]], -row[-1] if row[-1] == row[-1] else 1.0))
    return pd.DataFrame(asked, columns=COLUMNS)


def _only(study, cluster):
    """Keep of a study what is said of one cluster."""
    own = {
        name: table[table["cluster"].isin([cluster]).to_numpy()]
        for name, table in (("components", study.components), ("series", study.series))
    }
    return replace(study, clusters=study.clusters.loc[[cluster]], **own)


def _grouped(rows, size):
    """Give the first `size` cells of rows with a tuple of each further cell, as they appear."""
    groups = {}
    for row in rows:
        groups.setdefault(row[:size], []).append(row[size:])
    for key, further in groups.items():
        yield key, *zip(*further, strict=True)


def _open_components(study):
    """Ask whether there is what the source does not know, or is silent about."""
    low, high = evidence_bounds(study.components)
    closes = ((high - low) / low.shape[1]).to_dict("index")
    items = records(study.components, "cluster", "component", "status", "item")
    opened = (row for row in items if row[2] in MISSING_STATUSES)
    for (cluster, part, status), items in _grouped(opened, 3):
        gain = closes[cluster][part]
        if gain > 0:
            yield (
                cluster, "component", part, status,
                f"Does it have {_any(items)}, and since when?", gain,
            )  # fmt: skip


def _plans(study):
    """Ask what became of what was planned."""
    for cluster, part, item, status in records(
        study.components, "cluster", "component", "item", "status"
    ):
        if status == "planned":
            question = f"Was this plan realised, when, and who uses it: {item}?"
            yield cluster, "plan", part, status, question, 0.0


def _readings(study):
    """Ask which of two readings of a statement is right."""
    columns = ["cluster", "component", "status", "alternative_status", "item"]
    arguable = (
        row
        for row in records(study.components, *columns)
        # where neither says what there is, that is asked above
        if isinstance(row[3], str) and not {row[2], row[3]} <= {*MISSING_STATUSES}
    )
    for (cluster, part, status, other), items in _grouped(arguable, 4):
        question = f"Which is right of {listed(items)}: {status} or {other}?"
        yield cluster, "reading", part, f"{status}, or by another reading {other}", question, 0.0


def _outcomes(study):
    """Ask for the outcomes of years of which only plans, or nothing, are printed."""
    series = study.series if "flag" in study.series else study.series.assign(flag=None)
    shared, names = _shared_labels(series), study.labels if "short" in series else {}
    cells = records(series, "cluster", "indicator", "standing", "year", "label", "value", "flag")
    asked = (
        (*row[:2], *row[3:]) for row in cells if row[2] not in MEASURED or row[5] != row[5]
    )  # a missing value differs from itself
    for (cluster, indicator), years, labels, values, flags in _grouped(asked, 2):
        label = f"{labels[0]} ({indicator})" if labels[0] in shared else labels[0]
        briefly = label if labels[0] in shared else names.get(indicator, label)
        question = f"What was measured in {year_ranges(years)} for {_quoted(briefly)}?"
        yield cluster, "series", label, _written(values, flags), question, float("nan")


def _shared_labels(series):
    """Return the labels that several indicators of one cluster have."""
    labels = dict(zip(records(series, "cluster", "indicator"), series["label"], strict=True))
    counts = Counter((cluster, label) for (cluster, _), label in labels.items())
    return {label for (_, label), count in counts.items() if count > 1}


def _written(values, flags):
    """Say what stands where no outcome does, a mark such as c, confidential, with it."""
    known = [value == value for value in values]  # nan is not
    if all(known):
        return "planned or under way"
    if any(known):
        return "planned or under way, or nothing"
    marks = [flag for flag in flags if isinstance(flag, str) and any(map(str.isalnum, flag))]
    return f"nothing but the mark {listed(dict.fromkeys(marks))}" if marks else "nothing"


def _criteria(study):
    """Ask for a number on each criterion that has none."""
    wanted = study.criteria[study.criteria["kind"] == "quantitative"]
    if not len(wanted):
        return
    names = dict(records(wanted, "criterion", "name"))
    cells = criteria_coverage(study.series, list(names), clusters=study.clusters.index)
    for cluster, criterion in records(cells[~cells["evidence"]], "cluster", "criterion"):
        question = f"What was measured, year by year, on {_quoted(names[criterion])}?"
        yield cluster, "criterion", criterion, "nothing", question, float("nan")


def _any(items):
    """Ask for items in words: any of several, or the one."""
    return f"any of these: {listed(items)}" if len(items) > 1 else items[0]


def _quoted(label):
    return f"\N{LEFT DOUBLE QUOTATION MARK}{label}\N{RIGHT DOUBLE QUOTATION MARK}"
