"""What the checks read of a study: its statuses, the rows of its tables, what was measured.

Each function raises NoData where the study lacks what is asked for, so that a check of another
study ends in the verdict `not testable`, with the reason.
"""

from functools import lru_cache, reduce, wraps
from types import SimpleNamespace

import pandas as pd

from analysis.evidence import OPEN, component_matrix, evidence_bounds
from analysis.indicator_sets import criteria_coverage
from analysis.records import records
from article.claims.registry import NoData

MEASURED = ("outcome", "base")  # the only standings that can be outcomes
# the criteria of the method section that are about innovation itself, not about jobs or training
INNOVATION = (
    "innovative-products", "new-technologies", "research-development", "intellectual-property",
)  # fmt: skip
ALL, PRESENCE, LAYOUT, EVIDENCE = "*", "presence", "layout", "evidence"
VALUED = [
    "table", "cluster", "indicator", "concept", "criterion", "criterion_alternative", "year",
    "value", "standing",
]  # fmt: skip
JOBS = "high-performance jobs"  # the concept, however a table counts it


class Watched:
    """A study that notes what is read of it: `reads` holds (table, part), ALL for a whole table.

    The functions of this module read and note a part; whoever takes a table by itself reads all
    of it. What a check did not read cannot change what it finds.
    """

    def __init__(self, study):
        """Watch a study."""
        self.study, self.reads = study, set()

    def __getattr__(self, name):
        """Hand over a table, noted as read in full."""
        self.reads.add((name, ALL))
        return getattr(self.study, name)


def kept(*tables):
    """Keep the last few answers of a function that reads these tables of a study.

    Many checks read the same. An answer is never changed, and serves every study that holds the
    very same tables: one that differs in another table as well. A watched study is always read.
    """

    def keeping(function):
        @lru_cache(maxsize=16)
        def answer(same, *arguments, **options):
            return function(SimpleNamespace(**same.tables), *arguments, **options)

        @wraps(function)
        def asked(study, *arguments, **options):
            if isinstance(study, Watched):
                return function(study, *arguments, **options)
            return answer(_Tables(study, tables), *arguments, **options)

        return asked

    return keeping


class _Tables:
    """Tables of a study, equal to others where they are the very same."""

    def __init__(self, study, names):
        self.tables = {name: getattr(study, name) for name in names}
        self._places = tuple(map(id, self.tables.values()))

    def __hash__(self):
        return hash(self._places)

    def __eq__(self, other):
        return self._places == other._places


def part(study, table, what):
    """Return a table of which only one part is going to be read, and note that part."""
    if isinstance(study, Watched):
        study.reads.add((table, what))
        study = study.study
    return getattr(study, table)


@kept("components")
def component(study, name, column="status"):
    """Return the status of one component for each cluster: Series, index cluster.

    >>> from analysis.data import load_study
    >>> component(load_study(), "services")["don-valley-wine"]
    'absent'
    """
    matrix = component_matrix(items(study, name), column)
    return matrix[name].dropna()


@kept("components")
def items(study, name):
    """Return the coded items of one component: rows of `components`."""
    components = part(study, "components", name)
    found = components[components["component"] == name]
    if not len(found):
        raise NoData(f"component {name!r}")
    return found


def evidence(study):
    """Return `components`, to be read only for what each component counts or its status."""
    return part(study, "components", EVIDENCE)


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
    if not len(statuses):
        raise NoData("cluster with a status")
    sure = statuses.isin(counted)
    return float(sure.mean()), float((sure | statuses.isin(OPEN)).mean())


@kept("series")
def printed(study, table=None):
    """Return one row per printed row of the indicator tables, or of one of them.

    Columns: table, row, cluster, indicator, label, concept, criterion, criterion_alternative, ...

    >>> from analysis.data import load_study
    >>> printed(load_study(), 3)["indicator"].tolist()
    ['value-chain-smes', 'hpj-number']
    """
    rows, first = part(study, "series", LAYOUT), {}
    for place, (number, row) in enumerate(records(rows, "table", "row")):
        if table in (None, number):
            first.setdefault((number, row), place)
    if not first:
        raise NoData("indicator table" if table is None else f"table {table}")
    return rows.iloc[list(first.values())].drop(columns=["year", "value", "standing"])


@kept("series")
def known(study, measured=False):
    """Return the rows of `series` that have a value, without telling it, or a measured one.

    >>> from analysis.data import load_study
    >>> len(known(load_study())), len(known(load_study(), measured=True))
    (67, 13)
    """
    rows = part(study, "series", PRESENCE)
    rows = rows[rows["value"].notna()].drop(columns="value")
    return rows[rows["standing"].isin(MEASURED)] if measured else rows


@kept("series")
def valued(study, measured=False):
    """Return the rows of `series` that have a value, or a measured one, with their values.

    >>> from analysis.data import load_study
    >>> float(valued(load_study(), measured=True)["value"].max())
    439.0
    """
    rows = study.series.loc[study.series["value"].notna(), VALUED]
    return rows[rows["standing"].isin(MEASURED)] if measured else rows


@kept("series")
def rows_on(study, concept):
    """Return the rows of `series` that measure one concept, with their values, gaps included.

    >>> from analysis.data import load_study
    >>> rows_on(load_study(), "sales")["year"].tolist()
    [2016, 2017, 2018, 2019, 2020]
    """
    series = part(study, "series", LAYOUT)
    rows = series[series["concept"] == concept]
    for indicator in rows["indicator"].unique():
        part(study, "series", indicator)
    return rows


@kept("series")
def values(study, indicator, measured=False):
    """Return the values of one indicator, gaps left out: Series, index year.

    >>> from analysis.data import load_study
    >>> values(load_study(), "sales").to_dict()
    {2017: 823.0, 2020: 2160.0}
    """
    rows = records(part(study, "series", indicator), "indicator", "year", "value", "standing")
    found = sorted(row[1:] for row in rows if row[0] == indicator and row[2] == row[2])
    if not found:
        raise NoData(f"value of the indicator {indicator!r}")
    if measured:
        found = [row for row in found if row[2] in MEASURED]
    years = pd.Index([row[0] for row in found], dtype="int64", name="year")
    return pd.Series([row[1] for row in found], index=years, dtype="float64", name="value")


def serves(rows, criteria, alternative=False):
    """Tell which rows serve one of these criteria, in the first or in the other reading."""
    readings = records(rows, "criterion", "criterion_alternative")
    served = [other if alternative and other == other else main for main, other in readings]
    return pd.Series([criterion in criteria for criterion in served], index=rows.index, dtype=bool)


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

    >>> from analysis.data import load_study
    >>> int(coverage(load_study()).to_numpy().sum())
    8
    """
    rows = part(study, "series", PRESENCE)
    if measured:
        rows = rows[rows["standing"].isin(MEASURED)]
    clusters, criteria = part(study, "clusters", LAYOUT).index, quantitative(study)
    cells = criteria_coverage(rows, criteria, clusters=clusters, alternative=alternative)
    evidence = cells["evidence"].to_numpy().reshape(len(clusters), len(criteria))
    wide = pd.DataFrame(evidence, clusters, pd.Index(criteria, name="criterion"))
    return wide.sort_index().sort_index(axis=1)


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
