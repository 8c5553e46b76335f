"""The codebook page: every table and column of the study, from its data package's descriptor."""

import json

from analysis.study.descriptor import new_descriptor
from analysis.study.schema import table_schemas
from pipeline.outputs.documents.codebook import allowed
from pipeline.site.page import Page
from pipeline.site.text import fill


def codebook_page(material):
    """Build the page, a section per table; of a workbook, from the schema and the study's words."""
    sections = [
        (f"{table['title']} ({table['path']})", fill("codebook.html", table=table))
        for table in _tables(material)
    ]
    return Page("codebook", "Codebook", fill("codebook_head.html"), sections)


def _tables(material):
    """What the study's own descriptor says of its tables; else what the schema says of them."""
    columns = {name: material.columns(name) for name in table_schemas() if material.table(name)}
    path = material.places.raw / "datapackage.json"
    if path.is_file():  # with the mark in front that validation lets pass too
        descriptor = json.loads(path.read_text(encoding="utf-8-sig"))
    else:
        descriptor = new_descriptor("", _words(material.about), columns, columns=columns)
    tables = [resource for resource in descriptor["resources"] if resource["name"] in columns]
    return [_table(table["name"], table, columns[table["name"]]) for table in tables]


def _words(about):
    names = {
        "grade": "grades",
        "component": "component_names",
        "activity_class": "activity_classes",
    }
    return {word: about.get(name, []) for word, name in names.items()}


def _table(name, resource, columns):
    """What the study says of a table; what it leaves out, the schema says."""
    known = {"path": f"{name}.csv", "source": "", **table_schemas()[name], **resource}
    own = {field["name"]: field for field in known["schema"].get("fields", []) if "name" in field}
    every = table_schemas()[name]["schema"]["fields"]
    specs = [{**field, **own.get(field["name"], {})} for field in every]
    schema = {**known["schema"], "fields": [s for s in specs if s["name"] in columns]}
    fields = [
        {
            "unit": "",
            "description": "",
            "type": "",
            **field,
            "allowed": allowed(_constraints(field.get("constraints", {}))),
        }
        for field in schema["fields"]
    ]
    key = schema.get("primaryKey", [])
    return {**known, "fields": fields, "key": [key] if isinstance(key, str) else key}


def _constraints(limits):
    """Leave out a vocabulary without words, as of a table that the study does not have."""
    return {name: limit for name, limit in limits.items() if limit != []}
