"""Monotone trend of short series: the Mann-Kendall test with its exact p, and the table of trends.

Years may be uneven and a series may have gaps. Ties are kept; nothing is sampled.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analysis.tidy.observations import observations
from analysis.tidy.series import (
    KEY,
    arrange_series,
    barred_by_kind,
    reason_texts,
    series_kinds,
    whole_numbers,
)
from analysis.tidy.showing import Readable
from analysis.trend.false_discovery import q_values
from analysis.trend.kendall.kendall_null import is_exact, kendall_p_values
from analysis.trend.kendall.tie_patterns import kendall_s, tie_patterns
from analysis.trend.sen import SEN_MEASURES, check_confidence, intercept_rule, sen_measures
from analysis.trend.serial_correlation import corrected_p_values

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any


KENDALL_MEASURES = (
    *("s", "tau_b", "p_two_sided", "p_increasing", "p_decreasing", "p_min", "p_error"),
)
ONE_SERIES = np.zeros(1, dtype=int)  # has the first tie pattern
HAMED_RAO = "normal, Hamed and Rao"
METHODS = ("exact", "normal", HAMED_RAO)
TOO_SMALL = "p below the least exact p"


@dataclass(frozen=True, repr=False)
class MannKendall(Readable):
    """Test of a monotone trend against random permutation of the series' own values."""

    n: int  # observations used
    s: int | None  # pairs that rise minus pairs that fall
    tau_b: float  # Kendall's tau-b, in [-1, 1]
    p_two_sided: float  # P(|S*| >= |S|)
    p_increasing: float  # P(S* >= S)
    p_decreasing: float  # P(S* <= S)
    p_min: float  # least two-sided p that the ties of the values leave possible
    p_error: float  # how far these may be off: 0 where exact, see `normal_error`
    method: str | None  # exact, or normal where that is too much work
    reason: str  # why something is undefined, from REASONS


def mann_kendall(
    values: Iterable[float] | Mapping[int, float],
    years: Iterable[int] | None = None,
    *,
    serial_correlation: bool = False,
) -> MannKendall:
    """Test for a monotone trend: Kendall's S over time with its exact p-values.

    Parameters
    ----------
    values : sequence of float, shape (n,), Series indexed by year, or {year: value}; NaN, or a
        masked value, is a gap and is left out
    years : sequence of whole numbers, shape (n,), each once; default: those of a Series or dict,
        else the order given
    serial_correlation : True corrects the variance of S for it, from 10 even years without a gap:
        `method` is then "normal, Hamed and Rao", see `analysis.trend.serial_correlation`

    Undefined cells are NaN or None, and `reason` says why: fewer than two observations leave all
    of them undefined, a constant series tau-b (its p is 1). With a corrected variance it also says
    where p is "below the least exact p", p_min: no order of the values is as rare as that, so it
    is an artefact of the normal tail, and to be read as "small" and not as a number.
    Raises TypeError or ValueError that names argument, position and value.

    Sources: Mann (1945), Econometrica 13, 245-259; Kendall (1975), Rank Correlation Methods;
    Gilbert (1987), Statistical Methods for Environmental Pollution Monitoring, section 16.4.

    >>> result = mann_kendall([100, 150, 200, 250, 300])
    >>> result.s, result.tau_b, round(result.p_two_sided, 4), round(result.p_increasing, 4)
    (10, 1.0, 0.0167, 0.0083)
    """
    years, values = observations(values, years)
    n = len(values)
    if n < 2:
        nothing: list[Any] = [n, None, *[np.nan] * 6, None, "not enough observations"]
        return MannKendall(*nothing)
    years, values = years[None, :], values[None, :]
    found, _ = _kendall_measures(years, values, serial_correlation)
    s, *measures, method = (float(column[0]) for column in found.values())
    reason = "constant" if np.isnan(measures[0]) else ""
    if measures[1] < measures[4] and METHODS[int(method)] == HAMED_RAO:
        reason = TOO_SMALL
    figures: list[Any] = [n, int(s), *measures, METHODS[int(method)], reason]
    return MannKendall(*figures)


def trend_table(
    series: pd.DataFrame, confidence: float = 0.95, *, serial_correlation: bool = False
) -> pd.DataFrame:
    """Test and estimate the trend of each series.

    Parameters
    ----------
    series : tidy DataFrame with columns cluster, indicator, year and value, years in any order;
        `kind` says what the values admit: of a score or a rank there is no slope
    confidence : wanted coverage of Sen's interval, between 0 and 1
    serial_correlation : as in `mann_kendall`

    Returns a DataFrame, one row per series in order of first appearance: cluster, indicator, n
    (observations), first_year and last_year (observed), the fields of `MannKendall` and `SenSlope`
    (sen_slope, sen_low, sen_high: units per year), q_two_sided (the false discovery rate, over
    the series of the frame, see `analysis.trend.false_discovery`), and `reason`, empty where
    nothing is undefined. `method` says how p-values were found: "exact", "normal" for very long
    series, or "normal, Hamed and Rao"; with that, `reason` says where p lies below p_min.
    Raises TypeError, KeyError or ValueError that names column, row and value.

    >>> frame = pd.DataFrame({"cluster": "a", "indicator": "jobs", "year": range(2016, 2021),
    ...                       "value": [1.0, 3.0, 2.0, 5.0, 4.0]})
    >>> trend_table(frame)[["n", "s", "tau_b", "sen_slope"]].values.tolist()
    [[5, 6, 0.6, 0.875]]
    """
    check_confidence(confidence)
    arranged = arrange_series(series)
    barred = barred_by_kind(series_kinds(series, arranged), "difference")
    parts = [
        (numbers, _measures(years, values, confidence, serial_correlation))
        for numbers, years, values in arranged.by_length()
    ]
    names = {name: arranged.first(series[name]) for name in KEY}
    n = np.diff(arranged.observed.start)
    del arranged  # of a million series, as large as the frame
    measures = _together(parts, len(n))
    for rows in barred.values():
        for name in (*SEN_MEASURES, "coverage_without_ties"):
            measures[name][rows] = np.nan
    return pd.DataFrame(names | _trend_columns(n, measures, barred), copy=False)


def _measures(years, values, confidence, serial_correlation):
    """Return the columns of the table for series of as many observations."""
    ends = {"first": years[:, 0] * 1.0, "last": years[:, -1] * 1.0} if values.shape[1] else {}
    if values.shape[1] < 2:
        return ends
    found, patterns = _kendall_measures(years, values, serial_correlation)
    return ends | found | sen_measures(years, values, patterns, confidence)


def _together(parts, count):
    """Concatenate the columns of parts, (series numbers, columns); NaN where there is none."""
    wanted = ["first", "last", *KENDALL_MEASURES, "method", *SEN_MEASURES, "coverage_without_ties"]
    if len(parts) == 1 and parts[0][1].keys() >= {*wanted}:
        return {name: column.astype(float, copy=False) for name, column in parts[0][1].items()}
    measures = {name: np.full(count, np.nan) for name in wanted}
    for numbers, found in parts:
        for name, column in found.items():
            measures[name][numbers] = column
    return measures


def _trend_columns(n, measures, barred):
    """Arrange the measures as columns of the trend table."""
    first, last, s = (whole_numbers(measures[name]) for name in ("first", "last", "s"))
    constant = (n > 1) & np.isnan(measures["tau_b"])
    too_small = measures["p_two_sided"] < measures["p_min"]
    flags = {
        "not enough observations": n < 3,
        "constant": constant,
        TOO_SMALL: too_small & (measures["method"] == METHODS.index(HAMED_RAO)),
    } | barred
    columns = {"n": n, "first_year": first, "last_year": last, "s": s}
    columns |= {name: measures[name] for name in ("tau_b", "p_two_sided", "p_min")}
    columns |= {"method": _worded(measures["method"], METHODS.__getitem__)}
    columns |= {name: measures[name] for name in SEN_MEASURES}
    origin = np.where(np.isnan(measures["intercept"]), np.nan, measures["first"])
    columns |= {"intercept_rule": _worded(origin, intercept_rule), "reason": reason_texts(flags)}
    columns |= {name: measures[name] for name in ("p_increasing", "p_decreasing")}
    columns |= {"q_two_sided": q_values(measures["p_two_sided"])}
    return columns | {name: measures[name] for name in ("p_error", "coverage_without_ties")}


def _worded(column, words):
    """Convert each number of a column to text, once for each distinct number."""
    place, numbers = pd.factorize(np.asarray(column, dtype=float))
    worded = pd.array([words(int(number)) for number in numbers], dtype="str")
    return worded.take(place, allow_fill=True)


def _kendall_measures(years, values, serial_correlation=False):
    """Return ({measure: column}, TiePatterns) of values of shape (series, observations).

    The columns are `KENDALL_MEASURES` and method, a place in `METHODS`.
    """
    n = values.shape[1]
    s, untied = kendall_s(values)
    patterns = tie_patterns(values, untied)
    two_sided, increasing, decreasing, least, error = kendall_p_values(s, patterns)
    exact = np.array([is_exact(sizes) for sizes in patterns.sizes])
    method = np.where(exact, 0, 1)[patterns.number]
    scale = np.sqrt(untied * (n * (n - 1) / 2))
    tau_b = np.divide(s, scale, out=np.full(len(s), np.nan), where=untied > 0)
    measures = (s, tau_b, two_sided, increasing, decreasing, least, error)
    found = dict(zip(KENDALL_MEASURES, measures, strict=True)) | {"method": method}
    if serial_correlation:
        found |= corrected_p_values(years, values, found, patterns)
    return found, patterns
