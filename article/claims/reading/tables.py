"""What the checks read of the tables of indicators: rows as printed, values, measured values.

Each function raises NoData where the study lacks what is asked for.
"""

from functools import partial
from typing import NamedTuple

import pandas as pd

from analysis.comparative import scale
from analysis.tidy.standing import MEASURED
from article.claims.reading.caching import cached
from article.claims.reading.parts import Part
from article.claims.registry import NoData

VALUED = (
    "table", "cluster", "indicator", "concept", "criterion", "criterion_alternative", "year",
    "value", "standing",
)  # fmt: skip
JOBS = "high-performance jobs"  # the concept, however a table counts it


def _of_table(table=None):
    where = () if table is None else (("table", (table,)),)
    return {"series": Part(where, without=("year", "value", "standing"))}


def with_value(measured=False, **columns):
    """Return the part of `series` that holds a value, or a measured one."""
    where = (("standing", MEASURED),) if measured else ()
    return {"series": Part(where, filled="value", **columns)}


class Cell(NamedTuple):
    """A printed cell of a table of indicators; the value of a gap is NaN."""

    table: int | None  # None where the series has no number of a table
    row: int | None
    cluster: str
    indicator: str
    concept: str
    year: int
    value: float
    standing: str


def _on(*concepts):
    return {"series": Part((("concept", concepts),))}


def _of_indicator(indicator, measured=False):
    return {"series": Part((("indicator", (indicator,)),), only=("year", "value", "standing"))}


@cached("series", parts=_of_table)
def printed(study, table=None):
    """Return one row per printed row of the indicator tables, or of one of them.

    Columns: table, row, cluster, indicator, label, concept, criterion, criterion_alternative, ...
    A series without the number of a table is in none. Raises NoData where there is no row.

    >>> from analysis.study.loading import load_study
    >>> printed(load_study(), 3)["indicator"].tolist()
    ['value-chain-smes', 'hpj-number']
    """
    first = {}
    for place, row in enumerate(study.series.records("table", "row", "cluster", "indicator")):
        if not pd.isna(row[0]):
            first.setdefault(row, place)
    if not first:
        lack = "indicator table with a number (the column table of series.csv)"
        raise NoData(lack if table is None else f"table {table}")
    return study.series.taken(list(first.values()))


@cached("series", parts=partial(with_value, without=("value",)))
def known(study, measured=False):
    """Return the rows of `series` that have a value, without telling it, or a measured one.

    >>> from analysis.study.loading import load_study
    >>> len(known(load_study())), len(known(load_study(), measured=True))
    (67, 13)
    """
    return study.series.frame


@cached("series", parts=partial(with_value, only=VALUED))
def valued(study, measured=False):
    """Return the rows of `series` that have a value, or a measured one, with their values.

    >>> from analysis.study.loading import load_study
    >>> float(valued(load_study(), measured=True)["value"].max())
    439.0
    """
    return study.series.frame


@cached("series", parts=partial(with_value, True))
def valued_outcomes(study):
    """Return the measured rows of `series` with their values, concepts and units."""
    return study.series.frame


@cached("series", parts=_on)
def rows_on(study, *concepts):
    """Return the rows of `series` that measure one of these concepts, gaps included: `Cell`s.

    >>> from analysis.study.loading import load_study
    >>> [cell.year for cell in rows_on(load_study(), "sales")]
    [2016, 2017, 2018, 2019, 2020]
    """
    rows = study.series.records(*Cell._fields)
    return [Cell(*(None if cell is pd.NA else cell for cell in row)) for row in rows]


@cached("series", "clusters", "indicators", "context",
        parts=lambda concept: _on(concept) | {"clusters": Part(only=("region",))})  # fmt: skip
def regional_shares(study, concept):
    """Compare the values on one concept with their regions' figures: see `scale.RegionalShare`.

    >>> from analysis.study.loading import load_study
    >>> {share.measure for share in regional_shares(load_study(), JOBS)}
    {'employed'}
    """
    tables = study.series, study.clusters, study.indicators, study.context
    return scale.regional_shares(*(table.frame for table in tables))


@cached("series", parts=_of_indicator)
def values(study, indicator, measured=False):
    """Return the values of one indicator, gaps left out: Series, index year.

    >>> from analysis.study.loading import load_study
    >>> values(load_study(), "sales").to_dict()
    {2017: 823.0, 2020: 2160.0}
    """
    return as_series(_by_year(study, indicator, measured))


@cached("series", parts=_of_indicator)
def by_year(study, indicator, measured=False):
    """Return the same as {year: value}."""
    return _by_year(study, indicator, measured)


def _by_year(study, indicator, measured):
    rows = study.series.records("year", "value", "standing")
    found = sorted(row for row in rows if row[1] == row[1])
    if not found:
        raise NoData(f"value of the indicator {indicator!r}")
    return {year: value for year, value, standing in found if standing in MEASURED or not measured}


def as_series(found):
    """Arrange {year: value} as a Series, index year."""
    years = pd.Index(found, dtype="int64", name="year")
    return pd.Series(list(found.values()), index=years, dtype="float64", name="value")
