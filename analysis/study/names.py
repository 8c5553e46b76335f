"""Readable names for the identifiers of a study's clusters and indicators."""

from __future__ import annotations

import re
from collections import Counter
from functools import singledispatch
from typing import TYPE_CHECKING

import pandas as pd

from analysis.tidy.records import records, run_starts
from analysis.tidy.units import with_unit
from analysis.tidy.wording import escaped

if TYPE_CHECKING:
    from collections.abc import Iterable

    from analysis.study.loading import Study

# columns and index levels that hold identifiers
OF_CLUSTERS = ("cluster", "other", "peer", "subject")
OF_INDICATORS = ("indicator", "by")
OF_SEVERAL = ("entering", "matched")  # identifiers of indicators, "; " between them
SHORT = ("short", "full", "unit")  # what a short label is made of


def short_label(short: str | None, full: str, unit: str) -> str:
    """Give the short label with its unit, or the full one where there is no short one.

    >>> short_label("Sales", "The volume of sales, millions rub.", "million roubles")
    'Sales, million roubles'
    >>> short_label(None, "Sales, tonnes", "tonnes")
    'Sales, tonnes'
    """
    return with_unit(short, unit) if isinstance(short, str) and short else full


def cluster_names(study: Study) -> dict[str, str]:
    """Give each cluster its short name, or its name: {identifier: name}, no two alike."""
    rows = zip(study.clusters.index, records(study.clusters, "short", "name"), strict=True)
    return _distinct({key: s if isinstance(s, str) else name for key, (s, name) in rows})


def indicator_names(study: Study) -> dict[str, str]:
    """Give each indicator its short label with its unit: {identifier: label}, no two alike."""
    return _distinct(dict(first_rows(study.series, "indicator", "short")))


def first_rows(series: pd.DataFrame, *columns: str) -> Iterable[tuple]:
    """Iterate over the first row of each indicator, as tuples of these columns.

    >>> list(first_rows(pd.DataFrame({"indicator": ["a", "a", "b"], "year": [1, 2, 3]}), "year"))
    [(1,), (3,)]
    """
    starts = run_starts(series["indicator"])
    seen_before = series["indicator"].array.take(starts).duplicated()
    first = starts[~seen_before]
    return zip(*(series[name].iloc[first].tolist() for name in columns), strict=True)


def in_words(study: Study, text: str, *, markdown: bool = False) -> str:
    """Write names for the identifiers in a sentence: of clusters, and small of indicators.

    Only identifiers that no word looks like are replaced: those with a hyphen, and those that stand
    in quotation marks, as in a reason. In Markdown the names are escaped.
    """
    indicators = study.indicators
    labels = indicators["short"].fillna(indicators["label"])
    names = {key: _small(label) for key, label in labels.items() if isinstance(label, str)}
    names = {str(key): name for key, name in (names | cluster_names(study)).items()}
    written = escaped if markdown else str
    text = re.sub("'([^']+)'", lambda m: written(names[m[1]]) if m[1] in names else m[0], text)
    names = {key: name for key, name in names.items() if "-" in key}
    words = "|".join(map(re.escape, sorted(names, key=len, reverse=True)))
    found = rf"(?<![\w-])({words})(?![\w-])"
    return re.sub(found, lambda match: written(names[match[1]]), text) if names else text


def _small(label):
    """Lowercase the first letter of a label for use in a sentence, unless it is an abbreviation."""
    return label[:1].lower() + label[1:] if label[1:2].islower() else label


def _distinct(names):
    """Add the identifier to names that several have."""
    counts = Counter(names.values())
    return {key: name if counts[name] == 1 else f"{name} [{key}]" for key, name in names.items()}


def named(study: Study, table: pd.Series) -> pd.Series:
    """Write names for identifiers in a DataFrame's columns and index, or in a Series' index."""
    return _named(table, study)


@singledispatch
def _named(table, study):
    raise TypeError(f"a table is wanted, a pandas DataFrame or Series; this is {type(table)}")


@_named.register
def _(table: pd.DataFrame, study):
    names = _names_for(study, {*table.columns, *table.index.names})
    columns = {name: _words(table[name], names[name]) for name in table if name in names}
    for name in filter(table.columns.__contains__, OF_SEVERAL):
        known = names["indicator"]
        columns[name] = [
            _joined(text, known) if isinstance(text, str) else text for text in table[name]
        ]
    return table.assign(**columns).set_axis(_index(table.index, names), axis=0)


@_named.register
def _(table: pd.Series, study):
    return table.set_axis(_index(table.index, _names_for(study, {*table.index.names})))


def _names_for(study, there):
    """Return the names of what these columns and levels hold: {column: {identifier: name}}."""
    names = {}
    if there.intersection(OF_CLUSTERS):
        names |= dict.fromkeys(OF_CLUSTERS, cluster_names(study))
    if there.intersection(OF_INDICATORS + OF_SEVERAL):
        names |= dict.fromkeys(OF_INDICATORS, indicator_names(study))
    return names


def _joined(text, names):
    if not isinstance(text, str):
        return text
    return "; ".join(names.get(key, key) for key in text.split("; "))


def _index(index, names):
    levels = [index.get_level_values(at) for at in range(index.nlevels)]
    words = [_words(level, names[level.name]) if level.name in names else level for level in levels]
    return words[0] if len(words) == 1 else pd.MultiIndex.from_arrays(words, names=index.names)


def _words(ids, names):
    """Write the name of each identifier; whatever has none stays as it is."""
    places, different = pd.factorize(ids, use_na_sentinel=False)  # a table repeats them by the row
    words = pd.Index([_name(key, names) for key in different], name=ids.name).take(places)
    return words if isinstance(ids, pd.Index) else words.to_series(index=ids.index)


def _name(key, names):
    """Return the name of an identifier, or of a ratio, which is of two with " per " between."""
    if key in names or not isinstance(key, str):
        return names.get(key, key)
    return " per ".join(names.get(part, part) for part in key.split(" per "))
