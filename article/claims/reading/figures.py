"""Figures of a study on which several checks rest, as plain rows."""

from collections import Counter
from itertools import compress
from operator import attrgetter

import pandas as pd

from analysis.tidy.records import records
from analysis.tidy.standing import MEASURED
from article.claims.reading.caching import cached
from article.claims.reading.coded import by_cluster
from article.claims.reading.criteria import INNOVATION, serving
from article.claims.reading.parts import Part
from article.claims.reading.tables import (
    JOBS,
    as_series,
    by_year,
    printed,
    regional_shares,
    rows_on,
    valued,
)
from article.claims.registry import NoData

SIZE = "membership"  # the concept of the rows that count member firms
LINKS = ("training", "research")  # the concepts that name education or science


def classes(study):
    """Return the class of activity of each cluster, in the first and in the other coding.

    >>> from analysis.study.loading import load_study
    >>> [classes["penza-it"] for classes in classes(load_study())]
    ['innovative', 'innovative']
    """
    first, other = (by_cluster(study, f"activity_class{end}") for end in ("", "_alternative"))
    either = ((cluster, other[cluster], kind) for cluster, kind in first.items())
    return first, {cluster: kind if pd.isna(known) else known for cluster, known, kind in either}


def measured_innovation(study, alternative):
    """List the measured values on innovation: (cluster, indicator, value, year)."""
    rows = valued(study, measured=True)
    cells = records(rows, "cluster", "indicator", "value", "year")
    return list(compress(cells, serving(rows, INNOVATION, alternative)))


def job_shares(study):
    """List the numbers of high-performance jobs whose region has a figure of the employed.

    Each is a tuple (cluster, standing, share_low_pct, share_high_pct, certainty, period).
    """
    return [
        [s.cluster, s.standing, s.share_low_pct, s.share_high_pct, s.certainty, s.period]
        for s in regional_shares(study, JOBS)
        if s.measure == "employed" and s.share_high_pct == s.share_high_pct
    ]


def firms(study):
    """Return the last measured number of firms of each cluster: {cluster: number}."""
    sizes = {}
    for cell in sorted(rows_on(study, SIZE), key=attrgetter("year")):
        if cell.value == cell.value and cell.standing in MEASURED:
            sizes[cell.cluster] = cell.value
    return sizes


def greatest(cells):
    """Return the greatest value of each cluster: {cluster: value}."""
    found = {}
    for cluster, _, value in cells:
        found[cluster] = max(value, found.get(cluster, value))
    return found


def growth(study, indicator, other):
    """Divide the growth of two indicators between their first and last common year, or None."""
    try:
        one, two = by_year(study, indicator), by_year(study, other)
    except NoData:
        return None
    years = [year for year in one if year in two]
    if len(years) < 2 or min(one[years[0]], two[years[0]], two[years[-1]]) <= 0:
        return None
    ends = [series[years[-1]] / series[years[0]] for series in (one, two)]
    return ends[0] / ends[1]


def new_jobs_per_graduate(study, measured=False):
    """Divide the rise of the IT cluster's jobs over a year by the graduates of that year.

    Returns a Series, index year, for the years with graduates and with jobs in the year before;
    only from measured values if asked for, which may leave none.

    >>> from analysis.study.loading import load_study
    >>> new_jobs_per_graduate(load_study()).round(2).to_dict()
    {2017: 0.32, 2018: 0.39, 2019: 0.47, 2020: 0.25}
    """
    jobs = by_year(study, "hpj-total", measured)
    graduates = by_year(study, "graduates", measured)
    ratios = {
        year: (jobs[year] - jobs[year - 1]) / number
        for year, number in graduates.items()
        if number > 0 and year in jobs and year - 1 in jobs
    }
    return as_series(ratios)


def innovation_measured(study):
    """Return the clusters measured to do nothing on innovation, and those measured to do something.

    Something is a measured value above zero in both readings of what a row serves; nothing are
    measured values that are all zero. Two sorted lists; a cluster without such values is in none.

    >>> from analysis.study.loading import load_study
    >>> innovation_measured(load_study())
    ([], ['vologda-wood'])
    """
    readings = [measured_innovation(study, alternative) for alternative in (False, True)]
    known = {cluster for rows in readings for cluster, *_ in rows}
    above = [{cluster for cluster, _, value, _ in rows if value > 0} for rows in readings]
    return sorted(known - above[0] - above[1]), sorted(above[0] & above[1])


def level_measured(study, criteria):
    """List the measured values that serve one of these criteria in either coding."""
    rows = valued(study, measured=True)
    served = zip(serving(rows, criteria), serving(rows, criteria, True), strict=True)
    return list(compress(rows["value"].tolist(), map(any, served)))


def measured_change(study, *concepts):
    """List how rows on these concepts moved from their first to their last measured value.

    Each is a tuple (table, cluster, change); rows with fewer than two measured values are left out.
    """
    found = {}
    for cell in rows_on(study, *concepts):
        if cell.value == cell.value and cell.standing in MEASURED:
            place = cell.table, cell.row, cell.cluster, cell.indicator
            found.setdefault(place, []).append((cell.year, cell.value))
    ends = ((key, min(cells), max(cells)) for key, cells in found.items() if len(cells) > 1)
    return [(table, cluster, last[1] - first[1]) for (table, _, cluster, _), first, last in ends]


def sales_shares(study):
    """List the sales of clusters in per cent of a regional figure.

    Each is a tuple (cluster, standing, share_low_pct, share_high_pct).
    """
    return [
        (s.cluster, s.standing, s.share_low_pct, s.share_high_pct)
        for s in regional_shares(study, "sales")
        if s.share_high_pct == s.share_high_pct
    ]


def _filled_in(table):
    where = (("table", (table,)),)
    return {"series": Part(where, filled="value", only=("indicator", "year", "value"))}


@cached("series", parts=_filled_in)
def planned_change(study, table):
    """Return how each row of a table is to move: {indicator: last value less first value}."""
    cells = {}
    for indicator, year, value in study.series.records("indicator", "year", "value"):
        cells.setdefault(indicator, []).append((year, value))
    ends = ((name, min(found), max(found)) for name, found in cells.items() if len(found) > 1)
    return {name: last[1] - first[1] for name, first, last in ends}


def signs_of_weight(study, table, concept):
    """Return three indications of a concept's weight in a table, as no weights are printed.

    They are: its place among the rows (1 is first), the share of years that are filled, and
    its rows less those of the concept that has most of the others. Raises NoData where the table
    has no row on it.

    >>> from analysis.study.loading import load_study
    >>> signs_of_weight(load_study(), 4, "sales")
    (4, 0.4, 0)
    """
    rows = printed(study, table).sort_values("row", kind="stable")["concept"].tolist()
    places = [place for place, found in enumerate(rows, 1) if found == concept]
    if not places:
        raise NoData(f"row on {concept} in table {table}")
    cells = [cell.value == cell.value for cell in rows_on(study, concept) if cell.table == table]
    others = Counter(found for found in rows if found == found and found != concept)
    return places[0], sum(cells) / len(cells), len(places) - max(others.values(), default=0)


def linked_clusters(study):
    """Name the clusters with a printed number above zero on education or science, sorted.

    >>> from analysis.study.loading import load_study
    >>> linked_clusters(load_study())
    ['novgorod-it', 'vologda-wood']
    """
    return sorted({cluster for cluster, value in links_printed(study) if value > 0})


def unlinked_clusters(study):
    """Name the clusters whose printed numbers on education and science are all zero, sorted."""
    known = {cluster for cluster, value in links_printed(study) if value == value}
    return sorted(known.difference(linked_clusters(study)))


def links_printed(study):
    """List the printed numbers on education or science: (cluster, value)."""
    if not study.has("series"):
        raise NoData("indicator table")
    return [(cell.cluster, cell.value) for cell in rows_on(study, *LINKS)]
