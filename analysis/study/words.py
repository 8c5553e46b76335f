"""The words of a study: title, what it compares, its vocabularies and headings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis.study.schema import is_title, vocabulary

if TYPE_CHECKING:
    from collections.abc import Mapping

    from analysis.study.package import RawTable

UNIT_NOUN = "cluster"


def about_study(descriptor: dict, tables: Mapping[str, RawTable]) -> dict:
    """Read the vocabularies of a study from its descriptor or, if it has none, its tables.

    Parameters
    ----------
    descriptor : dict, found right
    tables : {name: RawTable}

    Returns a dict: title, unit_noun, unit_noun_plural, components_heading (text), grades (lowest
    first), component_names and activity_classes (lists). A study that has one word for all grades
    grades nothing, and has no grades.
    """
    used = _used(tables, "clusters", "grade")
    grades = vocabulary(descriptor, "clusters", "grade") if used else []
    noun = descriptor.get("unit_noun") or UNIT_NOUN
    return {
        "title": descriptor.get("title") or "Untitled study",
        "sources": _sources(descriptor),
        "unit_noun": noun,
        "unit_noun_plural": descriptor.get("unit_noun_plural") or plural(noun),
        "integral": descriptor.get("integral") or {},
        "components_heading": components_heading(descriptor) or "Components",
        "grades": [*grades] if len(grades) > 1 else [],
        "component_names": _listed(descriptor, tables, "components", "component"),
        "activity_classes": _listed(descriptor, tables, "clusters", "activity_class"),
    }


def plural(noun: str) -> str:
    """Give the usual plural of an English noun; another script keeps its word.

    >>> plural("region"), plural("country"), plural("bus"), plural("регион")
    ('regions', 'countries', 'buses', 'регион')
    """
    if not noun.isascii():
        return noun
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return f"{noun[:-1]}ies"
    return f"{noun}es" if noun.endswith(("s", "x", "z", "ch", "sh")) else f"{noun}s"


def components_heading(descriptor: dict) -> str:
    """Return how a study heads its table of components, the title of that resource; else empty.

    >>> components_heading({"resources": [{"name": "components", "title": "Checklist"}]})
    'Checklist'
    """
    titles = [r.get("title") for r in descriptor["resources"] if r["name"] == "components"]
    return titles[0] if titles and isinstance(titles[0], str) else ""


def _sources(descriptor):
    """Give the titles of the works that a study's facts were taken from, as far as it names any."""
    given = descriptor.get("sources")
    given = [one for one in given if isinstance(one, dict)] if isinstance(given, list) else []
    return [one["title"] for one in given if is_title(one.get("title"))]


def _listed(descriptor, tables, table, column):
    return vocabulary(descriptor, table, column) or _used(tables, table, column)


def _used(tables, table, column):
    """List the words that a column holds, in the order of the file."""
    found = tables.get(table)
    if found is None or column not in found.header:
        return []
    return [text for text in found.distinct(column) if text]
