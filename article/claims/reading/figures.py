"""Figures of a study on which several checks rest, as plain rows."""

from itertools import compress
from operator import itemgetter

import pandas as pd

from analysis.tidy.records import records
from analysis.tidy.standing import MEASURED
from article.claims.reading.coded import by_cluster
from article.claims.reading.criteria import INNOVATION, serving
from article.claims.reading.tables import JOBS, as_series, by_year, regional_shares, rows_on, valued
from article.claims.registry import NoData

SIZE = "membership"  # the concept of the rows that count member firms


def classes(study):
    """Return the class of activity of each cluster, in the first and in the other reading.

    >>> from analysis.study.loading import load_study
    >>> [classes["penza-it"] for classes in classes(load_study())]
    ['innovative', 'innovative']
    """
    first, other = (by_cluster(study, f"activity_class{end}") for end in ("", "_alternative"))
    either = ((cluster, other[cluster], kind) for cluster, kind in first.items())
    return first, {cluster: kind if pd.isna(told) else told for cluster, told, kind in either}


def measured_innovation(study, alternative):
    """List the measured values on innovation: (cluster, indicator, value, year)."""
    rows = valued(study, measured=True)
    cells = records(rows, "cluster", "indicator", "value", "year")
    return list(compress(cells, serving(rows, INNOVATION, alternative)))


def job_shares(study):
    """List the numbers of high-performance jobs whose region has a figure of the employed.

    Each is a tuple (cluster, standing, share_low_pct, share_high_pct, certainty, period).
    """
    columns = ("cluster", "standing", "share_low_pct", "share_high_pct", "certainty", "period")
    rows = records(regional_shares(study, JOBS), "measure", *columns)
    return [row for measure, *row in rows if measure == "employed" and row[3] == row[3]]


def firms(study):
    """Return the last measured number of firms of each cluster: {cluster: number}."""
    rows = records(rows_on(study, SIZE), "year", "cluster", "value", "standing")
    sizes = {}
    for _, cluster, value, standing in sorted(rows, key=itemgetter(0)):
        if value == value and standing in MEASURED:
            sizes[cluster] = value
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


def linked_clusters(study):
    """Name the clusters for which any link to education or science is printed, sorted.

    >>> from analysis.study.loading import load_study
    >>> linked_clusters(load_study())
    ['novgorod-it', 'vologda-wood']
    """
    if not study.has("series"):
        raise NoData("indicator table")
    rows = records(study.series, "cluster", "concept")
    training = [cluster for cluster, concept in rows if concept in ("training", "research")]
    details = records(study.components, "cluster", "detail")
    told = [cluster for cluster, detail in details if detail == detail and "educational" in detail]
    return sorted({*training, *told})
