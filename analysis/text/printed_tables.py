"""Arrange a study's facts as printed: a table of the components, and each table of indicators."""

from typing import NamedTuple

import pandas as pd

from analysis.comparative.evidence import OPEN, STATUSES
from analysis.tidy.records import records

PLACE = ("cluster", "component")


class _Item(NamedTuple):
    status: str
    item: str
    detail: str


def components_table(study):
    """Arrange the components of each cluster: columns no, cluster (name), components, level.

    `components` is composed from the codes in one fixed pattern, one sentence per component.

    >>> from analysis.study.loading import load_study
    >>> print(components_table(load_study()).loc[2, "components"].partition(" Services")[0])
    Management body: present - specialised organisation (management company Omsk Bio Cluster).
    """
    items, clusters = {}, study.clusters
    for cluster, component, *item in records(study.components, *PLACE, *_Item._fields):
        items.setdefault((cluster, component), []).append(_Item(*item))
    return pd.DataFrame(
        {
            "no": clusters["no"].to_numpy(),
            "cluster": clusters["name"].to_numpy(),
            "components": [_sentences(study, items, cluster) for cluster in clusters.index],
            "level": clusters["grade"].astype("str").to_numpy(),
        }
    )


def indicator_table(study, table):
    """Arrange one printed table: columns indicator (label) and one per year, printed order.

    Gaps are NaN. Where several clusters share a table, a column cluster (name) comes first.
    Raises KeyError for a table that the study does not have.

    >>> from analysis.study.loading import load_study
    >>> indicator_table(load_study(), 3).iloc[0, 1:].tolist()
    [65.0, 72.0, 75.0, 80.0, 83.0]
    """
    rows, years = {}, set()
    wanted = ("table", "row", "cluster", "label", "year", "value")
    for number, *row, year, value in records(study.series, *wanted):
        if number == table:
            rows.setdefault(tuple(row), {})[year] = value
            years.add(year)
    if not rows:
        known = ", ".join(map(str, table_numbers(study)))
        raise KeyError(f"the study has no table {table}; it has: {known}")
    places = sorted(rows)
    columns = {"indicator": [label for _, _, label in places]}
    columns |= {
        str(year): [rows[place].get(year, float("nan")) for place in places]
        for year in sorted(years)
    }
    clusters = [cluster for _, cluster, _ in places]
    if len(set(clusters)) > 1:
        columns = {"cluster": study.clusters["name"][clusters].to_numpy()} | columns
    return pd.DataFrame(columns)


def table_numbers(study):
    """List the numbers of the indicator tables.

    >>> from analysis.study.loading import load_study
    >>> table_numbers(load_study())
    [2, 3, 4]
    """
    return sorted(study.series["table"].unique().tolist())


def _sentences(study, items, cluster):
    return " ".join(
        f"{name[:1].upper()}{name[1:]}: {_phrase(items[cluster, name])}."
        for name in study.component_names
        if (cluster, name) in items
    )


def _phrase(items):
    """Name the items by status; where nothing is known of any of them the status says it all."""
    statuses = [status for status in STATUSES if any(item.status == status for item in items)]
    if len(statuses) == 1 and statuses[0] in OPEN:
        return statuses[0]
    groups = [(status, [i for i in items if i.status == status]) for status in statuses]
    return "; ".join(f"{status} - {_names(group, len(items))}" for status, group in groups)


def _names(group, in_component):
    """List the items; the detail is worth its room where it is the component's only item."""
    if in_component == 1 and pd.notna(group[0].detail):
        return f"{group[0].item} ({group[0].detail})"
    return ", ".join(item.item for item in group)
