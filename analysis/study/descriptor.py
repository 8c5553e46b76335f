"""Describe a study: a data package's descriptor made from the schema and the study's own words."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING

from analysis.study.package import sha256
from analysis.study.schema import table_schemas

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path
    from typing import Any

STANDARD = "https://datapackage.org/profiles/2.0"  # of data packages: Data Package 2.0
# which columns share a vocabulary that each study lists for itself
WORDS = {
    "grade": [("clusters", "grade")],
    "component": [("components", "component"), ("criteria", "component")],
    "activity_class": [("clusters", "activity_class"), ("clusters", "activity_class_alternative")],
}


def new_descriptor(
    title: str,
    words: dict,
    tables: Iterable[str],
    *,
    columns: Mapping[str, Iterable[str]] | None = None,
    **about: Any,
) -> dict:
    """Return the descriptor of a study that has these tables.

    Parameters
    ----------
    words : mapping {vocabulary of `WORDS`: its words}; grades from lowest to highest. One that is
        absent or empty is not listed: its words are those that the tables use.
    tables : names of tables of the schema
    columns : mapping {table: its columns}, where not all of the schema's are there
    about : further entries of a data package, such as description, licenses or sources, and the
        study's words for what it compares, unit_noun and unit_noun_plural

    >>> words = {"grade": ["low", "high"], "component": ["body"], "activity_class": ["crafts"]}
    >>> descriptor = new_descriptor("Small", words, ["clusters"])
    >>> descriptor["resources"][0]["schema"]["fields"][-2]["constraints"]["enum"]
    ['low', 'high']
    """
    own = {place: list(words.get(name, [])) for name, places in WORDS.items() for place in places}
    return {
        "$schema": f"{STANDARD}/datapackage.json",
        "title": title,
        **about,
        "resources": [
            _resource(table, own, (columns or {}).get(table))
            for table in table_schemas()
            if table in set(tables)
        ],
    }


def words_of(descriptor: dict) -> dict[str, list[str]]:
    """Return the vocabularies of a study, {name: words}, from its descriptor.

    >>> words = {"grade": ["low", "high"], "component": ["body"], "activity_class": ["crafts"]}
    >>> words_of(new_descriptor("Small", words, ["clusters", "components"])) == words
    True
    """
    enums = {
        (resource["name"], spec["name"]): spec.get("constraints", {}).get("enum", [])
        for resource in descriptor["resources"]
        for spec in resource.get("schema", {}).get("fields", [])
    }
    return {
        name: list(dict.fromkeys(word for place in places for word in enums.get(place, [])))
        for name, places in WORDS.items()
    }


def with_checksums(descriptor: dict, folder: Path) -> dict:
    """Return the descriptor with the checksum of every table's file as it is now."""
    renewed = copy.deepcopy(descriptor)
    for resource in renewed["resources"]:
        resource["hash"] = sha256(folder / resource["path"])
    return renewed


def _resource(table, own, columns):
    """Describe one table: its file and its schema."""
    known, schema = table_schemas()[table], _schema(table, own, columns)
    return {
        "name": table,
        "path": f"{table}.csv",
        "type": "table",
        "title": known["title"],
        "description": known["description"],
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": {"$schema": f"{STANDARD}/tableschema.json", **schema},
    }


def _schema(table, own, columns):
    """Return the schema of a table: its columns, by default all, with the study's own words."""
    schema = copy.deepcopy(table_schemas()[table]["schema"])
    second = schema.pop("alternativeKey", None)
    if columns is not None:
        schema["fields"] = [spec for spec in schema["fields"] if spec["name"] in set(columns)]
        schema["foreignKeys"] = [
            key for key in schema.get("foreignKeys", []) if key["fields"][0] in set(columns)
        ]
        if second and {*second} <= {*columns}:
            schema["primaryKey"] = second
        schema = {key: part for key, part in schema.items() if part}
    for spec in schema["fields"]:
        spec.pop("columnRequired", None)  # ours: a data package says nothing of it
        if (table, spec["name"]) in own:
            spec["constraints"]["enum"] = own[table, spec["name"]]
            if not spec["constraints"]["enum"]:
                del spec["constraints"]["enum"]
    return schema
