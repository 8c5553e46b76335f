"""What the checks read of the tables of indicators: rows as printed, values, measured values.

Each function raises NoData where the study lacks what is asked for.
"""

import pandas as pd

from analysis.comparative.scale import regional_scale
from analysis.tidy.records import records
from analysis.tidy.standing import MEASURED
from article.claims.reading.caching import cached
from article.claims.registry import NoData

VALUED = [
    "table", "cluster", "indicator", "concept", "criterion", "criterion_alternative", "year",
    "value", "standing",
]  # fmt: skip
JOBS = "high-performance jobs"  # the concept, however a table counts it


@cached("series")
def printed(study, table=None):
    """Return one row per printed row of the indicator tables, or of one of them.

    Columns: table, row, cluster, indicator, label, concept, criterion, criterion_alternative, ...

    >>> from analysis.study.loading import load_study
    >>> printed(load_study(), 3)["indicator"].tolist()
    ['value-chain-smes', 'hpj-number']
    """
    rows, first = study.series, {}
    for place, (number, row) in enumerate(records(rows, "table", "row")):
        if table in (None, number):
            first.setdefault((number, row), place)
    if not first:
        raise NoData("indicator table" if table is None else f"table {table}")
    columns = [name for name in rows if name not in ("year", "value", "standing")]
    return rows[columns].take(list(first.values()))


@cached("series")
def known(study, measured=False):
    """Return the rows of `series` that have a value, without telling it, or a measured one.

    >>> from analysis.study.loading import load_study
    >>> len(known(load_study())), len(known(load_study(), measured=True))
    (67, 13)
    """
    rows = study.series
    found = _with_value(rows, measured)
    return found[[name for name in rows if name != "value"]]


@cached("series")
def valued(study, measured=False):
    """Return the rows of `series` that have a value, or a measured one, with their values.

    >>> from analysis.study.loading import load_study
    >>> float(valued(load_study(), measured=True)["value"].max())
    439.0
    """
    return _with_value(study.series[VALUED], measured)


def _with_value(series, measured):
    cells = enumerate(records(series, "value", "standing"))
    there = [place for place, (value, standing) in cells
             if value == value and (standing in MEASURED or not measured)]  # fmt: skip
    return series.take(there)


@cached("series")
def valued_outcomes(study):
    """Return the measured rows of `series` with their values, concepts and units."""
    return _with_value(study.series, True)


@cached("series")
def rows_on(study, *concepts):
    """Return the rows of `series` that measure one of these concepts, with values, gaps included.

    >>> from analysis.study.loading import load_study
    >>> rows_on(load_study(), "sales")["year"].tolist()
    [2016, 2017, 2018, 2019, 2020]
    """
    series = study.series
    rows = enumerate(records(series, "concept"))
    return series.take([place for place, (concept,) in rows if concept in concepts])


@cached("series", "clusters", "indicators", "context")
def regional_shares(study, concept):
    """Compare the values on one concept with their regions' figures: see `regional_scale`.

    >>> from analysis.study.loading import load_study
    >>> set(regional_shares(load_study(), JOBS)["measure"])
    {'employed'}
    """
    return regional_scale(rows_on(study, concept), study.clusters, study.indicators, study.context)


@cached("series")
def values(study, indicator, measured=False):
    """Return the values of one indicator, gaps left out: Series, index year.

    >>> from analysis.study.loading import load_study
    >>> values(load_study(), "sales").to_dict()
    {2017: 823.0, 2020: 2160.0}
    """
    return as_series(by_year(study, indicator, measured))


@cached("series")
def by_year(study, indicator, measured=False):
    """Return the same as {year: value}."""
    rows = records(study.series, "indicator", "year", "value", "standing")
    found = sorted(row[1:] for row in rows if row[0] == indicator and row[2] == row[2])
    if not found:
        raise NoData(f"value of the indicator {indicator!r}")
    return {year: value for year, value, standing in found if standing in MEASURED or not measured}


def as_series(found):
    """Arrange {year: value} as a Series, index year."""
    years = pd.Index(found, dtype="int64", name="year")
    return pd.Series(list(found.values()), index=years, dtype="float64", name="value")
