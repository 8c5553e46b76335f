"""The part of a table that a reader sees: some of its rows, and some of its columns.

A reader is handed that part and nothing else. So a change of one row that cannot be seen in the
part leaves its answer as it is, and the answer need not be asked for again.
"""

from collections.abc import Container
from dataclasses import dataclass
from functools import cached_property
from itertools import compress

import pandas as pd

from analysis.tidy.records import records


@dataclass(frozen=True)
class Part:
    """Some rows and columns of a table; with nothing said, all of them."""

    where: tuple[tuple[str, Container], ...] = ()  # (column, values): the rows with one of these
    filled: str = ""  # the rows with a value in this column
    only: tuple[str, ...] = ()  # the columns, if not all
    without: tuple[str, ...] = ()  # columns that are left out

    def shows(self, was, now):
        """Tell whether the change of one row, {column: cell} before and after, can be seen.

        >>> part = Part(where=(("name", "b"),), without=("note",))
        >>> part.shows({"name": "a", "value": 1.0}, {"name": "a", "value": 2.0})
        False
        >>> part.shows({"name": "b", "note": "-"}, {"name": "b", "note": "new"})
        False
        >>> part.shows({"name": "a", "note": "-"}, {"name": "b", "note": "-"})
        True
        """
        held = self._holds(was), self._holds(now)
        return held[0] != held[1] or (held[0] and any(map(self.has, _changed(was, now))))

    def held(self, table):
        """Tell of each row of a table whether it is in the part; None where all of them are."""
        marks = [[_is_in(cell, values) for cell in table[name].tolist()]
                 for name, values in self.where]  # fmt: skip
        if self.filled:
            marks.append([cell == cell for cell in table[self.filled].tolist()])
        return [all(row) for row in zip(*marks, strict=True)] if marks else None

    def has(self, column):
        """Tell whether a column is in the part."""
        return column not in self.without and (not self.only or column in self.only)

    def _holds(self, row):
        there = not self.filled or row[self.filled] == row[self.filled]
        return there and all(_is_in(row[name], values) for name, values in self.where)


class Seen:
    """What a reader sees of a table: its part, as rows or as a frame.

    >>> import pandas as pd
    >>> table = pd.DataFrame({"name": ["a", "b", "b"], "value": [1.0, None, 3.0], "note": "-"})
    >>> seen = Seen(table, Part(where=(("name", "b"),), filled="value", without=("note",)))
    >>> seen.records("name", "value"), seen.frame.shape
    ([('b', 3.0)], (1, 2))
    """

    def __init__(self, table, part):
        """Show a part of a table."""
        self._table, self._part = table, part
        self.index = table.index  # of all rows, those outside of the part too
        self._held = part.held(table)

    def records(self, *columns):
        """Return the rows as tuples of these columns; KeyError for one that is not in the part."""
        if outside := [column for column in columns if not self._part.has(column)]:
            raise KeyError(f"the part has no column {outside[0]!r}")
        rows = records(self._table, *columns)
        return list(rows if self._held is None else compress(rows, self._held))

    @cached_property
    def frame(self):
        """The part as a table."""
        return self.taken()

    def taken(self, rows=None):
        """Return some rows of the part as a table, by their number in it; left out, all."""
        table, places = self._table, self._places(rows)
        names = [name for name in table if self._part.has(name)]
        if len(names) == table.shape[1]:
            return table if places is None else table.take(places)
        if places is None:
            return table[names]
        columns = {name: table[name].array.take(places) for name in names}
        return pd.DataFrame(columns, index=table.index.take(places), copy=False)

    def _places(self, rows):
        """Return the places of these rows in the table, None where they are all of it."""
        if self._held is None or all(self._held):
            return rows
        places = [place for place, held in enumerate(self._held) if held]
        return places if rows is None else [places[row] for row in rows]


def _is_in(cell, values):
    return cell is not pd.NA and cell in values  # a missing whole number is equal to nothing


def _changed(was, now):
    """Name the columns in which two rows differ; a missing cell equals itself."""
    return [name for name in was if was[name] is not now[name] and was[name] != now[name]]
