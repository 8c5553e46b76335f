"""Answers that many checks share, worked out once for the same tables of a study."""

from functools import lru_cache, wraps
from types import SimpleNamespace

import pandas as pd

from article.claims.registry import NoData
from article.tables_named import TablesNamed


def kept(*tables):
    """Keep the last few answers of a function that reads these tables of a study, and no other.

    An answer is never changed, and serves every study that holds the very same tables, also one
    that differs in another table. A study that notes what it is asked (`TablesNamed`) notes the
    answer: whoever asks the same of a changed study knows by it whether anything is different.
    Only the readers of this folder need this; a check is an ordinary function.

    >>> from analysis.study.loading import load_study
    >>> @kept("clusters")
    ... def regions(study):
    ...     return sorted(set(study.clusters["region"]))
    >>> study = load_study()
    >>> regions(study) is regions(study)
    True
    """

    def keeping(function):
        @lru_cache(maxsize=16)
        def answer(same, *arguments, **options):
            return function(SimpleNamespace(**same.tables), *arguments, **options)

        @wraps(function)
        def asked(study, *arguments, **options):
            if not isinstance(study, TablesNamed):
                return answer(_Tables(study, tables), *arguments, **options)
            same = _Tables(study.opened(*tables), tables)
            try:
                found = answer(same, *arguments, **options)
            except NoData:
                study.whole.update(tables)  # what is lacking may come with any change
                raise
            study.note_answer(tables, asked, arguments, options, found)
            return found

        return asked

    return keeping


def is_same(one, other):
    """Tell whether two answers hold the same; where that cannot be told, they do not.

    >>> is_same({"a": 1.0}, {"a": 1.0}), is_same(pd.Series([1]), pd.Series([2]))
    (True, False)
    """
    if one is other:
        return True
    if isinstance(one, pd.DataFrame | pd.Series):
        return isinstance(other, type(one)) and one.equals(other)
    if isinstance(one, tuple):
        return isinstance(other, tuple) and len(one) == len(other) and all(map(is_same, one, other))
    return type(one) is type(other) and bool(one == other)


class _Tables:
    """Tables of a study, equal to others where they are the very same."""

    def __init__(self, study, names):
        self.tables = {name: getattr(study, name) for name in names}
        self._places = tuple(map(id, self.tables.values()))

    def __hash__(self):
        return hash(self._places)

    def __eq__(self, other):
        return self._places == other._places
