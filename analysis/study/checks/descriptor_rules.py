"""Rules for a descriptor: what it says of its tables has to agree with the schema."""

from __future__ import annotations

import json

from analysis.study.problems import CONTROL, Problem
from analysis.study.schema import (
    ANY_TITLE,
    ANY_VOCABULARY,
    KEYS,
    NAME,
    NOUNS,
    is_title,
    is_vocabulary,
    is_word,
    table_schemas,
)

EARLIER_ID = "[a-z0-9]+(-[a-z0-9]+)*"  # what identifiers had to look like once


DEEPEST = 20  # levels of a descriptor, of which the schema has seven


# what a resource or a field may say of its file without changing what stands in it
DIALECT = {
    "delimiter": [","],
    "quoteChar": ['"'],
    "doubleQuote": [True],
    "header": [True],
    "skipInitialSpace": [False],
    "lineTerminator": ["\n", "\r\n"],
    "csvddfVersion": [1, 1.0, 1.2, "1.2"],
    "caseSensitiveHeader": [True, False],
}


PLAIN = {
    "decimalChar": ["."],
    "groupChar": [""],
    "bareNumber": [True],
    "trueValues": [["true", "True", "TRUE", "1"], ["true"], ["true", "1"]],
    "falseValues": [["false", "False", "FALSE", "0"], ["false"], ["false", "0"]],
}


def descriptor_problems(descriptor: dict) -> list[Problem]:
    """Compare the descriptor with the schema that every study shares."""
    strange = []
    for place, value, depth in _parts(descriptor):
        if depth > DEEPEST:
            allowed = f"at most {DEEPEST} levels"
            return [Problem(NAME, 0, place[:60], "", "is nested too deep", allowed)]
        if isinstance(value, str) and CONTROL.search(value):
            rule = "holds a control character or half of a surrogate pair"
            strange.append(Problem(NAME, 0, place, value, rule, "printable text"))
    # what is looked at by name is named by that
    return _problems_by_name(descriptor) or strange


def _parts(value):
    """Give every part of a descriptor, names among them, as (place, part, how deep it lies)."""
    left = [("", value, 0)]
    while left:
        place, value, depth = left.pop()
        yield place, value, depth
        if isinstance(value, dict) and depth <= DEEPEST:
            left += [(f"{place}.{key[:60]}".lstrip("."), key, depth) for key in value]
            left += [(f"{place}.{k[:60]}".lstrip("."), v, depth + 1) for k, v in value.items()]
        elif isinstance(value, list) and depth <= DEEPEST:
            left += [(f"{place}[{at}]", part, depth + 1) for at, part in enumerate(value)]


def _problems_by_name(descriptor):
    """Check title, nouns and tables of a descriptor, each named by its key."""
    if not isinstance(descriptor, dict) or not isinstance(descriptor.get("resources"), list):
        return [Problem(NAME, 0, "resources", "", "is missing", "a list of resources")]
    problems, seen = [], set()
    if not is_title(descriptor.get("title", "")):
        value = str(descriptor["title"])
        problems.append(Problem(NAME, 0, "title", value, "is no title", ANY_TITLE))
    for name in NOUNS:
        if not is_word(descriptor.get(name, name)):
            value = str(descriptor[name])
            problems.append(Problem(NAME, 0, name, value, "is no word", ANY_VOCABULARY))
    for resource in descriptor["resources"]:
        label = resource.get("name") if isinstance(resource, dict) else None
        if not isinstance(label, str) or label not in table_schemas() or label in seen:
            allowed = "each once: " + ", ".join(table_schemas())
            problems.append(Problem(NAME, 0, "resources", str(label), "unknown table", allowed))
            continue
        seen.add(label)
        problems += _resource_problems(label, resource)
    for label, table in table_schemas().items():
        if table.get("required") and label not in seen:
            problems.append(Problem(NAME, 0, "resources", label, "the table is missing", "listed"))
    return problems


def _resource_problems(label, resource):
    problems = []
    if resource.get("path") != f"{label}.csv":
        value = str(resource.get("path"))
        problems.append(Problem(NAME, 0, f"{label}.path", value, "wrong path", f"{label}.csv"))
    if not isinstance(resource.get("hash", ""), str):
        problems.append(Problem(NAME, 0, f"{label}.hash", "", "is no text", "sha256:..."))
    problems += _meaning_problems(label, resource)
    return problems + _schema_problems(label, resource.get("schema", {}))


def _schema_problems(label, given):
    """What a descriptor says of a table may be less than the schema says, and nothing else."""
    wanted = table_schemas()[label]["schema"]
    given, problems = given if isinstance(given, dict) else {"fields": given}, []
    keys = {
        "primaryKey": [wanted[name] for name in KEYS if name in wanted],
        "missingValues": [wanted["missingValues"]],
    }
    for key, allowed in keys.items():
        if key in given and not any(_is_same(given[key], one) for one in allowed):
            problems.append(_differs(f"{label}.{key}", given[key], allowed[0]))
    references = wanted.get("foreignKeys", [])
    own = given.get("foreignKeys", [])
    if not isinstance(own, list) or not all(
        any(_is_same(one, other) for other in references) for one in own
    ):
        problems.append(_differs(f"{label}.foreignKeys", own, references))
    return problems + _field_problems(label, wanted["fields"], given.get("fields", []))


def _differs(place, value, allowed):
    return Problem(
        NAME, 0, place, json.dumps(value), "differs from the schema", json.dumps(allowed)
    )


def _meaning_problems(label, resource):
    """Refuse dialect options other than those with which files are read."""
    encoding, problems = resource.get("encoding", "utf-8"), []
    if str(encoding).lower() not in ("utf-8", "utf8", "utf-8-sig"):
        problems.append(_otherwise(f"{label}.encoding", encoding, "utf-8"))
    if resource.get("compression") not in (None, "", "no"):
        problems.append(_otherwise(f"{label}.compression", resource["compression"], "none"))
    if "data" in resource:
        rule, allowed = "holds the data themselves", f"the file {label}.csv"
        problems.append(Problem(NAME, 0, f"{label}.data", "", rule, allowed))
    dialect = resource.get("dialect") or {}
    dialect = dialect if isinstance(dialect, dict) else {"": dialect}
    return problems + _unlike(f"{label}.dialect", dialect, DIALECT, dialect)


def _unlike(place, given, defaults, names):
    """List the entries that differ from the default; in a dialect, also unknown ones."""
    return [
        _otherwise(f"{place}.{key}".rstrip("."), given[key], allowed[0] if allowed else "none")
        for key in names
        for allowed in [defaults.get(key, [])]
        if given.get(key) is not None and not any(_is_same(given[key], one) for one in allowed)
    ]


def _otherwise(place, value, allowed):
    rule = "would have the file read otherwise"
    return Problem(NAME, 0, place, json.dumps(value), rule, json.dumps(allowed))


def _is_same(one, other):
    """Compare as JSON does, for which true is not 1; 1 and 1.0 are the same number."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(_is_same(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(_is_same, one, other))
    return isinstance(one, bool) == isinstance(other, bool) and one == other


def _field_problems(label, wanted, given):
    """Compare the fields that a descriptor names with the schema's; it may name fewer, or others.

    A column that the schema does not know is not read, and named where the table is.
    """
    if not isinstance(given, list) or not all(isinstance(field, dict) for field in given):
        rule, allowed = "the fields differ from the schema", ", ".join(f["name"] for f in wanted)
        return [Problem(NAME, 0, f"{label}.fields", "", rule, allowed)]
    by_name, problems = {str(field.get("name")): field for field in given}, []
    for field_wanted in wanted:
        place, own = f"{label}.{field_wanted['name']}", by_name.get(field_wanted["name"])
        if own is None:
            continue
        if own.get("type", field_wanted["type"]) != field_wanted["type"]:
            value, allowed = str(own.get("type")), field_wanted["type"]
            problems.append(Problem(NAME, 0, place, value, "wrong type", allowed))
        problems += _unlike(place, own, PLAIN, PLAIN)
        problems += _constraint_problems(place, field_wanted, own)
    return problems


def _constraint_problems(place, wanted, own):
    """Constraints are the schema's; an open vocabulary is the study's own.

    What studies of an earlier schema say is no contradiction: that a column is required which may
    be absent now, fewer words than there are now, a narrower form of identifiers.
    """
    wanted, given = dict(wanted.get("constraints", {})), own.get("constraints", {})
    given = dict(given) if isinstance(given, dict) else {"": given}
    if wanted.get("enum") == []:
        words = given.pop("enum", None)
        del wanted["enum"]
        if words is not None and not is_vocabulary(words):
            value, rule = json.dumps(words), "is no vocabulary"
            return [Problem(NAME, 0, f"{place}.enum", value, rule, ANY_VOCABULARY)]
    elif isinstance(words := given.get("enum"), list) and "enum" in wanted:
        given["enum"] = wanted["enum"] if all(w in wanted["enum"] for w in words) else words
    if given.get("required") is True:
        wanted.setdefault("required", True)
    if given.get("pattern") == EARLIER_ID:
        wanted.setdefault("pattern", EARLIER_ID)
    if given and not _is_same(given, wanted):
        value, rule = json.dumps(given), "the constraints differ from the schema"
        return [Problem(NAME, 0, place, value, rule, json.dumps(wanted))]
    return []
