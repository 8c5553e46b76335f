"""The rows of a table as plain tuples, and a table from such rows; its rows in groups.

For the tables of a study, of some hundred rows, plain Python is many times faster than asking
pandas step by step; `itertuples` makes a new class at every call.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from numpy.typing import ArrayLike


def check_columns(frame: pd.DataFrame, columns: list, name: str = "series") -> None:
    """Refuse anything but a DataFrame with each of `columns` once.

    Raises TypeError or KeyError.

    >>> check_columns(pd.DataFrame({"year": [2016]}), ["year"])
    """
    if not isinstance(frame, pd.DataFrame):
        raise TypeError(f"{name} is of type {type(frame).__name__}; wanted a DataFrame")
    for column in columns:
        count = list(frame.columns).count(column)
        if count != 1:
            have = "no column" if not count else "more than one column"
            raise KeyError(f"{name} has {have} {column!r}; wanted once each: {', '.join(columns)}")


def records(frame: pd.DataFrame, *columns: str) -> Iterable:
    """Iterate over the rows of a table, as tuples of these columns.

    Raises KeyError for a column that the table does not have.

    >>> list(records(pd.DataFrame({"x": [1, 2], "y": ["a", "b"], "z": 0}), "y", "x"))
    [('a', 1), ('b', 2)]
    """
    return zip(*(frame[column].tolist() for column in columns), strict=True)


def table_of(rows: list, types: dict) -> pd.DataFrame:
    """Make a table from rows, one tuple each, with the columns and types of {column: dtype}.

    >>> table_of([("a", None)], {"name": "str", "value": "float64"}).dtypes.astype(str).tolist()
    ['str', 'float64']
    """
    columns = zip(*rows, strict=True) if rows else [()] * len(types)
    typed = zip(types.items(), columns, strict=True)
    return pd.DataFrame({name: pd.array(cells, dtype=kind) for (name, kind), cells in typed})


def begins_run(*columns: ArrayLike) -> np.ndarray:
    """Tell which rows differ from the one above in any of the columns, the first row included.

    >>> begins_run(["a", "a", "b"], [1, 2, 2]).tolist()
    [True, True, True]
    """
    entries = [np.asarray(column) for column in columns]
    differs = np.any([column[1:] != column[:-1] for column in entries], axis=0)
    return np.append(True, differs)[: len(entries[0])]


def run_starts(column: ArrayLike) -> np.ndarray:
    """Return the positions at which an entry differs from the one above it, the first included.

    >>> run_starts(pd.Series(["a", "a", "b", "a"])).tolist()
    [0, 2, 3]
    """
    return np.flatnonzero(begins_run(column))


def factorize_runs(column: pd.Series) -> tuple[np.ndarray, pd.Index]:
    """Number the different entries of a column, as `pandas.factorize`; what is missing has -1.

    An entry is looked up once for each run of it: where a table is sorted, as those of a study
    are, that takes a fraction of the time.

    >>> numbers, names = factorize_runs(pd.Series(["a", "a", "b", "a"]))
    >>> numbers.tolist(), names.tolist()
    ([0, 0, 1, 0], ['a', 'b'])
    """
    starts = run_starts(column)
    numbers, names = pd.factorize(column.iloc[starts])
    return np.repeat(numbers, np.diff(starts, append=len(column))), names


def sorted_in_groups(values: np.ndarray, groups: np.ndarray) -> np.ndarray:
    """Return the order of the rows by group and in each by value, what is NaN last.

    `groups` are whole numbers from 0. Equal values of a group stand in any order.

    >>> sorted_in_groups(np.array([3.0, 1.0, 2.0]), np.array([0, 1, 0])).tolist()
    [2, 0, 1]
    """
    # whole numbers of few digits are sorted in a fraction of the time
    short = groups.astype(np.min_scalar_type(groups.max(initial=0)))
    order = np.argsort(values)
    return order[np.argsort(short[order], kind="stable")]


def by_name(ids: pd.Series, names: Mapping | pd.Series) -> pd.Series:
    """Return names in place of ids; an id without a name stays, even where none has one.

    >>> by_name(pd.Series(["a", "b"]), {"a": "Alder"}).tolist(), list(by_name(pd.Series("b"), {}))
    (['Alder', 'b'], ['b'])
    """
    known = {key: name for key, name in dict(names).items() if pd.notna(name)}
    return ids.map(lambda key: known.get(key, key))
