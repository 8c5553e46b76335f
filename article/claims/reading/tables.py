"""What the checks read of a study: its statuses, the rows of its tables, what was measured.

Each function raises NoData where the study lacks what is asked for, so that a check of another
study ends in the verdict `not testable`, with the reason.
"""

from functools import reduce
from types import SimpleNamespace

import numpy as np
import pandas as pd

from analysis.comparative.evidence import OPEN, component_matrix, evidence_bounds
from analysis.comparative.scale import regional_scale
from analysis.tidy.records import records
from analysis.tidy.standing import MEASURED
from article.claims.registry import NoData
from article.claims.watching import EVIDENCE, LAYOUT, MEASURED_VALUES, PRESENCE, kept, part

# the criteria of the method section that are about innovation itself, not about jobs or training
INNOVATION = (
    "innovative-products", "new-technologies", "research-development", "intellectual-property",
)  # fmt: skip
VALUED = [
    "table", "cluster", "indicator", "concept", "criterion", "criterion_alternative", "year",
    "value", "standing",
]  # fmt: skip
JOBS = "high-performance jobs"  # the concept, however a table counts it


def layout(study, table):
    """Return a table, to be read for neither values, statuses nor grades."""
    return part(study, table, LAYOUT)


def cluster_count(study):
    """Return how many clusters a study has."""
    return len(layout(study, "clusters"))


@kept("clusters")
def by_cluster(study, name):
    """Return one column of `clusters`, not the grades, by cluster: {cluster: cell}."""
    clusters = layout(study, "clusters")
    return dict(zip(clusters.index.tolist(), clusters[name].tolist(), strict=True))


@kept("components")
def component(study, name, column="status"):
    """Return the status of one component for each cluster: Series, index cluster.

    >>> from analysis.study.loading import load_study
    >>> component(load_study(), "services")["don-valley-wine"]
    'absent'
    """
    return _statuses(study, name, column).dropna()


@kept("components")
def statuses(study, name, column="status"):
    """Return the same as {cluster: status}."""
    found = _statuses(study, name, column)
    rows = zip(found.index.tolist(), found.tolist(), strict=True)
    return {cluster: status for cluster, status in rows if status == status}


def _statuses(study, name, column):
    components = part(study, "components", (name, EVIDENCE))
    table = matrix(SimpleNamespace(components=components), column)
    if name not in table:
        raise NoData(f"component {name!r}")
    return table[name]


@kept("components")
def items(study, name):
    """Return the coded items of one component: rows of `components`."""
    components = part(study, "components", name)
    found = [place for place, (one,) in enumerate(records(components, "component")) if one == name]
    if not found:
        raise NoData(f"component {name!r}")
    return components.take(found)


def evidence(study):
    """Return `components`, to be read only for what each component counts or its status."""
    return part(study, "components", EVIDENCE)


@kept("components")
def matrix(study, column="status"):
    """Return the status of each component of each cluster: see `component_matrix`."""
    return component_matrix(evidence(study), column)


@kept("components")
def bounds(study):
    """Return the least and the most each component can count: two DataFrames."""
    return evidence_bounds(evidence(study))


def share_range(statuses, counted=("present",)):
    """Return the least and the greatest share of clusters: silence is read as none, then as all.

    >>> import pandas as pd
    >>> share_range(pd.Series(["present", "absent", "unknown", "not reported"]))
    (0.25, 0.75)
    """
    found = list(statuses)
    if not found:
        raise NoData("cluster with a status")
    sure = sum(status in counted for status in found)
    possible = sum(status in counted or status in OPEN for status in found)
    return sure / len(found), possible / len(found)


@kept("series")
def printed(study, table=None):
    """Return one row per printed row of the indicator tables, or of one of them.

    Columns: table, row, cluster, indicator, label, concept, criterion, criterion_alternative, ...

    >>> from analysis.study.loading import load_study
    >>> printed(load_study(), 3)["indicator"].tolist()
    ['value-chain-smes', 'hpj-number']
    """
    rows, first = part(study, "series", LAYOUT), {}
    for place, (number, row) in enumerate(records(rows, "table", "row")):
        if table in (None, number):
            first.setdefault((number, row), place)
    if not first:
        raise NoData("indicator table" if table is None else f"table {table}")
    columns = [name for name in rows if name not in ("year", "value", "standing")]
    return rows[columns].take(list(first.values()))


@kept("series")
def known(study, measured=False):
    """Return the rows of `series` that have a value, without telling it, or a measured one.

    >>> from analysis.study.loading import load_study
    >>> len(known(load_study())), len(known(load_study(), measured=True))
    (67, 13)
    """
    rows = part(study, "series", PRESENCE)
    found = _with_value(rows, measured)
    return found[[name for name in rows if name != "value"]]


@kept("series")
def valued(study, measured=False):
    """Return the rows of `series` that have a value, or a measured one, with their values.

    >>> from analysis.study.loading import load_study
    >>> float(valued(load_study(), measured=True)["value"].max())
    439.0
    """
    series = part(study, "series", MEASURED_VALUES) if measured else study.series
    return _with_value(series[VALUED], measured)


def _with_value(series, measured):
    cells = enumerate(records(series, "value", "standing"))
    there = [place for place, (value, standing) in cells
             if value == value and (standing in MEASURED or not measured)]  # fmt: skip
    return series.take(there)


@kept("series")
def rows_on(study, *concepts):
    """Return the rows of `series` that measure one of these concepts, with values, gaps included.

    >>> from analysis.study.loading import load_study
    >>> rows_on(load_study(), "sales")["year"].tolist()
    [2016, 2017, 2018, 2019, 2020]
    """
    series = part(study, "series", LAYOUT)
    rows = list(enumerate(records(series, "concept", "indicator")))
    found = {place: indicator for place, (concept, indicator) in rows if concept in concepts}
    part(study, "series", *found.values())
    return series.take(list(found))


@kept("series", "clusters", "indicators", "context")
def regional_shares(study, concept):
    """Hold the values on one concept against their regions' figures: see `regional_scale`.

    >>> from analysis.study.loading import load_study
    >>> set(regional_shares(load_study(), JOBS)["measure"])
    {'employed'}
    """
    rows, indicators = rows_on(study, concept), study.indicators
    measured = zip(indicators.index.tolist(), indicators["scale_measure"].tolist(), strict=True)
    context = part(study, "context", *map(dict(measured).get, rows["indicator"].tolist()))
    return regional_scale(rows, layout(study, "clusters"), indicators, context)


@kept("series")
def values(study, indicator, measured=False):
    """Return the values of one indicator, gaps left out: Series, index year.

    >>> from analysis.study.loading import load_study
    >>> values(load_study(), "sales").to_dict()
    {2017: 823.0, 2020: 2160.0}
    """
    return as_series(by_year(study, indicator, measured))


@kept("series")
def by_year(study, indicator, measured=False):
    """Return the same as {year: value}."""
    rows = records(part(study, "series", indicator), "indicator", "year", "value", "standing")
    found = sorted(row[1:] for row in rows if row[0] == indicator and row[2] == row[2])
    if not found:
        raise NoData(f"value of the indicator {indicator!r}")
    return {year: value for year, value, standing in found if standing in MEASURED or not measured}


def as_series(found):
    """Arrange {year: value} as a Series, index year."""
    years = pd.Index(found, dtype="int64", name="year")
    return pd.Series(list(found.values()), index=years, dtype="float64", name="value")


def serves(rows, criteria, alternative=False):
    """Tell which rows serve one of these criteria, in the first or in the other reading."""
    return pd.Series(serving(rows, criteria, alternative), index=rows.index, dtype=bool)


def serving(rows, criteria, alternative=False):
    """Tell the same as a list of bool, in the order of the rows."""
    readings = records(rows, "criterion", "criterion_alternative")
    served = [other if alternative and other == other else main for main, other in readings]
    return [criterion in criteria for criterion in served]


@kept("criteria")
def quantitative(study):
    """Return the ids of the quantitative criteria."""
    criteria = records(study.criteria, "criterion", "kind")
    found = [criterion for criterion, kind in criteria if kind == "quantitative"]
    if not found:
        raise NoData("quantitative criterion")
    return found


@kept("series", "clusters", "criteria")
def coverage(study, *, measured=False, alternative=False):
    """Say for each cluster and quantitative criterion whether any number bears on it.

    Returns a boolean DataFrame, index cluster, one column per criterion.

    >>> from analysis.study.loading import load_study
    >>> int(coverage(load_study()).to_numpy().sum())
    8
    """
    columns = ("cluster", "criterion", "criterion_alternative", "value", "standing")
    rows = records(part(study, "series", PRESENCE), *columns)
    touched = {
        (cluster, other if alternative and isinstance(other, str) else first)
        for cluster, first, other, value, standing in rows
        if value == value and (standing in MEASURED or not measured)
    }
    clusters, criteria = sorted(layout(study, "clusters").index), sorted(quantitative(study))
    cells = [[(cluster, one) in touched for one in criteria] for cluster in clusters]
    index, columns = pd.Index(clusters, name="cluster"), pd.Index(criteria, name="criterion")
    return pd.DataFrame(np.array(cells, dtype=bool), index, columns)


def worst(*verdicts):
    """Return the more sceptical of several verdicts on the parts of one claim.

    All alike: that one. Any support beside anything else: partly supported.

    >>> worst("supported", "not shown"), worst("not shown", "contradicted")
    ('partly supported', 'contradicted')
    """
    order = ["supported", "partly supported", "not shown", "contradicted"]

    def both(one, other):
        if one == other:
            return one
        if order.index(min(one, other, key=order.index)) < 2:
            return "partly supported"
        return max(one, other, key=order.index)

    return reduce(both, verdicts)


def at_least(low, high, threshold):
    """Judge "at least so much" when the truth lies anywhere from low to high.

    >>> at_least(0.6, 0.9, 0.5), at_least(0.1, 0.3, 0.5), at_least(0.3, 0.7, 0.5)
    ('supported', 'contradicted', 'not shown')
    """
    if low >= threshold:
        return "supported"
    return "contradicted" if high < threshold else "not shown"
