"""What the checks read of the evidence: bounds, scores, ranks, exceptions to the best rule.

All of it follows from the statuses that decide how much each component counts. So it is computed
once for all studies in which these are the same.
"""

from functools import lru_cache
from itertools import zip_longest

import pandas as pd

from analysis.comparative.evidence import (
    MISSING_STATUSES,
    STATUSES,
    component_matrix,
    evidence_bounds,
)
from analysis.comparative.monotone_rule import fewest_exceptions
from analysis.comparative.proportions import prevalence
from analysis.composite import evidence_score
from analysis.robustness.choices import evidence_choices
from analysis.robustness.enumeration import run_choices
from analysis.robustness.rank_distributions import rank_summary
from analysis.tidy.records import records
from article.claims.reading.caching import cached
from article.claims.reading.coded import combined
from article.claims.reading.parts import Part
from article.claims.registry import NoData


@cached("components")
def deciding(study):
    """Return what decides how much each component counts, a row of statuses or two for each.

    Of a present item nothing more needs to be known; else a planned and a missing one count beside
    each other, and an absent one where there is no other. So the rows are the same whichever item
    of a component it is that decides. Each is (cluster, component, status, alternative status).

    >>> from analysis.study.loading import load_study
    >>> len(deciding(load_study()))
    47
    """
    readings = {}  # of each component: the statuses of its items in both readings
    columns = ("cluster", "component", "status", "alternative_status")
    for *cell, status, other in study.components.records(*columns):
        both = readings.setdefault(tuple(cell), (set(), set()))
        both[0].add(status)
        both[1].add(other if other in STATUSES else status)
    rows = []
    for cell, both in readings.items():
        one, two = map(_deciding, both)
        rows += [(*cell, *pair) for pair in zip_longest(one, two, fillvalue="absent")]
    return tuple(rows)


def bounds(study, column="status"):
    """Return the least and the most each component can count in a reading: two DataFrames."""
    return _bounds(deciding(study), column)


def matrix(study, column="status"):
    """Return the status of each component of each cluster: see `component_matrix`."""
    return _matrix(combined(study, column))


def scores(study, column="status"):
    """Return the evidence score of each cluster in a reading: see `evidence_score`."""
    return _scores(deciding(study), column)


def prevalences(study):
    """Return how many clusters have each component: see `prevalence`."""
    return _prevalences(deciding(study))


def first_places(study):
    """Return how often each cluster is first under the default choices of method.

    {cluster: (share of the choices, share in which it is first alone, number of choices)}.
    """
    return _first_places(deciding(study))


def exceptions(study, column="status", reading="as evidenced"):
    """Return how many grades the best monotone rule leaves out: see `fewest_exceptions`."""
    return _exceptions(deciding(study), grades(study), column, reading)


@cached("clusters", parts=lambda: {"clusters": Part(only=("grade",))})
def grades(study):
    """Return the grade of each cluster that has one, and their type.

    (((cluster, grade), ...), dtype). Raises NoData where none has a grade.
    """
    given = study.clusters.frame["grade"].dropna()
    if not len(given):
        raise NoData("grade of a cluster (the column grade of clusters.csv)")
    return tuple(given.items()), given.dtype


def published_grades(study):
    """Return the grades as an ordered Series, index cluster: of those clusters that have one.

    Raises NoData where none has.
    """
    return _published(grades(study))


@lru_cache(maxsize=16)
def _evidence(rows):
    columns = ["cluster", "component", "status", "alternative_status"]
    return pd.DataFrame(rows, columns=columns).astype("str")


@lru_cache(maxsize=16)
def _matrix(rows):
    return component_matrix(pd.DataFrame(rows, columns=["cluster", "component", "status"]))


@lru_cache(maxsize=16)
def _bounds(rows, column):
    return evidence_bounds(_evidence(rows), column=column)


@lru_cache(maxsize=16)
def _scores(rows, column):
    return evidence_score(*_bounds(rows, column))


@lru_cache(maxsize=16)
def _prevalences(rows):
    return prevalence(*_bounds(rows, "status"))


@lru_cache(maxsize=16)
def _first_places(rows):
    # a study need not use every component it has words for
    choices = evidence_choices(_bounds(rows, "status")[0].columns)
    ranked = rank_summary(run_choices(_evidence(rows), choices))
    shares = records(ranked, "cluster", "p_first", "p_first_alone", "combinations")
    return {cluster: tuple(found) for cluster, *found in shares}


@lru_cache(maxsize=16)
def _exceptions(rows, given, column, reading):
    published = _published(given)
    graded = [ends.loc[published.index] for ends in _bounds(rows, column)]
    return fewest_exceptions(*graded, published, reading=reading)


@lru_cache(maxsize=16)
def _published(given):
    pairs, dtype = given
    return pd.Series(dict(pairs), dtype=dtype)


def _deciding(statuses):
    """Return the statuses that decide what a component counts, of those of its items."""
    missing = [status for status in MISSING_STATUSES if status in statuses][:1]
    planned = ["planned"] if "planned" in statuses else []
    return ["present"] if "present" in statuses else [*planned, *missing] or ["absent"]
