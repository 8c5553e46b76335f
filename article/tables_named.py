"""A view of a study that gives a check access only to the tables it names under `uses`.

So what an entry rests on is what it says: where a table named is empty the entry is not testable,
and where a table changes just the entries that name it are examined again.
"""

# what a study tells beside its tables, and the table that it comes from
OF_TABLE = {
    "years": "series",
    "grades": "clusters",
    "activity_classes": "clusters",
    "cluster": "clusters",
    "component_names": "components",
}
TABLES = (
    "clusters", "components", "indicators", "series", "criteria", "context", "claims", "published",
)  # fmt: skip


class NotNamedError(LookupError):
    """An entry reads a table that it does not name under `uses`."""


class TablesNamed:
    """A study with the tables that `uses` names, which notes what it is asked.

    `read` are the tables that were read of it, `whole` those of them that were read otherwise than
    through a reader, and `answers` what the readers answered, with the parts of tables that they
    saw for it: {(reader, arguments, options): ({table: part}, answer)}.
    """

    def __init__(self, study, uses, entry, ask=None):
        """Open some tables of a study to an entry: its id, for the message.

        `ask` answers what readers are asked, given (reader, arguments, options); left out, they
        read the study.
        """
        self._study, self._uses, self._entry = study, tuple(uses), entry
        self._ask = ask or self._read
        self.read, self.whole, self.answers = set(), set(), {}

    def __getattr__(self, name):
        """Hand over what stands in a table that is named.

        Raises NotNamedError for what stands in another one.
        """
        self._note(OF_TABLE.get(name, name))
        self.whole.add(OF_TABLE.get(name, name))
        return getattr(self._study, name)

    def has(self, *tables):
        """Tell whether every table named has rows."""
        for table in tables:
            self._note(table)
        return self._study.has(*tables)

    def ask(self, key, tables):
        """Ask a reader of these tables; `key` is the reader, its arguments and its options."""
        for table in tables:
            self._note(table)
        return self._ask(key)

    def _read(self, key):
        reader, arguments, options = key
        return reader(self._study, *arguments, **dict(options))

    def _note(self, table):
        if table in TABLES and table not in self._uses:
            wanted = ", ".join(f'"{name}"' for name in [*self._uses, table])
            raise NotNamedError(
                f"{self._entry} reads the table {table!r}, which its uses= does not name; "
                f"wanted: uses=({wanted})"
            )
        self.read.add(table)


def opened(study, uses, entry, ask=None):
    """Return the study with only these tables open, and the tables named that have no rows.

    `ask` is as in `TablesNamed`. Raises ValueError where `uses` names what is no table.

    >>> from analysis.study.loading import load_study
    >>> study, empty = opened(load_study(), ("clusters",), "F0")
    >>> len(study.clusters), empty
    (11, [])
    >>> study.series  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    article.tables_named.NotNamedError: F0 reads the table 'series', which its uses= does not ...
    """
    if unknown := [table for table in uses if table not in TABLES]:
        raise ValueError(
            f"{entry}: uses= names {unknown[0]!r}; wanted of these: {', '.join(TABLES)}"
        )
    return TablesNamed(study, uses, entry, ask), [table for table in uses if not study.has(table)]
