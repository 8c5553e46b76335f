"""What a check reads of a study: noted part by part, and answers that many checks share.

What a check did not read cannot change what it finds: so a change of the study need be tried on
those checks alone that read what is changed.
"""

from functools import lru_cache, wraps
from types import SimpleNamespace

from article.claims.registry import NoData

# parts of a table, beside the names of components and indicators: all of it; of `series` where
# there is a value, and the values that are measured; whatever is neither a value, a status nor a
# grade; of `components` what each can count, or its status
ALL, PRESENCE, MEASURED_VALUES, LAYOUT, EVIDENCE = (
    "*", "presence", "measured values", "layout", "evidence",
)  # fmt: skip


class Watched:
    """A study that notes what is read of it: `reads` holds (table, part), ALL for a whole table.

    The functions of `reading` read and note a part; whoever takes a table by itself reads all
    of it.
    """

    def __init__(self, study):
        """Watch a study."""
        self.study, self.reads = study, set()

    def __getattr__(self, name):
        """Hand over a table, noted as read in full."""
        self.reads.add((name, ALL))
        return getattr(self.study, name)

    @property
    def years(self):
        """The years of the series, whatever their values."""
        self.reads.add(("series", LAYOUT))
        return self.study.years

    def has(self, *tables):
        """Tell whether every table named has rows."""
        self.reads.update((table, LAYOUT) for table in tables)
        return self.study.has(*tables)


def part(study, table, *parts):
    """Return a table of which only these parts are going to be read, and note them."""
    if isinstance(study, Watched):
        study.reads.update((table, one) for one in parts)
        study = study.study
    return getattr(study, table)


def kept(*tables):
    """Keep the last few answers of a function that reads these tables of a study.

    Many checks read the same. An answer is never changed, and serves every study that holds the
    very same tables: one that differs in another table as well. A watched study notes what was
    read for it.
    """

    def keeping(function):
        @lru_cache(maxsize=16)
        def answer(same, *arguments, **options):
            watched = Watched(SimpleNamespace(**same.tables))
            return function(watched, *arguments, **options), watched.reads

        @wraps(function)
        def asked(study, *arguments, **options):
            if not isinstance(study, Watched):
                return answer(_Tables(study, tables), *arguments, **options)[0]
            try:
                found, reads = answer(_Tables(study.study, tables), *arguments, **options)
            except NoData:
                return function(study, *arguments, **options)  # to note what that rests on
            study.reads.update(reads)
            return found

        return asked

    return keeping


class _Tables:
    """Tables of a study, equal to others where they are the very same."""

    def __init__(self, study, names):
        self.tables = {name: getattr(study, name) for name in names}
        self._places = tuple(map(id, self.tables.values()))

    def __hash__(self):
        return hash(self._places)

    def __eq__(self, other):
        return self._places == other._places
