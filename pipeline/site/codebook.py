"""The codebook page: every table and column of the study, from its data package's descriptor."""

import json

from analysis.package import table_schemas
from pipeline.codebook import allowed
from pipeline.site.page import Page
from pipeline.site.text import fill


def codebook_page(material):
    """Build the page, a section per table; without a descriptor, from the schema all share."""
    sections = [
        (f"{table['title']} ({table['path']})", fill("codebook.html", table=table))
        for table in _tables(material.places.raw / "datapackage.json")
    ]
    return Page("codebook", "Codebook", fill("codebook_head.html"), sections)


def _tables(descriptor):
    if descriptor.is_file():
        resources = json.loads(descriptor.read_text(encoding="utf-8"))["resources"]
        return [_table(resource["name"], resource) for resource in resources]
    return [_table(name, {}) for name in table_schemas()]


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
            "allowed": allowed(field.get("constraints", {})),
        }
        for field in schema["fields"]
    ]
    key = schema.get("primaryKey", [])
    return {**known, "fields": fields, "key": [key] if isinstance(key, str) else key}
