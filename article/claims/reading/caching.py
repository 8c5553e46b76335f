"""A cache of the answers that many checks share, by the tables that they were read from."""

from functools import lru_cache, wraps
from types import SimpleNamespace

import pandas as pd

from article.claims.reading.parts import Part, Seen
from article.claims.registry import NoData
from article.tables_named import TablesNamed

WHOLE = Part()


def cached(*tables, parts=None):
    """Cache a function of a study that reads these tables of it, and no other (the last 16 calls).

    The key is the identity of the tables, so that a study that differs in another table only gets
    the cached answer. Answers must not be modified. A study that records what is read of it
    (`TablesNamed`) records the answer too: asked again of a changed study, it shows what differs.
    Only the readers of this folder need this; a check is an ordinary function.

    `parts` takes the arguments after the study and returns {table: Part} for the tables of which
    a part is enough. The function is handed no more than these parts, of each table what it has
    `Seen`: `records` or a `frame`.

    >>> from analysis.study.loading import load_study
    >>> @cached("clusters")
    ... def regions(study):
    ...     return sorted(set(study.clusters.frame["region"]))
    >>> study = load_study()
    >>> regions(study) is regions(study)
    True
    """

    def keeping(function):
        def read(arguments, options):
            return dict.fromkeys(tables, WHOLE) | (parts(*arguments, **options) if parts else {})

        @lru_cache(maxsize=16)
        def answer(same, *arguments, **options):
            seen = {name: Seen(same.tables[name], part)
                    for name, part in read(arguments, options).items()}  # fmt: skip
            return function(SimpleNamespace(**seen), *arguments, **options)

        @wraps(function)
        def asked(study, *arguments, **options):
            if not isinstance(study, TablesNamed):
                return answer(_Tables(study, tables), *arguments, **options)
            key = asked, arguments, tuple(options.items())
            try:
                found = study.ask(key, tables)
            except NoData:
                study.whole.update(tables)  # what is lacking may come with any change
                raise
            study.answers[key] = read(arguments, options), found
            return found

        return asked

    return keeping


def is_same(one, other):
    """Tell whether two answers hold the same; where that cannot be told, they do not.

    A missing number is the same as another.

    >>> is_same({"a": 1.0}, {"a": 1.0}), is_same(pd.Series([1]), pd.Series([2]))
    (True, False)
    >>> is_same([float("nan"), "a"], [float("nan"), "a"])
    True
    """
    if one is other:
        return True
    if isinstance(one, pd.DataFrame | pd.Series):
        return isinstance(other, type(one)) and one.equals(other)
    if type(one) is not type(other):
        return False
    if isinstance(one, tuple | list):
        return len(one) == len(other) and all(map(is_same, one, other))
    return bool(one == other) or bool(one != one and other != other)


class _Tables:
    """A key of cached answers: tables of a study, compared by identity."""

    def __init__(self, study, names):
        self.tables = {name: getattr(study, name) for name in names}
        self._places = tuple(map(id, self.tables.values()))

    def __hash__(self):
        return hash(self._places)

    def __eq__(self, other):
        return self._places == other._places
