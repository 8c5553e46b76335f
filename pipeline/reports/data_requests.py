"""What to ask the clusters of a study for, in a few lines: the questions that most share."""

from collections import Counter

from analysis.tidy.standing import MEASURED
from analysis.tidy.wording import counted, listed, number, year_ranges

MOST = 5


def data_requests(study, material, names):
    """List what to ask for: the open points that most clusters share, components first.

    names : {identifier: name}
    """
    rows = material.result("questions.csv")
    found = [*_open_parts(rows, names), *_wanted_years(rows, study, names), *_criteria(rows, study)]
    plans = {row["cluster"] for row in rows if row["about"] == "plan"}
    if plans:
        who = listed((names.get(cluster, cluster) for cluster in in_order(study, plans)), most=4)
        found.append(f"what became of what was planned: {who}")
    return found[:MOST]


def in_order(study, chosen):
    """List clusters in the study's order."""
    return [cluster for cluster in study.clusters.index if cluster in chosen]


def _open_parts(rows, names):
    parts = {}
    for row in rows:
        if row["about"] == "component":
            parts.setdefault(row["subject"], []).append(row)
    for part, asked in sorted(parts.items(), key=lambda item: -len(item[1]))[:3]:
        who = listed((names.get(row["cluster"], row["cluster"]) for row in asked), most=4)
        gain = max(float(row["closes"] or 0) for row in asked)
        moves = f"an answer changes a score by up to {number(gain)}"
        yield f"{part}: is there any, and since when? ({who}; {moves})"


def _wanted_years(rows, study, names):
    clusters = {row["cluster"] for row in rows if row["about"] == "series"}
    if clusters:
        known = study.series["standing"].isin(MEASURED) & study.series["value"].notna()
        years = year_ranges(study.series.loc[~known, "year"].tolist())
        who = listed((names.get(cluster, cluster) for cluster in in_order(study, clusters)), most=4)
        series = sum(row["about"] == "series" for row in rows)
        yield f"what was measured in {years}, of {counted(series, 'series', 'series')} ({who})"


def _criteria(rows, study):
    subjects = Counter(row["subject"] for row in rows if row["about"] == "criterion")
    if subjects:
        titles = dict(zip(study.criteria["criterion"], study.criteria["name"], strict=True))
        worst = [f"{titles.get(s, s)} ({n})" for s, n in subjects.most_common(3)]
        whose = f"by how many {study.nouns[1]} lack them"
        yield f"numbers on criteria that have none, {whose}: {listed(worst)}"
