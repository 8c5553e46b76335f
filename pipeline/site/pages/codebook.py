"""The codebook page: every table and column of the study, from its data package's descriptor."""

import json

from analysis.study.descriptor import new_descriptor
from analysis.study.package import table_schemas
from pipeline.outputs.codebook import allowed
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
    path = material.places.raw / "datapackage.json"
    if path.is_file():  # with the mark in front that validation lets pass too
        descriptor = json.loads(path.read_text(encoding="utf-8-sig"))
    else:
        descriptor = new_descriptor("", _words(material.about), table_schemas())
    return [_table(resource["name"], resource) for resource in descriptor["resources"]]


def _words(about):
    names = {
        "grade": "grades",
        "component": "component_names",
        "activity_class": "activity_classes",
    }
    return {word: about.get(name, []) for word, name in names.items()}


def _table(name, resource):
    """What the study says of a table; what it leaves out, the schema says."""
    known = {"path": f"{name}.csv", "source": "", **table_schemas().get(name, {}), **resource}
    schema = known["schema"]
    fields = [
        {
            "unit": "",
            "description": "",
            "type": "",
            **field,
            "allowed": allowed(_said(field.get("constraints", {}))),
        }
        for field in schema["fields"]
    ]
    key = schema.get("primaryKey", [])
    return {**known, "fields": fields, "key": [key] if isinstance(key, str) else key}


def _said(limits):
    """Leave out a vocabulary without words, as of a table that the study does not have."""
    return {name: limit for name, limit in limits.items() if limit != []}
