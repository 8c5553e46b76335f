"""Tidy series: their format, and the rows of each in its frame.

A tidy frame has one row per observation asked for: cluster, indicator, year and value, NaN where
nothing is reported. One series is one cluster and indicator. The words for what the methods on
series leave empty are here as well.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analysis.tidy.kinds import KIND_REASONS, KINDS, why_not
from analysis.tidy.observations import LAST_YEAR, finite_values, whole_years
from analysis.tidy.records import begins_run, check_columns

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

KEY = ["cluster", "indicator"]
REASONS = (
    "no earlier observation",
    "gap before it",
    "base year not reported",
    "base is zero",
    "negative base",
    "a value has no logarithm",
    "not enough observations",
    "constant",
    "not reported",
    "p below the least exact p",
    *KIND_REASONS,
)
# between one series and the next where both are numbered by series and year: none meets another
ROOM_FOR_YEARS = 10 * LAST_YEAR


@dataclass(frozen=True, eq=False)
class ArrangedSeries:
    """The rows of a tidy frame by series, in order of first appearance, and then by year."""

    row: np.ndarray  # position in the frame of each arranged row
    start: np.ndarray  # series k has the arranged rows start[k] to start[k + 1] - 1
    year: np.ndarray  # int, of each arranged row
    value: np.ndarray  # float, of each arranged row; NaN where nothing is reported

    def __len__(self):
        """Count the series."""
        return len(self.start) - 1

    @cached_property
    def number(self) -> np.ndarray:
        """Return the number of the series of each arranged row."""
        return np.repeat(np.arange(len(self)), np.diff(self.start))

    @property
    def observed(self) -> ArrangedSeries:
        """Drop the rows without a value; a series may be left empty."""
        return self if self._observed is None else self._observed

    @cached_property
    def _observed(self):
        """Return the observed rows; None if all are: a reference cycle is freed late."""
        kept = ~np.isnan(self.value)
        if kept.all():
            return None
        start = np.concatenate([[0], np.cumsum(kept)])[self.start]
        return ArrangedSeries(self.row[kept], start, self.year[kept], self.value[kept])

    def value_in(self, number: np.ndarray, year: np.ndarray) -> np.ndarray:
        """Look up the value of series `number` in `year`, elementwise; NaN where there is none."""
        known = self.observed
        if not len(known.year):
            return np.full(np.shape(year), np.nan)
        keys = known.number * ROOM_FOR_YEARS + known.year
        wanted = number * ROOM_FOR_YEARS + year
        place = np.searchsorted(keys, wanted).clip(max=len(keys) - 1)
        there = (keys[place] == wanted) & (np.abs(year) <= LAST_YEAR)
        return np.where(there, known.value[place], np.nan)

    def first(self, column: pd.Series) -> pd.api.extensions.ExtensionArray:
        """Return a column of the frame as it stands in the earliest row of each series."""
        return column.array.take(self.row[self.start[:-1]])

    def ends(self, column: str) -> tuple[np.ndarray, np.ndarray]:
        """Return a column's first and last entry in each series, NaN if it is empty."""
        cells = np.append(getattr(self, column), np.nan)
        some = np.diff(self.start) > 0
        first, last = self.start[:-1], self.start[1:] - 1
        return cells[np.where(some, first, -1)], cells[np.where(some, last, -1)]

    def by_length(self) -> Iterator:
        """Yield (series numbers, years, values) for each number of observations.

        Years and values have the shape (series, observations).
        """
        known = self.observed
        lengths = np.diff(known.start)
        if (lengths == lengths[0]).all():
            shape = len(self), lengths[0]
            yield np.arange(len(self)), known.year.reshape(shape), known.value.reshape(shape)
            return
        for length in np.unique(lengths):
            numbers = np.flatnonzero(lengths == length)
            rows = known.start[numbers][:, None] + np.arange(length)
            yield numbers, known.year[rows], known.value[rows]


def arrange_series(series: pd.DataFrame) -> ArrangedSeries:
    """Check a tidy frame and arrange its rows by series and year.

    Parameters
    ----------
    series : DataFrame with columns cluster and indicator (text, whole numbers or categories), year
        (whole numbers, each once in a series, in any order) and value (finite numbers or NaN)

    Raises TypeError, KeyError or ValueError that names the column, row and value at fault.

    >>> frame = pd.DataFrame({"cluster": "a", "indicator": "jobs",
    ...                       "year": [2017, 2016], "value": [8.0, 5.0]})
    >>> arrange_series(frame).value
    array([5., 8.])
    """
    check_columns(series, [*KEY, "year", "value"])
    if not len(series):
        raise ValueError("series has no rows; wanted at least one")

    def cell(column):
        return lambda position: f"series, row {_plain(series.index[position])!r}, {column}"

    number = _series_numbers(series, cell)
    year = whole_years(series["year"], cell("year"))
    value = finite_values(series["value"], cell("value"))
    row, key = np.arange(len(series)), number * ROOM_FOR_YEARS + year
    if not (key[1:] > key[:-1]).all():
        row = np.argsort(key, kind="stable")
        number, year, value, key = number[row], year[row], value[row], key[row]
        twice = np.flatnonzero(key[1:] == key[:-1])
        if len(twice):
            _refuse_again(series.iloc[row[twice[0] + 1]])
    start = np.concatenate([[0], np.flatnonzero(number[1:] != number[:-1]) + 1, [len(number)]])
    return ArrangedSeries(row, start, year, value)


def series_words(
    series: pd.DataFrame,
    arranged: ArrangedSeries,
    column: str,
    wanted: str,
    accept: Callable[[str], object] = str.strip,
) -> np.ndarray:
    """Return the one word that each series has in a column: object array, shape (series,).

    `arranged` is what `arrange_series` made of the frame; `accept` tells whether a word is allowed,
    and `wanted` says which are. Raises ValueError for a row with no such word, or with another than
    an earlier row of its series.

    >>> frame = pd.DataFrame({"cluster": "a", "indicator": ["x", "y"], "year": 2016, "value": 1.0,
    ...                       "unit": ["people", "percent"]})
    >>> series_words(frame, arrange_series(frame), "unit", "a unit").tolist()
    ['people', 'percent']
    """
    check_columns(series, [column])
    numbers, words = pd.factorize(series[column])
    words = np.array([*words, None], dtype=object)  # a missing word has the number -1
    refused = np.array([not (isinstance(word, str) and accept(word)) for word in words])[numbers]
    first = numbers[arranged.row[arranged.start[:-1]]]
    differs = np.zeros(len(series), dtype=bool)
    differs[arranged.row] = numbers[arranged.row] != first[arranged.number]
    for wrong, rule in ((refused, wanted), (differs, "the same in every row of a series")):
        if wrong.any():
            position = int(np.argmax(wrong))
            row, word = _plain(series.index[position]), words[numbers[position]]
            raise ValueError(f"series, row {row!r}, {column} is {word!r}; wanted {rule}")
    return words[first]


def series_kinds(series: pd.DataFrame, arranged: ArrangedSeries) -> np.ndarray:
    """Return the kind of each series, from `analysis.tidy.kinds`: object array, shape (series,).

    None for every series where the frame has no column kind: then everything is admitted.
    Raises ValueError for a word that is no kind, or for two kinds in one series.

    >>> frame = pd.DataFrame({"cluster": "a", "indicator": ["x", "y"], "year": 2016, "value": 1.0,
    ...                       "kind": ["count", "balance"]})
    >>> series_kinds(frame, arrange_series(frame)).tolist()
    ['count', 'balance']
    """
    if "kind" not in series.columns:
        return np.full(len(arranged), None, dtype=object)
    wanted = f"one of {', '.join(KINDS)}"
    return series_words(series, arranged, "kind", wanted, accept=KINDS.__contains__)


def barred_by_kind(kinds: np.ndarray, operation: str) -> dict[str, np.ndarray]:
    """Flag the series whose kind does not allow an operation, by reason.

    Parameters
    ----------
    kinds : object array of shape (series,), as `series_kinds` returns them
    operation : one of `analysis.tidy.kinds.OPERATIONS`

    Returns {reason from `REASONS`: bool array of shape (series,)}, reasons that hold nowhere left
    out.

    >>> flags = barred_by_kind(np.array(["count", "balance"], dtype=object), "ratio")
    >>> {reason: series.tolist() for reason, series in flags.items()}
    {'a balance has no ratios': [False, True]}
    """
    numbers, names = pd.factorize(kinds)  # None has the number -1
    words = {number: why_not(name, operation) for number, name in enumerate(names)}
    return {word: numbers == number for number, word in words.items() if word}


def reason_texts(flags: dict) -> pd.api.extensions.ExtensionArray:
    """Return the reasons why cells are undefined, as text.

    Parameters
    ----------
    flags : {reason: bool array of shape (rows,)}, reasons from `REASONS`

    Returns a text array, shape (rows,): the reasons of each row in the order of `REASONS`, joined
    by "; ", empty where there is none.

    >>> reason_texts({"constant": np.array([True, False])}).tolist()
    ['constant', '']
    """
    bits = sum(np.asarray(flags[reason]) * (1 << REASONS.index(reason)) for reason in flags)
    sets, place = np.unique(bits, return_inverse=True)
    words = ["; ".join(r for i, r in enumerate(REASONS) if chosen >> i & 1) for chosen in sets]
    return pd.array(words, dtype="str").take(place)


def either(*flags: Mapping[str, np.ndarray]) -> dict[str, np.ndarray]:
    """Combine {reason: bool array} mappings by logical or.

    >>> {word: rows.tolist() for word, rows in either({"a": np.array([True])}, {}).items()}
    {'a': [True]}
    """
    words = dict.fromkeys(word for mapping in flags for word in mapping)
    return {word: np.logical_or.reduce([m[word] for m in flags if word in m]) for word in words}


def divided(numerator: np.ndarray, denominator: np.ndarray, where: np.ndarray) -> np.ndarray:
    """Divide arrays where a condition holds; NaN elsewhere.

    >>> divided(np.array([6.0, 1.0]), np.array([2.0, 0.0]), np.array([True, False])).tolist()
    [3.0, nan]
    """
    return np.divide(numerator, denominator, out=np.full(len(where), np.nan), where=where)


def whole_numbers(column: np.ndarray) -> pd.arrays.IntegerArray:
    """Convert a float array of whole numbers to nullable integers, NaN to NA.

    >>> whole_numbers(np.array([2016.0, np.nan])).tolist()
    [2016, <NA>]
    """
    missing = np.isnan(column)
    return pd.arrays.IntegerArray(np.where(missing, 0, column).astype("int64"), missing)


def _refuse_again(row):
    label, cluster, indicator = map(_plain, (row.name, row["cluster"], row["indicator"]))
    raise ValueError(
        f"series, row {label!r}: cluster {cluster!r}, indicator {indicator!r} "
        f"has the year {row['year']} twice; wanted each year once"
    )


def _plain(label):
    """Convert a numpy scalar to the Python object."""
    return label.item() if isinstance(label, np.generic) else label


def _series_numbers(series, cell):
    """Number the series in the order of their first appearance, one number per row."""
    columns = [_names(series[name], cell(name)) for name in KEY]
    # text is slow to look up: do it only where a run of one name, or a gap, begins
    changes = [begins_run(column) for column in columns]
    heads = np.flatnonzero(changes[0] | changes[1])
    clusters, indicators = (
        pd.factorize(column[own])[0][np.cumsum(own[heads]) - 1]
        for column, own in zip(columns, changes, strict=True)
    )
    for name, numbers in zip(KEY, (clusters, indicators), strict=True):
        if (numbers < 0).any():
            _refuse_missing_at(heads[np.argmax(numbers < 0)], cell(name))
    numbers, _ = pd.factorize(clusters * (indicators.max() + 1) + indicators)
    return np.repeat(numbers, np.diff(heads, append=len(series)))


def _names(column, place):
    """Return a column of names as an array that is quick to compare; NaN may be left in it."""
    if column.dtype == "str":
        return column.to_numpy()
    _refuse_missing(column.isna().to_numpy(), place)
    if isinstance(column.dtype, pd.CategoricalDtype):
        return column.cat.codes.to_numpy()
    if pd.api.types.infer_dtype(column) not in ("string", "integer"):
        kinds = ", ".join(sorted({type(name).__name__ for name in column}))
        raise TypeError(f"{place(0)} and below holds {kinds}; wanted text or whole numbers")
    return column.to_numpy()


def _refuse_missing(missing, place):
    if missing.any():
        _refuse_missing_at(np.argmax(missing), place)


def _refuse_missing_at(position, place):
    raise ValueError(f"{place(int(position))} is missing; wanted a name in every row")
