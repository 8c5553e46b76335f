"""The state database: a record of past runs in a file, committed after every step.

A backend for doit, with the methods that its documentation on plugins asks for.
"""

import contextlib
import sqlite3


class StateDatabase:
    """One record for each step, {key: value}, in a SQLite file."""

    def __init__(self, name, codec, *, module_name=None):
        """Open or create the file; `codec` serialises records."""
        self.name, self._codec = name, codec
        self._records, self._changed = {}, set()
        self._connection = sqlite3.connect(name)
        # a process that is killed loses nothing; after a loss of power steps are done again
        self._connection.execute("pragma synchronous = off")
        self._connection.execute(
            "create table if not exists doit (task_id text primary key, task_data json)"
        )

    def get(self, task, key):
        """Return a value of a step's record; None where there is none."""
        if task not in self._records:
            row = self._row(task)
            self._records[task] = self._codec.decode(row[0]) if row else {}
        return self._records[task].get(key)

    def set(self, task, key, value):
        """Put a value into a step's record."""
        self._records.setdefault(task, {})[key] = value
        self._changed.add(task)

    def in_(self, task):
        """Tell whether there is a record of a step."""
        return task in self._records or self._row(task) is not None

    def dump(self):
        """Write what was changed."""
        rows = [(task, self._codec.encode(self._records[task])) for task in self._changed]
        with self._connection:
            self._connection.executemany("insert or replace into doit values (?, ?)", rows)
        self._changed.clear()

    def remove(self, task):
        """Forget a step."""
        self._records.pop(task, None)
        self._changed.discard(task)
        with self._connection:
            self._connection.execute("delete from doit where task_id = ?", (task,))

    def remove_all(self):
        """Forget all steps."""
        self._records.clear()
        self._changed.clear()
        with self._connection:
            self._connection.execute("delete from doit")

    def names(self):
        """Return the names of all steps with a record in the file."""
        return {name for (name,) in self._connection.execute("select task_id from doit")}

    def close(self):
        """Close the file."""
        self._connection.close()

    def _row(self, task):
        asked = "select task_data from doit where task_id = ?"
        return self._connection.execute(asked, (task,)).fetchone()


def is_sound(file):
    """Tell whether a file is a state database that can be read."""
    try:
        with contextlib.closing(sqlite3.connect(file)) as connection:
            connection.execute("select task_id, task_data from doit limit 1")
            return connection.execute("pragma quick_check").fetchone() == ("ok",)
    except sqlite3.DatabaseError:
        return False
