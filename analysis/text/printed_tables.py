"""Arrange a study's facts as printed: a table of the components, and each table of indicators."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from analysis.comparative.evidence import MISSING_STATUSES, STATUSES
from analysis.tidy.records import records

if TYPE_CHECKING:
    from analysis.study.loading import Study

PLACE = ("cluster", "component")


class _Item(NamedTuple):
    status: str
    item: str
    detail: str


def study_tables(study: Study) -> dict:
    """Arrange all tables of a study, {name: (title, DataFrame)}, as its source prints them.

    Without printed tables: the components and the indicators, as far as there are any, or the
    clusters alone.

    >>> from analysis.study.loading import load_study
    >>> list(study_tables(load_study()))
    ['table1', 'table2', 'table3', 'table4']
    """
    numbers = table_numbers(study)
    if numbers or study.has("published.table"):
        tables = {1: components_table(study)} | {n: indicator_table(study, n) for n in numbers}
        return {f"table{number}": (f"Table {number}", t) for number, t in tables.items()}
    tables = {}
    if study.has("components"):
        tables["components"] = (study.components_heading, components_table(study))
    if study.has("series"):
        tables["indicators"] = ("Indicators", indicator_table(study))
    nouns = study.unit_noun_plural
    return tables or {"clusters": (nouns[:1].upper() + nouns[1:], components_table(study))}


def components_table(study: Study) -> pd.DataFrame:
    """Arrange the components of each cluster: columns no, cluster (name), components, level.

    `components` is composed from the codes in one fixed pattern, one sentence per component. What
    the study does not have - numbers, components, grades - is left out.

    >>> from analysis.study.loading import load_study
    >>> print(components_table(load_study()).loc[2, "components"].partition(" Services")[0])
    Management body: present - specialised organisation (management company Omsk Bio Cluster).
    """
    items, clusters = {}, study.clusters
    for cluster, component, *item in records(study.components, *PLACE, *_Item._fields):
        items.setdefault((cluster, component), []).append(_Item(*item))
    columns = {"cluster": clusters["name"].to_numpy()}
    if study.has("clusters.no"):
        columns = {"no": clusters["no"].to_numpy(dtype="int64")} | columns
    if study.has("components"):
        columns["components"] = [_sentences(study, items, cluster) for cluster in clusters.index]
    if study.has("clusters.grade"):
        columns["level"] = clusters["grade"].astype("str").to_numpy()
    return pd.DataFrame(columns)


def indicator_table(study: Study, table: int | None = None) -> pd.DataFrame:
    """Arrange one table of indicators: columns indicator (label) and one per year, printed order.

    Without the number of a table all series are arranged, indicator by indicator, with the pillar
    of each where the study has pillars. Gaps are NaN. Where several clusters share a table, a
    column cluster (name) comes first. Raises KeyError for a table that the study does not have.

    >>> from analysis.study.loading import load_study
    >>> indicator_table(load_study(), 3).iloc[0, 1:].tolist()
    [65.0, 72.0, 75.0, 80.0, 83.0]
    """
    cells = study.series if table is None else table_cells(study, table)
    rows, years = {}, set()
    for *row, year, value in records(cells, "indicator", "cluster", "label", "year", "value"):
        rows.setdefault(tuple(row), {})[year] = value
        years.add(year)
    places = _in_order(study, list(rows))
    columns = {"indicator": [label for _, _, label in places]}
    columns |= {
        str(year): [rows[place].get(year, float("nan")) for place in places]
        for year in sorted(years)
    }
    clusters = [cluster for _, cluster, _ in places]
    if len(set(clusters)) > 1:
        columns = {"cluster": study.clusters["name"][clusters].to_numpy()} | columns
    if table is None and study.has("indicators.pillar"):
        columns = {"pillar": [pillar_labels(study)[name] for name, _, _ in places]} | columns
    return pd.DataFrame(columns)


def table_cells(study: Study, table: int = 0) -> pd.DataFrame:
    """Return the cells of one table of indicators; 0 is the first, or all where there are none.

    Raises KeyError for a table that the study does not have.

    >>> from analysis.study.loading import load_study
    >>> len(table_cells(load_study(), 3))
    10
    """
    numbers = table_numbers(study)
    if not numbers and not table:
        return study.series
    chosen = table or numbers[0]
    if chosen not in numbers:
        known = ", ".join(map(str, numbers))
        raise KeyError(f"the study has no table {chosen}; it has: {known}")
    return study.series[study.series["table"] == chosen]


def what_is_counted(study: Study, indicators: list) -> pd.DataFrame:
    """Say of indicators what the study says: label, unit, kind; what it says of none is left out.

    >>> from analysis.study.loading import load_study
    >>> what_is_counted(load_study(), ["trainees"]).columns.tolist()[:3]
    ['label', 'unit', 'kind']
    """
    columns = "label label_reading unit unit_is_ours kind stock_or_flow concept pillar direction"
    table = study.indicators.loc[[*indicators], [*columns.split(), "criterion"]]
    said = table.notna() & (table.astype(object) != False)  # noqa: E712
    return table.loc[:, said.any()]


def _in_order(study, places):
    """Put series of a table as printed; else by pillar, those without one last."""
    if study.has("series.table") or not study.has("indicators.pillar"):
        return places
    pillars = study.indicators["pillar"]
    order = {name: at for at, name in enumerate(dict.fromkeys(pillars.dropna()))}
    return sorted(places, key=lambda place: order.get(pillars[place[0]], len(order)))


def pillar_labels(study: Study) -> dict:
    """Give the label of each indicator's pillar: {indicator: label}, empty where it has none.

    >>> from analysis.study.loading import load_study
    >>> set(pillar_labels(load_study()).values())
    {''}
    """
    labels = study.pillars["label"].dropna().to_dict()
    pillars = study.indicators["pillar"]
    return {name: labels.get(p, p) if isinstance(p, str) else "" for name, p in pillars.items()}


def table_numbers(study: Study) -> list:
    """List the numbers of the indicator tables; none where the study has no printed tables.

    >>> from analysis.study.loading import load_study
    >>> table_numbers(load_study())
    [2, 3, 4]
    """
    return sorted(study.series["table"].dropna().unique().tolist())


def _sentences(study, items, cluster):
    return " ".join(
        f"{name[:1].upper()}{name[1:]}: {_phrase(items[cluster, name])}."
        for name in study.component_names
        if (cluster, name) in items
    )


def _phrase(items):
    """Name the items by status; where nothing is known of any of them the status says it all."""
    statuses = [status for status in STATUSES if any(item.status == status for item in items)]
    if len(statuses) == 1 and statuses[0] in MISSING_STATUSES:
        return statuses[0]
    groups = [(status, [i for i in items if i.status == status]) for status in statuses]
    return "; ".join(f"{status} - {_names(group, len(items))}" for status, group in groups)


def _names(group, in_component):
    """List the items; the detail is worth its room where it is the component's only item."""
    if in_component == 1 and pd.notna(group[0].detail):
        return f"{group[0].item} ({group[0].detail})"
    return ", ".join(item.item for item in group)
