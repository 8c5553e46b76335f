"""The part of a table that a reader sees: some of its rows, and some of its columns.

A reader is handed that part and nothing else. So a change of one row that cannot be seen in the
part leaves its answer as it is, and the answer need not be asked for again.
"""

from collections.abc import Container
from dataclasses import dataclass
from itertools import starmap

from analysis.tidy.records import records


@dataclass(frozen=True)
class Part:
    """Some rows and columns of a table; with nothing said, all of them."""

    where: tuple[tuple[str, Container], ...] = ()  # (column, values): the rows with one of these
    filled: str = ""  # the rows with a value in this column
    only: tuple[str, ...] = ()  # the columns, if not all
    without: tuple[str, ...] = ()  # columns that are left out

    def of(self, table):
        """Return the part of a table.

        >>> import pandas as pd
        >>> table = pd.DataFrame({"name": ["a", "b", "b"], "value": [1.0, None, 3.0], "note": "-"})
        >>> Part(where=(("name", "b"),), filled="value", without=("note",)).of(table)
          name  value
        2    b    3.0
        """
        rows = list(starmap(self._holds, records(table, *self._asked))) if self._asked else ()
        names = [name for name in self.only or table if name not in self.without]
        part = table if len(names) == table.shape[1] else table[names]
        if all(rows):
            return part
        return part.take([place for place, held in enumerate(rows) if held])

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
        held = [self._holds(*(row[name] for name in self._asked)) for row in (was, now)]
        return held[0] != held[1] or (held[0] and any(map(self._seen, _changed(was, now))))

    @property
    def _asked(self):
        """The columns that decide whether a row is in the part."""
        columns = [column for column, _ in self.where]
        return [*columns, self.filled] if self.filled else columns

    def _holds(self, *cells):
        """Tell whether a row with these cells of the columns asked is in the part."""
        there = not self.filled or cells[-1] == cells[-1]
        pairs = zip(self.where, cells, strict=False)
        return there and all(cell in values for (_, values), cell in pairs)

    def _seen(self, column):
        return column not in self.without and (not self.only or column in self.only)


def _changed(was, now):
    """Name the columns in which two rows differ; a missing cell equals itself."""
    return [name for name in was if was[name] is not now[name] and was[name] != now[name]]
