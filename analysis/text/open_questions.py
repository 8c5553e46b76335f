"""What to ask a cluster for: the cells that a study leaves open, as questions.

A question about a component says by how much its answer shrinks the range of the cluster's evidence
score; one about numbers, which criterion or which planned value it would settle.
"""

from __future__ import annotations

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
        name: table[table["cluster"] == cluster]
        for name, table in (("components", study.components), ("series", study.series))
    }
    return replace(study, clusters=study.clusters.loc[[cluster]], **own)


def _grouped(table, keys, *columns):
    """Give each key with a tuple of its cells for each column, as they appear.

    Without a frame for each key: there are thousands of them.
    """
    groups = {}
    for row in records(table, *keys, *columns):
        groups.setdefault(row[: len(keys)], []).append(row[len(keys) :])
    for key, rows in groups.items():
        yield key, *zip(*rows, strict=True)


def _open_components(study):
    """Ask whether there is what the source does not know, or is silent about."""
    low, high = evidence_bounds(study.components)
    closes = ((high - low) / low.shape[1]).to_dict("index")
    opened = study.components[study.components["status"].isin(MISSING_STATUSES)]
    for (cluster, part, status), items in _grouped(
        opened, ["cluster", "component", "status"], "item"
    ):
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
    arguable = study.components.dropna(subset="alternative_status")
    silent = arguable[["status", "alternative_status"]].isin(MISSING_STATUSES).all(axis=1)
    arguable = arguable[~silent]  # neither says what there is: that is asked above
    keys = ["cluster", "component", "status", "alternative_status"]
    for (cluster, part, status, other), items in _grouped(arguable, keys, "item"):
        question = f"Which is right of {listed(items)}: {status} or {other}?"
        yield cluster, "reading", part, f"{status}, or by another reading {other}", question, 0.0


def _outcomes(study):
    """Ask for the outcomes of years of which only plans, or nothing, are printed."""
    known = study.series["standing"].isin(MEASURED) & study.series["value"].notna()
    own = ["cluster", "indicator"]
    shared = study.series.drop_duplicates(own).duplicated(["cluster", "label"], keep=False)
    shared = set(study.series.loc[shared.index[shared], "label"])
    asked, names = study.series[~known], study.labels if "short" in study.series else {}
    asked = asked.assign(flag=asked.get("flag"))  # a study need not have the column
    for (cluster, indicator), years, labels, values, flags in _grouped(
        asked, own, "year", "label", "value", "flag"
    ):
        label = f"{labels[0]} ({indicator})" if labels[0] in shared else labels[0]
        briefly = label if labels[0] in shared else names.get(indicator, label)
        question = f"What was measured in {year_ranges(years)} for {_quoted(briefly)}?"
        yield cluster, "series", label, _written(values, flags), question, float("nan")


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
